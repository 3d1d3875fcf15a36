"""How connections to either database are opened, and what their errors mean for people."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from aipm.tables import Refusal

Kind = Literal["sqlite", "postgresql", "memory"]

BUSY: Final = 30.0
"""Seconds that SQLite waits for another process to finish writing; its wait is unfair, and 5 s is too near the most."""
CONNECTIONS, MORE_CONNECTIONS = 10, 20


def address(url: str) -> sa.URL:
    """With the driver that we use; the forms that hosts hand out are understood."""
    try:
        found = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise refusal("store_address") from None  # the cause quotes the address, and with it a password
    if found.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return found.set(drivername="postgresql+psycopg")
    if found.drivername in {"sqlite", "sqlite+pysqlite"} and not found.query:
        return found.set(drivername="sqlite+pysqlite")
    raise refusal("store_address")


def kind(url: sa.URL) -> Kind:
    if url.get_backend_name() == "postgresql":
        return "postgresql"
    return "memory" if url.database in {None, "", ":memory:"} else "sqlite"


def engines(url: sa.URL, kind: Kind) -> tuple[sa.Engine, sa.Engine]:
    """One pool of connections, seen by writers and by readers."""
    if kind == "postgresql":
        engine = sa.create_engine(
            url,
            hide_parameters=True,
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
            pool_timeout=BUSY,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 5, "application_name": "aipm"},
        )
        sa.event.listen(engine, "connect", _set_up_postgresql)
        return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    many: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": MORE_CONNECTIONS, "pool_timeout": BUSY}
    if kind == "memory":
        many = {"poolclass": sa.StaticPool}
    else:
        assert url.database is not None
        _make_file(Path(url.database))
    connect = {"timeout": BUSY, "check_same_thread": False, "isolation_level": None}
    engine = sa.create_engine(url, hide_parameters=True, connect_args=connect, **many)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine.execution_options(writes=True), engine.execution_options(writes=False)


def _make_file(path: Path) -> None:
    """Only for whoever runs the app; SQLite gives its other files the same rights."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise refusal("store_unwritable") from problem


def _set_up_sqlite(raw: sqlite3.Connection, record: object) -> None:
    del record
    settings = {"journal_mode": "WAL", "synchronous": "FULL", "foreign_keys": "ON", "secure_delete": "ON"}
    for name, value in {**settings, "temp_store": "MEMORY"}.items():  # what is sorted reaches no other file
        raw.execute(f"PRAGMA {name} = {value}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """A transaction that reads first and writes later fails when another wrote in between: writers say so at once."""
    raw: Any = connection.connection.dbapi_connection
    writes = connection.get_execution_options().get("writes", False)
    raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(raw: Any, record: object) -> None:
    """Nobody waits for ever: not for a lock, and not for an app that stopped in the middle of its work."""
    del record
    with raw.cursor() as cursor:
        for name, seconds in {"lock": 30, "statement": 60, "idle_in_transaction_session": 60}.items():
            cursor.execute(f"SET {name}_timeout = '{seconds}s'")
    raw.commit()


def passing(problem: DBAPIError) -> bool:
    """Whether trying again may help: another was writing, the server restarts, or the connection broke."""
    found = _code(problem)
    if isinstance(found, int):
        return found & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return broken(problem) or found[:2] == "40" or found == "53300"


def broken(problem: DBAPIError) -> bool:
    """Whether the connection to a server is of no use any more, or never came about."""
    found = _code(problem)
    if isinstance(found, int):
        return False
    if problem.connection_invalidated or found[:2] == "08" or found in {"57P01", "57P02", "57P03"}:
        return True
    return not found and isinstance(problem, OperationalError)


def _code(problem: DBAPIError) -> int | str:
    """SQLite's result code (sqlite.org/rescode.html), or PostgreSQL's SQLSTATE; "" where there was no answer."""
    cause = problem.orig
    return getattr(cause, "sqlite_errorcode", None) or getattr(cause, "sqlstate", None) or ""


@contextmanager
def told(*, writes: bool) -> Iterator[None]:
    """What the database could not do, as a Refusal; mistakes of ours, as writing while reading, stay what they are."""
    try:
        yield
    except PoolTimeout as problem:
        raise refusal("store_busy") from problem
    except DBAPIError as problem:
        found = _code(problem)
        name = _OF_SQLITE.get(found & 0xFF) if isinstance(found, int) else _of_postgresql(problem, found, writes=writes)
        if name is None or (found == sqlite3.SQLITE_READONLY and not writes):
            raise
        raise refusal(name) from problem


_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_PERM: "store_unwritable",
    sqlite3.SQLITE_IOERR: "store_unwritable",
    sqlite3.SQLITE_CORRUPT: "store_broken",
    sqlite3.SQLITE_NOTADB: "store_broken",
}


def _of_postgresql(problem: DBAPIError, found: str, *, writes: bool) -> str | None:
    """Appendix A of PostgreSQL's manual."""
    if found in {"53100", "53200"}:
        return "store_full"
    if found in {"53300", "55P03", "57014"} or found[:2] == "40":
        return "store_busy"
    if found == "42501" or (found == "25006" and writes):
        return "store_forbidden"
    return "store_unreachable" if passing(problem) or found[:2] in {"28", "3D"} else None


SAID = {
    "store_address": (
        "AIPM_DATABASE_URL is no address of a PostgreSQL or SQLite database.",
        "postgresql://user@host/name",
    ),
    "store_unwritable": (
        "The place where this app keeps things cannot be written to.",
        "Set AIPM_DATA_DIR to a directory that it may write to, or AIPM_KEEP=memory to keep nothing.",
    ),
    "store_forbidden": (
        "This app may not write to its database.",
        "Let the user that it connects as make tables there and write to them.",
    ),
    "store_unreachable": ("The database does not answer.", "Try again in a minute; what was saved before is safe."),
    "store_busy": ("The database is busy.", "Try again in a minute; what was saved before is safe."),
    "store_full": ("There is no room left to save.", "Free some on the disk; what was saved before is safe."),
    "store_broken": ("The database's file is damaged.", "Put a backup in its place."),
    "store_newer": ("A later version of this app has used this database.", "Start that version again."),
}


def refusal(code: str) -> Refusal:
    message, advice = SAID[code]
    return Refusal(code, message, advice=advice)
