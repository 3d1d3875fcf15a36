"""Scores in two rounds: how far people lie apart before any mean is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.entries import Answer
from aipm.workshop.scores import scores_result, with_weights
from aipm.workshop.specs import Option, Scores

SPEC = Scores(
    title="S",
    question="?",
    candidates=(Option(key="buy", name="Buy"), Option(key="rule", name="Rule")),
    criteria=(Option(key="cost", name="Cost"), Option(key="quality", name="Quality")),
)


def score(person, item, value):
    return Answer(person=person, item=item, value=value)


FIRST = [
    *(score(person, "1/buy/cost", value) for person, value in ((1, 1), (2, 3), (3, 5))),
    *(score(person, "1/buy/quality", 4) for person in (1, 2, 3)),
    *(score(person, "1/rule/cost", 5) for person in (1, 2, 3)),
    *(score(person, "1/rule/quality", value) for person, value in ((1, 2), (2, 2), (3, 3))),
]


def test_the_first_round_shows_spreads_and_who_is_far_out_is_asked_without_a_name():
    found = scores_result(SPEC, FIRST, number=1)
    cell = found.cells[1][0]
    assert (cell.candidate, cell.criterion, cell.spread.low, cell.spread.high) == ("buy", "cost", 1, 5)
    assert cell.invited == (1, 5)
    assert [each.invited for each in found.cells[1][1:]] == [None, None, None]
    assert found.totals == {}
    assert found.leading == ()
    assert all(not row for row in found.means.values())


def test_after_the_second_round_there_are_totals_and_what_changed():
    second = [score(person, "2/buy/cost", 3) for person in (1, 2, 3)]
    found = scores_result(
        SPEC, [*FIRST, *second, score(1, "dissent", "Too dear")], weights={"cost": 1, "quality": 0}, number=2
    )
    assert found.round == 2
    assert found.totals == {"buy": 3}  # a rule was not scored again
    assert [(each.candidate, each.criterion, each.mean, each.deviation) for each in found.changes] == [
        ("buy", "cost", 0, -2)
    ]
    assert found.dissent == ("Too dear",)


def test_an_early_end_still_has_totals():
    found = scores_result(SPEC, FIRST)
    assert found.totals == pytest.approx({"buy": (3 + 4) / 2, "rule": (5 + 7 / 3) / 2})
    assert found.leading == ("rule",)


def test_what_if_on_weights_changes_the_winner():
    means = scores_result(SPEC, FIRST).means
    assert with_weights(means, {"cost": 0, "quality": 1}) == pytest.approx({"buy": 4, "rule": 7 / 3})
    assert with_weights(means, {"cost": 0, "quality": 0}) == {}


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=20))
def test_means_lie_within_the_spread_whoever_scored(scores):
    answers = [score(person, "1/buy/cost", each[0]) for person, each in enumerate(scores)]
    answers += [score(person, "1/rule/cost", each[1]) for person, each in enumerate(scores)]
    found = scores_result(SPEC, answers)
    assert found == scores_result(SPEC, [score(900 - each.person, each.item, each.value) for each in reversed(answers)])
    for cell in found.cells[1]:
        assert cell.spread.low <= cell.spread.mean <= cell.spread.high
