"""How well a score tells people apart in each group, and whether it promises what comes true: lines ready to draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.counts import Counts, answers
from aipm.fairness.groups import Population, added_up
from aipm.fairness.measure import UNKNOWN, YES, Measured, known, rate, shares
from aipm.fairness.scores import CALIBRATION_BINS
from aipm.fairness.spec import AuditSpec
from aipm.fairness.thresholds import Sweep, rates

Array = NDArray[np.float64]
MOST_POINTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One group's points, from nobody selected to everybody, each with the threshold that gives it."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    thresholds: tuple[float, ...]


def roc(found: Sweep) -> tuple[Curve | None, ...]:
    """False against true positive rate at every threshold, a curve a group; None where it has no yes or no no."""
    return _curves(found, "false_positive_rate", "true_positive_rate")


def precision_recall(found: Sweep) -> tuple[Curve | None, ...]:
    """True positive rate (recall) against precision, which is not defined where nobody is selected."""
    return _curves(found, "true_positive_rate", "precision")


def _curves(found: Sweep, across: str, up: str) -> tuple[Curve | None, ...]:
    measured = rates(found, (across, up))
    made: list[Curve | None] = []
    for group, (x, y) in enumerate(zip(measured[across].value, measured[up].value, strict=True)):
        selected = found.weight[:2, group].sum(axis=0)
        steps = np.flatnonzero(np.append(selected[:-1] > selected[1:], True) & np.isfinite(x) & np.isfinite(y))[::-1]
        if len(steps) > MOST_POINTS:
            steps = steps[np.linspace(0, len(steps) - 1, MOST_POINTS).astype(np.int64)]
        made.append(
            Curve(x=tuple(x[steps].tolist()), y=tuple(y[steps].tolist()), thresholds=tuple(found.edges[steps].tolist()))
            if len(steps)
            else None
        )
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """`promised`: the mean score in each of ten equal parts of the scale, groups × parts (NaN: nobody there).

    `came` is the share of those whose label says yes, with its interval, of the same shape.
    """

    promised: Array
    came: Measured


def reliability(counts: Counts, spec: AuditSpec, people: Population) -> Reliability:
    """What was promised beside what came true, by group. `counts.scale` and a label must be there. Raises Refusal."""
    assert counts.scale is not None
    label, _ = answers(counts, spec)
    facts = known(counts, people, label, None, None)
    used = (counts.bin >= 0) & (facts.label != UNKNOWN)
    part = np.minimum(np.maximum(counts.bin, 0) * CALIBRATION_BINS // counts.scale.bins, CALIBRATION_BINS - 1)
    place, size = counts.group * CALIBRATION_BINS + part, len(counts.groups) * CALIBRATION_BINS
    yes = used & (facts.label == YES)
    total, square, promised, came, came_square = (
        people.gather(added_up(place, amounts, size).reshape(-1, CALIBRATION_BINS))
        for amounts in (
            *(counts.weight * used, counts.weight_squared * used, counts.score_sum * used),
            *(counts.weight * yes, counts.weight_squared * yes),
        )
    )
    factor = facts.factor[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(total > 0, promised / total, np.nan)
    return Reliability(
        promised=mean, came=rate("base_rate", *shares(came, total, came_square * factor, square * factor))
    )
