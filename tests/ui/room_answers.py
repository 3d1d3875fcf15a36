"""A room in the store of this process, with one open activity and somebody who answers it at a phone."""

from dataclasses import dataclass
from itertools import count

from streamlit.testing.v1 import AppTest

from aipm.ui.room_labels import LONGEST
from aipm.ui.room_state import database
from aipm.ui.safe import markdown
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import AddActivity, AddPerson, Give, NextRound, Step
from aipm.workshop.snapshot import snapshot

_keys = count(1)
HOSTILE = (
    "**bold** [x](http://evil.example) :red[no]",
    "<script>alert(1)</script>",
    "😀 :material/home: $x^2$",
    "A\u202eB",
    "Same",
    "Same",
    "long " * 59,
)


def options(*names):
    return [{"key": f"o{place}", "name": name} for place, name in enumerate(names)]


def page(code, token, activity, person):
    from aipm.ui import room_inputs, room_state

    seat = room_state.Seat(code=code, token=token, person=person)
    room_inputs.draw(seat.view().activity(activity), seat)
    room_state.refused()


@dataclass
class Phone:
    """The fields of one activity, as one person has them; `person`: for whom the facilitator enters."""

    made: rooms.Created
    token: str
    activity: str
    person: int | None = None

    def __post_init__(self):
        self.reload()

    def reload(self):
        """A session of its own, as after a reload."""
        about = (self.made.code, self.token, self.activity, self.person)
        self.app = AppTest.from_function(page, default_timeout=300, args=about)
        return self.run()

    def run(self):
        self.app.run()
        assert not self.app.exception
        return self

    def key(self, name):
        return f"room.{self.made.code}.{self.person or 0}.{self.activity}.{name}"

    def field(self, kind, name):
        return getattr(self.app, kind)(key=self.key(name))

    def choice(self, name):
        return next(each for each in self.app.button_group if each.key == self.key(name))

    def choose(self, name, value):
        self.choice(name).set_value(value)
        return self.run()

    def press(self, name):
        self.field("button", name).click()
        return self.run()

    @property
    def shown(self):
        return "\n".join(each.proto.body for each in self.app.main if each.type == "html")

    @property
    def buttons(self):
        return [each.key.removeprefix(self.key("")) for each in self.app.button]

    @property
    def kept(self):
        return self.view().mine.answers

    def view(self):
        return snapshot(database(), self.made.code, self.token, person=self.person).activity(self.activity)

    def give(self, values):
        """As from another device with the same token."""
        command = Give(activity=self.activity, values=values)
        act(database(), self.made.code, self.token, command, client_key=f"mine-{next(_keys)}")

    def host(self, command):
        return act(database(), self.made.code, self.made.facilitator, command, client_key=f"host-{next(_keys)}")

    def step(self, to):
        self.host(Step(activity=self.activity, to=to))

    def second_round(self):
        self.step("close")
        self.host(NextRound(activity=self.activity))
        return self.run()


def phone(kind, *, for_somebody=False, **spec):
    made = rooms.create(database(), "ninety")
    host = made.facilitator

    def do(command):
        return act(database(), made.code, host, command, client_key=f"made-{next(_keys)}").made

    activity = do(AddActivity(kind=kind, spec={"title": "Title", "question": "Question?", **spec}))
    do(Step(activity=activity, to="open"))
    if for_somebody:
        return Phone(made, host, activity, int(do(AddPerson())))
    return Phone(made, rooms.join(database(), made.code, address="10.0.0.1").token, activity)


def drawn_as_they_are(labels, names):
    """Names as labels: nothing in them is Markdown."""
    expected = [markdown(name, limit=LONGEST) for name in names]
    return all(each in expected or each.endswith(" (2)") for each in labels) and len(labels) == len(names)
