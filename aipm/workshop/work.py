"""What a command is carried out with: a transaction, the room, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from aipm.brief.database import Database
from aipm.workshop.entries import Card
from aipm.workshop.held import Activity, activity_of, cards_of
from aipm.workshop.refusals import refused
from aipm.workshop.specs import Spec, targets
from aipm.workshop.tables import activities, cards, rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a command is carried out with."""

    database: Database
    connection: sa.Connection
    room: Mapping[str, Any]
    now: datetime
    person: int | None
    """For whom something is given."""

    def activity(self, key: str) -> Activity:
        return activity_of(self.connection, self.room["id"], key)

    def open(self, key: str) -> Activity:
        found = self.activity(key)
        if found.state != "open":
            raise refused("not_open")
        return found

    def cards(self, key: str) -> list[Card]:
        return cards_of(self.connection, self.activity(key).id)

    def change(self, held: Activity, **values: Any) -> None:
        self.connection.execute(sa.update(activities).where(activities.c.id == held.id).values(values))

    def alter(self, **values: Any) -> None:
        self.connection.execute(sa.update(rooms).where(rooms.c.id == self.room["id"]).values(values))


def card_of(work: Work, number: int) -> tuple[Activity, Card]:
    """A card of this room, and its activity."""
    key = work.connection.scalar(
        sa.select(activities.c.key).join(cards).where(cards.c.id == number, activities.c.room == work.room["id"])
    )
    if key is None:
        raise refused("no_card")
    return work.activity(key), next(each for each in work.cards(key) if each.id == number)


def alter_card(work: Work, number: int, **values: Any) -> None:
    work.connection.execute(sa.update(cards).where(cards.c.id == number).values(values))


def tag_of(spec: Spec, tag: str | None) -> str | None:
    if tag is not None and tag not in targets(spec):
        raise refused("bad_answer")
    return tag
