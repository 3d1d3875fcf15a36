"""Groups beside their reference: difference, ratio, intervals, and whether it is more than chance after every look."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals, significance
from aipm.fairness.groups import Combination, Population
from aipm.fairness.measure import Measured
from aipm.fairness.metrics import RATES
from aipm.fairness.result import Comparison, VerdictKind
from aipm.fairness.spec import AuditSpec

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]

FEWEST_ROWS = 10
"""A number that rests on fewer rows than this is not rated."""
ENOUGH_ROWS = 30
WIDEST = 0.2
"""Under this many rows, or with an interval wider than this, there is not enough data."""
SMALL_SHARE = 0.02
"""Local Law 144 lets categories under 2 % be left out: they do not become the highest reference."""
LEVEL = 0.05
PRIMARY = ("selection_rate", "false_positive_rate", "false_negative_rate", "precision", "base_rate")
"""The leading metrics; the others are only looked at where one of these differs between the same groups."""
PROPORTIONS = frozenset(metric.name for metric in RATES) | {"scoring_rate"}
MULTIPLES = frozenset({"positive_likelihood_ratio", "negative_likelihood_ratio"})
"""Metrics that are ratios themselves: their logarithms are compared."""
LIKE_RATES = PROPORTIONS | {"auc"}
"""Metrics whose pairs are bounded as two rates are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stack:
    """Some metrics of all groups, metrics × groups."""

    names: tuple[str, ...]
    value: Array
    low: Array
    high: Array
    rows: Array
    support: Array
    share: Array
    error: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """The metrics of one combination's groups beside their references: arrays metrics × groups of the combination."""

    part: Combination
    reference: Index
    """A metric; −1 where no group can be the reference."""
    value: Array
    other: Array
    rows: Array
    other_rows: Array
    difference: tuple[Array, Array]
    ratio: tuple[Array, Array]
    rated: Mask
    thin: Mask
    p_value: Array


def homogeneities(measured: dict[str, Measured], population: Population) -> tuple[Array, ...]:
    """The chance, a combination and compared metric, of groups as different as these if all were equal.

    Only groups with enough rows count. It is the slow part of comparing, and does not depend on how one judges.
    """
    compared = _compared(measured)
    if not compared:
        return ()
    stack = _stacked(compared)
    return tuple(_homogeneity(stack, slice(part.start, part.stop)) for part in population.combinations)


def _compared(measured: dict[str, Measured]) -> list[Measured]:
    """All but plain counts."""
    return [metric for metric in measured.values() if not np.isnan(metric.denominator).all()]


def compare(
    measured: dict[str, Measured], population: Population, spec: AuditSpec, *, chances: tuple[Array, ...] | None = None
) -> tuple[Comparison, ...]:
    """Every group beside its reference on every metric but the counts, with verdicts.

    `chances` are the `homogeneities`, where they are known already.
    """
    compared = _compared(measured)
    if not compared:
        return ()
    stack = _stacked(compared)
    chances = homogeneities(measured, population) if chances is None else chances
    weight = measured["count"].value
    parts = [_pairs(stack, part, weight, population, spec) for part in population.combinations]
    chance = significance.family_p_values(
        np.concatenate(chances),
        primary=np.array([name in PRIMARY for name in stack.names] * len(parts)),
        columns=[pairs.part.columns for pairs in parts for _ in stack.names],
    ).reshape(len(parts), len(stack.names))
    judged = [_judge(pairs, chance[i], spec) for i, pairs in enumerate(parts)]
    more = _more_rows(stack.names, parts, judged, spec)
    return tuple(
        comparison
        for pairs, judgement, rows in zip(parts, judged, more, strict=True)
        for comparison in _comparisons(stack.names, pairs, judgement, rows, population)
    )


def _stacked(metrics: list[Measured]) -> _Stack:
    nothing = np.full(len(metrics[0].value), np.nan)
    return _Stack(
        names=tuple(metric.name for metric in metrics),
        value=np.stack([metric.value for metric in metrics]),
        low=np.stack([metric.low for metric in metrics]),
        high=np.stack([metric.high for metric in metrics]),
        rows=np.stack([metric.rows for metric in metrics]),
        support=np.stack([metric.rows if metric.support is None else metric.support for metric in metrics]),
        share=np.stack([nothing if metric.share is None else metric.share for metric in metrics]),
        error=np.stack([nothing if metric.error is None else metric.error for metric in metrics]),
    )


def _pairs(stack: _Stack, part: Combination, weight: Array, population: Population, spec: AuditSpec) -> _Pairs:
    reference = _references(stack, part, weight, population, spec)
    ours, each = slice(part.start, part.stop), np.arange(len(stack.names))

    def beside(numbers: Array) -> tuple[Array, Array]:
        return numbers[:, ours], np.broadcast_to(numbers[each, reference][:, None], numbers[:, ours].shape)

    value, other = beside(stack.value)
    rows, other_rows = beside(stack.rows)
    support, other_support = beside(stack.support)
    low, other_low = beside(stack.low)
    high, other_high = beside(stack.high)
    share, other_share = beside(stack.share)
    error, other_error = beside(stack.error)
    known = np.isfinite(value) & np.isfinite(other) & (reference >= 0)[:, None]
    itself = np.arange(part.start, part.stop)[None] == reference[:, None]
    rated = known & ~itself & (support >= FEWEST_ROWS) & (other_support >= FEWEST_ROWS)
    with np.errstate(invalid="ignore", divide="ignore"):
        difference = intervals.difference_limits(value, low, high, other, other_low, other_high)
        ratio = intervals.ratio_limits(value, low, high, other, other_low, other_high)
        like_rates = np.array([name in LIKE_RATES for name in stack.names])[:, None]
        counts = (value * rows, rows, other * other_rows, other_rows)
        difference = _pick(like_rates, intervals.newcombe(*counts), difference)
        ratio = _pick(like_rates, intervals.donner_zou(*counts), ratio)
    # Everybody (group 0) holds the group too: chance is judged against the rest.
    everybody = (reference == 0)[:, None]
    hits, others = share * rows, np.where(everybody, np.maximum(other_rows - rows, 0), other_rows)
    other_hits = np.where(everybody, np.maximum(other_share * other_rows - hits, 0), other_share * other_rows)
    p_value = np.where(
        np.isfinite(share),
        significance.two_proportions(hits, rows, other_hits, others),
        np.where(
            np.isfinite(error),
            significance.two_means(value, error, rows, other, other_error, other_rows),
            _two_estimates(stack.names, (value, low, high, other, other_low, other_high)),
        ),
    )
    if spec.reference_rule == "highest" and not spec.reference:
        # The highest was picked by looking: it counts as every pair looked at, not only those with it.
        p_value = np.minimum(p_value * max((part.stop - part.start) / 2, 1), 1.0)
    wide = np.array([name in PROPORTIONS for name in stack.names])[:, None] & (high - low > WIDEST)
    return _Pairs(
        part=part,
        reference=reference,
        value=value,
        other=other,
        rows=rows,
        other_rows=other_rows,
        difference=difference,
        ratio=ratio,
        rated=rated,
        thin=(support < ENOUGH_ROWS) | (other_support < ENOUGH_ROWS) | wide,
        p_value=np.where(rated, p_value, np.nan),
    )


def _pick(which: Mask, these: tuple[Array, Array], those: tuple[Array, Array]) -> tuple[Array, Array]:
    return np.where(which, these[0], those[0]), np.where(which, these[1], those[1])


def _homogeneity(stack: _Stack, ours: slice) -> Array:
    enough = (stack.support[:, ours] >= FEWEST_ROWS) & np.isfinite(stack.value[:, ours])
    rows = np.where(enough & np.isfinite(stack.share[:, ours]), stack.rows[:, ours], 0.0)
    found = significance.homogeneity(np.nan_to_num(stack.share[:, ours]) * rows, rows)
    for i in range(len(stack.names)):
        if np.isfinite(stack.share[i]).any():
            continue
        used = enough[i]
        value, low, high = (numbers[i, ours][used] for numbers in (stack.value, stack.low, stack.high))
        if np.isfinite(stack.error[i]).any():
            found[i] = significance.equal_means(value, stack.error[i, ours][used], stack.rows[i, ours][used])
        elif stack.names[i] in MULTIPLES:
            with np.errstate(divide="ignore", invalid="ignore"):
                found[i] = significance.equal_estimates(np.log(value), np.log(low), np.log(high))
        else:
            found[i] = significance.equal_estimates(value, low, high)
    return found


def _two_estimates(names: tuple[str, ...], numbers: tuple[Array, ...]) -> Array:
    """The chance, a metric and pair, of two numbers as different as these, by their intervals."""
    multiples = np.array([name in MULTIPLES for name in names])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = [np.where(multiples, np.log(each), each) for each in numbers]
        return significance.two_estimates(*logs)


def _references(stack: _Stack, part: Combination, weight: Array, population: Population, spec: AuditSpec) -> Index:
    """Which group, a metric, the others stand beside: the named one, the largest, the highest, or everybody (0).

    The reference of an intersection is an intersection of the same columns. A missing value is never the reference,
    unless it is named. −1 where there is no such group.
    """
    named = {column: value for column, value in spec.reference if column in part.columns}
    groups = population.groups
    fits = [
        k
        for k in range(part.start, part.stop)
        if all(value == named[name] if name in named else value is not None for name, value in groups[k])
    ]
    candidates = np.array(fits, dtype=np.int64)
    count = len(stack.names)
    if not len(candidates):
        return np.full(count, -1)
    if set(part.columns) == set(named):
        return np.full(count, candidates[0])
    if spec.reference_rule == "overall" and not named:
        return np.zeros(count, dtype=np.int64)
    if spec.reference_rule != "highest":
        return np.full(count, candidates[weight[candidates].argmax()])
    found = np.full(count, -1)
    for i, values in enumerate(stack.value):
        known = candidates[np.isfinite(values[candidates])]
        large = known[weight[known] >= SMALL_SHARE * weight[0]]
        among = large if len(large) else known
        if len(among):
            found[i] = among[np.lexsort((weight[among], values[among]))[-1]]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What the pairs of one combination come to: arrays metrics × groups."""

    ratio: Array
    adjusted: Array
    gap: Mask
    within: Mask


def _judge(pairs: _Pairs, chance: Array, spec: AuditSpec) -> _Judgement:
    """A gap lies outside the tolerance and beyond chance; within tolerance lies only what does with its interval."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(pairs.other > 0, pairs.value / pairs.other, np.nan)
        adjusted = np.maximum(significance.holm(pairs.p_value), chance[:, None])
        outside = ~((ratio >= spec.tolerance) & (ratio <= 1 / spec.tolerance)) & (pairs.value != pairs.other)
        within = (pairs.ratio[0] >= spec.tolerance) & (pairs.ratio[1] <= 1 / spec.tolerance)
        gap = pairs.rated & outside & (adjusted < LEVEL)
    return _Judgement(ratio=ratio, adjusted=adjusted, gap=gap, within=pairs.rated & within & ~gap)


def _more_rows(names: tuple[str, ...], parts: list[_Pairs], judged: list[_Judgement], spec: AuditSpec) -> list[Array]:
    """How many more rows of a group would settle what is open, where rates tell: one search for all pairs."""
    rates = np.array([name in LIKE_RATES for name in names])[:, None]
    open_ = [
        rates & np.isfinite(judgement.ratio) & (pairs.rows > 0) & ~judgement.gap & ~judgement.within
        for pairs, judgement in zip(parts, judged, strict=True)
    ]
    chosen = [
        np.concatenate([getattr(pairs, name)[which] for pairs, which in zip(parts, open_, strict=True)])
        for name in ("value", "other", "rows", "other_rows")
    ]
    more = significance.rows_to_settle(*chosen, tolerance=spec.tolerance)
    found, start = [], 0
    for which in open_:
        rows = np.full(which.shape, np.nan)
        rows[which] = more[start : start + which.sum()]
        start += which.sum()
        found.append(rows)
    return found


def _comparisons(
    names: tuple[str, ...], pairs: _Pairs, judgement: _Judgement, more: Array, population: Population
) -> Iterator[Comparison]:
    numbers = (
        pairs.value - pairs.other,
        judgement.ratio,
        *pairs.ratio,
        *pairs.difference,
        pairs.p_value,
        judgement.adjusted,
        np.where(more > 0, more, np.nan),
    )
    groups = population.groups[pairs.part.start : pairs.part.stop]
    for i, name in enumerate(names):
        if pairs.reference[i] < 0:
            continue
        beside = population.groups[pairs.reference[i]]
        rows = zip(groups, *(array[i].tolist() for array in numbers), strict=True)
        for j, (group, *found) in enumerate(rows):
            if group == beside:
                continue
            difference, ratio, low, high, d_low, d_high, p_value, adjusted, rows_more = map(_known, found)
            verdict, reason = _verdict(pairs, judgement, i, j)
            yield Comparison(
                metric=name,
                group=group,
                reference=beside,
                difference=difference,
                ratio=ratio,
                low=low if ratio is not None else None,
                high=high if ratio is not None else None,
                difference_low=d_low,
                difference_high=d_high,
                p_value=p_value,
                p_adjusted=adjusted,
                verdict=verdict,
                reason=reason,
                more_rows=int(rows_more) if verdict == "inconclusive" and rows_more is not None else None,
            )


def _verdict(pairs: _Pairs, judgement: _Judgement, i: int, j: int) -> tuple[VerdictKind, str | None]:
    if judgement.gap[i, j]:
        return "gap", None
    if judgement.within[i, j]:
        return "within_tolerance", None
    if not np.isfinite(pairs.value[i, j]) or not np.isfinite(pairs.other[i, j]):
        return "not_computable", "no_denominator"
    if not pairs.rated[i, j]:
        return "inconclusive", "too_few_rows"
    if not np.isfinite(judgement.ratio[i, j]):
        return "not_computable", "reference_zero"
    return "inconclusive", "not_enough_data" if pairs.thin[i, j] else "beyond_noise_unclear"


def _known(number: float) -> float | None:
    return number if isfinite(number) else None
