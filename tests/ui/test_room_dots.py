"""Dots on a phone: a press a dot, taken back from a row or the last one anywhere."""

from streamlit.testing.v1 import AppTest

from aipm.ui.room_texts import participant_texts
from aipm.workshop.commands import AddPerson, WriteCard
from tests.ui.room_phone import mine, new_room, ran, said, widget

SAID = participant_texts().dots
HOSTILE = "<img src=x> ![x](http://away/x.png) :red[a]\nsecond line"
OPTIONS = [{"key": "a", "name": "Apples"}, {"key": "b", "name": "Bread"}, {"key": "c", "name": "Cheese"}]


def with_dots(**spec):
    """A phone in a room with dots to place; the key of the activity."""
    room = new_room()
    key = room.add("dots", **{"title": "Pick", "question": "Pick", "options": OPTIONS, **spec})
    return room, key, room.phone()


def press(app, room, name):
    return ran(app.button(key=widget(room, name)).click().run())


def placed(app, room, key):
    return mine(app, room).activity(key).mine.dots


def test_every_target_is_a_row_to_press():
    _room, _key, app = with_dots(each=2)
    assert [each.label for each in app.button if ".put." in each.key] == ["Apples", "Bread", "Cheese"]
    assert SAID.left.format(left=2, each=2) in said(app)
    assert SAID.press_several in said(app)


def test_a_press_is_a_dot_and_another_press_another_one():
    room, key, app = with_dots(each=3)
    app = press(press(app, room, f"{key}.put.b"), room, f"{key}.put.b")
    assert placed(app, room, key) == {"b": 2}
    assert app.button(key=widget(room, f"{key}.put.b")).label == "●● Bread"
    assert SAID.placed.format(count=2) in said(app)
    assert SAID.left.format(left=1, each=3) in said(app)


def test_when_all_are_placed_the_rows_take_no_more_until_one_is_taken_away():
    room, key, app = with_dots(each=2)
    app = press(press(app, room, f"{key}.put.a"), room, f"{key}.put.b")
    assert all(each.disabled for each in app.button if ".put." in each.key)
    assert SAID.none_left.format(each=2) in said(app)
    app = press(app, room, f"{key}.take.a")
    assert placed(app, room, key) == {"b": 1}
    assert not any(each.disabled for each in app.button if ".put." in each.key)


def test_the_last_dot_can_be_taken_back_wherever_it_is():
    room, key, app = with_dots(each=3)
    app = press(press(app, room, f"{key}.put.a"), room, f"{key}.put.c")
    app = press(app, room, f"{key}.undo")
    assert placed(app, room, key) == {"a": 1}
    app = press(app, room, f"{key}.undo")
    assert placed(app, room, key) == {}
    assert all(".put." in each.key for each in app.button if f".{key}." in each.key)


def test_where_one_dot_each_is_asked_a_row_takes_one():
    room, key, app = with_dots(each=2, several=False)
    app = press(app, room, f"{key}.put.a")
    assert app.button(key=widget(room, f"{key}.put.a")).disabled
    assert not app.button(key=widget(room, f"{key}.put.b")).disabled
    assert SAID.press in said(app)


def test_dots_stand_on_the_cards_that_were_revealed_as_they_are_grouped():
    room = new_room()
    room.to_phase("silent")
    room.steps("pains", "open")
    person = room.join()
    room.by(person, WriteCard(activity="pains", text="Too slow"))
    room.by(person, WriteCard(activity="pains", text=HOSTILE))
    room.steps("pains", "close", "reveal")
    room.steps("pain_dots", "open")
    app = room.phone(person)
    plain, hostile = [each.label for each in app.button if ".put." in each.key]
    assert plain == "Too slow"
    assert "![x]" not in hostile
    assert ":red[" not in hostile
    assert hostile.endswith("second line")
    assert "<img" not in said(app)


def test_the_facilitator_places_dots_for_somebody_without_a_device():
    room, key, _app = with_dots(each=2)
    person = int(room.host(AddPerson(name="Bo")).made)

    def page(code, token, number, activity):
        from aipm.ui import room_dots
        from aipm.ui.room_state import Seat

        seat = Seat(code=code, token=token, person=number)
        room_dots.draw(seat.view().activity(activity), seat)

    arguments = (room.code, room.made.facilitator, person, key)
    app = AppTest.from_function(page, args=arguments, default_timeout=300).run()
    app = ran(app.button(key=widget(room, f"{key}.put.a", person=person)).click().run())
    assert app.button(key=widget(room, f"{key}.put.a", person=person)).label == "● Apples"
    assert room.seen().activity(key).answered == 1
