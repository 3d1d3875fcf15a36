"""Kill -9 in the middle of writing, round after round: what was acknowledged and is lost, and what is there twice.

python tests/benchmarks/store.py --rounds 200

Four threads of a writer vote (one row and one higher version number a transaction, as a room does) and save briefs.
Each says when it begins and when it was told that it is kept. After the kill the next writer repeats what was under
way, by the same client keys, as a client would.
"""

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from measure import ROOT, machine, percentile, show

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import sqlalchemy as sa

from aipm.brief.database import Database, Schema
from aipm.brief.store import Briefs
from aipm.tables import Refusal
from tests import postgresql

THREADS = 4
SAVES = 10
"""One in so many writes is a brief's."""
STORES = ("sqlite", "postgresql", "server")
AFTER = 20
"""Writes that are waited for after the server was started again."""
PATIENCE = 120
"""Seconds without a word from the writer, after which something is wrong."""

NONE = "-"
"""In place of a brief's token: a vote."""

TABLES = sa.MetaData()
VOTES = sa.Table(
    "votes",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("client_key", sa.String(40), nullable=False, unique=True),
    sa.Column("vote", sa.Integer, nullable=False),
)
ROOMS = sa.Table("rooms", TABLES, sa.Column("id", sa.Integer, primary_key=True), sa.Column("version", sa.Integer))
SCHEMA = Schema(name="benchmark", tables=TABLES)


# The writer: a process of its own, to be killed


def vote(database: Database, key: str, value: int) -> None:
    """One vote, and the room's version one higher; the same key again changes nothing."""

    def work(connection: sa.Connection) -> None:
        row = {"client_key": key, "vote": value}
        if connection.execute(database.upsert(VOTES, row, key=["client_key"], change=[])).rowcount == 1:
            connection.execute(sa.update(ROOMS).values(version=ROOMS.c.version + 1))

    database.transact(work)


def write(url: str, round_: int) -> None:
    """Write until killed; every line to the parent is one write to a pipe, whole or not at all."""
    database = Database(url)
    briefs = Briefs(database)
    again: dict[str, list[list[str]]] = json.loads(sys.stdin.readline())

    def say(*words: object) -> None:
        os.write(1, (" ".join(map(str, words)) + "\n").encode())

    def once(key: str, token: str) -> None:
        while True:
            say("began", key, token)
            start = time.perf_counter()
            try:
                if token == NONE:
                    vote(database, key, round_)
                else:
                    briefs.save(token, {"key": key, "filling": "x" * 2000}, client_key=key)
            except Refusal as refused:
                say("refused", key, refused.code)
            else:
                say("kept", key, token, f"{1000 * (time.perf_counter() - start):.3f}")
                return

    def work(thread: int) -> None:
        token = briefs.create()
        for key, earlier in again.get(str(thread), ()):
            once(key, earlier)
        number = 0
        while True:
            number += 1
            once(f"{round_}.{thread}.{number}", NONE if number % SAVES else token)

    for thread in range(THREADS):
        threading.Thread(target=work, args=(thread,), daemon=True).start()
    signal.pause()


# The one who kills and counts


@dataclass(slots=True)
class Log:
    """What the writers of every round said, and what was found after each kill."""

    begun: dict[str, str] = field(default_factory=dict)
    """By client key, the brief's token or NONE: not acknowledged yet."""
    kept: dict[str, str] = field(default_factory=dict)
    votes: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    """Milliseconds until it was acknowledged."""
    writing: float = 0
    reopened: list[float] = field(default_factory=list)
    in_flight: int = 0
    in_flight_kept: int = 0
    lost: int = 0
    twice: int = 0
    wrong: int = 0
    """Rounds after which the room's version was not the number of votes."""
    refused: Counter[str] = field(default_factory=Counter)


class Writer:
    """One writer process and what it says."""

    def __init__(self, log: Log, url: str, round_: int) -> None:
        self.log = log
        self.heard = 0
        self.new = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--write", url, "--round", str(round_)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        under_way: dict[str, list[list[str]]] = {}
        for key, token in log.begun.items():
            under_way.setdefault(key.split(".")[1], []).append([key, token])
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(under_way) + "\n")
        self.process.stdin.flush()
        self.listening = threading.Thread(target=self.listen)
        self.listening.start()
        self.hear(1)
        self.started = time.perf_counter()

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, key, what, *took = line.split()
            if word == "began":
                self.log.begun[key] = what
            elif word == "refused":
                self.log.refused[what] += 1
            else:
                self.log.kept[key] = self.log.begun.pop(key)
                (self.log.votes if what == NONE else self.log.saves).append(float(took[0]))
                with self.new:
                    self.heard += 1
                    self.new.notify_all()

    def hear(self, more: int) -> None:
        """Wait for so many more acknowledgements."""
        with self.new:
            enough = self.heard + more
            if not self.new.wait_for(lambda: self.heard >= enough or self.process.poll() is not None, PATIENCE):
                raise TimeoutError("the writer fell silent")
        if self.process.poll() is not None:
            raise RuntimeError("the writer ended by itself")

    def kill(self) -> None:
        self.log.writing += time.perf_counter() - self.started
        self.process.kill()
        self.process.wait()
        self.listening.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def found(database: Database, keys: dict[str, str]) -> Counter[str]:
    """How often each of these is kept."""
    counts: Counter[str] = Counter()
    briefs = Briefs(database)
    with database.read() as connection:
        counts.update(connection.scalars(sa.select(VOTES.c.client_key)))
    for token in {token for token in keys.values() if token != NONE}:
        counts.update(briefs.load_version(token, each.number)["key"] for each in briefs.versions(token))
    return counts


def examine(url: str, log: Log, keys: dict[str, str]) -> None:
    """Open what was left, and look for everything that was acknowledged."""
    start = time.perf_counter()
    database = Database(url)
    with database.read() as connection:
        version = connection.scalar(sa.select(ROOMS.c.version))
        log.reopened.append(1000 * (time.perf_counter() - start))
        log.wrong += version != connection.scalar(sa.select(sa.func.count()).select_from(VOTES))
    counts = found(database, {**keys, **log.begun})
    log.lost += sum(not counts[key] for key in keys)
    log.twice += sum(times > 1 for times in counts.values())
    log.in_flight += len(log.begun)
    log.in_flight_kept += sum(key in counts for key in log.begun)
    database.close()


def kill_server(server: postgresql.Server, *, all_of_it: bool) -> None:
    """-9 to its first process, or to all of them."""
    from measure import end

    assert server.process is not None
    if all_of_it:
        end(server.process.pid)
    server.stop(signal.SIGKILL)
    server.start()


def rounds(kind: str, url: str, number: int, server: postgresql.Server | None, chance: random.Random) -> Log:
    """All the rounds on one store."""
    log = Log()
    database = Database(url)
    database.prepare(SCHEMA)
    with database.write() as connection:
        connection.execute(sa.insert(ROOMS).values(id=1, version=0))
    database.close()
    for round_ in range(number):
        before = set(log.kept)
        writer = Writer(log, url, round_)
        try:
            time.sleep(chance.uniform(0.05, 0.6))
            if kind == "server":
                assert server is not None
                kill_server(server, all_of_it=bool(round_ % 2))
                writer.hear(AFTER)
        finally:
            writer.kill()
        examine(url, log, {key: token for key, token in log.kept.items() if key not in before})
        if sys.stderr.isatty():
            print(f"\r{kind} {round_ + 1}/{number} ", end="", file=sys.stderr)
    log.lost += len(set(log.kept) - set(found(database, log.kept)))
    database.close()
    return log


@contextmanager
def opened(kind: str) -> Iterator[tuple[str, postgresql.Server | None]]:
    """A new store: its address, and the server where there is one."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="aipm-store-") as place:
            yield f"sqlite:///{Path(place) / 'aipm.sqlite'}", None
    else:
        with postgresql.server(settings=()) as server:
            yield server.url(), server


NAMES = {
    "sqlite": "SQLite, writer killed",
    "postgresql": "PostgreSQL, writer killed",
    "server": "PostgreSQL, server killed",
}


def line(kind: str, log: Log, number: int) -> list[str]:
    acknowledged = len(log.kept)
    return [
        NAMES[kind],
        f"{number}",
        f"{acknowledged:,}",
        f"{log.lost}",
        f"{log.twice}",
        f"{log.wrong}",
        f"{log.in_flight} ({log.in_flight_kept})",
        f"{sum(log.refused.values())}",
        f"{(len(log.votes) + len(log.saves)) / log.writing:.0f}",
        f"{statistics.median(log.votes):.1f}/{percentile(log.votes, 0.99):.0f}/{max(log.votes):.0f}",
        f"{statistics.median(log.saves):.1f}/{percentile(log.saves, 0.99):.0f}/{max(log.saves):.0f}",
        f"{statistics.median(log.reopened):.0f}/{max(log.reopened):.0f}",
    ]


HEADER = ["", "rounds", "acknowledged", "lost", "twice", "wrong", "in flight (kept)", "refused", "tx/s"]
HEADER += ["vote p50/p99/max ms", "save p50/p99/max ms", "reopened p50/max ms"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--stores", default=",".join(STORES), help=f"of {', '.join(STORES)}")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--round", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.write:
        write(told.write, told.round)
        return
    chance = random.Random(told.seed)
    print(machine(), flush=True)
    table = []
    for kind in told.stores.split(","):
        if kind != "sqlite" and postgresql.programs() is None:
            print(f"{NAMES[kind]}: left out, no PostgreSQL programs here (Debian: apt-get install postgresql)")
            continue
        with opened(kind) as (url, server):
            table.append(line(kind, rounds(kind, url, told.rounds, server, chance), told.rounds))
    show("Kill -9 while four threads write", HEADER, table)


if __name__ == "__main__":
    main()
