"""k-means: no half-step raises the inertia, the end is a rest, and it agrees with scikit-learn."""

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from aipm.labs import clusters
from aipm.labs.clusters import MOST, Data, Start

EVERY = [
    (data, k, start, level)
    for data in get_args(Data)
    for k in range(1, MOST + 1)
    for start in get_args(Start)
    for level in (True, False)
]


def test_four_points_by_hand():
    """Centres 0 and 1 on a line, points 0, 1, 9, 10: the second centre takes three, moves to 20/3, and so on."""
    at = np.array([[0.0, 0], [1, 0], [9, 0], [10, 0]])
    stages = clusters.lloyd(at, at[:2])
    assert [each.kind for each in stages] == ["start", "assign", "move", "assign", "move"]
    assert stages[1].inertia == pytest.approx(64 + 81)
    assert stages[2].centres[1] == pytest.approx([20 / 3, 0])
    assert stages[-1].centres == pytest.approx(np.array([[0.5, 0], [9.5, 0]]))
    assert stages[-1].inertia == pytest.approx(1.0)


@pytest.mark.parametrize(("data", "k", "start", "level"), EVERY)
def test_the_inertia_never_rises_and_the_end_is_a_rest(data, k, start, level):
    stages = clusters.run(data, k, start, level=level)
    course = [each.inertia for each in stages[1:]]
    assert all(after <= before + 1e-9 for before, after in pairwise(course))
    at = clusters.scaled(clusters.points(data), level=level)
    end = stages[-1]
    centres = clusters.scaled(end.centres, level=level)
    assert np.array_equal(clusters.nearest(at, centres), end.of)
    for group in set(end.of.tolist()):
        assert centres[group] == pytest.approx(at[end.of == group].mean(axis=0))


@pytest.mark.parametrize("data", get_args(Data))
def test_it_ends_where_scikit_learn_ends_from_the_same_centres(data):
    at = clusters.scaled(clusters.points(data), level=True)
    for start in get_args(Start):
        first = clusters.first_centres(at, 3, start)
        theirs = KMeans(3, init=first, n_init=1, tol=0, algorithm="lloyd").fit(at)
        ours = clusters.lloyd(at, first)[-1]
        assert ours.inertia == pytest.approx(theirs.inertia_)
        assert np.array_equal(ours.of, theirs.labels_)


@pytest.mark.parametrize("data", get_args(Data))
def test_the_silhouette_is_that_of_scikit_learn(data):
    at = clusters.scaled(clusters.points(data), level=True)
    of = clusters.run(data, 4, "apart")[-1].of
    assert clusters.silhouette(at, of) == pytest.approx(silhouette_score(at, of))
    assert clusters.silhouette(at, np.zeros_like(of)) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=6, max_size=30), st.integers(1, 6))
def test_any_points_even_equal_ones_come_to_a_rest(found, k):
    at = np.array(found, dtype=float)
    stages = clusters.lloyd(at, at[:k])
    course = [each.inertia for each in stages[1:]]
    assert all(after <= before + 1e-9 for before, after in pairwise(course))
    assert np.isfinite(stages[-1].centres).all()


def test_what_was_put_in_is_found_and_where_nothing_was_groups_are_found_all_the_same():
    sizes = np.bincount(clusters.run("groups", 3, "apart")[-1].of)
    assert sorted(sizes.tolist()) == [30, 30, 30]
    assert np.bincount(clusters.run("even", 4, "apart")[-1].of).min() > 0


def test_more_groups_leave_less_distance():
    for data in get_args(Data):
        course = clusters.by_count(data)
        assert list(course) == sorted(course, reverse=True)


def test_the_unit_decides_what_is_near():
    """Two long groups lie apart in money alone: counted in money they are found, with equal axes they are not."""
    level, money = (clusters.run("long", 2, "apart", level=each)[-1].of for each in (True, False))
    rows = np.arange(clusters.POINTS) % 2

    def found(of):
        return max(np.mean(of == rows), np.mean(of != rows))

    assert found(money) == 1
    assert found(level) < 0.9


@given(st.integers(2, MOST))
def test_centres_begin_on_different_points(k):
    for start in get_args(Start):
        first = clusters.first_centres(clusters.points("even"), k, start)
        assert len(np.unique(first, axis=0)) == k
