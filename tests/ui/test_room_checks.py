"""Checks on a phone: those of one's own table, one after the other; others' to be read only."""

from datetime import date

from aipm.ui.room_texts import participant_texts
from aipm.workshop.commands import Deal, Step
from aipm.workshop.texts import room_texts
from tests.ui.room_phone import mine, new_room, ran, said, widget

SAID = participant_texts().checks
DATA = [
    "Do the data resemble the people and situations it will meet, group by group?",
    "May the data be used for this?",
]


def dealt():
    room = new_room()
    room.host(Deal(activity="checks"))
    room.host(Step(activity="checks", to="open"))
    return room


def press(app, room, name):
    return ran(app.button(key=widget(room, f"checks.{name}")).click().run())


def answers(app, room):
    return mine(app, room).activity("checks").mine.answers


def test_a_table_sees_its_own_checks_and_reads_those_of_others():
    room = dealt()
    drawn = said(room.phone(table="Table 1"))
    own, theirs = drawn.split(SAID.theirs)
    assert all(question in own for question in DATA)
    assert all(question not in theirs for question in DATA)
    assert "Table 4: Who decides to stop, and by which number?" in theirs


def test_an_answer_has_a_state_an_owner_a_day_and_what_shows_it():
    room = dealt()
    app = room.phone(table="Table 1")
    app.radio(key=widget(room, "checks.data_ready.status")).set_value("gap")
    app.text_input(key=widget(room, "checks.data_ready.owner")).set_value("Bo")
    app.date_input(key=widget(room, "checks.data_ready.due")).set_value(date(2026, 12, 4))
    app.text_area(key=widget(room, "checks.data_ready.evidence")).set_value("Table of counts")
    app = press(app, room, "data_ready.keep")
    given = {"status": "gap", "owner": "Bo", "due": "2026-12-04", "evidence": "Table of counts"}
    assert answers(app, room) == {"data_ready": given}
    drawn = said(app)
    assert SAID.kept.format(done=1, all=2) in drawn
    assert f"{room_texts().statuses['gap']} · Owner: Bo · until 04 Dec 2026" in drawn
    assert "Table of counts" in drawn


def test_after_one_check_the_next_one_opens():
    room = dealt()
    app = room.phone(table="Table 1")
    app.radio(key=widget(room, "checks.data_ready.status")).set_value("fine")
    app = press(app, room, "data_ready.keep")
    assert [each.key for each in app.radio] == [widget(room, "checks.data_allowed.status")]


def test_an_answer_can_be_changed_and_taken_back():
    room = dealt()
    app = room.phone(table="Table 1")
    app.radio(key=widget(room, "checks.data_ready.status")).set_value("fine")
    app = press(press(app, room, "data_ready.keep"), room, "choose.data_ready")
    status = app.radio(key=widget(room, "checks.data_ready.status"))
    assert status.value == "fine"
    status.set_value("stop")
    app = press(app, room, "data_ready.keep")
    assert answers(app, room)["data_ready"]["status"] == "stop"
    app = press(press(app, room, "choose.data_ready"), room, "data_ready.back")
    assert answers(app, room) == {}


def test_without_a_finding_it_counts_as_not_looked_at():
    room = dealt()
    app = press(room.phone(table="Table 1"), room, "data_ready.keep")
    assert answers(app, room)["data_ready"] == {"status": "todo"}


def test_who_sits_at_no_table_says_where_first_and_keeps_the_name():
    room = dealt()
    app = room.phone(name="Ana")
    assert DATA[0] not in said(app)
    app.button_group(key=widget(room, "checks.table")).set_value("Table 1")
    app = ran(app.run())
    assert DATA[0] in said(app)
    assert (mine(app, room).me.name, mine(app, room).me.table) == ("Ana", "Table 1")


def test_checks_that_were_not_dealt_are_for_everybody():
    room = new_room()
    room.steps("checks", "open")
    drawn = said(room.phone())
    assert SAID.for_all in drawn
    assert all(question in drawn for question in DATA)
    assert SAID.theirs not in drawn


def test_what_people_wrote_stays_text():
    room = dealt()
    app = room.phone(table="Table 1")
    app.text_input(key=widget(room, "checks.data_ready.owner")).set_value("<b>Bo</b>")
    app.text_area(key=widget(room, "checks.data_ready.note")).set_value("<img src=x>\nnext")
    app = press(app, room, "data_ready.keep")
    assert "<img" not in said(app)
    assert "&lt;b&gt;Bo&lt;/b&gt;" in said(app)
    assert "<br>next" in said(app)
