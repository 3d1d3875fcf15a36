"""Other weights, live: who comes first then, and how far a weight has to go; the room stays as it is."""

import pytest

from aipm.workshop.commands import AddActivity, NextRound
from tests.ui.workshop_made import CRITERIA, HOSTILE, drawn, room, text_of


@pytest.fixture
def made():
    """Three options; buying leads at even weights, a rule is cheapest."""
    found = room("decide_only", 3)
    found.steps("scores", "open")
    cells = {f"{row}/{column}": score for row, score in (("no_ai", 3), ("buy", 4), ("build", 2)) for column in CRITERIA}
    for place in range(3):
        found.give(place, "scores", cells | {"no_ai/cost": 5, "buy/cost": 3})
    return found


def closed(made):

    made.steps("scores", "close")
    made.lead(NextRound(activity="scores"))
    cells = {f"{row}/{column}": score for row, score in (("no_ai", 3), ("buy", 4), ("build", 2)) for column in CRITERIA}
    for place in range(3):
        made.give(place, "scores", cells | {"no_ai/cost": 5, "buy/cost": 3})
    made.steps("scores", "close")
    return made


def move(shown, made, name, value):
    shown.slider(key=f"room.{made.code}.0.scores.what_if.{name}").set_value(value).run()
    assert not shown.exception


def test_a_weight_that_is_moved_changes_who_is_first_and_nothing_in_the_room(made):
    shown = drawn(closed(made), "what_if.scores").run()
    assert "“Buy a model by the call” stays first." in text_of(shown)
    assert "all criteria begin the same" in text_of(shown)
    before = made.seen().version
    move(shown, made, "cost", 100)
    assert "“A rule or a better form” takes the first place from “Buy a model by the call”." in text_of(shown)
    shown.button(key=f"room.{made.code}.0.scores.what_if.again").click().run()
    assert "“Buy a model by the call” stays first." in text_of(shown)
    assert made.seen().version == before


def test_it_says_how_far_a_weight_has_to_go(made):
    """With the share s of cost a rule has 5s + 3(1-s), buying 3s + 4(1-s): level at s = 1/3."""
    shown = drawn(closed(made), "what_if.scores").run()
    assert "“Cost” from 16.7% to 33.3%, then “A rule or a better form” comes first." in text_of(shown)


def test_it_begins_with_the_rooms_weights(made):
    made.steps("weights", "open")
    for place in range(3):
        made.give(place, "weights", {"weights": dict.fromkeys(CRITERIA, 8) | {"cost": 60}})
    made.steps("weights", "close")
    shown = drawn(closed(made), "what_if.scores").run()
    assert shown.slider(key=f"room.{made.code}.0.scores.what_if.cost").value == 60
    assert "room&#x27;s mean weights" in text_of(shown)
    assert "“A rule or a better form” stays first." in text_of(shown)


def test_all_at_nothing_is_said(made):
    shown = drawn(closed(made), "what_if.scores").run()
    for name in CRITERIA:
        move(shown, made, name, 0)
    assert "Give at least one criterion more than 0" in text_of(shown)


def test_before_the_last_round_there_is_nothing_to_weigh(made):
    made.steps("scores", "close")
    shown = drawn(made, "what_if.scores").run()
    assert not shown.slider
    assert "nothing to weigh before the last round" in text_of(shown)


def test_names_are_only_text():

    made = room("decide_only", 3)
    named = [{"key": "a", "name": HOSTILE}, {"key": "b", "name": "Other"}]
    spec = {"title": "T", "question": "Q", "candidates": named, "criteria": named, "rounds": 1}
    key = made.by(made.host, AddActivity(kind="scores", spec=spec))
    made.steps(key, "open")
    for place in range(3):
        made.give(place, key, {f"{row}/{column}": 3 for row in "ab" for column in "ab"})
    made.steps(key, "close")
    shown = drawn(made, f"what_if.{key}").run()
    assert "<b>Bold" not in text_of(shown)
    assert "share the first place" in text_of(shown)
    assert not any("![](" in each.label or ":red[" in each.label for each in shown.slider)
