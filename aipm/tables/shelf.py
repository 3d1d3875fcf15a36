"""Memory shared with the parent process, in which columns of text are put down as they come."""

import mmap
import os
import threading

import pyarrow as pa

SMALL = 1 << 18
"""Bytes below which a table is not worth a place of its own at once."""
BOARD = 1 << 26
"""Bytes that are mapped at a time: every mapping holds a descriptor, of which the process has few."""
_PAGE = mmap.ALLOCATIONGRANULARITY


class Shelf:
    """Arrow batches of text in a memory file, each at a place of its own.

    Threads may put down tables side by side. What is put down early lies outside of the process's own memory, which
    so stays warm and small.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._turn = threading.Lock()
        self._board = pa.py_buffer(b"")
        self._begin = self._free = 0
        self._places: dict[tuple[int, int], tuple[int, int]] = {}

    def keep(self, table: pa.Table) -> pa.Table:
        """The same table, lying on the shelf where it is large."""
        if table.nbytes < SMALL:
            return table
        return pa.Table.from_batches([self._put(batch)[0] for batch in table.to_batches()])

    def places(self, table: pa.Table) -> tuple[tuple[int, int, int], ...]:
        """Where its batches lie, those too that do so only from now on: first byte, bytes, and rows that count."""
        found = []
        for batch in table.to_batches():
            place = self._places.get(_address(batch)) if batch.column(0).offset == 0 else None
            found.append((*(place or self._put(batch)[1]), batch.num_rows))
        return tuple(found)

    def _put(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, tuple[int, int]]:
        """The batch as it lies on the shelf, and where."""
        message = memoryview(batch.serialize())
        size = len(message)
        with self._turn:
            if self._free + size > self._begin + self._board.size:
                self._begin = self._free = self._begin + self._board.size
                length = -(-max(size, BOARD) // _PAGE) * _PAGE
                os.ftruncate(self._memory, self._begin + length)
                self._board = pa.py_buffer(mmap.mmap(self._memory, length, prot=mmap.PROT_READ, offset=self._begin))
            at, self._free = self._free, self._free + -(-size // 64) * 64
            there = self._board.slice(at - self._begin, size)
        done = 0
        while done < size:
            done += os.pwrite(self._memory, message[done:], at + done)
        lying = pa.ipc.read_record_batch(there, batch.schema)
        self._places[_address(lying)] = at, size
        return lying, (at, size)


def _address(batch: pa.RecordBatch) -> tuple[int, int]:
    """Where its first column lies, and how many columns there are: with fewer it is another batch."""
    return batch.column(0).buffers()[1].address, batch.num_columns
