"""Missing values: blank, said in words, or hidden in codes and zeros; and what explains them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column, Mask
from aipm.prep.profile.dates import NONE
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.words import words
from aipm.prep.recipe import Step

MOSTLY = 0.5
FAR = 3.0
"""A high code such as 999 is told from a large value by being this many times the largest other one."""
ZERO_GAP = 5.0
"""0 stands apart when the way to the next value is this many times the usual step between low values."""
EXPLAINERS = 200
"""Columns with more values than this are not looked at as an explanation."""


def with_sentinels(column: Column) -> Column:
    """The column with those values marked that are codes for "missing"."""
    coded = np.zeros(len(column.times), bool)
    if column.is_numeric:
        for value in _sentinels(*column.sorted_numbers):
            coded |= column.numbers.values == value
    elif column.kind == "date" and column.dates is not None:
        coded = _date_sentinels(column)
    return replace(column, coded=coded) if coded.any() else column


def _sentinels(values: NDArray[np.float64], times: NDArray[np.int64]) -> list[float]:
    """Codes at the low and the high end, from outside to inside. `values` rise; `times` say how often each occurs."""
    known = words().sentinels
    codes: list[float] = []
    low, high = 0, len(values) - 1
    total = int(times.sum())
    # All that is below zero is codes, at most a handful of them, and the rest is not.
    below = int(np.searchsorted(values, 0.0))
    if 0 < below <= 6 and len(values) - below >= 5 and all(float(v) in known for v in values[:below]):
        near = [i for i in range(below) if values[i] > -6]
        repeated = times[:below].sum() >= max(2, 0.0005 * total)
        if repeated and all(_spikes(times, i, below) for i in near):
            codes += values[:below].tolist()
            low = below
    for _ in range(4):
        if high - low < 4:
            break
        spread = max(values[high] - values[low + 1], 1e-300)
        if _is_code(values[low], times[low], total) and values[low] < 0 and values[low + 1] - values[low] > spread:
            codes.append(float(values[low]))
            low += 1
            continue
        inner = np.abs(values[low:high]).max()
        top = values[high]
        is_far = top >= FAR * max(inner, 1e-300) and top - values[high - 1] > values[high - 1] - values[low]
        if _is_code(top, times[high], total) and top > 0 and is_far:
            codes.append(float(top))
            high -= 1
            continue
        break
    return codes


def _is_code(value: float, times: int, total: int) -> bool:
    """A known code that is repeated, or any value that is repeated very often out there."""
    if float(value) in words().sentinels or abs(value) >= 1e30:
        return bool(times >= 2)
    return bool(times >= max(10, 0.01 * total)) and float(value) % 1 == 0 and abs(value) >= 50


def _spikes(times: NDArray[np.int64], place: int, below: int) -> bool:
    """Whether -1 is more than the tail of what is measured: more often than the values next to it."""
    beside = times[below : below + 4]
    return bool(times[place] >= 2 * np.median(beside)) and bool(times[place] > 2)


def _date_sentinels(column: Column) -> Mask:
    """First and last days of calendars and computers, where they are repeated or far from the rest."""
    assert column.dates is not None
    days = column.dates.days
    known = [_day_number(text) for text in words().sentinel_dates]
    suspected = np.isin(days, known) & column.is_valid
    rest = days[column.is_valid & ~suspected & (days != NONE)]
    if not suspected.any() or not len(rest):
        return np.zeros(len(days), bool)
    low, high = rest.min(), rest.max()
    apart = (days < low - max(high - low, 365)) | (days > high + max(high - low, 365))
    repeated = column.times >= max(3, 10 * np.median(column.times))
    marked: Mask = suspected & ((days < low) | (days > high)) & (apart | repeated)
    return marked


def _day_number(text: str) -> int:
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


def missing_values(sheet: Sheet) -> Iterator[Finding]:
    """Everything about cells that hold no value."""
    explained = _explanations(sheet)
    for column in sheet.columns:
        if column.kind == "empty":
            if sheet.rows:
                yield found(
                    "empty_column",
                    [column],
                    rows=sheet.rows,
                    count=sheet.rows,
                    fix=step("drop_columns", [column]),
                    safe=True,
                )
            continue
        blank, tokens = column.count(column.is_blank), column.count(column.is_token)
        fill = _fill(column, sheet)
        reason = explained.get(column.position)
        mostly = column.missing >= MOSTLY * sheet.rows
        if reason is not None:
            other, exact = reason
            yield found(
                "missing_explained",
                [column, other],
                about=column,
                rows=sheet.rows,
                count=column.missing,
                variant="" if exact else "nearly",
                where=column.first_rows(~column.is_valid),
                said={"other": other.name},
                fix=None if column.is_numeric else step("not_applicable", [column]),
            )
        if blank and not mostly and reason is None and column is not sheet.target:
            yield found(
                "missing",
                [column],
                rows=sheet.rows,
                count=blank,
                where=column.first_rows(column.is_blank),
                fix=fill,
                severity="info" if blank < 0.01 * sheet.rows else None,
            )
        if mostly:
            yield found(
                "mostly_missing",
                [column],
                rows=sheet.rows,
                count=column.missing,
                where=column.first_rows(~column.is_valid),
                fix=step("drop_columns", [column]),
            )
        if tokens:
            said = column.examples(column.is_token)
            is_usual = all(text.casefold() in words().usual_tokens for text, _ in said)
            yield found(
                "missing_token",
                [column],
                rows=sheet.rows,
                count=tokens,
                values=said,
                variant="numbers" if column.is_numeric else "",
                severity="advice" if is_usual else None,
                where=column.first_rows(column.is_token),
                fix=step("mark_missing", [column], values=[text for text, _ in said], any_case=False),
                safe=True,
            )
        if column.is_none.any():
            yield found(
                "missing_token",
                [column],
                rows=sheet.rows,
                count=column.count(column.is_none),
                variant="none",
                values=column.examples(column.is_none),
                where=column.first_rows(column.is_none),
            )
        if column.coded.any():
            said = column.examples(column.coded)
            yield found(
                "missing_sentinel",
                [column],
                rows=sheet.rows,
                count=column.count(column.coded),
                values=said,
                where=column.first_rows(column.coded),
                fix=step("mark_missing", [column], values=[text for text, _ in said]),
            )
        if column.is_apart.any() and column.kind != "text":
            yield found(
                "missing_explained",
                [column],
                rows=sheet.rows,
                count=column.count(column.is_apart),
                variant="apart",
                values=column.examples(column.is_apart),
                where=column.first_rows(column.is_apart),
            )
        yield from _impossible_zero(column, sheet)


def _fill(column: Column, sheet: Sheet) -> Step | None:
    if column is sheet.target:
        return None
    if column.is_numeric:
        return step("fill_statistic", [column], statistic="median")
    return step("fill_statistic", [column], statistic="mode") if column.kind in ("category", "yes_no") else None


def _impossible_zero(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Zeros where nothing that is measured comes near zero, or where the name says that 0 cannot be."""
    if not column.is_numeric or column is sheet.target:
        return
    values, times = column.sorted_numbers
    is_named = bool(column.words & words().never_zero)
    place = int(np.searchsorted(values, 0.0))
    if place >= len(values) or values[place] != 0.0 or len(values) < (4 if is_named else 8):
        return
    zeros = int(times[place])
    above, often = values[place + 1 :], times[place + 1 :]
    if place > 0:
        # Zero within measurements of both signs is one of them, unless there is a wide hole on both sides of it.
        return
    usual = float(np.median(np.diff(above[:12]))) if len(above) > 3 else np.inf
    gap = float(above[0]) / max(usual, 1e-300)
    share = zeros / max(column.filled, 1)
    # Nothing is told by a gap that one or two odd values close: the first hundredth of the rest may lie in it.
    low = float(above[np.searchsorted(np.cumsum(often), 0.01 * often.sum())])
    quarter = float(above[np.searchsorted(np.cumsum(often), 0.25 * often.sum())])
    stands_apart = gap >= ZERO_GAP and zeros >= 2 and share <= 0.5 and low > 0.02 * quarter
    if (is_named and share <= 0.6 and (gap >= 2 or share <= 0.1)) or stands_apart:
        mask = column.numbers.values == 0.0
        yield found(
            "impossible_zero",
            [column],
            rows=sheet.rows,
            count=zeros,
            variant="" if is_named else "gap",
            where=column.first_rows(mask),
            values=column.examples(mask),
            fix=step("mark_missing", [column], values=[text for text, _ in column.examples(mask)]),
        )


def _explanations(sheet: Sheet) -> dict[int, tuple[Column, bool]]:
    """Of columns with missing cells, another column whose values tell (nearly) exactly which cells are missing."""
    gaps = [
        c
        for c in sheet.columns
        if c.kind != "empty" and max(2, 0.0002 * sheet.rows) <= c.missing and c.filled >= 2 and c is not sheet.target
    ][:60]
    if not gaps:
        return {}
    tellers = [c for c in sheet.columns if 2 <= len(c.times) <= EXPLAINERS][:60]
    explained: dict[int, tuple[Column, bool]] = {}
    for column in gaps:
        absent = ~column.is_valid[column.codes]
        best: tuple[float, Column, bool] | None = None
        for other in tellers:
            if other is column or other is sheet.target or other.kind == "empty":
                continue
            score = _tells(other, absent)
            if score is not None and (best is None or score[0] > best[0]):
                best = (score[0], other, score[1])
        if best is not None:
            explained[column.position] = (best[1], best[2])
    return explained


def _tells(other: Column, absent: Mask) -> tuple[float, bool] | None:
    """How well the values of a column tell absent cells: (score, exactly?); None where they do not.

    A value speaks of absence when nearly all its rows are absent. It must be a value that is there, not a gap that
    falls together with this one, and few of the column's values may speak, or it tells by being an identifier.
    """
    out = np.bincount(other.codes[absent], minlength=len(other.times))
    speaks = (out > 0.95 * other.times) & other.is_valid
    missed, wrong = int(out[~speaks].sum()), int((other.times - out)[speaks].sum())
    total = int(out.sum())
    if (
        not speaks.any()
        or missed + wrong > 0.02 * total
        or speaks.sum() > max(other.distinct - 1 if other.distinct <= 10 else 1, 0.5 * other.distinct)
    ):
        return None
    if total < 5 * int(speaks.sum()):
        return None
    return 1.0 - (missed + wrong) / total - 0.001 * float(speaks.sum()), missed + wrong == 0
