"""An Excel workbook (.xlsx, .xlsm): which sheets there are, which one holds the table, and its rows."""

import contextlib
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from aipm.tables.containers.cells import Cells, RowCollector, as_table, said
from aipm.tables.containers.package import Attributes, Package, parse
from aipm.tables.containers.refusals import damaged
from aipm.tables.containers.sheet import Book, Moment, SheetFacts, read_sheet, read_strings
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning

GLANCE_ROWS = 200
MALFORMED = (KeyError, ValueError, IndexError, OverflowError)

BUILT_IN: dict[int, Moment] = {14: "date", 15: "date", 16: "date", 17: "date", 22: "datetime", 46: "duration"}
BUILT_IN |= dict.fromkeys((18, 19, 20, 21, 45, 47), "time")
BUILT_IN |= dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "date")
BUILT_IN |= dict.fromkeys((32, 33, 34, 35), "time")
"""Number formats that every workbook has without saying so (ECMA-376 part 1, 18.8.30)."""

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""What a number format shows as it stands, and its colours and conditions."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    is_hidden: bool


def read_workbook(data: bytes | memoryview, options: ReadOptions, limits: Limits, *, most: int) -> Cells:
    """The chosen sheet, or else the first that holds a table; those that are hidden come last. Raises ReadError."""
    try:
        book, sheets = _open(Package.open(data, most))
        sheet = _named(sheets, options.sheet) if options.sheet else _first_with_table(book, sheets, limits)
        collector = RowCollector(limits)
        facts = read_sheet(book, sheet.part, collector.add, limits)
    except MALFORMED:
        raise damaged("The workbook is damaged: a part of it makes no sense.") from None
    if not collector.row_count:
        raise ReadError("no_table", "The sheet is empty.", advice="Choose another sheet, or check the export.")
    table, left_out = _without_blank_margin(collector.finish())
    return Cells(
        table=table,
        container="xlsx",
        sheets=tuple(sheet.name for sheet in sheets),
        sheet=sheet.name,
        warnings=(*_warnings(facts, left_out), *_about_choice(sheets, sheet, options), *collector.warnings()),
    )


def _open(package: Package) -> tuple[Book, list[Sheet]]:
    """What the workbook says of itself: sheets that hold cells, shared texts, number formats, the first day."""
    main = next((part for kind, part in package.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    related = package.relations(main)
    found: list[tuple[str, str, bool]] = []
    first_day = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal first_day
        if tag == "sheet":
            target = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            found.append((attributes.get("name", ""), target, attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            first_day = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above

    parse(package.chunks(main), start)
    sheets = [
        Sheet(name, related[target][1], hidden)
        for name, target, hidden in found
        if target in related and related[target][0] == "worksheet"
    ]
    if not sheets:
        raise damaged("The workbook is damaged: no sheet with cells can be found in it.")
    parts = dict(related.values())
    strings = read_strings(package, parts["sharedStrings"]) if parts.get("sharedStrings", "") in package else []
    moments = _moments(package, parts["styles"]) if parts.get("styles", "") in package else {}
    return Book(package=package, strings=strings, moments=moments, first_day=first_day), sheets


def _moments(package: Package, part: str) -> dict[str, Moment]:
    """Style number -> the kind of date or time that it shows."""
    formats: dict[str, Moment | None] = {str(number): moment for number, moment in BUILT_IN.items()}
    styles: list[Moment | None] = []
    in_cells = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal in_cells
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = moment_of_format(attributes.get("formatCode", ""))
        elif tag == "xf" and in_cells:
            styles.append(formats.get(attributes.get("numFmtId", "")))
        elif tag == "cellXfs":
            in_cells = True

    def end(tag: str) -> None:
        nonlocal in_cells
        if tag == "cellXfs":
            in_cells = False

    parse(package.chunks(part), start, end)
    return {str(number): moment for number, moment in enumerate(styles) if moment}


def moment_of_format(code: str) -> Moment | None:
    """What a number format shows: yyyy-mm-dd is a date, h:mm a time, [h]:mm a duration, 0.00 neither."""
    code = LITERAL.sub("", code).partition(";")[0].lower()
    if "[" in code:
        return "duration"
    has_date = any(letter in code for letter in "yd") or ("m" in code and not any(letter in code for letter in "hs"))
    has_time = any(letter in code for letter in "hs")
    if has_date:
        return "datetime" if has_time else "date"
    return "time" if has_time else None


def _named(sheets: Sequence[Sheet], name: str) -> Sheet:
    for sheet in sheets:
        if sheet.name.casefold().strip() == name.casefold().strip():
            return sheet
    raise ReadError(
        "no_such_sheet",
        f"The workbook has no sheet of that name; it has {len(sheets)}.",
        advice="Leave the sheet open to have the first table found, and then choose from the list.",
    )


def _first_with_table(book: Book, sheets: Sequence[Sheet], limits: Limits) -> Sheet:
    """The first sheet in which two rows hold two cells or more; else the first that holds anything; else the first."""
    with_cells = None
    for sheet in sorted(sheets, key=lambda sheet: sheet.is_hidden):
        wide, filled = _glance(book, sheet, limits)
        if wide >= 2:
            return sheet
        with_cells = with_cells or (sheet if filled else None)
    return with_cells or sheets[0]


def _glance(book: Book, sheet: Sheet, limits: Limits) -> tuple[int, int]:
    """How many of the first rows hold two cells or more, and how many hold any."""
    seen: list[int] = []

    def add(row: Sequence[str]) -> None:
        seen.append(sum(map(bool, row)))
        if len(seen) >= GLANCE_ROWS:
            raise StopIteration

    with contextlib.suppress(StopIteration):
        read_sheet(book, sheet.part, add, limits)
    return sum(filled >= 2 for filled in seen), sum(filled >= 1 for filled in seen)


def _without_blank_margin(table: pa.Table) -> tuple[pa.Table, int]:
    """The table without the blank columns at its left, and how many these were."""
    import pyarrow.compute as pc

    blank = 0
    while blank < table.num_columns - 1 and pc.all(pc.equal(table.column(blank), "")).as_py():
        blank += 1
    return as_table(table.columns[blank:]), blank


def _about_choice(sheets: Sequence[Sheet], chosen: Sheet, options: ReadOptions) -> list[ReadWarning]:
    if options.sheet or len(sheets) == 1:
        return []
    text = f"The workbook has {len(sheets)} sheets; sheet {sheets.index(chosen) + 1} was read. Another can be chosen."
    return [ReadWarning("several_sheets", text, count=len(sheets))]


def _warnings(facts: SheetFacts, left_out: int) -> list[ReadWarning]:
    """What was noticed, in words; only what happened."""
    noticed = {
        "uncalculated_formulas": (
            facts.uncalculated,
            "Cells left blank because their formulas have no stored result: {}. Open and save the file in Excel.",
        ),
        "error_cells": (facts.errors, "Cells that hold a spreadsheet error such as #N/A, kept as that text: {}."),
        "hidden_rows": (
            facts.hidden_rows,
            "Rows that are hidden in the sheet, perhaps by a filter, and were read too: {}.",
        ),
        "merged_cells": (
            facts.merged_down,
            "Merged cells over several rows whose value stands in the first row alone: {}.",
        ),
        "blank_rows": (facts.rows_left_out, "Blank rows in long gaps that were left out: {}."),
        "blank_columns": (left_out, "Blank columns at the left that were left out: {}."),
    }
    return said(noticed)
