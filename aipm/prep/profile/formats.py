"""How cells are written: blanks around them, numbers, dates, yes and no."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column, Mask
from aipm.prep.profile.dates import NONE
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.within_text import within_text
from aipm.prep.profile.words import words
from aipm.prep.recipe import Step


def formats(sheet: Sheet) -> Iterator[Finding]:
    """Everything about how cells are written."""
    padded = [column for column in sheet.columns if column.padded]
    if padded:
        yield found(
            "leading_whitespace",
            padded if len(padded) > 1 else padded * 1,
            rows=sheet.rows,
            count=sum(c.padded for c in padded),
            where=padded[0].padded_rows,
            fix=step("strip_text", padded),
            safe=True,
        )
    for column in sheet.columns:
        if column.kind == "empty":
            continue
        if column.is_numeric:
            yield from _numbers(column, sheet)
        elif column.kind == "date":
            yield from _dates(column, sheet)
        elif column.kind == "yes_no":
            if np.isnan(column.numbers.values[column.is_valid]).all() and column.distinct == 2:
                yield found(
                    "boolean_as_text",
                    [column],
                    rows=sheet.rows,
                    count=column.filled,
                    fix=_to_boolean(column),
                    safe=_to_boolean(column) is not None,
                )
        else:
            yield from within_text(column, sheet)


def _to_boolean(column: Column) -> Step | None:
    said = [str(t) for t in column.texts.filter(pa.array(column.is_valid)).to_pylist()]
    yes = tuple(
        t
        for t in said
        if t.casefold() in {"yes", "y", "true", "t", "ja", "oui", "si", "sí", "sim", "tak", "evet", "on"}
    )
    no = tuple(t for t in said if t not in yes)
    return step("to_boolean", [column], yes=list(yes), no=list(no)) if len(yes) == 1 and len(no) == 1 else None


def _numbers(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Columns of numbers: those written otherwise, cells that are none, leading zeros, endless ones."""
    numbers = column.numbers
    written = column.is_valid & ~numbers.is_plain & ~np.isnan(numbers.values) & np.isfinite(numbers.values)
    strays = column.is_valid & np.isnan(numbers.values)
    if written.any():
        decimal = "," if numbers.notation == "comma" else "."
        thousands = {"thousands": ",", "comma": ".", "blanks": " "}.get(numbers.notation, "")
        is_told = numbers.notation != "comma" or _tells_comma(column, written)
        marks = sorted(
            {
                str(mark["m"])
                for mark in pc.extract_regex(column.texts.filter(pa.array(written)), r"(?P<m>USD|EUR|GBP|CHF|Rs\.?)")
                .drop_null()
                .to_pylist()
            }
        )
        yield found(
            "unit_in_text" if marks else "numbers_as_text",
            [column],
            rows=sheet.rows,
            count=column.count(written),
            where=column.first_rows(written),
            values=column.examples(written, 5),
            fix=step("to_number", [column], decimal=decimal, thousands=thousands, ignore=marks),
            safe=is_told and not marks and not strays.any(),
        )
    elif column.is_token.any():
        yield found(
            "numbers_as_text",
            [column],
            rows=sheet.rows,
            count=column.filled,
            variant="tokens",
            fix=step("to_number", [column]),
        )
    if strays.any():
        yield found(
            "mixed_type",
            [column],
            rows=sheet.rows,
            count=column.count(strays),
            variant="strays",
            where=column.first_rows(strays),
            values=column.examples(strays),
        )
    endless = column.is_valid & np.isinf(numbers.values)
    if endless.any():
        yield found(
            "outlier_extreme",
            [column],
            rows=sheet.rows,
            count=column.count(endless),
            variant="infinite",
            where=column.first_rows(endless),
            values=column.examples(endless),
            fix=step("mark_missing", [column], values=[text for text, _ in column.examples(endless)]),
            severity="warning",
        )
    if column.kind == "whole_number":
        zero = pc.match_substring_regex(column.texts, r"^0[0-9]+$").to_numpy(zero_copy_only=False)
        if zero.any() and column.count(zero) >= 0.001 * column.filled:
            yield found(
                "leading_zeros",
                [column],
                rows=sheet.rows,
                count=column.count(zero),
                where=column.first_rows(zero),
                values=column.examples(zero, 5),
            )


def _tells_comma(column: Column, written: Mask) -> bool:
    """Whether the comma can only be a decimal one: some cell has other than three digits behind it."""
    return bool(
        pc.any(
            pc.match_substring_regex(column.texts.filter(pa.array(written)), r",([0-9]{1,2}|[0-9]{4,})$|^0,")
        ).as_py()
    )


def _dates(column: Column, sheet: Sheet) -> Iterator[Finding]:
    dates = column.dates
    assert dates is not None
    good = column.is_valid & (dates.days != NONE)
    in_use = [i for i in range(len(dates.styles)) if (good & (dates.style == i)).any()]
    orders = dict(dates.orders)
    unclear = (
        good & dates.unclear & np.isin(dates.style, [i for i in in_use if orders.get(dates.styles[i]) == "unknown"])
    )
    strays = column.is_valid & ~good
    fix = _to_date(orders, column)
    if len(in_use) > 1 or strays.any():
        main = max(in_use, key=lambda i: column.count(good & (dates.style == i)))
        other = column.is_valid & (dates.style != main)
        yield found(
            "mixed_format",
            [column],
            rows=sheet.rows,
            count=column.count(other),
            where=column.first_rows(other),
            values=column.examples(other, 5),
            fix=fix if len(set(orders.values())) <= 1 else None,
        )
    if unclear.any():
        yield found(
            "ambiguous_date",
            [column],
            rows=sheet.rows,
            count=column.count(unclear),
            where=column.first_rows(unclear),
            values=column.examples(unclear, 5),
        )
    elif len(set(orders.values())) > 1:
        yield found(
            "ambiguous_date", [column], rows=sheet.rows, variant="both", count=column.count(good & dates.unclear)
        )
    is_plain = not orders and len(in_use) == 1 and not strays.any()
    yield found(
        "date_as_text",
        [column],
        rows=sheet.rows,
        count=column.count(good),
        fix=fix,
        safe=is_plain or (not unclear.any() and len(in_use) == 1 and not strays.any()),
    )
    ahead = good & (dates.days > (sheet.today.toordinal() - 719_163))
    count = column.count(ahead)
    if count and (count <= 0.2 * column.filled or column.words & words().birth):
        yield found(
            "future_date",
            [column],
            rows=sheet.rows,
            count=count,
            where=column.first_rows(ahead),
            values=column.examples(ahead, 5),
            severity="warning" if column.words & words().birth else None,
        )


def _to_date(orders: Mapping[str, str], column: Column) -> Step:
    told = set(orders.values()) - {"unknown"}
    order = "year_first" if not orders else "month_first" if told == {"month first"} else "day_first"
    return step("to_date", [column], order=order)
