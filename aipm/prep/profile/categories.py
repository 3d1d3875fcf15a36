"""How many values a column has and how they share the rows: constants, identifiers, rare values, too many values."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.sheet import Sheet, found, number_of, step
from aipm.prep.profile.words import words

NEARLY_ALL = 0.99
MANY = 50
FEW_ROWS, FEW_SHARE = 50, 0.01
"""A category is rare with fewer rows than both."""


def is_identifier(column: Column) -> bool:
    """Whether a column numbers the rows or names each of them: it holds nothing to learn from."""
    if column.filled < 20 or column.kind in ("empty", "date", "yes_no", "number"):
        return False
    share = column.distinct / column.filled
    is_named = bool(column.words & words().identifier)
    if share < (0.98 if is_named else 0.999):
        return False
    if column.kind == "whole_number":
        values, _ = column.sorted_numbers
        if not len(values):
            return False
        span = values[-1] - values[0] + 1
        lengths = np.unique(np.floor(np.log10(np.maximum(np.abs(values), 1))))
        return is_named or span <= 1.05 * len(values) or (len(lengths) == 1 and values[0] >= 1e6)
    return is_named or _looks_like_a_code(column)


def _looks_like_a_code(column: Column) -> bool:
    """Most values have digits and no blanks, and are of a few lengths."""
    places = np.flatnonzero(column.is_valid)
    some = column.texts.take(pa.array(places[:: max(len(places) // 1000, 1)]))
    coded = pc.match_substring_regex(some, r"^[^\s]*[0-9][^\s]*$").to_numpy(zero_copy_only=False)
    hexadecimal = pc.match_substring_regex(some, r"^[0-9A-Fa-f-]{8,}$").to_numpy(zero_copy_only=False)
    lengths = pc.utf8_length(some).to_numpy(zero_copy_only=False)
    return bool((coded | hexadecimal).mean() >= 0.9) and float(lengths.std()) <= 0.2 * float(lengths.mean()) + 0.5


def categories(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """What is said of the values of each column. `identifiers` are the positions of columns that name rows."""
    for column in sheet.columns:
        if column.kind == "empty" or column is sheet.target:
            continue
        if column.position in identifiers:
            yield found("id_like", [column], rows=sheet.rows, count=column.distinct, fix=step("drop_columns", [column]))
            continue
        yield from _constant(column, sheet)
        if column.kind in ("category", "text") and column.distinct > 1:
            yield from _cardinality(column, sheet)


def _constant(column: Column, sheet: Sheet) -> Iterator[Finding]:
    if column.distinct == 1:
        if column.filled < 2:
            return
        yield found(
            "constant_column",
            [column],
            rows=sheet.rows,
            count=column.filled,
            variant="" if column.missing == 0 else "or_blank",
            values=column.examples(column.is_valid, 1),
            fix=step("drop_columns", [column]),
            safe=column.missing == 0,
        )
        return
    top = int(column.times[column.is_valid].max(initial=0))
    if column.filled >= 50 and top >= NEARLY_ALL * column.filled and column.missing < 0.5 * sheet.rows:
        yield found(
            "near_constant",
            [column],
            rows=sheet.rows,
            count=top,
            values=column.examples(column.is_valid, 2),
            where=column.first_rows(column.is_valid & (column.times < top)),
            fix=step("drop_columns", [column]),
        )


def _cardinality(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Too many values to encode, or values with too few rows to learn from."""
    if column.distinct > MANY and (column.kind == "text" or column.distinct > 100):
        places = np.flatnonzero(column.is_valid)
        some = column.texts.take(pa.array(places[:: max(len(places) // 1000, 1)]))
        is_prose = pc.mean(pc.utf8_length(some)).as_py() > 80 and column.distinct > 0.5 * column.filled
        yield found(
            "high_cardinality",
            [column],
            rows=sheet.rows,
            count=column.distinct,
            variant="prose" if is_prose else "",
            fix=None if is_prose else step("frequency_encode", [column]),
        )
        return
    least = min(FEW_ROWS, FEW_SHARE * sheet.rows)
    rare = column.is_valid & (column.times < least)
    if rare.any() and column.distinct >= 3:
        yield found(
            "rare_category",
            [column],
            rows=sheet.rows,
            count=column.count(rare),
            where=column.first_rows(rare),
            values=column.examples(rare),
            said={"values": number_of(int(rare.sum()), "value is", "values are")},
        )
