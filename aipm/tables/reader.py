"""Bytes -> table, inside the child: which container, then which text, then which rows."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
from pyarrow import csv

from aipm.tables.containers import Cells, identify, unpack
from aipm.tables.model import Limits, Reading, ReadOptions, ReadWarning
from aipm.tables.plan import TextPlan, plan_text
from aipm.tables.rows import Keep, as_it_is
from aipm.tables.sample import Memory
from aipm.tables.scan import ScannedRows
from aipm.tables.table import ArrowRows, Table
from aipm.tables.text import read_text

LARGE = 32_000_000
"""Bytes from which on a regular text is scanned where it lies, if only a question about it is asked."""


def open_table(
    data: memoryview,
    options: ReadOptions,
    limits: Limits,
    *,
    scan_path: str | None = None,
    keep: Keep = as_it_is,
) -> Table:
    """Read a file into a table; with `scan_path`, a large regular text stays where it lies and is scanned there.

    `keep` is called with each part of a text as it comes, in several threads, and returns it as it is to be held.
    Raises ReadError.
    """
    if scan_path is not None and len(data) >= LARGE and identify(data) == "csv":
        plan = plan_text(Memory(data), options, limits)
        if plan.regular and plan.skip_lines is not None:
            return _scanned(plan, scan_path, limits)
    found = unpack(data, options, limits)
    if not isinstance(found, Cells):
        columns, cells, reading = read_text(found.data, options, limits, keep=keep)
        return _table(columns, cells, replace(reading, container=found.container), found.warnings)
    if found.columns is None:
        return _laid_out(found, options, limits)
    reading = Reading(
        container=found.container,
        encoding=found.encoding,
        header_row=None,
        sheets=found.sheets,
        sheet=found.sheet,
    )
    return _table(found.columns, found.table, reading, found.warnings)


def _laid_out(found: Cells, options: ReadOptions, limits: Limits) -> Table:
    """Rows without names, such as a sheet's: its title, header and footer are found as in a text."""
    text = io.BytesIO()
    csv.write_csv(found.table, text, csv.WriteOptions(include_header=False, quoting_style="needed"))
    given = options.header_row
    if given is None and found.header_rows == 1:
        given = 1
    elif given is None and found.header_rows == 0:
        given = "none"
    told = ReadOptions(delimiter=",", quote='"', encoding="utf-8", header_row=given)
    columns, cells, reading = read_text(text.getvalue(), told, limits)
    reading = replace(
        reading,
        container=found.container,
        encoding=found.encoding,
        delimiter=None,
        quote=None,
        sheets=found.sheets,
        sheet=found.sheet,
    )
    return _table(columns, cells, reading, found.warnings)


def _table(columns: Sequence[str], cells: pa.Table, reading: Reading, warnings: tuple[ReadWarning, ...]) -> Table:
    reading = replace(reading, warnings=(*warnings, *reading.warnings))
    return Table(columns=tuple(columns), rows=ArrowRows(cells), reading=reading, row_count=cells.num_rows)


def _scanned(plan: TextPlan, path: str, limits: Limits) -> Table:
    reading = Reading(
        container="csv",
        encoding=plan.encoding.name,
        delimiter=plan.notation.delimiter,
        quote=plan.notation.dialect.quote,
        header_row=plan.header_row,
        header_rows=plan.header_rows,
        preamble_rows=plan.preamble_rows,
        warnings=plan.warnings,
    )
    rows = ScannedRows(
        path=path,
        delimiter=plan.notation.delimiter,
        quote=plan.notation.dialect.quote or '"',
        skip=plan.skip_lines,
        width=plan.columns,
        max_line_bytes=limits.max_line_bytes,
    )
    return Table(columns=plan.names, rows=rows, reading=reading, row_count=None)
