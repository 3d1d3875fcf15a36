"""The database that briefs and rooms are kept in: embedded SQLite or PostgreSQL, by the same SQLAlchemy Core code.

What is acknowledged survives a kill and a power cut (WAL, synchronous FULL). Reading never waits for writing.
"""

import hashlib
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from aipm.brief.connections import BUSY, Kind, address, broken, engines, kind, passing, refusal, told
from aipm.tables import Refusal

Clock = Callable[[], datetime]
T = TypeVar("T")

PATIENCE: Final = 10.0
"""Seconds over which work is tried again when the server went away or was too busy."""
SCRUB: Final = 1.0
"""Seconds that emptying SQLite's log waits for who reads; nobody can write meanwhile."""
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5
SCHEMA_LOCK: Final = 4_120_681
"""PostgreSQL's advisory lock around the making of tables: any number that nothing else in the database uses."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment with a time zone, kept as microseconds since 1970: the same in both databases, and it sorts."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        del dialect
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        del dialect
        return None if value is None else EPOCH + value * MICROSECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Tables that belong together, and how older ones of them are brought forward."""

    name: str
    tables: sa.MetaData
    steps: tuple[Callable[[sa.Connection], None], ...] = ()
    """The first one brings version 1 to version 2, and so on. New tables are made as the last version has them."""

    @property
    def version(self) -> int:
        return 1 + len(self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the database can be reached and written to."""

    kind: Kind
    code: str | None = None
    """None where it can; else the Refusal's code."""


_VERSIONS = sa.Table(
    "schema",
    sa.MetaData(),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
_LIMITS = Schema(name="limits", tables=sa.MetaData())
_ATTEMPTS = sa.Table(
    "attempts",
    _LIMITS.tables,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False, index=True),
    sa.Index("attempts_by_key", "key", "at"),
)


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_token() -> str:
    """256 bits that nobody can guess, for a URL."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token: its sha256. Enough, because a token is as random as a key; a password would not be."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Database:
    """One for each URL and process. Threads share it; transactions do not nest.

    All it raises for people is Refusal (codes: connections.SAID). Parameters and passwords are in no message.
    """

    def __init__(self, url: str, *, clock: Clock = utc_now, patience: float = PATIENCE) -> None:
        self._url = address(url)
        self.kind: Final[Kind] = kind(self._url)
        self._clock = clock
        self._patience = patience
        self._alone = threading.Lock()
        """Held by whoever writes to SQLite: threads wait shorter for it than by SQLite's own way of waiting. In memory
        by readers too, as they share the one connection."""
        self._making = threading.Lock()
        self._making_engine = threading.Lock()
        self._made: set[str] = set()
        self._inside = threading.local()
        self._engines: tuple[sa.Engine, sa.Engine] | None = None

    def __repr__(self) -> str:
        return f"Database({self.kind})"

    def now(self) -> datetime:
        return self._clock()

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write: kept when the block ends, undone when it raises.

        Where the server goes away in the middle, the block cannot be run again: see `transact`.
        """
        with told(writes=True), self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of everything, waits for no writer, and cannot write."""
        with told(writes=False), self._transaction(writes=False) as connection:
            yield connection

    def transact(self, work: Callable[[sa.Connection], T], *, writes: bool = True) -> T:
        """Do the work in a transaction, and again from its beginning where the database asks for it or went away.

        Whether a transaction was kept is unknown when the answer to its commit is lost: the work must find by a key
        of the client's that it was done (`upsert`), and do nothing beside the database.
        """
        with told(writes=writes):
            for again in _tries(self._patience):
                try:
                    with self._transaction(writes=writes) as connection:
                        return work(connection)
                except DBAPIError as problem:
                    if not (passing(problem) and again()):
                        raise
        raise AssertionError  # pragma: no cover - the last try returns or raises

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[sa.Connection]:
        with self._turn(writes=writes):
            connection, transaction = self._opened(writes=writes)
            with connection:
                try:
                    with transaction:
                        yield connection
                except DBAPIError as problem:
                    if broken(problem):
                        connection.invalidate(
                            problem
                        )  # else it is asked to roll back once more, and complains in the log
                    raise

    @contextmanager
    def _turn(self, *, writes: bool) -> Iterator[None]:
        """One transaction a thread at a time, and in SQLite one writer a process."""
        if getattr(self._inside, "one", False):
            raise RuntimeError("a transaction inside a transaction: pass its connection on instead")
        alone = self.kind == "memory" or (writes and self.kind == "sqlite")
        if alone and not self._alone.acquire(timeout=BUSY):
            raise refusal("store_busy")
        self._inside.one = True
        try:
            yield
        finally:
            self._inside.one = False
            if alone:
                self._alone.release()

    def _opened(self, *, writes: bool) -> tuple[sa.Connection, sa.RootTransaction]:
        """A connection on which a transaction has begun; tried again while the database is away or busy."""
        engine = self._engine(writes=writes)
        for again in _tries(self._patience):
            connection = None
            try:
                connection = engine.connect()
                return connection, connection.begin()
            except DBAPIError as problem:
                if connection is not None:
                    connection.close()
                if not (passing(problem) and again()):
                    raise
        raise AssertionError  # pragma: no cover - the last try returns or raises

    # Statements

    def upsert(
        self,
        table: sa.Table,
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        key: Sequence[str],
        change: Sequence[str] | None = None,
    ) -> sa.sql.dml.Insert:
        """Insert; where a row of this key is there, change it instead. To be executed on a connection of `write`.

        `key`: columns with a unique index. `change`: columns that then take the new value (default: all given ones
        that are not in the key); none: the row stays as it was. Of several rows no two have the same key. The
        result's `rowcount` says how many were inserted or changed.
        """
        rows = [values] if isinstance(values, Mapping) else list(values)
        if change is None:
            change = [name for name in rows[0] if name not in key]
        dialect: Any = postgresql if self.kind == "postgresql" else sqlite
        insert = (
            dialect.insert(table).values(rows if len(rows) > 1 else rows[0]).execution_options(preserve_rowcount=True)
        )
        if change:
            new = {name: insert.excluded[name] for name in change}
            chosen: sa.sql.dml.Insert = insert.on_conflict_do_update(index_elements=key, set_=new)
        else:
            chosen = insert.on_conflict_do_nothing(index_elements=key)
        return chosen

    # Tables

    def prepare(self, schema: Schema) -> None:
        """Make its tables, or bring them forward: at first use, once, however many processes begin at the same time.

        Raises Refusal (store_newer) where a later version of the app has been here.
        """
        with self._making:
            if schema.name not in self._made:
                self.transact(lambda connection: self._bring_forward(connection, schema))
                self._made.add(schema.name)

    def _bring_forward(self, connection: sa.Connection, schema: Schema) -> None:
        if self.kind == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(SCHEMA_LOCK)))
        _VERSIONS.create(connection, checkfirst=True)
        found = connection.scalar(sa.select(_VERSIONS.c.version).where(_VERSIONS.c.name == schema.name))
        if found is None:
            schema.tables.create_all(connection)
        elif found > schema.version:
            raise refusal("store_newer")
        else:
            for step in schema.steps[found - 1 :]:
                step(connection)
        if found != schema.version:
            row = {"name": schema.name, "version": schema.version}
            connection.execute(self.upsert(_VERSIONS, row, key=["name"]))

    # Limits

    def allowed(self, key: str, *, most: int, within: timedelta) -> timedelta | None:
        """Count one attempt under this key. None where it is one of the `most` allowed in any span of this length;
        else how long to wait, and it is not counted. Processes on one database count together.
        """
        self.prepare(_LIMITS)
        name = hashed(key)
        return self.transact(lambda connection: self._count(connection, name, most, within))

    def _count(self, connection: sa.Connection, key: str, most: int, within: timedelta) -> timedelta | None:
        if self.kind == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(int(key[:15], 16))))
        now = self.now()
        recent = sa.select(_ATTEMPTS.c.at).where(_ATTEMPTS.c.key == key, _ATTEMPTS.c.at > now - within)
        in_the_way: datetime | None = connection.scalar(
            recent.order_by(_ATTEMPTS.c.at.desc()).offset(most - 1).limit(1)
        )
        if in_the_way is not None:
            return max(MICROSECOND, in_the_way + within - now)
        over = sa.select(_ATTEMPTS.c.id).where(_ATTEMPTS.c.until <= now).limit(100).with_for_update(skip_locked=True)
        connection.execute(sa.delete(_ATTEMPTS).where(_ATTEMPTS.c.id.in_(over)))
        connection.execute(sa.insert(_ATTEMPTS).values(key=key, at=now, until=now + within))
        return None

    # Care

    def health(self) -> Health:
        """Whether it can be reached and written to, now."""
        try:
            with self.write() as connection:
                connection.execute(sa.select(1))
        except Refusal as problem:
            return Health(kind=self.kind, code=problem.code)
        return Health(kind=self.kind)

    def scrub(self) -> bool:
        """After something was deleted for good, empty SQLite's log as well: whether its bytes are out of the files.

        Deleted pages are overwritten (secure_delete), yet the log keeps earlier ones until it is emptied; while others
        read it cannot be, and the next call does it. PostgreSQL overwrites the place when its own vacuum has freed it.
        """
        if self.kind != "sqlite":
            return self.kind == "memory"
        with told(writes=True), self._turn(writes=True), self._engine(writes=True).connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            before = raw.execute("PRAGMA busy_timeout").fetchone()[0]
            try:
                raw.execute(f"PRAGMA busy_timeout = {int(SCRUB * 1000)}")
                return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.execute(f"PRAGMA busy_timeout = {before}")

    def close(self) -> None:
        """Give every connection back. The next use opens new ones; what was in memory is gone."""
        with self._making, self._making_engine:
            if self._engines is not None:
                self._engines[0].dispose()
            self._engines, self._made = None, set()

    # Connections

    def _engine(self, *, writes: bool) -> sa.Engine:
        with self._making_engine:
            if self._engines is None:
                self._engines = engines(self._url, self.kind)
            return self._engines[0 if writes else 1]


def _tries(patience: float) -> Iterator[Callable[[], bool]]:
    """Try after try with growing pauses; each is given a function that pauses and says whether there is time for
    another.
    """
    end, pause = time.monotonic() + patience, FIRST_PAUSE

    def again() -> bool:
        nonlocal pause
        if time.monotonic() >= end:
            return False
        time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads those who wait, hides nothing
        pause = min(2 * pause, LONGEST_PAUSE)
        return True

    while True:
        yield again


_SHARED: dict[str, Database] = {}
_SHARING = threading.Lock()


def shared(url: str) -> Database:
    """This process's one database at this address."""
    with _SHARING:
        if url not in _SHARED:
            _SHARED[url] = Database(url)
        return _SHARED[url]
