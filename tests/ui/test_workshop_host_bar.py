"""How a room stands, in words: time left and over, how late the whole is, what to leave out, where phases begin."""

from datetime import UTC, datetime, timedelta

import pytest

from aipm.brief.database import Database
from aipm.ui.workshop_host_activity import presses
from aipm.ui.workshop_host_bar import number_of, standing
from aipm.ui.workshop_host_now import elsewhere
from aipm.ui.workshop_host_sheet import beginnings, place_of
from aipm.workshop import rooms
from aipm.workshop.commands import (
    AddActivity,
    Begin,
    Deal,
    DropPhase,
    End,
    Extend,
    Give,
    NextPhase,
    NextRound,
    SetTables,
    Step,
)
from tests.workshop.conftest import Room, Time

POLL = {"title": "Lunch", "question": "What?", "options": [{"key": "a", "name": "Soup"}, {"key": "b", "name": "Rice"}]}


@pytest.fixture
def time():
    return Time(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


@pytest.fixture
def new_room(time):
    database = Database("sqlite://", clock=time)
    yield lambda template="ninety": Room(database, rooms.create(database, template))
    database.close()


@pytest.fixture
def room(new_room):
    return new_room()


def said(room, time):
    return standing(room.seen(), time.now, UTC)


def names(room, activity):
    """What can be pressed: the obvious next step, then the others."""
    seen = room.seen()
    ahead, others = presses(seen.activity(activity), tables=len(seen.tables), ended=seen.ended is not None)
    return ahead and ahead.text, [each.text for each in others]


def test_before_the_beginning_the_plan_is_told(room, time):
    found = said(room, time)
    assert found.where == "Not begun yet"
    assert "13 phases, 90 min" in found.title
    assert not found.time
    assert number_of(room.seen()) == 0


def test_time_left_is_rounded_up_and_the_end_is_a_time_of_day(room, time):
    room.host(Begin())
    found = said(room, time)
    assert (found.where, found.title) == ("Phase 1 of 13", "Join")
    assert (found.time, found.until, found.whole) == ("5 min left", "until 09:05", "In time. Ends at 10:30")
    time.pass_by(minutes=1, seconds=30)
    assert said(room, time).time == "4 min left"
    time.pass_by(minutes=3)
    assert said(room, time).time == "Less than a minute left"


def test_over_time_is_said_in_words_and_what_to_leave_out_makes_up_for_it(room, time):
    room.host(Begin())
    time.pass_by(minutes=5)
    assert (said(room, time).time, said(room, time).over, said(room, time).late) == ("Time is up", True, False)
    time.pass_by(minutes=8)
    found = said(room, time)
    assert (found.time, found.until) == ("8 min over", "planned until 09:05")
    assert (found.whole, found.late) == ("8 min late. Ends at 10:38", True)
    assert [each.key for each in found.drop] == ["match", "check"]  # 7 minutes do not make up for 8
    for each in found.drop:
        room.host(DropPhase(phase=each.key))
    after = said(room, time)
    assert (after.whole, after.drop) == ("9 min early. Ends at 10:21", ())


def test_more_time_for_a_phase_makes_the_whole_late(room, time):
    room.host(Begin())
    room.host(Extend(minutes=5))
    assert (said(room, time).time, said(room, time).whole) == ("10 min left", "5 min late. Ends at 10:35")


def test_after_the_end_no_time_runs(room, time):
    room.host(Begin())
    time.pass_by(minutes=20)
    room.host(End())
    time.pass_by(hours=1)
    found = said(room, time)
    assert (found.where, found.time, found.drop) == ("Ended at 09:20", "", ())


def test_the_run_sheet_knows_what_has_been_and_when_the_rest_begins(room, time):
    room.host(Begin())
    room.host(NextPhase())
    room.host(DropPhase(phase="match"))
    seen = room.seen()
    places = [place_of(seen, each, number) for number, each in enumerate(seen.sheet, start=1)]
    assert places[:4] == ["past", "here", "dropped", "coming"]
    starts = beginnings(seen, time.now)
    assert "match" not in starts
    assert starts["silent"] == time.now + timedelta(minutes=10)
    assert starts["merge"] - starts["silent"] == timedelta(minutes=5)


def test_one_next_step_in_each_state_and_a_way_back_from_it(room):
    expected = [
        ("Open", []),
        ("Close", ["Back to not begun"]),
        ("Reveal to all", ["Open again"]),
        ("Lock the result", ["Open again", "Hide the result again"]),
        (None, ["Unlock"]),
    ]
    found = []
    for step in ("open", "close", "reveal", "lock", None):
        found.append(names(room, "surprise"))
        if step is not None:
            room.steps("surprise", step)
    assert found == expected


def test_scores_go_on_to_their_second_round_once_the_first_is_shown(room):
    room.steps("scores", "open", "close")
    assert names(room, "scores") == ("Reveal to all", ["Open the second round", "Open again"])
    room.steps("scores", "reveal")
    assert names(room, "scores")[0] == "Open the second round"
    room.host(NextRound(activity="scores"))
    room.steps("scores", "close")
    assert names(room, "scores") == ("Reveal to all", ["Open again"])


def test_checks_are_dealt_where_there_are_tables(room):
    assert names(room, "checks") == ("Open", ["Deal to the tables"])
    room.host(Deal(activity="checks"))
    assert names(room, "checks") == ("Open", ["Deal to the tables again"])
    room.host(SetTables(tables=()))
    assert names(room, "checks") == ("Open", [])


def test_after_the_end_results_can_be_shown_but_nothing_is_asked(room):
    room.steps("surprise", "open", "close")
    room.host(End())
    assert names(room, "surprise") == ("Reveal to all", [])
    assert names(room, "confidence_before") == (None, [])


@pytest.mark.parametrize(
    ("template", "activity"),
    [("confidence_only", "confidence_before"), ("decide_only", "scores"), ("checks_only", "checks")],
)
@pytest.mark.parametrize("done", range(5))
def test_every_press_that_is_offered_is_carried_out(new_room, template, activity, done):
    def room():
        made = new_room(template)
        made.steps(activity, *("open", "close", "reveal", "lock")[:done])
        return made

    seen = room().seen()
    ahead, others = presses(seen.activity(activity), tables=len(seen.tables), ended=False)
    for each in filter(None, (ahead, *others)):
        room().host(each.command)


def test_what_was_added_and_what_is_still_open_elsewhere_stay_in_sight(room):
    made = room.host(AddActivity(kind="poll", spec=POLL)).made
    room.host(Begin())
    room.steps("surprise", "open")
    room.host(NextPhase())
    own, later = elsewhere(room.seen(), ("predict_sampling",))
    assert [each.key for each in own] == [made]
    assert [each.key for each in later] == ["surprise"]
    room.steps(made, "open", "close", "reveal", "lock")
    room.steps("surprise", "close")
    assert elsewhere(room.seen(), ("predict_sampling",)) == ([], [])


def test_answers_that_come_in_do_not_take_a_press_back(room):
    """The key of a press is of the steps, which an answer leaves as they are: pressed twice, it is done once."""
    room.host(Begin())
    room.steps("surprise", "open")
    before = room.seen().steps
    (person,) = room.join()
    room.by(person, Give(activity="surprise", values={"choice": "never"}))
    assert room.seen().steps == before
    first = room.host(Step(activity="surprise", to="close"), key=f"{before}.surprise.close")
    again = room.host(Step(activity="surprise", to="close"), key=f"{before}.surprise.close")
    assert (first.again, again.again) == (False, True)
