"""What comes out of a container, and the one way in which rows of text become Arrow columns within bounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

import pyarrow as pa

from aipm.tables.containers.refusals import LESS, too_large, too_wide
from aipm.tables.model import Limits, ReadError, ReadWarning

Container = Literal["csv", "gzip", "zip", "xlsx", "json", "html", "parquet"]

MAX_CELLS = 100_000_000
"""Rows x columns of one table; a hundred million blank cells still cost four bytes each."""

BLOCK_CELLS = 500_000
MAX_BLOCK_CHARACTERS = 500_000_000
"""At four bytes each they still fit one Arrow array."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Delimited text, unpacked; its encoding and dialect are for the text reader to find."""

    data: bytes | memoryview
    container: Container
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A table whose cells are certain.

    `table` holds strings without nulls in columns c0, c1, … Where the container names its columns, `columns` are those
    names (unique, never blank) and every row of `table` is data. Otherwise `columns` is None and `table` holds all rows
    as they stand, titles, header, blank rows and footer among them; then `header_rows` is how many rows at the top the
    file itself marks as header, None where it does not say.
    `sheets` are the names of all sheets of a workbook as they stand in it (untrusted text), `sheet` that which is read.
    """

    table: pa.Table
    container: Container
    columns: tuple[str, ...] | None = None
    header_rows: int | None = None
    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    warnings: tuple[ReadWarning, ...] = ()

    def rows(self, start: int = 0, count: int | None = None) -> list[list[str]]:
        """Some rows as lists of cells, for looking at; negative `start` counts from the end."""
        if start < 0:
            start = max(0, self.table.num_rows + start)
        chosen = self.table.slice(start, count)
        return [list(row) for row in zip(*(column.to_pylist() for column in chosen.columns), strict=True)]


class RowCollector:
    """Collects rows of text cells, of any width, into columns; refuses what is beyond the bounds."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.row_count = 0
        self.width = 0
        self.mended = 0
        self._blocks: list[list[pa.Array]] = []
        self._pending: list[Sequence[str]] = []
        self._pending_width = 0
        self._bytes = 0

    def add(self, row: Sequence[str]) -> None:
        """One more row; cells absent at its end are blank."""
        if len(row) > self._pending_width:
            if len(row) > self.limits.max_columns:
                raise too_wide(self.limits)
            if len(self._pending) * len(row) > BLOCK_CELLS:  # short rows stay in a narrow block
                self._flush()
            self._pending_width = len(row)
        self._pending.append(row)
        self.row_count += 1
        if len(self._pending) * (self._pending_width + 1) > BLOCK_CELLS:
            self._flush()

    def finish(self, *, width: int = 0) -> pa.Table:
        """All rows, as columns c0, c1, …; at least `width` of them."""
        self._flush()
        self.width = max(self.width, width)
        self._check_size()
        for block in self._blocks:
            rows = len(block[0]) if block else 0
            block.extend([blank_column(rows)] * (self.width - len(block)))
        columns = [pa.chunked_array([block[i] for block in self._blocks], pa.string()) for i in range(self.width)]
        return as_table(columns)

    def warnings(self) -> list[ReadWarning]:
        """What had to be mended in the text of the cells."""
        if not self.mended:
            return []
        return [ReadWarning("broken_characters", "Some characters were damaged and are shown as �.", count=self.mended)]

    def _flush(self) -> None:
        if not self._pending:
            return
        self.width = max(self.width, self._pending_width, 1)
        self._check_size()
        columns = list(zip_longest(*self._pending, fillvalue="")) or [("",) * len(self._pending)]
        size = sum(sum(map(len, column)) for column in columns)
        self._bytes += size
        self._check_size()
        if size > MAX_BLOCK_CHARACTERS:
            raise too_large(MAX_BLOCK_CHARACTERS)
        self._blocks.append([self._array(column) for column in columns])
        self._pending, self._pending_width = [], 0

    def _check_size(self) -> None:
        """Both bounds hold before memory is taken: one long text may stand in many cells at no cost until now."""
        if self.row_count * self.width > MAX_CELLS:
            raise ReadError(
                "too_many_cells",
                f"The table has more than {MAX_CELLS // 1_000_000} million cells.",
                advice=LESS,
            )
        if self._bytes > self.limits.max_unpacked_bytes:
            raise too_large(self.limits.max_unpacked_bytes)

    def _array(self, column: Sequence[str]) -> pa.Array:
        try:
            return pa.array(column, pa.string())
        except UnicodeEncodeError:  # half of a surrogate pair; two halves in a row make a whole
            whole = [cell.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for cell in column]
            self.mended += sum("�" in after and "�" not in cell for after, cell in zip(whole, column, strict=True))
            return pa.array(whole, pa.string())


def as_table(columns: Iterable[pa.ChunkedArray | pa.Array]) -> pa.Table:
    """Columns named by position: names of people may repeat or differ by case only, and engines see these."""
    arrays = list(columns)
    return pa.table(arrays, names=[f"c{i}" for i in range(len(arrays))])


def blank_column(rows: int) -> pa.Array:
    """A column of blank cells."""
    return pa.repeat(pa.scalar("", pa.string()), rows)


def said(noticed: Mapping[str, tuple[int, str]]) -> list[ReadWarning]:
    """Warnings by code, in words with the count put in; only what happened."""
    return [
        ReadWarning(code, text.format(f"{count:,}"), count=count) for code, (count, text) in noticed.items() if count
    ]
