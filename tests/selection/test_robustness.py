"""Shares of ranks under other weights."""

import numpy as np
import pytest

from aipm.selection.criteria import Criterion, Parameters
from aipm.selection.methods import METHODS, Method, scorer
from aipm.selection.robustness import acceptability, draw_weights
from aipm.selection.weights import rank_order_centroid

SUM: Method = "weighted_sum"


def made(matrix: list[list[float]], method: Method = SUM):
    stated = [Criterion(name=f"C{k}", column="", direction="max", weight=1) for k in range(len(matrix[0]))]
    return scorer(np.array(matrix, float), stated, method, Parameters())


def test_two_criteria_have_a_closed_form() -> None:
    """Values (1, 0), (0, 1) and (c, c): the middle one is first where both weights are below c, so in 2c - 1 of all."""
    c = 0.7
    found = acceptability(made([[1, 0], [0, 1], [c, c]]), draw_weights(np.ones(2), "any", samples=40_000))

    assert found.ranks[:, 0] == pytest.approx([1 - c, 1 - c, 2 * c - 1], abs=0.01)
    assert found.ranks[2] == pytest.approx([2 * c - 1, 2 - 2 * c, 0], abs=0.01)
    assert found.central[0] == pytest.approx([(1 + c) / 2, (1 - c) / 2], abs=0.01)
    assert found.central[2] == pytest.approx([0.5, 0.5], abs=0.01)
    assert found.confidence.tolist() == [1, 1, 1]


@pytest.mark.parametrize("count", [2, 3, 5])
def test_with_one_thing_each_all_are_first_equally_often(count: int) -> None:
    found = acceptability(made(np.eye(count).tolist()), draw_weights(np.ones(count), "any", samples=40_000))

    assert found.ranks == pytest.approx(np.full((count, count), 1 / count), abs=0.015)


def test_equals_share_the_ranks_they_take_up() -> None:
    found = acceptability(made([[1, 1], [1, 1], [0, 0]]), draw_weights(np.ones(2), "any", samples=500))

    assert found.ranks == pytest.approx(np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]))
    assert found.confidence[:2].tolist() == [0.5, 0.5]
    assert np.isnan(found.central[2]).all()


@pytest.mark.parametrize("method", METHODS)
def test_shares_add_up(method: Method) -> None:
    matrix = np.random.default_rng(5).random((9, 4)).round(1) + 0.1
    found = acceptability(made(matrix.tolist(), method), draw_weights(np.ones(4), "any", samples=2_000))

    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(9))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(9))


@pytest.mark.parametrize("method", METHODS)
def test_samples_at_once_are_samples_one_by_one(method: Method) -> None:
    """Each sample's ranks by hand, one weighting at a time."""
    of = made((np.random.default_rng(2).random((6, 3)) + 0.1).tolist(), method)
    weights = draw_weights(np.ones(3), "any", samples=300, seed=4)
    counted = np.zeros((6, 6))
    for one in weights:
        gain = of.gain(one[None])[0]
        for place, candidate in enumerate(sorted(range(6), key=lambda k: -gain[k])):
            counted[candidate, place] += 1 / 300

    assert acceptability(of, weights).ranks == pytest.approx(counted)


def test_many_candidates_show_their_first_ranks_the_same_however_many_at_once() -> None:
    matrix = np.random.default_rng(1).random((250, 3))
    of = made(matrix.tolist())
    weights = draw_weights(np.ones(3), "any", samples=5_000)
    found = acceptability(of, weights)

    first = np.bincount((weights @ matrix.T).argmax(axis=1), minlength=250) / 5_000
    assert found.ranks.shape == (250, 10)
    assert found.ranks[:, 0] == pytest.approx(first)
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(10))


# weights


@pytest.mark.parametrize("weightings", ["any", "order", "stated"])
def test_weights_add_to_one_and_the_seed_repeats_them(weightings) -> None:
    stated = np.array([0.5, 0.2, 0.3])
    drawn = draw_weights(stated, weightings, samples=1_000, seed=1)

    assert drawn.sum(axis=1) == pytest.approx(np.ones(1_000))
    assert (drawn >= 0).all()
    assert (drawn == draw_weights(stated, weightings, samples=1_000, seed=1)).all()
    assert (drawn != draw_weights(stated, weightings, samples=1_000, seed=2)).any()


def test_any_is_uniform_over_the_simplex() -> None:
    """The mean is 1/m, the variance (m - 1) / (m² (m + 1)), whatever was stated (Dirichlet with ones)."""
    drawn = draw_weights(np.array([0.9, 0.05, 0.05]), "any", samples=40_000)

    assert drawn.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.005)
    assert drawn.var(axis=0) == pytest.approx(np.full(3, 2 / 36), abs=0.002)


def test_order_keeps_the_order_and_its_centre_is_the_rank_order_centroid() -> None:
    drawn = draw_weights(np.array([0.2, 0.5, 0.3]), "order", samples=40_000)

    assert (drawn[:, 1] >= drawn[:, 2]).all()
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    centroid = rank_order_centroid(["b", "c", "a"]).weights
    assert drawn.mean(axis=0) == pytest.approx([centroid[name] for name in "abc"], abs=0.005)


def test_equal_weights_are_free_among_themselves() -> None:
    drawn = draw_weights(np.array([0.4, 0.4, 0.2]), "order", samples=20_000)

    assert (drawn[:, :2].min(axis=1) >= drawn[:, 2]).all()
    assert (drawn[:, 0] > drawn[:, 1]).mean() == pytest.approx(0.5, abs=0.02)


def test_stated_weights_move_between_half_and_twice() -> None:
    """The ratio of two is that of two log-normal factors: nine in ten lie within 2 to the power of ±√2."""
    drawn = draw_weights(np.array([0.6, 0.4]), "stated", samples=40_000)
    off = np.abs(np.log2(drawn[:, 0] / drawn[:, 1] / 1.5))

    assert (off <= np.sqrt(2)).mean() == pytest.approx(0.9, abs=0.01)
