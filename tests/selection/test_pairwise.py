"""Pairwise comparisons, beside published results."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.pairwise import Comparisons, comparisons, group_weights, pairwise_weights
from aipm.tables import Refusal

SCHOOLS = """
1    4    3    1    3    4
1/4  1    7    3    1/5  1
1/3  1/7  1    1/5  1/5  1/6
1    1/3  5    1    1    1/3
1/3  5    5    1    1    3
1/4  1    6    3    1/3  1
"""


def made(text: str, names: str = "") -> Comparisons:
    """A matrix as it would be typed; ? is a blank cell."""
    rows = [[cell.replace("?", "") for cell in line.split()] for line in text.strip().splitlines()]
    called = list(names or "ABCDEFGH"[: len(rows)])
    return comparisons(called, list(zip(called, rows, strict=True)))


@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean"])
def test_the_schools_of_saaty(method) -> None:
    """Choosing a school: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill; λ is 7.42, 7.49 in print."""
    found = pairwise_weights(made(SCHOOLS), method)

    tolerance = 0.006 if method == "eigenvector" else 0.025
    assert list(found.weights.values()) == pytest.approx([0.32, 0.14, 0.03, 0.13, 0.24, 0.14], abs=tolerance)
    assert found.consistency_ratio * 1.25 * 5 + 6 == pytest.approx(7.42, abs=0.005)
    assert not found.consistent


def test_the_pair_that_does_not_fit_is_named_with_what_would() -> None:
    """B is said to count 3 times C, while by way of A (2 and 6) and D (1 and 1/3... of B) C would count a third."""
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    matrix = weights[:, None] / weights[None, :]
    matrix[1, 3], matrix[3, 1] = 1 / 5, 5
    found = pairwise_weights(Comparisons(names=tuple("ABCD"), matrix=matrix))

    worst = found.most_inconsistent[0]
    assert (worst.first, worst.second) == ("B", "D")
    assert worst.given == pytest.approx(0.2)
    assert worst.fits == pytest.approx(3)
    assert worst.nearest == "3"
    assert worst.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.consistency_ratio > 0.1


def test_what_fits_has_no_misfits() -> None:
    found = pairwise_weights(made("1 2 6\n1/2 1 3\n1/6 1/3 1"))

    assert found.weights == pytest.approx({"A": 0.6, "B": 0.3, "C": 0.1})
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.consistent
    assert found.most_inconsistent == ()


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=20), st.sampled_from(["eigenvector", "geometric_mean"]))
def test_ratios_of_weights_give_the_weights_back(weights: list[float], method) -> None:
    shares = np.array(weights) / sum(weights)
    found = pairwise_weights(
        Comparisons(names=tuple(map(str, range(len(shares)))), matrix=shares[:, None] / shares[None, :]), method
    )

    assert list(found.weights.values()) == pytest.approx(list(shares))
    assert found.consistency_ratio == pytest.approx(0, abs=1e-6)


@given(st.data())
def test_any_answers_have_weights_and_a_ratio(data) -> None:
    count = data.draw(st.integers(1, 8))
    scale = st.sampled_from([1, 2, 3, 5, 9, 1 / 2, 1 / 3, 1 / 5, 1 / 9])
    matrix = np.ones((count, count))
    for i in range(count):
        for j in range(i):
            matrix[i, j] = data.draw(scale)
            matrix[j, i] = 1 / matrix[i, j]
    found = pairwise_weights(Comparisons(names=tuple("ABCDEFGH"[:count]), matrix=matrix))

    assert sum(found.weights.values()) == pytest.approx(1)
    assert min(found.weights.values()) > 0
    assert math.isfinite(found.consistency_ratio)
    assert found.consistency_ratio >= 0
    assert all(misfit.consistency_ratio >= 0 for misfit in found.most_inconsistent)


def test_a_random_matrix_has_a_ratio_near_one() -> None:
    """That is what the index means: the mean over random answers from Saaty's scale."""
    random = np.random.default_rng(1)
    scale = np.array([*range(1, 10), *(1 / k for k in range(2, 10))])
    for count in (3, 5, 9, 15, 18):
        ratios = []
        for _ in range(400):
            matrix = np.ones((count, count))
            upper = np.triu_indices(count, 1)
            matrix[upper] = random.choice(scale, len(upper[0]))
            matrix.T[upper] = 1 / matrix[upper]
            ratios.append(pairwise_weights(Comparisons(names=tuple(map(str, range(count))), matrix=matrix)))
        mean = np.mean([each.consistency_ratio for each in ratios])

        assert mean == pytest.approx(1, abs=0.13 if count == 3 else 0.05)


# what people write


def test_half_a_matrix_is_enough() -> None:
    found = made("1 2 6\n? 1 3\n? ? ?")

    assert pairwise_weights(found).weights == pytest.approx({"A": 0.6, "B": 0.3, "C": 0.1})
    assert [each.code for each in found.remarks] == ["reciprocal"]


def test_rounded_reciprocals_are_one_answer() -> None:
    found = made("1 9 7\n0.11 1 2.5\n0.14 0.4 1")

    assert found.matrix[1, 0] == pytest.approx(1 / 9)
    assert found.matrix[2, 0] == pytest.approx(1 / 7)
    assert found.remarks == ()


def test_two_answers_for_a_pair_become_their_mean_and_it_is_said() -> None:
    found = made("1 8\n1/2 1")

    assert found.matrix[0, 1] == pytest.approx(4)
    assert [each.code for each in found.remarks] == ["not_reciprocal"]


def test_a_diagonal_that_is_not_one_is_corrected_and_beyond_nine_is_said() -> None:
    assert [each.code for each in made("2 12\n1/12 1").remarks] == ["diagonal", "beyond_nine"]


@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean"])
def test_a_missing_pair_is_left_to_the_others(method) -> None:
    found = made("1 2 ?\n1/2 1 3\n? 1/3 1")

    assert found.missing == 1
    assert [each.code for each in found.remarks] == ["incomplete"]
    assert pairwise_weights(found, method).weights == pytest.approx({"A": 0.6, "B": 0.3, "C": 0.1})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 3\n3 1", "contradiction"),
        ("1 x\n1 1", "bad_comparison"),
        ("1 0\n1 1", "bad_comparison"),
        ("1 -3\n1/3 1", "bad_comparison"),
        ("1 ? ?\n? 1 3\n? 1/3 1", "not_connected"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        made(text)
    assert refusal.value.code == code


@pytest.mark.parametrize("rows", [["A"], ["A", "C"], ["A", "A"], []])
def test_names_must_be_the_same_in_rows_and_columns(rows: list[str]) -> None:
    with pytest.raises(Refusal) as refusal:
        comparisons(["A", "B"], [(name, ["1", "1"]) for name in rows])
    assert refusal.value.code == "names_differ"


def test_rows_may_stand_in_another_order() -> None:
    found = comparisons(["A", "B"], [("B", ["1/3", "1"]), ("A", ["1", "3"])])

    assert pairwise_weights(found).weights == pytest.approx({"A": 0.75, "B": 0.25})


# groups


def test_a_group_is_the_geometric_mean_of_its_answers() -> None:
    """2 and 8 make 4."""
    found = group_weights([made("1 2\n1/2 1"), made("1 8\n1/8 1")])

    assert found.joint.weights == pytest.approx({"A": 0.8, "B": 0.2})
    assert found.spread["A"] == pytest.approx((2 / 3, 8 / 9))
    assert [person.weights["B"] for person in found.people] == pytest.approx([1 / 3, 1 / 9])


def test_people_may_name_things_in_another_order_and_leave_some_open() -> None:
    """One compares A with B and B with C, the other C with A: together they have compared all."""
    one = made("1 2 ?\n1/2 1 3\n? 1/3 1")
    other = made("1 1/6 1/3\n6 1 2\n3 1/2 1", "CAB")
    found = group_weights([one, other])

    assert found.joint.weights == pytest.approx({"A": 0.6, "B": 0.3, "C": 0.1})
    with pytest.raises(Refusal):
        group_weights([one, made("1 2\n1/2 1")])
    with pytest.raises(Refusal):
        group_weights([])
