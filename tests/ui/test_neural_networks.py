"""The Neural networks page without a browser: what each address shows, guesses, settings, own files, what leaves it."""

import base64
import dataclasses
import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aipm.content import number
from aipm.labs.network_reading import band, outlook, value
from aipm.labs.network_spec import CHOICES, NetworkSpec
from aipm.labs.network_training import train
from aipm.ui.network_address import differing
from aipm.ui.network_film import reel
from aipm.ui.network_texts import network_page
from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]
TEXT = network_page()
SAFE_KILOBYTES = 300
OWN = "visits,spend,came_back\n" + "\n".join(
    f"{each % 17},{each * 3 % 50},{'yes' if each % 17 > 8 else 'no'}" for each in range(120)
)


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["neural_networks"])
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def words(app):
    """What is read on the page: its HTML without tags, and without the meanings of words that are explained."""
    return re.sub(r"<span id=[^>]*popover>[^<]*</span>|<[^>]*>", "", shown(app))


def films(app):
    return [element for element in app.main if element.type == "bidi_component"]


def where(app):
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def press(app, name):
    return done(next(button for button in app.button if button.label == name).click().run())


def box(app, label):
    return next(each for each in app.selectbox if each.label == label)


@pytest.mark.parametrize("name", TEXT.guess.rounds)
def test_nothing_is_told_before_the_guess_and_all_after_it(name):
    current = TEXT.guess.rounds[name]
    app = opened(guess=name)
    assert escape(current.told) not in words(app)
    assert not films(app)
    app = done(app.button_group[1].set_value(current.right).run())
    drawn = words(app)
    assert TEXT.guess.right in drawn
    assert escape(current.told) in drawn
    assert escape(current.so_what) in drawn
    assert len(films(app)) == 1


@pytest.mark.parametrize("name", TEXT.guess.rounds)
def test_what_is_told_is_what_really_happens(name):
    """The explanation belongs to one outcome: the network trained here has to show it, and what follows has another."""
    current = TEXT.guess.rounds[name]
    starts = [each.start for each in current.bands]
    found = outlook(train(NetworkSpec.from_dict(current.setting)))
    assert band(starts, value(current.measure, found)) == current.right
    other = outlook(train(NetworkSpec.from_dict(current.then)))
    assert abs(value(current.measure, other) - value(current.measure, found)) > (0.04 if name == "product" else 0.1)


def test_a_wrong_guess_is_said_to_be_one_and_stays():
    app = opened(guess="two")
    app = done(app.button_group[1].set_value(0).run())
    assert TEXT.guess.wrong in shown(app)
    app = press(app, TEXT.guess.next)
    assert where(app) == {"guess": "product"}
    app = press(app, TEXT.guess.before)
    assert TEXT.guess.wrong in shown(app)


def test_from_a_guess_into_the_lab_with_its_setting():
    app = opened(guess="two")
    app = done(app.button_group[1].set_value(1).run())
    app = press(app, "Give it a third neuron")
    assert where(app) == {"view": "lab", "data": "circle", "noise": "5", "layers": "3", "epochs": "200"}
    assert box(app, "Layer 1").value == 3


def test_the_lab_answers_before_anything_is_asked():
    drawn = shown(opened(view="lab"))
    run = train(NetworkSpec())
    right = run.test[-1].confusion
    assert "It learned the pattern" in drawn
    assert f"it recognised {right.one_one} and took {right.zero_one}" in drawn


def test_a_setting_goes_into_the_address_and_comes_back_from_it():
    app = opened(view="lab")
    app = done(box(app, TEXT.lab.noise).set_value(30).run())
    app = done(box(app, TEXT.lab.depth).set_value(3).run())
    app = done(box(app, "Layer 3").set_value(8).run())
    app = done(box(app, TEXT.lab.penalty).set_value("l2").run())
    assert where(app) == {"view": "lab", "noise": "30", "layers": "4-2-8", "penalty": "l2"}
    again = opened(**where(app))
    assert box(again, "Layer 3").value == 8
    assert box(again, TEXT.lab.strength).value == NetworkSpec().strength
    app = press(again, TEXT.lab.reset)
    assert where(app) == {"view": "lab"}


def test_what_is_at_its_default_needs_no_saying():
    assert differing(NetworkSpec()) == {}
    assert differing(dataclasses.replace(NetworkSpec(), layers=(), rate=0.1)) == {"layers": "0", "rate": "0.1"}


@pytest.mark.parametrize(
    "address",
    [
        {"view": "lab", "layers": "99", "epochs": "1e9", "data": "<script>", "features": "q", "seed": "x"},
        {"view": "nowhere", "guess": "<b>"},
        {"view": "learn", "px": "1e308", "prate": "nan"},
        {"view": "limits", "words": "-1", "vocabulary": "9" * 50, "factor": "2"},
    ],
)
def test_nonsense_in_the_address_is_as_if_nothing_were_said(address):
    drawn = shown(opened(**address))
    assert "<script>" not in drawn
    assert drawn == shown(opened(view=address["view"]) if address["view"] != "nowhere" else opened())


def test_features_cannot_all_be_taken_away():
    app = opened(view="lab", features="x2")
    group = next(each for each in app.button_group if each.label == TEXT.lab.features)
    app = done(group.set_value([]).run())
    assert where(app)["features"] == "x2"


def test_a_challenge_is_ticked_off_when_a_run_gets_there():
    assert "0 of 4 done" in shown(opened(view="lab"))
    app = opened(
        view="lab", data="spiral", noise="0", points="400", features="x,y,sinx,siny", layers="8-8", epochs="200"
    )
    assert "1 of 4 done" in shown(app)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("small", {"data": "circle", "noise": "5", "layers": "3", "epochs": "200"}),
        ("spiral", {"data": "spiral", "noise": "0", "points": "400", "features": "sinx,siny,x,y", "layers": "8-8"}),
        ("heart", {"data": "circle", "noise": "30", "points": "50", "layers": "8-8-8", "epochs": "400"}),
        (
            "tame",
            {"data": "circle", "wrong": "25", "points": "400", "learn_from": "80", "layers": "8-8", "epochs": "25"},
        ),
    ],
)
def test_every_challenge_can_be_met_and_is_not_met_at_its_start(name, setting):
    from aipm.labs.network_reading import met

    goal, start = TEXT.challenges.list[name].goal, TEXT.challenges.list[name].start
    spec = NetworkSpec.from_dict(setting)
    assert met(goal, spec, outlook(train(spec)))
    first = NetworkSpec.from_dict(start)
    assert not met(goal, first, outlook(train(first)))


def test_an_own_file_is_learned_from_and_stays_out_of_the_address():
    app = opened(view="lab", data="own")
    assert TEXT.own.ask in shown(app)
    app = done(app.file_uploader[0].set_value(("mine.csv", OWN.encode(), "text/csv")).run())
    drawn = shown(app)
    assert "120 of 120 rows are used" in drawn
    assert "labelled yes, it recognised" in drawn
    assert where(app) == {"view": "lab", "data": "own"}
    app = done(box(app, TEXT.own.one).set_value(1).run())
    assert "labelled no, it recognised" in shown(app)
    assert where(app) == {"view": "lab", "data": "own"}


def test_the_axes_of_own_points_carry_their_names():
    own = reel(train(NetworkSpec()), TEXT, ("no", "yes"), axes=("visits (x)", "spend\u202e (y)"))["axes"]
    assert "visits (x)" in own
    assert "\u202e" not in own


def test_names_in_an_own_file_are_drawn_as_characters():
    nasty = '<img src=x onerror="alert(1)">'
    content = OWN.replace("yes", nasty.replace('"', "'"))
    app = opened(view="lab", data="own")
    app = done(app.file_uploader[0].set_value(("mine.csv", content.encode(), "text/csv")).run())
    drawn = shown(app)
    assert "<img src=x" not in drawn
    assert "&lt;img src=x" in drawn


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n3,4\n", b"a,b,c\n" + b"1,2,x\n" * 50, b"\x00\xff" * 500, b"x" * 5_100_000]
)
def test_a_file_of_no_use_is_refused_with_advice(content):
    app = opened(view="lab", data="own")
    app = app.file_uploader[0].set_value(("mine.csv", content, "text/csv")).run()
    assert not app.exception
    assert TEXT.own.refused in shown(app)


def test_every_number_of_a_step_is_on_the_page():
    from aipm.labs.network_step import one_step

    drawn = words(opened(view="learn", px="2", py="-1", plabel="0", prate="1"))
    step = one_step(x=2.0, y=-1.0, label=False, rate=1.0)
    for value_ in (step.loss, step.loss_after, *(each.after for each in step.weights)):
        assert number.decimal(value_) in drawn
    for stage in TEXT.learn.stages.values():
        assert escape(stage.title) in drawn


def test_limits_answer_with_the_numbers_chosen():
    drawn = words(opened(view="limits", words="10", vocabulary="1000", factor="0.8"))
    assert "10 words are 10,000, or 13 times as many" in drawn
    assert "after 20 words 1.2%" in drawn


@pytest.mark.parametrize("view", TEXT.views)
def test_every_view_leads_on_to_the_tools(view):
    app = opened(view=view)
    drawn = words(app)
    for each in TEXT.onwards:
        assert escape(each.text) in drawn


def test_every_question_that_has_an_explanation_asked_for_has_one():
    asked = {"noise", "wrong", "learn_from", "features", "depth", "activation", "rate", "batch", "epochs", "penalty"}
    assert asked == set(TEXT.lab.help)
    assert set(TEXT.lab.datasets) == set(CHOICES["data"])


@pytest.mark.parametrize(
    "spec",
    [
        NetworkSpec(),
        NetworkSpec(
            points=400,
            layers=(8, 8, 8, 8),
            features=("x", "y", "x2", "y2", "xy", "sinx", "siny"),
            batch=100,
            epochs=100,
        ),
    ],
)
def test_the_film_is_small_and_says_what_the_run_found(spec):
    run = train(spec)
    sent = json.dumps(reel(run, TEXT, ("no", "yes")))
    assert len(sent) < SAFE_KILOBYTES * 1000
    film = json.loads(sent)
    surface = np.frombuffer(base64.b64decode(film["surface"]), np.uint8)
    assert np.array_equal(surface, run.surface.ravel())
    weights = np.frombuffer(base64.b64decode(film["weights"]), "<f4").reshape(len(film["epochs"]), film["parameters"])
    assert weights == pytest.approx(run.vectors, abs=1e-4, rel=1e-4)
    assert film["testSaid"] == [number.rate(each.confusion.accuracy) for each in run.test]
    assert film["testAccuracy"][-1] == pytest.approx(run.test[-1].confusion.accuracy, abs=1e-4)


def test_the_page_loads_neither_pandas_nor_scikit_learn():
    script = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
for view in ("guess", "lab", "learn", "limits"):
    app = AppTest.from_file("app.py", default_timeout=300).run()
    app.switch_page("pages/neural_networks.py")
    app.query_params["view"] = view
    app.run()
    assert not app.exception, app.exception
print(*{"pandas", "pyarrow", "duckdb", "sklearn", "scipy"} & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
