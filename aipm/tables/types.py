"""Text columns -> what kind of values they hold, with counts of what fits and what does not. Cells stay text."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from aipm.tables.table import Table

Kind = Literal["empty", "yes_no", "whole_number", "number", "date", "text"]
SAMPLE_ROWS, SAMPLE_CELLS = 5_000, 500_000
"""How many rows are looked at, and fewer where there are many columns."""
FITS = 0.9
"""A column is of a kind when this share of its filled cells is."""

NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
TESTS = {
    "whole_number": r"[+-]?[0-9]+",
    "number": NUMBER,
    "thousands": r"[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?|[0-9]{1,3})",
    "comma": r"[+-]?[0-9]+(,[0-9]+)?",
    "percent": rf"{NUMBER}\s?%",
    "date": r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ].*)?|[0-9]{1,2}[./-][0-9]{1,2}[./-]([0-9]{4}|[0-9]{2})( .*)?",
    "yes_no": r"(?i:yes|no|true|false|y|n|t|f|[01](\.0)?)",
}
NOTATIONS = ("number", "thousands", "comma", "percent")
"""How numbers may be written; the first of those that fit equally well: 1,234 is rather a thousand than 1.234."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnType:
    """What a column holds: `fits` of its `filled` cells are of the kind, the others are kept as they are.

    Counts are over the first `rows` rows. `notation` says how numbers are written: number (0.5), comma (0,5),
    thousands (1,234.5) or percent (50%); empty where there are none.
    """

    name: str
    kind: Kind
    rows: int
    filled: int
    fits: int
    distinct: int
    notation: str = ""

    @property
    def blank(self) -> int:
        return self.rows - self.filled

    @property
    def misfits(self) -> int:
        return self.filled - self.fits


def column_types(table: Table, *, rows: int = SAMPLE_ROWS) -> tuple[ColumnType, ...]:
    """The kind of every column, judged on the first rows."""
    rows = min(rows, max(SAMPLE_CELLS // len(table.columns), 1))
    sample = table.query(f"SELECT * FROM cells LIMIT {rows}")
    return tuple(_column_type(name, cells) for name, cells in zip(table.columns, sample.columns, strict=True))


def _column_type(name: str, cells: pa.ChunkedArray) -> ColumnType:
    import pyarrow.compute as pc

    different = pc.utf8_trim_whitespace(cells).value_counts()
    values, times = different.field("values"), different.field("counts").to_numpy()
    is_filled = np.asarray(pc.not_equal(values, "").to_numpy(zero_copy_only=False), dtype=bool)
    values, times = values.filter(pa.array(is_filled)), times[is_filled]
    filled, distinct = int(times.sum()), len(values)
    counts = {
        test: int(times[pc.match_substring_regex(values, f"^({pattern})$").to_numpy(zero_copy_only=False)].sum())
        for test, pattern in TESTS.items()
    }
    notation = max(NOTATIONS, key=lambda each: counts[each])
    kind: Kind = "text"
    fits = filled
    if not filled:
        kind, fits = "empty", 0
    elif counts["yes_no"] >= FITS * filled and distinct <= 6:
        kind, fits = "yes_no", counts["yes_no"]
    elif counts["whole_number"] >= FITS * filled:
        kind, fits = "whole_number", counts["whole_number"]
    elif counts[notation] >= FITS * filled:
        kind, fits = "number", counts[notation]
    elif counts["date"] >= FITS * filled:
        kind, fits = "date", counts["date"]
    return ColumnType(
        name=name,
        kind=kind,
        rows=len(cells),
        filled=filled,
        fits=fits,
        distinct=distinct,
        notation=notation if kind in ("whole_number", "number") else "",
    )
