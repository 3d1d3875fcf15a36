"""Tests of significance: held to scipy, to counting out, and to how often they reject what is true."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from aipm.fairness.intervals import calibration_error, difference_limits, donner_zou, mean, newcombe
from aipm.fairness.significance import (
    equal_estimates,
    equal_means,
    family_p_values,
    holm,
    homogeneity,
    rows_to_settle,
    two_estimates,
    two_means,
    two_proportions,
)

NOISE = 3
"""A simulated share may lie this many of its standard errors above what is claimed."""


def rejected(p_values, *, level=0.05):
    """The share of true hypotheses that are rejected, less what the simulation's own noise may add."""
    share = (np.asarray(p_values) < level).mean()
    return share - NOISE * np.sqrt(level * (1 - level) / len(p_values))


# All groups at once


def test_groups_that_differ_all_over_follow_pearson_s_chi_square():
    successes, totals = np.array([30.0, 55, 22, 67]), np.array([100.0, 120, 90, 150])
    expected = stats.chi2_contingency([successes, totals - successes], correction=False).pvalue
    assert homogeneity(successes, totals) == pytest.approx(2 * expected, rel=1e-10)


def test_one_group_apart_from_the_others_follows_the_test_of_that_group():
    successes, totals = np.append(np.tile([47.0, 53, 50], 13), 20), np.full(40, 100.0)
    alone = two_proportions(*np.array([20.0, 100, 50 * 39, 3900]))
    assert homogeneity(successes, totals) == pytest.approx(2 * 40 * float(alone), rel=1e-10)
    assert stats.chi2_contingency([successes, totals - successes], correction=False).pvalue > 0.001


def test_sparse_groups_follow_the_count_of_all_tables():
    """Three groups of 4, 5 and 6 rows and 5 successes: every way to deal them out, weighed by its chance."""
    sizes, seen = np.array([4, 5, 6]), np.array([4, 1, 0])
    dealt = [each for each in product(*(range(size + 1) for size in sizes)) if sum(each) == 5]
    chance = np.array(
        [np.prod([stats.binom.pmf(k, n, 0.5) for k, n in zip(each, sizes, strict=True)]) for each in dealt]
    )
    odd = np.array([((each - sizes / 3) ** 2 / sizes).sum() for each in np.array(dealt)])
    exact = chance[odd >= ((seen - sizes / 3) ** 2 / sizes).sum() - 1e-9].sum() / chance.sum()
    assert 0.001 < exact < 0.02
    assert homogeneity(seen.astype(float), sizes.astype(float)) == pytest.approx(2 * exact, abs=0.008)


def by_gamma(seen, sizes):
    """The tail of the gamma distribution that has the mean and variance of Pearson's statistic over all tables."""
    sizes, hits = np.asarray(sizes), sum(seen)
    tables = np.array([each for each in product(*(range(size + 1) for size in sizes)) if sum(each) == hits])
    chance = np.prod(special.comb(sizes, tables), axis=1) / special.comb(sizes.sum(), hits)
    share = hits / sizes.sum()

    def statistic(table):
        return ((table - sizes * share) ** 2 / (sizes * share * (1 - share))).sum(-1)

    mean = (chance * statistic(tables)).sum()
    variance = (chance * (statistic(tables) - mean) ** 2).sum()
    return stats.gamma.sf(statistic(np.asarray(seen)), mean**2 / variance, scale=variance / mean)


@pytest.mark.parametrize(
    ("seen", "sizes", "counted", "of"),
    [
        ((3, 2, 0), (4, 5, 6), (3, 2, 0), (4, 5, 6)),
        ((5, 0, 3), (9, 8, 10), (5, 0, 3), (9, 8, 10)),
        ((5, 0, 2, 1), (12, 10, 3, 3), (5, 0, 3), (12, 10, 6)),  # .86 are expected of each three: they count as one
        ((4, 0, 0, 1), (9, 8, 1, 1), (4, 0), (9, 8)),  # and of each one .26, of both .53: too few even together
    ],
)
def test_sparse_groups_follow_the_moments_of_all_tables(seen, sizes, counted, of):
    """Nass 1959: the statistic's mean and variance are those over every way to deal the successes out."""
    x, n = np.array(seen, float), np.array(sizes, float)
    apart = len(n) * two_proportions(x, n, x.sum() - x, n.sum() - n).min()
    general = by_gamma(counted, of)
    assert general < apart
    assert homogeneity(x, n) == pytest.approx(2 * general, rel=1e-6)


def test_sparse_groups_follow_shuffling_far_into_the_tail():
    """Ten groups of 15 to 60 rows, of which 1.5 to 6 are expected to succeed, dealt out 200,000 times."""
    sizes = np.array([15, 15, 20, 20, 30, 30, 40, 40, 60, 60])
    marked = sizes.sum() // 10
    dealt = np.random.default_rng(12).multivariate_hypergeometric(sizes, marked, 200_000, method="marginals")
    odd = ((dealt - sizes / 10) ** 2 / sizes).sum(-1)
    for share, within in ((0.3, 0.1), (0.05, 0.1), (0.01, 0.25), (0.002, 0.4)):
        seen = dealt[np.abs(odd - np.quantile(odd, 1 - share)).argmin()]
        exact = (odd >= ((seen - sizes / 10) ** 2 / sizes).sum() - 1e-9).mean()
        apart = 10 * two_proportions(seen, sizes, marked - seen, sizes.sum() - sizes).min()
        found = float(homogeneity(seen, sizes))
        assert found == pytest.approx(min(2 * min(exact, apart), 1), rel=within)


def test_names_and_order_of_equal_sparse_groups_do_not_matter():
    successes, totals = np.array([5.0, 0, 0, 3, 1, 0, 2, 0]), np.array([20.0, 20, 20, 30, 30, 4, 4, 4])
    found = {
        round(float(homogeneity(successes[order], totals[order])), 12)
        for order in (slice(None), [3, 2, 1, 0, 7, 5, 4, 6])
    }
    assert len(found) == 1


def test_hardly_any_success_says_nothing():
    """One success among three groups of 20: it must fall somewhere."""
    assert homogeneity(np.array([1.0, 0, 0]), np.full(3, 20.0)) == 1


def test_nothing_to_compare_is_not_a_number_and_nothing_different_is_1():
    assert np.isnan(homogeneity(np.array([3.0]), np.array([10.0])))
    assert np.isnan(homogeneity(np.array([3.0, 0]), np.array([10.0, 0])))
    assert np.isnan(homogeneity(np.zeros(0), np.zeros(0)))
    assert homogeneity(np.zeros(5), np.full(5, 9.0)) == 1
    assert homogeneity(np.full(5, 9.0), np.full(5, 9.0)) == 1


def test_groups_without_rows_do_not_count_and_order_does_not_matter():
    successes, totals = np.array([30.0, 45, 22, 61]), np.array([100.0, 120, 90, 150])
    whole = homogeneity(successes, totals)
    assert homogeneity(np.append(successes, 0), np.append(totals, 0)) == pytest.approx(float(whole))
    assert homogeneity(successes[::-1], totals[::-1]) == pytest.approx(float(whole))


def test_families_are_tested_side_by_side():
    successes = np.array([[30.0, 45, 22], [1, 0, 6], [8, 9, 0], [0, 0, 0]])
    totals = np.array([[100.0, 120, 90], [20, 20, 20], [40, 30, 0], [10, 10, 10]])
    found = homogeneity(successes, totals)
    assert found.shape == (4,)
    assert found == pytest.approx([float(homogeneity(x, n)) for x, n in zip(successes, totals, strict=True)])
    assert found[2] == two_proportions(*np.array([8.0, 40, 9, 30]))


def test_weighted_counts_lie_near_the_whole_ones():
    successes, totals = np.array([5.0, 0, 1, 1]), np.full(4, 20.0)
    whole = float(homogeneity(successes, totals))
    assert homogeneity(successes * 0.99, totals * 0.99) == pytest.approx(whole, abs=0.02)
    assert 0 < homogeneity(np.array([0.3, 0, 0.1]), np.array([12.5, 8.1, 9.9])) <= 1


def test_one_bad_group_among_two_hundred_small_ones_is_noticed():
    successes = np.random.default_rng(8).binomial(30, 0.5, 200).astype(float)
    assert homogeneity(successes, np.full(200, 30.0)) > 0.05
    successes[7] = 1
    assert homogeneity(successes, np.full(200, 30.0)) < 0.001


@pytest.mark.parametrize(
    ("groups", "rows", "rate"),
    [
        (40, 100, 0.02),
        (40, 100, 0.1),
        (40, 100, 0.5),
        (3, 10, 0.02),
        (3, 10, 0.1),
        (5, 30, 0.02),
        (10, 30, 0.05),
        (20, 20, 0.02),
        (200, 10, 0.1),
        (200, 100, 0.3),
    ],
)
def test_equal_groups_are_called_different_at_most_5_per_cent_of_the_time(groups, rows, rate):
    successes = np.random.default_rng(groups).binomial(rows, rate, (300, groups)).astype(float)
    assert rejected(homogeneity(successes, np.full_like(successes, rows))) <= 0.05


def test_groups_of_very_different_sizes_are_called_different_at_most_5_per_cent_of_the_time():
    sizes = np.geomspace(10, 1000, 12).round()
    for rate in (0.02, 0.05):
        successes = np.random.default_rng(1).binomial(sizes.astype(int), rate, (2000, 12)).astype(float)
        found = homogeneity(successes, np.broadcast_to(sizes, successes.shape))
        assert rejected(found) <= 0.05
        assert rejected(found, level=0.005) <= 0.005  # so deep goes the correction for the families of one audit


# Pairs


def test_fisher_s_tea_taster():
    """Agresti 2002, section 3.5: 3 of 4 against 1 of 4, mid-P .129 on one side."""
    assert two_proportions(*np.array([3.0, 4, 1, 4])) == pytest.approx(2 * (1 / 70 + 16 / 70 / 2))


def test_small_counts_are_exact():
    """Twice Fisher's one-sided p-value, less the chance of what was seen, which mid-P counts by half on each side."""
    generator = np.random.default_rng(2)
    n, m = generator.integers(3, 19, (2, 200))
    x, y = generator.binomial(n, 0.3), generator.binomial(m, 0.6)
    tables = [[[a, b - a], [c, d - c]] for a, b, c, d in zip(x, n, y, m, strict=True)]
    sides = [[stats.fisher_exact(table, side).pvalue for table in tables] for side in ("less", "greater")]
    seen = stats.hypergeom.pmf(x, n + m, x + y, n)
    np.testing.assert_allclose(two_proportions(x, n, y, m), np.minimum(2 * np.min(sides, axis=0) - seen, 1), rtol=1e-9)


def test_large_counts_follow_the_score_test():
    table = np.array([[300, 700], [250, 950]])
    statistic = stats.chi2_contingency(table, correction=False).statistic * 2199 / 2200  # N − 1: Campbell 2007
    assert two_proportions(*np.array([300.0, 1000, 250, 1200])) == pytest.approx(stats.chi2.sf(statistic, 1), rel=1e-9)


def test_exact_and_score_test_meet_where_one_takes_over():
    """About ten expected successes: below and above that the answers must not jump."""
    below = two_proportions(*np.array([16.0, 100, 3.9, 100]))
    above = two_proportions(*np.array([16.0, 100, 4.1, 100]))
    assert below == pytest.approx(float(above), rel=0.25)


@given(st.integers(1, 400), st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_a_pair_s_p_value_is_a_probability_that_turns_over_with_the_groups_and_the_outcome(n, m, share, other):
    x, y = round(share * n), round(other * m)
    p = float(two_proportions(*np.array([x, n, y, m], float)))
    assert 0 <= p <= 1
    assert two_proportions(*np.array([y, m, x, n], float)) == pytest.approx(p, rel=1e-6, abs=1e-12)
    assert two_proportions(*np.array([n - x, n, m - y, m], float)) == pytest.approx(p, rel=1e-6, abs=1e-12)


def test_fractional_counts_lie_between_whole_ones():
    x = np.linspace(0, 12, 49)
    p = two_proportions(x, 12.0, 60.0, 100.0)
    assert (np.diff(p[: np.argmax(p)]) > 0).all()
    assert (np.diff(p[np.argmax(p) :]) < 1e-12).all()
    assert 0 < two_proportions(*np.array([0.4, 7.3, 3.1, 15.8])) <= 1


def test_no_rows_no_p_value_and_no_difference_no_surprise():
    assert np.isnan(two_proportions(*np.array([[0.0, 1], [0, 5], [1, 0], [5, 0]]))).all()
    assert two_proportions(*np.array([0.0, 10, 0, 20])) == 1
    assert two_proportions(*np.array([10.0, 10, 20, 20])) == 1


def test_extreme_differences_are_not_1():
    assert two_proportions(*np.array([1000.0, 1000, 0, 1000])) < 1e-100
    assert two_proportions(*np.array([9.0, 9, 3, 100000])) < 1e-15


@pytest.mark.parametrize(("n", "m"), [(10, 10), (10, 1000), (30, 60), (100, 100)])
def test_equal_pairs_are_called_different_about_5_per_cent_of_the_time_at_most(n, m):
    """Exact, over rates: mid-P may go a little above the level (never above 6.5 %) and is below it on average."""
    rates = np.linspace(0.02, 0.5, 25)[:, None]
    x, y = np.arange(n + 1), np.arange(m + 1)
    rejects = two_proportions(x[:, None], n, y, m) < 0.05
    share = np.einsum("ri,ij,rj->r", stats.binom.pmf(x, n, rates), rejects.astype(float), stats.binom.pmf(y, m, rates))
    assert share.max() <= 0.065
    assert share.mean() <= 0.052


def test_p_values_of_pairs_mostly_agree_with_the_interval_of_the_difference():
    generator = np.random.default_rng(3)
    n, m = generator.integers(10, 500, (2, 3000)).astype(float)
    x = generator.binomial(n.astype(int), 0.3).astype(float)
    y = generator.binomial(m.astype(int), 0.4).astype(float)
    low, high = newcombe(x, n, y, m)
    assert (((low > 0) | (high < 0)) == (two_proportions(x, n, y, m) < 0.05)).mean() > 0.97


# Means and other numbers


def test_two_means_by_hand():
    # means 10 and 12, standard errors .6 and .8 of 900 rows each: z = 2 / 1
    found = two_means(*np.array([10.0, 0.6, 900, 12, 0.8, 900]))
    pooled = (0.6**2 + 0.8**2) / 2 * 900  # the smaller variance is raised to that of both together
    spread = np.sqrt(pooled / 900 + 0.8**2 * (stats.t.ppf(0.975, 899) / 1.959964) ** 2)
    assert found == pytest.approx(2 * stats.norm.sf(2 / spread), rel=1e-4)


def test_equal_means_ignore_tiny_groups_and_need_two():
    values, errors, rows = np.array([1.0, 1.1, 9.0]), np.array([0.1, 0.1, 0.1]), np.array([50.0, 50, 2])
    assert equal_means(values, errors, rows) == pytest.approx(float(equal_means(values[:2], errors[:2], rows[:2])))
    assert np.isnan(equal_means(values[:1], errors[:1], rows[:1]))
    assert equal_means(np.array([1.0, 1.5, 1.0]), np.full(3, 0.05), np.full(3, 100.0)) < 1e-6


@pytest.mark.parametrize("groups", [2, 40])
@pytest.mark.parametrize("kind", ["score", "brier"])
def test_equal_means_are_called_different_at_most_5_per_cent_of_the_time(groups, kind):
    """Scores of a rare event and their squared errors: most are near 0, few are large; Welch's test rejects more."""
    generator = np.random.default_rng(4)
    score = generator.beta(0.5, 5, (300, groups, 100))
    values = score if kind == "score" else (score - (generator.random(score.shape) < score)) ** 2
    rows = np.full((300, groups), 100.0)
    value, _, _, error = mean(values.sum(-1), (values**2).sum(-1), rows, rows)
    assert rejected(equal_means(value, error, rows)) <= 0.05


def test_two_estimates_differ_exactly_where_the_interval_of_their_difference_excludes_0():
    generator = np.random.default_rng(5)
    value, other = generator.random((2, 1000))
    low, other_low = value - generator.random(1000) * 0.5, other - generator.random(1000) * 0.5
    high, other_high = value + generator.random(1000) * 0.5, other + generator.random(1000) * 0.5
    below, above = difference_limits(value, low, high, other, other_low, other_high)
    p = two_estimates(value, low, high, other, other_low, other_high)
    np.testing.assert_array_equal(p < 0.05, (below > 0) | (above < 0))
    assert two_estimates(*np.array([0.5, 0.4, 0.6, 0.5, 0.1, 0.9])) == 1
    assert two_estimates(*np.full(6, 0.5)) == 1  # known exactly, and the same


def test_equal_estimates_of_two_even_intervals_are_cochran_s_q():
    # 1 ± 1.96 × .3 and 3 ± 1.96 × .4: Q = 2² / (.3² + .4²) = 16
    value, arm = np.array([1.0, 3.0]), 1.959963984540054 * np.array([0.3, 0.4])
    assert equal_estimates(value, value - arm, value + arm) == pytest.approx(stats.chi2.sf(16, 1), rel=1e-6)
    assert np.isnan(equal_estimates(value[:1], value[:1] - 1, value[:1] + 1))


def test_small_groups_are_not_called_worse_calibrated_because_they_are_small():
    """The calibration error of 50 rows is far larger than that of 2,000, by noise alone."""
    promise = np.linspace(0.05, 0.95, 10)
    sizes = np.array([50, 200, 2000, 50])
    generator = np.random.default_rng(6)
    found = []
    for _ in range(100):
        cells = np.array([generator.multinomial(n, np.concatenate([promise, 1 - promise]) / 10) for n in sizes])
        totals, came = (cells[:, :10] + cells[:, 10:]).astype(float), cells[:, :10].astype(float)
        value, low, high, _ = calibration_error(totals, totals * promise, came, sizes.astype(float))
        assert value[0] > value[2]
        found.append(equal_estimates(value, low, high))
    assert rejected(found) <= 0.05


# Many looks


def test_holm_by_hand():
    """R's p.adjust(c(.01, .02, .03, .04, .05), "holm")."""
    assert holm(np.array([0.01, 0.02, 0.03, 0.04, 0.05])) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm(np.array([0.04, 0.005, 0.03, 0.01])) == pytest.approx([0.06, 0.02, 0.06, 0.03])


def test_holm_does_not_count_what_was_not_looked_at():
    np.testing.assert_allclose(holm(np.array([0.01, np.nan, 0.04])), [0.02, np.nan, 0.04])
    np.testing.assert_allclose(holm(np.array([[0.01, 0.04], [np.nan, 0.04]])), [[0.02, 0.04], [np.nan, 0.04]])
    assert np.isnan(holm(np.array([np.nan, np.nan]))).all()
    assert holm(np.zeros(0)).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p_values):
    p = np.array(p_values)
    adjusted = holm(p)
    assert (adjusted >= p).all()
    assert (adjusted <= np.minimum(p * len(p), 1) + 1e-12).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


def test_other_metrics_wait_for_a_leading_metric_of_the_same_columns():
    p_values = np.array([0.01, 0.5, 0.001, 0.001, np.nan])
    primary = np.array([True, True, False, False, False])
    columns = [("sex",), ("race",), ("sex",), ("race",), ("sex",)]
    found = family_p_values(p_values, primary=primary, columns=columns)
    # Holm over the two leading: .02, .5; over the two others: .002 each, but not below the leading ones' .02 and .5
    np.testing.assert_allclose(found, [0.02, 0.5, 0.02, 0.5, np.nan])


def test_without_a_leading_metric_nothing_opens():
    found = family_p_values(np.array([1e-9]), primary=np.array([False]), columns=["sex"])
    assert found == [1.0]


def test_forty_equal_groups_show_a_gap_in_at_most_5_per_cent_of_data_sets():
    """The whole chain on labels and predictions of 40 × 100 rows: families first, then pairs, seven metrics."""
    generator = np.random.default_rng(7)
    primary = np.array([True] * 4 + [False] * 3)
    opened, gaps, careless = [], [], []
    for _ in range(150):
        tp, fn, fp, tn = generator.multinomial(100, [0.12, 0.08, 0.08, 0.72], 40).T.astype(float)
        hits = np.stack([tp + fp, fp, fn, tp, tp + tn, tn, tp])
        rows = np.stack([np.full(40, 100.0), fp + tn, tp + fn, tp + fp, np.full(40, 100.0), tn + fn, tp + fp + fn])
        families = family_p_values(homogeneity(hits, rows), primary=primary, columns=["place"] * 7)
        pairs = holm(two_proportions(hits[:, 1:], rows[:, 1:], hits[:, :1], rows[:, :1]))
        opened.append(families.min())
        gaps.append(np.maximum(pairs, families[:, None]).min())
        careless.append(np.ptp(hits[0] / rows[0]) > 0.1)
    assert rejected(opened) <= 0.05
    assert rejected(gaps) <= 0.05
    assert np.mean(careless) > 0.9


def test_a_real_gap_among_forty_groups_comes_through_the_chain():
    hits, rows = np.full((2, 40), 300.0), np.full((2, 40), 1000.0)
    hits[0, 5] = 200
    families = family_p_values(homogeneity(hits, rows), primary=np.array([True, True]), columns=["place"] * 2)
    pairs = np.maximum(holm(two_proportions(hits[:, 1:], rows[:, 1:], hits[:, :1], rows[:, :1])), families[:, None])
    np.testing.assert_array_equal(np.argwhere(pairs < 0.05), [[0, 4]])


# How many more rows


def settled(rate, other, rows, other_rows):
    low, high = donner_zou(rate * rows, rows, other * other_rows, other_rows)
    return (low >= 0.8) & (high <= 1.25) | (high < 0.8) | (low > 1.25)


def test_the_rows_asked_for_settle_the_question_and_clearly_fewer_do_not():
    rate = np.array([0.5, 0.3, 0.45, 0.2])
    other = np.array([0.5, 0.5, 0.5, 0.1])
    rows, others = np.array([40.0, 15, 60, 25]), np.array([5000.0, 800, 5000, 4000])
    more = rows_to_settle(rate, other, rows, others, tolerance=0.8)
    assert (more > 0).all()
    assert settled(rate, other, rows + more, others).all()
    assert not settled(rate, other, rows + more * 0.99 - 1, others).any()


def test_a_settled_question_needs_no_more_rows():
    found = rows_to_settle(*np.array([[0.5, 0.1], [0.5, 0.5], [5000, 500], [5000, 500]]), tolerance=0.8)
    np.testing.assert_array_equal(found, 0)


def test_where_no_number_of_rows_would_do():
    # a reference of 30 rows; a ratio on the band's edge; a reference without successes; no rows at all
    rate, other = np.array([0.5, 0.4, 0.2, 0.2]), np.array([0.5, 0.5, 0.0, 0.2])
    rows, others = np.array([1000.0, 50, 50, 0]), np.array([30.0, 1e5, 50, 50])
    assert np.isnan(rows_to_settle(rate, other, rows, others, tolerance=0.8)).all()


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.integers(10, 3000))
def test_a_gap_further_from_the_band_needs_no_more_rows(rate, other, rows):
    at, further = (
        float(rows_to_settle(*np.array([share, other, rows, 10000.0]), tolerance=0.8))
        for share in (min(rate, 0.79 * other), 0.9 * min(rate, 0.79 * other))
    )
    assert np.isnan(at) or further <= at * 1.002 + 1
