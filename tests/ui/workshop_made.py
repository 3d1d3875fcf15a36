"""Rooms filled through the engine, and a page that draws one part of one."""

from dataclasses import dataclass
from itertools import count

from streamlit.testing.v1 import AppTest

from aipm.brief.database import Database
from aipm.ui.room_state import database
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import Deal, End, Give, Introduce, NextRound, PutDot, Step, WriteCard
from aipm.workshop.snapshot import snapshot

CRITERIA = ("quality", "cost", "latency", "residency", "skills", "ethics")
HOSTILE = "<b>Bold</b> ![](http://x/y.png) **stars** :red[red]"
_keys = count(1)


@dataclass
class Made:
    """A room and its people's tokens."""

    store: Database
    created: rooms.Created
    people: list[str]

    @property
    def code(self):
        return self.created.code

    @property
    def host(self):
        return self.created.facilitator

    def by(self, token, command):
        return act(self.store, self.code, token, command, client_key=f"made-{next(_keys)}").made

    def lead(self, *commands):
        for command in commands:
            self.by(self.host, command)

    def steps(self, activity, *steps):
        self.lead(*(Step(activity=activity, to=each) for each in steps))

    def seen(self):
        return snapshot(self.store, self.code, self.host)

    def give(self, place, activity, values):
        self.by(self.people[place], Give(activity=activity, values=values))

    def write(self, activity, texts, *, stage=None):
        """Cards, by the people in turn; the activity is open before and closed afterwards."""
        self.steps(activity, "open")
        people = self.people
        found = [
            int(self.by(people[place % len(people)], WriteCard(activity=activity, text=text, stage=stage)))
            for place, text in enumerate(texts)
        ]
        self.steps(activity, "close")
        return found


def room(template="ninety", people=0, *, store=None, **more):
    """In this process's own store, or in that of an app beside it."""
    held = store or database()
    created = rooms.create(held, template, **more)
    return Made(held, created, [rooms.join(held, created.code, address=created.code).token for _ in range(people)])


def whole(people=12, *, ended=False, store=None):
    """A workshop in which everything was used."""
    found = room("ninety", people, store=store, title="Claims & <b>care</b>")
    for place, token in enumerate(found.people):
        found.by(token, Introduce(name=f"Secret {place}", table=f"Table {place % 4 + 1}"))
    texts = ["People wait three weeks for an answer", "Nobody knows what happened to a claim", HOSTILE]
    numbers = found.write(
        "pains", [*texts, *(f"Form {place} asks twice" for place in range(people - 3))], stage="Deciding"
    )
    found.steps("pains", "reveal")
    found.steps("pain_dots", "open")
    found.steps("confidence_before", "open")
    found.steps("weights", "open")
    for place in range(people):
        found.by(found.people[place], PutDot(activity="pain_dots", target=str(numbers[place % 3 % 2])))
        found.give(place, "confidence_before", {"choice": 2 + place % 2})
        found.give(place, "weights", {"weights": dict.fromkeys(CRITERIA, 10) | {CRITERIA[place % 2]: 50}})
    for key in ("pain_dots", "confidence_before", "weights"):
        found.steps(key, "close", "reveal")
    found.steps("scores", "open")
    rows = {
        "no_ai": dict.fromkeys(CRITERIA, 3) | {"cost": 5},
        "buy": dict.fromkeys(CRITERIA, 4),
        "build": dict.fromkeys(CRITERIA, 2),
    }
    cells = {f"{row}/{column}": score for row, each in rows.items() for column, score in each.items()}
    for number in (1, 2):
        for place in range(people):
            found.give(place, "scores", cells)
        if number == 1:
            found.steps("scores", "close")
            found.lead(NextRound(activity="scores"))
    found.steps("scores", "close", "reveal")
    found.lead(Deal(activity="checks"))
    found.steps("checks", "open")
    dealt = dict(found.seen().activity("checks").spec.dealt)
    gap = {"status": "gap", "owner": "Ada", "due": "2027-01-31", "evidence": "a note", "note": "asks legal"}
    for key, value in (("data_allowed", gap), ("harms", {"status": "stop"}), ("rules", {"status": "fine"})):
        place = next(place for place in range(people) if f"Table {place % 4 + 1}" == dealt[key])
        found.give(place, "checks", {key: value})
    found.steps("checks", "close", "reveal")
    found.write("premortem", ["Nobody owned it", "The data were from another country"])
    if ended:
        found.lead(End())
    return found


def drawn(made, part):
    """A page with one part of this room for its facilitator: "cards.pains", "what_if.scores" or "after"."""

    def script(code, token, part):
        from aipm.ui import room_state, workshop_after, workshop_cards, workshop_what_if
        from aipm.ui.room_state import Seat

        seat = Seat(code=code, token=token)
        room_state.refused()
        what, _, key = part.partition(".")
        if what == "after":
            workshop_after.draw(seat)
        else:
            draw = {"cards": workshop_cards, "what_if": workshop_what_if}[what].draw
            draw(seat.view().activity(key), seat)

    return AppTest.from_function(script, args=(made.code, made.host, part), default_timeout=300)


def text_of(page):
    """All the HTML on the page."""
    return "\n".join(each.proto.body if hasattr(each, "proto") else "" for each in page.get("html"))
