"""What several columns have to do with one another: the same content, one told by another, moving together."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.dates import NONE
from aipm.prep.profile.sheet import Sheet, found, named, number_of, step

TOGETHER, NEARLY_SAME = 0.8, 0.95
SAMPLE_ROWS = 20_000
MOST_TELLERS = 60
MOST_VALUES = 200
MOST_PAIRS = 8


def relations(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Everything about pairs of columns. The target is left to the finders of leaks."""
    used = [c for c in sheet.columns if c.distinct >= 2 and c is not sheet.target]
    told: set[int] = set()
    for group in _same_codes(used):
        yield from _same(group, sheet, told)
    yield from _date_parts(used, sheet, told)
    yield from _functions([c for c in used if c.position not in told | identifiers], sheet)
    yield from _correlated([c for c in used if c.position not in identifiers], sheet, told)


def _same_codes(columns: Sequence[Column]) -> list[list[Column]]:
    """Groups of columns whose texts go one to one: the numbering by first appearance is the same."""
    groups: dict[tuple[int, int], list[Column]] = defaultdict(list)
    for column in columns:
        groups[len(column.times), zlib.crc32(column.codes)].append(column)  # type: ignore[arg-type] # a buffer
    found_ = []
    for group in groups.values():
        left = group
        while len(left) > 1:
            alike = [other for other in left if np.array_equal(other.codes, left[0].codes)]
            if len(alike) > 1:
                found_.append(alike)
            left = [other for other in left if all(other is not each for each in alike)]
    return found_


def _same(group: list[Column], sheet: Sheet, told: set[int]) -> Iterator[Finding]:
    """Identical columns, and columns that say the same in other words."""
    rest = list(group)
    leaders = []
    while rest:
        alike = [other for other in rest if other.texts.equals(rest[0].texts)]
        leaders.append(alike[0])
        if len(alike) > 1:
            told |= {other.position for other in alike[1:]}
            yield found(
                "identical_columns",
                alike,
                about=alike[1],
                rows=sheet.rows,
                count=sheet.rows,
                fix=step("drop_columns", alike[1:]),
                safe=True,
            )
        rest = [other for other in rest if all(other is not each for each in alike)]
    # Where hardly a value comes again, every column goes one to one with every other.
    if len(leaders) > 1 and leaders[0].distinct <= 0.5 * sheet.rows:
        told |= {other.position for other in leaders[1:]}
        yield found(
            "redundant_columns",
            leaders,
            rows=sheet.rows,
            variant="",
            fix=step("drop_columns", leaders[1:]),
            about=leaders[0],
        )


def _date_parts(columns: Sequence[Column], sheet: Sheet, told: set[int]) -> Iterator[Finding]:
    """Columns that hold the month, week, weekday or hour of a date column."""
    others = [c for c in columns if c.distinct <= 1000 and c.position not in told]
    for column in columns:
        if column.dates is None or column.kind != "date":
            continue
        parts = _parts(column)
        derived = [c for c in others if c is not column and any(_one_to_one(column, part, c) for part in parts)]
        if derived:
            told |= {other.position for other in derived}
            yield found(
                "redundant_columns",
                [column, *derived],
                about=derived[0] if len(derived) == 1 else None,
                rows=sheet.rows,
                variant="date",
                said={"date": column.name, "derived": named([c.name for c in derived])},
            )


def _parts(column: Column) -> list[NDArray[np.int64]]:
    """Of each distinct date its day, month, year, quarter, week, weekday and so on, and its hour; -1 where missing."""
    assert column.dates is not None
    days = column.dates.days
    good = column.is_valid & (days != NONE)
    safe = np.where(good, days, 0)
    stamps = safe.astype("datetime64[D]")
    months = stamps.astype("datetime64[M]").astype(np.int64)
    week = (safe + 3) // 7
    weekday = (safe + 3) % 7
    day = (stamps - stamps.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    year_day = (stamps - stamps.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    iso_week = (year_day - weekday + 10) // 7
    whole = [
        safe,
        months,
        months // 12,
        months % 12,
        months // 3,
        months % 12 // 3,
        week,
        iso_week,
        weekday,
        weekday >= 5,
        day,
        year_day,
    ]
    if (column.dates.hours >= 0).any():
        whole.append(column.dates.hours)
    lowest = min(int(np.asarray(part)[good].min(initial=0)) for part in whole)
    return [np.where(good, np.asarray(part, np.int64) - lowest, -1) for part in whole]


def _one_to_one(column: Column, part: NDArray[np.int64], other: Column) -> bool:
    """Whether the parts of a date and the texts of a column go one to one, over a few rows and then over all."""
    pairs = 0
    for rows in (slice(0, 2_000), slice(None)):
        mine, its = part[column.codes[rows]], other.codes[rows]
        known = (mine >= 0) & other.is_valid[its]
        mine, its = mine[known], its[known].astype(np.int64)
        if len(mine) < 10:
            return False
        pairs = len(_different(mine * len(other.times) + its))
        if pairs != len(_different(its)) or pairs != len(_different(mine)):
            return False
    return 2 <= pairs <= 0.9 * len(its)


def _different(values: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.int64]:
    """The different whole numbers; by counting where they are small, which is far quicker than sorting."""
    if len(values) and values.max() < 4_000_000:
        return np.flatnonzero(np.bincount(values))
    return np.unique(values).astype(np.int64)


def _functions(columns: Sequence[Column], sheet: Sheet) -> Iterator[Finding]:
    """Columns that follow from another one: a decade from a year, a group from a code."""
    few = [
        c
        for c in columns
        if c.distinct <= MOST_VALUES and c.distinct <= 0.1 * sheet.rows and c.missing < 0.5 * sheet.rows
    ]
    few = sorted(few, key=lambda c: -c.distinct)[:MOST_TELLERS]
    told: dict[int, list[Column]] = defaultdict(list)
    for other in few:
        # A rare yes follows from a lot by chance: what follows needs a second value with rows enough.
        if np.sort(other.times[other.is_valid])[::-1][1:2].sum() < max(10, 0.01 * sheet.rows):
            continue
        teller = next((c for c in reversed(few) if c.distinct > other.distinct and _follows(other, c)), None)
        if teller is not None:
            told[teller.position].append(other)
    for column in few:
        if others := told.get(column.position):
            yield found(
                "redundant_columns",
                [column, *others],
                about=others[0] if len(others) == 1 else None,
                rows=sheet.rows,
                variant="follows",
                said={
                    "other": column.name,
                    "told": number_of(len(others), "column follows", "columns follow"),
                    "which": named([c.name for c in others]),
                },
            )


def _follows(other: Column, column: Column) -> bool:
    """Whether each text of `column` has one text of `other`, on a sample and then on all rows."""
    for rows in (slice(0, 5_000), slice(None)):
        mine, its = column.codes[rows].astype(np.int64), other.codes[rows].astype(np.int64)
        if len(_different(mine * len(other.times) + its)) != len(_different(mine)):
            return False
    return True


def _correlated(columns: Sequence[Column], sheet: Sheet, told: set[int]) -> Iterator[Finding]:
    """Pairs of columns of numbers with a large Pearson r, on a sample of rows; what moves all together is said once."""
    numeric = [c for c in columns if c.is_numeric and c.distinct >= 5 and c.position not in told]
    if len(numeric) < 2 or sheet.rows < 20:
        return
    most = max(SAMPLE_ROWS // max(len(numeric) // 50, 1), 1_000)
    chosen = np.arange(0, sheet.rows, max(sheet.rows // most, 1))
    stacked = np.stack([np.where(c.is_valid, c.numbers.values, np.nan)[c.codes[chosen]] for c in numeric])
    r = correlations(stacked)
    groups = _together(r)
    for members in groups[:MOST_PAIRS]:
        inside = np.abs(r[np.ix_(members, members)])
        strongest = float(np.max(inside[~np.eye(len(members), dtype=bool)]))
        pair = len(members) == 2
        group = [numeric[i] for i in members]
        yield found(
            "high_correlation",
            group,
            about=group[0] if pair else None,
            rows=sheet.rows,
            variant="" if pair else "group",
            severity="advice" if strongest >= NEARLY_SAME else None,
            said={"r": f"{min(strongest, 0.999):.2f}", "sample": _sampled(len(chosen), sheet.rows)},
        )


def _sampled(used: int, rows: int) -> str:
    return "" if used >= rows else f" (on a sample of {used:,} rows)"


def correlations(stacked: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pearson r of all pairs of rows of a matrix, over the places where both are known; NaN where that is too few."""
    known = np.isfinite(stacked)
    counts = known.sum(axis=1, keepdims=True)
    usual = np.where(known, stacked, 0.0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        mean = usual.sum(axis=1, keepdims=True) / np.maximum(counts, 1)
        centred = np.where(known, stacked - mean, 0.0)
        scale = np.abs(centred).max(axis=1, keepdims=True)
        centred = centred / np.where((scale > 0) & np.isfinite(scale), scale, 1.0)
        marks = known.astype(np.float64)
        # Means over the common rows differ from the overall ones where cells are missing: put right per pair.
        n = marks @ marks.T
        sx = centred @ marks.T
        sxx = (centred**2) @ marks.T
        sxy = centred @ centred.T
        cov = sxy - sx * sx.T / n
        var = sxx - sx**2 / n
        r: NDArray[np.float64] = cov / np.sqrt(var * var.T)
    r[(n < 20) | ~np.isfinite(r)] = np.nan
    return r


def _together(r: NDArray[np.float64]) -> list[list[int]]:
    """Groups of columns in which each has a large r with another, the most closely bound first."""
    strong = np.abs(np.nan_to_num(r)) >= TOGETHER
    np.fill_diagonal(strong, val=False)
    left = set(np.flatnonzero(strong.any(axis=1)).tolist())
    groups = []
    while left:
        group, edge = set(), {left.pop()}
        while edge:
            group |= edge
            edge = {int(j) for i in edge for j in np.flatnonzero(strong[i])} - group
        left -= group
        groups.append(sorted(group))
    sizes = np.abs(np.nan_to_num(r))
    np.fill_diagonal(sizes, 0.0)
    return sorted(groups, key=lambda group: -float(sizes[np.ix_(group, group)].max()))
