"""Checks dealt to tables, with an owner, a day and something to show."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.checks import checks_result, deal
from aipm.workshop.entries import Answer
from aipm.workshop.specs import Check, Checks

CHECKS = tuple(
    Check(key=f"{kind}{number}", kind=kind, question="Is it?")
    for kind in ("data", "bias", "ethics", "roles")
    for number in (1, 2)
)


def test_a_table_a_kind_where_there_are_four():
    dealt = dict(deal(CHECKS, ["T1", "T2", "T3", "T4"]))
    assert dealt == {
        "data1": "T1",
        "data2": "T1",
        "bias1": "T2",
        "bias2": "T2",
        "ethics1": "T3",
        "ethics2": "T3",
        "roles1": "T4",
        "roles2": "T4",
    }


def test_no_table_gets_nothing_to_do_as_long_as_there_are_checks():
    assert {table for _, table in deal(CHECKS, ["A", "B", "C", "D", "E", "F"])} == set("ABCDEF")
    assert deal(CHECKS, []) == ()


@given(st.integers(1, 12))
def test_each_check_goes_to_one_table(number):
    dealt = deal(CHECKS, [f"T{place}" for place in range(number)])
    assert [key for key, _ in dealt] == [each.key for each in CHECKS]


def test_the_last_word_stands_and_what_lacks_an_owner_or_evidence_is_named():
    spec = Checks(title="C", question="?", checks=CHECKS, dealt=(("data1", "T1"),))
    found = checks_result(
        spec,
        [
            Answer(person=2, item="data1", value={"status": "gap", "owner": "Ada", "due": "2027-01-31"}, at=9),
            Answer(person=1, item="data1", value={"status": "fine"}, at=5),
            Answer(person=1, item="bias1", value={"status": "fine"}, at=6),
            Answer(person=3, item="roles1", value={"status": "stop", "owner": "Ada"}, at=7),
        ],
    )
    first = found.found[0]
    assert (first.table, first.status, first.owner, first.due) == ("T1", "gap", "Ada", date(2027, 1, 31))
    assert (found.unowned, found.claimed) == (("roles1",), ("bias1",))
    assert found.statuses == {"todo": 5, "fine": 1, "gap": 1, "stop": 1}
    assert found.answered == 3
