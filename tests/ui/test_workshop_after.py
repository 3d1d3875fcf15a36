"""What a workshop leaves behind: files of everything, results into the brief, findings into the tools."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pptx
import pytest
import streamlit as st
from msgspec import convert

from aipm.brief.brief import Brief
from aipm.governance.register import Register
from aipm.mapping.journey import Journey, Pain
from aipm.selection.needs import Needs
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import weigh
from aipm.ui import page, workshop_after_files
from aipm.ui.room_state import database
from aipm.workshop import merging
from aipm.workshop.hand_over import hand_overs, weighed
from aipm.workshop.record import record
from tests.ui.workshop_made import CRITERIA, HOSTILE, drawn, room, text_of, whole

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def links(monkeypatch):
    """Links to other pages, which there are only in the whole app."""
    found = []
    monkeypatch.setattr(page, "link", lambda key, text, **known: found.append((key, known)) or st.caption(text))
    return found


@pytest.fixture(scope="module")
def made():
    return whole(12)


def pressed(shown, made, name):
    shown.button(key=f"room.{made.code}.0.after.{name}").click().run()
    assert not shown.exception
    return shown


def labels(shown):
    return [each.label for each in shown.button]


def kept(shown, name):
    return shown.session_state[name]


# Files


@pytest.fixture(scope="module")
def files(made):
    found = record(database(), made.code, made.host)
    return {kind: workshop_after_files.made(kind, found) for kind in workshop_after_files.KINDS}


def test_every_file_opens_again(files):
    slides = pptx.Presentation(io.BytesIO(files["pptx"]))
    on_slides = "\n".join(
        shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "Claims & <b>care</b>" in on_slides
    paper = docx.Document(io.BytesIO(files["docx"]))
    assert any(HOSTILE in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in files["html"].decode()
    assert "<b>Bold" not in files["html"].decode()
    assert files["markdown"].decode().startswith("# Claims")
    assert json.loads(files["json"])["kind"] == "aipm-room"
    with zipfile.ZipFile(io.BytesIO(files["csv"])) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("cards.csv").decode("utf-8-sig"))))
        assert len(archive.namelist()) == 5
    assert [row[4] for row in rows[1:4]][2] == HOSTILE


def test_no_file_holds_a_name_or_a_token(made, files):
    archive = zipfile.ZipFile(io.BytesIO(files["csv"]))
    texts = [files[kind].decode() for kind in ("html", "markdown", "json")]
    for text in (*texts, *(archive.read(name).decode() for name in archive.namelist())):
        assert "Secret" not in text
        assert not any(token in text for token in (made.host, made.created.presenter, *made.people))


def test_an_early_end_can_be_exported_too():
    early = whole(5, ended=True)
    shown = drawn(early, "after").run()
    assert not shown.exception
    assert len(shown.get("download_button")) == 6
    found = record(database(), early.code, early.host)
    assert "It has ended" in workshop_after_files.made("markdown", found).decode()


def test_an_empty_room_has_files_and_nothing_to_hand_on():
    shown = drawn(room(), "after").run()
    assert not shown.exception
    assert len(shown.get("download_button")) == 6
    assert labels(shown) == []
    assert "Nobody has given anything yet" in text_of(shown)


def test_only_the_facilitator_gets_anything(made):
    shown = drawn(replace(made, created=replace(made.created, facilitator=made.people[0])), "after").run()
    assert not shown.exception
    assert "not yours to do" in text_of(shown)
    assert not shown.get("download_button")


# Into the brief


def test_one_result_goes_into_the_brief(made):
    shown = pressed(drawn(made, "after").run(), made, "brief.workshop.scores")
    entries = kept(shown, "brief.kept").entries.entries
    assert [each.tool for each in entries] == ["workshop.scores"]
    assert "Add all 8" in labels(shown)
    assert text_of(shown).count(">In the brief<") == 1


def test_each_button_says_what_it_adds(made):
    shown = drawn(made, "after").run()
    adding = [each for each in labels(shown) if each.startswith("Add “")]
    assert len(adding) == len(set(adding)) == 9
    assert "Add “How sure are we now? (before)”" in adding


def test_all_go_in_by_one_press_and_stay(made):
    shown = pressed(drawn(made, "after").run(), made, "brief.all")
    assert len(kept(shown, "brief.kept").entries.entries) == 9
    assert not any(each.startswith("Add") for each in labels(shown))
    assert "All results are in the brief" in text_of(shown)


def test_an_answer_that_changed_is_older_in_the_brief():
    made = whole(12)
    shown = pressed(drawn(made, "after").run(), made, "brief.all")
    made.steps("confidence_before", "reopen")
    made.give(0, "confidence_before", {"choice": 5})
    shown.run()
    assert "The brief has another answer" in text_of(shown)
    pressed(shown, made, "brief.workshop.confidence")
    held: Brief = kept(shown, "brief.kept").entries
    assert len(held.history) == 1
    assert "2.75 on average" in held.of("workshop.confidence").summary


# Into the tools


def test_weights_go_into_the_scorer_and_back(made):
    shown = drawn(made, "after").run()
    assert "The weights of 12 people, without names" in text_of(shown)
    pressed(shown, made, "tool.model_scorer")
    weighing = kept(shown, "model_scorer.held.weighing")
    assert (weighing.way, len(weighing.people)) == ("group", 12)
    assert sorted(kept(shown, "model_scorer.held.order")) == sorted(
        {"quality", "cost", "latency", "residency", "people", "ethics"}
    )
    assert "Weights of the workshop" in kept(shown, "model_scorer.held.taken").told
    pressed(shown, made, "undo.model_scorer")
    assert kept(shown, "model_scorer.held.weighing").way == "order"
    assert "Take over the weights" in labels(shown)


def test_the_scorer_weighs_by_the_rooms_means(made):
    found = record(database(), made.code, made.host)
    given = weighed(found.activity("weights"), hand_overs(found, today=TODAY)["model_scorer"])
    weights = weigh(given.weighing, Needs(order=given.order), []).weights
    assert weights == pytest.approx(dict.fromkeys(CRITERIA, 0.1) | {"quality": 0.3, "cost": 0.3})
    assert weights.keys() == of_order(Needs(order=given.order)).keys()


def test_two_people_give_only_their_mean():
    made = room("decide_only", 2)
    made.steps("weights", "open")
    for place in range(2):
        made.give(place, "weights", {"weights": dict.fromkeys(CRITERIA, 0) | {"cost": 60, "ethics": 40}})
    shown = pressed(drawn(made, "after").run(), made, "tool.model_scorer")
    weighing = kept(shown, "model_scorer.held.weighing")
    assert (weighing.way, weighing.people) == ("sliders", ())
    assert kept(shown, "model_scorer.held.order") == ["cost", "ethics"]


def test_pains_become_the_journey(made):
    shown = pressed(drawn(made, "after").run(), made, "tool.use_case_mapper")
    journey = kept(shown, "use_case_mapper.held.journeys")["mine"]
    assert len(journey.pains) == 12
    assert journey.pains[2].text == HOSTILE
    assert kept(shown, "use_case_mapper.view") == "journey"
    assert "Take over the pains" not in labels(shown)


def test_a_journey_that_was_there_can_be_had_back(made):
    old = Journey(rows=(Pain(row=1, stage=None, text="Typed by hand"),))
    shown = drawn(made, "after")
    shown.session_state["use_case_mapper.held.journeys"] = {"mine": old}
    assert "The journey of 1 pains that is there now" in text_of(shown.run())
    pressed(shown, made, "tool.use_case_mapper")
    assert len(kept(shown, "use_case_mapper.held.journeys")["mine"].pains) == 12
    pressed(shown, made, "undo.use_case_mapper")
    assert kept(shown, "use_case_mapper.held.journeys")["mine"] == old


def test_checks_and_reasons_go_into_the_forms_and_back(made):
    shown = drawn(made, "after").run()
    assert "4 rows are added and 0 are changed" in text_of(shown)
    pressed(shown, made, "tool.lifecycle")
    pressed(shown, made, "tool.ethics")
    forms = kept(shown, "governance.forms").forms
    assert {each.id: (each.done, each.owner) for each in forms["gates"].items} == {
        "data_allowed": (False, "Ada"),
        "harms_registered": (False, None),
        "rules_known": (True, None),
    }
    assert [each.text or each.question for each in forms["register"].items] == [
        "dat_origin",
        "Who could be harmed by a wrong answer, and how badly?",
        "Nobody owned it",
        "The data were from another country",
    ]
    assert labels(shown).count("Undo") == 1  # only the last step can be taken back from here
    pressed(shown, made, "undo.ethics")
    assert set(kept(shown, "governance.forms").forms) == {"gates"}


def test_a_second_press_adds_nothing_twice(made):
    found = record(database(), made.code, made.host)
    register = hand_overs(found, today=TODAY)["ethics"]
    once = merging.register(convert(register, Register), into=Register())
    twice = merging.register(convert(register, Register), into=once.register)
    assert (once.added, twice.added, twice.changed) == (4, 0, 0)
    assert twice.register == once.register
