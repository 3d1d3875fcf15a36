"""An A/B test read afterwards: the split, published intervals, simulated coverage, and every verdict by hand."""

from dataclasses import replace

import numpy as np
import pytest

from aipm.governance.ab_reading import due, guarded, holm, readings, split, unfit
from aipm.governance.ab_test import AbTest, Arm


def arms(*pairs):
    return tuple(Arm(id=f"r{place}", users=users, yes=yes) for place, (users, yes) in enumerate(pairs, start=1))


def only(test):
    (found,) = readings(test)
    return found


def test_the_split_as_published():
    """Kohavi, Tang & Xu (2020), chapter 21, scenario 1: 821,588 and 815,482 users, p = 1.8E-6."""
    found = split(arms((821_588, 0), (815_482, 0)))
    assert found.p == pytest.approx(1.8e-6, rel=0.02)
    assert found.fault


def test_a_split_as_it_should_be():
    found = split(arms((5_010, 0), (4_990, 0)))
    assert not found.fault
    assert found.shares == pytest.approx((0.501, 0.499))
    assert split(arms((10, 0))) is None
    assert split((Arm(id="r1", users=10), Arm(id="r2"))) is None


def test_an_interval_as_published():
    """Newcombe (1998), Statistics in Medicine 17, table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339."""
    found = only(AbTest(arms=arms((80, 48), (70, 56))))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.difference == pytest.approx(0.2)
    assert found.level == pytest.approx(0.95)
    assert not found.exact


def test_an_average_by_hand():
    # Error √(4/100 + 4/100) = 0.2828; Student's t on 198 degrees of freedom: 1.972.
    given = (Arm(id="r1", users=100, mean=10.0, spread=2.0), Arm(id="r2", users=100, mean=11.0, spread=2.0))
    found = only(AbTest(kind="mean", baseline=10.0, spread=2.0, difference=0.5, arms=given))
    assert (found.low, found.high) == pytest.approx((1 - 0.5578, 1 + 0.5578), abs=1e-3)
    assert found.p == pytest.approx(0.000513, abs=2e-5)


@pytest.mark.parametrize(
    ("pairs", "better", "verdict"),
    [
        (((5_000, 500), (5_000, 620)), "higher", "ship"),
        (((50_000, 5_000), (50_000, 5_450)), "higher", "small"),
        (((50_000, 5_000), (50_000, 5_050)), "higher", "not_shown"),
        (((500, 50), (500, 55)), "higher", "not_enough"),
        (((5_000, 620), (5_000, 500)), "higher", "harmful"),
        (((5_000, 620), (5_000, 500)), "lower", "ship"),
        (((5_000, 500), (5_000, 620)), "lower", "harmful"),
    ],
)
def test_every_verdict(pairs, better, verdict):
    assert only(AbTest(difference=0.02, better=better, arms=arms(*pairs))).verdict == verdict


def test_small_counts_are_tested_exactly():
    """Fisher's tea lady: 3 and 1 of 4, two-sided p = 0.4857."""
    found = only(AbTest(baseline=0.5, difference=0.2, arms=arms((4, 1), (4, 3))))
    assert found.exact
    assert found.p == pytest.approx(0.4857, abs=1e-4)
    assert found.verdict == "not_enough"


def test_several_variants_are_adjusted():
    test = AbTest(variants=3, arms=arms((5_000, 500), (5_000, 580), (5_000, 505)))
    first, second = readings(test)
    alone = only(AbTest(arms=test.arms[:2]))
    assert first.level == pytest.approx(0.975)
    assert first.p == pytest.approx(2 * alone.p)  # Holm: the smallest of two is doubled
    assert first.low < alone.low
    assert second.verdict in {"not_enough", "not_shown"}


def test_holms_steps_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([0.6, 0.9]) == (1.0, 1.0)


def test_events_of_the_same_user_widen_the_interval():
    test = AbTest(arms=arms((5_000, 500), (5_000, 560)))
    wide = replace(test, by_event=True, events_each=5.0, icc=0.25)
    assert only(wide).high - only(wide).low == pytest.approx((only(test).high - only(test).low) * 2**0.5, rel=0.01)


def test_before_the_last_look_the_rule_decides():
    test = AbTest(looks=4, spending="obrien_fleming", arms=arms((2_000, 200), (2_000, 250)))
    assert only(test).verdict == "ship"  # as if it were the end
    look = due(test, 4_000)
    assert (look.look, look.p) == (2, pytest.approx(0.00305, abs=1e-4))
    early = readings(test, planned=4_000)[0]
    assert early.p < 0.05
    assert early.verdict == "not_enough"
    assert readings(test, planned=100_000)[0].verdict == "not_enough"
    assert due(test, 100_000).look == 0
    assert due(test, 2_000).look == 4
    assert due(replace(test, spending="none"), 4_000) is None


@pytest.mark.parametrize(
    ("pairs", "guard"),
    [
        (((4_000, 80), (4_000, 82)), "held"),
        (((400, 8), (400, 9)), "not_shown"),
        (((4_000, 80), (4_000, 200)), "broken"),
    ],
)
def test_the_guardrail_holds_only_where_harm_is_ruled_out(pairs, guard):
    test = AbTest(guardrail_share=0.02, margin=0.01, guardrail_arms=arms(*pairs))
    assert guarded(test)[0].guard == guard
    mirrored = tuple((users, users - yes) for users, yes in pairs)
    other = replace(test, guardrail_bad=False, guardrail_arms=arms(*mirrored))
    assert guarded(other)[0].guard == guard


def test_what_cannot_be_is_not_read():
    assert unfit(AbTest(), Arm(id="r1", users=10, yes=11))
    assert unfit(AbTest(), Arm(id="r1", users=1, yes=1))
    assert unfit(AbTest(kind="mean"), Arm(id="r1", users=10, mean=1.0, spread=0.0))
    assert not unfit(AbTest(kind="count"), Arm(id="r1", users=10, yes=30))
    assert readings(AbTest(arms=arms((10, 11), (10, 5)))) == ()
    assert readings(AbTest(arms=arms((10, 5), (10, 11)))) == ()


def test_nothing_counted_at_all_is_no_error():
    nobody = arms((100, 0), (100, 0))
    assert only(AbTest(kind="count", baseline=1.0, arms=nobody)).verdict == "not_enough"
    assert only(AbTest(arms=nobody)).verdict == "not_enough"


@pytest.mark.parametrize("kind", ["share", "mean", "count"])
def test_intervals_cover_the_truth_as_often_as_they_say(kind):
    """1,000 tests each: 95 % within three standard errors (2 points)."""
    chance, covered = np.random.default_rng(17), 0
    for _ in range(1_000):
        if kind == "mean":
            drawn = [chance.normal(mean, spread, 60) for mean, spread in ((3.0, 1.0), (3.5, 3.0))]
            given = tuple(
                Arm(id=f"r{i}", users=60, mean=float(each.mean()), spread=float(each.std(ddof=1)))
                for i, each in enumerate(drawn)
            )
            truth, test = 0.5, AbTest(kind="mean", baseline=3.0, spread=1.0, difference=0.5, arms=given)
        elif kind == "share":
            given = arms(*((200, int(chance.binomial(200, level))) for level in (0.1, 0.18)))
            truth, test = 0.08, AbTest(arms=given)
        else:
            given = arms(*((80, int(chance.poisson(80 * level))) for level in (1.0, 1.4)))
            truth, test = 0.4, AbTest(kind="count", baseline=1.0, difference=0.1, arms=given)
        found = only(test)
        covered += found.low <= truth <= found.high
    assert 0.93 <= covered / 1_000 <= 0.97
