"""One answer from many strata: against published numbers, statsmodels, by hand, and by simulated samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.fairness import intervals
from aipm.fairness.samples import BERKELEY
from aipm.fairness.significance import two_proportions
from aipm.fairness.special import Z
from aipm.fairness.strata_tests import (
    cochran_mantel_haenszel,
    equal_differences,
    equal_odds_ratios,
    equal_ratios,
    odds_ratio,
    risk_difference,
    risk_ratio,
    standardised,
)


def berkeley(first="women", second="men"):
    """Four arrays over the departments: admitted and applied of the one, then of the other."""
    return tuple(
        np.array([sides[who][k] for sides in BERKELEY.values()], float) for who in (first, second) for k in (0, 1)
    )


def test_berkeley_as_published():
    # R documentation, ?mantelhaen.test with UCBAdmissions: odds ratio .9046968 (men : women), .7719074 to 1.0603298.
    assert [float(each) for each in odds_ratio(*berkeley("men", "women"))] == pytest.approx(
        [0.9046968, 0.7719074, 1.0603298], abs=5e-8
    )
    # The other way round 1.105; the test without continuity correction is 1.52, p = .22.
    assert float(odds_ratio(*berkeley())[0]) == pytest.approx(1.1053, abs=5e-5)
    statistic, p_value = cochran_mantel_haenszel(*berkeley())
    assert (float(statistic), float(p_value)) == pytest.approx((1.5246, 0.2169), abs=5e-5)
    # The departments disagree, because of A (Breslow-Day 18.83 on 5 degrees of freedom, p = .002).
    statistic, p_value = equal_odds_ratios(*berkeley())
    assert (float(statistic), float(p_value)) == pytest.approx((18.826, 0.00207), rel=1e-3)


def tables(hits, rows, other_hits, other_rows):
    return [np.array([[a, n - a], [b, m - b]]) for a, n, b, m in zip(hits, rows, other_hits, other_rows, strict=True)]


@pytest.mark.parametrize("seed", range(6))
def test_against_statsmodels(seed):
    from statsmodels.stats.contingency_tables import StratifiedTable

    random = np.random.default_rng(seed)
    rows, other_rows = random.integers(20, 300, (2, 7)).astype(float)
    hits, other_hits = (
        random.binomial(n.astype(int), 0.2 + 0.5 * random.random(7)).astype(float) for n in (rows, other_rows)
    )
    ours, oracle = (hits, rows, other_hits, other_rows), StratifiedTable(tables(hits, rows, other_hits, other_rows))
    value, low, high = odds_ratio(*ours)
    assert float(value) == pytest.approx(oracle.oddsratio_pooled)
    assert (float(low), float(high)) == pytest.approx(oracle.oddsratio_pooled_confint())
    assert float(risk_ratio(*ours)[0]) == pytest.approx(oracle.riskratio_pooled)
    null, agree = oracle.test_null_odds(correction=False), oracle.test_equal_odds(adjust=True)
    assert [float(each) for each in cochran_mantel_haenszel(*ours)] == pytest.approx([null.statistic, null.pvalue])
    assert [float(each) for each in equal_odds_ratios(*ours)] == pytest.approx([agree.statistic, agree.pvalue])


def test_two_strata_by_hand():
    # Stratum 1: 8 of 10 against 5 of 10; stratum 2: 2 of 10 against 1 of 10. Weights 10 × 10 / 20 = 5 each.
    ours = tuple(np.array(each, float) for each in ((8, 2), (10, 10), (5, 1), (10, 10)))
    assert float(risk_difference(*ours)[0]) == pytest.approx(0.2)  # mean of .3 and .1
    assert float(risk_ratio(*ours)[0]) == pytest.approx(10 / 6)  # (4 + 1) / (2.5 + .5)
    assert float(odds_ratio(*ours)[0]) == pytest.approx((8 * 5 + 2 * 9) / (2 * 5 + 8 * 1))
    assert float(standardised(ours[0], ours[1], np.array([3.0, 1.0]))[0]) == pytest.approx(0.75 * 0.8 + 0.25 * 0.2)


def test_one_stratum_is_the_test_used_everywhere_else():
    one = tuple(np.array([each], float) for each in (130, 400, 160, 390))
    assert float(cochran_mantel_haenszel(*one)[1]) == pytest.approx(float(two_proportions(*one)[0]))
    assert np.isnan(equal_odds_ratios(*one)[1])


def test_too_little_for_the_test_is_said_and_not_guessed():
    few = tuple(np.array(each, float) for each in ((2, 1), (4, 3), (0, 1), (3, 4)))
    assert np.isnan(cochran_mantel_haenszel(*few)[1])


def test_strata_that_agree_on_one_measure_may_disagree_on_another():
    rows = np.full(3, 4_000.0)
    low, high = np.array([0.1, 0.3, 0.5]), np.array([0.2, 0.4, 0.6])  # always ten points apart
    ours = (high * rows, rows, low * rows, rows)
    assert float(equal_differences(*ours)) > 0.9
    assert float(equal_ratios(*ours)) < 0.001
    assert float(equal_odds_ratios(*ours)[1]) < 0.001


Strata = st.lists(st.tuples(*[st.integers(1, 60), st.floats(0, 1)] * 2), min_size=1, max_size=6)


@given(Strata)
def test_laws(strata):
    rows, share, other_rows, other_share = (np.array(each, float) for each in zip(*strata, strict=True))
    hits, other_hits = np.round(share * rows), np.round(other_share * other_rows)
    ours, turned = (hits, rows, other_hits, other_rows), (other_hits, other_rows, hits, rows)
    for measure in (odds_ratio, risk_ratio):
        there, back = float(measure(*ours)[0]), float(measure(*turned)[0])
        assert np.isnan(there) == np.isnan(back)
        assert np.isnan(there) or there * back == pytest.approx(1)
    assert float(risk_difference(*ours)[0]) == pytest.approx(-float(risk_difference(*turned)[0]))
    np.testing.assert_allclose(cochran_mantel_haenszel(*ours), cochran_mantel_haenszel(*turned), rtol=1e-9)
    # A stratum in which nobody can be compared says nothing.
    longer = tuple(np.append(each, 0.0) for each in ours)
    for function in (odds_ratio, risk_ratio, risk_difference, cochran_mantel_haenszel, equal_odds_ratios):
        np.testing.assert_allclose(function(*longer), function(*ours), rtol=1e-9)
    # Standardised to its own mix, a group has its crude rate.
    value, size = standardised(hits, rows, rows)
    assert float(value) == pytest.approx(hits.sum() / rows.sum())
    assert float(size) > 0


DESIGNS = (
    ((0.62, 0.63, 0.37, 0.33, 0.28, 0.06), (108, 25, 593, 375, 393, 341), (825, 560, 325, 417, 191, 373)),
    ((0.1,) * 4, (30,) * 4, (40,) * 4),
    ((0.5,) * 10, (10,) * 10, (15,) * 10),
    ((0.9, 0.8, 0.5, 0.2), (5, 10, 60, 100), (100, 60, 20, 5)),
    ((0.3,) * 20, (5,) * 20, (6,) * 20),
)
"""Rates, rows of the group and rows of the reference, a stratum each: from Berkeley's to many tiny ones."""


@pytest.mark.parametrize(("rates", "rows", "other_rows"), DESIGNS)
def test_intervals_keep_their_level(rates, rows, other_rows):
    """Of 95 % intervals at least 94 % hold the truth, and of tests at 5 % at most 6.5 % cry wolf (8,000 samples)."""
    random, shape = np.random.default_rng(1975), (8_000, len(rates))
    p = np.array(rates)
    n, m = (np.broadcast_to(np.array(each, float), shape) for each in (rows, other_rows))
    hits, other_hits = (random.binomial(each.astype(int), p).astype(float) for each in (n, m))
    mix = n + m
    truth = float((mix[0] * p).sum() / mix[0].sum())
    (value, size), (other, other_size) = standardised(hits, n, mix), standardised(other_hits, m, mix)
    four = (value * size, size, other * other_size, other_size)

    def covered(bounds, true):
        low, high = bounds
        return float(((low <= true) & (true <= high)).mean())

    assert covered(intervals.wilson(*four[:2]), truth) > 0.94
    assert covered(intervals.newcombe(*four), 0.0) > 0.94
    assert covered(intervals.donner_zou(*four), 1.0) > 0.94
    ours = (hits, n, other_hits, m)
    assert covered(odds_ratio(*ours)[1:], 1.0) > 0.935
    assert covered(risk_ratio(*ours)[1:], 1.0) > 0.935
    assert covered(risk_difference(*ours)[1:], 0.0) > 0.93
    assert float((cochran_mantel_haenszel(*ours)[1] < 0.05).mean()) < 0.065


def test_weighted_rows_keep_the_level_by_their_effective_number():
    random, rates = np.random.default_rng(3), (0.6, 0.35, 0.1)

    def side(sizes):
        """Samples × strata: effective hits and rows of people with uneven weights."""
        found = []
        for rate, size in zip(rates, sizes, strict=True):
            weight, hit = np.exp(random.normal(0, 0.7, (2_000, size))), random.random((2_000, size)) < rate
            sums = [(weight**power * which).sum(1) for which in (1, hit) for power in (1, 2)]
            rows = intervals.effective_size(*sums)
            found.append((sums[2] / sums[0] * rows, rows))
        return tuple(np.stack(each, axis=1) for each in zip(*found, strict=True))

    ours = (*side((60, 120, 90)), *side((150, 60, 80)))
    assert float((cochran_mantel_haenszel(*ours)[1] < 0.05).mean()) < 0.065
    _, low, high = odds_ratio(*ours)
    assert float(((low <= 1) & (high >= 1)).mean()) > 0.935
    assert float((equal_odds_ratios(*ours)[1] < 0.05).mean()) < 0.065


# What the sums come to in the smallest cases, where there is an older formula or a sum to do by hand


def strata_of(*each):
    """Four arrays from (hits, rows, other hits, other rows), a stratum each."""
    return tuple(np.array(part, float) for part in zip(*each, strict=True))


def test_pairs_of_two_people_are_mcnemar_s_test():
    """McNemar (1947): a stratum a pair, of which 25 favour the one and 12 the other; the 40 in which both fare alike
    tell nothing. (25 − 12)² / (25 + 12) = 4.568.
    """
    pairs = strata_of(*[(1, 1, 0, 1)] * 25, *[(0, 1, 1, 1)] * 12, *[(1, 1, 1, 1)] * 20, *[(0, 1, 0, 1)] * 20)
    assert float(cochran_mantel_haenszel(*pairs)[0]) == pytest.approx(13**2 / 37)
    assert float(odds_ratio(*pairs)[0]) == pytest.approx(25 / 12)


@pytest.mark.parametrize(
    ("stratum", "room"),
    [
        ((5, 10, 5, 10), 5),  # 5 expected of 0 to 10
        ((5, 10, 4, 10), 4.5),  # 4.5 of 0 to 9: down
        ((5, 10, 6, 10), 4.5),  # 5.5 of 1 to 10: up
        (
            (37, 100, 3, 9),
            40 * 9 / 109,
        ),  # 36.7 of 31 to 40: all who have a yes could be of the group, all the group not
        ((63, 100, 6, 9), 40 * 9 / 109),  # 63.3 of 60 to 69: the group cannot have fewer than all less the others
    ],
)
def test_what_is_expected_must_have_room_for_five_either_way(stratum, room):
    """Mantel & Fleiss (1980): from what is expected of the group, to the least and to the most that it could have."""
    assert bool(np.isfinite(cochran_mantel_haenszel(*strata_of(stratum))[0])) == (room >= 5)


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("stratum", [(40, 100, 90, 150), (8, 10, 5, 20), (3, 60, 12, 15)])
def test_the_intervals_of_one_stratum_are_the_well_known_ones_and_four_like_it_halve_them(stratum, times):
    """Of the ratio Katz et al. (1978), of the odds ratio Woolf (1955), of the difference Wald's."""
    a, n, b, m = stratum
    ours = strata_of(*[stratum] * times)
    for measure, variance in (
        (risk_ratio, 1 / a - 1 / n + 1 / b - 1 / m),
        (odds_ratio, 1 / a + 1 / (n - a) + 1 / b + 1 / (m - b)),
    ):
        value, low, high = (float(each) for each in measure(*ours))
        assert (low, high) == pytest.approx([value * np.exp(z * np.sqrt(variance / times)) for z in (-Z, Z)])
    value, low, high = (float(each) for each in risk_difference(*ours))
    half = Z * np.sqrt((a / n * (1 - a / n) / n + b / m * (1 - b / m) / m) / times)
    assert (value, low, high) == pytest.approx((a / n - b / m, value - half, value + half))


def test_a_difference_of_rates_has_no_bound_beyond_one():
    assert float(risk_difference(*strata_of((9, 10, 0, 10)))[2]) == 1  # .9 ± .19
    assert float(risk_difference(*strata_of((0, 10, 9, 10)))[1]) == -1


def test_where_nobody_of_a_side_has_a_hit_there_is_no_common_ratio():
    for stratum in ((0, 50, 20, 50), (20, 50, 0, 50)):
        for measure in (odds_ratio, risk_ratio):
            assert np.isnan(measure(*strata_of(stratum, stratum))).all()


def test_strata_with_under_one_expected_do_not_decide_whether_the_others_agree():
    """The fitted counts of the third stratum are 1.9 or more and count; of the fourth, one is under 1."""
    from statsmodels.stats.contingency_tables import StratifiedTable

    large, sparse = ((60, 100, 30, 100), (30, 90, 35, 80), (4, 12, 2, 11)), (1, 2, 0, 3)
    oracle = StratifiedTable(tables(*strata_of(*large))).test_equal_odds(adjust=True)
    assert [float(each) for each in equal_odds_ratios(*strata_of(*large))] == pytest.approx(
        [oracle.statistic, oracle.pvalue]
    )
    common = odds_ratio(*strata_of(*large))[0]
    with_it = equal_odds_ratios(*strata_of(*large, sparse), common=common)
    assert [float(each) for each in with_it] == pytest.approx([oracle.statistic, oracle.pvalue])
    assert np.isnan(equal_odds_ratios(*strata_of(large[0], sparse))).all()  # of two strata only one is left


@pytest.mark.parametrize(
    ("hits", "rows", "weight", "value", "size"),
    [
        # Variances of .16 and .16 on 9 degrees of freedom, with two rows of .25: (9 × .1778 + 2 × .25) / 11 = .1909.
        ((8, 2), (10, 10), (1, 1), 0.5, 0.25 / (2 * 0.5**2 * (9 * 0.16 * 10 / 9 + 2 * 0.25) / 11 / 10)),
        # Three quarters of the one: .65 × .35 = .2275 for the two rows.
        ((8, 2), (10, 10), (3, 1), 0.65, 0.2275 / ((9 / 16 + 1 / 16) * (1.6 + 2 * 0.2275) / 11 / 10)),
        # Two rows each: .5 and 0 on one degree of freedom, with two of .1875.
        ((1, 0), (2, 2), (1, 1), 0.25, 0.1875 / (0.5**2 * ((0.5 + 2 * 0.1875) + 2 * 0.1875) / 3 / 2)),
        # One row of each has no variance of its own, and counts as the one that it is.
        ((1, 0), (1, 1), (1, 1), 0.5, 2),
        ((0.25,), (0.5,), (1,), 0.5, 0.5),
        # Where all or none have a hit, the rows count as they are.
        ((10, 10), (10, 10), (1, 1), 1.0, 20),
        ((0, 0), (10, 30), (1, 3), 0.0, 40),
        # A stratum without rows, or one that counts for nothing, takes no part.
        ((10, 0), (10, 0), (1, 3), 1.0, 10),
        ((10, 0), (10, 10), (1, 0), 1.0, 10),
    ],
)
def test_how_many_rows_a_standardised_rate_stands_for(hits, rows, weight, value, size):
    found = standardised(*(np.array(each, float) for each in (hits, rows, weight)))
    assert [float(each) for each in found] == pytest.approx([value, size])


def test_a_rate_without_any_stratum_is_not_known_and_rests_on_nobody():
    value, size = standardised(np.zeros(2), np.zeros(2), np.ones(2))
    assert np.isnan(value)
    assert float(size) == 0
