"""bytes -> table, inside the child: which container, then which text, then which rows."""

from aipm.tables.model import Limits, ReadOptions
from aipm.tables.table import ArrowRows, Table
from aipm.tables.text import read_text


def open_table(data: memoryview, options: ReadOptions, limits: Limits, *, scan_path: str | None = None) -> Table:
    """Read a file into a table; with `scan_path`, a large regular text may stay where it lies and be scanned there.

    Raises ReadError.
    """
    columns, cells, reading = read_text(data, options, limits)
    return Table(columns=tuple(columns), rows=ArrowRows(cells), reading=reading, row_count=cells.num_rows)
