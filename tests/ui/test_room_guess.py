"""The guess: given on a phone, or by the facilitator for somebody without one."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.registry import FILES
from aipm.ui.room_state import Seat
from aipm.workshop.commands import AddPerson
from aipm.workshop.specs import GUESS
from tests.ui.room_phone import mine, new_room, ran, said, widget

ROOT = Path(__file__).parents[2]
OPTIONS = [{"key": "a", "name": "Bread"}, {"key": "b", "name": "Bread"}, {"key": "c", "name": "<b>Cake</b> :red[x]"}]


@pytest.fixture
def room():
    found = new_room()
    found.key = found.add("dots", title="Pick", question="Pick", guess="Which will it be?", options=OPTIONS)
    return found


def choose(app, room, option, *, person=0):
    app.selectbox(key=widget(room, f"{room.key}.guess", person=person)).set_value(option)
    return ran(app.run())


@pytest.mark.parametrize("option", ["a", "b"])
def test_of_two_options_with_the_same_name_the_one_that_was_chosen_is_kept(room, option):
    app = choose(room.phone(), room, option)
    assert mine(app, room).activity(room.key).mine.answers == {GUESS: option}


def test_a_guess_can_be_taken_back(room):
    app = choose(choose(room.phone(), room, "a"), room, None)
    assert mine(app, room).activity(room.key).mine.answers == {}


def test_an_option_that_is_markup_stays_text(room):
    app = choose(room.phone(), room, "c")
    assert app.selectbox(key=widget(room, f"{room.key}.guess")).options[2] == OPTIONS[2]["name"]
    assert "&lt;b&gt;Cake" in said(app)
    assert "<b>Cake" not in said(app)


def test_nobody_is_asked_where_the_activity_asks_for_no_guess(room):
    plain = room.add("dots", title="Pick again", question="Pick", options=OPTIONS)
    app = room.phone()
    asked = {each.key for each in app.selectbox}
    assert widget(room, f"{room.key}.guess") in asked
    assert widget(room, f"{plain}.guess") not in asked


def test_the_facilitator_guesses_for_the_one_without_a_device_who_was_chosen(room):
    first, second = (int(room.host(AddPerson(name="Ada")).made) for _ in range(2))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["workshop"])
    app.query_params.update({"room": room.code, "host": room.made.facilitator, "turn": "people"})
    ran(app.run())
    people = next(each for each in app.selectbox if each.key.endswith(f"{room.code}.enter"))
    assert people.options[1:] == ["Ada", "Ada (2)"]
    people.set_value(second)
    app = choose(ran(app.run()), room, "b", person=second)
    assert said(app).count("your guess is") == 1
    assert given(room, second) == {GUESS: "b"}
    assert given(room, first) == {}


def given(room, person):
    """What was entered for somebody."""
    view = Seat(code=room.code, token=room.made.facilitator, person=person).view()
    return view.activity(room.key).mine.answers
