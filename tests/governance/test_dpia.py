"""The short impact assessment: whether one is needed, what is missing, when the authority has to be asked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.dpia import CASES, CRITERIA, THREATS, DataKind, Dpia, Risk, assess, dpia_texts, risk, with_risk
from aipm.governance.forms import from_json, to_json

TODAY = date(2026, 11, 21)
NO = dict.fromkeys((*CASES, *CRITERIA), "no")
WHOLE = Dpia(
    **NO | {"scoring": "yes", "sensitive": "yes"},
    description="A score from an application",
    purpose="Pay out the same day",
    basis="contract",
    special_basis="Consent",
    necessary="Income says who can pay back",
    less_data="yes",
    data=(DataKind(id="r1", what="Income", who_sees="Clerks", how_long="6 months"),),
    risks=tuple(Risk(id=threat, applies="no") for threat in THREATS),
    consulted="Six applicants",
    officer_advice="Go on",
    decision="go",
    decided_by="Ines Moreau",
    decided_on=date(2026, 10, 20),
    review_by=date(2027, 4, 30),
)


def need(**answers):
    return assess(Dpia(**answers), today=TODAY).need


def codes(form):
    return [gap.code for gap in assess(form, today=TODAY).gaps]


@pytest.mark.parametrize("case", CASES)
def test_each_case_of_the_law_requires_one_whatever_else_is_answered(case):
    assert need(**NO | {case: "yes"}) == "required"


def test_two_of_the_nine_criteria_make_it_likely_and_one_does_not():
    assert need(**NO | {"scoring": "yes", "innovative": "yes"}) == "likely"
    assert need(**NO | {"innovative": "yes"}) == "think"


def test_not_sure_and_not_answered_are_never_read_as_no():
    assert need(**NO) == "unlikely"
    assert need(**NO | {"scoring": "unsure"}) == "think"
    assert need(**{name: answer for name, answer in NO.items() if name != "scoring"}) == "think"
    assert need() == "unknown"


RANK = {"unknown": 0, "unlikely": 0, "think": 1, "likely": 2, "required": 3}


@given(st.dictionaries(st.sampled_from((*CASES, *CRITERIA)), st.sampled_from(["yes", "no", "unsure"])), st.data())
def test_one_more_yes_never_makes_it_less_needed(answers, data):
    changed = data.draw(st.sampled_from((*CASES, *CRITERIA)))
    assert RANK[need(**answers | {changed: "yes"})] >= RANK[need(**answers)]


def test_a_whole_one_has_no_gap():
    assert codes(WHOLE) == []


def test_where_none_is_needed_only_the_reason_is_asked_for():
    assert codes(Dpia(**NO)) == ["why_none"]
    assert codes(Dpia(**NO, why_none="No personal data")) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"description": None}, "description"),
        ({"special_basis": None}, "special_basis"),
        ({"less_data": "no"}, "less_data"),
        ({"basis": "legitimate_interests"}, "balance"),
        ({"data": ()}, "no_data"),
        ({"officer_advice": None}, "officer_advice"),
        ({"followed": "no"}, "not_followed_why"),
        ({"decided_by": None}, "decided_by"),
        ({"review_by": date(2026, 11, 20)}, "review_past"),
        ({"data": (DataKind(id="r1", what="Income", who_sees="Clerks"),)}, "how_long"),
    ],
)
def test_what_is_taken_out_is_named(change, code):
    assert codes(replace(WHOLE, **change)) == [code]


def test_a_risk_that_stays_high_asks_for_the_authority_even_where_it_was_decided_to_go_on():
    high = Risk(id="disclosure", applies="yes", measure="Free text is dropped", after="high")
    found = assess(replace(WHOLE, risks=with_risk(WHOLE, high)), today=TODAY)
    assert found.ask_authority
    assert found.high == ("disclosure",)
    assert [gap.code for gap in found.gaps] == ["stays_high", "go_against"]
    low = replace(high, after="low")
    assert not assess(replace(WHOLE, risks=with_risk(WHOLE, low)), today=TODAY).ask_authority


def test_a_risk_that_does_not_apply_is_not_high_whatever_was_rated_before():
    left = Risk(id="disclosure", applies="no", after="high")
    assert not assess(replace(WHOLE, risks=with_risk(WHOLE, left)), today=TODAY).ask_authority


def test_the_seven_answers_keep_their_order_and_each_has_one_place():
    found = with_risk(Dpia(), Risk(id="disclosure", applies="yes"))
    found = with_risk(Dpia(risks=found), Risk(id="linking", applies="no"))
    found = with_risk(Dpia(risks=found), Risk(id="disclosure", applies="no"))
    assert [each.id for each in found] == ["linking", "disclosure"]
    assert risk(Dpia(risks=found), "disclosure").applies == "no"
    assert risk(Dpia(), "linking") == Risk(id="linking")


def test_every_gap_has_its_sentence_and_risks_are_called_by_their_names():
    texts = dpia_texts()
    said = [texts.said(gap) for gap in assess(replace(WHOLE, risks=(), data=()), today=TODAY).gaps]
    assert any(texts.threats["linking"].name in each for each in said)


def test_it_is_kept_in_the_file_as_it_was():
    assert from_json(to_json({"dpia": WHOLE}, saved="")).forms["dpia"] == WHOLE
