"""An A/B plan against published sizes and against simulated tests; what cannot be planned; the file and back."""

from dataclasses import replace
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.ab_plan import corrected, design_effect, detectable, lacks, levers, not_worse_size, plan, power_of
from aipm.governance.ab_test import AbTest, Arm
from aipm.governance.forms import from_json, to_json

MEAN = AbTest(kind="mean", baseline=10.0, spread=1.0, difference=1.0)


def test_shares_as_r_plans_them():
    """R's help on power.prop.test: 0.740 at n = 50; n = 76.7 at 0.9; p2 = 0.8026 at n = 50 and 0.9."""
    test = AbTest(baseline=0.5, difference=0.25, power=0.9)
    assert power_of(test, 50) == pytest.approx(0.7401659, abs=1e-6)
    found = plan(test)
    assert found.simple == pytest.approx(76.7, abs=0.05)
    assert found.users == 77
    assert detectable(replace(test, users_a_day=100), 1) == pytest.approx(0.8026 - 0.5, abs=1e-4)


def test_averages_as_r_plans_them():
    """R's help on power.t.test: power 0.8689528 at n = 20, delta 1; n = 22.02110 at 0.9."""
    assert power_of(MEAN, 20) == pytest.approx(0.8689528, abs=1e-6)
    found = plan(replace(MEAN, power=0.9))
    assert found.simple == pytest.approx(22.02110, abs=1e-4)


def test_counts_by_hand():
    # (1.95996 + 0.84162)² × (2 + 2.2) / 0.2² for Poisson counts; twice that where the variance is twice the mean.
    test = AbTest(kind="count", baseline=2.0, difference=0.2)
    assert plan(test).simple == pytest.approx(7.84888 * 4.2 / 0.04, rel=1e-4)
    assert plan(replace(test, spread=2.0)).simple == pytest.approx(2 * plan(test).simple)


def test_a_relative_difference_is_the_same_plan():
    one, other = plan(AbTest(baseline=0.1, difference=0.02)), plan(AbTest(baseline=0.1, difference=0.2, relative=True))
    assert one.users == other.users
    assert other.difference == pytest.approx(0.02)
    assert other.relative == pytest.approx(0.2)


def test_down_is_as_far_as_up_between_the_same_two_shares():
    up = plan(AbTest(baseline=0.1, difference=0.02))
    down = plan(AbTest(baseline=0.12, difference=0.02, better="lower"))
    assert down.users == up.users
    assert down.difference == -0.02


def test_losses_traffic_and_whole_weeks():
    found = plan(AbTest(loss=0.2, traffic=0.5, users_a_day=1_000))
    assert found.measured == 3_841
    assert found.users == ceil(3_841 / 0.8)
    assert found.days == pytest.approx(2 * found.users / 500)
    assert found.whole_days == 21
    assert plan(AbTest(users_a_day=None)).whole_days is None
    assert plan(AbTest(users_a_day=1e6)).whole_days == 7


def test_events_of_the_same_user_count_for_less():
    test = AbTest(by_event=True, events_each=5.0, icc=0.1)
    assert design_effect(test) == pytest.approx(1.4)
    found = plan(test)
    assert found.measured == ceil(3_840.8475 * 1.4 / 5)
    assert found.events == found.measured * 5
    assert plan(replace(test, icc=0.0)).measured == ceil(3_840.8475 / 5)
    assert plan(replace(test, icc=1.0)).measured == 3_841  # all the same: as if each came once


def test_several_variants_share_the_level():
    test = AbTest(variants=4)
    assert corrected(test) == pytest.approx(0.05 / 3)
    assert plan(test).simple == pytest.approx(plan(AbTest(significance=0.05 / 3)).simple)
    assert plan(test).all_users == 4 * plan(test).users


def test_one_sided_needs_fewer_and_says_so():
    found = plan(AbTest(sides="one"))
    assert found.simple == pytest.approx(plan(AbTest(significance=0.1)).simple)
    assert "one_sided" in found.cautions


def test_a_rule_for_looks_costs_a_few_more():
    strict, alike = (plan(AbTest(looks=5, spending=each)) for each in ("obrien_fleming", "pocock"))
    assert 1 < strict.inflation < 1.05 < alike.inflation < 1.3
    assert strict.measured == ceil(strict.simple * strict.inflation)
    assert strict.power == pytest.approx(0.8, abs=0.001)
    assert "peeking" in plan(AbTest(looks=5)).cautions


def test_a_guardrail_by_hand():
    # (1.64485 + 0.84162)² × 2 × 0.8 × 0.2 / 0.1² = 197.8
    test = AbTest(guardrail_share=0.8, margin=0.1, significance=0.1)
    assert not_worse_size(test) == 198
    assert not_worse_size(replace(test, significance=0.05, sides="one")) == 198
    assert not_worse_size(AbTest(margin=0.1)) is None


@pytest.mark.parametrize(
    ("test", "lacking"),
    [
        (AbTest(baseline=None), "baseline"),
        (AbTest(difference=None), "difference"),
        (AbTest(difference=0.0), "difference"),
        (AbTest(kind="mean"), "spread"),
        (AbTest(baseline=0.95, difference=0.1), "beyond"),
        (AbTest(baseline=0.05, difference=0.1, better="lower"), "beyond"),
        (AbTest(baseline=0.0), "edge"),
        (AbTest(baseline=1.0, difference=0.1, better="lower"), "edge"),
        (AbTest(kind="count", baseline=0.0), "edge"),
        (AbTest(kind="mean", baseline=0.0, spread=1.0, relative=True), "difference"),
        (AbTest(by_event=True, icc=None), "events"),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_planned(test, lacking):
    assert lacking in lacks(test)
    assert plan(test) is None


@pytest.mark.parametrize(
    ("test", "caution"),
    [
        (AbTest(users_a_day=10_000), "short"),
        (AbTest(users_a_day=100), "long"),
        (AbTest(users_a_day=10), "hopeless"),
        (AbTest(baseline=0.001, difference=0.05), "exact"),
        (AbTest(power=0.6), "weak"),
        (AbTest(variants=3), "variants"),
        (AbTest(loss=0.4), "loss"),
        (AbTest(by_event=True, icc=0.5), "cluster"),
    ],
)
def test_each_caution_is_given(test, caution):
    assert caution in plan(test).cautions


def test_a_sound_plan_has_none():
    assert plan(AbTest()).cautions == ()


def test_what_would_shorten_a_hopeless_test():
    test = AbTest(users_a_day=20, traffic=0.5, variants=3, power=0.9, loss=0.1)
    now, found = plan(test), levers(test)
    assert set(found) == {"difference", "traffic", "variants", "power", "loss"}
    assert all(days < now.whole_days for days in found.values())
    assert found["traffic"] == plan(replace(test, traffic=1.0)).whole_days


@given(
    baseline=st.floats(0.02, 0.9),
    difference=st.floats(0.005, 0.08),
    power=st.floats(0.55, 0.95),
    kind=st.sampled_from(["share", "mean", "count"]),
)
def test_the_size_has_the_power_and_the_detectable_difference_leads_back(baseline, difference, power, kind):
    test = AbTest(kind=kind, baseline=baseline, difference=difference, power=power, spread=0.4, users_a_day=1_000)
    found = plan(test)
    assert power - 1e-3 <= found.power
    assert power_of(test, max(found.measured * 0.8, 2)) < found.power + 1e-9
    days = 2 * found.measured / 1_000
    assert detectable(test, days) <= difference * 1.001


@pytest.mark.parametrize("kind", ["share", "mean", "count"])
def test_simulated_tests_find_the_difference_as_often_as_planned(kind):
    """4,000 tests: within four standard errors (2.5 points) of 80 %."""
    test = {
        "share": AbTest(baseline=0.2, difference=0.06),
        "mean": AbTest(kind="mean", baseline=3.0, spread=2.0, difference=0.5),
        "count": AbTest(kind="count", baseline=1.5, difference=0.25),
    }[kind]
    found, chance, draws = plan(test), np.random.default_rng(11), 4_000
    n = found.measured
    if kind == "share":
        sums = [chance.binomial(n, level, draws) / n for level in (test.baseline, found.target)]
        errors = [np.sqrt(2 * (sums[0] + sums[1]) / 2 * (1 - (sums[0] + sums[1]) / 2) / n)]
    elif kind == "mean":
        drawn = [chance.normal(level, 2.0, (draws, n)) for level in (3.0, 3.5)]
        sums = [each.mean(axis=1) for each in drawn]
        errors = [np.sqrt(sum(each.var(axis=1, ddof=1) for each in drawn) / n)]
    else:
        sums = [chance.poisson(n * level, draws) / n for level in (test.baseline, found.target)]
        errors = [np.sqrt((sums[0] + sums[1]) / n)]
    power = (np.abs(sums[1] - sums[0]) / errors[0] > 1.96).mean()
    assert power == pytest.approx(found.power, abs=0.03)


def test_simulated_events_of_alike_users_need_the_design_effect():
    """Shares of users vary so that the intra-class correlation is 0.2; each user brings ten events."""
    test = AbTest(baseline=0.3, difference=0.05, by_event=True, events_each=10.0, icc=0.2)
    found, chance, draws = plan(test), np.random.default_rng(13), 1_500
    n, means = found.measured, []
    for level in (0.3, found.target):
        strength = 1 / 0.2 - 1  # a beta-binomial's correlation is 1 / (a + b + 1)
        own = chance.beta(level * strength, (1 - level) * strength, (draws, n))
        means.append(chance.binomial(10, own) / 10)
    error = np.sqrt(sum(each.var(axis=1, ddof=1) for each in means) / n)
    power = (np.abs(means[1].mean(axis=1) - means[0].mean(axis=1)) / error > 1.96).mean()
    assert power == pytest.approx(0.8, abs=0.04)


def test_the_form_comes_back_from_its_file():
    test = AbTest(
        compared="=2+2", kind="count", arms=(Arm(id="r1", users=10.0, yes=3.0), Arm(id="r2", name="new", users=12.0))
    )
    opened = from_json(to_json({"ab_test": test}, saved="now"))
    assert opened.forms["ab_test"] == test
    assert not opened.unread
