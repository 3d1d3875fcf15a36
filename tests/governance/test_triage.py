"""The triage: plain answers point to tiers and duties, with dates; what is not known widens, never clears."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.content.law import laws
from aipm.governance.forms import from_json, to_json
from aipm.governance.rules import MAYBE, NO, ROLES, RULES, TIERS, YES
from aipm.governance.triage import (
    AREAS,
    CRITERIA,
    LISTS,
    PRACTICES,
    QUESTIONS,
    TAGS,
    Triage,
    asked,
    assess,
    tags,
)

TODAY = date(2026, 11, 21)
CALM = Triage(
    **dict.fromkeys(QUESTIONS, "no"),
)
"""Every question answered with no."""
HIRING = replace(
    CALM,
    people="yes",
    decides="yes",
    eu="yes",
    nyc="yes",
    area="yes",
    areas=("hiring",),
    personal_data="yes",
    trains_own="yes",
    roles=("provider", "deployer"),
)
CHATBOT = replace(CALM, people="yes", eu="yes", talks="yes", personal_data="yes", third_party_model="yes")
SPAM = replace(CALM, people="yes", eu="yes", personal_data="yes", contestable="yes")
CREDIT = replace(HIRING, nyc="no", areas=("credit",), contestable="yes")
MOODS = replace(CALM, people="yes", eu="yes", area="yes", areas=("emotions", "hiring"), practice="no")


def found(triage, today=TODAY):
    return assess(triage, today=today)


def sure(triage, today=TODAY):
    return {duty.key for duty in found(triage, today).duties if duty.sure}


def may(triage):
    return {duty.key for duty in found(triage).duties if not duty.sure}


def tier(triage):
    result = found(triage)
    return result.low, result.high


def test_a_hiring_tool_in_new_york_and_the_eu():
    assert tier(HIRING) == ("high", "high")
    assert sure(HIRING) >= {"hiring_audit", "hiring_notice", "data_governance", "tell_workers", "data_machine"}
    assert found(HIRING).assessment == YES
    assert {key for key, truth in found(HIRING).counted.items() if truth == YES} == {
        "scoring",
        "automated",
        "vulnerable",
    }


def test_new_york_alone_brings_its_law_and_nothing_of_the_eu():
    only = replace(HIRING, eu="no")
    assert (found(only).reach, tier(only)) == (NO, ("minimal", "minimal"))
    assert sure(only) == {"hiring_audit", "hiring_notice"}


def test_a_chatbot_has_to_say_that_it_is_one():
    assert tier(CHATBOT) == ("transparency", "transparency")
    assert sure(CHATBOT) == {"literacy", "say_machine", "model_papers", "data_basis", "data_tell"}


def test_a_spam_filter_owes_hardly_anything():
    assert tier(SPAM) == ("minimal", "minimal")
    assert sure(SPAM) == {"literacy", "data_basis", "data_tell"}
    assert found(SPAM).assessment == NO


def test_a_credit_score_asks_for_an_assessment_of_rights_and_of_data():
    assert tier(CREDIT) == ("high", "high")
    assert "rights_assessment" in sure(CREDIT)
    assert "rights_assessment" in may(HIRING)  # only public bodies and services in other areas
    vital = replace(HIRING, areas=("infrastructure",))
    assert "rights_assessment" not in sure(vital) | may(vital)
    assert found(CREDIT).counted == {"scoring": YES, "blocks": YES}
    assert found(CREDIT).assessment == YES


def test_emotions_at_work_may_be_banned_whatever_was_said_of_the_bans():
    assert tier(MOODS) == ("high", "prohibited")
    assert found(MOODS).at_work
    assert "banned" in may(MOODS)
    assert not found(replace(MOODS, areas=("emotions",))).at_work
    assert tier(replace(MOODS, practice="yes", practices=("emotions_at_work",))) == ("prohibited", "prohibited")


def test_unsure_everywhere_is_everything_possible_and_a_task_for_each_question():
    unsure = Triage(**dict.fromkeys(QUESTIONS, "unsure"))
    assert tier(unsure) == tier(Triage()) == ("minimal", "prohibited")
    assert found(unsure).unsure == QUESTIONS
    assert sure(unsure) == set()
    assert not found(Triage()).begun


def test_where_no_decision_is_swayed_the_law_leaves_an_exception():
    aside = replace(CREDIT, decides="no")
    assert tier(aside) == ("minimal", "high")
    assert "except" in sure(aside)
    assert "except" not in sure(CREDIT) | may(CREDIT)


def test_a_part_of_a_product_falls_under_annex_i_later():
    product = replace(CALM, eu="yes", area="yes", areas=("product",))
    assert {duty.since for duty in found(product).duties if duty.key == "oversight"} == {date(2028, 8, 2)}
    both = replace(product, areas=("product", "infrastructure"))
    assert {duty.since for duty in found(both).duties if duty.key == "oversight"} == {date(2027, 12, 2)}


@pytest.mark.parametrize(
    ("triage", "key", "day"),
    [
        (HIRING, "oversight", date(2027, 12, 2)),
        (CHATBOT, "say_machine", date(2026, 8, 2)),
        (CHATBOT, "literacy", date(2025, 2, 2)),
        (replace(CALM, eu="yes", practice="yes", practices=("intimate_images",)), "banned_2026", date(2026, 12, 2)),
        (HIRING, "hiring_audit", date(2023, 7, 5)),
        (HIRING, "data_basis", date(2018, 5, 25)),
    ],
)
def test_a_duty_applies_from_its_day_on(triage, key, day):
    def in_force(today):
        return {duty.key: duty.in_force for duty in found(triage, today).duties}[key]

    assert in_force(day)
    assert not in_force(date.fromordinal(day.toordinal() - 1))


def test_who_owes_it_follows_from_the_role():
    def owed(triage, key):
        return {duty.key: duty.owed for duty in found(triage).duties}.get(key)

    user = replace(HIRING, roles=("deployer",))
    assert (owed(user, "oversight"), owed(user, "keep_logs"), owed(user, "data_basis")) == (False, True, True)
    assert owed(replace(user, changes="yes"), "oversight") is True
    assert owed(replace(user, changes="unsure"), "oversight") is None
    assert owed(replace(user, roles=()), "oversight") is None
    assert owed(user, "bring_in") is None
    assert owed(replace(user, roles=("importer",)), "bring_in") is True


def test_a_general_purpose_model_runs_on_a_track_of_its_own():
    maker = replace(CALM, eu="yes", trains_own="yes", general="yes", roles=("provider",))
    assert found(maker).general == YES
    assert tier(maker) == ("minimal", "minimal")
    assert "general_model" in sure(maker)
    assert found(replace(maker, trains_own="no")).general == NO
    assert found(replace(maker, general="unsure")).general == MAYBE


def test_california_is_pointed_at_where_people_are_elsewhere():
    assert "california" in may(replace(HIRING, elsewhere="yes"))
    assert "california" not in may(HIRING)


def test_one_criterion_may_be_enough_for_an_assessment_and_two_usually_are():
    assert found(replace(SPAM, criteria=("monitoring",))).assessment == MAYBE
    assert found(replace(SPAM, criteria=("monitoring", "large_scale"))).assessment == YES
    assert found(replace(SPAM, special_data="unsure")).assessment == MAYBE
    assert found(replace(SPAM, personal_data="no", criteria=CRITERIA)).assessment == NO


def test_what_is_not_asked_any_more_does_not_count():
    stale = replace(CREDIT, people="no")
    assert "decides" not in asked(stale)
    assert found(stale).counted == {}
    assert found(replace(CREDIT, personal_data="no", special_data="yes")).counted == {}


def test_a_yes_without_saying_which_stays_open():
    vague = replace(CREDIT, areas=())
    assert "areas" in found(vague).open
    assert tier(vague) == ("minimal", "prohibited")
    assert tier(replace(vague, practice="yes")) == ("prohibited", "prohibited")


def test_only_what_moves_the_range_is_said_to_narrow_it():
    half = replace(CREDIT, nyc=None, elsewhere=None, decides="unsure", talks=None)
    assert tier(half) == ("minimal", "high")
    assert found(half).narrows == ("decides", "talks")
    assert set(found(half).open) == {"nyc", "elsewhere", "talks"}
    assert "areas" in found(replace(CREDIT, areas=())).narrows


def test_tags_hold_what_holds_or_may_hold():
    assert tags(Triage()) == frozenset()
    assert tags(HIRING) == {"people", "decides", "eu", "nyc", "hiring", "personal_data", "trains_own"}
    assert tags(replace(SPAM, special_data="unsure")) >= {"special_data", "contestable"}
    assert tags(MOODS) >= {"biometrics", "hiring"}
    assert tags(replace(HIRING, area="no")) == tags(HIRING) - {"hiring"}


KNOWN = st.sampled_from(["yes", "no", "unsure", None])
TRIAGES = st.builds(
    Triage,
    **dict.fromkeys(QUESTIONS, KNOWN),
    areas=st.lists(st.sampled_from(AREAS), unique=True).map(tuple),
    practices=st.lists(st.sampled_from(PRACTICES), unique=True).map(tuple),
    criteria=st.lists(st.sampled_from(CRITERIA), unique=True).map(tuple),
    roles=st.lists(st.sampled_from(ROLES), unique=True).map(tuple),
)


def place(triage):
    result = found(triage)
    return TIERS.index(result.low), TIERS.index(result.high)


@given(TRIAGES, st.sampled_from([name for name in QUESTIONS if name != "contestable"]))
def test_saying_yes_to_a_risk_never_lowers_the_tier(triage, question):
    no, unsure, yes = (place(replace(triage, **{question: said})) for said in ("no", "unsure", "yes"))
    assert no[0] <= unsure[0] <= yes[0]
    assert no[1] <= unsure[1] <= yes[1]
    assert place(replace(triage, **{question: None}))[0] <= yes[0]


@given(TRIAGES, st.sampled_from(AREAS), st.sampled_from(PRACTICES))
def test_one_more_area_or_practice_never_lowers_the_tier(triage, area, practice):
    more = replace(triage, areas=(*triage.areas, area), practices=(*triage.practices, practice))
    assert place(more)[0] >= place(triage)[0]
    if triage.areas and triage.practices:
        assert place(more)[1] >= place(triage)[1]


@given(TRIAGES)
def test_a_range_is_one_and_every_duty_has_its_date(triage):
    result = found(triage)
    assert TIERS.index(result.low) <= TIERS.index(result.high)
    assert {duty.key for duty in result.duties} <= set(RULES)
    assert all(duty.applies in laws().applies for duty in result.duties)
    assert set(result.unsure).isdisjoint(result.open)
    assert set(result.unsure) | (set(result.open) - set(LISTS.values())) <= set(asked(triage))
    assert tags(triage) <= set(TAGS)


@given(TRIAGES)
def test_it_comes_back_from_the_file(triage):
    assert from_json(to_json({"triage": triage}, saved="now")).forms.get("triage", Triage()) == triage


def test_every_field_has_a_default():
    assert Triage() == Triage(**{each.name: each.default for each in fields(Triage)})
