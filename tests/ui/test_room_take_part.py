"""What surrounds the activities on a phone: where the room stands, who one is, what is open, the guess."""

from datetime import timedelta

from aipm.brief.database import Database
from aipm.ui.room_texts import participant_texts
from aipm.workshop.commands import End, Extend, Give, PutDot, Resume, SetTables, WriteCard
from aipm.workshop.specs import GUESS
from tests.ui.room_phone import mine, new_room, opened, ran, said, token, widget

SAID = participant_texts().frame
HOSTILE = "<script>x</script> ![x](http://away/x.png) :red[**a**]"


def joined(room):
    """Somebody who has joined by the link just now."""
    return ran(opened(room=room.code).button(key="room.join").click().run())


def press(app, room, name):
    return ran(app.button(key=widget(room, name)).click().run())


def test_before_it_begins_a_phone_says_so_and_what_comes():
    room = new_room(title="Claims")
    app = room.phone()
    assert "Claims" in said(app)
    assert SAID.not_begun in said(app)
    assert SAID.waiting_begin in said(app)


def test_who_has_joined_is_told_once_that_the_address_is_theirs():
    room = new_room()
    app = joined(room)
    assert SAID.own_link in said(app)
    assert token(app) in app.code[0].value
    app.text_input(key=widget(room, "name")).set_value("Ana")
    app.button_group(key=widget(room, "table")).set_value("Table 2")
    app = press(app, room, "introduced")
    assert (mine(app, room).me.name, mine(app, room).me.table) == ("Ana", "Table 2")
    assert SAID.welcome not in said(app)
    assert app.expander[0].label == "You: Ana, Table 2"


def test_nobody_has_to_say_a_name():
    room = new_room()
    app = press(joined(room), room, "skip")
    assert SAID.welcome not in said(app)
    assert mine(app, room).me.name is None


def test_name_and_table_can_be_changed_later():
    room = new_room()
    app = room.phone(name="Ana", table="Table 1")
    app.text_input(key=widget(room, "name")).set_value("")
    app.button_group(key=widget(room, "table")).set_value("Table 3")
    app = press(app, room, "introduced")
    assert (mine(app, room).me.name, mine(app, room).me.table) == (None, "Table 3")


def test_a_table_that_is_gone_is_no_choice_any_more():
    room = new_room()
    app = room.phone(table="Table 4")
    room.host(SetTables(tables=("Window", HOSTILE)))
    app = press(ran(app.run()), room, "introduced")
    assert mine(app, room).me.table is None


def test_the_same_address_on_another_phone_is_the_same_person():
    room = new_room()
    person = room.join(name="Ana")
    room.to_phase("silent")
    room.steps("pains", "open")
    room.by(person, WriteCard(activity="pains", text="Too slow"))
    assert "Too slow" in said(room.phone(person))


def test_a_name_that_is_markup_stays_text():
    room = new_room(title=HOSTILE)
    app = room.phone(name=HOSTILE)
    assert "<script" not in said(app)
    assert "&lt;script&gt;" in said(app)
    assert "![x]" not in app.expander[0].label
    assert ":red[" not in app.expander[0].label


def test_the_phase_is_named_with_the_hour_at_which_it_ends():
    room = new_room()
    room.to_phase("silent")
    app = room.phone()
    assert SAID.phase.format(title="Pains in silence") in said(app)
    assert "5 min, until about " in said(app)
    room.host(Extend(minutes=3))
    assert "8 min, until about " in said(ran(app.run()))


def test_when_the_time_is_up_the_phone_says_so(monkeypatch):
    room = new_room()
    room.to_phase("silent")
    app, now = room.phone(), Database.now
    monkeypatch.setattr(Database, "now", lambda self: now(self) + timedelta(minutes=9))
    assert SAID.over.format(minutes=5) in said(ran(app.run()))


def test_what_is_open_comes_first_then_what_is_shown():
    room = new_room()
    room.to_phase("join")
    room.steps("surprise", "open", "close", "reveal")
    room.steps("confidence_before", "open")
    drawn = said(room.phone())
    assert drawn.index("How sure are we now?") < drawn.index("Warm-up")
    assert SAID.waiting not in drawn


def test_what_opens_later_comes_below_what_somebody_is_at():
    room = new_room()
    room.to_phase("silent")
    room.steps("pains", "open")
    app = room.phone()
    room.steps("surprise", "open")
    drawn = said(ran(app.run()))
    assert drawn.index("What hurts on the journey") < drawn.index("Warm-up")
    assert SAID.several.format(count=2) in drawn


def test_what_is_closed_waits_for_the_reveal_and_keeps_ones_own_cards_in_sight():
    room = new_room()
    person = room.join()
    room.to_phase("silent")
    room.steps("pains", "open")
    room.by(person, WriteCard(activity="pains", text="Too slow"))
    room.steps("pains", "close")
    drawn = said(room.phone(person))
    assert SAID.closed_note in drawn
    assert "Too slow" in drawn
    room.steps("pains", "reveal")
    drawn = said(room.phone(person))
    assert SAID.closed_note not in drawn
    assert "Too slow" in drawn


def test_a_guess_is_kept_when_it_is_chosen_and_held_against_what_came_first():
    room = new_room()
    people = [room.join() for _ in range(3)]
    key = room.add("dots", title="Pick", question="Pick", guess="Which will it be?", options=OPTIONS)
    app = room.phone(people[0])
    app.selectbox(key=widget(room, f"{key}.guess")).set_value("b")
    assert "your guess is “Bread”" in said(ran(app.run())).replace("&ldquo;", "“")
    assert mine(app, room).activity(key).mine.answers == {GUESS: "b"}
    room.by(people[1], Give(activity=key, values={GUESS: "a"}))
    for person in people:
        room.by(person, PutDot(activity=key, target="b"))
    room.steps(key, "close", "reveal")
    assert SAID.guessed_right.format(guess="Bread") in said(ran(app.run()))
    assert SAID.guessed.format(guess="Apples") in said(room.phone(people[1]))


OPTIONS = [{"key": "a", "name": "Apples"}, {"key": "b", "name": "Bread"}]


def test_after_the_end_nothing_can_be_given_until_it_is_opened_again():
    room = new_room()
    room.to_phase("silent")
    room.steps("pains", "open")
    app = room.phone()
    room.host(End())
    app = ran(app.run())
    assert SAID.ended in said(app)
    assert not app.text_area
    room.host(Resume())
    assert ran(app.run()).text_area
