"""A matrix of values in any unit -> comparable numbers of which more is better, criterion by criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.selection.amounts import listed
from aipm.selection.criteria import Criterion
from aipm.tables import Refusal

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

Normalisation = Literal["vector", "min_max", "sum", "max", "none"]

SAME = 1e-12
"""Values that differ by less than this share of the largest are one: 0.1 + 0.2 and 0.3 are no best and worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a criterion's scale begins and ends; `stated`, or the candidates' own worst and best."""

    criterion: str
    worst: float
    best: float
    scale: str
    stated: bool


def constant(values: Floats) -> Flags:
    """Which columns hold one value only (to rounding)."""
    found: Flags = np.ptp(values, axis=0) <= SAME * np.abs(values).max(axis=0)
    return found


def anchors(values: Floats, criteria: Sequence[Criterion]) -> tuple[Anchor, ...]:
    """The ends of every criterion's scale for min_max. Raises Refusal where a log scale meets what it has no place for.

    Zero on a log scale with stated ends lies beyond the end nearest to it, and counts as that end.
    """
    found = []
    for column, criterion in zip(values.T, criteria, strict=True):
        low, high = float(column.min()), float(column.max())
        if criterion.scale == "log" and (low < 0 or (low == 0 and not criterion.anchored)):
            raise Refusal(
                "log_of_nothing",
                f"Criterion “{criterion.name}” has values of 0 or below, which a log scale has no place for.",
                advice="Use the linear scale for it, or state worst and best above 0: then 0 counts as the nearer end.",
            )
        worst, best = (low, high) if criterion.direction == "max" else (high, low)
        if criterion.worst is not None and criterion.best is not None:
            worst, best = criterion.worst, criterion.best
        found.append(
            Anchor(criterion=criterion.name, worst=worst, best=best, scale=criterion.scale, stated=criterion.anchored)
        )
    return tuple(found)


def between(values: Floats, ends: Sequence[Anchor]) -> Floats:
    """Each value's place from worst (0) to best (1); beyond them it counts as the end."""
    placed = np.empty_like(values)
    for k, end in enumerate(ends):
        column, worst, best = values[:, k], end.worst, end.best
        if end.scale == "log":
            with np.errstate(divide="ignore"):
                column = np.log(column)
            worst, best = float(np.log(worst)), float(np.log(best))
        placed[:, k] = np.clip((column - worst) / (best - worst), 0.0, 1.0) + 0.0  # no -0
    return placed


def value_at(place: float, end: Anchor) -> float:
    """The value that lies at a place from worst (0) to best (1)."""
    if end.scale == "log":
        return float(end.worst * (end.best / end.worst) ** place)
    return end.worst + place * (end.best - end.worst)


def normalised(
    values: Floats,
    criteria: Sequence[Criterion],
    kind: Normalisation,
    ends: Sequence[Anchor],
    *,
    for_product: bool = False,
) -> Floats:
    """The matrix as a method weighs it; more is better in every column. Raises Refusal for what `kind` cannot take.

    min_max: the place between the ends. vector: x / √Σx², and 1 less that where less is better. sum: x / Σx, of 1/x
    where less is better. max: x / max, and min / x. none: x as it is, -x where less is better, 1/x `for_product`.
    """
    if kind == "min_max":
        return between(values, ends)
    less = np.array([criterion.direction == "min" for criterion in criteria])
    if kind == "vector":
        shares: Floats = values / np.sqrt(np.square(values).sum(axis=0))
        return np.asarray(np.where(less, 1 - shares, shares))
    if kind == "none" and not for_product:
        return np.asarray(np.where(less, -values, values))
    _check_positive(values, criteria, less, kind)
    # What divides is above 0 where it is used.
    inverse = 1 / np.where(less, values, 1.0)
    if kind == "none":
        return np.asarray(np.where(less, inverse, values))
    if kind == "sum":
        parts = np.where(less, inverse, values)
        return np.asarray(parts / parts.sum(axis=0))
    return np.asarray(np.where(less, values.min(axis=0) * inverse, values / values.max(axis=0)))


def _check_positive(values: Floats, criteria: Sequence[Criterion], less: Flags, kind: Normalisation) -> None:
    low = values.min(axis=0)
    bad = (low < 0) | (less & (low <= 0))
    wrong = [criterion.name for criterion, flag in zip(criteria, bad, strict=True) if flag]
    if wrong:
        what = "a product of the values" if kind == "none" else f"the normalisation {kind}"
        raise Refusal(
            "not_positive",
            f"{listed(wrong)}: {what} takes no value below 0, and no 0 where less is better.",
            advice="Use min_max, a method that compares differences (weighted_sum, topsis), or another zero point.",
        )
