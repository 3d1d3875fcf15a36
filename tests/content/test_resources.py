"""Where to read on: every address vouched for and dated, filters that mean what they say, plans that add up."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm import content
from aipm.content.resources import AIMS, LEVELS, SHORTEST, fitting, plan, resources, whole
from aipm.ui.registry import FILES

ITEMS = resources().items
HOURS = st.integers(1, 12)


def test_every_kind_and_level_is_there_and_own_pages_exist():
    assert {item.kind for item in ITEMS.values()} == set(resources().kinds)
    assert {item.level for item in ITEMS.values()} == set(LEVELS)
    assert {item.page for item in ITEMS.values() if item.page} <= set(FILES)
    assert {step.page for step in resources().career.steps} <= set(FILES)


def test_what_was_not_checked_has_no_link():
    assert all(item.url is None for item in ITEMS.values() if item.checked in {"unknown", "described", "here"})


def test_an_address_nobody_vouches_for_is_refused(monkeypatch):
    broken = dataclasses.replace(ITEMS["svpg"], checked="unknown")
    found = dataclasses.replace(resources(), items={**ITEMS, "svpg": broken})
    monkeypatch.setattr(content, "load", lambda _name, _kind: found)
    with pytest.raises(content.ContentError, match=r"resources\.yaml: items\.svpg: an address needs"):
        resources.__wrapped__()


def test_filters_narrow_and_the_shortest_comes_first():
    found = [item for _, item in fitting(kind="podcast", level="middle", minutes=60)]
    assert found
    assert all(item.kind == "podcast" and item.level != "deep" and item.minutes <= 60 for item in found)
    assert [item.minutes for item in found] == sorted(item.minutes for item in found)
    assert len(fitting()) == len(ITEMS)


def test_two_hours_this_week_by_hand():
    first, second = plan("basics", hours=2)[:2]
    assert [(piece.key, piece.minutes) for piece in first] == [
        ("lab_landscape", 25),
        ("lab_capabilities", 20),
        ("svpg", 20),
        ("ai_for_everyone", 55),
    ]
    assert (first[-1].begun, first[-1].goes_on) == (False, True)
    assert (second[0].begun, second[0].goes_on) == (True, True)


@given(st.sampled_from(AIMS), HOURS, st.sampled_from(LEVELS))
def test_no_week_is_too_full_and_nothing_is_lost(aim, hours, level):
    weeks = plan(aim, hours=hours, level=level, weeks=10_000)
    assert all(sum(piece.minutes for piece in week) <= hours * 60 for week in weeks)
    assert sum(piece.minutes for week in weeks for piece in week) == whole(aim, level=level)
    assert all(week for week in weeks)
    for week in weeks:
        assert all(not piece.goes_on or piece.minutes >= SHORTEST for piece in week)


@given(st.sampled_from(AIMS), HOURS)
def test_more_time_never_takes_more_weeks(aim, hours):
    assert len(plan(aim, hours=hours + 1, weeks=10_000)) <= len(plan(aim, hours=hours, weeks=10_000))
