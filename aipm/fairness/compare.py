"""Groups beside their reference: difference, ratio, intervals, and whether it is more than chance after every look."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals, significance
from aipm.fairness.groups import Combination, Population
from aipm.fairness.measure import Measured
from aipm.fairness.metrics import RATES
from aipm.fairness.result import Comparison, VerdictKind
from aipm.fairness.spec import AuditSpec, Group

Array = NDArray[np.float64]

FEWEST_ROWS = 10
"""A share of fewer rows than this is not rated."""
ENOUGH_ROWS = 30
WIDEST = 0.2
"""Under this many rows, or with an interval wider than this, there is not enough data."""
SMALL_SHARE = 0.02
"""Local Law 144 lets categories under 2 % be left out: they do not become the highest reference."""
LEVEL = 0.05
PRIMARY = ("selection_rate", "false_positive_rate", "false_negative_rate", "precision", "base_rate")
"""The leading metrics; the others are only looked at where one of these differs between the same groups."""
PROPORTIONS = frozenset(metric.name for metric in RATES) | {"scoring_rate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """One metric over the groups of one combination of columns, beside their references."""

    metric: str
    part: Combination
    reference: int
    difference: Array
    ratio: Array
    ratio_low: Array
    ratio_high: Array
    difference_low: Array
    difference_high: Array
    rated: NDArray[np.bool_]
    p_value: Array
    homogeneity: float
    more_rows: Array
    thin: NDArray[np.bool_]


def compare(measured: dict[str, Measured], population: Population, spec: AuditSpec) -> tuple[Comparison, ...]:
    """Every group beside its reference on every metric but the counts, with verdicts."""
    families = [
        family
        for part in population.combinations
        for metric in measured.values()
        if not np.isnan(metric.denominator[1:]).all() or metric.error is not None
        if (family := _family(metric, part, measured["count"], population, spec)) is not None
    ]
    primary = np.array([family.metric in PRIMARY for family in families], dtype=bool)
    open_ = significance.open_families(
        np.array([family.homogeneity for family in families]),
        primary=primary,
        columns=[family.part.columns for family in families],
        level=LEVEL,
    )
    return tuple(
        comparison
        for family, is_open in zip(families, open_, strict=True)
        for comparison in _judged(family, population, spec, is_open=bool(is_open))
    )


def _family(
    metric: Measured, part: Combination, count: Measured, population: Population, spec: AuditSpec
) -> _Family | None:
    ours = slice(part.start, part.stop)
    reference = _reference(metric, part, count, population, spec)
    if reference is None:
        return None
    value, rows = metric.value[ours], metric.rows[ours]
    other, other_rows = metric.value[reference], metric.rows[reference]
    beside = np.full(len(value), other), np.full(len(value), other_rows)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(beside[0] > 0, value / beside[0], np.nan)
    rated = (rows >= FEWEST_ROWS) & (other_rows >= FEWEST_ROWS) & np.isfinite(value) & np.isfinite(other)
    if metric.error is None:
        successes, other_successes = value * rows, beside[0] * beside[1]
        difference_low, difference_high = intervals.newcombe(successes, rows, other_successes, beside[1])
        ratio_low, ratio_high = intervals.log_ratio(successes, rows, other_successes, beside[1])
        if reference == 0:  # everybody holds the group too: chance is judged against the rest
            other_successes, others = np.maximum(other_successes - successes, 0), np.maximum(beside[1] - rows, 0)
        else:
            others = beside[1]
        p_value = significance.two_proportions(successes, rows, other_successes, others)
        homogeneity = significance.homogeneity(successes[rated], rows[rated])
        more_rows = significance.rows_to_settle(value, beside[0], rows, beside[1], tolerance=spec.tolerance)
        thin = (rows < ENOUGH_ROWS) | (other_rows < ENOUGH_ROWS)
        thin |= (metric.high - metric.low)[ours] > WIDEST
    else:
        error, other_error = metric.error[ours], metric.error[reference]
        spread = np.sqrt(error**2 + other_error**2)
        difference_low = value - beside[0] - intervals.Z * spread
        difference_high = value - beside[0] + intervals.Z * spread
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            spread_log = intervals.Z * np.sqrt((error / value) ** 2 + (other_error / other) ** 2)
            ratio_low, ratio_high = ratio * np.exp(-spread_log), ratio * np.exp(spread_log)
        p_value = significance.two_sided_normal((value - beside[0]) / np.where(spread > 0, spread, np.nan))
        homogeneity = significance.equal_estimates(value[rated], error[rated])
        more_rows = np.full(len(value), np.nan)
        thin = (rows < ENOUGH_ROWS) | (other_rows < ENOUGH_ROWS)
    itself = np.arange(part.start, part.stop) == reference
    if spec.reference_rule == "highest" and not spec.reference:
        # The highest was picked by looking: it counts as every pair looked at, not only those with it.
        p_value = np.minimum(p_value * max(len(value) / 2, 1), 1.0)
    return _Family(
        metric=metric.name,
        part=part,
        reference=reference,
        difference=value - other,
        ratio=ratio,
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        difference_low=difference_low,
        difference_high=difference_high,
        rated=rated & ~itself,
        p_value=np.where(rated & ~itself, p_value, np.nan),
        homogeneity=homogeneity,
        more_rows=more_rows,
        thin=thin,
    )


def _reference(
    metric: Measured, part: Combination, count: Measured, population: Population, spec: AuditSpec
) -> int | None:
    """Which group the others stand beside: the named one, the largest, the highest, or everybody (0).

    The reference of an intersection is an intersection of the same columns. A missing value is never the reference.
    """
    named = dict(spec.reference)
    here = range(part.start, part.stop)
    candidates = [
        k
        for k in here
        if all(named.get(column, value) == value for column, value in population.groups[k])
        and (named or all(value is not None for _, value in population.groups[k]))
    ]
    if not candidates and set(named) & set(part.columns):
        return None
    if set(part.columns) <= set(named):
        return candidates[0]
    if spec.reference_rule == "overall":
        return 0
    if spec.reference_rule == "highest":
        known = [k for k in candidates if np.isfinite(metric.value[k])]
        whole = count.value[0]
        large = [k for k in known if count.value[k] >= SMALL_SHARE * whole] or known
        return max(large, key=lambda k: (metric.value[k], count.value[k]), default=None)
    return max(candidates, key=lambda k: count.value[k], default=None)


def _judged(family: _Family, population: Population, spec: AuditSpec, *, is_open: bool) -> Iterator[Comparison]:
    """The comparisons of one family; pairs are looked at only where the family as a whole differs."""
    adjusted = significance.holm(family.p_value)
    for i, k in enumerate(range(family.part.start, family.part.stop)):
        if k == family.reference:
            continue
        verdict, reason = _verdict(family, i, adjusted[i], spec.tolerance, is_open=is_open)
        yield Comparison(
            metric=family.metric,
            group=population.groups[k],
            reference=population.groups[family.reference],
            difference=_known(family.difference[i]),
            ratio=_known(family.ratio[i]),
            low=_known(family.ratio_low[i]),
            high=_known(family.ratio_high[i]),
            difference_low=_known(family.difference_low[i]),
            difference_high=_known(family.difference_high[i]),
            p_value=_known(family.p_value[i]),
            p_adjusted=_known(max(adjusted[i], family.homogeneity) if is_open else 1.0) if family.rated[i] else None,
            verdict=verdict,
            reason=reason,
            more_rows=int(family.more_rows[i])
            if verdict == "inconclusive" and np.isfinite(family.more_rows[i])
            else None,
        )


def _verdict(
    family: _Family, i: int, adjusted: float, tolerance: float, *, is_open: bool
) -> tuple[VerdictKind, str | None]:
    if not np.isfinite(family.difference[i]):
        return "not_computable", "no_denominator"
    if not family.rated[i]:
        return "inconclusive", "too_few_rows"
    ratio = family.ratio[i]
    beyond = not np.isfinite(ratio) or not tolerance <= ratio <= 1 / tolerance
    if beyond and is_open and adjusted < LEVEL and family.difference[i] != 0:
        return "gap", None
    if not np.isfinite(ratio):
        return "not_computable", "reference_zero"
    if tolerance <= family.ratio_low[i] and family.ratio_high[i] <= 1 / tolerance:
        return "within_tolerance", None
    return "inconclusive", "not_enough_data" if family.thin[i] else "beyond_noise_unclear"


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def group_key(group: Group) -> tuple[str, ...]:
    """A group as words, for sorting and looking up."""
    return tuple(f"{column}={value}" for column, value in group)
