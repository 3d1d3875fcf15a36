"""A poll and a confidence vote at a phone: one press is one answer, kept at once."""

import pytest

from aipm.ui.room_answer_texts import answer_texts
from aipm.workshop.votes import CHOICE
from tests.ui.room_answers import HOSTILE, drawn_as_they_are, options, phone


def test_one_press_is_kept_and_said():
    poll = phone("poll", options=options("Never", "Weekly"))
    assert answer_texts().nothing in poll.shown
    poll.choose("choice", "o1")
    assert poll.kept == {CHOICE: "o1"}
    assert answer_texts().votes.kept in poll.shown
    assert poll.reload().choice("choice").value == "o1"


def test_another_press_changes_it_and_no_choice_takes_it_back():
    poll = phone("poll", options=options("Never", "Weekly")).choose("choice", "o1").choose("choice", "o0")
    assert poll.kept == {CHOICE: "o0"}
    poll.choose("choice", None)
    assert poll.kept == {}
    assert answer_texts().nothing in poll.shown


def test_several_are_kept_together():
    poll = phone("poll", several=True, options=options("Chat", "Search", "Forecasts"))
    poll.choose("choice", ["o0", "o2"])
    assert poll.kept == {CHOICE: ["o0", "o2"]}
    assert poll.reload().choice("choice").value == ["o0", "o2"]
    poll.choose("choice", [])
    assert poll.kept == {}


@pytest.mark.parametrize(("low", "high", "chosen"), [(1, 5, 4), (0, 10, 0)])
def test_confidence_is_a_number_between_the_ends(low, high, chosen):
    vote = phone("confidence", low=low, high=high)
    assert [each.content for each in vote.choice("choice").proto.options] == [
        str(each) for each in range(low, high + 1)
    ]
    vote.choose("choice", str(chosen))
    assert vote.kept == {CHOICE: chosen}
    assert vote.reload().choice("choice").value == str(chosen)


@pytest.mark.parametrize("several", [False, True])
def test_names_are_characters_and_those_alike_are_told_apart(several):
    poll = phone("poll", several=several, options=options(*HOSTILE))
    labels = [each.content for each in poll.choice("choice").proto.options]
    assert drawn_as_they_are(labels, HOSTILE)
    assert len(set(labels)) == len(HOSTILE)
    second = HOSTILE.index("Same") + 1
    poll.choose("choice", [f"o{second}"] if several else f"o{second}")
    assert poll.kept == {CHOICE: [f"o{second}"] if several else f"o{second}"}


def test_what_is_refused_is_said_and_what_stood_stands():
    poll = phone("poll", options=options("Never", "Weekly")).choose("choice", "o1")
    poll.step("close")
    poll.choose("choice", "o0")
    assert "The activity is not open." in poll.shown
    assert poll.kept == {CHOICE: "o1"}
    assert poll.choice("choice").value == "o1"


def test_the_facilitator_enters_for_somebody_without_a_device():
    poll = phone("poll", for_somebody=True, options=options("Never", "Weekly")).choose("choice", "o0")
    assert poll.kept == {CHOICE: "o0"}
    assert poll.view().answered == 1
