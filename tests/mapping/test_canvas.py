"""One pain on one page: what is filled in, what is open, what comes back from a file."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aipm.content
from aipm.content import ContentError
from aipm.mapping.canvas import FIELDS, LONGEST, ONLY_WITH_AI, Canvas, canvas_texts, label, missing, prefilled
from aipm.mapping.capabilities import KEYS, capabilities, no_ai
from aipm.mapping.examples import LABELS
from aipm.mapping.risks import ANSWERS, risk_texts
from aipm.tables import Refusal

PAIN = "Nobody tells me when my parcel comes."
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: text.strip() != ""
)
CANVASES = st.builds(
    Canvas,
    **{name: TEXTS for name in FIELDS if name not in ("capability", "data_have", "risks", "assumptions")},
    capability=st.none() | st.sampled_from(LABELS),
    data_have=st.none() | st.sampled_from(["yes", "partly", "no", "not_known"]),
    risks=st.dictionaries(st.sampled_from(list(risk_texts().questions)), st.sampled_from(ANSWERS)).map(
        lambda answers: tuple((key, answers[key]) for key in risk_texts().questions if key in answers)
    ),
    assumptions=st.lists(TEXTS.filter(bool), max_size=3).map(tuple),
)


def test_nothing_is_known_of_a_new_canvas_and_everything_is_asked():
    assert {each.field for each in missing(Canvas())} == set(FIELDS)
    assert missing(Canvas())[0].question.startswith("What is the problem")
    assert all(each.question.endswith("?") or each.field == "risks" for each in missing(Canvas()))


@pytest.mark.parametrize("key", KEYS)
def test_a_capability_fills_in_what_is_known_of_it(key):
    canvas, known = prefilled(PAIN, key), capabilities()[key]
    assert (canvas.pain, canvas.capability, canvas.without_ai) == (PAIN, key, known.without_ai)
    assert canvas.data_needed.splitlines() == list(known.data)
    assert canvas.metric_guardrail == f"{known.metrics.guardrail[0].name}: {known.metrics.guardrail[0].means}"
    assert (canvas.false_yes, canvas.false_no) == (known.errors.false_yes.costs, known.errors.false_no.costs)
    assert canvas.assumptions == canvas_texts().assumptions[key]
    open_fields = {each.field for each in missing(canvas)}
    assert open_fields == {"who_hurts", "how_often", "outcome", "data_have", "human_fallback", "risks"}


def test_without_ai_nobody_is_asked_for_data_or_mistakes():
    canvas = prefilled(PAIN, "none")
    assert canvas.next_step == no_ai().next_steps[0]
    assert not {each.field for each in missing(canvas)} & ONLY_WITH_AI
    assert {"without_ai", "who_hurts", "metric_product"} <= {each.field for each in missing(canvas)}


def test_without_a_capability_only_the_pain_is_filled_in():
    assert prefilled(PAIN, None) == Canvas(pain=PAIN)
    assert prefilled("  ", None) == Canvas()


@pytest.mark.parametrize(
    ("capability", "yes", "no"),
    [
        ("classification", "What it costs: a false yes", "What it costs: a false no"),
        ("regression", "What it costs: too high", "What it costs: too low"),
        ("creation", "What it costs: a bad draft used", "What it costs: a good draft thrown away"),
        (None, "Cost of a false yes", "Cost of a false no"),
        ("none", "Cost of a false yes", "Cost of a false no"),
    ],
)
def test_mistakes_are_called_what_people_call_them(capability, yes, no):
    assert (label("false_yes", capability), label("false_no", capability)) == (yes, no)


def test_the_question_about_a_mistake_names_it():
    asked = {each.field: each.question for each in missing(Canvas(capability="regression"))}
    assert asked["false_yes"] == "What does this mistake cost, and who pays: too high?"
    asked = {each.field: each.question for each in missing(Canvas())}
    assert asked["false_yes"] == "What does this mistake cost, and who pays: a false yes?"


def test_not_knowing_whether_there_are_data_stays_open_but_a_plain_no_does_not():
    def asked(have):
        return {each.field: each.question for each in missing(Canvas(capability="regression", data_have=have))}

    assert asked("not_known")["data_have"] == canvas_texts().data_unknown
    assert asked(None)["data_have"] == canvas_texts().open["data_have"]
    assert not {"data_have"} & {*asked("no"), *asked("partly"), *asked("yes")}


def test_open_questions_on_law_are_counted():
    keys = list(risk_texts().questions)
    some = Canvas(risks=tuple((key, "no") for key in keys[2:]))
    assert next(each.question for each in missing(some) if each.field == "risks").endswith("still open: 2.")
    assert "risks" not in {each.field for each in missing(replace(some, risks=tuple((key, "unsure") for key in keys)))}


@given(CANVASES)
def test_a_canvas_comes_back_from_json_as_it_was(canvas):
    assert Canvas.from_dict(json.loads(json.dumps(canvas.to_dict()))) == canvas


@given(CANVASES)
def test_what_is_written_is_never_asked_for(canvas):
    for each in missing(canvas):
        assert not getattr(canvas, each.field) or each.field == "risks" or canvas.data_have == "not_known"
        assert "{" not in each.question


def test_blank_text_is_not_known_and_other_text_stays_as_typed():
    made = Canvas.from_dict({"pain": " two  blanks\n", "outcome": " \n", "assumptions": ["a", " ", "b"]})
    assert made == Canvas(pain=" two  blanks\n", assumptions=("a", "b"))


PRIVATE = "my salary is 4711"


@pytest.mark.parametrize(
    ("plain", "named"),
    [
        (None, "named fields"),
        ([PRIVATE], "named fields"),
        ({PRIVATE: "x"}, "no canvas has"),
        ({"pain": 7}, "pain"),
        ({"pain": [PRIVATE]}, "pain"),
        ({"outcome": "x" * (LONGEST + 1)}, "outcome"),
        ({"outcome": "\ud800"}, "outcome"),
        ({"capability": PRIVATE}, "capability"),
        ({"data_have": PRIVATE}, "data_have"),
        ({"assumptions": PRIVATE}, "assumptions"),
        ({"assumptions": [3]}, "assumptions"),
        ({"assumptions": ["x"] * 51}, "assumptions"),
        ({"risks": ["jobs"]}, "law and people"),
        ({"risks": {"jobs": PRIVATE}}, "law and people"),
        ({"risks": {PRIVATE: "yes"}}, "law and people"),
        ({"risks": {"jobs": ["yes"]}}, "law and people"),
    ],
)
def test_a_bad_file_is_refused_by_field_and_never_quoted(plain, named):
    with pytest.raises(Refusal) as refused:
        Canvas.from_dict(plain)
    assert named in refused.value.message
    assert refused.value.advice
    assert PRIVATE not in refused.value.message + refused.value.advice


def test_every_field_is_labelled_explained_and_asked_for():
    said = canvas_texts()
    assert tuple(said.fields) == FIELDS
    assert set(said.open) == set(FIELDS)
    assert len({each.label for each in said.fields.values()}) == len(FIELDS)
    for text in (*said.open.values(), *(each.help for each in said.fields.values())):
        assert not re.search(r"[!<>*`]|\b(leverage|stakeholder)", text)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("    who_hurts:\n      label", "    whom_it_hurts:\n      label", "canvas.fields"),
        ("      label: Who hurts\n", "", "fields"),
        ("  data_have: {", "  data_has: {", "data_have"),
        ("    anomalies:\n      - Ordinary", "    oddities:\n      - Ordinary", "assumptions"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "canvas.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "canvas.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    canvas_texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"canvas\.yaml[\s\S]*{where}"):
            canvas_texts()
    finally:
        aipm.content.load.cache_clear()
        canvas_texts.cache_clear()
