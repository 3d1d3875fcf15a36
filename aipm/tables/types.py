"""Text columns -> what kind of values they hold, with counts of what fits and what does not. Cells stay text."""

from dataclasses import dataclass
from typing import Literal

from aipm.tables.table import Table

Kind = Literal["empty", "yes_no", "whole_number", "number", "date", "text"]
SAMPLE_ROWS = 20_000
FITS = 0.9
"""A column is of a kind when this share of its filled cells is."""

NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
TESTS = {
    "whole_number": r"regexp_full_match(c, '[+-]?\d+')",
    "number": f"regexp_full_match(c, '{NUMBER}')",
    "comma": r"regexp_full_match(c, '[+-]?\d+(,\d+)?')",
    "thousands": r"regexp_full_match(c, '[+-]?\d{1,3}(,\d{3})+(\.\d+)?|[+-]?\d{1,3}')",
    "percent": rf"regexp_full_match(c, '{NUMBER}\s?%')",
    "date": r"regexp_full_match(c, '\d{4}-\d\d?-\d\d?([T ].*)?|\d\d?[./-]\d\d?[./-](\d{4}|\d\d)( .*)?')",
    "yes_no": "lower(c) IN ('yes', 'no', 'true', 'false', 'y', 'n', 't', 'f', '1', '0', '1.0', '0.0')",
}
NOTATIONS = ("number", "comma", "thousands", "percent")


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
    asked = ["count(*) AS rows"]
    for i in range(len(table.columns)):
        tests = [
            f"count(*) FILTER ({test.replace('(c', f'(t{i}').replace('c)', f't{i})')}) AS {name}{i}"
            for name, test in TESTS.items()
        ]
        asked += [
            f"count(*) FILTER (t{i} <> '') AS filled{i}",
            f"count(DISTINCT t{i}) FILTER (t{i} <> '') AS distinct{i}",
            *tests,
        ]
    trims = ", ".join(f"trim(c{i}) AS t{i}" for i in range(len(table.columns)))
    sql = f"SELECT {', '.join(asked)} FROM (SELECT {trims} FROM cells LIMIT {int(rows)})"
    seen = table.query(sql).to_pylist()[0]
    return tuple(_kind(name, i, seen) for i, name in enumerate(table.columns))


def _kind(name: str, i: int, seen: dict[str, int]) -> ColumnType:
    filled, distinct = seen[f"filled{i}"], seen[f"distinct{i}"]
    counts = {test: seen[f"{test}{i}"] for test in TESTS}
    notation = max(NOTATIONS, key=lambda n: (counts[n], n == "number"))
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
        rows=seen["rows"],
        filled=filled,
        fits=fits,
        distinct=distinct,
        notation=notation if kind in ("whole_number", "number") else "",
    )
