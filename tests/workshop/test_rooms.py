"""Rooms that people join by a code, come back to by a token, and that go away for good."""

from datetime import timedelta

import pytest

from aipm.brief.database import Database
from aipm.tables import Refusal
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import Give, Introduce, Keep, WriteCard
from aipm.workshop.record import record
from aipm.workshop.snapshot import snapshot


def refusal(work, *given, **more):
    with pytest.raises(Refusal) as told:
        work(*given, **more)
    return told.value.code


def test_a_code_lets_one_join_and_a_token_come_back(new_room):
    room = new_room()
    (ada,) = room.join(name="Ada", table="Table 2")
    assert rooms.join(room.database, f" {room.code[:3].lower()}-{room.code[3:]}", address="a").person != ada.person
    assert rooms.who(room.database, room.code, ada.token) == rooms.Actor(
        role="participant", person=ada.person, name=str(ada.person)
    )
    assert (room.seen(ada).me.name, room.seen(ada).me.table) == ("Ada", "Table 2")
    assert rooms.who(room.database, room.code, room.made.presenter).role == "presenter"


def test_a_code_is_no_key(new_room):
    room, other = new_room(), new_room()
    (stranger,) = other.join()
    for token in ("", room.code, stranger.token, other.made.facilitator):
        assert refusal(rooms.who, room.database, room.code, token) == "no_token"


def test_somebody_who_lost_the_phone_finds_what_was_given(new_room):
    room = new_room()
    (ada,) = room.join()
    room.steps("pains", "open")
    room.by(ada, WriteCard(activity="pains", text="It takes a week"))
    assert [card.text for card in room.seen(ada.token).activity("pains").mine.cards] == ["It takes a week"]


def test_wrong_codes_are_refused_and_soon_not_even_looked_up(new_room, time):
    room = new_room()
    wrong = "DDHHJJ" if room.code != "DDHHJJ" else "HHDDJJ"
    told = [refusal(rooms.join, room.database, wrong, address="thief") for _ in range(rooms.WRONG_CODES + 1)]
    assert set(told[:-1]) == {"no_such_code"}
    assert told[-1] == "too_often"
    time.pass_by(minutes=11)
    assert refusal(rooms.join, room.database, wrong, address="thief") == "no_such_code"
    assert refusal(rooms.join, room.database, "nonsense!", address="thief") == "no_such_code"


def test_joins_are_limited_per_room_and_per_address(new_room, monkeypatch):
    monkeypatch.setattr(rooms, "JOINS", 3)
    room = new_room(people=3)
    assert refusal(rooms.join, room.database, room.code, address="elsewhere") == "too_often"
    assert refusal(rooms.join, room.database, new_room().code, address="10.0.0.1") == "too_often"


def test_a_full_room(new_room, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_PEOPLE", 2)
    room = new_room(people=2)
    assert refusal(rooms.join, room.database, room.code, address="a") == "full"


def test_the_version_rises_with_every_change_and_the_steps_with_the_facilitators(new_room):
    room = new_room(people=1)
    before = rooms.versions(room.database, room.code)
    room.steps("surprise", "open")
    opened = rooms.versions(room.database, room.code)
    assert (opened.version, opened.steps) == (before.version + 1, before.steps + 1)
    room.by(room.people[0], Give(activity="surprise", values={"choice": "once"}))
    voted = rooms.versions(room.database, room.code)
    assert (voted.version, voted.steps) == (opened.version + 1, opened.steps)


def test_an_expired_room_is_gone_and_is_swept_away(new_room, time):
    room, kept = new_room(people=1), new_room()
    kept.host(Keep(days=60))
    time.pass_by(days=rooms.KEEP_DAYS)
    assert refusal(rooms.versions, room.database, room.code) == "no_room"
    assert refusal(rooms.join, room.database, room.code, address="a") == "no_such_code"
    assert rooms.sweep(room.database) == 1
    assert rooms.sweep(room.database) == 0
    assert rooms.versions(kept.database, kept.code).version > 1


def test_a_deleted_room_leaves_no_byte_behind(new_room, tmp_path):
    room = new_room()
    (ada,) = room.join(name="Ada Lovelace-Unmistakable")
    room.steps("pains", "open")
    room.by(ada, WriteCard(activity="pains", text="An unmistakable pain"))
    assert refusal(rooms.delete, room.database, room.code, ada.token) == "not_yours"
    assert any(b"unmistakable pain" in file.read_bytes() for file in tmp_path.iterdir())
    rooms.delete(room.database, room.code, room.made.facilitator)
    assert refusal(rooms.versions, room.database, room.code) == "no_room"
    for file in tmp_path.iterdir():
        assert b"nmistakable" not in file.read_bytes()


def test_no_token_is_in_the_file(new_room, tmp_path):
    room = new_room(people=1)
    tokens = [room.made.facilitator, room.made.presenter, room.people[0].token]
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(token.encode() in written for token in tokens)
    assert b"10.0.0.1" not in written


def test_two_databases_at_one_place_show_the_same_room(new_room, url, time):
    room = new_room(people=2)
    other = Database(url, clock=time)
    there = type(room)(other, room.made)
    room.steps("surprise", "open")
    there.by(room.people[0], Give(activity="surprise", values={"choice": "once"}))
    room.by(room.people[1], Give(activity="surprise", values={"choice": "never"}))
    there.by(room.people[1], Introduce(name="Ada", table="Table 1"))
    room.steps("surprise", "close", "reveal")
    assert room.seen() == there.seen()
    assert there.seen().activity("surprise").outcome.result.votes["once"] == 1
    other.close()


def test_a_code_that_is_taken_is_drawn_again(new_room, monkeypatch):
    taken = new_room().code
    drawn = iter([taken, taken, "HJHJHJ"])
    monkeypatch.setattr(rooms, "new_code", lambda: next(drawn))
    assert new_room().code == "HJHJHJ"


@pytest.mark.parametrize("code", ["HJHJHJ", "", "\0", "hjhjhj"])
def test_an_empty_store_has_no_room(database, code):
    for ask in (rooms.versions, rooms.who, rooms.delete, snapshot, record):
        tokens = () if ask is rooms.versions else ("token",)
        assert refusal(ask, database, code, *tokens) == "no_room"
    with pytest.raises(Refusal) as told:
        act(database, code, "token", Keep(days=1), client_key="k")
    assert told.value.code == "no_room"


def test_a_name_too_long_or_a_table_there_is_not(new_room):
    room = new_room(people=1)
    assert room.refuses(room.people[0].token, Introduce(name="A" * 61)) == "too_much"
    assert room.refuses(room.people[0].token, Introduce(table="Moon")) == "no_table"
    assert refusal(rooms.create, room.database, "nonsense") == "no_template"


def test_a_rooms_length_of_life(new_room, time):
    room = new_room()
    room.host(Keep(days=7))
    assert room.seen().expires == time.now + timedelta(days=7)
