"""How long until a drop shows: against hand-checked designs, formulae and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.detection import answers_needed, bounds, drop_seen, hidden, level, tally

binom = pytest.importorskip("scipy.stats").binom


def exact(bad, worse, answers, alpha):
    """Power of the exact test with so many answers: the least count that is rare enough before the drop."""
    count = next(each for each in range(int(answers) + 2) if binom.sf(each - 1, answers, bad) <= alpha)
    return binom.sf(count - 1, answers, worse)


@pytest.mark.parametrize(("bad", "worse", "alpha"), [(0.1, 0.2, 0.05), (0.05, 0.15, 0.01), (0.3, 0.4, 0.02)])
def test_it_is_the_fewest_answers_with_the_power_wanted(bad, worse, alpha):
    needed = answers_needed(bad, worse, alpha=alpha, power=0.8)
    assert exact(bad, worse, needed, alpha) >= 0.8
    assert all(exact(bad, worse, fewer, alpha) < 0.8 for fewer in range(1, int(needed)))


def test_near_the_normal_formula_where_there_are_many():
    """One sample: ((z₁ √(p₀q₀) + z₂ √(p₁q₁)) / d)², by hand (1.6449 × 0.45826 + 0.8416 × 0.48990)² / 0.1² = 135.7."""
    by_hand = ((1.644854 * math.sqrt(0.3 * 0.7) + 0.841621 * math.sqrt(0.4 * 0.6)) / 0.1) ** 2
    assert by_hand == pytest.approx(136, abs=1)
    assert answers_needed(0.3, 0.4, alpha=0.05, power=0.8) == pytest.approx(by_hand, rel=0.06)


def test_two_shares_where_the_level_is_itself_an_estimate():
    """As many before as after: 27.2% against 40%? R's power.prop.test(p1 = .5, p2 = .75, power = .9) gives n = 76.7.

    It is two-sided at 0.05; the documented example of R's help page, so one-sided at 0.025.
    """
    assert answers_needed(0.5, 0.75, alpha=0.025, power=0.9, baseline_answers=76.7) == pytest.approx(77, abs=1)


def test_a_level_that_is_well_known_needs_as_many_as_one_sample():
    many = answers_needed(0.1, 0.15, alpha=0.01, power=0.8, baseline_answers=10**9)
    assert many == pytest.approx(answers_needed(0.1, 0.15, alpha=0.01, power=0.8), rel=0.08)
    assert answers_needed(0.1, 0.15, alpha=0.01, power=0.8, baseline_answers=50) is None


def test_a_first_bad_answer_shows_it_where_there_was_none():
    assert answers_needed(0.0, 0.5, alpha=0.01, power=0.9) == 4  # 1 − 0.5⁴ = 0.94
    assert answers_needed(0.0, 1.0, alpha=0.01, power=0.9) == 1


@pytest.mark.parametrize(("bad", "worse"), [(0.2, 0.2), (0.3, 0.2), (-0.1, 0.2), (0.9, 1.1)])
def test_without_a_drop_there_is_nothing_to_see(bad, worse):
    assert answers_needed(bad, worse, alpha=0.05, power=0.8) is None


@given(st.floats(0.01, 0.4), st.floats(0.03, 0.3), st.floats(0.001, 0.1))
def test_a_larger_drop_never_needs_more(bad, drop, alpha):
    small = answers_needed(bad, bad + drop, alpha=alpha, power=0.8)
    large = answers_needed(bad, bad + 1.5 * drop, alpha=alpha, power=0.8)
    assert large <= small


@given(st.floats(0.6, 0.98), st.integers(50, 3_000))
def test_the_drop_that_is_seen_turns_back_into_the_answers(good, answers):
    drop = drop_seen(good, answers, alpha=0.01, power=0.8)
    if drop is not None:
        assert answers_needed(1 - good, 1 - good + drop, alpha=0.01, power=0.8) <= answers


def test_more_looks_make_each_stricter():
    assert level(0.1, 1) == pytest.approx(0.1)
    assert level(0.1, 13) == pytest.approx(1 - 0.9 ** (1 / 13))
    assert level(0.1, 91) < level(0.1, 13)


def test_looking_every_week_for_a_quarter_keeps_the_false_alarms():
    """13 looks on answers of their own: simulated a thousand times."""
    chance, alpha = np.random.default_rng(3), level(0.1, 13)
    answers = answers_needed(0.1, 0.15, alpha=alpha, power=0.8)
    line = next(each for each in range(1_000) if binom.sf(each - 1, answers, 0.1) <= alpha)
    quarters = chance.binomial(int(answers), 0.1, size=(1_000, 13)) >= line
    assert quarters.any(axis=1).mean() <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / 1_000)
    seen = chance.binomial(int(answers), 0.15, size=4_000) >= line
    assert seen.mean() == pytest.approx(0.81, abs=0.03)


def run_lengths(found, bad, *, runs, most, seed):
    chance, now = np.random.default_rng(seed), np.zeros(runs)
    ended = np.full(runs, float(most))
    going = np.ones(runs, bool)
    for place in range(1, most + 1):
        now = np.maximum(0, now + (chance.random(runs) < bad) - found.step)
        hit = going & (now >= found.line - 1e-9)
        ended[hit] = place
        going &= ~hit
        if not going.any():
            break
    return ended.mean()


@pytest.mark.parametrize(("bad", "worse", "answers"), [(0.1, 0.2, 300), (0.3, 0.45, 200)])
def test_the_running_tally_waits_as_long_as_simulated_ones(bad, worse, answers):
    found = tally(bad, worse, alarms_a_quarter=0.1, answers_a_quarter=answers)
    assert found.between == pytest.approx(answers / -math.log(0.9))
    assert run_lengths(found, worse, runs=2_000, most=5_000, seed=1) == pytest.approx(found.answers, rel=0.1)
    assert run_lengths(found, bad, runs=400, most=40_000, seed=2) == pytest.approx(found.between, rel=0.2)


def test_there_is_no_tally_without_a_rise():
    assert tally(0.2, 0.2, alarms_a_quarter=0.1, answers_a_quarter=100) is None
    assert tally(0.0, 0.2, alarms_a_quarter=0.1, answers_a_quarter=100) is None


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_truth_lies_within_the_bounds_whatever_the_silent_think(good, rate, silent):
    low, high = bounds(good, rate)
    assert low - 1e-9 <= rate * good + (1 - rate) * silent <= high + 1e-9


def test_what_can_hide_behind_the_silent():
    assert bounds(0.9, 0.02) == pytest.approx((0.018, 0.998))
    assert hidden(0.05, 0.5) == pytest.approx(0.1)  # half are silent: twice the drop
    assert hidden(0.6, 0.9) is None
    assert hidden(0.05, 1.0) is None
