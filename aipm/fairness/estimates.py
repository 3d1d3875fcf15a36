"""A measured number -> what may be made of it: enough data, too little of it, or nothing to divide by."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.measure import Measured
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS, PROPORTIONS, WIDEST
from aipm.fairness.result import Estimate, Status

STATES: tuple[tuple[Status, str | None], ...] = (
    ("not_computable", "no_denominator"),
    ("ok", None),
    ("not_enough_data", "too_few_rows"),
    ("not_enough_data", "not_enough_data"),
    ("ok", None),
)
"""What a number can be, with the reason; the first that fits holds."""


def estimates_of(metric: Measured) -> list[Estimate]:
    """A metric's arrays as one estimate a group; NaN becomes None with a reason."""
    is_count = np.isnan(metric.denominator).all()
    support = metric.rows if metric.support is None else metric.support
    wide = (metric.name in PROPORTIONS) & (metric.high - metric.low > WIDEST)
    fits = [np.isnan(metric.value), is_count | np.isnan(support), support < FEWEST_ROWS, (support < ENOUGH_ROWS) | wide]
    state = np.argmax(np.broadcast_arrays(*fits, True), axis=0)
    columns = (metric.value, metric.numerator, metric.denominator, metric.low, metric.high, support)
    numbers = np.stack(columns, axis=-1)
    numbers[np.isnan(metric.value), 3:5] = np.nan
    known: NDArray[np.object_] = numbers.astype(object)
    known[np.isnan(numbers)] = None
    states = (STATES[place] for place in state.tolist())
    return [
        Estimate(value, numerator, denominator, low, high, status, reason, rows)
        for (value, numerator, denominator, low, high, rows), (status, reason) in zip(
            known.tolist(), states, strict=True
        )
    ]
