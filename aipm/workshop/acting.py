"""A command carried out: permitted, checked, written once however often it is sent, and counted as a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from aipm.brief.database import Database
from aipm.workshop import commands, hosting, taking_part
from aipm.workshop.refusals import refused
from aipm.workshop.rooms import Actor, actor, changed, room_of
from aipm.workshop.tables import SCHEMA, log, people, writes
from aipm.workshop.work import Work

LONGEST_KEY = 80
"""Characters of a client's key, of those on every keyboard."""
HANDLERS = {**hosting.HANDLERS, **taking_part.HANDLERS}
_AFTER_THE_END = (
    *(commands.Resume, commands.Keep, commands.Hide, commands.Show, commands.Tag, commands.Merge, commands.Unmerge),
    commands.Step,
)
"""What a facilitator may still do when a room has ended."""
_EARLIER = sa.select(writes.c.made).where(
    *(writes.c[name] == sa.bindparam(f"its_{name}") for name in ("room", "actor", "client_key"))
)
_WRITE = sa.insert(writes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`version` of the room; `made`: the number or key of what came about; `again`: it had been done before."""

    version: int
    made: str | None = None
    again: bool = False


def act(database: Database, code: str, token: str, command: commands.Command, *, client_key: str) -> Done:
    """Carry out a command. Sent again under the same client's key it does nothing more. Raises Refusal."""
    if not (0 < len(client_key) <= LONGEST_KEY and client_key.isascii() and client_key.isprintable()):
        raise refused("no_command")

    def work(connection: sa.Connection) -> Done:
        room = room_of(connection, code, now=database.now(), lock=True)
        by = actor(connection, room, token)
        commands.permit(by.role, command)
        write = {"room": room["id"], "actor": by.name, "client_key": client_key}
        earlier = connection.execute(_EARLIER, {f"its_{name}": value for name, value in write.items()}).first()
        if earlier is not None:
            return Done(version=room["version"], made=earlier.made, again=True)
        personal = isinstance(command, commands.Personal)
        if room["ended"] is not None and (personal or not isinstance(command, _AFTER_THE_END)):
            raise refused("ended")
        person = _person(connection, room, by, command) if isinstance(command, commands.Personal) else None
        made = HANDLERS[type(command)](
            Work(database=database, connection=connection, room=room, now=database.now(), person=person), command
        )
        connection.execute(_WRITE, write | {"made": made})
        if not personal:
            connection.execute(sa.insert(log).values(room=room["id"], at=database.now(), **_logged(command)))
        return Done(version=changed(connection, room, everybody=not personal), made=made)

    database.prepare(SCHEMA)
    return database.transact(work)


def _person(connection: sa.Connection, room: Mapping[str, Any], by: Actor, command: commands.Personal) -> int:
    if by.person is not None:
        return by.person
    wanted = sa.select(people.c.id).where(
        people.c.id == command.person, people.c.room == room["id"], people.c.token.is_(None)
    )
    found = connection.scalar(wanted)
    if found is None:
        raise refused("for_whom")
    return int(found)


def _logged(command: commands.Command) -> dict[str, Any]:
    """Names and numbers of ours alone."""
    plain = msgspec.to_builtins(command)
    kept = ("activity", "to", "minutes", "phase", "card", "into", "tag", "kind", "days")
    return {"command": type(command).__name__, "about": {name: plain[name] for name in kept if name in plain}}
