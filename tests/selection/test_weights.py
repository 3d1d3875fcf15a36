"""Weights from an order, swings, several people, or the values."""

import numpy as np
import pytest

from aipm.selection.candidates import Problem, candidates_from_rows, problem
from aipm.selection.criteria import Criterion
from aipm.selection.weights import direct, objective, rank_order_centroid, swing, together
from aipm.tables import Refusal


def given(values: object, directions: str) -> Problem:
    matrix = np.asarray(values, float)
    names = [f"C{k}" for k in range(matrix.shape[1])]
    criteria = [
        Criterion(name=name, column=name, direction="max" if sign == "+" else "min", weight=1)
        for name, sign in zip(names, directions, strict=True)
    ]
    rows = [{"name": f"A{k}", **dict(zip(names, map(float, row), strict=True))} for k, row in enumerate(matrix)]
    return problem(candidates_from_rows(rows), criteria)


def test_rank_order_centroids_of_barron_and_barrett() -> None:
    """Barron & Barrett (1996), Management Science 42, 1515-1523: .6111 .2778 .1111 for three."""
    assert rank_order_centroid(["x", "y", "z"]).weights == pytest.approx({"x": 11 / 18, "y": 5 / 18, "z": 2 / 18})


def test_names_that_share_a_place_share_its_weight() -> None:
    assert rank_order_centroid(["x", ["y", "z"]]).weights == pytest.approx({"x": 22 / 36, "y": 7 / 36, "z": 7 / 36})


@pytest.mark.parametrize(
    ("order", "code"), [([], "no_criterion"), (["a", " "], "bad_order"), (["a", "a"], "bad_order")]
)
def test_an_order_that_is_none(order: list[str], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rank_order_centroid(order)
    assert refusal.value.code == code


def test_swings_are_shares_of_their_sum() -> None:
    assert swing({"price": 100, "speed": 60, "size": 40}).weights == {"price": 0.5, "speed": 0.3, "size": 0.2}
    assert [each.code for each in swing({"a": 50, "b": 50}).remarks] == ["largest_swing"]


@pytest.mark.parametrize(
    ("points", "code"),
    [({}, "no_criterion"), ({"a": 0}, "zero_weights"), ({"a": -1}, "bad_weight"), ({"a": float("nan")}, "bad_weight")],
)
def test_points_that_are_none(points: dict[str, float], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        direct(points)
    assert refusal.value.code == code


def test_huge_weights_do_not_overflow() -> None:
    assert direct({"a": 1e308, "b": 1e308}).weights == {"a": 0.5, "b": 0.5}


def test_several_people_their_mean_and_how_far_they_lie_apart() -> None:
    found = together([{"a": 1, "b": 3}, {"a": 50, "b": 50}])

    assert found.weights == {"a": 0.375, "b": 0.625}
    assert found.spread == {"a": (0.25, 0.5), "b": (0.5, 0.75)}
    with pytest.raises(Refusal):
        together([{"a": 1}, {"b": 1}])
    with pytest.raises(Refusal):
        together([])


# from the values


def test_merec_of_keshavarz_ghorabaee() -> None:
    """Keshavarz-Ghorabaee et al. (2021), Symmetry 13, 525: .5752 .0141 .4016 .0091."""
    values = [[450, 8000, 54, 145], [10, 9100, 2, 160], [100, 8200, 31, 153], [220, 9300, 1, 162], [5, 8400, 23, 158]]

    found = objective(given(values, "++--"), "merec").weights

    assert list(found.values()) == pytest.approx([0.5752, 0.0141, 0.4016, 0.0091], abs=1e-4)


@pytest.mark.parametrize("method", ["entropy", "critic", "merec"])
def test_weights_of_values_equal_an_independent_library(method) -> None:
    from pymcdm import weights

    random = np.random.default_rng(4)
    for _ in range(30):
        values = random.lognormal(1, 1, (8, 5))
        theirs = getattr(weights, f"{method}_weights")(values, np.ones(5))

        assert list(objective(given(values, "+++++"), method).weights.values()) == pytest.approx(theirs, abs=1e-12)


def test_the_entropy_of_nothing_is_nothing() -> None:
    """Shares 0, 1/2, 1/2 have entropy ln 2, of at most ln 3; shares 1/3 each have ln 3 and tell nothing apart."""
    found = objective(given([[0, 1, 1], [5, 1, 2], [5, 1, 1]], "+++"), "entropy")

    assert found.weights["C1"] == 0
    shares = np.array([1, 2, 1]) / 4
    other = 1 + (shares * np.log(shares)).sum() / np.log(3)
    assert found.weights["C0"] / found.weights["C2"] == pytest.approx((1 - np.log(2) / np.log(3)) / other)
    assert [each.code for each in found.remarks] == ["constant"]


def test_two_criteria_that_say_the_same_share_a_voice_in_critic() -> None:
    found = objective(given([[1, 10, 3], [2, 20, 1], [3, 30, 2]], "+++"), "critic").weights

    assert found["C0"] == pytest.approx(found["C1"])
    assert found["C2"] > found["C0"]


@pytest.mark.parametrize(
    ("values", "method", "code"),
    [
        ([[1, 2]], "entropy", "one_candidate"),
        ([[1, 2], [1, 2]], "critic", "all_alike"),
        ([[-1, 2], [1, 3]], "entropy", "not_positive"),
        ([[0, 2], [1, 3]], "merec", "not_positive"),
    ],
)
def test_values_that_give_no_weights(values: object, method, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        objective(given(values, "++"), method)
    assert refusal.value.code == code
