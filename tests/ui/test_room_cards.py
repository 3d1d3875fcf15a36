"""Cards on a phone: written, kept, changed, taken away; private until they are revealed."""

from streamlit.testing.v1 import AppTest

from aipm.ui.room_texts import participant_texts
from aipm.workshop.commands import AddPerson
from tests.ui.room_phone import mine, new_room, ran, said, widget

SAID = participant_texts().cards
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://away/x.png)"


def open_pains():
    room = new_room()
    room.to_phase("silent")
    room.steps("pains", "open")
    return room


def write(app, room, text, *, key="pains"):
    app.text_area(key=widget(room, f"{key}.new.text")).set_value(text)
    return press(app, room, f"{key}.write")


def press(app, room, name):
    return ran(app.button(key=widget(room, name)).click().run())


def texts(app, room, key="pains"):
    return [each.text for each in mine(app, room).activity(key).mine.cards]


def test_a_card_is_kept_and_the_field_is_free_for_the_next():
    room = open_pains()
    app = room.phone()
    assert SAID.none in said(app)
    app = write(app, room, "Two days of waiting")
    assert SAID.one in said(app)
    assert app.text_area[0].value == ""
    app = write(app, room, "Nobody answers")
    assert SAID.many.format(count=2) in said(app)
    assert texts(app, room) == ["Two days of waiting", "Nobody answers"]


def test_stage_and_tag_go_along_and_the_stage_stays_for_the_next_card():
    room = open_pains()
    app = room.phone()
    app.selectbox(key=widget(room, "pains.new.stage")).set_value("Deciding")
    app.selectbox(key=widget(room, "pains.new.tag")).set_value("classification")
    app = write(app, room, "Two days of waiting")
    (card,) = mine(app, room).activity("pains").mine.cards
    assert (card.stage, card.tag) == ("Deciding", "classification")
    assert app.selectbox(key=widget(room, "pains.new.stage")).value == "Deciding"
    assert app.selectbox(key=widget(room, "pains.new.tag")).value is None
    assert "Deciding · " in said(app)


def test_the_same_words_pressed_twice_are_one_card():
    room = open_pains()
    app = write(write(room.phone(), room, "Too slow"), room, " Too slow ")
    assert texts(app, room) == ["Too slow"]


def test_what_is_refused_stays_in_the_field():
    room = open_pains()
    app = write(room.phone(), room, "   ")
    assert 'role="alert"' in said(app)
    assert app.text_area[0].value == "   "
    assert 'role="alert"' not in said(write(app, room, "Too slow"))


def test_a_card_can_be_changed():
    room = open_pains()
    app = write(room.phone(), room, "Too slow")
    (card,) = mine(app, room).activity("pains").mine.cards
    app = press(app, room, f"pains.change.{card.id}")
    app.text_area(key=widget(room, f"pains.edit.{card.id}.text")).set_value("Far too slow")
    app = press(app, room, f"pains.edit.{card.id}.keep.press")
    assert texts(app, room) == ["Far too slow"]
    assert "Far too slow" in said(app)


def test_a_card_can_be_taken_away_and_left_as_it_is():
    room = open_pains()
    app = write(room.phone(), room, "Too slow")
    (card,) = mine(app, room).activity("pains").mine.cards
    app = press(app, room, f"pains.change.{card.id}")
    app = press(app, room, f"pains.edit.{card.id}.leave.press")
    assert texts(app, room) == ["Too slow"]
    app = press(app, room, f"pains.change.{card.id}")
    app = press(app, room, f"pains.edit.{card.id}.tear.press")
    assert texts(app, room) == []
    app = write(app, room, "Too slow")
    assert texts(app, room) == ["Too slow"]


def test_after_the_last_card_there_is_no_field_until_one_is_taken_away():
    room = new_room()
    key = room.add("ideas", title="One", question="One thing", each=1)
    app = write(room.phone(), room, "It", key=key)
    assert not app.text_area
    assert SAID.full.format(most=1) in said(app)


def test_nobody_else_sees_a_card_before_the_reveal():
    room = open_pains()
    write(room.phone(), room, "A private pain")
    other = room.phone()
    assert "A private pain" not in said(other)
    room.steps("pains", "close")
    assert "A private pain" not in said(ran(other.run()))


def test_whether_names_are_shown_is_said_before_anything_is_written():
    room = new_room()
    room.add("ideas", title="Named", question="Who says what?", named=True)
    assert SAID.named in said(room.phone())
    assert SAID.unnamed in said(open_pains().phone())


def test_words_that_are_markup_stay_text_and_lines_stay_lines():
    room = open_pains()
    app = write(room.phone(), room, f"{HOSTILE}\nsecond line")
    assert "<img" not in said(app)
    assert "&lt;img" in said(app)
    assert "<br>second line" in said(app)


def test_options_that_are_markup_stay_text():
    room = new_room()
    room.add("ideas", title=HOSTILE, question=HOSTILE, stages=[HOSTILE], tags=[{"key": "a", "name": HOSTILE}])
    app = room.phone()
    assert "<img" not in said(app)
    assert [box.options for box in app.selectbox] == [[HOSTILE], [HOSTILE]]


def test_when_it_closes_while_somebody_writes_the_press_is_refused_in_words():
    room = open_pains()
    app = room.phone()
    app.text_area(key=widget(room, "pains.new.text")).set_value("Too late")
    room.steps("pains", "close")
    app = press(app, room, "pains.write")
    assert "The activity is not open." in said(app)


def test_the_facilitator_writes_for_somebody_without_a_device():
    room = open_pains()
    person = int(room.host(AddPerson(name="Bo")).made)

    def page(code, token, number):
        from aipm.ui import room_cards
        from aipm.ui.room_state import Seat

        seat = Seat(code=code, token=token, person=number)
        room_cards.draw(seat.view().activity("pains"), seat)

    app = AppTest.from_function(page, args=(room.code, room.made.facilitator, person), default_timeout=300).run()
    app.text_area(key=widget(room, "pains.new.text", person=person)).set_value("Read out by Bo")
    app = ran(app.button(key=widget(room, "pains.write", person=person)).click().run())
    assert SAID.one in said(app)
    assert "Read out by Bo" in said(app)
