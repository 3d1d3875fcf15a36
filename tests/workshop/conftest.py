"""A room in a store of its own, a clock that stands still until it is moved, and people in it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from aipm.brief.database import Database
from aipm.tables import Refusal
from aipm.workshop import rooms
from aipm.workshop.acting import Done, act
from aipm.workshop.commands import Begin, Deal, End, Give, Hide, Merge, NextRound, PutDot, Step, WriteCard
from aipm.workshop.snapshot import snapshot
from tests.workshop.made_up import CRITERIA, HOSTILE

_keys = count(1)


@dataclass
class Time:
    now: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


@dataclass
class Room:
    database: Database
    made: rooms.Created
    people: list[rooms.Joined] = field(default_factory=list)

    @property
    def code(self):
        return self.made.code

    def join(self, number=1, *, table=None, name=None):
        found = [
            rooms.join(self.database, self.code, address="10.0.0.1", table=table, name=name) for _ in range(number)
        ]
        self.people += found
        return found

    def host(self, command, *, key=None) -> Done:
        return self.by(self.made.facilitator, command, key=key)

    def by(self, token, command, *, key=None) -> Done:
        token = token.token if isinstance(token, rooms.Joined) else token
        return act(self.database, self.code, token, command, client_key=key or f"key-{next(_keys)}")

    def steps(self, activity, *steps):
        for step in steps:
            self.host(Step(activity=activity, to=step))

    def seen(self, token=None, **more):
        token = token.token if isinstance(token, rooms.Joined) else token or self.made.facilitator
        return snapshot(self.database, self.code, token, **more)

    def refuses(self, token, command):
        with pytest.raises(Refusal) as told:
            self.by(token, command)
        return told.value.code


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'rooms.sqlite'}"


@pytest.fixture
def database(url, time):
    found = Database(url, clock=time)
    yield found
    found.close()


@pytest.fixture
def new_room(database):
    def make(template="ninety", people=0):
        room = Room(database, rooms.create(database, template))
        room.join(people)
        return room

    return make


@pytest.fixture
def ended_room(new_room, time):
    """A workshop with everything in it, ended early in the middle of the second round."""
    room = new_room()
    room.join(4, table="Table 1", name="Ada Secret")
    room.host(Begin())
    steps, people = room.steps, room.people
    steps("surprise", "open")
    steps("confidence_before", "open")
    for place, person in enumerate(people):
        room.by(person, Give(activity="surprise", values={"choice": ["never", "once", "weekly", "once"][place]}))
        room.by(person, Give(activity="confidence_before", values={"choice": 1 + place}))
    steps("confidence_before", "close")
    steps("match_game", "open")
    spec = room.seen().activity("match_game").spec
    room.by(people[0], Give(activity="match_game", values={each.key: spec.options[0].key for each in spec.statements}))
    steps("pains", "open")
    numbers = [
        int(room.by(people[place % 4], WriteCard(activity="pains", text=text, stage=stage, tag="rankings")).made)
        for place, (text, stage) in enumerate(
            zip(HOSTILE, ["Leaving", None, "Deciding", "Deciding", None], strict=True)
        )
    ]
    steps("pains", "close")
    room.host(Merge(card=numbers[1], into=numbers[2]))
    room.host(Hide(card=numbers[3]))
    steps("pains", "reveal")
    steps("pain_dots", "open")
    for person in people:
        room.by(person, PutDot(activity="pain_dots", target=str(numbers[0])))
        room.by(person, Give(activity="pain_dots", values={"guess": str(numbers[0])}))
    steps("weights", "open")
    for place, person in enumerate(people):
        points = dict.fromkeys(CRITERIA, 10) | {CRITERIA[place % 2]: 50}
        room.by(person, Give(activity="weights", values={"weights": points, "guess": "cost"}))
    steps("weights", "close", "reveal")
    steps("scores", "open")
    cells = {f"{row}/{column}": 3 for row in ("no_ai", "buy", "build") for column in CRITERIA}
    for person in people:
        room.by(person, Give(activity="scores", values={**cells, "dissent": "=1+1"}))
    steps("scores", "close")
    room.host(NextRound(activity="scores"))
    room.by(people[0], Give(activity="scores", values=dict.fromkeys(cells, 4)))
    room.host(Deal(activity="checks"))
    steps("checks", "open")
    gap = {"status": "gap", "owner": "Ada", "due": "2027-01-31", "evidence": "notes", "note": "=cmd"}
    room.by(people[0], Give(activity="checks", values={"data_ready": gap, "data_allowed": {"status": "fine"}}))
    steps("premortem", "open")
    room.by(people[1], WriteCard(activity="premortem", text="Nobody owned it", tag="people"))
    time.pass_by(minutes=31)
    room.host(End())
    return room
