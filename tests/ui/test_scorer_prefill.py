"""What the Model scorer takes along from other pages and from its address, and the way back."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.canvas import Canvas
from aipm.mapping.risks import risk_texts
from aipm.selection.families import ANSWERS
from aipm.selection.needs import Needs, need_texts
from aipm.tables import Refusal
from aipm.ui.scorer_address import read, written
from aipm.ui.scorer_prefill import task
from aipm.ui.scorer_texts import scorer_page, start_needs
from tests.ui.scorer import ROOT, done, held, labelled, opened, shown, where

TEXT = scorer_page()
QUESTIONS = need_texts().questions
PAIN = "Ana reads <b>400</b> claims a week"


def from_the_mapper(canvas, *, pain=PAIN, **address):
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.session_state["use_case_mapper.pain"] = pain
    app.session_state["use_case_mapper.held.canvases"] = {pain: canvas}
    app.switch_page("pages/model_scorer.py")
    app.query_params.update({"from": "use_case_mapper", **address})
    return done(app.run())


def test_the_mapper_hands_over_capability_pain_and_what_the_canvas_knows():
    risks = tuple((name, "yes" if name == "jobs" else "no") for name in risk_texts().questions)
    canvas = Canvas(pain=PAIN, capability="regression", data_have="no", risks=risks)
    app = from_the_mapper(canvas, capability="regression")
    assert held(app, "answers.approach") == {"capability": "regression", "labels": "none", "regulated": "yes"}
    html = shown(app)
    assert "Prefilled from Use-case mapper" in html
    assert "Ana reads &lt;b&gt;400&lt;/b&gt; claims" in html
    assert "from" not in where(app)
    assert "Ana reads" not in str(where(app))
    app = done(labelled(app.button, TEXT.taken["undo"]).click().run())
    assert held(app, "answers.approach") == {}
    assert "Prefilled" not in shown(app)
    assert "capability" not in where(app)


@pytest.mark.parametrize(
    ("risks", "regulated"),
    [
        ({}, None),
        ({"jobs": "unsure"}, "yes"),
        (dict.fromkeys(risk_texts().questions, "no"), "no"),
        ({"jobs": "no"}, None),
    ],
)
def test_regulated_is_known_only_where_it_was_answered(risks, regulated):
    canvas = Canvas(pain=PAIN, capability="classification", risks=tuple(risks.items()))
    app = from_the_mapper(canvas, capability="classification")
    assert held(app, "answers.approach").get("regulated") == regulated


def test_a_canvas_of_another_capability_is_left_aside():
    canvas = Canvas(pain=PAIN, capability="creation", data_have="no")
    app = from_the_mapper(canvas, capability="anomalies")
    assert held(app, "answers.approach") == {"capability": "anomalies"}
    assert "Ana reads" not in shown(app)


def test_from_the_capabilities_without_a_session_the_capability_alone():
    app = opened(**{"from": "capabilities", "capability": "creation"})
    assert "Prefilled from Capabilities" in shown(app)
    assert held(app, "musts")["task"] == "text"


@pytest.mark.parametrize("address", [{"from": "x"}, {"from": "home", "capability": "none"}, {"from": "capabilities"}])
def test_an_odd_address_prefills_nothing(address):
    app = opened(**address)
    assert "Prefilled" not in shown(app)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ({"capability": "creation", "data": "text"}, "text"),
        ({"capability": "creation", "data": "image"}, "picture"),
        ({"capability": "regression", "data": "tabular"}, None),
    ],
)
def test_the_task_follows_from_the_approach(given_, wanted):
    found = task(given_)
    assert found.get("must.task") == wanted


@pytest.mark.parametrize("capability", ANSWERS["capability"])
@pytest.mark.parametrize("data", ANSWERS["data"])
def test_every_task_is_one_that_can_be_asked(capability, data):
    found = task({"capability": capability, "data": data})
    if found:
        assert found["must.task"] in QUESTIONS["task"].options
        assert Needs.from_dict({"musts": found["musts"]})


def test_on_to_the_models_takes_the_task_along():
    app = opened(capability="creation", data="image")
    button = next(each for each in app.button if each.key == "model_scorer.approach.models")
    app = done(button.click().run())
    assert held(app, "musts")["task"] == "picture"
    assert QUESTIONS["task"].options["picture"].label in shown(app)
    app = done(labelled(app.button, TEXT.taken["undo"]).click().run())
    assert held(app, "musts")["task"] == "text"


def test_the_address_says_what_is_needed_and_nothing_else():
    app = opened(view="model", must="task:text,context:200000", prefer="output,cost")
    assert held(app, "order") == ["output", "cost"]
    assert held(app, "musts") == {"task": "text", "context": 200_000.0}
    control = labelled(app.button_group, QUESTIONS["abilities"].question)
    app = done(control.set_value("prefer").run())
    assert where(app) == {"view": "model", "must": "task:text,context:200000", "prefer": "output,cost,abilities"}
    app.session_state["model_scorer.held.entered"] = {"Secret": {"max_output": 9000.0}}
    assert "Secret" not in str(where(done(app.run())))


def test_first_needs_need_no_saying_and_a_bare_link_here_leaves_all_as_it_was():
    app = opened(view="model")
    assert where(app) == {"view": "model"}
    control = labelled(app.button_group, QUESTIONS["context"].question)
    app = done(control.set_value("no_matter").run())
    assert where(app)["prefer"] == "cost,output"
    app.query_params.clear()
    app = done(app.run())
    assert held(app, "order") == ["cost", "output"]
    assert where(app)["prefer"] == "cost,output"


@pytest.mark.parametrize(
    "address", [{"must": "task:everything"}, {"prefer": "cost,cost"}, {"must": "context:NaN"}, {"prefer": "<b>"}]
)
def test_an_address_that_asks_for_what_there_is_not_changes_nothing(address):
    app = opened(view="model", **address)
    assert held(app, "order") == list(start_needs().order)
    assert held(app, "musts") == dict(start_needs().musts)


OPTIONS = {
    name: st.sampled_from(tuple(asked.options))
    if asked.options
    else st.floats(asked.number.low, min(asked.number.high, 1e6)).map(lambda value: float(f"{value:.6g}"))
    for name, asked in QUESTIONS.items()
}


@given(
    st.fixed_dictionaries({}, optional=OPTIONS),
    st.lists(st.sampled_from(tuple(QUESTIONS)), unique=True),
)
def test_needs_survive_the_way_through_an_address(musts, order):
    needs = Needs.from_dict({"musts": musts, "order": order})
    assert read(*written(needs).values()) == needs


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_address_is_read_or_refused(must, prefer):
    with contextlib.suppress(Refusal):
        assert isinstance(read(must, prefer), Needs)
