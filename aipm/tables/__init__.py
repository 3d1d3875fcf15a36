"""Bytes -> table, with an account of how it was read. `read` is the one way in for everything that people bring."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aipm.tables import sandbox
from aipm.tables.model import Limits, ReadError, Reading, ReadOptions, ReadWarning, Refusal
from aipm.tables.sandbox import Reply, Request

if TYPE_CHECKING:
    import pyarrow as pa

    from aipm.tables.table import Table

__all__ = ["Limits", "ReadError", "ReadOptions", "ReadWarning", "Reading", "Refusal", "read", "run_task"]


def read(
    source: bytes | memoryview | Path, options: ReadOptions | None = None, limits: Limits | None = None
) -> "Table":
    """Read a file into a table in memory, in a child process with limits. Raises Refusal."""
    from aipm.tables.table import ArrowRows, Table

    reply, cells, digest = _run(source, Request(options=options or ReadOptions(), limits=limits or Limits()))
    assert reply.reading is not None
    assert cells is not None
    return Table(reply.columns, ArrowRows(cells), reply.reading, reply.row_count, digest)


def run_task(
    source: bytes | memoryview | Path,
    task: str,
    arguments: dict[str, Any],
    *,
    options: ReadOptions | None = None,
    limits: Limits | None = None,
) -> "tuple[Reply, pa.Table | None, str]":
    """Run "module:function" on the table where the file is read, so that its rows never leave the child.

    The function gets (table, arguments) and returns (a plain dict, an Arrow table or None). Returns what the child
    said of the file, with the dict as `answer`; the Arrow table; and the sha256 of the file. Raises Refusal.
    """
    return _run(
        source, Request(options=options or ReadOptions(), limits=limits or Limits(), task=task, arguments=arguments)
    )


def _run(source: bytes | memoryview | Path, request: Request) -> "tuple[Reply, pa.Table | None, str]":
    from concurrent.futures import ThreadPoolExecutor  # the child, which imports this package too, does without it

    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(_fingerprint, source)
        reply, cells = sandbox.run(source, request)
        return reply, cells, digest.result()


def _fingerprint(source: bytes | memoryview | Path) -> str:
    """sha256 of the file's bytes."""
    if isinstance(source, Path):
        # Large pieces: after each one the thread waits its turn among those that import or read.
        with os.fdopen(sandbox.open_file(source), "rb", buffering=0) as stream:
            digest = hashlib.sha256()
            while piece := stream.read(1 << 22):
                digest.update(piece)
            return digest.hexdigest()
    return hashlib.sha256(source).hexdigest()
