"""Run a command and say what it cost: wall time, CPU time and peak memory of its whole process tree (Linux)."""

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("AIPM_BENCH_CACHE") or Path.home() / ".cache" / "aipm-bench")
MB = 1_000_000
if sys.platform != "linux":
    sys.exit("The benchmarks read /proc and run on Linux only.")
# Ended from outside, a script ends what it started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds (CPU is user + system, children included) and the most memory, as sampled."""

    wall: float
    cpu: float
    memory: "Memory"
    output: str


class TooSlowError(Exception):
    """A command that was stopped because patience ran out."""


class FailedError(Exception):
    """A command that ended with an error; the message is the last line it said."""


def tree(pid: int) -> list[int]:
    """`pid` and all its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208 - called a hundred times a second
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{entry}/stat", "rb") as stat:  # noqa: PTH123 - as above
                parent = int(stat.read().rpartition(b")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry))
    found = [pid]
    for parent in found:
        found.extend(children.get(parent, ()))
    return found


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes: resident (common pages count in each process), shared out, and that less the pages of mapped files."""

    rss: int = 0
    pss: int = 0
    own: int = 0

    def most(self, other: "Memory") -> "Memory":
        return Memory(max(self.rss, other.rss), max(self.pss, other.pss), max(self.own, other.own))


def memory(pids: Iterable[int]) -> Memory:
    """What these processes hold together now."""
    rss = pss = own = 0
    for pid in pids:
        with contextlib.suppress(OSError, IndexError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
            one = {kind: int(rollup.partition(f"\n{kind}:".encode())[2].split()[0]) * 1024 for kind in _KINDS}
            rss, pss = rss + one["Rss"], pss + one["Pss"]
            own += one["Pss_Anon"] + one["Pss_Shmem"]
    return Memory(rss, pss, own)


_KINDS = ("Rss", "Pss", "Pss_Anon", "Pss_Shmem")


def cpu_seconds(pid: int) -> float:
    """CPU used so far by `pid`, its living descendants, and the children they have waited for."""
    total = 0
    for one in tree(pid):
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{one}/stat").read_bytes().rpartition(b")")[2].split()
            total += sum(int(ticks) for ticks in stat[11:15])
    return total / TICKS


def end(pid: int) -> None:
    """End a process and its descendants."""
    for one in tree(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


class _Watch(threading.Thread):
    """Samples the memory of a process tree until told to stop; ends the tree when patience runs out."""

    def __init__(self, pid: int, *, patience: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.deadline = pid, time.perf_counter() + patience
        self.most = Memory()
        self.gave_up = False
        self.done = threading.Event()
        self.start()

    def run(self) -> None:
        spent = 0.0
        # Walking a large process's pages takes time: never more than a sixth of it.
        while not self.done.wait(max(0.01, 5 * spent)):
            start = time.perf_counter()
            self.most = self.most.most(memory(tree(self.pid)))
            spent = time.perf_counter() - start
            if start > self.deadline:
                self.gave_up = True
                end(self.pid)
                return


def run(argv: Sequence[str], *, patience: float = 600, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command from the project's folder in a fresh process. Raises TooSlowError and FailedError."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaint:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=ROOT, stdout=output, stderr=complaint, env={**os.environ, **(env or {})})
        watch = _Watch(process.pid, patience=patience)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            end(process.pid)
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
        watch.join()
        if watch.gave_up:
            raise TooSlowError(f"> {patience:.0f} s")
        output.seek(0)
        complaint.seek(0)
        if process.returncode != 0:
            said = (complaint.read() or output.read()).decode(errors="replace").strip().splitlines()
            named = [line for line in said if "Error:" in line or "Exception:" in line] or said
            raise FailedError(named[-1][:100] if named else f"exit status {process.returncode}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, watch.most, output.read().decode())


def rotated(sides: Sequence[str], turn: int) -> list[str]:
    """Nobody always goes first."""
    start = turn % max(1, len(sides))
    return [*sides[start:], *sides[:start]]


def median(values: Iterable[float]) -> float:
    return statistics.median(list(values))


def peaks(costs: Iterable[Cost]) -> list[str]:
    """The most memory over several runs, in MB: RSS, PSS, own."""
    most = Memory()
    for cost in costs:
        most = most.most(cost.memory)
    return [f"{bytes_ / MB:.0f}" for bytes_ in (most.rss, most.pss, most.own)]


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float], *, digits: int = 2) -> str:
    """The median, and the range where there is one."""
    middle = f"{median(values):.{digits}f}"
    return middle if len(values) < 2 else f"{middle} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column to the left, the others to the right."""
    table = [list(header), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(header))]
    print(f"\n{title}")
    for row in table:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def machine() -> str:
    """What the figures were measured on."""
    import platform

    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
