"""Settings to and from text, what a run amounts to, one worked step, a table of one's own, and the limits of it all."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.labs import own_points
from aipm.labs.network_limits import Size, counted, influence, of_picture, of_text
from aipm.labs.network_reading import Goal, Outlook, band, met
from aipm.labs.network_spec import CHOICES, NetworkSpec
from aipm.labs.network_step import one_step
from aipm.labs.points import FEATURES, MOST_POINTS, SPAN, brought
from aipm.tables import Refusal

SPECS = st.builds(
    NetworkSpec,
    **{name: st.sampled_from(options) for name, options in CHOICES.items()},
    layers=st.lists(st.integers(1, 8), max_size=4).map(tuple),
    features=st.sets(st.sampled_from(list(FEATURES)), min_size=1).map(
        lambda chosen: tuple(each for each in FEATURES if each in chosen)
    ),
    seed=st.integers(0, 9999),
)


@given(SPECS)
def test_a_setting_survives_the_way_through_text(spec):
    assert NetworkSpec.from_dict(spec.to_dict()) == spec


@pytest.mark.parametrize(
    "parts",
    [
        {"layers": "9"},
        {"layers": "4-4-4-4-4"},
        {"layers": "4--2"},
        {"layers": ""},
        {"features": ""},
        {"features": "x,z"},
        {"points": "100000"},
        {"epochs": "1e9"},
        {"rate": "nan"},
        {"seed": "-1"},
        {"seed": "١"},
        {"seed": "99999999"},
        {"nonsense": "1"},
        {"data": "__class__"},
    ],
)
def test_what_is_no_setting_is_refused(parts):
    with pytest.raises(Refusal, match="no such setting"):
        NetworkSpec.from_dict(parts)


def outlook(**given):
    said = {"outcome": "fits", "train": 0.9, "test": 0.9, "low": 0, "high": 1, "tested": 100, "stop_at": None}
    return Outlook(**(said | given))


def test_a_challenge_is_met_only_when_all_of_it_is():
    goal = Goal(data="circle", features=("x", "y"), most_neurons=3, least_test=0.95)
    good, small = outlook(test=0.95), NetworkSpec(layers=(3,))
    assert met(goal, small, good)
    assert not met(goal, NetworkSpec(layers=(4,)), good)
    assert not met(goal, dataclasses.replace(small, features=("x", "x2")), good)
    assert not met(goal, dataclasses.replace(small, data="xor"), good)
    assert not met(goal, small, outlook(test=0.94))
    assert met(Goal(data="circle", least_gap=0.2), small, outlook(train=1.0, test=0.8))
    assert not met(Goal(data="circle", least_wrong=25), small, good)


def test_bands_are_found_by_their_lower_ends():
    starts = [0.0, 0.65, 0.92]
    assert [band(starts, value) for value in (-0.1, 0.0, 0.649, 0.65, 0.92, 1.0)] == [0, 0, 0, 1, 2, 2]


def test_one_step_by_hand():
    step = one_step(x=1.0, y=-0.5, label=True, rate=0.5)
    one, two = step.neurons
    assert one.total == pytest.approx(0.8 - 0.25 + 0.1)
    assert two.total == pytest.approx(-0.4 - 0.45 - 0.2)
    assert step.log_odds == pytest.approx(1.2 * np.tanh(one.total) - 0.7 * np.tanh(two.total))
    assert step.loss == pytest.approx(-np.log(step.probability))
    answer_bias = step.weights[-1]
    assert answer_bias.slope == pytest.approx(step.probability - 1)
    assert answer_bias.after == pytest.approx(0.5 * (1 - step.probability))


@given(st.floats(-2, 2), st.floats(-2, 2), st.booleans())
def test_a_small_correction_never_makes_the_loss_larger(x, y, label):
    step = one_step(x=x, y=y, label=label, rate=0.01)
    assert step.loss_after <= step.loss


def test_sizes_of_what_goes_in():
    assert of_picture(side=28, neurons=64) == Size(inputs=784, weights=785 * 64)
    assert of_text(words=100, vocabulary=50_000, neurons=64) == Size(inputs=5_000_000, weights=5_000_001 * 64)


def test_counting_words_loses_their_order():
    assert counted("the dog bites the man") == counted("the man bites the dog")
    assert counted("The cat the") == (("cat", 1), ("the", 2))


def test_influence_is_a_power():
    assert influence(0.9, (0, 1, 20)) == pytest.approx((1, 0.9, 0.12158), abs=1e-5)
    assert influence(1.0, (50,)) == (1.0,)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        (" -0.5 ", -0.5),
        ("1e3", 1000),
        ("0,5", 0.5),
        ("1,234", 1234),
        ("1,234.5", 1234.5),
        ("50%", 50),
        ("", None),
        ("abc", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1_000", None),
    ],
)
def test_cells_that_are_numbers(cell, value):
    assert own_points.number(cell) == value


ROWS = [(str(each), f"{each * 2.5:.1f}", "yes" if each % 3 else "no", f"id{each}") for each in range(60)]


def test_columns_that_can_be_chosen():
    assert own_points.columns(ROWS) == own_points.Columns(numbers=(0, 1), labels=(2,))
    assert own_points.values(ROWS, 2) == ("yes", "no")


def test_own_points_leave_gaps_out_and_keep_to_the_plane():
    rows = [*ROWS, ("", "1", "yes", ""), ("9" * 20, "1", "no", ""), ("5", "5", " ", "")]
    points = own_points.points(rows, x=0, y=1, label=2, one="no", train_share=0.5, seed=1)
    assert len(points.label) == 61
    assert np.abs(points.xy).max() <= SPAN
    assert points.label.sum() == 21


def test_own_points_are_scaled_by_what_is_learned_from():
    chance = np.random.default_rng(1)
    points = brought(chance.normal(1000, 50, 200), chance.normal(0, 1e-3, 200), chance.random(200) < 0.4)
    learned = points.xy[points.train]
    assert learned.mean(axis=0) == pytest.approx([0, 0], abs=0.05)  # what lies beyond the edge is drawn on it
    assert learned.std(axis=0) == pytest.approx([SPAN / 3] * 2, abs=0.05)


def test_own_points_are_at_most_so_many():
    many = np.arange(5000.0)
    assert len(brought(many, many, many > 100).label) == MOST_POINTS


@pytest.mark.parametrize("rows", [[], ROWS[:10], [(*row[:2], "yes", row[3]) for row in ROWS]])
def test_too_little_to_learn_from_is_refused(rows):
    with pytest.raises(Refusal, match="rows have two numbers and a label"):
        own_points.points(rows, x=0, y=1, label=2, one="yes", train_share=0.5, seed=1)


def test_the_same_column_twice_is_refused():
    with pytest.raises(Refusal, match="chosen twice"):
        own_points.points(ROWS, x=0, y=0, label=2, one="yes", train_share=0.5, seed=1)
