"""The register's form: rows, seeding, names of people, and its way through the one file."""

from dataclasses import replace
from datetime import date

import pytest

from aipm.governance.evidence import Evidence
from aipm.governance.fields import next_id, same_person
from aipm.governance.forms import from_json, to_json
from aipm.governance.question_bank import bank
from aipm.governance.register import (
    Item,
    Register,
    add_risk,
    answered,
    find,
    seeded,
    started,
    with_item,
)

FULL = Register(
    tags=("people", "credit"),
    items=(
        Item(
            id="r1",
            question="bia_audit",
            answer="no",
            who="Applicants",
            harm="=1+1",
            severity=4,
            likelihood=2,
            reversible="hardly",
            mitigations=("threshold", "gone_by_now"),
            mitigation="Do it",
            done=True,
            residual_severity=2,
            residual_likelihood=1,
            owner="Ines Moreau",
            due=date(2026, 12, 1),
            reviewer="Jonas Weber",
            evidence=Evidence(kind="link", added=date(2026, 11, 1), link="a place"),
            accepted_by="A",
            accepted_why="B",
            accepted_until=date(2027, 1, 1),
        ),
        Item(id="r7", text="<b>Own</b>", heading="society", severe=True, answer="unsure", removed="doubled"),
    ),
)


def round_trip(register):
    return from_json(to_json({"register": register}, saved="now"))


def test_it_comes_back_from_the_file_as_it_was():
    opened = round_trip(FULL)
    assert opened.forms["register"] == FULL
    assert opened.unread == {}


def test_a_row_that_cannot_be_read_is_kept_and_named_and_the_others_come():
    raw = to_json({"register": FULL}, saved="now").replace(b'"r7"', b'"x y"')
    opened = from_json(raw)
    assert [each.id for each in opened.forms["register"].items] == ["r1"]
    assert list(opened.unread) == ["register.items[1]"]


def test_seeding_adds_what_is_not_there_and_leaves_the_rest():
    register = seeded(FULL, ("bia_audit", "rel_drift", "rel_cost"))
    assert register.items[:2] == FULL.items
    assert [(each.id, each.question) for each in register.items[2:]] == [("r8", "rel_drift"), ("r9", "rel_cost")]
    assert seeded(register, ("rel_cost",)) == register


def test_the_next_id_is_above_all_there_are_also_those_taken_out():
    assert next_id(Register().items) == "r1"
    assert next_id(FULL.items) == "r8"


def test_a_row_is_found_by_question_and_by_id():
    assert find(FULL, "bia_audit") is FULL.items[0]
    assert find(FULL, "r7") is FULL.items[1]
    assert find(FULL, "nothing") is None
    assert started(FULL, "rel_drift") == Item(id="r8", question="rel_drift")


def test_a_row_takes_the_place_of_the_one_with_its_id():
    changed = replace(FULL.items[0], owner="Wei Chen")
    assert with_item(FULL, changed).items == (changed, FULL.items[1])
    doubled = Register(items=(FULL.items[0], FULL.items[0]))
    assert with_item(doubled, changed).items == (changed, FULL.items[0])


def test_a_no_brings_its_risk_along_where_nothing_was_typed():
    question = bank().questions["bia_audit"]
    item = answered(Item(id="r1", question="bia_audit", who="Mine"), "no", bank=bank())
    assert item.who == "Mine"
    assert (item.harm, item.severity, item.likelihood) == (question.harm, question.severity, question.likelihood)
    assert answered(Item(id="r1", question="bia_audit"), "yes", bank=bank()).harm is None
    assert answered(Item(id="r1", text="Own"), "no", bank=bank()).harm is None


def test_a_risk_found_elsewhere_becomes_a_row():
    register = add_risk(FULL, who="Clerks", harm="They are blamed.")
    assert register.items[-1] == Item(
        id="r8", text="They are blamed.", who="Clerks", harm="They are blamed.", answer="no"
    )


@pytest.mark.parametrize(
    "other", ["ines moreau", "  Ines   MOREAU ", "Ines\u00a0Moreau", "INES\tmoreau", "Ｉnes Moreau"]
)
def test_however_a_name_is_written_it_is_the_same_person(other):
    assert same_person("Ines Moreau", other)


@pytest.mark.parametrize("other", [None, "", "Ines", "Inès Moreau", "Jonas Weber"])
def test_another_name_or_none_is_not(other):
    assert not same_person("Ines Moreau", other)
    assert not same_person(None, None)
