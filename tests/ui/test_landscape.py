"""The AI landscape page without a browser: what each address shows, guesses, the three labs, the way to the tools."""

import subprocess
import sys
from html import escape
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aipm import content
from aipm.content import number
from aipm.labs import boundary, clusters, gridworld
from aipm.ui import landscape_texts
from aipm.ui.glossary import SWITCH
from aipm.ui.landscape_texts import learn_texts, page_texts
from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]
PAGE = FILES["landscape"]
WAYS = ("supervised", "unsupervised", "reinforcement")


def opened(**address):
    """The page at this address, without the marks for words that the glossary explains."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.run()
    app.switch_page(PAGE)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    """All HTML on the page, beside the sidebar."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def press(app, name, *, place=0):
    return done([button for button in app.button if button.label == name][place].click().run())


def where(app):
    """The address: AppTest keeps what it was given as text, and what the app sets as lists."""
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def lab(way, **address):
    """A lab after its guess was passed over."""
    return press(opened(view="learn", way=way, **address), page_texts().guess["skip"])


def widget(kind, label):
    return next(each for each in kind if each.label == label)


@pytest.mark.parametrize("box", page_texts().map.boxes)
def test_every_box_shows_what_is_in_it_what_is_not_and_a_dated_source(box):
    drawn, text = shown(opened(box=box)), page_texts().map.boxes[box]
    assert f"<h3>{text.name}</h3>" in drawn
    for said in (text.sentence, text.known_by, text.for_you, *text.not_in_it):
        assert escape(said) in drawn
    for example in text.examples:
        assert f'href="{example.url}"' in drawn
        assert f"{example.date}; {example.checked}" in drawn


def test_the_five_boxes_are_buttons_from_the_outermost_in():
    app = opened()
    names = [box.name for box in page_texts().map.boxes.values()]
    assert [button.label for button in app.button][:5] == names
    app = press(app, "Deep learning")
    assert where(app) == {"box": "deep"}
    assert "<h3>Deep learning</h3>" in shown(app)


@pytest.mark.parametrize(
    "address", [{"view": "nowhere"}, {"box": "magic"}, {"item": "99"}, {"item": "-1"}, {"view": "", "k": "x"}]
)
def test_an_address_that_means_nothing_shows_the_map(address):
    assert "<h2>What AI is</h2>" in shown(opened(**address))


def test_sorting_counts_what_was_right():
    app, said = opened(), page_texts().map.sort
    for place, item in enumerate(said.items):
        answer = item.box if place else next(box for box in page_texts().map.boxes if box != item.box)
        app = done(app.pills[0].set_value(answer).run())
        drawn = shown(app)
        assert escape(item.because) in drawn
        assert ("Not quite" in drawn) is (place == 0)
        app = press(app, said.next)
    assert said.score.format(right=5, total=6) in shown(app)
    app = press(app, said.again)
    assert said.place.format(place=1, total=6) in shown(app)
    assert app.pills[0].value is None


def test_every_term_is_told_with_what_follows():
    drawn = shown(opened())
    for term in page_texts().map.terms.values():
        assert f"<h3>{term.name}</h3>" in drawn
        assert escape(term.for_you) in drawn


@pytest.mark.parametrize("way", WAYS)
def test_a_lab_shows_nothing_of_its_answer_before_the_guess(way):
    app, text = opened(view="learn", way=way), learn_texts().labs[way]
    assert escape(text.guess.question) in shown(app)
    assert escape(text.so_what) not in shown(app)
    assert [slider.label for slider in (*app.slider, *app.select_slider)] == []
    wrong = next(option for option in text.guess.options if option != text.guess.right)
    drawn = shown(done(app.pills[0].set_value(wrong).run()))
    assert "Not quite" in drawn
    assert escape(text.so_what) in drawn
    assert all(example.date in drawn for example in text.examples)


def test_a_guess_outlives_a_visit_to_another_lab():
    app = lab("supervised")
    app = done(widget(app.segmented_control, learn_texts().label).set_value("unsupervised").run())
    app = done(widget(app.segmented_control, learn_texts().label).set_value("supervised").run())
    assert escape(learn_texts().labs["supervised"].so_what) in shown(app)


def figure(app, name):
    """The key figure that stands under this name."""
    return shown(app).split(f"<dt>{name}</dt><dd>")[1].split("</dd>")[0]


@pytest.mark.parametrize("way", ["recorded", "scattered", "one_sided"])
def test_the_figures_of_the_boundary_are_those_of_the_engine(way):
    found, says = boundary.learn(boundary.labels(way), "curved"), learn_texts().labs["supervised"].says
    app = lab("supervised", labels=way, shape="curved")
    assert figure(app, says["new"]) == number.rate(found.new)
    assert figure(app, says["mistakes"]) == f"{found.mistakes} of 40"


def test_labels_are_given_by_keyboard_and_stand_in_the_address():
    says = learn_texts().labs["supervised"].says
    app = lab("supervised", labels="blank")
    assert says["nothing"] in shown(app)
    assert says["chart_none"].format(count=0) in shown(app)
    app = press(app, says["to_stayed"])
    app = done(widget(app.selectbox, says["which"]).set_value(4).run())
    app = press(app, says["to_left"])
    assert where(app)["labels"] == "1---0" + "-" * 35
    assert figure(app, says["mistakes"]) == "0 of 2"
    app = press(app, says["unsure"])
    assert "This label would teach it most" in shown(app)
    app = done(widget(app.pills, says["labels"]).set_value("recorded").run())
    assert "labels" not in where(app)


@pytest.mark.parametrize("labels", ["<script>alert(1)</script>", "2" * 40, "1" * 41, "", "💥" * 40])
def test_labels_that_are_none_are_taken_as_they_turned_out(labels):
    app = lab("supervised", labels=labels)
    assert "<script>" not in shown(app)
    assert figure(app, learn_texts().labs["supervised"].says["mistakes"]).endswith("of 40")


def test_k_means_goes_step_by_step_to_a_rest():
    says = learn_texts().labs["unsupervised"].says
    app = lab("unsupervised")
    stages = clusters.run("groups", 3, "corner")
    assert says["kinds_start"].format(k=3) in shown(app)
    for step in range(1, len(stages)):
        app = press(app, says["step"])
        assert where(app)["step"] == str(step)
        assert figure(app, says["inertia"]) == f"{stages[step].inertia:.2f}"
    assert says["ended"] in shown(app)
    assert next(button for button in app.button if button.label == says["step"]).disabled
    app = press(app, says["back"])
    assert says["ended"] not in shown(app)
    app = press(app, says["restart"])
    assert "step" not in where(app)


def test_axes_that_count_unequally_are_switched_on_and_shared():
    says = learn_texts().labs["unsupervised"].says
    app = lab("unsupervised", step="999")
    equal = figure(app, says["inertia"])
    app = done(widget(app.toggle, says["level"]).set_value(False).run())
    assert where(app)["level"] == "no"
    assert widget(app.toggle, says["level"]).value is False
    assert figure(app, says["inertia"]) != equal
    assert figure(lab("unsupervised", step="999", level="no"), says["inertia"]) == figure(app, says["inertia"])


def test_a_run_that_stops_at_a_worse_place_than_another_says_so():
    says, best = learn_texts().labs["unsupervised"].says, clusters.by_count("even")[3]
    end = clusters.run("even", 4, "corner")[-1]
    assert end.inertia > best
    told = says["stuck"].format(here=f"{end.inertia:.2f}", there=f"{best:.2f}")
    assert told in shown(lab("unsupervised", data="even", k="4", step="999"))
    assert told not in shown(lab("unsupervised", data="even", k="4", step="999", start="apart"))


def test_the_picture_of_k_means_says_what_it_shows():
    says = learn_texts().labs["unsupervised"].says
    assert says["chart_first"] in shown(lab("unsupervised"))
    sizes = np.bincount(clusters.run("groups", 3, "corner")[1].of, minlength=3)
    title = says["chart"].format(step=1, sizes=", ".join(map(str, sizes)))
    assert title in shown(lab("unsupervised", step="1"))


@pytest.mark.parametrize("k", range(1, clusters.MOST + 1))
@pytest.mark.parametrize("data", ["groups", "even", "long"])
def test_every_end_of_k_means_is_shown(data, k):
    app = lab("unsupervised", data=data, k=str(k), step="999", level="no")
    end = clusters.run(data, k, "corner", level=False)[-1]
    assert figure(app, learn_texts().labs["unsupervised"].says["inertia"]) == f"{end.inertia:,.0f}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({}, "never delivers"),
        ({"bonus": "0"}, "walks to the dock in 8 steps"),
        ({"bonus": "0", "cost": "-4"}, "stairs on purpose"),
        ({"tries": "0"}, "does not know its way"),
    ],
)
def test_the_robot_does_what_it_is_paid_for(address, told):
    app = lab("reinforcement", **address)
    answer = shown(app).split('role="status"><p>')[1].split("</p>")[0]
    assert told in answer


@pytest.mark.parametrize("tries", gridworld.AFTER)
def test_every_moment_of_learning_is_shown(tries):
    app = lab("reinforcement", tries=str(tries), slip="0.2")
    drawn = shown(app)
    assert drawn.count('<div class="wall">') == 4
    assert f"after {tries:,} tries" in drawn


def paths(text, at, answers=()):
    if at in text.outcomes:
        yield answers, at
    else:
        for answer, option in text.questions[at].options.items():
            yield from paths(text, option.to, (*answers, answer))


CHOICES = list(paths(page_texts().choose, page_texts().choose.first))


def test_every_outcome_can_be_reached_in_three_questions():
    assert {outcome for _, outcome in CHOICES} == set(page_texts().choose.outcomes)
    assert max(len(answers) for answers, _ in CHOICES) <= 3


@pytest.mark.parametrize(("answers", "outcome"), CHOICES)
def test_answers_lead_to_their_outcome(answers, outcome):
    app, text = press(opened(view="choose"), page_texts().guess["skip"]), page_texts().choose
    for place, answer in enumerate(answers):
        app = done(app.radio[place].set_value(answer).run())
    assert where(app)["answers"] == ".".join(answers)
    assert escape(text.answer.format(name=text.outcomes[outcome].name)) in shown(app)


def test_another_answer_to_an_earlier_question_takes_the_later_ones_away():
    app = press(opened(view="choose", answers="no.judgement.yes"), page_texts().guess["skip"])
    app = done(app.radio[0].set_value("yes").run())
    assert where(app)["answers"] == "yes"
    assert len(app.radio) == 1


def test_the_roadmap_says_the_first_step_without_evidence():
    text = page_texts().roadmap
    app = opened(view="roadmap", done="goal.data.nonsense")
    drawn = shown(app)
    assert text.next.format(name=text.steps["cases"].name) in drawn
    assert escape(text.gap.format(later=text.steps["data"].name)) in drawn
    for box in app.checkbox:
        if not box.value:
            app = done(box.check().run())
    assert set(where(app)["done"].split(".")) >= set(list(text.steps)[-1:])


def test_the_first_step_without_evidence_is_one_press_away():
    steps = page_texts().roadmap.steps

    def links(**address):
        return [each.proto.label for each in opened(view="roadmap", **address).get("page_link")]

    assert links(done="goal").count(steps["cases"].onward.link) == 2
    assert links(done=".".join(steps)).count(steps["cases"].onward.link) == 1


def test_all_steps_ticked_send_back_to_the_goal():
    text = page_texts().roadmap
    drawn = shown(opened(view="roadmap", done=".".join(text.steps)))
    assert escape(text.all_done) in drawn


def test_what_stays_and_the_word_on_pay_are_shown_with_their_day():
    drawn, text = shown(opened(view="why")), page_texts().why
    assert escape(text.scope) in drawn
    assert text.pay.date in drawn
    assert all(escape(different) in drawn for _, _, different in text.same)


@pytest.mark.parametrize(
    ("file", "broken", "names"),
    [
        ("landscape", ("choose", "first"), "choose.first"),
        ("landscape_learn", ("labs", "supervised", "guess", "right"), "guess.right"),
    ],
)
def test_a_content_file_that_does_not_add_up_says_where(monkeypatch, tmp_path, file, broken, names):
    import yaml

    raw = yaml.safe_load((content.FOLDER / f"{file}.yaml").read_text(encoding="utf-8"))
    place = raw
    for part in broken[:-1]:
        place = place[part]
    place[broken[-1]] = "nowhere"
    (tmp_path / f"{file}.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    content.load.cache_clear()
    read = {"landscape": landscape_texts.page_texts, "landscape_learn": landscape_texts.learn_texts}[file]
    with pytest.raises(content.ContentError, match=rf"{file}\.yaml: .*{names}.*'nowhere'"):
        read.__wrapped__()
    content.load.cache_clear()


def test_reading_loads_no_heavy_library_and_the_labs_neither_pandas_nor_scikit_learn():
    script = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
def look(**address):
    app = AppTest.from_file("app.py", default_timeout=300).run()
    app.switch_page("pages/landscape.py")
    app.query_params.update(address)
    app.run()
    for button in app.button:
        if button.label == "Show me without a guess":
            button.click().run()
            break
    assert not app.exception, app.exception
for view in ("map", "choose", "roadmap", "why"):
    look(view=view)
print(*{"pandas", "numpy", "pyarrow", "duckdb", "sklearn", "scipy", "plotly"} & (set(sys.modules) - before))
for way in ("supervised", "unsupervised", "reinforcement"):
    look(view="learn", way=way, step="999")
print(*{"pandas", "pyarrow", "duckdb", "sklearn", "scipy"} & (set(sys.modules) - before))
"""
    run = subprocess.run(
        [sys.executable, "-c", script.replace('"app.py"', repr(str(ROOT / "app.py")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
