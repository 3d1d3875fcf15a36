"""Rooms in the store: made, joined, found again by a token, and deleted.

A code opens nothing by itself: who joins gets a token of their own, and everything is done by a token.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from aipm.brief.database import Database, hashed, new_token
from aipm.workshop import giving
from aipm.workshop.codes import new_code, normalised
from aipm.workshop.refusals import refused
from aipm.workshop.runsheet import Progress
from aipm.workshop.specs import Role, to_plain
from aipm.workshop.tables import SCHEMA, activities, people, rooms
from aipm.workshop.templates import filled, template

KEEP_DAYS = 30
MOST_PEOPLE = 400
JOINS = 600
"""Joins a room, and an address, in TEN_MINUTES: a firm's whole network may have one address."""
WRONG_CODES = 30
"""Codes of no room, from one address in TEN_MINUTES."""
TEN_MINUTES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new room; the tokens are told once and kept nowhere."""

    code: str
    facilitator: str
    presenter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A participant's own token, by which to come back from any device."""

    code: str
    token: str
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """`version` rises with every change, `steps` with those that all participants see."""

    version: int
    steps: int
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who holds a token; `name` is what a client's key is kept under."""

    role: Role
    person: int | None
    name: str


def create(database: Database, key: str, *, title: str | None = None, keep_days: int = KEEP_DAYS) -> Created:
    """A room from a template; it expires after so many days. Raises Refusal."""
    database.prepare(SCHEMA)
    chosen = template(key)
    named = giving.name(title) or chosen.title
    facilitator, presenter = new_token(), new_token()

    def work(connection: sa.Connection, code: str) -> None:
        now = database.now()
        row = {
            "code": code,
            "facilitator": hashed(facilitator),
            "presenter": hashed(presenter),
            "template": key,
            "title": named,
            "sheet": msgspec.to_builtins(chosen.phases),
            "progress": msgspec.to_builtins(Progress()),
            "tables": list(chosen.tables),
            "created": now,
            "expires": now + timedelta(days=keep_days),
        }
        if connection.scalar(sa.select(rooms.c.id).where(rooms.c.facilitator == row["facilitator"])):
            return  # the answer to an earlier try was lost
        number = connection.scalar(sa.insert(rooms).values(row).returning(rooms.c.id))
        drawn = [filled(each, seed=code) for each in chosen.activities]
        if drawn:
            made = [{"room": number, "key": each.key, "kind": each.kind, "spec": to_plain(each.spec)} for each in drawn]
            connection.execute(sa.insert(activities), made)

    for _ in range(20):
        code = new_code()
        try:
            database.transact(lambda connection, code=code: work(connection, code))  # type: ignore[misc] # mypy cannot see the default
        except IntegrityError:
            continue  # the code is taken
        return Created(code=code, facilitator=facilitator, presenter=presenter)
    raise refused("no_code")


def join(database: Database, typed: str, *, address: str, name: str | None = None, table: str | None = None) -> Joined:
    """A new participant, by the room's code as somebody typed it. Raises Refusal.

    `address`: where the request comes from, of which only a hash is kept, for ten minutes.
    """
    database.prepare(SCHEMA)
    code = normalised(typed)
    if code is None:
        raise refused("no_such_code")
    for key, most in ((f"join/{code}", JOINS), (f"join-from/{address}", JOINS)):
        _limit(database, key, most)
    token = new_token()

    def work(connection: sa.Connection) -> int | None:
        room = find(connection, code, now=database.now(), lock=True)
        if room is None:
            return None
        if room["ended"] is not None:
            raise refused("ended")
        known = connection.scalar(sa.select(people.c.id).where(people.c.token == hashed(token)))
        if known is not None:
            return int(known)
        number = add_person(connection, room, token=token, name=name, table=table, now=database.now())
        changed(connection, room, everybody=False)
        return number

    person = database.transact(work)
    if person is None:
        _limit(database, f"wrong-from/{address}", WRONG_CODES)
        raise refused("no_such_code")
    return Joined(code=code, token=token, person=person)


def versions(database: Database, code: str) -> Versions:
    """What to poll: has anything changed? Raises Refusal (no_room)."""
    if normalised(code) != code:
        raise refused("no_room")
    database.prepare(SCHEMA)
    with database.read() as connection:
        row = connection.execute(_VERSIONS, {"code": code, "now": database.now()}).first()
    if row is None:
        raise refused("no_room")
    return Versions(version=row.version, steps=row.steps, ended=row.ended is not None)


def who(database: Database, code: str, token: str) -> Actor:
    """Who holds this token in this room. Raises Refusal: no_room, no_token."""
    database.prepare(SCHEMA)
    with database.read() as connection:
        return actor(connection, room_of(connection, code, now=database.now()), token)


def delete(database: Database, code: str, token: str) -> bool:
    """The room and everything in it, for good, by its facilitator. True when no byte of it is left in the file."""

    def work(connection: sa.Connection) -> None:
        room = room_of(connection, code, now=database.now(), lock=True)
        if actor(connection, room, token).role != "facilitator":
            raise refused("not_yours")
        connection.execute(sa.delete(rooms).where(rooms.c.id == room["id"]))

    database.prepare(SCHEMA)
    with database.write() as connection:
        work(connection)
    return database.scrub()


def sweep(database: Database) -> int:
    """Delete every room that has expired, for good; how many there were."""
    database.prepare(SCHEMA)
    gone = database.transact(
        lambda connection: connection.execute(sa.delete(rooms).where(rooms.c.expires <= database.now())).rowcount
    )
    if gone:
        database.scrub()
    return gone


# Within a transaction

# Written once: to put a statement together costs more than to carry it out.
_THIS = (rooms.c.code == sa.bindparam("code"), rooms.c.expires > sa.bindparam("now"))
_FOUND = sa.select(rooms).where(*_THIS)
_FOUND_LOCKED = _FOUND.with_for_update()
_VERSIONS = sa.select(rooms.c.version, rooms.c.steps, rooms.c.ended).where(*_THIS)
_HOLDER = sa.select(people.c.id).where(people.c.token == sa.bindparam("token"), people.c.room == sa.bindparam("room"))
_COUNTED = (
    sa.update(rooms)
    .where(rooms.c.id == sa.bindparam("changed"))
    .values(version=sa.bindparam("version"), steps=sa.bindparam("steps"))
)


def find(connection: sa.Connection, code: str, *, now: datetime, lock: bool = False) -> Mapping[str, Any] | None:
    """The room's row; `lock`: for this transaction alone, where the database has such locks."""
    if normalised(code) != code:
        return None
    row = connection.execute(_FOUND_LOCKED if lock else _FOUND, {"code": code, "now": now}).mappings().first()
    return None if row is None else dict(row)


def room_of(connection: sa.Connection, code: str, *, now: datetime, lock: bool = False) -> Mapping[str, Any]:
    """As `find`. Raises Refusal where there is none."""
    room = find(connection, code, now=now, lock=lock)
    if room is None:
        raise refused("no_room")
    return room


def actor(connection: sa.Connection, room: Mapping[str, Any], token: str) -> Actor:
    """Who holds this token. Raises Refusal."""
    kept = hashed(token)
    if kept == room["facilitator"]:
        return Actor(role="facilitator", person=None, name="facilitator")
    if kept == room["presenter"]:
        return Actor(role="presenter", person=None, name="presenter")
    person = connection.scalar(_HOLDER, {"token": kept, "room": room["id"]})
    if person is None:
        raise refused("no_token")
    return Actor(role="participant", person=person, name=str(person))


def add_person(
    connection: sa.Connection,
    room: Mapping[str, Any],
    *,
    token: str | None,
    name: str | None,
    table: str | None,
    now: datetime,
) -> int:
    """A participant, or somebody without a device where there is no token. Raises Refusal."""
    there = connection.scalar(sa.select(sa.func.count()).select_from(people).where(people.c.room == room["id"])) or 0
    if there >= MOST_PEOPLE:
        raise refused("full", most=MOST_PEOPLE)
    row = {
        "room": room["id"],
        "token": None if token is None else hashed(token),
        "name": giving.name(name),
        "table": seat(room, table),
        "joined": now,
    }
    return int(connection.scalar(sa.insert(people).values(row).returning(people.c.id)) or 0)


def seat(room: Mapping[str, Any], table: str | None) -> str | None:
    """One of the room's tables. Raises Refusal."""
    if table is not None and table not in room["tables"]:
        raise refused("no_table")
    return table


def changed(connection: sa.Connection, room: Mapping[str, Any], *, everybody: bool) -> int:
    """The room's next version; `everybody`: participants see it too."""
    version = room["version"] + 1
    steps = room["steps"] + int(everybody)
    connection.execute(_COUNTED, {"changed": room["id"], "version": version, "steps": steps})
    return int(version)


def _limit(database: Database, key: str, most: int) -> None:
    wait = database.allowed(key, most=most, within=TEN_MINUTES)
    if wait is not None:
        raise refused("too_often", minutes=max(1, round(wait.total_seconds() / 60)))
