"""What comparing like with like changes: a difference that turns round, goes, stays or appears, and who is where.

Simpson (1951) and before him Yule (1903): what holds for everybody together can be the reverse of what holds within
every part, where the groups are spread unevenly over parts with very different rates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from aipm.fairness.compare import LEVEL
from aipm.fairness.spec import Group
from aipm.fairness.strata_result import Array, LikeComparison

Change = Literal["reversed", "explained", "uncertain", "appears", "stays", "no_gap", "open", "nothing"]
TOLD = 0.01
"""A change of at least one percentage point is explained by who is where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A stratum that makes the crude difference what it is: where the group's people are, and the rate there."""

    stratum: Group
    spread: float
    other_spread: float
    rate: float
    """Of the group and its reference together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What became of the difference. `higher`, `lower`: strata in which the group's rate is above, below the
    reference's; `compared`: all in which both have people. `certain`: the standardised difference is beyond chance,
    by its interval and by the test over all strata; `unclear`: by one of the two only.
    """

    change: Change
    higher: int
    lower: int
    compared: int
    certain: bool
    unclear: bool
    drivers: tuple[Driver, ...]


def story(of: LikeComparison) -> Story:
    """Set the crude difference beside the standardised one, and find the strata that make up what lies between."""
    within, used = of.within, of.within.comparable
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = np.where(used, within.hits[0] / within.totals[0] - within.hits[1] / within.totals[1], 0.0)
    side = of.standardised
    low, high = side.difference_low, side.difference_high
    apart = low is not None and high is not None and not low <= 0 <= high
    tested = side.p_adjusted is not None and side.p_adjusted < LEVEL
    return Story(
        change=_change(of, opposite=lambda sign: float(of.within.share[gap * sign < 0].sum())),
        higher=int((gap > 0).sum()),
        lower=int((gap < 0).sum()),
        compared=int(used.sum()),
        certain=apart and tested,
        unclear=side.p_adjusted is not None and apart != tested,
        drivers=_drivers(of),
    )


def _change(of: LikeComparison, *, opposite: Callable[[float], float]) -> Change:
    crude, alike = of.crude, of.standardised
    if alike.difference is None or crude.difference is None or alike.reason == "too_few_rows":
        return "nothing"
    before = difference(of)
    real = crude.p_adjusted is not None and crude.p_adjusted < LEVEL
    # Over the strata that can be compared only: leaving strata out may turn a difference round, but is no reversal.
    if (
        real
        and before * alike.difference < 0
        and before * crude.difference > 0
        and opposite(float(np.sign(before))) > 0.5
    ):
        return "reversed"
    if crude.verdict == "gap":
        if alike.verdict == "gap":
            return "stays"
        return "explained" if alike.verdict == "within_tolerance" else "uncertain"
    if alike.verdict == "gap":
        return "appears"
    return "no_gap" if alike.verdict == "within_tolerance" else "open"


def difference(of: LikeComparison) -> float:
    """The crude difference over the strata in which both have people."""
    first, second = of.alike
    return 0.0 if first is None or second is None else first - second


def _drivers(of: LikeComparison) -> tuple[Driver, ...]:
    """Of the strata with high rates and of those with low ones, the one that did most to part crude and standardised.

    What uneven spread adds to a difference is Σ (spread − other spread) × rate (Kitagawa 1955).
    """
    within, used = of.within, of.within.comparable
    changed = difference(of) - (of.standardised.difference or 0.0)
    if abs(changed) < TOLD:
        return ()
    totals = [np.where(used, each, 0.0) for each in within.totals]
    hits = [np.where(used, each, 0.0) for each in within.hits]
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (hits[0] + hits[1]) / (totals[0] + totals[1])
    spread = [each / each.sum() for each in totals]
    centre = float(np.nansum(rate * within.share))
    added = (spread[0] - spread[1]) * (rate - centre) * np.sign(changed)
    found = []
    for which in (rate > centre, rate < centre):
        k = int(np.argmax(np.where(which, added, -1.0)))
        if which[k] and added[k] > 0.1 * abs(changed):
            found.append((added[k], _driver(of, k, spread, rate)))
    return tuple(driver for _, driver in sorted(found, key=lambda each: -each[0]))


def _driver(of: LikeComparison, k: int, spread: list[Array], rate: Array) -> Driver:
    return Driver(
        stratum=of.strata[k],
        spread=float(spread[0][k]),
        other_spread=float(spread[1][k]),
        rate=float(rate[k]),
    )
