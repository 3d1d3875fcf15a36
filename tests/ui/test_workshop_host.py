"""The facilitator's console without a browser: whoever holds its link leads the room by pressing what is offered."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.registry import FILES
from aipm.ui.room_state import Seat, database
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop import rooms
from aipm.workshop.commands import (
    AddActivity,
    AddPerson,
    Begin,
    End,
    Extend,
    Give,
    Introduce,
    NextPhase,
    SetTables,
    WriteCard,
)
from tests.workshop.conftest import Room

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>alert(1)</script> **bold** [link](https://example.org)"


@pytest.fixture
def room():
    return Room(database(), rooms.create(database(), "ninety"))


def opened(room, *, host=None, **address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["workshop"])
    app.query_params.update({"room": room.code, "host": host or room.made.facilitator, **address})
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def plain(app):
    return re.sub(r"<[^>]+>", "", shown(app))


def buttons(app):
    return [button.label for button in app.main.get("button")]


def press(app, name):
    return done(next(button for button in app.main.get("button") if button.label == name).click().run())


def field(app, name):
    """The field of the console under this key."""
    return next(
        each
        for kind in ("text_input", "text_area", "selectbox")
        for each in app.main.get(kind)
        if each.key.endswith(name)
    )


def test_a_room_is_led_by_pressing_what_is_offered(room):
    room.join(3)
    app = opened(room)
    assert "3 people in the room" in plain(app)
    press(app, "Begin")
    assert "Phase 1 of 13" in plain(app)
    assert room.seen().sheet[0].words in plain(app)
    press(app, "Open")
    room.by(room.people[0], Give(activity="surprise", values={"choice": "never"}))
    app.run()
    assert "1 of 3 have answered" in plain(app)
    press(app, "Close")
    assert "Only you see what follows" in plain(app)
    press(app, "Reveal to all")
    assert room.seen().activity("surprise").state == "revealed"
    press(app, "Hide the result again")
    assert room.seen().activity("surprise").state == "closed"
    press(app, "Next")
    assert room.seen().progress.phase == "show"
    press(app, "Back")
    assert room.seen().progress.phase == "join"


def test_before_the_beginning_the_links_are_a_press_away_and_after_the_end_the_files(room):
    app = opened(room)
    press(app, "Show the code and the links")
    assert app.query_params["turn"] in ("links", ["links"])
    room.host(End())
    app = opened(room)
    press(app, "Take the files along")
    assert host_texts().after.title in plain(app)


def test_time_is_given_and_a_phase_left_out_with_one_press(room):
    room.host(Begin())
    app = opened(room)
    press(app, "+5 min")
    press(app, "+5 min")
    assert room.seen().progress.extra == {"join": 10}
    assert "10 min late" in plain(app)
    assert "To be in time again:" in plain(app)
    press(app, "Leave out “Seven capabilities” (7 min)")
    assert room.seen().progress.dropped == ("match",)


def test_the_run_sheet_takes_a_phase_back_in(room):
    room.host(Begin())
    app = opened(room, turn="sheet")
    press(app, "Leave out “Pick one”")
    assert "Leave out “Pick one”" not in buttons(app)
    press(app, "Take back in “Pick one”")
    assert room.seen().progress.dropped == ()


def test_somebody_without_a_device_is_added_and_entered_for(room):
    room.host(Begin())
    room.steps("confidence_before", "open")
    app = opened(room, turn="people")
    field(app, "host.add.name").set_value("Ada")
    field(app, "host.add.table").set_value("Table 2")
    press(app, "Add this person")
    (ada,) = room.seen().proxies
    assert (ada.name, ada.table) == ("Ada", "Table 2")
    assert "You enter for Ada, Table 2" in plain(app)
    assert room.seen().activity("confidence_before").spec.question in plain(app)


def test_tables_are_named_one_a_line(room):
    app = opened(room, turn="people")
    field(app, "host.tables").set_value("North\n\n South ")
    press(app, "Keep these tables")
    assert room.seen().tables == ("North", "South")


def test_an_activity_is_added_shown_and_changed(room):
    app = opened(room, turn="activities")
    field(app, f"{room.code}.kind").set_value("poll").run()
    for name, value in {"title": "Lunch", "question": "What?", "options": "Soup\nRice"}.items():
        next(each for each in [*app.text_input, *app.text_area] if each.key.endswith(f"poll.{name}")).set_value(value)
    press(app, "Add it")
    added = room.seen().activities[-1]
    assert [each.name for each in added.spec.options] == ["Soup", "Rice"]
    assert "<h3>Lunch" in shown(app)
    field(app, f"{added.key}.options").set_value("Soup\nRice\nStew")
    press(app, "Keep the change")
    assert [each.name for each in room.seen().activity(added.key).spec.options] == ["Soup", "Rice", "Stew"]


def test_what_cannot_be_added_is_said_and_what_was_typed_stays(room):
    app = opened(room, turn="activities")
    field(app, f"{room.code}.kind").set_value("poll").run()
    title = next(each for each in app.text_input if each.key.endswith("poll.title")).set_value("Lunch")
    press(app, "Add it")
    assert host_texts().activities.missing["title"].message in plain(app)
    assert next(each for each in app.text_input if each.key == title.key).value == "Lunch"


def test_the_end_can_come_early_and_be_taken_back(room):
    room.host(Begin())
    room.steps("surprise", "open")
    app = opened(room, turn="after")
    assert host_texts().after.sure_one in plain(app)
    press(app, "Yes, end it now")
    assert room.seen().ended is not None
    assert "Nobody can give anything any more" in plain(app)
    press(app, "Open it again")
    assert room.seen().ended is None
    assert room.seen().activity("surprise").state == "open"


@pytest.mark.parametrize("turn", host_texts().turns)
def test_every_turn_is_drawn_in_every_state_of_a_room(room, turn):
    people = room.join(4, table="Table 1")
    opened(room, turn=turn)
    room.host(Begin())
    for _ in range(3):
        room.host(NextPhase())
    room.steps("pains", "open")
    for each in people:
        room.by(each, WriteCard(activity="pains", text="Slow"))
    room.steps("pains", "close", "reveal")
    app = opened(room, turn=turn)
    assert "Phase 4 of 13" in plain(app)


def test_typed_text_is_drawn_as_text(room):
    options = [{"key": "a", "name": HOSTILE}, {"key": "b", "name": "B"}]
    room.host(AddActivity(kind="poll", spec={"title": HOSTILE, "question": HOSTILE, "options": options}))
    number = int(room.host(AddPerson(name=HOSTILE[:60])).made)
    room.host(Begin())
    room.steps("own_1", "open")
    for turn in host_texts().turns:
        app = opened(room, turn=turn)
        assert "<script" not in shown(app)
        assert not any(HOSTILE[:20] in each.value for each in app.main.get("markdown"))
        assert not any(HOSTILE[:20] in label for label in buttons(app))
    app = opened(room, turn="people")
    field(app, f"{room.code}.enter").set_value(number).run()
    assert "<script" not in shown(done(app))


def test_a_participant_s_link_does_not_lead(room):
    (person,) = room.join()
    room.by(person, Introduce(name="Ada"))
    room.host(Begin())
    for token in (person.token, room.made.presenter):
        app = opened(room, host=token)
        assert "does not lead the room" in plain(app)
        assert room.seen().sheet[0].words not in plain(app)
        assert "Next" not in buttons(app)


def test_a_wrong_link_and_a_room_that_is_gone_say_what_to_do(room):
    assert "does not belong to this room" in plain(opened(room, host="nobody"))
    rooms.delete(database(), room.code, room.made.facilitator)
    app = opened(room)
    assert "not there any more" in plain(app)
    press(app, host_texts().not_leading.start)
    assert "room" not in app.query_params


def test_a_press_on_what_somebody_else_has_done_already_goes_on_once(room):
    room.host(Begin())
    app = opened(room)
    other = Seat(code=room.code, token=room.made.facilitator)
    other.send(NextPhase(), client_key=f"{room.seen().steps}.next")
    press(app, "Next")
    assert room.seen().progress.phase == "show"


def test_a_refusal_is_said_and_goes_with_the_next_press(room):
    room.host(Begin())
    room.host(Extend(minutes=240))
    app = opened(room)
    press(app, "+5 min")
    assert "240" in plain(app)
    press(app, "−5 min")
    assert room.seen().progress.extra == {"join": 235}
    assert 'role="alert"' not in shown(app)


def test_what_the_browser_sends_before_it_heard_of_the_dealing_takes_no_check_back():
    room = Room(database(), rooms.create(database(), "checks_only"))
    room.host(Begin())
    app = opened(room)
    before = app._tree.get_widget_states()
    press(app, host_texts().activity.deal)
    dealt = room.seen().activity("checks").spec.dealt
    assert dealt
    done(app._run(before))  # asked for by the clock that follows the room
    assert room.seen().activity("checks").spec.dealt == dealt


def test_a_check_is_given_to_a_table_by_hand():
    room = Room(database(), rooms.create(database(), "checks_only"))
    room.host(Begin())
    first, second = [each.key for each in room.seen().activity("checks").spec.checks[:2]]
    app = opened(room)
    choose(app, f"checks.table.{first}", "Table 2")
    choose(app, f"checks.table.{second}", "Table 1")
    assert dict(room.seen().activity("checks").spec.dealt) == {first: "Table 2", second: "Table 1"}
    assert field(app, f"checks.table.{first}").value == "Table 2"
    assert "No table of its own" in field(app, f"checks.table.{first}").options[0]
    choose(app, f"checks.table.{first}", "")
    assert dict(room.seen().activity("checks").spec.dealt) == {second: "Table 1"}
    room.host(SetTables(tables=("Table 2",)))
    app = done(app.run())
    assert field(app, f"checks.table.{second}").options[-1] == "Table 1"  # gone, and shown until another is chosen
    room.steps("checks", "open", "close", "reveal", "lock")
    done(app.run())
    with pytest.raises(StopIteration):
        field(app, f"checks.table.{first}")


def choose(app, name, value):
    return done(field(app, name).set_value(value).run())
