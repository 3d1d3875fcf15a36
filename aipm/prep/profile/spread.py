"""How the numbers of a column lie: outliers, caps, many zeros, numbers below zero."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.words import words

OLDEST = 120
NATURAL_ENDS = {1.0, 5.0, 10.0, 24.0, 100.0, 365.0, 366.0, 1000.0}


def spread(sheet: Sheet, skip: frozenset[int]) -> Iterator[Finding]:
    """What is said of every column of numbers but the target and those in `skip` (identifiers, by position)."""
    for column in sheet.columns:
        if not column.is_numeric or column.position in skip or column.distinct < 5 or column.is_code:
            continue
        yield from _outliers(column, sheet)
        yield from _caps(column, sheet)
        yield from _zeros(column, sheet)
        yield from _below_zero(column, sheet)


def quantile(values: NDArray[np.float64], times: NDArray[np.int64], share: float) -> float:
    """The quantile by linear interpolation, as pandas has it, of rising values that occur `times` times."""
    upto = np.cumsum(times)
    place = share * (upto[-1] - 1)
    low, high = np.floor(place), np.ceil(place)
    first, second = values[np.searchsorted(upto, low, side="right")], values[np.searchsorted(upto, high, side="right")]
    return float(first + (second - first) * (place - low))


def _outliers(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Beyond 1.5 times the interquartile range (Tukey 1977); and single values beyond all measure."""
    values, times = column.sorted_numbers
    q1, q3 = quantile(values, times, 0.25), quantile(values, times, 0.75)
    reach = 1.5 * (q3 - q1)
    if not np.isfinite(reach):
        return
    extreme = _extreme(column, values, times, q1, q3)
    if extreme is not None and extreme.any():
        chosen = np.isin(column.numbers.values, values[extreme]) & column.is_valid
        yield found(
            "outlier_extreme",
            [column],
            rows=sheet.rows,
            count=column.count(chosen),
            where=column.first_rows(chosen),
            values=column.examples(chosen, 5),
            fix=step("cap_outliers", [column]),
        )
    if reach > 0:
        number = column.numbers.values
        out = column.is_valid & np.isfinite(number) & ((number < q1 - reach) | (number > q3 + reach))
        if out.any():
            yield found(
                "outlier_iqr",
                [column],
                rows=sheet.rows,
                count=column.count(out),
                where=column.first_rows(out),
                values=column.examples(out, 5),
                fix=step("flag_outliers", [column]),
            )


def _extreme(
    column: Column, values: NDArray[np.float64], times: NDArray[np.int64], q1: float, q3: float
) -> NDArray[np.bool_] | None:
    """A few values ten times as far out as all others, or ages that nobody has."""
    if column.words & {"age", "ages", "alter", "edad", "idade"} and np.median(values) < OLDEST:
        return (values > OLDEST) | (values < 0)
    few = max(6, 0.005 * times.sum())
    middle, scale = (q1 + q3) / 2, max(q3 - q1, 1e-300)
    if q3 == q1:
        return None
    far = np.abs(values - middle) / scale
    order = np.argsort(far)
    sorted_far, counted = far[order], times[order]
    jumps = sorted_far[1:] >= 10 * np.maximum(sorted_far[:-1], 1.5)
    if not jumps.any():
        return None
    first = int(np.flatnonzero(jumps)[-1]) + 1
    if counted[first:].sum() > few:
        return None
    found_: NDArray[np.bool_] = far >= sorted_far[first]
    return found_


def _caps(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """The highest or lowest value occurs far more often than those beside it, as where a scale was cut off."""
    values, times = column.sorted_numbers
    if len(values) < 30:
        return
    for end, beside in ((-1, times[-16:-1]), (0, times[1:16])):
        value, often = float(values[end]), int(times[end])
        gap = abs(values[end] - values[-2 if end else 1])
        stands_out = often >= 5 * beside.mean() and often >= 3 * beside.max()
        lies_apart = often >= 10 * np.median(beside) and gap >= 0.5 * (values[-2] - values[1])
        if value == 0.0 or often < max(5, 0.0003 * column.filled) or not (stands_out or lies_apart):
            continue
        share_of_all = 2 * often > column.filled
        if end == 0 and (share_of_all or (value == 1.0 and column.kind == "whole_number")):
            continue
        if share_of_all:
            continue
        mask = column.is_valid & (column.numbers.values == value)
        yield found(
            "capped_value",
            [column],
            rows=sheet.rows,
            count=often,
            variant="" if end else "low",
            severity="info" if value in NATURAL_ENDS else None,
            where=column.first_rows(mask),
            values=column.examples(mask),
        )


def _zeros(column: Column, sheet: Sheet) -> Iterator[Finding]:
    zero = column.is_valid & (column.numbers.values == 0.0)
    if column is not sheet.target and column.distinct >= 5 and column.count(zero) >= 0.5 * column.filled:
        yield found(
            "zero_inflated",
            [column],
            rows=sheet.rows,
            count=column.count(zero),
            where=column.first_rows(zero),
        )


def _below_zero(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Numbers below zero where the name says there are none, or where hardly any other is."""
    below = column.is_valid & (column.numbers.values < 0)
    count = column.count(below)
    if not count:
        return
    is_named = bool(column.words & words().never_negative)
    if is_named and count <= 0.2 * column.filled:
        yield found(
            "negative_values",
            [column],
            rows=sheet.rows,
            count=count,
            where=column.first_rows(below),
            values=column.examples(below, 5),
            severity="advice",
        )
    elif count <= 0.005 * column.filled and (column.filled >= 100):
        yield found(
            "negative_values",
            [column],
            rows=sheet.rows,
            count=count,
            variant="few",
            where=column.first_rows(below),
            values=column.examples(below, 5),
        )
