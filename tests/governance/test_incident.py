"""The incident and appeal plan: what it does not say, what is too late, and the exercises held against it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from aipm.governance.forms import from_json, to_json
from aipm.governance.incident import (
    PARTS,
    PHASES,
    IncidentPlan,
    Played,
    Signal,
    Step,
    Tell,
    gaps,
    incident_texts,
    walk,
)

TODAY = date(2026, 11, 21)
WHOLE = IncidentPlan(
    level_1="A wrong greeting",
    level_2="Forty wait",
    level_3="A group is refused",
    level_4="A leak",
    signals=(Signal(id="r1", what="Refusals up", where="Dashboard", looks="Priya"),),
    report_where="A link beside the answer",
    steps=tuple(Step(id=f"r{n}", phase=phase, what="Do it", owner="Sam") for n, phase in enumerate(PHASES, start=1)),
    personal_data="yes",
    high_risk="yes",
    tell=(
        Tell(id="r1", whom="people", level="2", within="week", owner="Rosa"),
        Tell(id="r2", whom="data_authority", level="2", within="72_hours", owner="Jonas"),
        Tell(id="r3", whom="ai_authority", level="2", within="15_days", owner="Jonas"),
        *(
            Tell(id=f"r{n}", whom=whom, level="1", within="day", owner="Ines")
            for n, whom in enumerate(("management", "supplier", "public"), start=4)
        ),
    ),
    stop_how="Flag off",
    stop_who="Tomasz",
    stop_deputy="Sam",
    fallback="A clerk decides",
    rollback_to="2.2",
    rollback_on=date(2026, 9, 1),
    evidence="Requests for 90 days",
    appeal_where="In the letter",
    decides_first="The clerk",
    appeal_decides="Amara Diallo",
    appeal_days=10,
    appeal_reverse="The loan is offered again",
    appeal_told="A letter",
    drill_on=date(2026, 6, 1),
)


def codes(**change):
    return [gap.code for gap in gaps(replace(WHOLE, **change), today=TODAY)]


def test_a_whole_plan_has_no_gap_and_an_empty_one_only_one():
    assert codes() == []
    assert [gap.code for gap in gaps(IncidentPlan(), today=TODAY)] == ["empty"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stop_how": None}, "no_stop"),
        ({"stop_deputy": " tomasz "}, "no_deputy"),
        ({"fallback": None}, "no_fallback"),
        ({"steps": WHOLE.steps[1:]}, "no_hour"),
        ({"steps": (*WHOLE.steps, Step(id="r9", phase="day", what="Ask"))}, "step_owner"),
        ({"tell": WHOLE.tell[1:]}, "tell_people"),
        ({"tell": WHOLE.tell[:1]}, "tell_data"),
        ({"tell": WHOLE.tell[:2]}, "tell_ai"),
        ({"high_risk": None}, "duties_open"),
        ({"appeal_decides": "THE  clerk"}, "same_decider"),
        ({"appeal_days": None}, "no_days"),
        ({"report_where": None}, "no_report"),
        ({"signals": ()}, "no_signal"),
        ({"level_4": None}, "no_level"),
        ({"rollback_on": date(2026, 5, 1)}, "old_rollback"),
        ({"drill_on": None}, "no_drill"),
        ({"drill_on": TODAY - timedelta(days=366)}, "old_drill"),
        ({"drill_next": date(2026, 11, 20)}, "drill_past"),
    ],
)
def test_what_is_missing_or_old_is_named(change, code):
    assert code in codes(**change)


@pytest.mark.parametrize(
    ("whom", "within", "late"),
    [
        ("data_authority", "72_hours", False),
        ("data_authority", "week", True),
        ("ai_authority", "15_days", False),
        ("ai_authority", "month", True),
        ("people", "month", False),
    ],
)
def test_an_authority_told_after_its_time_limit_is_late(whom, within, late):
    told = tuple(replace(each, within=within) if each.whom == whom else each for each in WHOLE.tell)
    assert (f"late_{whom}" in codes(tell=told)) == late


def test_telling_the_provider_does_where_one_only_uses_the_system():
    told = tuple(replace(each, whom="provider") if each.whom == "ai_authority" else each for each in WHOLE.tell)
    assert "tell_ai" not in codes(tell=told)


def test_not_sure_whether_personal_data_are_involved_counts_as_yes():
    assert "tell_data" in codes(personal_data="unsure", tell=WHOLE.tell[:1])
    assert "tell_data" not in codes(personal_data="no", tell=WHOLE.tell[:1])


def test_an_exercise_that_was_walked_through_counts_as_one():
    played = (Played(id="r1", scenario="leak", on=TODAY, open=2),)
    assert "no_drill" not in codes(drill_on=None, played=played)


@pytest.mark.parametrize("name", incident_texts().scenarios)
def test_each_made_up_incident_can_be_walked_through(name):
    scenario = incident_texts().scenarios[name]
    assert all(turn.answered for turn in walk(WHOLE, scenario))
    assert not any(turn.answered for turn in walk(IncidentPlan(), scenario))


def test_the_exercise_asks_for_every_part_of_the_plan_somewhere():
    asked = {each.needs for scenario in incident_texts().scenarios.values() for each in scenario.asks}
    assert (set(PARTS) - {"told"}) <= asked


def test_whoever_is_told_only_from_a_higher_level_on_is_a_gap_below_it():
    drift = incident_texts().scenarios["drift"]
    late = tuple(replace(each, level="4") for each in WHOLE.tell)
    assert [turn.asked.needs for turn in walk(replace(WHOLE, tell=late), drift) if not turn.answered] == [
        "tell_management"
    ]


def test_every_gap_has_its_sentence():
    empty = IncidentPlan(steps=(Step(id="r1"),), signals=(Signal(id="r1"),), tell=(Tell(id="r1"),))
    assert all(incident_texts().said(gap) for gap in gaps(empty, today=TODAY))


def test_it_is_kept_in_the_file_as_it_was():
    assert from_json(to_json({"incident": WHOLE}, saved="")).forms["incident"] == WHOLE
