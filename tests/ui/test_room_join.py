"""Joining a room: two taps from a link, a code however it is typed, back to one's place, and no dead end."""

import subprocess
import sys
from pathlib import Path

import pytest

from aipm.ui.room_texts import participant_texts
from aipm.workshop.commands import End, Resume
from tests.ui.room_phone import mine, new_room, opened, ran, said, token

SAID = participant_texts().join


def press(app, name):
    return ran(app.button(key=f"room.{name}").click().run())


def type_code(app, typed):
    app.text_input(key="room.code").set_value(typed)
    return press(app, "go")


def test_a_link_with_the_code_asks_for_one_press_and_tells_nothing_of_the_room():
    room = new_room(title="A secret plan")
    app = opened(room=room.code)
    assert "secret" not in said(app)
    assert room.seen().people == 0
    app = press(app, "join")
    assert "A secret plan" in said(app)
    assert room.seen().people == 1
    assert mine(app, room).role == "participant"


@pytest.mark.parametrize("way", [str.lower, lambda code: f" {code[:3]} - {code[3:]} ", ".".join])
def test_a_code_is_understood_however_it_is_typed(way):
    room = new_room()
    app = type_code(opened(), way(room.code))
    assert app.query_params["room"] in (room.code, [room.code])
    assert room.seen().people == 1


def test_a_code_in_small_letters_in_the_address_is_one_too():
    room = new_room()
    assert mine(press(opened(room=room.code.lower()), "join"), room).me is not None


@pytest.mark.parametrize("typed", ["", "ABC", "DHJKMN" * 3, "<b>x</b>"])
def test_what_is_no_code_says_what_a_code_looks_like(typed):
    app = type_code(opened(), typed)
    assert 'role="alert"' in said(app)
    assert "me" not in app.query_params


def test_an_address_with_something_else_than_a_code_asks_for_the_code():
    app = opened(room="<img src=x>")
    assert SAID.not_a_code in said(app)
    assert [each.key for each in app.text_input] == ["room.code"]


def test_back_in_the_browser_leads_to_ones_own_place_again():
    room = new_room()
    app = press(opened(room=room.code), "join")
    own = token(app)
    del app.query_params["me"]
    app = press(ran(app.run()), "resume")
    assert token(app) == own
    assert room.seen().people == 1


def test_two_people_can_join_on_one_phone():
    room = new_room()
    app = press(opened(room=room.code), "join")
    own = token(app)
    del app.query_params["me"]
    app = press(ran(app.run()), "anew")
    assert token(app) != own
    assert room.seen().people == 2


def test_a_link_that_is_not_of_this_room_leads_to_joining_it():
    room = new_room()
    app = opened(room=room.code, me="somebody-elses")
    assert SAID.lost in said(app)
    assert mine(press(app, "anew"), room).me is not None


def test_a_room_that_is_gone_leads_to_another_code():
    app = opened(room="DHJKMN", me="anybody")
    assert SAID.lost in said(app)
    app = press(app, "another")
    assert [each.key for each in app.text_input] == ["room.code"]


def test_a_code_that_leads_nowhere_stands_in_its_refusal_alone():
    app = press(opened(room="DHJKMN"), "join")
    assert said(app).count("DHJ KMN") == 1
    assert "Room DHJ KMN</p><p>There is no room with this code." in said(app)
    assert f"<h1>{SAID.title}</h1>" in said(app)
    assert [each.key for each in app.text_input] == ["room.code"]
    room = new_room()
    assert mine(type_code(app, room.code), room).me is not None


def test_what_was_refused_for_the_moment_can_be_tried_again():
    room = new_room()
    room.host(End())
    app = press(opened(room=room.code), "join")
    assert "The workshop has ended." in said(app)
    room.host(Resume())
    assert mine(press(app, "again"), room).me is not None


def test_another_code_leaves_nothing_of_the_one_before():
    room = new_room()
    room.host(End())
    app = press(press(opened(room=room.code), "join"), "another")
    assert 'role="alert"' not in said(app)
    assert "room" not in app.query_params


def test_nobody_joins_what_has_ended():
    room = new_room()
    room.host(End())
    app = press(opened(room=room.code), "join")
    assert "The workshop has ended." in said(app)
    assert room.seen().people == 0


def test_a_phone_loads_no_heavy_library():
    """Which libraries the modules behind every kind of activity bring along, in a process of their own."""
    script = """
import sys
import streamlit
before = set(sys.modules)
from aipm.ui import room, room_cards, room_checks, room_dots, room_inputs, room_join, room_match, room_results
from aipm.ui import room_scores, room_take_part, room_votes, room_weights, shell
from aipm.ui.room_state import database
from aipm.workshop import acting, rooms, snapshot
room = rooms.create(database(), "ninety")
snapshot.snapshot(database(), room.code, rooms.join(database(), room.code, address="here").token)
print(*{"pandas", "numpy", "pyarrow", "plotly", "sklearn", "scipy", "duckdb"} & (set(sys.modules) - before))
"""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
