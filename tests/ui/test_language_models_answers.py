"""The Language models page without a browser, second half: the next word, the same question twice, kinds, at work."""

import re
import subprocess
import sys
from html import escape
from itertools import product

import pytest

from aipm.content.practices import practice_texts
from aipm.labs.training_text import training_text
from aipm.ui.lm_checklist import needs
from aipm.ui.lm_kinds_texts import kinds_texts
from aipm.ui.lm_sampling_texts import sampling_texts
from aipm.ui.lm_twice_texts import twice_texts
from aipm.ui.lm_work_texts import work_texts
from aipm.ui.registry import FILES
from aipm.ui.scorer_address import read
from aipm.ui.scorer_texts import start_needs
from tests.ui.test_language_models import ROOT, done, opened, press, shown, where, widget

CHOOSING, TWICE, KINDS, WORK = sampling_texts(), twice_texts(), kinds_texts(), work_texts()


def rows(app):
    """The table of chances: word, chance from the model, chance with the settings, draws, whether it is left in."""
    table = re.search(r'<table class="chances">.*?</table>', shown(app), re.DOTALL)[0]
    cells = re.findall(r"<tr class=.*?</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in cells]


def percent(text):
    return 0.0 if text in {"0", "&lt;0.1%"} else float(text.rstrip("%"))


def test_the_lab_opens_after_the_guess_and_the_guess_is_answered():
    app = opened(view="sampling")
    assert CHOOSING.lab not in shown(app)
    widget(app, "pills", "guess_word").set_value("130")
    app = done(app.run())
    assert CHOOSING.lab in shown(app)
    assert f"<b>{CHOOSING.guess.right}</b>" in shown(app)
    assert where(app)["guess_word"] == "130"


def test_chances_and_draws_add_up_and_a_cut_word_is_not_drawn():
    found = rows(opened(view="sampling", guess_word="show", temperature="1.4", top_k="3"))
    assert sum(int(each[4]) for each in found) == 200
    for column in (2, 3):
        assert sum(percent(each[column]) for each in found) == pytest.approx(100, abs=0.6)
    assert [each[5] for each in found[:5]] == [*["Yes"] * 3, *[CHOOSING.cuts["top_k"]] * 2]
    assert all(each[4] == "0" for each in found[3:])


def test_a_setting_goes_into_the_address_and_a_preset_sets_all():
    app = opened(view="sampling", guess_word="show")
    widget(app, "slider", "temperature").set_value(0.0)
    app = done(app.run())
    assert where(app)["temperature"] == "0.0"
    assert rows(app)[0][3:5] == ["100.0%", "200"]
    assert CHOOSING.fits_one in shown(app)
    app = press(app, CHOOSING.presets["lively"].name)
    assert (where(app)["temperature"], where(app)["min_p"]) == ("1.3", "0.1")
    assert widget(app, "slider", "min_p").value == 0.1


def test_other_draws_for_whoever_asks_again():
    app = opened(view="sampling", guess_word="show")
    before = [each[4] for each in rows(app)]
    app = press(app, CHOOSING.again)
    assert where(app)["seed"] == "2"
    assert [each[4] for each in rows(app)] != before


@pytest.mark.parametrize(
    "address",
    [
        {"temperature": "nan", "top_p": "-4", "top_k": "1e9", "seed": "x", "question": "<b>"},
        {"temperature": "99", "min_p": "inf", "penalty": "0"},
    ],
)
def test_a_nonsense_address_is_read_as_something_sensible(address):
    found = rows(opened(view="sampling", guess_word="show", **address))
    assert sum(int(each[4]) for each in found) == 200


def test_an_own_question_is_drawn_as_characters_and_stays_out_of_the_address():
    app = opened(view="sampling", guess_word="show", question="own")
    assert escape(CHOOSING.own_empty) in shown(app)
    widget(app, "text_input", "own").set_value("<img src=x> has my zebra been sent?")
    app = done(app.run())
    assert "img, src, x, zebra" in shown(app)
    assert "<img" not in shown(app)
    assert "zebra" not in str(where(app))


def test_three_answers_and_the_log_of_the_training_are_there():
    html = shown(opened(view="sampling", guess_word="show"))
    assert len(re.findall(r"<li>", re.search(r'<ol class="said">.*?</ol>', html, re.DOTALL)[0])) == 3
    assert "as shipped, in 16 bits" in html


def test_the_same_question_is_asked_as_often_as_wanted_and_counted():
    app = opened(view="twice", guess_twice="20", runs="12")
    html = shown(app)
    assert TWICE.lab.format(runs=12) in html
    different = int(re.search(r"(\d+) / 12", html)[1])
    assert 1 < different <= 12
    app = opened(view="twice", guess_twice="20", runs="12", temperature="0")
    assert "1 / 12" in shown(app)
    assert TWICE.times.format(count=12) in shown(app)


def test_rules_hold_answers_back_and_can_be_switched_off():
    items = training_text().facts["item"]
    question = {"view": "twice", "guess_twice": "20", "runs": "40"}
    ranked = shown(opened(**question)).split(TWICE.kept_title)[1]
    kept = [each for each in re.findall(r"<li>.*?</li>", ranked, re.DOTALL) if "is-within-tolerance" in each]
    assert kept
    for line in kept:
        assert not any(f" {item}" in line for item in items if item != "kettle")
        assert not any(phrase in line for phrase in (*TWICE.window, *TWICE.days))
    app = opened(**question, off="item,window,days,unfinished")
    assert "100%" in shown(app)
    widget(app, "pills", "rules").set_value(["item"])
    app = done(app.run())
    assert where(app)["off"] == "window,days,unfinished"


def test_two_settings_are_compared_with_an_interval():
    same = shown(opened(view="twice", guess_twice="20", other="1.0"))
    assert TWICE.compare_unsure in same
    assert "+0 points" in same
    assert TWICE.compare_sure in shown(opened(view="twice", guess_twice="20", other="0.0", temperature="2"))


@pytest.mark.parametrize(("tie", "told"), [("real", TWICE.tie_safe), ("1e-07", TWICE.tie_flips)])
def test_rounding_decides_only_near_ties(tie, told):
    assert told in shown(opened(view="twice", guess_zero="show", tie=tie))


def test_all_eight_practices_say_what_they_do_not_do():
    html = shown(opened(view="twice"))
    assert len(practice_texts().eight) == 8
    for each in practice_texts().eight.values():
        assert escape(each.name) in html
        assert escape(each.does_not) in html


@pytest.mark.parametrize("name", KINDS.models)
def test_every_model_has_a_card_with_its_place_and_its_source(name):
    model = KINDS.models[name]
    card = re.search(r'<div class="model-card".*?</div></div>', shown(opened(view="kinds", model=name)), re.DOTALL)
    card = shown(opened(view="kinds", model=name)) if card is None else card[0]
    for said in (model.name, model.year, KINDS.architectures[model.architecture].name, model.note):
        assert escape(said) in card
    assert f'href="{escape(model.url)}"' in card


def test_a_click_on_the_map_opens_a_card_and_the_third_axis_filters():
    app = press(opened(view="kinds"), "CLIP (2021)")
    assert where(app)["model"] == "clip"
    assert escape(KINDS.models["clip"].note) in shown(app)
    names = [each.label for each in opened(view="kinds", modality="pictures").button]
    assert "GPT-4V (2023)" in names
    assert "BERT (2018)" not in names


def test_every_answer_of_the_checklist_is_one_the_scorer_understands():
    options = {name: list(each.options.values()) for name, each in WORK.checks.items()}
    for one, other in product(options, options):
        for first, second in product(options[one], options[other]):
            found = needs([first, second] if one != other else [first])
            read(found["must"], found.get("prefer"))  # raises where it cannot be asked
    assert read(needs([])["must"], None).musts == start_needs().musts


def test_answers_go_on_to_the_scorer():
    app = opened(view="work", check_task="sort", check_context="book", check_cost="tight", check_data="inside")
    html = shown(app)
    assert WORK.answered.format(count=4, all=9) in html
    assert escape(WORK.checks["data"].options["inside"].advice) in html
    chosen = [WORK.checks[name].options[answer] for name, answer in (("task", "sort"), ("context", "book"))]
    address = needs([*chosen, WORK.checks["cost"].options["tight"]])
    app.switch_page(FILES["model_scorer"])
    app.query_params.clear()
    app.query_params.update({"view": "model", **address})
    app = done(app.run())
    musts = app.session_state["model_scorer.held.musts"]
    assert musts["context"] == 200_000
    assert app.session_state["model_scorer.held.order"] == ["cost"]
    assert app.session_state["model_scorer.held.answers.approach"]["capability"] == "classification"
    assert "Prefilled from Language models" in shown(app)


def test_uses_benefits_and_limits_are_all_there():
    html = shown(opened(view="work"))
    for each in (*WORK.uses, *WORK.business, *WORK.pm, *WORK.benefits, *WORK.limits):
        assert escape(each.name) in html


def test_reading_these_parts_loads_no_heavy_library():
    script = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file("app.py", default_timeout=300).run()
app.switch_page("pages/language_models.py").run()
for view in ("sampling", "twice", "kinds", "work"):
    app.query_params.update({"view": view, "guess_word": "show", "guess_twice": "show", "guess_zero": "show"})
    app.run()
    assert not app.exception, app.exception
heavy = {"pandas", "pyarrow", "duckdb", "sklearn", "scipy", "plotly"}
print(*heavy & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
