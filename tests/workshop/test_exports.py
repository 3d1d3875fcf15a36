"""Everything of a room as files, at any time, and what other tools open."""

import csv
import io
import json
from datetime import date

import msgspec
import pytest

from aipm.content.document import markdown
from aipm.governance.gates import Gates
from aipm.governance.register import Register
from aipm.mapping import exports as mapping_exports
from aipm.selection.needs import Needs
from aipm.selection.weighing import Weighing
from aipm.tables import Refusal
from aipm.workshop import exports, hand_over, record_document
from aipm.workshop.commands import Give, Introduce, WriteCard
from aipm.workshop.record import record
from aipm.workshop.templates import templates
from tests.workshop.made_up import CRITERIA, HOSTILE

DAY = date(2026, 11, 20)


@pytest.fixture
def room(ended_room):
    return ended_room


@pytest.fixture
def kept(room):
    return record(room.database, room.code, room.made.facilitator)


def test_an_early_end_loses_nothing(kept):
    assert {each.key: each.answered for each in kept.activities if each.answered} == {
        "surprise": 4,
        "confidence_before": 4,
        "match_game": 1,
        "pains": 4,
        "pain_dots": 4,
        "weights": 4,
        "scores": 4,
        "checks": 1,
        "premortem": 1,
    }
    assert len(kept.activity("pains").cards) == 5
    assert kept.activity("scores").outcome.result.totals == pytest.approx({"no_ai": 4, "buy": 4, "build": 4})
    assert kept.activity("scores").outcome.result.weights["quality"] == pytest.approx(0.3)


def test_only_the_facilitator_can_take_it_along(room):
    for token in (room.people[0].token, room.made.presenter):
        with pytest.raises(Refusal):
            record(room.database, room.code, token)


def test_nobody_is_named_and_rows_of_two_activities_cannot_be_put_together(room, kept):
    whole = exports.to_json(kept)
    assert "Ada Secret" not in whole
    assert not any(each.token in whole for each in room.people)
    orders = {
        tuple(answer.person for answer in sorted(kept.activity(key).answers, key=lambda each: str(each.value)))
        for key in ("surprise", "confidence_before")
    }
    assert all(sorted(order) == [1, 2, 3, 4] for order in orders)


def test_json_is_plain(kept):
    plain = json.loads(exports.to_json(kept))
    assert (plain["kind"], plain["format"], plain["code"]) == ("aipm-room", 1, kept.code)
    assert len(plain["activities"]) == 13
    assert all("text" not in each["about"] for each in plain["log"])


def test_csv_is_only_text(kept):
    files = {name: list(csv.reader(io.StringIO(text))) for name, text in exports.csv_files(kept).items()}
    assert files.keys() == {"answers.csv", "cards.csv", "dots.csv", "checks.csv", "run-sheet.csv"}
    assert all(len({len(row) for row in rows}) == 1 for rows in files.values())
    assert not any(cell[:1] in tuple("=+@") for rows in files.values() for row in rows for cell in row)
    assert [row[4] for row in files["cards.csv"][1:]] == [f"'{HOSTILE[0]}", *HOSTILE[1:], "Nobody owned it"]
    assert files["run-sheet.csv"][1][:5] == ["join", "Join", "5", "0", "31.0"]


@pytest.mark.parametrize("name", templates())
def test_an_empty_room_can_be_exported_too(new_room, name):
    room = new_room(name)
    kept = record(room.database, room.code, room.made.facilitator)
    assert exports.csv_files(kept)["cards.csv"].count("\n") == 1
    assert hand_over.hand_overs(kept, today=DAY) == {}


def test_weights_open_in_the_model_scorer(kept):
    plain = hand_over.hand_overs(kept, today=DAY)["model_scorer"]
    weighing = Weighing.from_dict(plain)
    assert weighing.way == "group"
    assert [dict(person.points)["quality"] for person in weighing.people] == [10, 10, 50, 50]
    assert dict(weighing.sliders)["cost"] == 30
    assert "Ada" not in json.dumps(plain)
    assert set(hand_over.order(kept.activity("weights"))) == set(CRITERIA)
    Needs(order=tuple(hand_over.order(kept.activity("weights"))))


def test_the_weights_of_two_people_are_handed_over_as_their_mean_only(new_room):
    room = new_room("decide_only", people=2)
    room.steps("weights", "open")
    for person in room.people:
        room.by(person, Give(activity="weights", values={"weights": dict.fromkeys(CRITERIA, 10) | {"cost": 50}}))
    plain = hand_over.weighing(record(room.database, room.code, room.made.facilitator).activity("weights"))
    assert (plain["way"], list(plain["people"])) == ("sliders", [])


def test_pains_open_in_the_mapper(kept):
    plain = hand_over.hand_overs(kept, today=DAY)["use_case_mapper"]
    journey = mapping_exports.from_json(json.dumps(plain))
    assert [(row.stage, row.text) for row in journey.rows] == [
        ("Deciding", HOSTILE[2]),
        ("Leaving", HOSTILE[0]),
        (None, HOSTILE[4]),
    ]
    assert journey.rows[0].more == ("rankings", HOSTILE[1])


def test_checks_become_gates_and_rows_of_the_register(kept):
    plain = hand_over.hand_overs(kept, today=DAY)
    gates, register = msgspec.convert(plain["lifecycle"], Gates), msgspec.convert(plain["ethics"], Register)
    assert [(each.id, each.stage, each.done, each.owner, each.due) for each in gates.items] == [
        ("data_ready", "development", False, "Ada", date(2027, 1, 31)),
        ("data_allowed", "definition", True, None, None),
    ]
    assert all(each.evidence is None for each in gates.items)  # a word is a claim until somebody shows something
    assert [(each.id, each.question, each.answer, each.owner, each.text) for each in register.items] == [
        ("r1", "dat_represents", "no", "Ada", None),
        ("r2", None, None, None, "Nobody owned it"),
    ]


def test_names_stand_beside_what_was_asked_for_by_name(new_room):
    from aipm.workshop.commands import AddActivity

    room = new_room(people=1)
    room.by(room.people[0], Introduce(name="Grace"))
    room.host(AddActivity(kind="ideas", spec={"title": "Hopes", "question": "?", "named": True}))
    room.steps("own_1", "open")
    room.by(room.people[0], WriteCard(activity="own_1", text="More time"))
    kept = record(room.database, room.code, room.made.facilitator)
    assert "Grace" in exports.csv_files(kept)["cards.csv"]
    assert "Grace" in markdown(record_document.document(kept))
