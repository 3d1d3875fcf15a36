"""The quiz: rounds that do not repeat themselves, reasons made from the content, what was mixed up."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.capabilities import KEYS, capabilities, no_ai
from aipm.mapping.examples import LABELS, NONE, examples
from aipm.mapping.quiz import (
    APART,
    MISLEADING,
    MOST_ALIKE,
    ROUND,
    Mixed,
    Question,
    misleading,
    questions,
    reason,
    score,
)

SEEDS = st.integers(min_value=0, max_value=2**32)


@given(seed=SEEDS)
def test_a_round_is_eight_different_statements_of_the_content_with_their_labels(seed):
    asked = questions(seed)
    known = {example.text: example.label for example in examples()}
    assert len({question.text for question in asked}) == ROUND
    assert all(known[question.text] == question.label for question in asked)


@given(seed=SEEDS)
def test_misleading_statements_stand_among_easy_ones_and_never_first(seed):
    hard = [question.misleading for question in questions(seed)]
    assert sum(hard) == MISLEADING
    assert not hard[0]
    assert not any(one and other for one, other in pairwise(hard))


@given(seed=SEEDS)
def test_no_round_can_be_solved_by_counting(seed):
    counted = Counter(question.label for question in questions(seed))
    assert max(counted.values()) <= MOST_ALIKE


def test_over_many_rounds_every_label_is_asked_about_as_often():
    counted = Counter(question.label for seed in range(400) for question in questions(seed))
    assert set(counted) == set(LABELS)
    assert max(counted.values()) < 1.2 * min(counted.values())


def test_the_same_seed_asks_the_same_and_the_next_round_asks_something_else():
    assert questions(7) == questions(7)
    assert questions(7) != questions(8)


def test_rounds_share_nothing_and_stay_whole_however_long_somebody_plays():
    rounds = [questions(7, number=number) for number in range(2 * APART)]
    for part in (rounds[:APART], rounds[APART:]):
        assert len({question.text for asked in part for question in asked}) == APART * ROUND
    assert all(sum(question.misleading for question in asked) == MISLEADING for asked in rounds)


@pytest.mark.parametrize(
    ("text", "label", "so"),
    [
        ("Recommended inspection order for 300 worrying beehives", "rankings", True),
        ("Recommend the next book to a reader", "recommendations", False),
        ("Twelve shades of brick, one wall", "creation", False),
        ("A smart group of rules", NONE, False),  # "rule" points to no AI as well
    ],
)
def test_misleading_is_what_points_to_others_only(text, label, so):
    assert misleading(text, label) is so


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("chosen", LABELS)
def test_a_reason_says_what_should_come_out_and_how_to_tell(label, chosen):
    why = reason(Question(text="Something", label=label, misleading=False), chosen)
    entry = no_ai() if label == NONE else capabilities()[label]
    assert why.right is (label == chosen)
    assert why.comes_out == entry.comes_out
    told = {} if label == NONE else entry.confused_with
    assert why.tell == told.get(chosen, entry.definition)
    assert (why.chosen_out == why.comes_out) is why.right


def test_an_answer_that_is_none_of_the_eight_is_an_error():
    with pytest.raises(KeyError):
        reason(questions(1)[0], "magic")


def test_the_score_counts_what_was_taken_for_what():
    asked = [Question(text=label, label=label, misleading=False) for label in (*KEYS, KEYS[0])]
    answers = ["rankings", *KEYS[1:], "rankings"]
    result = score(asked, answers)
    assert (result.right, result.total) == (6, 8)
    assert result.mixed == (Mixed(label="recommendations", chosen="rankings", times=2),)


def test_a_round_that_is_not_over_is_scored_as_far_as_it_goes():
    asked = questions(3)
    assert score(asked, [asked[0].label]).total == 1
    assert score(asked, ()).mixed == ()
