"""How sure a number is: 95 % intervals from counts alone, vectorised over any shape.

Counts may be fractional: pass the effective number of rows as the total, and value × total as successes. Where there
is nothing to compute (total 0) the answer is NaN; a bound that nothing limits is inf.
"""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.special import Z, t_quantile

Array = NDArray[np.float64]

CORRECTION = 0.3
"""Continuity correction of a single rate, in rows: 93 % coverage or more at every n ≥ 10 and rate from .02 to .98."""
PAIR_CORRECTION = 0.225
"""The same for two rates side by side, whose noise is less discrete."""
PSEUDO_ROWS = 2.0
"""Rows of the largest possible variance added to a variance estimated from few rows (as Agresti & Coull 1998 do)."""
SAME_ROWS = 9
"""Decimals that count of an effective number of rows: ten rows are ten, not 9.999999999999998 and too few to rate."""


def effective_size(
    sum_w: Array, sum_w2: Array, success_w: Array | None = None, success_w2: Array | None = None
) -> Array:
    """Rows that equal weights would need for the same certainty: (Σw)² / Σw² (Kish 1965). 0 where Σw is 0.

    For a rate also give Σw and Σw² of the successes: where those carry larger weights than the rest, Kish's number is
    too large (coverage falls to 90 % at half as much again), and rate × (1 − rate) / variance of the weighted rate
    (Korn & Graubard 1998) replaces it where smaller.

    With whole clusters' weights for w (Σ over clusters of their weight, of its square) Kish's number is n² / Σm² for
    equal weights: the design effect of clusters whose rows all say the same, on the safe side for any others.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(sum_w2 > 0, np.square(sum_w) / sum_w2, 0.0)
        if success_w is None or success_w2 is None:
            return size.round(SAME_ROWS)
        rate = success_w / sum_w
        variance = (1 - rate) ** 2 * success_w2 + rate**2 * np.maximum(sum_w2 - success_w2, 0)
        own = rate * (1 - rate) * np.square(sum_w) / variance
        return np.where(own > 0, np.fmin(size, own), size).round(SAME_ROWS)


def wilson(successes: Array, totals: Array, *, correction: float = CORRECTION) -> tuple[Array, Array]:
    """95 % interval of a rate: (low, high), each of the inputs' broadcast shape, within [0, 1].

    Wilson's score interval (1927) of successes − c on the low side and successes + c on the high side: c = 0 is
    Wilson's own, c = ½ the corrected one (Newcombe 1998a, method 4). Wilson's own covers only 89 % of samples at worst
    for n = 10 and 92 % for n = 50, rate .02 (the dips of Brown, Cai & DasGupta 2001); c = ½ never less than 95 % but
    often 98 %; c = .3 is about the smallest that never falls below 93 %, at 96 % on average.
    """
    successes, totals = np.broadcast_arrays(np.asarray(successes, float), np.asarray(totals, float))
    low = _score_low(successes, totals, correction)
    return low, 1 - _score_low(totals - successes, totals, correction)


def _score_low(successes: Array, totals: Array, correction: float) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(totals > 0, totals, np.nan)
        p = np.clip((successes - correction) / n, 0.0, 1.0)
        half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        low = (p + Z**2 / (2 * n) - half) / (1 + Z**2 / n)
        return np.where(p > 0, np.maximum(low, 0.0), np.where(np.isnan(p), np.nan, 0.0))


def newcombe(
    successes: Array, totals: Array, reference_successes: Array, reference_totals: Array
) -> tuple[Array, Array]:
    """95 % interval of the difference rate − reference rate, within [−1, 1].

    Newcombe's hybrid score (1998b, method 10) on rates with `PAIR_CORRECTION`; it excludes 0 exactly where
    `donner_zou` excludes 1.
    """
    return difference_limits(*_two_rates(successes, totals, reference_successes, reference_totals))


def donner_zou(
    successes: Array, totals: Array, reference_successes: Array, reference_totals: Array
) -> tuple[Array, Array]:
    """95 % interval of the ratio rate / reference rate, by the method of variance estimates recovery (2012).

    The usual log method (Katz et al. 1978) with ½ added covers 74 % where a small reference has a small rate, this
    never under 93 % for n ≥ 10. A reference without successes leaves the high side open (inf), while the low side
    still says something. Counting only the samples in which the reference had a success, the level does not hold
    where fewer than one was to be expected: having seen one at all is luck then.

    Also the interval of likelihood ratios: LR+ = TPR / FPR, LR− = FNR / TNR (Simel, Samsa & Matchar 1991).
    """
    return ratio_limits(*_two_rates(successes, totals, reference_successes, reference_totals))


def _two_rates(
    successes: Array, totals: Array, reference_successes: Array, reference_totals: Array
) -> tuple[Array, Array, Array, Array, Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = successes / np.where(totals > 0, totals, np.nan)
        reference = reference_successes / np.where(reference_totals > 0, reference_totals, np.nan)
    return (
        rate,
        *wilson(successes, totals, correction=PAIR_CORRECTION),
        reference,
        *wilson(reference_successes, reference_totals, correction=PAIR_CORRECTION),
    )


def difference_limits(
    value: Array, low: Array, high: Array, other: Array, other_low: Array, other_high: Array
) -> tuple[Array, Array]:
    """95 % interval of value − other from the intervals of both (MOVER: Zou & Donner 2008): squares of arms add up."""
    difference = value - other
    return difference - np.hypot(value - low, other_high - other), difference + np.hypot(
        high - value, other - other_low
    )


def ratio_limits(
    value: Array, low: Array, high: Array, other: Array, other_low: Array, other_high: Array
) -> tuple[Array, Array]:
    """95 % interval of value / other, both ≥ 0, from the intervals of both (MOVER-R: Donner & Zou 2012, eq. 6 and 7).

    (0, inf) where both are 0; inf where the interval of the other one reaches 0.
    """
    low_arm, high_arm = value**2 - (value - low) ** 2, value**2 - (high - value) ** 2
    other_low_arm, other_high_arm = other**2 - (other - other_low) ** 2, other**2 - (other_high - other) ** 2
    product = value * other
    # With the difference in the denominator (the other root) the low side survives an upper arm of 0.
    with np.errstate(divide="ignore", invalid="ignore"):
        bottom = low_arm / (product + np.sqrt(np.maximum(product**2 - low_arm * other_high_arm, 0)))
        top = (product + np.sqrt(np.maximum(product**2 - high_arm * other_low_arm, 0))) / other_low_arm
    known = np.isfinite(value) & np.isfinite(other)
    bottom = np.where(low > 0, bottom, 0.0)
    top = np.where(other_low > 0, top, np.inf)
    return np.where(known, bottom, np.nan), np.where(known, top, np.nan)


def mean(
    sums: Array, squares: Array, totals: Array, rows: Array, *, bounds: tuple[float, float] | None = None
) -> tuple[Array, Array, Array, Array]:
    """Mean of a number from Σws, Σws², Σw and the effective rows: (value, low, high, standard error).

    Without bounds Student's interval on rows − 1 degrees of freedom; under three rows NaN. With bounds (all values lie
    within) a score interval of the mean as if it were a rate of `effective_share` rows, which never is empty and never
    leaves the bounds. Neither holds its level where few rows carry the mean, such as the Brier score of a rare
    event under about five events.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where((totals > 0) & (rows > 0), rows, np.nan)
        value = sums / np.where(totals > 0, totals, np.nan)
        variance = np.maximum(squares / totals - value**2, 0) * n / (n - 1)
        variance = np.where(n > 1, variance, np.nan)
        error = np.sqrt(variance / n)
    if bounds is None:
        arm = t_quantile(n - 1) * error
        return value, value - arm, value + arm, error
    start, width = bounds[0], bounds[1] - bounds[0]
    share = np.clip((value - start) / width, 0.0, 1.0)
    size = effective_share(share, (variance / width**2, n))
    low, high = wilson(share * size, size, correction=0.0)
    return value, start + width * low, start + width * high, error


def effective_share(share: Array, *parts: tuple[Array, Array]) -> Array:
    """Of how many yes-or-no rows a number in [0, 1] is as sure: share × (1 − share) / Σ variance / rows.

    Each part is (variance of a row, rows). Variances come from few rows and may be 0 by luck, so two rows of the
    largest possible variance, share × (1 − share), are added to each. A share of 0 or 1 counts its rows as they are.
    """
    most = share * (1 - share)
    inverse = np.zeros_like(share)
    with np.errstate(divide="ignore", invalid="ignore"):
        for variance, n in parts:
            relative = np.where(most > 0, np.where(n > 1, variance, 0) / most, 0)
            inverse = inverse + ((n - 1) * relative + PSEUDO_ROWS) / ((n - 1 + PSEUDO_ROWS) * n)
        if len(parts) == 1:
            inverse = np.where(most > 0, inverse, 1 / parts[0][1])
        return 1 / inverse


def area_under_curve(
    positives: Array, negatives: Array, positive_rows: Array | None = None, negative_rows: Array | None = None
) -> tuple[Array, Array, Array, Array]:
    """AUC from counts a score bin, low scores first, shape … × bins: (value, low, high, effective rows).

    The chance that a positive scores above a negative, ties counting half. Variance by DeLong, DeLong &
    Clarke-Pearson (1988), steadied as in `effective_share`, and Wilson's interval on the effective rows: unlike
    DeLong's or the logit interval it keeps its level near 1 and is never empty. The effective rows (pairs are worth
    more than rows) make AUC × rows and rows fit for `newcombe`, `donner_zou` and the tests of two proportions.
    The rows of each class default to the sums of the counts; pass effective ones for weighted counts.
    """
    yes, no = positives.sum(-1), negatives.sum(-1)
    m = yes if positive_rows is None else positive_rows
    n = no if negative_rows is None else negative_rows
    with np.errstate(divide="ignore", invalid="ignore"):
        beaten = (np.cumsum(negatives, -1) - negatives / 2) / no[..., None]
        beating = 1 - (np.cumsum(positives, -1) - positives / 2) / yes[..., None]
        value = (positives * beaten).sum(-1) / yes
        spread = (positives * (beaten - value[..., None]) ** 2).sum(-1) / yes * m / (m - 1)
        other_spread = (negatives * (beating - value[..., None]) ** 2).sum(-1) / no * n / (n - 1)
    value = np.clip(value, 0.0, 1.0)
    rows = effective_share(value, (spread, m), (other_spread, n))
    return value, *wilson(value * rows, rows, correction=0.0), rows


def f1(hits: Array, errors: Array) -> tuple[Array, Array, Array]:
    """F1 = 2TP / (2TP + FP + FN) from TP and FP + FN: (value, low, high).

    F1 = 2q / (1 + q) with q = TP / (TP + FP + FN), a plain rate among the rows that are positive or predicted so; the
    limits of q carry over, coverage and all. Two F1 are equal where the two q are.
    """
    totals = hits + errors
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / np.where(totals > 0, totals, np.nan)
    low, high = wilson(hits, totals)
    return 2 * share / (1 + share), 2 * low / (1 + low), 2 * high / (1 + high)


def calibration_error(totals: Array, promised: Array, came: Array, rows: Array) -> tuple[Array, Array, Array, Array]:
    """Expected calibration error from counts a score bin, shape … × bins: (value, low, high, standard error).

    Σ |came − promised| / Σ total (Naeini, Cooper & Hauskrecht 2015), with the bin's Σ weight, Σ weight × score and
    Σ weight of positives; `rows`, shape …, are the effective rows. Noise alone makes this number too large, by up to
    Σ share of bin × √(2/π) × its standard error (the mean of a folded normal), so the low side allows for all of that;
    a bootstrap's interval covers the truth of a calibrated model in 0 % of samples.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        total = totals.sum(-1, keepdims=True)
        share = totals / total
        n = share * rows[..., None]
        expected = np.clip(np.where(totals > 0, promised / totals, 0), 0, 1)
        observed = np.where(totals > 0, came / totals, 0)
        gap = np.abs(observed - expected)
        value = (share * gap).sum(-1)
        # Two rows of what was promised keep the variance of a bin of few rows off 0.
        steady = (observed * n + expected * PSEUDO_ROWS) / (n + PSEUDO_ROWS)
        variance = np.where(n > 0, steady * (1 - steady) / n, 0)
        between = (share * gap**2).sum(-1) - value**2
        error = np.sqrt((share**2 * variance).sum(-1) + np.maximum(between, 0) / rows)
        bias = sqrt(2 / pi) * (share * np.sqrt(variance)).sum(-1)
    return value, np.maximum(value - bias - Z * error, 0), np.minimum(value + Z * error, 1), error


def generalized_entropy(counts: Array, benefits: Array, rows: Array) -> tuple[Array, Array, Array]:
    """Generalised entropy index (α = 2), Σ share × (r² − 1) / 2 with r = benefit / mean: (value, low, high).

    `counts`, shape … × kinds, of those who have each benefit; `rows`, shape …, are the effective rows. By the delta
    method on the logarithm of the index, which is never below 0; no interval where nobody differs.
    """
    shares, ratio = _relative(counts, benefits)
    each = (ratio**2 - 1) / 2
    return _inequality(shares, ratio, each, (shares * ratio**2).sum(-1), rows)


def theil(counts: Array, benefits: Array, rows: Array) -> tuple[Array, Array, Array]:
    """Theil index (α = 1), Σ share × r × ln r: (value, low, high), as `generalized_entropy`."""
    shares, ratio = _relative(counts, benefits)
    each = ratio * np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
    return _inequality(shares, ratio, each, 1 + (shares * each).sum(-1), rows)


def _relative(counts: Array, benefits: Array) -> tuple[Array, Array]:
    """The share of those who have each benefit, and the benefit over the mean of all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = counts / counts.sum(-1, keepdims=True)
        mean = (shares * benefits).sum(-1, keepdims=True)
        return shares, benefits / np.where(mean > 0, mean, np.nan)


def _inequality(shares: Array, ratio: Array, each: Array, slope: Array, rows: Array) -> tuple[Array, Array, Array]:
    """The mean of `each`, which falls by `slope` where the mean benefit grows, and its interval."""
    value: Array = (shares * each).sum(-1)
    influence = each - value[..., None] - (ratio - 1) * slope[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt((shares * influence**2).sum(-1) / rows) / np.where(value > 0, value, np.nan)
        return value, value * np.exp(-Z * error), value * np.exp(Z * error)
