"""A boundary learned from labels: its mathematics, and what wrong labels do to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from aipm.labs import boundary
from aipm.labs.boundary import BLANK, DEGREES, POINTS


@pytest.mark.parametrize("shape", DEGREES)
def test_the_gradient_is_that_of_the_loss_by_finite_differences(shape):
    at, target = boundary.features(boundary.points().at, shape), boundary.points().label
    weights = np.random.default_rng(1).normal(size=at.shape[1])
    step = 1e-6
    for place, slope in enumerate(boundary.gradient(weights, at, target, ridge=0.3)):
        there = np.eye(len(weights))[place] * step
        rise = boundary.loss(weights + there, at, target, ridge=0.3) - boundary.loss(
            weights - there, at, target, ridge=0.3
        )
        assert slope == pytest.approx(rise / (2 * step), abs=1e-5)


def test_the_weights_are_those_scikit_learn_finds():
    at, target = boundary.features(boundary.points().at, "curved"), boundary.points().label
    ours = boundary.fit(at, target, ridge=0.5)
    theirs = LogisticRegression(C=1 / 0.5, tol=1e-10, max_iter=10_000).fit(at[:, 1:], target)
    assert ours[0] == pytest.approx(theirs.intercept_[0], abs=1e-4)
    assert ours[1:] == pytest.approx(theirs.coef_[0], abs=1e-4)


def test_a_boundary_by_hand_lies_in_the_middle():
    """Two points left of 5 are 0, two mirrored ones are 1: both are equally likely on the line between."""
    at = np.array([[2.0, 5.0], [3.0, 5.0], [7.0, 5.0], [8.0, 5.0]])
    weights = boundary.fit(boundary.features(at, "straight"), np.array([0.0, 0.0, 1.0, 1.0]), ridge=0.1)
    middle = boundary.features(np.array([[5.0, 0.0], [5.0, 10.0], [6.0, 5.0]]), "straight") @ weights
    assert middle[:2] == pytest.approx([0, 0], abs=1e-6)
    assert middle[2] > 0


@pytest.mark.parametrize(("shape", "columns"), [("straight", 3), ("curved", 6), ("wild", 28)])
def test_features_are_all_products_up_to_the_degree(shape, columns):
    assert boundary.features(boundary.points().at, shape).shape == (POINTS, columns)


def test_ten_wrong_labels_of_one_kind_harm_more_than_ten_scattered_ones():
    right, scattered, slanted = (boundary.labels(way) for way in ("recorded", "scattered", "one_sided"))
    for spoilt in (scattered, slanted):
        assert sum(one != other for one, other in zip(right, spoilt, strict=True)) == 10
    new = [boundary.learn(labels, "straight").new for labels in (right, scattered, slanted)]
    assert new == sorted(new)
    assert new[2] > 2 * new[0]


def test_the_wild_boundary_learns_by_heart():
    """Fewer mistakes than the straight one where it learned, more on new points."""
    straight, wild = (boundary.learn(boundary.labels("scattered"), shape) for shape in ("straight", "wild"))
    assert wild.mistakes < straight.mistakes
    assert wild.new > straight.new


@pytest.mark.parametrize("labels", [BLANK * POINTS, "1" + BLANK * (POINTS - 1), "0" * POINTS])
def test_there_is_nothing_to_learn_from_one_kind_of_label(labels):
    assert boundary.learn(labels, "curved") is None


def test_the_one_it_is_least_sure_of_has_no_label_and_a_chance_next_to_a_half():
    labels = boundary.relabelled(boundary.relabelled(boundary.labels("blank"), 0, "1"), 4, "0")
    found = boundary.learn(labels, "straight")
    place = boundary.least_sure(found, labels)
    assert labels[place] == BLANK
    free = [abs(found.chance[each] - 0.5) for each in range(POINTS) if labels[each] == BLANK]
    assert abs(found.chance[place] - 0.5) == min(free)
    assert boundary.least_sure(found, boundary.labels("recorded")) is None


@pytest.mark.parametrize("text", ["", "1" * (POINTS - 1), "x" * POINTS, "1" * 10_000, "<" * POINTS])
def test_an_address_that_is_no_line_of_labels_is_told(text):
    assert not boundary.valid(text)


@settings(max_examples=25, deadline=None)
@given(st.text("01-", min_size=POINTS, max_size=POINTS), st.sampled_from(tuple(DEGREES)))
def test_any_labels_give_finite_answers_within_bounds(labels, shape):
    assert boundary.valid(labels)
    found = boundary.learn(labels, shape)
    if found is None:
        assert len(set(labels) - {BLANK}) < 2
        return
    assert np.all(np.isfinite(found.weights))
    assert 0 <= found.mistakes <= found.learned_from
    assert 0 <= found.new <= 1
    assert 0 <= found.baseline <= 1
    _, chances = boundary.surface(found, steps=5)
    assert chances.min() >= 0
    assert chances.max() <= 1


def test_turning_every_label_round_turns_every_chance_round():
    labels = boundary.labels("recorded")
    turned = labels.translate(str.maketrans("01", "10"))
    one, other = boundary.learn(labels, "curved"), boundary.learn(turned, "curved")
    assert one.chance == pytest.approx(1 - other.chance, abs=1e-6)
