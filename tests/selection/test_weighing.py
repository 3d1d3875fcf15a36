"""From what somebody says of what matters, in any of the ways, to weights."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import MEASURES, WAYS, Person, Weighing, largest_swing, sliders_now, swings_now, weigh
from aipm.tables import Refusal

NEEDS = Needs(order=("cost", "context", "output"))
ROWS = [
    {"name": "small", "cost": 0.2, "context": 128_000, "output": 8_000},
    {"name": "large", "cost": 9.0, "context": 1_000_000, "output": 64_000},
    {"name": "middle", "cost": 2.0, "context": 200_000, "output": 128_000},
]


def weights(asked: Weighing, needs: Needs = NEEDS) -> dict[str, float]:
    found = weigh(asked, needs, ROWS).weights
    assert sum(found.values()) == pytest.approx(1)
    assert all(weight >= 0 for weight in found.values())
    return found


def person(name: str, *points: float) -> Person:
    return Person(name=name, points=tuple(zip(("cost", "context", "output"), points, strict=True)))


def test_the_order_is_the_start() -> None:
    assert weights(Weighing()) == of_order(NEEDS)


def test_one_thing_alone_weighs_all_there_is_in_every_way() -> None:
    for way in WAYS:
        assert weights(Weighing(way=way), Needs(order=("cost",))) == {"cost": 1}


def test_sliders_by_hand() -> None:
    asked = Weighing(way="sliders", sliders=(("cost", 60.0), ("context", 30.0), ("output", 30.0)))

    assert weights(asked) == {"cost": 0.5, "context": 0.25, "output": 0.25}


def test_sliders_begin_where_the_order_puts_them() -> None:
    """0.611, 0.278, 0.111: rank-order-centroid weights of three."""
    assert sliders_now(Weighing(), NEEDS) == {"cost": 61, "context": 28, "output": 11}
    assert sliders_now(Weighing(sliders=(("context", 90.0),)), NEEDS)["context"] == 90


def test_the_largest_swing_is_100_whatever_was_given_for_it() -> None:
    asked = Weighing(way="swing", first="context", swing=(("cost", 50.0), ("context", 20.0), ("output", 50.0)))

    assert swings_now(asked, NEEDS) == {"cost": 50, "context": 100, "output": 50}
    assert weights(asked) == {"cost": 0.25, "context": 0.5, "output": 0.25}


def test_a_largest_swing_that_counts_no_longer_gives_way_to_the_first_of_the_order() -> None:
    assert largest_swing(Weighing(first="latency"), NEEDS) == "cost"


def test_weights_that_are_all_nothing_are_refused() -> None:
    asked = Weighing(way="sliders", sliders=(("cost", 0.0), ("context", 0.0), ("output", 0.0)))

    with pytest.raises(Refusal, match="All weights are 0"):
        weigh(asked, NEEDS, ROWS)


def test_pairs_by_hand() -> None:
    """Cost counts 3 times as much as context and 9 times as much as output, context 3 times: 9/13, 3/13, 1/13."""
    pairs = (("cost", "context", 3.0), ("output", "cost", 1 / 9), ("context", "output", 3.0))
    found = weigh(Weighing(way="pairs", pairs=pairs), NEEDS, ROWS)

    assert found.weights == pytest.approx({"cost": 9 / 13, "context": 3 / 13, "output": 1 / 13})
    assert found.pairwise is not None
    assert found.pairwise.consistent
    assert found.pairwise.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_pairs_that_contradict_each_other_name_the_pair_by_what_people_read() -> None:
    pairs = (("cost", "context", 9.0), ("context", "output", 9.0), ("output", "cost", 9.0))
    found = weigh(Weighing(way="pairs", pairs=pairs), NEEDS, ROWS).pairwise

    assert found is not None
    assert not found.consistent
    shown = {each.name for each in need_texts().criteria.values()}
    assert {found.most_inconsistent[0].first, found.most_inconsistent[0].second} <= shown


def test_pairs_that_join_everything_are_enough_and_it_is_said() -> None:
    found = weigh(Weighing(way="pairs", pairs=(("cost", "context", 3.0), ("context", "output", 3.0))), NEEDS, ROWS)

    assert found.weights == pytest.approx({"cost": 9 / 13, "context": 3 / 13, "output": 1 / 13})
    assert "without an answer" in found.remarks[0]


def test_no_pairs_and_too_many_criteria_are_refused_in_words() -> None:
    with pytest.raises(Refusal, match="Nothing compares “How much it can read”"):
        weigh(Weighing(way="pairs"), NEEDS, ROWS)
    many = Needs(order=("task", "quality", "cost", "latency", "context", "output", "licence", "residency"))
    with pytest.raises(Refusal, match="7 things at most, and 8 count"):
        weigh(Weighing(way="pairs"), many, ROWS)


@pytest.mark.parametrize("measure", MEASURES)
def test_from_the_data_a_column_without_difference_weighs_nothing(measure) -> None:
    rows = [{**row, "output": 8_000} for row in ROWS]
    found = weigh(Weighing(way="data", measure=measure), NEEDS, rows)

    assert found.weights["output"] == 0
    assert "How much it can write" in found.remarks[0]


def test_from_the_data_of_one_candidate_is_refused() -> None:
    with pytest.raises(Refusal, match="at least two"):
        weigh(Weighing(way="data"), NEEDS, ROWS[:1])


def test_a_group_counts_everybody_the_same() -> None:
    """Ada 80, 20, 0 and Bo 1, 1, 2: means of 0.8, 0.2, 0 and 0.25, 0.25, 0.5."""
    found = weigh(Weighing(way="group", people=(person("Ada", 80, 20, 0), person("Bo", 1, 1, 2))), NEEDS, ROWS)

    assert found.weights == pytest.approx({"cost": 0.525, "context": 0.225, "output": 0.25})
    assert found.spread is not None
    assert found.spread["cost"] == pytest.approx((0.25, 0.8))
    assert found.people is not None
    assert found.people["Bo"]["output"] == 0.5


def test_a_group_says_who_has_not_weighed_what() -> None:
    with pytest.raises(Refusal, match="Nobody has given"):
        weigh(Weighing(way="group"), NEEDS, ROWS)
    short = Person(name="Ada", points=(("cost", 1.0),))
    with pytest.raises(Refusal, match="Ada has given nothing for How much it can read, How much it can write"):
        weigh(Weighing(way="group", people=(short,)), NEEDS, ROWS)
    with pytest.raises(Refusal, match="All weights of Bo are 0"):
        weigh(Weighing(way="group", people=(person("Bo", 0, 0, 0),)), NEEDS, ROWS)


names = st.sampled_from(list(need_texts().criteria))
points = st.lists(st.tuples(names, st.floats(0, 1e6)), max_size=5).map(tuple)
weighings = st.builds(
    Weighing,
    way=st.sampled_from(WAYS),
    sliders=points,
    swing=points,
    first=names,
    measure=st.sampled_from(MEASURES),
    people=st.lists(st.builds(Person, name=st.text(max_size=20), points=points), max_size=3).map(tuple),
)


@given(weighings)
def test_it_comes_back_from_json_as_it_went(asked: Weighing) -> None:
    assert Weighing.from_dict(json.loads(json.dumps(asked.to_dict()))) == asked


@given(weighings)
def test_whatever_is_said_there_are_weights_or_a_refusal(asked: Weighing) -> None:
    with contextlib.suppress(Refusal):
        weights(asked)


@pytest.mark.parametrize(
    "plain",
    [
        {"way": "guess"},
        {"sliders": [["cost", float("nan")]]},
        {"sliders": [["cost", -1]]},
        {"sliders": [["cost", "much"]]},
        {"pairs": [["cost", "context", 0]]},
        {"pairs": [["cost", "context", 1e9]]},
        {"people": [{"name": "x" * 500, "points": []}]},
        [],
        None,
    ],
)
def test_a_record_that_was_tampered_with_is_refused(plain) -> None:
    with pytest.raises(Refusal, match="cannot be used"):
        Weighing.from_dict(plain)


def test_criteria_that_there_are_not_are_left_aside() -> None:
    plain = {"sliders": [["magic", 3.0], ["cost", 2.0]], "pairs": [["magic", "cost", 3.0]], "first": "magic"}
    assert Weighing.from_dict(plain) == Weighing(sliders=(("cost", 2.0),))
