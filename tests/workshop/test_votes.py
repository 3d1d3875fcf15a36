"""Polls, confidence before and after, the match quiz, and guesses."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.entries import Answer
from aipm.workshop.specs import Confidence, Match, Option, Poll, Statement
from aipm.workshop.votes import confidence_result, guesses, match_result, poll_result

POLL = Poll(title="P", question="?", options=(Option(key="yes", name="Yes"), Option(key="no", name="No")))


def choice(person, value, item="choice"):
    return Answer(person=person, item=item, value=value)


def test_a_poll():
    found = poll_result(POLL, [choice(1, "yes"), choice(2, "no"), choice(3, "yes"), choice(4, "yes", item="guess")])
    assert (found.answered, found.votes, found.leading) == (3, {"yes": 2, "no": 1}, ("yes",))


def test_several_answers_each():
    found = poll_result(POLL, [choice(1, ["yes", "no"]), choice(2, ["no"])])
    assert (found.answered, found.votes, found.leading) == (2, {"yes": 1, "no": 2}, ("no",))


def test_confidence_before_and_after_of_those_who_answered_twice():
    before = [choice(1, 1), choice(2, 2), choice(3, 3), choice(9, 5)]
    found = confidence_result(
        Confidence(title="C", question="?"), [choice(1, 4), choice(2, 2), choice(3, 2), choice(8, 5)], before=before
    )
    assert (found.shift.people, found.shift.mean, found.shift.up, found.shift.down) == (3, 2 / 3, 1, 1)
    assert found.before == {"1": 1, "2": 1, "3": 1, "4": 0, "5": 1}
    assert found.votes == {"1": 0, "2": 2, "3": 0, "4": 1, "5": 1}


def test_a_shift_of_two_people_would_tell_what_each_did():
    found = confidence_result(
        Confidence(title="C", question="?"), [choice(1, 4), choice(2, 2)], before=[choice(1, 1), choice(2, 2)]
    )
    assert found.shift is None


def test_the_match_quiz_says_what_was_taken_for_what():
    spec = Match(
        title="M",
        question="?",
        statements=(
            Statement(key="s1", text="Which first?", label="rankings"),
            Statement(key="s2", text="How much?", label="regression"),
        ),
        options=(Option(key="rankings", name="Rankings"), Option(key="regression", name="Regression")),
    )
    found = match_result(
        spec, [choice(1, "rankings", "s1"), choice(2, "regression", "s1"), choice(1, "regression", "s2")]
    )
    assert (found.right, found.given, found.answered, found.leading) == (2, 3, 2, ("s1",))
    assert found.matched["s1"].taken_for == "regression"
    assert found.matched["s2"].taken_for is None


def test_guesses_are_right_where_they_named_one_of_the_first():
    given_guesses = [choice(1, "yes", "guess"), choice(2, "no", "guess"), choice(3, "gone", "guess")]
    found = guesses(given_guesses, known=["yes", "no"], first=["yes"])
    assert (found.answered, found.votes, found.right) == (2, {"yes": 1, "no": 1}, 1)


@given(st.lists(st.sampled_from(["yes", "no"])), st.integers(1, 1000))
def test_it_does_not_matter_who_is_who(votes, shift):
    here = poll_result(POLL, [choice(person, vote) for person, vote in enumerate(votes)])
    there = poll_result(POLL, [choice(person + shift, vote) for person, vote in enumerate(reversed(votes))])
    assert here == there
    assert sum(here.votes.values()) == len(votes)
