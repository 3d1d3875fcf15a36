"""The rows of one sheet of a workbook as text cells: as they would be typed, dates in ISO form."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from aipm.tables.containers.package import Attributes, Package, parse
from aipm.tables.containers.refusals import damaged, too_wide
from aipm.tables.model import Limits

Moment = Literal["date", "time", "datetime", "duration"]

MAX_ROWS = 1_048_576
MAX_GAP = 1_000
"""A longer run of blank rows is left out: a stray cell far below is common, a million blank rows are not meant."""

EXACT = 2**53
"""Up to here a float holds every whole number."""

LOST_DAY = 60
"""The serial number of 29 February 1900, which never was; a heritage that all spreadsheets keep."""

DAY_MILLISECONDS = 86_400_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
BLANK: tuple[str, ...] = ()


@dataclass(slots=True)
class SheetFacts:
    """What is noticed on the way through a sheet."""

    uncalculated: int = 0
    errors: int = 0
    hidden_rows: int = 0
    merged_down: int = 0
    rows_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to."""

    package: Package
    strings: Sequence[str] = ()
    moments: Mapping[str, Moment] = field(default_factory=dict)
    """Style number -> what kind of date or time its cells show; other styles are not here."""
    first_day: dt.datetime = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones


def read_sheet(book: Book, part: str, add: Callable[[Sequence[str]], None], limits: Limits) -> SheetFacts:
    """Send every row down to the last that holds something to `add`, blank ones among them.

    Positions are those that the cells claim; the extent that the sheet declares is not believed. Raises ReadError.
    """
    # Functions over local names, and lookups before calls: they run for each of millions of cells.
    facts = SheetFacts()
    moments, columns, limit = book.moments, _Columns(), limits.max_columns
    texts: list[str] = []
    cell: Attributes = {}
    row: list[str] = []
    row_number = column = written = 0
    value: str | None = None
    reading_aid = has_formula = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal cell, row, row_number, column, value, reading_aid, has_formula
        if tag == "c":
            cell, value, has_formula = attributes, None, False
        elif tag in ("v", "t"):
            texts.clear()
        elif tag == "f":
            has_formula = True
        elif tag == "row":
            row_number = int(attributes.get("r", row_number + 1))
            row, column = [], 0
            facts.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif tag == "rPh":
            reading_aid = True
        elif tag == "mergeCell":
            facts.merged_down += _spans_rows(attributes.get("ref", ""))

    def end(tag: str) -> None:
        nonlocal column, value, reading_aid, written
        if tag in ("v", "t"):
            if not reading_aid:
                value = (value or "") + "".join(texts)
        elif tag == "c":
            place = cell.get("r")
            column = columns[place.rstrip("0123456789")] if place else column + 1
            if value:
                kind = cell.get("t", "n")
                if kind != "n" or not value.isdecimal() or cell.get("s") in moments:
                    value = _shown(kind, cell.get("s", ""), value, book, facts)
            if value:
                if column > limit:
                    raise too_wide(limits)
                row.extend([""] * (column - len(row)))
                row[column - 1] = value
            elif value is None and has_formula:
                facts.uncalculated += 1
        elif tag == "row" and row:
            _send(row, row_number, written, add, facts)
            written = row_number
        elif tag == "rPh":
            reading_aid = False

    parse(book.package.chunks(part), start, end, texts.append)
    return facts


def read_strings(package: Package, part: str) -> list[str]:
    """The texts that cells share, without the reading aids of East Asian names."""
    strings: list[str] = []
    pieces: list[str] = []
    texts: list[str] = []
    reading_aid = False

    def start(tag: str, _: Attributes) -> None:
        nonlocal reading_aid
        if tag == "t":
            texts.clear()
        elif tag == "si":
            pieces.clear()
        elif tag == "rPh":
            reading_aid = True

    def end(tag: str) -> None:
        nonlocal reading_aid
        if tag == "t" and not reading_aid:
            pieces.extend(texts)
        elif tag == "si":
            strings.append(unescape("".join(pieces)))
        elif tag == "rPh":
            reading_aid = False

    parse(package.chunks(part), start, end, texts.append)
    return strings


class _Columns(dict[str, int]):
    """Letters to numbers: A is 1, Z is 26, AA is 27."""

    def __missing__(self, letters: str) -> int:
        if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
            raise damaged("The workbook is damaged: a cell says no place.")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        self[letters] = number
        return number


def _shown(kind: str, style: str, value: str, book: Book, facts: SheetFacts) -> str:
    """What a cell holds, as text."""
    if kind == "s":
        return book.strings[int(value)]
    if kind == "n":
        moment = book.moments.get(style)
        return moment_text(value, moment, book.first_day) if moment else number_text(value)
    if kind == "b":
        return "TRUE" if value.strip() in ("1", "true") else "FALSE"
    facts.errors += kind == "e"
    return unescape(value)


def _send(row: list[str], number: int, written: int, add: Callable[[Sequence[str]], None], facts: SheetFacts) -> None:
    """One row, after the blank ones above it."""
    if not written < number <= MAX_ROWS:
        raise damaged("The workbook is damaged: the rows of a sheet are out of order.")
    gap = number - written - 1
    if gap > MAX_GAP:
        facts.rows_left_out += gap
        gap = 0
    for _ in range(gap):
        add(BLANK)
    add(row)


def number_text(value: str) -> str:
    """A number as it would be typed: 5 for 5.0, and 0.29 for the 0.28999999999999998 that is stored."""
    if value.isdecimal():
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    if number.is_integer() and abs(number) < 1e21:
        is_beyond_float = abs(number) > EXACT and value.removeprefix("-").isdecimal()
        return value if is_beyond_float else str(int(number))
    return repr(number)


def moment_text(value: str, moment: Moment, first_day: dt.datetime) -> str:
    """A serial number of days as a date, a time, both, or a duration; as a number where no calendar has that day."""
    try:
        milliseconds = round(float(value) * DAY_MILLISECONDS)
        before_lost_day = first_day.year == 1899 and milliseconds < LOST_DAY * DAY_MILLISECONDS
        when = first_day + dt.timedelta(milliseconds=milliseconds, days=before_lost_day)
    except (ValueError, OverflowError):
        return number_text(value)
    if milliseconds < 0:
        return number_text(value)
    if moment == "duration" or (moment == "time" and milliseconds < DAY_MILLISECONDS):
        seconds, thousandths = divmod(milliseconds, 1000)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return f"{clock}.{thousandths:03}" if thousandths else clock
    if moment == "date" and milliseconds % DAY_MILLISECONDS == 0:
        return when.date().isoformat()
    return when.isoformat(timespec="milliseconds" if milliseconds % 1000 else "seconds")


def unescape(text: str) -> str:
    """Characters that XML cannot hold are written as _x000D_ and the like."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _spans_rows(reference: str) -> bool:
    """Whether a merged range such as A1:B2 reaches over several rows."""
    rows = [re.sub(r"\D", "", corner) for corner in reference.split(":")]
    return any(upper != lower for upper, lower in pairwise(rows))
