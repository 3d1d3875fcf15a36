"""What would unseat the winner: the smallest change of one weight, or of one of its own values."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.selection.methods import Scorer

Floats = NDArray[np.float64]

_GRID = 200
"""Steps of a search between here and the end: what happens and ends within one of them is not seen."""
_HALVINGS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTip:
    """At `at` the winner is level with `by`, beyond it behind; the other weights keep their proportions.

    `change` is `at` - `weight`; `exact` where it is solved, not searched. Indices are the matrix's.
    """

    criterion: int
    weight: float
    at: float
    by: int
    exact: bool

    @property
    def change(self) -> float:
        return self.at - self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTip:
    """If the winner's value of a criterion were `at` instead of `value`, it would be level with `by`."""

    criterion: int
    value: float
    at: float
    by: int
    exact: bool


def weight_tips(scorer: Scorer, weights: Floats, winner: int) -> tuple[WeightTip, ...]:
    """For each criterion the smallest change of its weight that unseats the winner, smallest first.

    For sums, and products by their logarithms, in closed form: with the lead d over a rival as a function of one
    weight t, d(t) = t d_j + (1 - t) d_rest is a line. Otherwise by search over `_GRID` steps a side.
    """
    if len(weights) < 2:
        return ()
    linear = scorer.parts
    if linear is None and scorer.factors is not None and (scorer.factors > 0).all():
        linear = np.log(scorer.factors)
    if linear is None:
        found = _searched(scorer, weights, winner)
    else:
        found = _solved(-linear if scorer.ascending else linear, weights, winner)
    return tuple(sorted(found, key=lambda tip: abs(tip.change)))


def _solved(parts: Floats, weights: Floats, winner: int) -> list[WeightTip]:
    lead = parts[winner] - parts
    found = []
    for k, weight in enumerate(weights):
        rest = (lead @ weights - lead[:, k] * weight) / (1 - weight)
        slope = lead[:, k] - rest
        level = np.divide(-rest, slope, out=np.full_like(rest, np.nan), where=slope != 0)
        possible = (level >= 0) & (level <= 1) & (np.arange(len(lead)) != winner)
        # A rival that is level everywhere unseats nobody.
        possible &= np.abs(slope) > 1e-12 * np.abs(parts).max()
        if possible.any():
            by = int(np.argmin(np.where(possible, np.abs(level - weight), np.inf)))
            found.append(WeightTip(criterion=k, weight=float(weight), at=float(level[by]), by=by, exact=True))
    return found


def _searched(scorer: Scorer, weights: Floats, winner: int) -> list[WeightTip]:
    found = []
    for k, weight in enumerate(weights):

        def leader(level: Floats, k: int = k, weight: float = weight) -> NDArray[np.intp]:
            rows = (1 - level)[:, None] * weights / (1 - weight)
            rows[:, k] = level
            return _leader(scorer, rows, winner)

        sides = [_crossing(leader, float(weight), end, winner) for end in (0.0, 1.0)]
        tips = [side for side in sides if side is not None]
        if tips:
            at, by = min(tips, key=lambda side: abs(side[0] - weight))
            found.append(WeightTip(criterion=k, weight=float(weight), at=at, by=by, exact=False))
    return found


def _leader(scorer: Scorer, weights: Floats, winner: int) -> NDArray[np.intp]:
    """Who is first under each weighting: the winner as long as nobody is ahead of it."""
    gain = scorer.gain(weights)
    best = gain.argmax(axis=1)
    ahead = gain.max(axis=1) - gain[:, winner] > scorer.tolerance
    return np.where(ahead, best, winner)


def _crossing(
    leader: Callable[[Floats], NDArray[np.intp]], here: float, end: float, winner: int
) -> tuple[float, int] | None:
    """The first place on the way from here to the end where another leads, and who; None where none does."""
    steps = here + (end - here) * np.arange(1, _GRID + 1) / _GRID
    lost = np.flatnonzero(leader(steps) != winner)
    if not lost.size:
        return None
    near, far = (here if lost[0] == 0 else float(steps[lost[0] - 1])), float(steps[lost[0]])
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if leader(np.array([middle]))[0] == winner:
            near = middle
        else:
            far = middle
    return far, int(leader(np.array([far]))[0])


def value_lead(parts: Floats, weights: Floats, winner: int) -> tuple[Floats, int] | None:
    """For a weighted sum: how far each of the winner's parts must fall to be level with the next, and who that is."""
    if len(parts) < 2:
        return None
    totals = parts @ weights
    behind = totals[winner] - np.delete(totals, winner)
    by = int(np.delete(np.arange(len(parts)), winner)[behind.argmin()])
    return np.asarray(behind.min() / weights), by


def searched_value(
    first: Callable[[float], int | None], value: float, steps: Floats, winner: int
) -> tuple[float, int] | None:
    """The first of the steps away from the value at which another is first, then halved towards; None where none is.

    `first` says who is first when the winner's value is so much, None where that cannot be scored.
    """
    near = value
    for step in map(float, steps):
        now = first(step)
        if now is None:
            return None
        if now == winner:
            near = step
            continue
        far, by = step, now
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            now = first(middle)
            if now is None or now == winner:
                near = middle
            else:
                far, by = middle, now
        return far, by
    return None
