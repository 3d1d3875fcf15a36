"""What is said of the table as a whole: rows that come twice, things that come again, order in time, the reading."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column, Mask
from aipm.prep.profile.dates import NONE
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.words import words

UNICODE = ("utf-8", "utf8", "ascii", "us-ascii", "utf-8-sig", "utf_8", "utf_8_sig")
IN_ORDER = 0.98
MOST_ENTITIES = 3


def readings(sheet: Sheet) -> Iterator[Finding]:
    """What the reader noticed that a model, or the next person, would trip over."""
    reading = sheet.reading
    if reading.container in ("csv", "gzip", "zip"):
        if reading.header_row is None:
            yield found("no_header", rows=sheet.rows)
        if reading.encoding and reading.encoding.lower() not in UNICODE:
            yield found("encoding_not_utf8", rows=sheet.rows, said={"encoding": reading.encoding})
    for warning in reading.warnings:
        if warning.code == "repeated_names":
            yield found("duplicate_header", rows=sheet.rows, count=warning.count)


def duplicates(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Rows that are the same as an earlier one, as a whole or but for the columns that number the rows."""
    if sheet.rows < 2:
        return
    again = repeated(sheet.columns, sheet.rows)
    count = int(again.sum())
    if count:
        yield found(
            "duplicate_rows",
            rows=sheet.rows,
            count=count,
            where=_first(again),
            severity="warning" if count >= 0.05 * sheet.rows and is_rich(sheet.columns, sheet.rows) else None,
            fix=step("drop_duplicates", (), scope="rows"),
            safe=len(sheet.columns) >= 6,
        )
    named = [column for column in sheet.columns if column.position in identifiers]
    others = [column for column in sheet.columns if column.position not in identifiers]
    if named and len(others) >= 3:
        again = repeated(others, sheet.rows)
        count = int(again.sum()) - count
        if 0 < count <= 0.5 * sheet.rows and is_rich(others, sheet.rows):
            yield found(
                "duplicate_entity",
                named,
                about=named[0],
                rows=sheet.rows,
                count=count,
                variant="but_id",
                where=_first(again),
                fix=step("drop_duplicates", others, scope="rows"),
            )


def is_rich(columns: Sequence[Column], rows: int) -> bool:
    """Whether the columns can take so many combinations of values that two rows are hardly the same by chance."""
    return bool(np.log(np.maximum([column.distinct for column in columns], 1)).sum() > np.log(rows) + 7)


def _first(mask: Mask) -> tuple[int, ...]:
    return tuple((np.flatnonzero(mask)[:10] + 1).tolist())


def hashes(columns: Sequence[Column], rows: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each row: the same for the same content; else the same by a chance of rows² / 10¹⁹."""
    random = np.random.default_rng(2026)
    mixed = np.zeros(rows, np.uint64)
    for column in columns:
        salt = random.integers(0, 2**63, len(column.times), dtype=np.uint64)
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + salt[column.codes]
    return mixed


def repeated(columns: Sequence[Column], rows: int) -> Mask:
    """Which rows are the same as an earlier one in these columns."""
    if any(len(column.times) == rows for column in columns):
        return np.zeros(rows, bool)
    mixed = hashes(columns, rows)
    order = np.argsort(mixed, kind="stable")
    same = mixed[order][1:] == mixed[order][:-1]
    again = np.zeros(rows, bool)
    again[order[1:][same]] = True
    return again


def entities(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Columns that name a thing or a person that has several rows: its rows must not be on both sides of a split."""
    told: list[Column] = []
    for column in sheet.columns:
        if (
            column is sheet.target
            or column.position in identifiers
            or column.kind in ("empty", "date", "yes_no", "number")
        ):
            continue
        if column.missing > 0.3 * sheet.rows or column.distinct < 10 or not _names_things(column):
            continue
        extra = column.filled - column.distinct
        if not 0.05 * column.filled <= extra or column.filled / column.distinct < 1.02:
            continue
        if any(np.array_equal(other.codes[:5_000], column.codes[:5_000]) for other in told):
            continue
        told.append(column)
        often = column.is_valid & (column.times > 1)
        yield found(
            "duplicate_entity",
            [column],
            rows=sheet.rows,
            count=extra,
            where=column.first_rows(often),
            values=column.examples(often, 5),
            fix=step("split", [column], scope="rows", how="group"),
        )
        if len(told) == MOST_ENTITIES:
            return


def _names_things(column: Column) -> bool:
    """By its name, or as codes of letters and digits that are mostly different."""
    share = column.distinct / max(column.filled, 1)
    if column.kind == "whole_number":
        is_key = bool(column.words & {"id", "ids", "nbr", "key", "uid"}) or any(
            word.endswith(("id", "nbr", "number", "no"))
            and word.removesuffix("id").removesuffix("nbr").removesuffix("number").removesuffix("no") in words().entity
            for word in column.words
        )
        return is_key and column.distinct > 20
    if column.words & {"zip", "zipcode", "postcode", "postalcode", "plz"}:
        return False
    if column.words & words().entity:
        return share >= 0.01 or column.distinct > 100
    if not 0.2 <= share <= 0.98:
        return False
    places = np.flatnonzero(column.is_valid)
    some = column.texts.take(pa.array(places[:: max(len(places) // 1000, 1)]))

    def share_of(pattern: str) -> float:
        return float(pc.match_substring_regex(some, pattern).to_numpy(zero_copy_only=False).mean())

    is_code = share_of(r"^[A-Za-z0-9 ./_-]*[0-9][A-Za-z0-9 ./_-]*$") >= 0.8
    is_amount = share_of(r"^[0-9.,]+ [A-Za-z]+$|[0-9][.,][0-9]") >= 0.3
    is_prose = share_of(r"\s\S*\s") >= 0.3
    return is_code and not is_amount and not is_prose and bool(np.isnan(column.numbers.values).mean() > 0.2)


def time_order(sheet: Sheet) -> Iterator[Finding]:
    """Rows in the order of a date: a series, which a random split would mix up."""
    for column in sheet.columns:
        if column.kind != "date" or column.dates is None or sheet.rows < 20:
            continue
        days = np.where(column.is_valid, column.dates.days, NONE)[column.codes]
        known = days[days != NONE]
        if len(known) < 20 or len(np.unique(known[:100_000])) < 10:
            continue
        moves = np.diff(known)
        rising, falling = float((moves >= 0).mean()), float((moves <= 0).mean())
        if max(rising, falling) >= IN_ORDER and (moves != 0).mean() > 0.001:
            yield found(
                "time_series",
                [column],
                rows=sheet.rows,
                count=len(known),
                fix=step("split", [column], scope="rows", how="time"),
            )
            return
