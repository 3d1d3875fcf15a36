"""Small tables for the tests, made in memory."""

import pyarrow as pa

from aipm.prep.profile import profile
from aipm.tables.model import Reading
from aipm.tables.table import ArrowRows, Table


def table(columns, **reading):
    """A table of text cells from {name: values}; None is a blank cell. Names may be anything that a file has."""
    cells = pa.table(
        [pa.array(["" if cell is None else str(cell) for cell in column], pa.string()) for column in columns.values()],
        names=[f"c{place}" for place in range(len(columns))],
    )
    how = {"container": "csv", "header_row": 1, "encoding": "utf-8", **reading}
    return Table(tuple(columns), ArrowRows(cells), Reading(**how), cells.num_rows)


def findings(columns, *, target=None, reading=None, **options):
    """{(kind, column): finding} of a profile."""
    found = profile(table(columns, **(reading or {})), target=target, **options)
    return {(finding.kind, finding.column): finding for finding in found.findings}


def kinds(columns, name, **options):
    """The kinds of finding about one column."""
    return {kind for kind, column in findings(columns, **options) if column == name}
