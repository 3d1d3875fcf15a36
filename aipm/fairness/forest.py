"""Where everything in a forest plot goes: groups beside their reference on one logarithmic axis, for the report."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aipm.fairness.result import Comparison

WIDTH, HEIGHT = 230, 34
"""Of the drawing of one group, in pixels."""
EDGE = 14
TICKS = (0.1, 0.2, 0.3, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One group on the axis, in pixels from the left; None where there is nothing to draw."""

    point: float | None
    low: float | None
    high: float | None
    beyond_left: bool = False
    beyond_right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A logarithmic axis of ratios with the tolerance as a band around 1."""

    ticks: tuple[tuple[float, str], ...]
    one: float
    band: tuple[float, float]
    low: float
    high: float

    def place(self, ratio: float) -> float:
        """Pixels from the left, within the drawing."""
        share = (math.log(min(max(ratio, self.low), self.high)) - math.log(self.low)) / math.log(self.high / self.low)
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    def mark(self, comparison: Comparison) -> Mark:
        """Where a group's estimate and interval go; what lies beyond the axis ends in an arrow."""
        point, low, high = comparison.ratio, comparison.low, comparison.high
        return Mark(
            point=self.place(point) if point is not None and self.low <= point <= self.high else None,
            low=self.place(low) if low is not None else None,
            high=self.place(high) if high is not None else None,
            beyond_left=low is not None and low < self.low,
            beyond_right=high is not None and high > self.high,
        )


def axis(comparisons: Sequence[Comparison], *, tolerance: float) -> Axis:
    """An axis that holds every estimate and the intervals of groups with enough data; the others may run off it."""
    values = [tolerance, 1 / tolerance, 0.8, 1.25]
    for comparison in comparisons:
        rated = comparison.reason not in ("too_few_rows", "not_enough_data")
        values += [comparison.ratio or 1.0, *((comparison.low or 1.0, comparison.high or 1.0) if rated else ())]
    low = max((tick for tick in TICKS if tick <= min(values)), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= max(values)), default=TICKS[-1])
    bare = Axis(ticks=(), one=0.0, band=(0.0, 0.0), low=low, high=high)
    inside = [tick for tick in TICKS if low <= tick <= high]
    middle, stride = inside.index(1.0), math.ceil(len(inside) / MOST_TICKS)
    return Axis(
        ticks=tuple(
            (bare.place(tick), f"{tick:g}") for place, tick in enumerate(inside) if (place - middle) % stride == 0
        ),
        one=bare.place(1.0),
        band=(bare.place(tolerance), bare.place(1 / tolerance)),
        low=low,
        high=high,
    )
