"""Everything of a room as values, at any time: what exports and hand-overs are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa

from aipm.brief.database import Database
from aipm.workshop.entries import Answer, Card, Dot, people
from aipm.workshop.given import given_of
from aipm.workshop.held import Activity, activities_of, sheet_of
from aipm.workshop.refusals import refused
from aipm.workshop.results import Given, Outcome, outcome
from aipm.workshop.rooms import actor, room_of
from aipm.workshop.runsheet import Phase, Progress
from aipm.workshop.specs import GUESS, Confidence, Spec, State
from aipm.workshop.tables import SCHEMA, log
from aipm.workshop.tables import people as everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One activity with all that was given, by people numbered anew in each activity: rows of one person in two
    activities cannot be put together. `source`: the cards that dots stand on. `names` by number, where it is named.
    """

    key: str
    kind: str
    state: State
    spec: Spec
    answered: int
    answers: tuple[Answer, ...]
    cards: tuple[Card, ...]
    dots: tuple[Dot, ...]
    outcome: Outcome
    names: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    at: datetime
    command: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A room. `at`: when it was read."""

    code: str
    title: str
    template: str
    at: datetime
    created: datetime
    expires: datetime
    ended: datetime | None
    people: int
    tables: tuple[str, ...]
    sheet: tuple[Phase, ...]
    progress: Progress
    activities: tuple[Kept, ...]
    log: tuple[Logged, ...]

    def activity(self, key: str) -> Kept | None:
        return next((each for each in self.activities if each.key == key), None)

    @property
    def first_votes(self) -> frozenset[str]:
        """Keys of the votes that another one asks once more, so that people can be told which is which."""
        votes = (each.spec.before for each in self.activities if isinstance(each.spec, Confidence))
        return frozenset(key for key in votes if key is not None)


def record(database: Database, code: str, token: str) -> Record:
    """For the room's facilitator. Raises Refusal."""
    database.prepare(SCHEMA)
    with database.read() as connection:
        room = room_of(connection, code, now=database.now())
        if actor(connection, room, token).role != "facilitator":
            raise refused("not_yours")
        held = activities_of(connection, room["id"])
        known = {each.key: each for each in held}
        rows = connection.execute(
            sa.select(everybody.c.id, everybody.c.name).where(everybody.c.room == room["id"])
        ).all()
        names = {row.id: row.name for row in rows}
        kept = tuple(_kept(each, given_of(connection, each, known), names, room["presenter"]) for each in held)
        steps = connection.execute(
            sa.select(log.c.at, log.c.command, log.c.about).where(log.c.room == room["id"]).order_by(log.c.id)
        ).all()
    return Record(
        code=code,
        title=room["title"],
        template=room["template"],
        at=database.now(),
        created=room["created"],
        expires=room["expires"],
        ended=room["ended"],
        people=len(names),
        tables=tuple(room["tables"]),
        sheet=sheet_of(room),
        progress=msgspec.convert(room["progress"], Progress),
        activities=kept,
        log=tuple(Logged(at=row.at, command=row.command, about=row.about) for row in steps),
    )


def minutes_taken(record: Record, key: str) -> float | None:
    """Minutes that a phase took; of the present one until now, or until the end."""
    spent = record.progress.spent.get(key)
    if record.progress.phase == key and record.progress.since is not None:
        spent = (spent or 0) + ((record.ended or record.at) - record.progress.since).total_seconds()
    return None if spent is None else round(spent / 60, 1)


def _kept(activity: Activity, given: Given, names: Mapping[int, str | None], salt: str) -> Kept:
    whole = replace(given, round=None)  # whatever has been given is exported, of whichever round
    numbers = _numbers(salt + activity.key, [*given.answers, *given.cards, *given.dots])

    def anonymous(each: Any) -> Any:
        return replace(each, person=numbers[each.person], table=None)

    return Kept(
        key=activity.key,
        kind=activity.kind,
        state=activity.state,
        spec=activity.spec,
        answered=people([*(each for each in given.answers if each.item != GUESS), *given.cards, *given.dots]),
        answers=tuple(sorted(map(anonymous, given.answers), key=lambda each: (each.person, each.item))),
        cards=tuple(map(anonymous, given.cards)),
        dots=tuple(sorted(map(anonymous, given.dots), key=lambda each: (each.person, each.target))),
        outcome=outcome(activity.spec, whole),
        names={numbers[person]: name for person, name in names.items() if person in numbers and name}
        if activity.spec.named
        else {},
    )


def _numbers(salt: str, given: Iterable[Any]) -> dict[int, int]:
    """A number for each person who gave something, in an order that tells nothing and is the same each time."""

    def chance(person: int) -> bytes:
        return sha256(f"{salt}/{person}".encode()).digest()

    return {person: place for place, person in enumerate(sorted({each.person for each in given}, key=chance), start=1)}
