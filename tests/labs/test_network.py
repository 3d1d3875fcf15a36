"""The network lab's mathematics: gradients against finite differences, steps by hand, known limits, data sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.labs import network
from aipm.labs.network import Shape
from aipm.labs.network_spec import MOST_STEPS, NetworkSpec
from aipm.labs.network_training import SNAPSHOTS, plane, snapshots, train
from aipm.labs.points import FEATURES, SPAN, made, measured


def mean_loss(shape, vector, inputs, target):
    return network.losses(network.forward(shape, vector, inputs)[-1][:, 0], target).mean()


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("hidden", [(), (3,), (4, 2), (8, 8, 8, 8)])
def test_gradients_agree_with_finite_differences(activation, hidden):
    chance = np.random.default_rng(7)
    shape = Shape((3, *hidden, 1), activation)
    vector = network.started(shape, 3) + chance.normal(0, 0.1, shape.parameters)
    inputs, target = chance.normal(size=(9, 3)), (chance.random(9) < 0.5).astype(float)
    step = 1e-6
    numeric = [
        (mean_loss(shape, vector + nudge, inputs, target) - mean_loss(shape, vector - nudge, inputs, target))
        / (2 * step)
        for nudge in np.eye(shape.parameters) * step
    ]
    assert network.gradient(shape, vector, inputs, target) == pytest.approx(np.array(numeric), abs=2e-8)


def test_a_forward_pass_by_hand():
    shape = Shape((2, 1, 1), "tanh")
    vector = np.array([0.5, -1.0, 0.25, 2.0, -0.5])  # x, y, bias; the neuron's weight, the bias of the answer
    *_, hidden, log_odds = network.forward(shape, vector, np.array([[1.0, 0.5]]))
    assert hidden[0, 0] == pytest.approx(np.tanh(0.5 - 0.5 + 0.25))
    assert log_odds[0, 0] == pytest.approx(2 * np.tanh(0.25) - 0.5)


@given(st.floats(-1e4, 1e4))
def test_probabilities_stay_in_bounds_and_loss_is_minus_their_logarithm(log_odds):
    value = np.array([log_odds])
    share = network.probability(value)[0]
    assert 0 <= share <= 1
    assert network.probability(-value)[0] == pytest.approx(1 - share)
    if 1e-12 < share < 1 - 1e-12:
        assert network.losses(value, np.array([1.0]))[0] == pytest.approx(-np.log(share), rel=1e-3)


def test_the_loss_of_knowing_nothing_is_the_logarithm_of_two():
    assert network.losses(np.zeros(2), np.array([0.0, 1.0])) == pytest.approx([np.log(2)] * 2)


def test_without_a_hidden_layer_it_finds_what_logistic_regression_finds():
    """Against Newton's method (iteratively reweighted least squares) on the same standardised inputs."""
    spec = NetworkSpec(data="gaussians", noise=50, layers=(), epochs=800, rate=0.1, batch=100, points=200)
    run = train(spec)
    raw = run.points.xy[run.points.train]
    design = np.column_stack([(raw - raw.mean(axis=0)) / raw.std(axis=0), np.ones(len(raw))])
    target, found = run.points.label[run.points.train].astype(float), np.zeros(3)
    for _ in range(30):
        share = 1 / (1 + np.exp(-design @ found))
        found = found + np.linalg.solve(
            design.T @ (design * (share * (1 - share))[:, None]), design.T @ (target - share)
        )
    best = np.logaddexp(0, design @ found) - target * (design @ found)
    assert run.train[-1].loss == pytest.approx(best.mean(), abs=2e-3)


def test_no_activation_makes_any_depth_a_straight_line():
    shape = Shape((2, 8, 8, 8, 1), "linear")
    vector = network.started(shape, 5)
    one, other = np.array([[1.0, 2.0]]), np.array([[-3.0, 0.5]])

    def says(point):
        return network.forward(shape, vector, point)[-1][0, 0]

    assert says((one + other) / 2) == pytest.approx((says(one) + says(other)) / 2)


def test_with_zero_weights_the_first_step_of_adam_is_the_learning_rate_against_the_slope():
    spec = NetworkSpec(layers=(), epochs=1, batch=100, points=50, learn_from=50, rate=0.1)
    run = train(spec)
    moved = run.vectors[1] - run.vectors[0]
    assert np.abs(moved) == pytest.approx(np.full(3, 0.1), rel=1e-3)


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_regularisation_keeps_weights_small_and_l1_sends_useless_ones_to_zero(penalty):
    setting = {"data": "gaussians", "features": tuple(FEATURES), "layers": (), "epochs": 400, "rate": 0.01}
    free, held = train(NetworkSpec(**setting)), train(NetworkSpec(**setting, penalty=penalty, strength=0.1))
    weights = held.shape.layers(held.vectors[-1])[0][0]
    assert np.abs(weights).sum() < np.abs(free.shape.layers(free.vectors[-1])[0][0]).sum()
    if penalty == "l1":
        assert (np.abs(weights) < 0.02).sum() >= 4


def test_biases_are_not_regularised():
    shape = Shape((2, 3, 1))
    assert shape.weight_mask().tolist() == [1] * 6 + [0] * 3 + [1] * 3 + [0]


def test_the_same_question_has_the_same_answer_and_another_seed_another_one():
    one, same, other = (
        train(NetworkSpec(epochs=10)),
        train(NetworkSpec(epochs=10)),
        train(NetworkSpec(epochs=10, seed=2)),
    )
    assert np.array_equal(one.vectors, same.vectors)
    assert not np.array_equal(one.vectors, other.vectors)


def test_scaling_is_learned_from_the_training_part_alone():
    from aipm.labs.points import Points

    points = made("gaussians", count=100, seed=4)
    moved = Points(
        xy=np.where(points.train[:, None], points.xy, points.xy + 1.0), label=points.label, train=points.train
    )
    spec = NetworkSpec(epochs=10)
    assert np.array_equal(train(spec, points).vectors, train(spec, moved).vectors)


def test_published_behaviour_two_neurons_cannot_enclose_a_disc_but_a_good_feature_needs_none():
    assert train(NetworkSpec(noise=0, layers=(2,), epochs=200)).train[-1].confusion.accuracy < 0.95
    assert train(NetworkSpec(noise=0, layers=(), features=("x2", "y2"))).test[-1].confusion.accuracy == 1.0


def test_surface_and_scores_tell_the_same_story():
    run = train(NetworkSpec())
    x, y = run.points.xy.T
    row = np.clip(((SPAN - y) / (2 * SPAN) * 40).astype(int), 0, 39)
    column = np.clip(((x + SPAN) / (2 * SPAN) * 40).astype(int), 0, 39)
    says = run.surface[-1][row, column] > 127
    agrees = (says == run.points.label)[~run.points.train].mean()
    assert agrees == pytest.approx(run.test[-1].confusion.accuracy, abs=0.05)  # a place is a little square, not a point


@pytest.mark.parametrize("hidden", [(), (8, 8, 8, 8)])
def test_shapes_of_what_is_shown(hidden):
    run = train(NetworkSpec(layers=hidden, epochs=10))
    kept = len(run.epochs)
    assert run.surface.shape == (kept, 40, 40)
    assert run.maps.shape == (kept, sum(hidden), 12, 12)
    assert run.inputs.shape == (1, 2, 12, 12)
    assert len(run.train) == len(run.test) == kept


def test_a_map_is_bright_where_the_feature_is_large():
    across, up = train(NetworkSpec(epochs=10)).inputs[0]
    assert across[0, 0] < 128 < across[0, -1]
    assert up[0, 0] > 128 > up[-1, 0]


@given(st.integers(1, 800))
def test_snapshots_begin_at_nothing_learned_and_end_at_the_end(epochs):
    kept = snapshots(epochs)
    assert (kept[0], kept[-1]) == (0, epochs)
    assert list(kept) == sorted(set(kept))
    assert len(kept) <= SNAPSHOTS


def test_the_work_of_one_run_is_bounded_and_says_so():
    run = train(NetworkSpec(batch=1, points=400, learn_from=80, epochs=800, layers=(1,)))
    assert run.cut_short
    assert run.epochs[-1] * 320 <= MOST_STEPS
    assert not train(NetworkSpec(epochs=10)).cut_short


def test_the_plane_is_read_from_the_top_left():
    places = plane(2)
    assert places.tolist() == [[-3, 3], [3, 3], [-3, -3], [3, -3]]


@settings(deadline=None, max_examples=20)
@given(
    st.sampled_from(["circle", "xor", "gaussians", "spiral"]),
    st.sampled_from([50, 200]),
    st.sampled_from([0.3, 0.5, 0.8]),
    st.integers(0, 99),
)
def test_data_sets_are_balanced_bounded_and_split_alike(data, count, share, seed):
    points = made(data, count=count, noise=0.5, train_share=share, seed=seed)
    assert points.label.sum() == count // 2
    assert np.abs(points.xy).max() <= SPAN
    assert points.train.sum() == pytest.approx(share * count, abs=1)
    assert points.label[points.train].mean() == pytest.approx(0.5, abs=0.05)


def test_the_shapes_are_what_they_are_called():
    circle = made("circle", count=200)
    radius = np.hypot(*circle.xy.T)
    assert radius[circle.label].max() <= 2.5
    assert radius[~circle.label].min() >= 3.5
    xor = made("xor", count=200)
    assert np.array_equal(xor.xy.prod(axis=1) > 0, xor.label)


def test_wrong_labels_are_as_many_as_asked_for():
    right, wrong = made("circle", count=200, seed=3), made("circle", count=200, seed=3, wrong_labels=0.25)
    assert np.array_equal(right.xy, wrong.xy)
    assert (right.label != wrong.label).sum() == 50


def test_features_by_hand():
    got = measured(np.array([[2.0, -3.0]]), tuple(FEATURES))
    assert got[0] == pytest.approx([2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])
