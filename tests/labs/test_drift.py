"""A model at work while the world changes: hand numbers, false alarms, delay, and what is never seen."""

import math
from dataclasses import replace

import numpy as np
import pytest

from aipm.labs import drift
from aipm.labs.drift import DELAYS, RETRAINS, SHIFTS, START, WEEKS, WHATS, Settings, beside, moved, psi, year
from aipm.labs.drift_reading import LESSONS, lessons, side


def test_the_index_by_hand():
    """Shares 0.5, 0.5 become 0.6, 0.4: 0.1 ln 1.2 + (−0.1) ln 0.8 = 0.01823 + 0.02231 = 0.04055."""
    assert psi([50, 50], [60, 40]) == pytest.approx(0.1 * math.log(1.2) - 0.1 * math.log(0.8))
    assert psi([50, 50], [60, 40]) == pytest.approx(0.04055, abs=1e-5)
    assert psi([10, 20, 30], [100, 200, 300]) == pytest.approx(0)
    assert psi([60, 40], [50, 50]) == pytest.approx(psi([50, 50], [60, 40]))


def test_an_empty_bin_counts_as_half_a_person():
    assert psi([50, 50], [100, 0]) == pytest.approx(psi([50, 50], [100, 0.5]))
    assert math.isfinite(psi([0, 10], [10, 0]))


def test_the_index_without_a_change_is_what_chance_gives():
    indexes = [value for seed in range(20) for value in year(Settings(shift="none", volume=300, seed=seed)).psi]
    assert np.mean(indexes) == pytest.approx(drift.psi_by_chance(drift.HISTORY * 300, 300), rel=0.1)


def test_the_change_by_week():
    assert all(moved(week, shift) == 0 for week in range(1, START) for shift in SHIFTS)
    assert moved(START, "sudden") == 1
    assert moved(WEEKS, "slow") == 1
    assert moved(START + 12, "seasonal") == pytest.approx(1)
    assert moved(START + 25, "seasonal") == pytest.approx(0)


def test_the_same_settings_give_the_same_year_and_another_seed_another():
    settings = Settings(selective=True, explored=0.05, retrain="alarm")
    assert year(settings) == year(settings)
    drift._world.cache_clear()
    again = year(settings)
    assert again == year(settings)
    assert again != year(replace(settings, seed=2))


@pytest.mark.parametrize(("selective", "explored"), [(False, 0.0), (True, 0.0), (True, 0.05), (True, 0.02)])
def test_without_a_change_false_alarms_stay_rare(selective, explored):
    years = [
        year(Settings(shift="none", delay=0, selective=selective, explored=explored, volume=100, seed=seed))
        for seed in range(100)
    ]
    assert sum(bool(each.alarms) for each in years) <= 11  # 5% of 100, and three standard errors


@pytest.mark.parametrize("delay", DELAYS[1:])
def test_a_late_truth_shows_the_same_so_many_weeks_later(delay):
    for selective in (False, True):
        at_once = year(Settings(delay=0, selective=selective))
        late = year(Settings(delay=delay, selective=selective))
        assert late.right == at_once.right
        assert late.measured[delay:] == at_once.measured[: WEEKS - delay]
        assert late.measured[:delay] == (None,) * delay
        shifted = tuple(week + delay for week in at_once.alarms if week + delay <= WEEKS)
        assert late.alarms == shifted


def test_everybody_known_at_once_is_measured_as_it_is():
    found = year(Settings(delay=0))
    assert found.measured == found.right
    assert found.seen == (1.0,) * WEEKS


def test_only_those_with_a_yes_are_known():
    found = year(Settings(selective=True))
    assert found.seen == found.said_yes
    assert max(found.seen[: START - 1]) < 0.7
    with_lot = year(Settings(selective=True, explored=0.1))
    assert np.mean(with_lot.seen) > np.mean(found.seen)


def test_training_on_ones_own_choices_narrows_the_view():
    settings = Settings(selective=True, delay=2, volume=1_000)
    found = side(beside(settings, retrain="weeks", every=4), volume=1_000)
    assert found.seen_end < found.seen_before - 0.15


def test_the_lot_shows_what_the_chosen_hide():
    """Weighted by how they were thinned out, those known speak for all: on average they show what is right."""
    gaps = {
        explored: np.mean(
            [
                np.mean(
                    [seen - true for seen, true in zip(found.measured, found.right, strict=True) if seen is not None]
                )
                for seed in range(12)
                for found in [
                    year(Settings(shift="sudden", delay=0, selective=True, explored=explored, volume=1_000, seed=seed))
                ]
            ]
        )
        for explored in (0.0, 0.1)
    }
    assert abs(gaps[0.1]) < 0.01 < abs(gaps[0.0])


def test_training_again_recovers_where_outcomes_are_known():
    settings = Settings(delay=2)
    never, often = year(settings), beside(settings, retrain="weeks", every=4)
    before = np.mean(never.right[: START - 1])
    assert never.mean_after() < before - 0.08
    assert np.mean(often.right[-8:]) > before - 0.02
    assert often.trained == tuple(range(5, WEEKS + 1, 4))


def test_on_alarm_it_is_trained_in_weeks_with_an_alarm_only():
    found = year(Settings(retrain="alarm", delay=2))
    assert found.trained
    assert {*found.trained} <= {*found.alarms}
    assert all(later - earlier >= drift.PAUSE for earlier, later in zip(found.trained, found.trained[1:], strict=False))


def test_inputs_alone_do_not_tell():
    """Other people: the index leaves its band though the model serves them as well. Another meaning: the reverse."""
    people = side(year(Settings(what="people")), volume=300)
    meaning = side(year(Settings(what="meaning")), volume=300)
    assert people.psi_most > 0.2
    assert people.after > people.before - 0.02
    assert meaning.psi_most < 0.1
    assert meaning.after < meaning.before - 0.1


def test_newtons_method_ends_where_the_slope_is_flat():
    chance = np.random.default_rng(4)
    traits = np.column_stack([np.ones(500), chance.standard_normal((500, 3))])
    turned_out = (traits[:, 1] > 0.2).astype(float)  # separable: without the pull it would never end
    found = drift._fit(traits, turned_out, np.ones(500))
    slope = traits.T @ (turned_out - 1 / (1 + np.exp(-traits @ found))) - drift.RIDGE * found
    assert np.abs(slope).max() < 1e-3


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("what", WHATS)
def test_every_setting_gives_shares_and_known_lessons(shift, what):
    for retrain in RETRAINS:
        settings = Settings(shift=shift, what=what, retrain=retrain, selective=True, delay=26, volume=100)
        found = year(settings)
        assert len(found.right) == len(found.measured) == len(found.seen) == len(found.psi) == WEEKS
        assert all(0 <= each <= 1 for each in (*found.right, *found.seen, *found.said_yes))
        told = side(found, volume=100)
        assert {*lessons(settings, told, told)} <= {*LESSONS}


def test_the_year_in_figures():
    found = year(Settings())
    told = side(found, volume=300)
    assert told.late == found.noticed - START
    assert told.wrong == round((told.before - told.after) * 300 * (WEEKS - START + 1))
    assert "late" in lessons(Settings(), told, told)
    assert lessons(Settings(shift="none"), told, told) == ("quiet",)
