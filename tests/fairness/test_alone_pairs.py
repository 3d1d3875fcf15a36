"""Pairs of columns that tell together what neither tells alone: found where they are, and not where they are not."""

import numpy as np
import pytest

from aipm.fairness.alone_pairs import KEPT, WIDTH, Pairs, pairs


def test_an_exclusive_or_is_found_among_other_columns():
    rng = np.random.default_rng(0)
    left, right, noise = rng.integers(0, 2, 400), rng.integers(0, 2, 400), rng.normal(0, 1, (400, 5))
    values = np.column_stack([noise, left, right])
    assert pairs(values, (False,) * 5 + (True,) * 2, left ^ right, 2).found == ((5, 6),)


def test_so_is_one_of_quantities_and_of_being_missing():
    rng = np.random.default_rng(1)
    left, right = rng.random(600), np.where(rng.random(600) < 0.5, np.nan, 7.0)
    kind = ((left > 0.5) ^ np.isnan(right)).astype(np.int64)
    assert pairs(np.column_stack([left, right]), (False, False), kind, 2).found == ((0, 1),)


@pytest.mark.parametrize("twins", [True, False])
def test_columns_that_say_the_same_or_each_their_own_are_no_pair(twins):
    rng = np.random.default_rng(2)
    kind = rng.integers(0, 2, 800)
    left = np.where(rng.random(800) < 0.8, kind, 1 - kind)
    right = left if twins else np.where(rng.random(800) < 0.8, kind, 1 - kind)
    assert pairs(np.column_stack([left, right]).astype(float), (True, True), kind, 2).found == ()


def test_chance_makes_no_pairs():
    rng, hits = np.random.default_rng(3), 0
    for _ in range(100):
        values = np.column_stack([rng.integers(0, 9, 300), rng.integers(0, 3, 300), rng.normal(0, 1, (300, 4))])
        hits += bool(pairs(values, (True, True, False, False, False, False), rng.integers(0, 3, 300), 3).found)
    assert hits <= 4  # of 1,500 pairs looked at


def test_of_many_pairs_those_that_tell_most_are_kept_and_the_strongest_is_first():
    rng = np.random.default_rng(4)
    values = rng.integers(0, 2, (2_000, 8))
    kind = (values[:, 0] ^ values[:, 1]) * 4 + (values[:, 2] ^ values[:, 3]) * 2 + (values[:, 4] ^ values[:, 5])
    weak = np.where(rng.random(2_000) < 0.7, values[:, 6] ^ values[:, 7], rng.integers(0, 2, 2_000))
    found = pairs(values.astype(float), (True,) * 8, kind * 2 + weak, 16).found
    assert len(found) == KEPT
    assert set(found) == {(0, 1), (2, 3), (4, 5)}


def test_a_pair_is_one_category_behind_the_columns_with_rare_and_missing_values_apart():
    values = np.array([[0.0, 1.5], [40.0, np.nan], [np.nan, 9.0]])
    wide = Pairs(cuts=(None, np.array([1.0, 2.0, 3.0])), found=((0, 1),)).widened(values)
    rest, missing = WIDTH - 2, WIDTH - 1
    assert wide[:, :2] == pytest.approx(values, nan_ok=True)
    assert wide[:, 2].tolist() == [0 * WIDTH + 1, rest * WIDTH + missing, missing * WIDTH + 3]
    assert Pairs(cuts=(), found=()).widened(values) is values
