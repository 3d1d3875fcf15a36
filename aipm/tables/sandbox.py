"""Runs work on an untrusted file in a child process with limits: the file can kill the child, never the app.

Bytes go in and columns come back through memory (memfd on Linux) or a pipe; nothing is written to disk, and nothing
that comes back is unpickled.
"""

import contextlib
import dataclasses
import mmap
import os
import signal
import stat
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from aipm.tables.model import Limits, ReadError, Reading, ReadOptions, Refusal

if TYPE_CHECKING:
    import pyarrow as pa

ROOT = Path(__file__).resolve().parents[2]
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from aipm.tables.worker import main; main()"
LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the child is asked: how to read, within which limits, and what to run on the table."""

    options: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = field(default_factory=Limits)
    task: str = ""
    """"module:function", called with (table, arguments) -> (answer, Arrow table); "" sends the table back."""
    arguments: dict[str, Any] = field(default_factory=dict)
    source_fd: int | None = None
    """The file, where the child inherits it; otherwise its bytes follow the request on standard input."""
    result_fd: int | None = None
    """Memory for the columns, where the child inherits it; otherwise they follow the reply on standard output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A refusal, as the child tells it."""

    code: str
    message: str
    advice: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the child answers, ahead of the columns."""

    failure: Failure | None = None
    columns: tuple[str, ...] = ()
    row_count: int | None = None
    reading: Reading | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    has_table: bool = False
    places: tuple[tuple[int, int, int], ...] | None = None
    """Where the batches of a table of text lie in the memory for the columns: first byte, bytes, rows that count.

    None where a stream holds the table.
    """


def run(source: bytes | memoryview | Path, request: Request) -> "tuple[Reply, pa.Table | None]":
    """Run a request on a file in a child process. Raises Refusal."""
    with contextlib.ExitStack() as stack:
        source_fd = _source(source, stack)
        result_fd = _memory("result", stack)
        size = 0 if isinstance(source, Path) else len(source)
        limits = request.limits.for_size(size if source_fd is None else os.fstat(source_fd).st_size)
        request = dataclasses.replace(request, limits=limits, source_fd=source_fd, result_fd=result_fd)
        child = stack.enter_context(_child([fd for fd in (source_fd, result_fd) if fd is not None]))
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            child.kill()

        watchdog = threading.Timer(request.limits.wall_seconds, stop)
        watchdog.daemon = True
        watchdog.start()
        stack.callback(watchdog.join)
        stack.callback(watchdog.cancel)
        assert child.stdin is not None
        assert child.stdout is not None
        answered = False
        try:
            send(child.stdin, msgspec.json.encode(request))
            if source_fd is None and not isinstance(source, Path):
                send(child.stdin, source)
            reply = msgspec.json.decode(receive(child.stdout), type=Reply)
            answered = True
            if reply.has_table and result_fd is not None:
                child.kill()  # nobody may change what is checked from here on
                child.wait()
            table = _columns(child.stdout, result_fd, reply) if reply.has_table else None
        except (OSError, EOFError, ValueError, OverflowError, MemoryError, msgspec.MsgspecError):
            raise _post_mortem(child, timed_out=timed_out.is_set(), answered=answered) from None
    if reply.failure is not None:
        failed = reply.failure
        raise Refusal(failed.code, failed.message, advice=failed.advice, line=failed.line)
    return reply, table


def send(stream: IO[bytes], content: bytes | memoryview) -> None:
    """One message: its length, then its bytes."""
    stream.write(len(content).to_bytes(LENGTH_BYTES, "little"))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next message. Raises EOFError where the other side is gone."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        raise EOFError
    content = stream.read(size := int.from_bytes(length, "little"))
    if len(content) < size:
        raise EOFError
    return content


@contextlib.contextmanager
def _child(fds: list[int]) -> Any:
    """A fresh interpreter that knows nothing of the environment or the working folder, and ends with this block."""
    command = [sys.executable, "-I", "-X", "utf8", "-c", BOOT, str(ROOT)]
    environment = {"PATH": os.environ.get("PATH", ""), "MALLOC_ARENA_MAX": "4", "OMP_NUM_THREADS": "1"}
    if os.name == "nt":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    child: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own interpreter and code; the file is data on a descriptor
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a library's complaint may quote a cell
        env=environment,
        cwd=ROOT.anchor,
        pass_fds=fds,
    )
    try:
        yield child
    finally:
        child.kill()
        for stream in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                stream.close() if stream else None
        child.wait()


def open_file(path: Path) -> int:
    """Open a file for reading. Raises ReadError, also for what is no file: a folder, a pipe, an endless device."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe would wait for its other end
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "its name is none"
        raise ReadError("cannot_open", f"The file cannot be opened: {why}.", advice="Check its name.") from None
    if stat.S_ISREG(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    raise ReadError("no_file", "A folder, pipe or device is no file.", advice="Name the file that holds the table.")


def _source(source: bytes | memoryview | Path, stack: contextlib.ExitStack) -> int | None:
    """A descriptor that holds the source; None where the system has no memory of that kind for bytes."""
    if isinstance(source, Path):
        fd = open_file(source)
        stack.callback(os.close, fd)
        return fd
    memory = _memory("source", stack)
    if memory is not None:
        _write_all(memory, source)
    return memory


def _memory(name: str, stack: contextlib.ExitStack) -> int | None:
    """Anonymous memory that a child can inherit as a file; None where the system has none (pipes serve instead)."""
    if not hasattr(os, "memfd_create"):
        return None
    fd = os.memfd_create(name)
    stack.callback(os.close, fd)
    return fd


def _write_all(fd: int, content: bytes | memoryview) -> None:
    view = memoryview(content).cast("B")
    while view:
        view = view[os.write(fd, view) :]


def _columns(stream: IO[bytes], fd: int | None, reply: Reply) -> "pa.Table":
    """The columns that the child wrote: mapped, not copied, and checked before anybody trusts their offsets."""
    from concurrent.futures import ThreadPoolExecutor

    import pyarrow as pa

    try:
        if reply.places is None:
            content = receive(stream) if fd is None else mmap.mmap(fd, 0, prot=mmap.PROT_READ)
            table = pa.ipc.open_stream(pa.py_buffer(content)).read_all()
        else:
            table = _lying(fd, reply.places, width=len(reply.columns))
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(lambda column: column.validate(full=True), table.columns):
                pass
    except (pa.ArrowException, IndexError) as problem:
        raise ValueError from problem
    return table


def _lying(fd: int | None, places: tuple[tuple[int, int, int], ...], *, width: int) -> "pa.Table":
    """A table of text whose batches lie at these places."""
    import pyarrow as pa

    schema = pa.schema([(f"c{place}", pa.string()) for place in range(width)])
    if fd is None or not places:
        return schema.empty_table()
    memory = pa.py_buffer(mmap.mmap(fd, 0, prot=mmap.PROT_READ))
    batches = (pa.ipc.read_record_batch(memory.slice(at, size), schema).slice(0, rows) for at, size, rows in places)
    return pa.Table.from_batches(batches, schema)


def _post_mortem(child: "subprocess.Popen[bytes]", *, timed_out: bool, answered: bool) -> ReadError:
    """Why there is no table, for people; `answered`: the child did reply, and then was ended by us."""
    advice = "Nothing was read. Try a smaller part of the file, or save it again as a plain CSV."
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(1)
    if timed_out:
        return ReadError("too_slow", "Reading the file took too long and was stopped.", advice=advice)
    if not answered and child.returncode in (-signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None, -signal.SIGKILL):
        return ReadError("too_much_work", "Reading the file needed too much time or memory.", advice=advice)
    return ReadError("reader_stopped", "The file made the reader stop.", advice=advice)
