"""The smallest changes that unseat a winner."""

import numpy as np
import pytest

from aipm.selection.criteria import Criterion, Parameters
from aipm.selection.methods import METHODS, Method, scorer
from aipm.selection.tipping import searched_value, value_lead, weight_tips


def made(matrix, method: Method = "weighted_sum"):
    stated = [Criterion(name=f"C{k}", column="", direction="max", weight=1) for k in range(np.shape(matrix)[1])]
    return scorer(np.asarray(matrix, float), stated, method, Parameters())


def test_one_weight_by_hand() -> None:
    """A has 0.7 x 1, B 0.3 x 1: level when both weigh one half."""
    first, second = weight_tips(made([[1, 0], [0, 1]]), np.array([0.7, 0.3]), 0)

    assert (first.at, first.change, first.by, first.exact) == (pytest.approx(0.5), pytest.approx(-0.2), 1, True)
    assert (second.criterion, second.at, second.change) == (1, pytest.approx(0.5), pytest.approx(0.2))


def test_who_is_best_in_everything_cannot_be_unseated() -> None:
    assert weight_tips(made([[2, 3], [1, 1], [1.5, 2]]), np.array([0.5, 0.5]), 0) == ()


def test_a_single_criterion_has_no_other_weight() -> None:
    assert weight_tips(made([[2], [1]]), np.array([1.0]), 0) == ()


@pytest.mark.parametrize("method", METHODS)
def test_before_the_tip_the_winner_leads_and_beyond_it_another(method: Method) -> None:
    """…and no smaller change was missed, as far as a fine grid sees."""
    random = np.random.default_rng(11)
    tipped = 0
    for _ in range(15):
        of = made(random.random((6, 4)) + 0.1, method)
        weights = random.dirichlet(np.ones(4))
        winner = int(of.gain(weights[None])[0].argmax())
        tips = {tip.criterion: tip for tip in weight_tips(of, weights, winner)}
        for k in range(4):
            levels = np.linspace(0, 1, 801)
            rows = (1 - levels)[:, None] * weights / (1 - weights[k])
            rows[:, k] = levels
            lost = of.gain(rows).argmax(axis=1) != winner
            gap = np.abs(levels - weights[k])
            nearest = gap[lost].min() if lost.any() else np.inf
            if k not in tips:
                assert nearest == np.inf
                continue
            tipped += 1
            tip = tips[k]
            assert abs(tip.change) <= nearest + 1e-9
            assert abs(tip.change) >= nearest - (1 / 800 if tip.exact else 1 / 100)
            far = tip.at + np.sign(tip.change) * 1e-7
            row = (1 - far) * weights / (1 - weights[k])
            row[k] = far
            gain = of.gain(row[None])[0]
            assert gain[tip.by] >= gain[winner] - 1e-12
    assert tipped > 20


def test_a_value_of_a_sum_by_hand() -> None:
    """A has 0.5 x 1 + 0.5 x 0.6 = 0.8, B 0.7: A's parts may fall by 0.1 / 0.5."""
    lead = value_lead(np.array([[1, 0.6], [0.4, 1], [0, 0]]), np.array([0.5, 0.5]), 0)

    assert lead is not None
    assert lead[0] == pytest.approx([0.2, 0.2])
    assert lead[1] == 1


def test_a_value_is_searched_to_where_another_leads() -> None:
    found = searched_value(lambda x: 0 if x < 3.21 else 2, 1.0, np.linspace(1.5, 10, 5), 0)

    assert found == (pytest.approx(3.21), 2)
    assert searched_value(lambda _: 0, 1.0, np.linspace(1.5, 10, 5), 0) is None
    assert searched_value(lambda _: None, 1.0, np.linspace(1.5, 10, 5), 0) is None
