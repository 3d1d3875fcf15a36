"""Opportunities in order: what ranges can tell apart, and what they cannot, said out loud."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.priority import (
    MOST,
    RANGES,
    Opportunity,
    Range,
    order_said,
    prioritise,
    ties_said,
)
from aipm.tables import Refusal


def chance(low, high=None):
    return Range(low=low, high=low if high is None else high)


TEN = chance(10)


def opportunity(name, impact=TEN, **more):
    sure = {"confidence": chance(1), "effort": chance(1), "readiness": chance(1), "risk": chance(0)}
    return Opportunity(name=name, impact=impact, **(sure | more))


def by_name(priorities):
    return {standing.name: standing for standing in priorities.standings}


def test_points_give_the_product_itself():
    # 10 x 0.8 x 0.5 x (1 - 0.25) / 2 = 1.5
    one = opportunity("a", confidence=chance(0.8), readiness=chance(0.5), risk=chance(0.25), effort=chance(2))
    standing = prioritise([one]).standings[0]
    assert standing.middle == pytest.approx(1.5)
    assert (standing.value.low, standing.value.high) == pytest.approx((1.5, 1.5))
    assert (standing.place, standing.best, standing.rank) == (1, 1, 1)


def test_points_apart_are_in_plain_order():
    found = prioritise([opportunity("low", chance(1)), opportunity("high", chance(3)), opportunity("mid", chance(2))])
    assert [(each.name, each.place, each.rank) for each in found.standings] == [
        ("high", 1, 1),
        ("mid", 2, 2),
        ("low", 3, 3),
    ]
    assert found.ties == ()
    assert order_said(found) == "high comes first: it is ahead of mid, the next, in 100.0% of the draws."


def test_two_ranges_of_one_width_by_hand():
    # X on [0, 1], Y on [0.5, 1.5]: P(Y > X) = 1 - (1/2) (1/2)^2 = 7/8, by the corner in which X is ahead.
    found = prioritise([opportunity("X", chance(0, 1)), opportunity("Y", chance(0.5, 1.5))])
    assert found.ahead == pytest.approx(7 / 8, abs=0.001)
    assert by_name(found)["Y"].best == pytest.approx(7 / 8, abs=0.001)
    assert by_name(found)["X"].rank == pytest.approx(1 + 7 / 8, abs=0.001)
    assert found.ties == ()
    # On [0.25, 1.25] it is 1 - (1/2) (3/4)^2 = 23/32, below the 80 % from which on it counts.
    tied = prioritise([opportunity("X", chance(0, 1)), opportunity("Y", chance(0.25, 1.25))])
    assert tied.ahead == pytest.approx(23 / 32, abs=0.001)
    assert [each.place for each in tied.standings] == [1, 1]
    (said,) = ties_said(tied)
    assert said.startswith("Y and X are tied: Y is ahead in 71.9% of the draws, and below 80.0% the order")
    assert order_said(tied) == "No clear first. What is known does not tell these apart: Y, X."


def test_the_first_place_is_shared_by_equals():
    three = prioritise([opportunity(name) for name in "cab"])
    assert [each.name for each in three.standings] == ["a", "b", "c"]
    assert [each.best for each in three.standings] == pytest.approx([1 / 3] * 3)
    assert [each.rank for each in three.standings] == [2, 2, 2]
    assert [tie.ahead for tie in three.ties] == [0.5, 0.5]


def test_first_of_three_by_hand():
    # A is 0.5 for sure; B and C are on [0, 1]: A is first where both are below 0.5, one time in four.
    found = by_name(
        prioritise([opportunity("A", chance(0.5)), opportunity("B", chance(0, 1)), opportunity("C", chance(0, 1))])
    )
    assert found["A"].best == pytest.approx(1 / 4, abs=0.001)
    assert found["B"].best == found["C"].best == pytest.approx(3 / 8, abs=0.001)


def test_a_wide_range_keeps_the_first_from_being_clear_although_the_next_is_beaten():
    given_ = [opportunity("sure", chance(5)), opportunity("close", chance(4)), opportunity("wild", chance(0, 7))]
    found = prioritise(given_)
    assert [each.name for each in found.standings] == ["sure", "wild", "close"]
    assert found.rivals == ("wild",)
    assert order_said(found).endswith("sure, wild.")


def test_many_without_a_first_are_not_all_named():
    found = prioritise([opportunity(f"idea {place}", chance(0, 1)) for place in range(9)])
    assert order_said(found).endswith("idea 0, idea 1, idea 2, idea 3 and 5 more.")
    assert len(ties_said(found)) == 8


def test_what_can_be_worth_nothing_is_said():
    assert order_said(prioritise([])) == "There is nothing to put in order yet."
    assert "only one" in order_said(prioritise([opportunity("a")]))
    assert order_said(prioritise([opportunity("a", risk=chance(1)), opportunity("b", risk=chance(1))])).startswith(
        "Nothing here"
    )


def test_it_agrees_with_a_simulation_of_other_draws():
    random = np.random.default_rng(7)
    given_ = [
        Opportunity(
            name=str(place),
            impact=Range(low=float(1 + place), high=float(9 + place)),
            confidence=chance(0.2, 0.9),
            effort=Range(low=1.0, high=float(2 + place)),
            readiness=chance(0.5, 1.0),
            risk=chance(0.0, 0.4),
        )
        for place in range(5)
    ]
    draws = {
        each.name: random.uniform(each.impact.low, each.impact.high, 200_000)
        * random.uniform(0.2, 0.9, 200_000)
        * random.uniform(0.5, 1.0, 200_000)
        * (1 - random.uniform(0.0, 0.4, 200_000))
        / random.uniform(each.effort.low, each.effort.high, 200_000)
        for each in given_
    }
    worth = np.stack(list(draws.values()))
    first = np.bincount(worth.argmax(axis=0), minlength=5) / worth.shape[1]
    ranks = 1 + (-worth).argsort(axis=0).argsort(axis=0).mean(axis=1)
    for each in prioritise(given_).standings:
        assert each.best == pytest.approx(first[int(each.name)], abs=0.015)
        assert each.rank == pytest.approx(ranks[int(each.name)], abs=0.05)
        assert each.middle == pytest.approx(np.median(draws[each.name]), rel=0.03)


def steps(lowest, highest):
    """Ranges as a slider gives them."""
    point = st.integers(round(lowest * 20), round(highest * 20)).map(lambda step: step / 20)
    return st.tuples(point, point).map(lambda ends: Range(low=min(ends), high=max(ends)))


OPPORTUNITIES = st.builds(
    Opportunity,
    name=st.sampled_from("abc"),
    impact=steps(0, 10),
    confidence=steps(0, 1),
    effort=steps(0.05, 10),
    readiness=steps(0, 1),
    risk=steps(0, 1),
)
QUICK = {"draws": 200}


@given(st.lists(OPPORTUNITIES, min_size=1, max_size=6), st.randoms())
def test_the_order_in_which_they_are_given_changes_nothing(given_, random):
    shuffled = random.sample(given_, len(given_))
    assert prioritise(shuffled, **QUICK) == prioritise(given_, **QUICK)


@given(st.lists(OPPORTUNITIES, min_size=1, max_size=6))
def test_places_and_shares_add_up(given_):
    found = prioritise(given_, **QUICK)
    count = len(given_)
    assert sum(each.best for each in found.standings) == pytest.approx(1)
    assert sum(each.rank for each in found.standings) == pytest.approx(count * (count + 1) / 2)
    assert [each.rank for each in found.standings] == sorted(each.rank for each in found.standings)
    places = [each.place for each in found.standings]
    assert places[0] == 1
    assert all(
        before <= after <= position for before, after, position in zip(places, places[1:], range(2, 9), strict=False)
    )
    assert all(tie.ahead < 0.8 for tie in found.ties)
    assert all(each.value.low <= each.middle <= each.value.high for each in found.standings)


@given(OPPORTUNITIES, OPPORTUNITIES, st.lists(OPPORTUNITIES, max_size=4))
def test_what_is_better_in_every_range_is_never_behind(one, two, others):
    def best_of(field, pick):
        ranges = getattr(one, field), getattr(two, field)
        return Range(low=pick(each.low for each in ranges), high=pick(each.high for each in ranges))

    picks = {field: min if field in ("effort", "risk") else max for field in RANGES}
    better = replace(one, name="better", **{field: best_of(field, pick) for field, pick in picks.items()})
    found = prioritise([one, better, *others], **QUICK)
    of_one = next(each for each in found.standings if each.opportunity == one)
    of_better = by_name(found)["better"]
    assert of_better.rank <= of_one.rank
    assert of_better.place <= of_one.place
    assert of_better.best >= of_one.best - 1e-12


@given(st.lists(OPPORTUNITIES, min_size=1, max_size=5), OPPORTUNITIES)
def test_one_more_changes_nothing_between_the_others(given_, more):
    alone = {each.opportunity: each for each in prioritise(given_, **QUICK).standings}
    with_more = {each.opportunity: each for each in prioritise([*given_, more], **QUICK).standings}
    for known, standing in alone.items():
        assert with_more[known].value == standing.value
        assert with_more[known].middle == standing.middle
        assert -1e-6 <= with_more[known].rank - standing.rank <= 1 + 1e-6


@given(OPPORTUNITIES, OPPORTUNITIES)
def test_widening_what_is_believed_of_one_leaves_the_others_value_alone(one, other):
    one, other = replace(one, name="one"), replace(other, name="other")
    wider = replace(one, impact=Range(low=one.impact.low, high=one.impact.high + 5))
    before, after = (by_name(prioritise([each, other], **QUICK)) for each in (one, wider))
    assert after["other"].value == before["other"].value
    assert after["one"].value.high >= before["one"].value.high
    assert after["one"].rank <= before["one"].rank


def test_sixty_are_put_in_order():
    random = np.random.default_rng(3)

    def between(low, high):
        first, second = sorted(random.uniform(low, high, 2).tolist())
        return Range(low=first, high=second)

    given_ = [
        Opportunity(
            name=str(place), impact=between(0, 100), confidence=between(0, 1), effort=between(1, 20),
            readiness=between(0, 1), risk=between(0, 0.5),
        )
        for place in range(60)
    ]  # fmt: skip
    found = prioritise(given_)
    assert {each.name for each in found.standings} == {each.name for each in given_}
    assert found == prioritise(given_)


@given(OPPORTUNITIES)
def test_an_opportunity_comes_back_from_json_as_it_was(given_):
    assert Opportunity.from_dict(json.loads(json.dumps(given_.to_dict()))) == given_


GOOD = opportunity("a").to_dict()


@pytest.mark.parametrize(
    "plain",
    [None, {}, GOOD | {"x": 1}, GOOD | {"name": 3}, GOOD | {"risk": 0.5}, GOOD | {"risk": {"low": 0}},
     *(GOOD | {"risk": {"low": bad, "high": 1}} for bad in ("0", None, True, float("nan"), float("inf"), 10**400))],
)  # fmt: skip
def test_what_is_no_opportunity_is_refused(plain):
    with pytest.raises(Refusal):
        Opportunity.from_dict(plain)


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("impact", 3, 2),
        ("impact", -1, 2),
        ("impact", 0, 1e300),
        ("confidence", 0, 1.1),
        ("effort", 0, 1),
        ("effort", float("nan"), 1),
        ("readiness", -0.1, 1),
        ("risk", 0, float("inf")),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_by_its_row(field, low, high):
    with pytest.raises(Refusal) as refused:
        prioritise([opportunity("fine"), replace(opportunity("secret name"), **{field: Range(low=low, high=high)})])
    assert f"Opportunity 2: the range for {field}" in refused.value.message
    assert "secret" not in refused.value.message


def test_too_many_are_refused():
    with pytest.raises(Refusal):
        prioritise([opportunity(str(place)) for place in range(MOST + 1)])
