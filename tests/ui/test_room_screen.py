"""The big screen: what it shows in each state of a room, what it never shows, and that it is light."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from aipm.tables import Refusal
from aipm.ui import room_live, room_state
from aipm.ui.registry import FILES
from aipm.ui.room_screen import NEVER, remaining
from aipm.ui.workshop_texts import page_texts
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.codes import shown as spelled
from aipm.workshop.commands import AddActivity, Begin, DropPhase, End, Give, NextPhase, Step, WriteCard
from aipm.workshop.templates import templates
from tests.ui.ethics_forms import HOSTILE, ROOT, done, shown

TEXT = page_texts().screen
keys = count()


class Room:
    """A room of the template, led by commands."""

    def __init__(self, template="ninety", **more):
        self.made = rooms.create(room_state.database(), template, **more)
        self.people = []

    def join(self, number):
        self.people += [
            rooms.join(room_state.database(), self.made.code, address="test", name=f"Person {place}")
            for place in range(number)
        ]

    def host(self, *given):
        for command in given:
            done_ = self.by(self.made.facilitator, command)
        return done_

    def by(self, token, command):
        return act(room_state.database(), self.made.code, token, command, client_key=f"screen-{next(keys)}")

    def steps(self, activity, *steps):
        self.host(*(Step(activity=activity, to=step) for step in steps))

    def screen(self, token=None):
        """What stands on it."""
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
        app.switch_page(FILES["room"])
        app.query_params.update({"room": self.made.code, "screen": token or self.made.presenter})
        return shown(done(app.run()))


@pytest.fixture
def room():
    return Room(title="Claims handling")


def test_before_anybody_is_there_the_whole_screen_says_how_to_join(room):
    said = room.screen()
    assert TEXT.join_title in said
    assert spelled(room.made.code) in said
    assert TEXT.nobody in said
    room.join(7)
    assert TEXT.people.format(count=7) in room.screen()


def test_what_is_open_is_asked_with_how_many_have_answered_and_never_who(room):
    room.join(3)
    room.host(Begin())
    room.steps("surprise", "open")
    room.by(room.people[0].token, Give(activity="surprise", values={"choice": "weekly"}))
    said = room.screen()
    assert "How often has AI surprised you" in said
    assert TEXT.answered.format(count=1, people=3) in said
    assert "Every week" in said  # an option, not an answer
    assert "Person" not in said
    assert spelled(room.made.code) in said  # for those who come late


def test_nothing_of_what_came_out_is_there_before_it_is_revealed(room):
    room.join(4)
    room.host(Begin(), NextPhase(), NextPhase(), NextPhase())
    room.steps("pains", "open")
    for person in room.people:
        room.by(person.token, WriteCard(activity="pains", text="Nobody calls back"))
    assert "Nobody calls back" not in room.screen()
    room.steps("pains", "close")
    said = room.screen()
    assert TEXT.waiting in said
    assert "Nobody calls back" not in said
    room.steps("pains", "reveal")
    assert "Nobody calls back" in room.screen()


def test_a_phase_in_which_nothing_is_asked_says_what_it_is_for(room):
    room.join(1)
    room.host(Begin(), NextPhase())
    said = room.screen()
    assert "Show it" in said
    assert "Words that all of us use" in said
    assert TEXT.phase.format(number=2, count=13) in said


def test_dropped_phases_are_not_counted(room):
    room.join(1)
    room.host(Begin(), DropPhase(phase="match"))
    assert TEXT.phase.format(number=1, count=12) in room.screen()


def test_the_host_s_words_never_stand_there(room):
    room.join(1)
    room.host(Begin())
    for place, phase in enumerate(templates()["ninety"].phases):
        if place:
            room.host(NextPhase())
        assert phase.words[:40] not in room.screen().replace("&#x27;", "'")


def test_cards_and_questions_are_drawn_as_characters():
    room = Room("pains_only", title=HOSTILE[:60])
    room.join(1)
    room.host(Begin())
    room.steps("pains", "open")
    room.by(room.people[0].token, WriteCard(activity="pains", text=HOSTILE))
    room.steps("pains", "close", "reveal")
    room.host(NextPhase(), NextPhase())
    room.steps("pain_dots", "open")
    added = room.host(
        AddActivity(
            kind="poll", spec={"title": HOSTILE, "question": HOSTILE, "options": [{"key": "a", "name": HOSTILE}]}
        )
    ).made
    said = room.screen()
    room.steps("pain_dots", "close", "reveal")
    room.steps(added, "open")
    for each in (said, room.screen()):
        assert "&lt;img src=x" in each
        assert "<img src=x" not in each


def test_more_cards_than_can_be_read_are_counted():
    room = Room("pains_only")
    room.join(20)
    room.host(Begin())
    room.steps("pains", "open")
    for place, person in enumerate(room.people):
        room.by(person.token, WriteCard(activity="pains", text=f"Card {place}: " + "long " * 12))
    room.steps("pains", "close", "reveal")
    room.host(NextPhase(), NextPhase())
    room.steps("pain_dots", "open")
    said = room.screen()
    listed = said.count("Card ")
    assert 0 < listed < 20
    assert TEXT.more.format(count=20 - listed) in said


def test_after_the_end_it_says_thank_you_and_asks_nobody_to_join(room):
    room.join(2)
    room.host(Begin(), End())
    said = room.screen()
    assert TEXT.ended in said
    assert spelled(room.made.code) not in said


def test_only_the_link_of_the_big_screen_opens_it(room):
    room.join(1)
    for token in ("wrong", room.made.facilitator, room.people[0].token):
        said = room.screen(token)
        assert 'role="alert"' in said
        assert "Claims handling" not in said
    rooms.delete(room_state.database(), room.made.code, room.made.facilitator)
    assert "not there any more" in room.screen()


def test_when_the_store_does_not_answer_for_a_while_the_screen_looks_again(room, monkeypatch):
    def refuse(*_, **__):
        raise Refusal("busy", "The store is busy.", advice="Wait a moment.")

    watched = []
    monkeypatch.setattr(room_live, "watch", lambda code, **how: watched.append((code, how["seen"])))
    monkeypatch.setattr("aipm.workshop.snapshot.snapshot", refuse)
    assert "The store is busy." in room.screen()
    assert watched == [(room.made.code, NEVER)]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (300, TEXT.left.format(minutes=5)),
        (299, TEXT.left.format(minutes=5)),
        (60, TEXT.left.format(minutes=1)),
        (59, TEXT.left_last),
        (0, TEXT.over),
        (-90, TEXT.over),
    ],
)
def test_time_left_counts_the_minutes_that_have_begun(seconds, said):
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert remaining(now + timedelta(seconds=seconds), now) == said


def test_it_loads_nothing_heavy():
    script = """
import sys
import streamlit
before = set(sys.modules)
import aipm.ui.room_screen, aipm.ui.room_results, aipm.ui.page
from aipm.ui.room_state import database
from aipm.ui.workshop_links_address import square_code
from aipm.workshop import rooms, snapshot
square_code("http://x.example/room?room=DHJKMN")
made = rooms.create(database(), "pains_only")
snapshot.snapshot(database(), made.code, made.presenter)
print(*{"pandas", "numpy", "plotly.express", "plotly.graph_objects", "sklearn", "scipy"} & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
