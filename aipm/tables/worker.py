"""The child process: reads one untrusted file within limits, runs one task on it, answers, ends."""

import contextlib
import dataclasses
import importlib
import mmap
import os
import sys
from typing import IO, TYPE_CHECKING, Any

import msgspec

from aipm.tables.light import leave_out
from aipm.tables.model import Limits, Refusal
from aipm.tables.sandbox import Failure, Reply, Request, receive, send

if TYPE_CHECKING:
    import pyarrow as pa

    from aipm.tables.table import Table

ADVICE = "Nothing was read. Try a smaller part of the file, or save it again as a plain CSV."


def main() -> None:
    """Answer the one request on standard input, on standard output."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not speak into the reply
    request = msgspec.json.decode(receive(requests), type=Request)
    confine(request.limits)
    leave_out("pandas", "cloudpickle", *(() if request.task else ("numpy",)))  # reading alone needs none of them
    import pyarrow as pa

    try:
        reply, table = answer(request, _source(request, requests))
    except Refusal as refusal:
        reply, table = _refused(refusal.code, refusal.message, refusal.advice, refusal.line), None
    except (MemoryError, pa.ArrowMemoryError, *_out_of_memory()):
        reply, table = _refused("too_much_memory", "Reading the file needs too much memory.", ADVICE), None
    except RecursionError:
        reply, table = _refused("too_deep", "The file is nested too deeply.", ADVICE), None
    if table is not None and request.result_fd is not None:
        with pa.OSFile(f"/proc/self/fd/{request.result_fd}", "wb") as memory:
            _write(memory, table)
    send(replies, msgspec.json.encode(reply))
    if table is not None and request.result_fd is None:
        memory = pa.BufferOutputStream()
        _write(memory, table)
        send(replies, memoryview(memory.getvalue()))
    os._exit(0)  # nothing to tidy up, and engines take their time over it


def answer(request: Request, data: memoryview) -> "tuple[Reply, pa.Table | None]":
    """Read, and run the task where there is one: first on the file as it lies, and in memory where that is refused.

    Of a table that is asked for itself, only the places are told where the parent can look at them.
    """
    from aipm.tables.reader import open_table
    from aipm.tables.rows import as_it_is
    from aipm.tables.shelf import Shelf
    from aipm.tables.table import ArrowRows, NotRegularError

    if not request.task:
        shelf = None if request.result_fd is None else Shelf(request.result_fd)
        table = open_table(data, request.options, request.limits, keep=shelf.keep if shelf else as_it_is)
        assert isinstance(table.rows, ArrowRows)
        if shelf is None:
            return _described(table, has_table=True), table.rows.data
        return _described(table, has_table=True, places=shelf.places(table.rows.data)), None
    module, _, name = request.task.partition(":")
    task = getattr(importlib.import_module(module), name)
    path = None if request.source_fd is None else f"/proc/self/fd/{request.source_fd}"
    table = open_table(data, request.options, request.limits, scan_path=path)
    try:
        found, columns = task(table, request.arguments)
    except NotRegularError:
        table = open_table(data, request.options, request.limits)
        found, columns = task(table, request.arguments)
    reply = _described(table, has_table=columns is not None)
    return dataclasses.replace(reply, answer=found), columns


def confine(limits: Limits) -> None:
    """Bound this process: memory, processor time, files, and its life by that of its parent."""
    with contextlib.suppress(ImportError):
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_CPU, limits.cpu_seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 64),
        ):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: the app's end is this process's end


def _source(request: Request, stream: IO[bytes]) -> memoryview:
    """The file's bytes: mapped where they were inherited, otherwise those that follow the request."""
    if request.source_fd is None:
        return memoryview(receive(stream))
    size = os.fstat(request.source_fd).st_size
    return memoryview(mmap.mmap(request.source_fd, 0, prot=mmap.PROT_READ) if size else b"")


def _out_of_memory() -> tuple[type[Exception], ...]:
    """How the engine says that memory is at its end, where it has been loaded."""
    engine = sys.modules.get("duckdb")
    return () if engine is None else (engine.OutOfMemoryException,)


def _described(table: "Table", **more: Any) -> Reply:
    return Reply(columns=table.columns, row_count=table.row_count, reading=table.reading, **more)


def _refused(code: str, message: str, advice: str, line: int | None = None) -> Reply:
    return Reply(failure=Failure(code=code, message=message, advice=advice, line=line))


def _write(sink: Any, table: "pa.Table") -> None:
    import pyarrow as pa

    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
