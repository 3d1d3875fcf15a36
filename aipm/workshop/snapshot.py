"""A room as one of its people may see it, read in one transaction."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from aipm.brief.database import Database
from aipm.workshop.cards import card_targets
from aipm.workshop.entries import Card
from aipm.workshop.given import given_of
from aipm.workshop.held import (
    Activity,
    activities_of,
    answered,
    cards_of,
    own_answers,
    own_cards,
    own_dots,
    sheet_of,
)
from aipm.workshop.once import once
from aipm.workshop.results import Outcome, outcome
from aipm.workshop.rooms import actor, room_of
from aipm.workshop.runsheet import Clock, Phase, Progress, clock
from aipm.workshop.specs import SEEN_BY_ALL, SEEN_BY_HOST, Cards, Dots, Role, Spec, State, public, targets
from aipm.workshop.tables import SCHEMA, people

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """`by`: a name, where the activity is named and its cards are revealed; `members`: numbers merged into it."""

    id: int
    text: str
    stage: str | None
    tag: str | None
    hidden: bool = False
    into: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What the person who looks gave: answers by item, cards, dots by target."""

    answers: dict[str, Any] = field(default_factory=dict)
    cards: tuple[CardView, ...] = ()
    dots: dict[str, int] = field(default_factory=dict)
    dots_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """`spec` without right answers as long as they are secret. `answered`: how many people, never who.

    `targets`: what dots or a guess can name, as long as they can; `cards`: what may be read; `outcome`: None until it
    may be seen, by tables for the facilitator and the presenter.
    """

    key: str
    kind: str
    state: State
    round: int
    spec: Spec
    answered: int
    targets: dict[str, str]
    cards: tuple[CardView, ...] = ()
    outcome: Outcome | None = None
    mine: Mine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    person: int
    name: str | None
    table: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """`people`: how many have joined. `sheet` holds the host's words for the facilitator alone.

    `proxies`: people without a device, for whom the facilitator enters; `at_tables`: how many sit where.
    """

    role: Role
    code: str
    title: str
    template: str
    version: int
    steps: int
    people: int
    tables: tuple[str, ...]
    sheet: tuple[Phase, ...]
    progress: Progress
    clock: Clock | None
    ended: datetime | None
    expires: datetime
    activities: tuple[ActivityView, ...]
    me: Person | None = None
    proxies: tuple[Person, ...] = ()
    at_tables: dict[str, int] = field(default_factory=dict)

    def activity(self, key: str) -> ActivityView:
        """Raises KeyError."""
        return next((each for each in self.activities if each.key == key), None) or _missing(key)


def _missing(key: str) -> ActivityView:
    raise KeyError(key)


def snapshot(
    database: Database, code: str, token: str, *, person: int | None = None, only: str | None = None
) -> RoomView:
    """What the holder of this token may see now. A participant gets what is open or shown in the present phase.

    `person`: of somebody without a device, what this one gave, for the facilitator to go on. `only`: of this activity
    and no other. Raises Refusal.
    """
    database.prepare(SCHEMA)
    with database.read() as connection:
        now = database.now()
        room = room_of(connection, code, now=now)
        by = actor(connection, room, token)
        host = by.role == "facilitator"
        there = _people(connection, room["id"], only=None if host else by.person)
        proxies = tuple(each for each, has_device in there if not has_device) if host else ()
        me = person if person in {each.person for each in proxies} else by.person
        held, sheet, progress = once(room, 0, "frame", lambda: _frame(connection, room))
        wanted = [each for each in held if only is None or each.key == only]
        if not host:
            wanted = [each for each in wanted if _concerns(each, sheet, progress)]
        counts = answered(connection, [each.id for each in wanted])
        reader = _Reader(connection, room, {each.key: each for each in held}, by.role, me)
        views = tuple(reader.view(each, counts.get(each.id, 0)) for each in wanted)
        joined = connection.scalar(_JOINED, {"in_room": room["id"]}) or 0
    mine = next((each for each, _ in there if each.person == me), None)
    seated = [each.table for each, _ in there]
    return RoomView(
        role=by.role,
        code=code,
        title=room["title"],
        template=room["template"],
        version=room["version"],
        steps=room["steps"],
        people=joined,
        tables=tuple(room["tables"]),
        sheet=sheet if host else tuple(_without_words(each) for each in sheet),
        progress=progress,
        clock=clock(sheet, progress, room["ended"] or now),
        ended=room["ended"],
        expires=room["expires"],
        activities=views,
        me=mine,
        proxies=proxies,
        at_tables={table: seated.count(table) for table in room["tables"]} if host else {},
    )


def _people(connection: sa.Connection, room: int, *, only: int | None) -> list[tuple[Person, bool]]:
    """Everybody, or one of them; each with whether a device is there."""
    rows = connection.execute(_EVERYBODY, {"in_room": room}) if only is None else connection.execute(_I, {"me": only})
    return [(Person(person=row[0], name=row[1], table=row[2]), row[3] is not None) for row in rows]


def _frame(
    connection: sa.Connection, room: Mapping[str, Any]
) -> tuple[tuple[Activity, ...], tuple[Phase, ...], Progress]:
    """What only the facilitator's steps change: activities, run-sheet, and where in it the room is."""
    return activities_of(connection, room["id"]), sheet_of(room), msgspec.convert(room["progress"], Progress)


def _concerns(activity: Activity, sheet: tuple[Phase, ...], progress: Progress) -> bool:
    """Whether participants and the presenter's view have to do with it now."""
    if activity.state == "draft":
        return False
    here = next((each for each in sheet if each.key == progress.phase), None)
    if activity.state == "open" or here is None or activity.key in here.activities:
        return True
    return not any(activity.key in each.activities for each in sheet)  # added on the way, to no phase


def _without_words(phase: Phase) -> Phase:
    return replace(phase, words="", instead=None, drop=None)


class _Reader:
    """Reads activities for one person, in one transaction."""

    def __init__(
        self,
        connection: sa.Connection,
        room: Mapping[str, Any],
        known: Mapping[str, Activity],
        role: Role,
        me: int | None,
    ) -> None:
        self._connection = connection
        self._room = room
        self._known = known
        self._role = role
        self._me = me

    def view(self, activity: Activity, count: int) -> ActivityView:
        host = self._role == "facilitator"
        shown = activity.state in (SEEN_BY_HOST if host else SEEN_BY_ALL)
        spec = activity.spec
        written = self._of(activity, "cards", self._cards) if shown and isinstance(spec, Cards) else ()
        found = self._of(activity, "outcome", self._outcome) if shown else None
        return ActivityView(
            key=activity.key,
            kind=activity.kind,
            state=activity.state,
            round=activity.round,
            spec=spec if shown or (host and activity.state == "draft") else public(spec),
            answered=count,
            targets={} if shown and not host else self._targets(spec),
            cards=tuple(each for each in written if host or not each.hidden),
            outcome=found if found is None or host else replace(found, tables={}, withheld=0),
            mine=self._mine(activity) if self._me is not None else None,
        )

    def _of(self, activity: Activity, what: str, make: Callable[[Activity], T]) -> T:
        return once(self._room, activity.id, what, lambda: make(activity))

    def _targets(self, spec: Spec) -> dict[str, str]:
        source = self._source(spec)
        if source is None:
            return targets(spec)
        return targets(spec, self._of(source, "targets", lambda each: card_targets(self._written(each))))

    def _source(self, spec: Spec) -> Activity | None:
        """Where the cards are that dots are put on, if everybody may see them."""
        held = self._known.get(spec.source) if isinstance(spec, Dots) and spec.source is not None else None
        return held if held is not None and held.state in SEEN_BY_ALL else None

    def _written(self, activity: Activity) -> list[Card]:
        return cards_of(self._connection, activity.id)

    def _outcome(self, activity: Activity) -> Outcome:
        source = self._source(activity.spec)
        seen = [] if source is None else self._written(source)
        return outcome(activity.spec, given_of(self._connection, activity, self._known, source=seen))

    def _cards(self, activity: Activity) -> list[CardView]:
        named = activity.spec.named and activity.state in SEEN_BY_ALL
        query = sa.select(people.c.id, people.c.name).where(people.c.room == self._room["id"])
        names = {row[0]: row[1] for row in self._connection.execute(query)} if named else {}
        return [
            CardView(
                id=card.id,
                text=card.text,
                stage=card.stage,
                tag=card.tag,
                hidden=card.hidden,
                into=card.into,
                by=names.get(card.person),
            )
            for card in self._written(activity)
        ]

    def _mine(self, activity: Activity) -> Mine:
        assert self._me is not None
        spec, own = activity.spec, (self._connection, activity.id, self._me)
        placed = Counter(own_dots(*own) if isinstance(spec, Dots) else ())
        return Mine(
            answers=own_answers(*own),
            cards=tuple(CardView(**row) for row in own_cards(*own)) if isinstance(spec, Cards) else (),
            dots=dict(placed),
            dots_left=spec.each - placed.total() if isinstance(spec, Dots) else None,
        )


# Written once: to put a statement together costs more than to carry it out.


_ALL = people.c.room == sa.bindparam("in_room")
_JOINED = sa.select(sa.func.count()).where(_ALL)
_PERSON = sa.select(people.c.id, people.c.name, people.c.table, people.c.token)
_EVERYBODY = _PERSON.where(_ALL).order_by(people.c.id)
_I = _PERSON.where(people.c.id == sa.bindparam("me"))
