"""Text -> columns: a strict engine takes the regular stretches, the mending reader what that refuses, row by row."""

import os
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import pyarrow as pa

from aipm.tables.account import Account
from aipm.tables.body import Body
from aipm.tables.mending import Mending
from aipm.tables.strict import Odd, Part, can_read, read_part

PART = 1 << 21
"""Bytes that the engine is given at a time: they stay in the processor's cache on their way."""
PIECE = 1 << 16
"""Bytes of a part that was refused that it is given once more, to leave as few as possible to the mending reader."""
_BATCH = 16_384

Keep = Callable[[pa.Table], pa.Table]


def as_it_is(table: pa.Table) -> pa.Table:
    """Hold it where it lies."""
    return table


def read_rows(
    body: Body, *, longest_line: int, keep: Keep = as_it_is, part: int = PART, piece: int = PIECE
) -> tuple[pa.Table, Account]:
    """The columns (strings c0, c1, …) and the account, both the same as from `read_mending`, in a fraction of its time.

    `keep` is called with each part as it comes, in several threads, and returns it as it is to be held.
    Raises ReadError, and NotCleanError where the body is not proven.
    """
    if not can_read(body.dialect):
        return read_mending(body, longest_line=longest_line)
    with ThreadPoolExecutor(_cores()) as pool:
        reading = _Reading(body, Mending(body, longest_line=longest_line), pool, keep, [])
        reading.run(part, piece)
        return pa.concat_tables([_empty(body), *(found.result() for found in reading.found)]), reading.mending.account


def read_mending(body: Body, *, longest_line: int) -> tuple[pa.Table, Account]:
    """The columns by the mending reader alone. Raises ReadError."""
    mending = Mending(body, longest_line=longest_line)
    return _columns(mending.read(body.start, len(body.data)), body.columns), mending.account


class _Ahead(NamedTuple):
    """A part that the engine reads while those before it are settled."""

    start: int
    stop: int
    part: "Future[Part | None]"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A body on its way into tables."""

    body: Body
    mending: Mending
    pool: ThreadPoolExecutor
    keep: Keep
    found: "list[Future[pa.Table]]"

    def run(self, size: int, piece: int) -> None:
        """Read all parts, several at a time; what comes behind a refused one counts only where that ends as planned."""
        at, end = self.body.start, self.body.last_content()
        ahead: deque[_Ahead] = deque()
        while at < end:
            while len(ahead) < _cores() + 2 and (start := ahead[-1].stop if ahead else at) < end:
                stop, text = self.body.cut(start, size, end)
                ahead.append(_Ahead(start, stop, self._submit(text)))
            start, stop, part = ahead.popleft()
            at = stop if self._settle(part.result()) else self._by_pieces(start, stop, piece)
            if at != stop:
                ahead.clear()

    def _by_pieces(self, at: int, stop: int, size: int) -> int:
        """Read a part that was refused; returns where that ends, which is further on where a cell runs over its end."""
        while at < stop:
            end, text = self.body.cut(at, size, stop)
            if self._settle(read_part(text, self.body, longest_line=self.mending.longest_line)):
                at = end
            else:
                self._found(_columns(self.mending.read(at, end), self.body.columns))
                at = self.mending.at
        return at

    def _submit(self, text: bytes) -> "Future[Part | None]":
        return self.pool.submit(self._read, text)

    def _read(self, text: bytes) -> Part | None:
        part = read_part(text, self.body, longest_line=self.mending.longest_line)
        return part if part is None or part.odd else replace(part, table=self.keep(part.table))

    def _found(self, table: pa.Table) -> None:
        done: Future[pa.Table] = Future()
        done.set_result(table)
        self.found.append(done)

    def _settle(self, part: Part | None) -> bool:
        """Take the rows of a part, odd ones as the mending reader takes them; False where it has to read all itself."""
        mending = self.mending
        if part is None or (part.quoted and mending.after_blank):
            return False
        rows = part.table.num_rows
        order, more = array("q"), list[list[str]]()
        done = wrong = 0
        for odd in _with_followers(part, self.body, mending):
            row = odd.record - wrong
            order.extend(range(done, row))
            mending.skip(row - done)
            done = row + odd.inside
            wrong += not odd.inside
            fitted = mending.take(mending.line + odd.record, odd.cells, text=odd.text)
            if fitted is not None:
                order.append(row if odd.inside else rows + len(more))
                more += [] if odd.inside else [fitted]
        mending.skip(rows - done)
        mending.line += part.lines
        if not more and len(order) == done:
            self._found(part.table)
        else:
            order.extend(range(done, rows))
            self.found.append(self.pool.submit(self._merged, part.table, more, order))
        return True

    def _merged(self, table: pa.Table, more: Sequence[Sequence[str]], order: "array[int]") -> pa.Table:
        """Rows of a table and, numbered on from its last, `more` of them, in order."""
        both = pa.concat_tables([table, _columns(iter(more), table.num_columns)]).combine_chunks()
        return self.keep(both.take(pa.Array.from_buffers(pa.int64(), len(order), [None, pa.py_buffer(order)])))


def _with_followers(part: Part, body: Body, mending: Mending) -> Iterator[Odd]:
    """The odd records of a part in order, and each that follows a blank one."""
    records = part.table.num_rows + sum(not odd.inside for odd in part.odd)
    record = wrong = 0
    queue = deque(part.odd)
    while queue or (mending.after_blank and record < records):
        if mending.after_blank and (not queue or record < queue[0].record):
            cells = part.cells(record - wrong)
            yield Odd(record, cells, body.dialect.delimiter.join(cells), inside=True)
            record += 1
        else:
            yield (odd := queue.popleft())
            record = odd.record + 1
            wrong += not odd.inside


def _columns(rows: Iterator[Sequence[str]], width: int) -> pa.Table:
    """Rows as Arrow columns, in batches, so that memory stays bounded."""
    chunks: list[list[pa.Array]] = [[] for _ in range(width)]
    while batch := list(islice(rows, _BATCH)):
        for chunk, column in zip(chunks, zip(*batch, strict=True), strict=True):
            chunk.append(pa.array(column, pa.string()))
    columns = [pa.chunked_array(chunk, pa.string()) for chunk in chunks]
    return pa.table(columns, names=[f"c{place}" for place in range(width)])


def _empty(body: Body) -> pa.Table:
    return pa.schema([(f"c{place}", pa.string()) for place in range(body.columns)]).empty_table()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
