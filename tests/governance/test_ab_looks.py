"""False alarms of repeated looks, and the bounds that prevent them, against published values and simulation."""

import numpy as np
import pytest

from aipm.governance.ab_looks import bounds, false_alarms, inflation


@pytest.mark.parametrize(
    ("looks", "rate"),
    [(1, 0.05), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193), (20, 0.248), (50, 0.320)],
)
def test_false_alarms_as_published(looks, rate):
    """Armitage, McPherson & Rowe (1969), JRSS A 132, table 2: normal observations, nominal level 5 %."""
    assert false_alarms(looks) == pytest.approx(rate, abs=6e-4)


def test_false_alarms_of_five_looks_simulated():
    steps = np.random.default_rng(1).normal(size=(100_000, 5)).cumsum(axis=1) / np.sqrt(np.arange(1, 6))
    assert (np.abs(steps) > 1.959964).any(axis=1).mean() == pytest.approx(false_alarms(5), abs=0.004)


def test_bounds_as_published():
    """Spending like O'Brien & Fleming and like Pocock, two-sided 5 %, five looks: ldbounds and gsDesign (R)."""
    assert bounds(5, "obrien_fleming").z == pytest.approx((4.8769, 3.3569, 2.6803, 2.2898, 2.0310), abs=2e-4)
    assert bounds(5, "pocock").z == pytest.approx((2.4380, 2.4268, 2.4101, 2.3966, 2.3859), abs=2e-4)
    assert bounds(3, "obrien_fleming").z == pytest.approx((3.710, 2.511, 1.993), abs=6e-4)


def test_one_sided_bounds_as_published():
    """SeqBounds (Julia), README: one-sided 5 %, four looks."""
    one = bounds(4, "obrien_fleming", two_sided=False)
    assert one.z == pytest.approx((3.74955, 2.53993, 2.01604, 1.72014), abs=2e-4)
    assert one.spent == pytest.approx((8.85754e-5, 0.0055746, 0.0236251, 0.05), abs=1e-6)


@pytest.mark.parametrize("spending", ["obrien_fleming", "pocock"])
@pytest.mark.parametrize("looks", [1, 2, 5, 30])
def test_the_bounds_spend_the_level_and_no_more(spending, looks):
    found = bounds(looks, spending)
    assert found.spent[-1] == pytest.approx(0.05)
    assert len(found.z) == looks
    if looks == 1:
        assert found.z == pytest.approx((1.959964,), abs=1e-5)


@pytest.mark.parametrize("spending", ["obrien_fleming", "pocock"])
def test_with_the_bounds_false_alarms_and_power_are_as_promised(spending):
    looks, chance = 5, np.random.default_rng(2)
    walk = chance.normal(size=(60_000, looks)).cumsum(axis=1)
    root, z = np.sqrt(np.arange(1, looks + 1)), np.array(bounds(looks, spending).z)
    assert (np.abs(walk / root) > z).any(axis=1).mean() == pytest.approx(0.05, abs=0.004)
    # The drift of a single test at 80 % power, stretched as the plan is.
    drift = (1.959964 + 0.841621) * np.sqrt(inflation(looks, spending, alpha=0.05, power=0.8, two_sided=True))
    moved = walk + drift / np.sqrt(looks) * np.arange(1, looks + 1)
    assert (moved / root > z).any(axis=1).mean() == pytest.approx(0.8, abs=0.007)


def test_an_early_stop_that_is_easier_costs_more_people():
    strict, alike = (inflation(5, each, alpha=0.05, power=0.8, two_sided=True) for each in ("obrien_fleming", "pocock"))
    assert 1 < strict < alike
    assert strict == pytest.approx(1.025, abs=0.01)
