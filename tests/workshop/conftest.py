"""A room in a store of its own, a clock that stands still until it is moved, and people in it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from aipm.brief.database import Database
from aipm.tables import Refusal
from aipm.workshop import rooms
from aipm.workshop.acting import Done, act
from aipm.workshop.commands import Step
from aipm.workshop.snapshot import snapshot

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
