"""A facilitator's clock: what is left, how late it is, and what to drop."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables import Refusal
from aipm.workshop import runsheet
from aipm.workshop.runsheet import Phase, Progress, clock

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def phase(key, minutes, drop=None):
    return Phase(key=key, title=key, minutes=minutes, words="-", result="-", drop=drop)


SHEET = (phase("join", 5), phase("match", 7, 1), phase("cards", 15), phase("checks", 10, 2), phase("close", 7))


def minutes(number):
    return timedelta(minutes=number)


def at(number):
    return NINE + minutes(number)


def test_before_it_begins_there_is_no_clock():
    assert clock(SHEET, Progress(), NINE) is None


def test_in_time():
    found = clock(SHEET, runsheet.begin(SHEET, NINE), at(2))
    assert (found.elapsed, found.in_phase, found.left) == (minutes(2), minutes(2), minutes(3))
    assert (found.behind, found.ends, found.drop) == (minutes(0), at(44), ())


def test_a_phase_that_goes_on_for_too_long_makes_it_late_and_says_what_to_drop():
    found = clock(SHEET, runsheet.begin(SHEET, NINE), at(9))
    assert (found.left, found.behind) == (minutes(-4), minutes(4))
    assert [each.key for each in found.drop] == ["match"]
    late = clock(SHEET, runsheet.begin(SHEET, NINE), at(14))
    assert [each.key for each in late.drop] == ["match", "checks"]


def test_dropping_gains_its_minutes_and_it_is_passed_over():
    begun = runsheet.begin(SHEET, NINE)
    dropped = runsheet.drop(SHEET, begun, "match")
    assert clock(SHEET, dropped, NINE).behind == minutes(-7)
    assert runsheet.on(SHEET, dropped, at(5)).phase == "cards"
    assert runsheet.restore(dropped, "match") == begun


def test_back_goes_on_where_the_clock_stood():
    """Somebody pressed "next" too early: ten seconds later it is as if nothing had been."""
    begun = runsheet.begin(SHEET, NINE)
    returned = runsheet.back(SHEET, runsheet.on(SHEET, begun, at(3)), at(3) + timedelta(seconds=10))
    assert returned.phase == "join"
    assert clock(SHEET, returned, at(4)).in_phase == minutes(4) - timedelta(seconds=10)


def test_first_and_last():
    begun = runsheet.begin(SHEET, NINE)
    with pytest.raises(Refusal, match="no phase"):
        runsheet.back(SHEET, begun, at(1))
    for _ in SHEET[1:]:
        begun = runsheet.on(SHEET, begun, at(1))
    with pytest.raises(Refusal, match="no phase"):
        runsheet.on(SHEET, begun, at(1))
    with pytest.raises(Refusal):
        runsheet.drop(SHEET, begun, "cards")


@given(st.integers(-240, 240), st.integers(0, 60))
def test_extending_changes_what_is_left_by_as_much(extra, passed):
    begun = runsheet.begin((phase("long", 240), phase("next", 5)), NINE)
    sheet = (phase("long", 240), phase("next", 5))
    before, after = clock(sheet, begun, at(passed)), clock(sheet, runsheet.extend(begun, extra), at(passed))
    assert after.left - before.left == minutes(extra)
    assert after.behind - before.behind == max(after.left, minutes(0)) - max(before.left, minutes(0))


@given(st.lists(st.sampled_from(["on", "back", "extend", "drop"]), max_size=30), st.data())
def test_whatever_is_pressed_the_parts_add_up(presses, data):
    """Time spent in all phases is the time that has passed."""
    progress, now = runsheet.begin(SHEET, NINE), NINE
    for press in presses:
        now += timedelta(seconds=data.draw(st.integers(0, 900)))
        try:
            match press:
                case "on":
                    progress = runsheet.on(SHEET, progress, now)
                case "back":
                    progress = runsheet.back(SHEET, progress, now)
                case "extend":
                    progress = runsheet.extend(progress, 3)
                case "drop":
                    progress = runsheet.drop(SHEET, progress, data.draw(st.sampled_from([each.key for each in SHEET])))
        except Refusal:
            continue
    found = clock(SHEET, progress, now)
    spent = sum(seconds for key, seconds in progress.spent.items() if key != progress.phase)
    assert found.elapsed == timedelta(seconds=spent) + found.in_phase
    assert found.ends >= now
