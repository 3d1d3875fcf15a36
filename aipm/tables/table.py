"""A table: named columns of text cells, where they lie, and one way to ask about them (SQL over columns c0, c1, …)."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any, Protocol

import pyarrow as pa

from aipm.tables.model import Reading

PORTION_ROWS = 16_384
"""Rows that one thread of the engine takes at a time from a table in memory."""


class NotRegularError(Exception):
    """A scan met a row that is not as the rest, or bytes that are no text: the repairing reader is needed."""


class Rows(Protocol):
    """Where the cells lie: in memory, or in a file that an engine scans."""

    def opened(self) -> "AbstractContextManager[OpenRows]":
        """An engine whose relation `cells` has the columns c0, c1, …, all text, blank where there was nothing."""


@dataclass(frozen=True, slots=True)
class OpenRows:
    """Cells that an engine has open."""

    engine: Any

    @contextmanager
    def opened(self) -> "Iterator[OpenRows]":
        yield self

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        return self.engine.execute(sql, list(parameters)).to_arrow_table()


@dataclass(slots=True)
class _Engine:
    """An engine that lives as long as the cells it belongs to: opening one costs as much as a question."""

    turn: RLock = field(default_factory=RLock)
    opened: OpenRows | None = None


@dataclass(frozen=True, slots=True)
class ArrowRows:
    """Cells in memory: an Arrow table of strings without nulls, columns c0, c1, …"""

    data: pa.Table
    engine: _Engine = field(default_factory=_Engine, repr=False, compare=False)

    @contextmanager
    def opened(self) -> Iterator[OpenRows]:
        with self.engine.turn:  # one question at a time: the engine is not made for two threads
            if self.engine.opened is None:
                engine = open_engine()
                lock(engine)
                # The engine's threads share the work by batches.
                engine.register("cells", pa.Table.from_batches(self.data.to_batches(PORTION_ROWS), self.data.schema))
                self.engine.opened = OpenRows(engine)
            yield self.engine.opened


def open_engine(**settings: Any) -> Any:
    """A private DuckDB in memory that spills nothing to disk."""
    import duckdb

    return duckdb.connect(":memory:", config={"temp_directory": "", **settings})


def lock(engine: Any) -> None:
    """From here on the engine reaches neither files nor network, and cannot be talked into it."""
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. Cells are text as it stood in the file; types are decided later, where they matter.

    `columns` are the names as people see them: unique, never blank. `fingerprint` is the sha256 of the file's bytes.
    """

    columns: tuple[str, ...]
    rows: Rows
    reading: Reading
    row_count: int | None
    """None where the rows were not counted: a large file that is scanned where it lies."""
    fingerprint: str = ""

    def column(self, name: str) -> str:
        """The engine's name (c0, c1, …) of a column. Raises KeyError."""
        try:
            return f"c{self.columns.index(name)}"
        except ValueError:
            raise KeyError(name) from None

    @contextmanager
    def opened(self) -> "Iterator[Table]":
        """The same table with its engine open, for several questions in a row."""
        with self.rows.opened() as rows:
            yield replace(self, rows=rows)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """Ask about the cells: SQL over `cells` (c0, c1, …; see `column`). Values go in as parameters only."""
        with self.rows.opened() as rows:
            return rows.query(sql, parameters)

    def head(self, count: int = 100) -> list[list[str]]:
        """The first rows, as text."""
        found = self.query(f"SELECT * FROM cells LIMIT {int(count)}")
        return [list(row) for row in zip(*(column.to_pylist() for column in found.columns), strict=True)]
