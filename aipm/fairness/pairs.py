"""Every group beside its reference, in numbers: difference and ratio with intervals, and the chance of such a pair."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals, significance
from aipm.fairness.groups import Population
from aipm.fairness.measure import Measured
from aipm.fairness.metrics import RATES
from aipm.fairness.references import references
from aipm.fairness.spec import AuditSpec

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]

FEWEST_ROWS = 10
"""A number that rests on fewer rows than this is not rated."""
ENOUGH_ROWS = 30
WIDEST = 0.2
"""Under this many rows, or with an interval wider than this, there is not enough data."""
PROPORTIONS = frozenset(metric.name for metric in RATES) | {"scoring_rate"}
MULTIPLES = frozenset({"positive_likelihood_ratio", "negative_likelihood_ratio"})
"""Metrics that are ratios themselves: their logarithms are compared."""
LIKE_RATES = PROPORTIONS | {"auc"}
"""Metrics whose pairs are bounded as two rates are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Some metrics of all groups, metrics × groups."""

    names: tuple[str, ...]
    value: Array
    low: Array
    high: Array
    rows: Array
    support: Array
    share: Array
    error: Array

    def among(self, names: frozenset[str]) -> Mask:
        """Which metrics are among these, metrics × 1."""
        return np.array([name in names for name in self.names])[:, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """All groups beside their references: arrays metrics × groups; nothing is known where there is no reference."""

    reference: Index
    """Of every metric and group; −1 where no group can be the reference."""
    value: Array
    other: Array
    rows: Array
    other_rows: Array
    difference: tuple[Array, Array]
    ratio: tuple[Array, Array]
    rated: Mask
    thin: Mask
    p_value: Array


def stacked(metrics: list[Measured]) -> Stack:
    """Metrics on top of one another."""
    nothing = np.full(len(metrics[0].value), np.nan)
    return Stack(
        names=tuple(metric.name for metric in metrics),
        value=np.stack([metric.value for metric in metrics]),
        low=np.stack([metric.low for metric in metrics]),
        high=np.stack([metric.high for metric in metrics]),
        rows=np.stack([metric.rows for metric in metrics]),
        support=np.stack([metric.rows if metric.support is None else metric.support for metric in metrics]),
        share=np.stack([nothing if metric.share is None else metric.share for metric in metrics]),
        error=np.stack([nothing if metric.error is None else metric.error for metric in metrics]),
    )


def paired(stack: Stack, weight: Array, population: Population, spec: AuditSpec) -> Pairs:
    """Every group beside the reference that the specification gives it; `weight` is how many people a group stands for.

    Group 0, everybody, stands beside nobody.
    """
    reference = references(stack.value, weight, population, spec)

    def beside(numbers: Array) -> tuple[Array, Array]:
        return numbers, np.take_along_axis(numbers, reference, axis=1)

    value, other = beside(stack.value)
    rows, other_rows = beside(stack.rows)
    support, other_support = beside(stack.support)
    low, other_low = beside(stack.low)
    high, other_high = beside(stack.high)
    share, other_share = beside(stack.share)
    error, other_error = beside(stack.error)
    known = np.isfinite(value) & np.isfinite(other) & (reference >= 0)
    itself = np.arange(value.shape[1]) == reference
    rated = known & ~itself & (support >= FEWEST_ROWS) & (other_support >= FEWEST_ROWS)
    with np.errstate(invalid="ignore", divide="ignore"):
        difference = intervals.difference_limits(value, low, high, other, other_low, other_high)
        ratio = intervals.ratio_limits(value, low, high, other, other_low, other_high)
        counts = (value * rows, rows, other * other_rows, other_rows)
        difference = _pick(stack.among(LIKE_RATES), intervals.newcombe(*counts), difference)
        ratio = _pick(stack.among(LIKE_RATES), intervals.donner_zou(*counts), ratio)
    # Everybody (group 0) holds the group too: chance is judged against the rest.
    everybody = reference == 0
    hits, others = share * rows, np.where(everybody, np.maximum(other_rows - rows, 0), other_rows)
    # Weighted or clustered rows count for less in one place than in another: the rest's hits stay within its rows.
    other_hits = np.where(everybody, np.clip(other_share * other_rows - hits, 0, others), other_share * other_rows)
    p_value = np.where(
        np.isfinite(share),
        significance.two_proportions(hits, rows, other_hits, others),
        np.where(
            np.isfinite(error),
            significance.two_means(value, error, rows, other, other_error, other_rows),
            _two_estimates(stack, (value, low, high, other, other_low, other_high)),
        ),
    )
    if spec.reference_rule == "highest" and not spec.reference:
        # The highest was picked by looking: it counts as every pair looked at, not only those with it.
        for part in population.combinations:
            p_value[:, part.start : part.stop] *= max((part.stop - part.start) / 2, 1)
        p_value = np.minimum(p_value, 1.0)
    wide = stack.among(PROPORTIONS) & (high - low > WIDEST)
    return Pairs(
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


def _two_estimates(stack: Stack, numbers: tuple[Array, ...]) -> Array:
    """The chance, a metric and pair, of two numbers as different as these, by their intervals."""
    multiples = stack.among(MULTIPLES)
    with np.errstate(divide="ignore", invalid="ignore"):
        return significance.two_estimates(*(np.where(multiples, np.log(each), each) for each in numbers))


def homogeneity(stack: Stack, ours: slice) -> Array:
    """The chance, a metric, of groups as different as `ours` if all were equal; only those with enough rows count."""
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
