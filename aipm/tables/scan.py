"""Cells that stay in their file: a large regular text that the engine scans where it lies, with the dialect given."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa

from aipm.tables.table import NotRegularError, OpenRows, lock, open_engine

ABSENT = "\x02\x03\x02"
"""What stands for a missing value: never in a text, so that blank cells stay blank and NA stays NA."""


BUFFER_BYTES = 8_000_000
"""Read at a time; the engine's own choice, sixteen of the longest lines, costs an eighth more time and much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedRows:
    """A regular UTF-8 text: `skip` lines, then rows of `width` cells."""

    path: str
    delimiter: str
    quote: str
    skip: int
    width: int
    max_line_bytes: int

    @contextmanager
    def opened(self) -> "Iterator[OpenScan]":
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(self.width))
        with open_engine() as engine:
            engine.execute(f"SET allowed_paths = [{_literal(self.path)}]")
            lock(engine)
            engine.execute(
                f"""CREATE VIEW cells AS SELECT * FROM read_csv({_literal(self.path)}, auto_detect = false,
                header = false, skip = {self.skip}, delim = {_literal(self.delimiter)}, quote = {_literal(self.quote)},
                escape = {_literal(self.quote)}, columns = {{{columns}}}, strict_mode = true, null_padding = false,
                ignore_errors = false, nullstr = {_literal(ABSENT)}, max_line_size = {self.max_line_bytes},
                buffer_size = {max(BUFFER_BYTES, self.max_line_bytes)})"""
            )
            yield OpenScan(engine)


@dataclass(frozen=True, slots=True)
class OpenScan(OpenRows):
    """A scan that says when a row is not as the rest."""

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        import duckdb

        try:
            return super(OpenScan, self).query(sql, parameters)
        except duckdb.Error:
            raise NotRegularError from None  # the engine's message quotes the row


def _literal(text: str) -> str:
    """A string of ours in SQL."""
    return "'" + text.replace("'", "''") + "'"
