"""Who looks at a room learns that it has changed: by its number, from a route beside the pages."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from aipm.brief.database import Database
from aipm.tables import Refusal
from aipm.ui import room_live
from aipm.workshop import commands, rooms
from aipm.workshop.acting import act


@pytest.fixture
def database(monkeypatch):
    database = Database("sqlite://")
    monkeypatch.setattr(room_live, "database", lambda: database)
    yield database
    database.close()


@pytest.fixture
def made(database):
    return rooms.create(database, "confidence_only")


@pytest.fixture
def ask(monkeypatch):
    """Ask for a number of a room; each question finds out anew."""
    monkeypatch.setattr(room_live, "MOMENT", 0.0)
    routes = [Route(f"/{room_live.PATH}/{{channel}}/{{what}}", room_live.news)]
    with TestClient(Starlette(routes=routes)) as client:
        yield lambda channel, what: client.get(f"/{room_live.PATH}/{channel}/{what}")


def test_a_join_is_news_for_the_facilitator_and_a_phase_for_everybody(ask, database, made):
    channel = room_live._channel(made.code)

    def numbers():
        return int(ask(channel, "steps").text), int(ask(channel, "version").text)

    steps, version = numbers()
    rooms.join(database, made.code, address="phone")
    assert numbers() == (steps, version + 1)
    act(database, made.code, made.facilitator, commands.Begin(), client_key="begin")
    assert numbers() == (steps + 1, version + 2)
    assert ask(channel, "steps").headers["cache-control"] == "no-store"


def test_all_who_ask_within_a_moment_get_one_answer(ask, made, monkeypatch):
    monkeypatch.setattr(room_live, "MOMENT", 3600.0)
    looked = []
    read = rooms.versions
    monkeypatch.setattr(rooms, "versions", lambda *of: looked.append(of) or read(*of))
    channel = room_live._channel(made.code)
    assert {ask(channel, "version").text for _ in range(20)} == {"1"}
    assert len(looked) == 1


def test_nobody_learns_from_it_which_codes_are_rooms(ask, made):
    assert ask(made.code, "steps").text == ask("AAAAAA", "steps").text == room_live.GONE
    assert ask(room_live._channel(made.code), "title").status_code == 404


def test_a_room_has_one_channel_that_cannot_be_guessed(made):
    channel = room_live._channel(made.code)
    assert channel == room_live._channel(made.code)
    assert made.code not in channel
    assert len(channel) >= 16


def test_a_room_that_is_gone_says_so(ask, database, made):
    channel = room_live._channel(made.code)
    rooms.delete(database, made.code, made.facilitator)
    assert ask(channel, "steps").text == room_live.GONE


def test_a_store_that_does_not_answer_may_do_so_a_moment_later(ask, made, monkeypatch):
    def refuse(*_):
        raise Refusal("store_busy", "Busy.", advice="Wait.")

    channel = room_live._channel(made.code)
    monkeypatch.setattr(rooms, "versions", refuse)
    assert ask(channel, "steps").status_code == 503


def test_the_oldest_channels_are_forgotten_first(monkeypatch):
    monkeypatch.setattr(room_live, "MOST_CHANNELS", 2)
    monkeypatch.setattr(room_live, "_channels", type(room_live._channels)())
    monkeypatch.setattr(room_live, "_names", {})
    first = room_live._channel("AAAAAA")
    room_live._channel("BBBBBB")
    room_live._channel("CCCCCC")
    assert first not in room_live._channels
    assert room_live._channel("AAAAAA") != first
