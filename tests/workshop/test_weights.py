"""A hundred points, or an order: what matters to a group and how far it agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.entries import Answer
from aipm.workshop.numbers import agreement, ranks, spread
from aipm.workshop.specs import Option, Weights
from aipm.workshop.weights import centroid, weights_result, what_if

POINTS = Weights(title="W", question="?", criteria=tuple(Option(key=key, name=key.upper()) for key in "abc"))
ORDER = Weights(title="W", question="?", way="order", criteria=POINTS.criteria)


def answer(person, *points, spec=POINTS):
    return Answer(
        person=person, item="weights", value=dict(zip("abc", points, strict=True)) if spec is POINTS else list(points)
    )


def test_mean_median_spread_and_what_is_disputed():
    found = weights_result(POINTS, [answer(1, 60, 20, 20), answer(2, 50, 30, 20), answer(3, 10, 70, 20)])
    assert found.weights == pytest.approx({"a": 0.4, "b": 0.4, "c": 0.2})
    assert (found.spreads["a"].median, found.spreads["a"].low, found.spreads["a"].high) == (50, 10, 60)
    assert found.disputed == ("a", "b")  # both have 25 points between the quarters; all agree on c
    assert found.leading == ("a", "b")
    assert found.answered == 3


def test_nothing_given_is_nothing_and_not_zero():
    found = weights_result(POINTS, [])
    assert (found.answered, found.weights, found.spreads, found.agreement, found.leading) == (0, {}, {}, None, ())


def test_an_order_makes_rank_order_centroid_weights():
    """Barron and Barrett (1996): 11/18, 5/18, 2/18 of three."""
    assert centroid(3) == pytest.approx([1100 / 18, 500 / 18, 200 / 18])
    found = weights_result(ORDER, [answer(1, "b", "a", "c", spec=ORDER)])
    assert found.weights == pytest.approx({"a": 5 / 18, "b": 11 / 18, "c": 2 / 18})


def test_agreement_by_hand():
    """Three people; ranks of a: 1 1 2, b: 2 2 1, c: 3 3 3. Sums 4, 5, 9 about 6: S = 4 + 1 + 9; W = 12 S / (9 * 24)."""
    people = [{"a": 3, "b": 2, "c": 1}, {"a": 3, "b": 2, "c": 1}, {"a": 2, "b": 3, "c": 1}]
    assert agreement(people) == pytest.approx(168 / 216)


def test_agreement_with_ties_by_hand():
    """Ranks 1.5 1.5 3 and 1 2 3: sums 2.5, 3.5, 6 about 4: S = 6.5; W = 12 * 6.5 / (4 * 24 - 2 * 6)."""
    assert ranks({"a": 5, "b": 5, "c": 1}) == {"a": 1.5, "b": 1.5, "c": 3}
    assert agreement([{"a": 5, "b": 5, "c": 1}, {"a": 3, "b": 2, "c": 1}]) == pytest.approx(78 / 84)


def test_agreement_is_that_of_friedmans_test():
    """W = chi squared / (m (n - 1)): scipy's statistic as an oracle, ties included."""
    from scipy.stats import friedmanchisquare

    people = [
        {"a": 40, "b": 30, "c": 30, "d": 0},
        {"a": 10, "b": 50, "c": 40, "d": 0},
        {"a": 25, "b": 25, "c": 25, "d": 25},
        {"a": 70, "b": 10, "c": 15, "d": 5},
    ]
    statistic = friedmanchisquare(*[[person[key] for person in people] for key in "abcd"]).statistic
    assert agreement(people) == pytest.approx(statistic / (4 * 3))


def test_agreement_cannot_be_told_from_one_or_from_people_who_prefer_nothing():
    assert agreement([{"a": 1, "b": 2}]) is None
    assert agreement([{"a": 1, "b": 1}, {"a": 2, "b": 2}]) is None
    assert agreement([{"a": 2, "b": 1}, {"a": 9, "b": 1}]) == 1


def test_quarters_are_numpys():
    import numpy as np

    values = [10.0, 20, 20, 30, 100, 5]
    found = spread(values)
    assert (found.quarter, found.median, found.three_quarters) == pytest.approx(
        tuple(np.quantile(values, [0.25, 0.5, 0.75]))
    )
    assert found.deviation == pytest.approx(np.std(values, ddof=1))
    assert spread([4.0]).deviation is None


hundred = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda cuts: (min(cuts), abs(cuts[0] - cuts[1]), 100 - max(cuts))
)


@given(st.lists(hundred, min_size=1, max_size=12), st.randoms())
def test_weights_add_to_one_and_nobody_can_be_told(people, chance):
    answers = [answer(person, *points) for person, points in enumerate(people)]
    found = weights_result(POINTS, answers)
    assert sum(found.weights.values()) == pytest.approx(1)
    assert found.agreement is None or 0 <= found.agreement <= 1
    others = list(range(100, 100 + len(people)))
    chance.shuffle(others)
    shuffled = [answer(other, *points) for other, points in zip(others, people, strict=True)]
    chance.shuffle(shuffled)
    assert weights_result(POINTS, shuffled) == found


@given(hundred, st.floats(0, 1))
def test_what_if_keeps_the_others_proportions(points, share):
    before = dict(zip("abc", (each / 100 for each in points), strict=True))
    after = what_if(before, "a", share)
    assert sum(after.values()) == pytest.approx(1)
    assert after["a"] == share
    assert after["b"] * before["c"] == pytest.approx(after["c"] * before["b"])
