"""What a room holds, read from the store as values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from aipm.workshop.entries import Answer, Card, Dot
from aipm.workshop.refusals import refused
from aipm.workshop.runsheet import Phase
from aipm.workshop.specs import GUESS, Spec, State, spec_from
from aipm.workshop.tables import activities, answers, cards, dots, people


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """`round`: the one that is open, of scores; 1 of anything else."""

    id: int
    key: str
    kind: str
    spec: Spec
    state: State
    round: int


def sheet_of(room: Mapping[str, Any]) -> tuple[Phase, ...]:
    """The run-sheet, as it was when the room was made."""
    return msgspec.convert(room["sheet"], tuple[Phase, ...])


def activities_of(connection: sa.Connection, room: int) -> tuple[Activity, ...]:
    """In the order in which they were made."""
    rows = connection.execute(_ALL, {"in_room": room})
    return tuple(_activity(dict(row)) for row in rows.mappings())


def activity_of(connection: sa.Connection, room: int, key: str) -> Activity:
    """Raises Refusal."""
    row = connection.execute(_ONE, {"in_room": room, "called": key}).mappings().first()
    if row is None:
        raise refused("no_activity")
    return _activity(dict(row))


def answers_of(connection: sa.Connection, activity: int) -> list[Answer]:
    columns = (answers.c.person, answers.c.item, answers.c.value, answers.c.at)
    query = sa.select(*columns, people.c.table).join(people).where(answers.c.activity == activity)
    rows = connection.execute(query.order_by(answers.c.id))
    return [Answer(person=row[0], item=row[1], value=row[2], at=row[3], table=row[4]) for row in rows]


def cards_of(connection: sa.Connection, activity: int) -> list[Card]:
    columns = [cards.c[name] for name in ("id", "person", "text", "stage", "tag", "hidden", "into")]
    query = sa.select(*columns, people.c.table).join(people).where(cards.c.activity == activity)
    return [Card(**row) for row in connection.execute(query.order_by(cards.c.id)).mappings()]


def dots_of(connection: sa.Connection, activity: int) -> list[Dot]:
    query = sa.select(dots.c.person, dots.c.target, people.c.table).join(people).where(dots.c.activity == activity)
    return [Dot(**row) for row in connection.execute(query.order_by(dots.c.id)).mappings()]


def answered(connection: sa.Connection, among: Collection[int]) -> dict[int, int]:
    """How many people have given something, of these activities; never who. Guesses alone do not count."""
    return {row[0]: row[1] for row in connection.execute(_ANSWERED, {"among": list(among)})}


def own_answers(connection: sa.Connection, activity: int, person: int) -> dict[str, Any]:
    """What one person gave, by item."""
    return {row[0]: row[1] for row in connection.execute(_OWN_ANSWERS, {"of": activity, "me": person})}


def own_cards(connection: sa.Connection, activity: int, person: int) -> list[dict[str, Any]]:
    """What one person wrote: number, text, stage, tag."""
    return [dict(row) for row in connection.execute(_OWN_CARDS, {"of": activity, "me": person}).mappings()]


def own_dots(connection: sa.Connection, activity: int, person: int) -> list[str]:
    """What one person's dots are on, dot by dot."""
    return list(connection.scalars(_OWN_DOTS, {"of": activity, "me": person}))


# Written once: to put a statement together costs more than to carry it out.
_ALL = sa.select(activities).where(activities.c.room == sa.bindparam("in_room")).order_by(activities.c.id)
_ONE = sa.select(activities).where(
    activities.c.room == sa.bindparam("in_room"), activities.c.key == sa.bindparam("called")
)


def _counted() -> sa.Select[Any]:
    among: sa.BindParameter[Any] = sa.bindparam("among", expanding=True)
    given = sa.union(
        sa.select(answers.c.activity, answers.c.person).where(answers.c.activity.in_(among), answers.c.item != GUESS),
        sa.select(cards.c.activity, cards.c.person).where(cards.c.activity.in_(among)),
        sa.select(dots.c.activity, dots.c.person).where(dots.c.activity.in_(among)),
    ).subquery()
    return sa.select(given.c.activity, sa.func.count()).group_by(given.c.activity)


_ANSWERED = _counted()


def _own(table: sa.Table, *names: str) -> sa.Select[Any]:
    mine = (table.c.activity == sa.bindparam("of")) & (table.c.person == sa.bindparam("me"))
    return sa.select(*(table.c[name] for name in names)).where(mine).order_by(table.c.id)


_OWN_ANSWERS = _own(answers, "item", "value")
_OWN_CARDS = _own(cards, "id", "text", "stage", "tag")
_OWN_DOTS = _own(dots, "target")


def _activity(row: Mapping[str, Any]) -> Activity:
    return Activity(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        spec=spec_from(row["kind"], row["spec"]),
        state=row["state"],
        round=row["round"],
    )
