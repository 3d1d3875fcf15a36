"""A room with a facilitator, and phones in it: the page Room without a browser."""

from dataclasses import dataclass
from uuid import uuid4

from streamlit.testing.v1 import AppTest

from aipm.ui.room_state import Seat, database
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import AddActivity, Begin, NextPhase, Step
from aipm.workshop.snapshot import snapshot


@dataclass
class Room:
    made: rooms.Created

    @property
    def code(self):
        return self.made.code

    def host(self, command):
        return act(database(), self.code, self.made.facilitator, command, client_key=uuid4().hex)

    def steps(self, activity, *steps):
        for step in steps:
            self.host(Step(activity=activity, to=step))

    def to_phase(self, key):
        """As far as this phase."""
        self.host(Begin())
        while self.seen().progress.phase != key:
            self.host(NextPhase())

    def add(self, kind, *, open_it=True, **spec):
        """An activity of one's own; its key."""
        key = self.host(AddActivity(kind=kind, spec=spec)).made
        if open_it:
            self.steps(key, "open")
        return key

    def seen(self, token=None):
        return snapshot(database(), self.code, token or self.made.facilitator)

    def by(self, joined, command):
        return act(database(), self.code, joined.token, command, client_key=uuid4().hex)

    def join(self, **more):
        return rooms.join(database(), self.code, address="10.1.1.1", **more)

    def phone(self, joined=None, **more):
        """A phone of somebody who has joined just now, or before."""
        joined = joined or self.join(**more)
        return opened(room=self.code, me=joined.token)


def new_room(template="ninety", **more):
    return Room(rooms.create(database(), template, **more))


def opened(**asked):
    """The page Room at an address."""
    app = AppTest.from_file("../../app.py", default_timeout=300)
    app.query_params.update(asked)
    return ran(app.switch_page("pages/room.py").run())


def ran(app):
    assert not app.exception
    return app


def said(app):
    """Everything the page draws itself, as HTML."""
    return "".join(each.proto.body for each in app.get("html") if "<style>" not in each.proto.body)


def mine(app, room):
    """How the room looks to the holder of this phone."""
    return room.seen(token(app))


def token(app):
    return app.query_params["me"][0] if isinstance(app.query_params["me"], list) else app.query_params["me"]


def widget(room, name, *, person=0):
    return Seat(code=room.code, token="", person=person).key(name)
