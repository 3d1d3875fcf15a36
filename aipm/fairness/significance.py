"""Whether groups differ beyond chance: all at once first, then pairs, with a correction for many looks."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.intervals import PAIR_CORRECTION, Array, ratio_limits, wilson
from aipm.fairness.special import Z, chi_square_tail, normal_tails, t_quantile, upper_gamma

EXACT_BELOW = 10.0
"""Two rates are compared exactly where fewer than this many successes (or failures) are expected in either group."""
EXACT_TAIL_BELOW, TAIL = 100.0, 0.01
"""So are they below this many where the p-value is small: after many looks only far tails count, which are skewed."""
FEW_EXPECTED = 5.0
"""Cochran's limit (1954): with smaller expected counts the statistic does not follow a chi-square distribution."""
TOO_FEW_EXPECTED = 1.0
"""Groups with smaller expected counts yet (Cochran's other limit) make the statistic jump; they are put together."""
MOST_TIMES = 1e6
"""As many times its own size a group may have to grow; nobody collects more."""
NARROWEST = 1e-12


def homogeneity(successes: Array, totals: Array) -> Array:
    """p-values that all groups of a family share one rate: families × groups -> families (or groups -> one number).

    Two questions at once: do the groups differ in general (`_in_general`), and does one stand out from all others
    (`two_proportions`, times the number of groups)? Twice the smaller p-value counts (Bonferroni). Pearson's statistic
    alone loses one bad group among many: of 200 groups with 30 rows, one at 5 % instead of 50 % is noticed in 31 % of
    samples by it and in 99 % by both. Groups with total 0 do not count; NaN under two groups.
    """
    x, n = np.atleast_2d(np.asarray(successes, float), np.asarray(totals, float))
    x, n = np.where(n > 0, x, 0.0), np.where(n > 0, n, 0.0)
    groups, hits, rows = (n > 0).sum(-1), x.sum(-1, keepdims=True), n.sum(-1, keepdims=True)
    apart = np.fmin.reduce(two_proportions(x, n, hits - x, rows - n), axis=-1, initial=1.0)
    p_value = np.minimum(2 * np.minimum(_in_general(x, n), groups * apart), 1.0)
    p_value = np.where(groups < 2, np.nan, np.where(groups == 2, apart, p_value))
    return p_value.reshape(np.shape(totals)[:-1])


def _in_general(x: Array, n: Array) -> Array:
    """p-values of Pearson's statistic.

    By the chi-square distribution where every expected count is at least 5. Otherwise by a gamma distribution with the
    statistic's exact mean and variance given all totals (Nass 1959; moments by Haldane 1940), with the groups that
    expect under 1 counted as one, and left to the test of each group where even together they expect under 1. With
    expectations from 1.5 to 6, a p-value of .01 comes out as .009, one of .002 as .0014.
    """
    expected = _expected(x, n)
    smallest = np.min(expected, -1, where=n > 0, initial=np.inf)
    few = expected < TOO_FEW_EXPECTED
    x, n = (np.column_stack((np.where(few, 0, each), np.where(few, each, 0).sum(-1))) for each in (x, n))
    n[:, -1] = np.where(expected.sum(-1, where=few) < TOO_FEW_EXPECTED, 0, n[:, -1])
    x = np.where(n > 0, x, 0)
    groups, rows, hits = (n > 0).sum(-1), n.sum(-1), x.sum(-1)
    statistic, degrees = _pearson(x, n), np.maximum(groups - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, variance = _dawson(n, groups, rows, hits)
        sparse = smallest < FEW_EXPECTED
        shape, scale = np.where(sparse, mean**2 / variance, degrees / 2), np.where(sparse, variance / mean, 2)
    different = (groups > 1) & (hits > 0) & (hits < rows) & (shape > 0)
    return np.where(different, upper_gamma(np.where(different, shape, 1), statistic / scale), 1.0)


def _expected(x: Array, n: Array) -> Array:
    """Expected successes or failures of each group, whichever are rarer, if all share one rate."""
    rows, hits = n.sum(-1, keepdims=True), x.sum(-1, keepdims=True)
    rarer: Array = n * np.minimum(hits, rows - hits) / np.maximum(rows, 1)
    return rarer


def _pearson(x: Array, n: Array) -> Array:
    """Pearson's statistic of successes x among n along the last axis."""
    rows, hits = n.sum(-1, keepdims=True), x.sum(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = hits / rows
        parts = np.where(n > 0, (x - n * rate) ** 2 / (n * rate * (1 - rate)), 0)
    statistic: Array = np.nansum(parts, -1)
    return statistic


def _dawson(n: Array, groups: Array, rows: Array, hits: Array) -> tuple[Array, Array]:
    """Mean and variance of Pearson's statistic over all tables with the same totals (Haldane 1940; Dawson 1954)."""
    inverse = np.where(n > 0, rows[..., None] / np.where(n > 0, n, 1), 0).sum(-1)
    v1, w1 = (rows - 2) / (rows - 1), (rows / hits + rows / (rows - hits) - 4) / (rows - 2)
    v2, w2 = (groups - 1) * (rows - groups) / (rows - 1), (inverse - groups**2) / (rows - 2)
    variance = 2 * rows / (rows - 3) * (v1 - w1) * (v2 - w2) + rows**2 / (rows - 1) * w1 * w2
    return (groups - 1) * rows / (rows - 1), variance


def two_proportions(successes: Array, totals: Array, reference_successes: Array, reference_totals: Array) -> Array:
    """Two-sided p-values, elementwise, that two rates are equal; NaN where a total is 0.

    The score test with N − 1 (Campbell 2007) where at least `EXACT_BELOW` of everything is expected (in the tail
    `EXACT_TAIL_BELOW`), otherwise Fisher's exact test with half the probability of what was seen (mid-P, Lancaster
    1961), doubled. Fractional (weighted) counts lie between the whole ones.
    """
    x, n, y, m = np.broadcast_arrays(
        *(np.asarray(v, float) for v in (successes, totals, reference_successes, reference_totals))
    )
    rows, hits = n + m, x + y
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (x * m - y * n) * np.sqrt((rows - 1) / (n * m * hits * (rows - hits)))
        expected = np.minimum(n, m) * np.minimum(hits, rows - hits) / rows
    same = (hits <= 0) | (hits >= rows)
    p_value = np.where(same, 1.0, normal_tails(np.where(same, 0.0, z)))
    exact = (expected < EXACT_BELOW) | ((expected < EXACT_TAIL_BELOW) & (p_value < TAIL))
    exact &= (n > 0) & (m > 0) & ~same
    if exact.any():
        p_value[exact] = _fisher(x[exact], n[exact], y[exact], m[exact])
    return np.where((n > 0) & (m > 0), p_value, np.nan)


def _fisher(x: Array, n: Array, y: Array, m: Array) -> Array:
    """Two-sided mid-P of the hypergeometric distribution, seen from its smallest expected count."""
    swap = m < n
    x, n, y, m = np.where(swap, y, x), np.where(swap, m, n), np.where(swap, x, y), np.where(swap, n, m)
    rows, hits = n + m, x + y
    flip = rows - hits < hits
    seen, hits = np.where(flip, n - x, x), np.where(flip, rows - hits, hits)
    expected = n * hits / rows
    # The smaller group's rarer outcome starts at 0; far beyond what is expected nothing is left to add up.
    longest = np.minimum(np.minimum(n, hits), expected + 12 * np.sqrt(expected) + 40)
    k = np.arange(longest.max() + 1)[:, None]
    step = np.maximum(n - k, 0) * np.maximum(hits - k, 0) / ((k + 1) * (rows - n - hits + k + 1))
    chance: Array = np.cumprod(np.vstack([np.ones_like(n), step]), axis=0, dtype=np.float64)
    chance = chance / chance.sum(0)
    at_most = np.cumsum(chance, 0) - chance / 2
    at_least = np.cumsum(chance[::-1], 0)[::-1] - chance / 2
    floor = np.minimum(np.floor(seen + 1e-9).astype(np.int64), len(chance) - 2)
    part = np.clip(seen - floor, 0, 1)
    column = np.arange(len(n))
    low, high = (side[floor, column] * (1 - part) + side[floor + 1, column] * part for side in (at_most, at_least))
    p_value: Array = np.minimum(2 * np.minimum(low, high), 1.0)
    return p_value


def two_means(value: Array, error: Array, rows: Array, other: Array, other_error: Array, other_rows: Array) -> Array:
    """Two-sided p-values, elementwise, that two means are equal: `equal_means` of two groups."""
    pair = (
        np.broadcast_arrays(value, other),
        np.broadcast_arrays(error, other_error),
        np.broadcast_arrays(rows, other_rows),
    )
    return equal_means(*(np.stack(side, axis=-1) for side in pair))


def equal_means(values: Array, errors: Array, rows: Array) -> Array:
    """p-values that all groups along the last axis share one mean, from means, standard errors and rows.

    Cochran's Q (1954) with variances on the safe side: each group's own, widened as Student's t is, or that of all
    groups together, whichever is larger. Welch's test (1951) trusts each group's variance and, with 40 groups of 100
    rows and rare large values such as Brier scores, rejects 20 % of true hypotheses; this one rejects under 5 %.
    Groups under three rows do not count; NaN under two groups.
    """
    values, errors, rows = (np.asarray(v, float) for v in (values, errors, rows))
    used = np.isfinite(values) & np.isfinite(errors) & (rows >= 3)
    n = np.where(used, rows, 3.0)
    own = np.where(used, errors**2 * n, 0)
    free = np.where(used, n - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        together = (free * own).sum(-1, keepdims=True) / free.sum(-1, keepdims=True)
        spread = np.maximum(own * (t_quantile(n - 1) / Z) ** 2, together)
        weight = np.where(used, n / spread, 0)
        value = np.where(used, values, 0)
        centre = (weight * value).sum(-1, keepdims=True) / weight.sum(-1, keepdims=True)
        statistic = (weight * (value - centre) ** 2).sum(-1)
    return chi_square_tail(statistic, np.where(used.sum(-1) > 1, used.sum(-1) - 1, np.nan))


def two_estimates(value: Array, low: Array, high: Array, other: Array, other_low: Array, other_high: Array) -> Array:
    """Two-sided p-values, elementwise, that two numbers are equal, from their 95 % intervals.

    The difference over the arm of `difference_limits` that faces 0 (Altman & Bland 2011): below .05 exactly where that
    interval excludes 0. For numbers that are neither rates nor means, such as the calibration error, whose uneven
    intervals know that it is too large in small groups.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = value - other
        above, below = np.hypot(value - low, other_high - other), np.hypot(high - value, other - other_low)
        arm = np.where(difference > 0, above, below)
        return normal_tails(np.where(difference == 0, 0.0, Z * difference / arm))


def equal_estimates(values: Array, lows: Array, highs: Array) -> Array:
    """p-values that all groups along the last axis share one value, from 95 % intervals: Cochran's Q (1954).

    A group's standard error is that of the arm facing the common value. Groups without an interval do not count; NaN
    under two groups.
    """
    values, lows, highs = (np.asarray(v, float) for v in (values, lows, highs))
    with np.errstate(invalid="ignore"):
        used = np.isfinite(values) & np.isfinite(highs - lows) & (highs > lows)
        value = np.where(used, values, 0)
        below, above = np.where(used, values - lows, 1), np.where(used, highs - values, 1)
    arm, centre = (below + above) / 2, np.zeros_like(value[..., :1])
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(20):  # the arms depend on the centre, the centre on the arms
            weight = np.where(used, (Z / arm) ** 2, 0)
            centre = (weight * value).sum(-1, keepdims=True) / weight.sum(-1, keepdims=True)
            arm = np.maximum(np.where(value > centre, below, above), NARROWEST)
        statistic = np.where(used, (Z * (value - centre) / arm) ** 2, 0).sum(-1)
    return chi_square_tail(statistic, np.where(used.sum(-1) > 1, used.sum(-1) - 1, np.nan))


def holm(p_values: Array) -> Array:
    """Holm's step-down adjusted p-values (1979) along the last axis; NaN stays NaN and does not count as a look."""
    p = np.asarray(p_values, float)
    order = np.argsort(p, axis=-1)  # NaN last
    looks = np.isfinite(p).sum(-1, keepdims=True)
    steps = np.take_along_axis(p, order, -1) * (looks - np.arange(p.shape[-1]))
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(np.maximum.accumulate(steps, -1), 1.0), -1)
    return np.where(np.isnan(p), np.nan, adjusted)


def family_p_values(p_values: Array, *, primary: NDArray[np.bool_], columns: Sequence[Hashable]) -> Array:
    """Adjusted p-values of families (one metric over the groups of one combination of columns) from their homogeneity.

    A family may be looked at pair by pair where its adjusted p-value is below 5 %.

    Primary families by Holm among themselves; any other by Holm among the others, and never below the least of the
    primary families of the same columns, which must speak first (a gatekeeper: Westfall & Krishen 2001). Pairs take
    the larger of this and Holm within their family. Where no groups differ at all, the chance that any pair falls
    below 5 % is then at most 5 %, whatever the number of metrics and columns. NaN stays NaN.
    """
    p = np.asarray(p_values, float)
    adjusted = np.full(len(p), np.nan)
    for which in (primary, ~primary):
        adjusted[which] = holm(p[which])
    keeper: dict[Hashable, float] = {}
    for column, value, leads in zip(columns, adjusted, primary, strict=True):
        if leads and np.isfinite(value):
            keeper[column] = min(keeper.get(column, 1.0), float(value))
    gate = np.array([keeper.get(column, 1.0) for column in columns])
    return np.where(primary, adjusted, np.maximum(adjusted, gate))


def rows_to_settle(
    rate: Array, reference_rate: Array, totals: Array, reference_totals: Array, *, tolerance: float
) -> Array:
    """How many more rows of the group would, if the rates stay as they are, settle the question.

    Settled: the interval of the ratio (`donner_zou`) lies within [tolerance, 1 / tolerance], or outside. The smallest
    number of rows, to about one in a thousand, is searched by halving up to a million times the group; 0 where settled
    already, NaN where none would do, because the reference itself is too small or the ratio lies on the band's edge.
    Any shape: one call for all comparisons costs little more than one for a single family.
    """
    rate, other, n, m = (
        np.array(v, float) for v in np.broadcast_arrays(rate, reference_rate, totals, reference_totals)
    )
    usable = (n > 0) & (m > 0) & np.isfinite(rate) & (other > 0)

    beside = (other, *wilson(other * m, m, correction=PAIR_CORRECTION))

    def settled(size: Array) -> NDArray[np.bool_]:
        low, high = ratio_limits(rate, *wilson(rate * size, size, correction=PAIR_CORRECTION), *beside)
        inside = (low >= tolerance) & (high <= 1 / tolerance)
        return inside | (high < tolerance) | (low > 1 / tolerance)

    most = np.maximum(n * MOST_TIMES, 1)
    reachable = settled(n + most)
    low, high = np.full(n.shape, np.log(0.5)), np.log(most)
    for _ in range(16):
        middle = (low + high) / 2
        enough = settled(n + np.exp(middle))
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    rows = np.where(reachable, np.ceil(np.exp(high)), np.nan)
    return np.where(usable, np.where(settled(n), 0.0, rows), np.nan)
