"""Two groups within many strata, as one answer: a test, common numbers, and whether the strata agree at all.

Every function takes four arrays whose last axis is the stratum: `hits` of `rows` in the group, `other_hits` of
`other_rows` in its reference. Counts may be fractional (effective numbers, where rows are weighted or clustered). A
stratum in which one of the two has nobody must have 0 in all four: it says nothing, and counts for nothing.
"""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.intervals import PSEUDO_ROWS
from aipm.fairness.significance import FEW_EXPECTED, TOO_FEW_EXPECTED, equal_estimates
from aipm.fairness.special import Z, chi_square_tail

Array = NDArray[np.float64]
Bounded = tuple[Array, Array, Array]
"""A value and its 95 % interval: (value, low, high)."""


def cochran_mantel_haenszel(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> tuple[Array, Array]:
    """The test that the two rates are equal within every stratum: (statistic, p-value), one degree of freedom.

    Mantel & Haenszel (1959), without continuity correction: with one stratum it is the N − 1 test by which two rates
    are compared everywhere else. NaN where the counts are too small for a chi-square distribution: Mantel & Fleiss
    (1980) ask that what is expected could go 5 either way.
    """
    all_rows, all_hits = rows + other_rows, hits + other_hits
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(all_rows > 0, rows * all_hits / all_rows, 0)
        variance = rows * other_rows * all_hits * (all_rows - all_hits) / (all_rows**2 * (all_rows - 1))
        variance = np.where(all_rows > 1, variance, 0)
        statistic = (hits - expected).sum(-1) ** 2 / variance.sum(-1)
    least, most = np.maximum(0, all_hits - other_rows), np.minimum(rows, all_hits)
    room = np.minimum((expected - least).sum(-1), (most - expected).sum(-1))
    statistic = np.where(room >= FEW_EXPECTED, statistic, np.nan)
    return statistic, chi_square_tail(statistic, np.ones_like(statistic))


def odds_ratio(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> Bounded:
    """The common odds ratio, group over reference (Mantel & Haenszel 1959).

    Its variance is that of Robins, Breslow & Greenland (1986), good for few large strata and for many small ones.
    """
    misses, other_misses = rows - hits, other_rows - other_hits
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(rows + other_rows > 0, rows + other_rows, np.inf)
        r, s = hits * other_misses / size, misses * other_hits / size
        p, q = (hits + other_misses) / size, (misses + other_hits) / size
        above, below = r.sum(-1), s.sum(-1)
        value = above / below
        variance = (
            (p * r).sum(-1) / (2 * above**2)
            + (p * s + q * r).sum(-1) / (2 * above * below)
            + (q * s).sum(-1) / (2 * below**2)
        )
    return _on_logarithms(value, variance)


def risk_ratio(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> Bounded:
    """The common ratio of rates, group over reference, with the variance of Greenland & Robins (1985)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(rows + other_rows > 0, rows + other_rows, np.inf)
        above, below = (hits * other_rows / size).sum(-1), (other_hits * rows / size).sum(-1)
        spread = rows * other_rows * (hits + other_hits) / size**2 - hits * other_hits / size
        return _on_logarithms(above / below, spread.sum(-1) / (above * below))


def _on_logarithms(value: Array, variance: Array) -> Bounded:
    with np.errstate(divide="ignore", invalid="ignore"):
        known = (value > 0) & np.isfinite(value) & np.isfinite(variance)
        arm = np.exp(Z * np.sqrt(variance))
        low, high = np.where(known, value / arm, np.nan), np.where(known, value * arm, np.nan)
    return np.where(known, value, np.nan), low, high


def risk_difference(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> Bounded:
    """The common difference of rates, group − reference (Greenland & Robins 1985), with the variance of Sato (1989)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(rows + other_rows > 0, rows + other_rows, np.inf)
        weight = (rows * other_rows / size).sum(-1)
        value = (hits * other_rows - other_hits * rows) / size
        value = value.sum(-1) / weight
        p = rows**2 * other_hits - other_rows**2 * hits + rows * other_rows * (other_rows - rows) / 2
        q = (hits * (other_rows - other_hits) + other_hits * (rows - hits)) / (2 * size)
        error = np.sqrt(np.maximum(value * (p / size**2).sum(-1) + q.sum(-1), 0)) / weight
    return value, np.maximum(value - Z * error, -1), np.minimum(value + Z * error, 1)


def equal_odds_ratios(
    hits: Array, rows: Array, other_hits: Array, other_rows: Array, *, common: Array | None = None
) -> tuple[Array, Array]:
    """The test that all strata share one odds ratio: (statistic, p-value). Breslow & Day (1980), as Tarone (1985).

    `common` is the odds ratio to test, by default that of Mantel and Haenszel. Strata in which it expects fewer than 1
    anywhere say too little and are left out; NaN under two strata.
    """
    value = odds_ratio(hits, rows, other_hits, other_rows)[0] if common is None else common
    value = np.asarray(value)[..., None]
    all_hits = hits + other_hits
    with np.errstate(divide="ignore", invalid="ignore"):
        # The fitted count solves x (other − all + x) = value × (rows − x) (all − x).
        square, linear = 1 - value, other_rows - all_hits + value * (rows + all_hits)
        root = np.sqrt(np.maximum(linear**2 + 4 * square * value * rows * all_hits, 0))
        fitted = 2 * value * rows * all_hits / (linear + root)
        cells = np.stack([fitted, rows - fitted, all_hits - fitted, other_rows - all_hits + fitted])
        used = (cells >= TOO_FEW_EXPECTED).all(0) & np.isfinite(value)
        variance = 1 / (1 / cells).sum(0)
        off = np.where(used, hits - fitted, 0)
        variance = np.where(used, variance, 0)
        each = np.where(used, off**2 / variance, 0)
        statistic = each.sum(-1) - off.sum(-1) ** 2 / variance.sum(-1)
    degrees = used.sum(-1) - 1
    statistic = np.where(degrees > 0, np.maximum(statistic, 0), np.nan)
    return statistic, chi_square_tail(statistic, np.where(degrees > 0, degrees, np.nan))


def equal_differences(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> Array:
    """p-values that all strata share one difference of rates, from Newcombe's intervals (Cochran's Q)."""
    return equal_estimates(
        _rate(hits, rows) - _rate(other_hits, other_rows), *intervals.newcombe(hits, rows, other_hits, other_rows)
    )


def equal_ratios(hits: Array, rows: Array, other_hits: Array, other_rows: Array) -> Array:
    """p-values that all strata share one ratio of rates, from the logarithms of their intervals (Cochran's Q)."""
    low, high = intervals.donner_zou(hits, rows, other_hits, other_rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(_rate(hits, rows) / _rate(other_hits, other_rows))
        return equal_estimates(value, np.log(low), np.log(high))


def _rate(hits: Array, rows: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(rows > 0, hits / rows, np.nan)


def standardised(hits: Array, rows: Array, weight: Array) -> tuple[Array, Array]:
    """A rate as it would be if the strata had these shares: (value, effective rows), so that both can stand for a rate.

    Direct standardisation: Σ weight × rate of the stratum, weights made to sum to 1. The effective rows are value ×
    (1 − value) / variance of that sum, and Wilson's interval on them is one of the weighted sum: unlike the normal one
    it keeps its level near 0 and 1. The variance of a stratum of few rows may be 0 by luck, so two rows of the
    variance that the whole has are added to each, as in `intervals.effective_share`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        used = (rows > 0) & (weight > 0)
        share = np.where(used, weight, 0)
        share = share / share.sum(-1, keepdims=True)
        rate = np.where(used, hits / rows, 0)
        value = (share * rate).sum(-1)
        most = (value * (1 - value))[..., None]
        n = np.where(used, np.maximum(rows, 1), 1)
        relative = np.where(most > 0, np.where(n > 1, rate * (1 - rate) * n / np.maximum(n - 1, 1e-9), 0) / most, 1)
        inverse = share**2 * ((n - 1) * relative + PSEUDO_ROWS) / ((n - 1 + PSEUDO_ROWS) * np.where(used, rows, 1))
        size = 1 / np.where(used, inverse, 0).sum(-1)
    known = used.any(-1)
    return np.where(known, value, np.nan), np.where(known, size, 0.0)
