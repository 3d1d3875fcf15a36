"""Groups beside their reference, judged: more than chance after every look, and outside the tolerance or within it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import significance
from aipm.fairness.groups import Population
from aipm.fairness.measure import Measured
from aipm.fairness.pairs import LIKE_RATES, Pairs, Stack, homogeneity, paired, stacked
from aipm.fairness.result import Comparison, VerdictKind
from aipm.fairness.spec import AuditSpec

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEVEL = 0.05
PRIMARY = ("selection_rate", "false_positive_rate", "false_negative_rate", "precision", "base_rate")
"""The leading metrics; the others are only looked at where one of these differs between the same groups.

Where data tell none of them (a score alone, without a threshold), every metric leads.
"""


def homogeneities(measured: dict[str, Measured], population: Population) -> tuple[Array, ...]:
    """The chance, a combination and compared metric, of groups as different as these if all were equal.

    Only groups with enough rows count. It does not depend on how one judges.
    """
    compared = _compared(measured)
    if not compared:
        return ()
    stack = stacked(compared)
    return tuple(homogeneity(stack, slice(part.start, part.stop)) for part in population.combinations)


def _compared(measured: dict[str, Measured]) -> list[Measured]:
    """All but plain counts."""
    return [metric for metric in measured.values() if not np.isnan(metric.denominator).all()]


def compare(
    measured: dict[str, Measured], population: Population, spec: AuditSpec, *, chances: tuple[Array, ...]
) -> tuple[Comparison, ...]:
    """Every group beside its reference on every metric but the counts, with verdicts; `chances`: `homogeneities`."""
    compared = _compared(measured)
    if not compared:
        return ()
    stack = stacked(compared)
    pairs = paired(stack, measured["count"].value, population, spec)
    judgement = _judged(stack, pairs, chances, population, spec)
    return tuple(_comparisons(stack.names, pairs, judgement, population))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What the pairs come to: arrays metrics × groups."""

    ratio: Array
    adjusted: Array
    kind: NDArray[np.int64]
    """Which of `KINDS`."""
    more_rows: Array
    """How many more rows of the group would settle what is open; NaN where none would, or nothing is open."""


KINDS: tuple[tuple[VerdictKind, str | None], ...] = (
    ("gap", None),
    ("within_tolerance", None),
    ("not_computable", "no_denominator"),
    ("inconclusive", "too_few_rows"),
    ("not_computable", "reference_zero"),
    ("inconclusive", "not_enough_data"),
    ("inconclusive", "beyond_noise_unclear"),
)
"""Verdicts with their reasons; the first that fits holds."""
SETTLED = 1
"""The last of them that leaves nothing open."""


def ruled(
    value: Array,
    other: Array,
    bounds: tuple[Array, Array],
    adjusted: Array,
    *,
    rated: Mask,
    thin: Mask,
    tolerance: float,
) -> tuple[Array, NDArray[np.int64]]:
    """The ratio of two rates and which of `KINDS` it is, elementwise.

    A gap lies outside the tolerance and beyond chance (`adjusted`: p-values after every look); within tolerance lies
    only what does with its interval (`bounds` of the ratio). `rated`: both rest on enough rows to be judged; `thin`:
    on too few to settle anything.
    """
    floor, ceiling = tolerance, 1 / tolerance
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(other > 0, value / other, np.nan)
        outside = ~((ratio >= floor) & (ratio <= ceiling)) & (value != other)
        gap = rated & outside & (adjusted < LEVEL)
        within = rated & (bounds[0] >= floor) & (bounds[1] <= ceiling)
    unknown = ~(np.isfinite(value) & np.isfinite(other))
    fits = np.broadcast_arrays(gap, within, unknown, ~rated, ~np.isfinite(ratio), thin, True)
    return ratio, np.argmax(fits, axis=0)


def _judged(
    stack: Stack, pairs: Pairs, chances: tuple[Array, ...], population: Population, spec: AuditSpec
) -> _Judgement:
    adjusted = _adjusted(stack, pairs, chances, population)
    ratio, kind = ruled(
        pairs.value, pairs.other, pairs.ratio, adjusted, rated=pairs.rated, thin=pairs.thin, tolerance=spec.tolerance
    )
    more_rows = np.full(ratio.shape, np.nan)
    open_ = stack.among(LIKE_RATES) & np.isfinite(ratio) & (pairs.rows > 0) & (kind > SETTLED) & (pairs.reference >= 0)
    more_rows[open_] = significance.rows_to_settle(
        pairs.value[open_], pairs.other[open_], pairs.rows[open_], pairs.other_rows[open_], tolerance=spec.tolerance
    )
    return _Judgement(ratio=ratio, adjusted=adjusted, kind=kind, more_rows=np.where(more_rows > 0, more_rows, np.nan))


def _adjusted(stack: Stack, pairs: Pairs, chances: tuple[Array, ...], population: Population) -> Array:
    """p-values after every look: Holm's within a family, and never below that of the family."""
    parts = population.combinations
    leads = np.array([name in PRIMARY for name in stack.names])
    chance = significance.family_p_values(
        np.concatenate(chances),
        primary=np.tile(leads if leads.any() else ~leads, len(parts)),
        columns=[part.columns for part in parts for _ in stack.names],
    ).reshape(len(parts), len(stack.names), 1)
    found = np.full_like(pairs.p_value, np.nan)
    for part, least in zip(parts, chance, strict=True):
        ours = slice(part.start, part.stop)
        found[:, ours] = np.maximum(significance.holm(pairs.p_value[:, ours]), least)
    return found


def _comparisons(
    names: tuple[str, ...], pairs: Pairs, judgement: _Judgement, population: Population
) -> Iterator[Comparison]:
    """One a combination of columns, metric and group, in this order."""
    groups = population.groups
    bounded = np.isfinite(judgement.ratio)
    numbers = (
        pairs.value - pairs.other,
        judgement.ratio,
        np.where(bounded, pairs.ratio[0], np.nan),
        np.where(bounded, pairs.ratio[1], np.nan),
        *pairs.difference,
        pairs.p_value,
        judgement.adjusted,
        judgement.more_rows,
    )
    found = np.stack(numbers, axis=-1)
    known: NDArray[np.object_] = found.astype(object)
    known[~np.isfinite(found)] = None
    for part in population.combinations:
        ours = slice(part.start, part.stop)
        for i, name in enumerate(names):
            if pairs.reference[i, part.start] < 0:
                continue
            beside = groups[pairs.reference[i, part.start]]
            rows = zip(groups[ours], known[i, ours].tolist(), judgement.kind[i, ours].tolist(), strict=True)
            for group, (difference, ratio, low, high, d_low, d_high, p_value, adjusted, more), kind in rows:
                if group == beside:
                    continue
                verdict, reason = KINDS[kind]
                yield Comparison(
                    metric=name,
                    group=group,
                    reference=beside,
                    difference=difference,
                    ratio=ratio,
                    low=low,
                    high=high,
                    difference_low=d_low,
                    difference_high=d_high,
                    p_value=p_value,
                    p_adjusted=adjusted,
                    verdict=verdict,
                    reason=reason,
                    more_rows=int(more) if verdict == "inconclusive" and more is not None else None,
                )
