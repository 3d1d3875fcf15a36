"""What a room found, put into what is there: nothing twice, and nothing lost."""

from datetime import date

from aipm.governance.gates import Gates
from aipm.governance.gates import Item as Criterion
from aipm.governance.register import Item, Register
from aipm.workshop import hand_over, merging
from aipm.workshop.record import record

TODAY = date(2026, 11, 20)


def test_handed_over_twice_nothing_is_there_twice(ended_room):
    kept = record(ended_room.database, ended_room.code, ended_room.made.facilitator)
    found = hand_over.register(kept.activity("checks"))
    again = merging.register(found, into=found)
    assert (again.register, again.added, again.changed) == (found, 0, 0)
    gates = hand_over.gates(kept.activity("checks"), today=TODAY)
    assert merging.gates(gates, into=gates) == gates


def test_the_same_words_are_one_row():
    rows = Register(items=(Item(id="r1", text="A"), Item(id="r1", text="B"), Item(id="r1", text="A")))
    made = merging.register(rows, into=Register())
    assert [(each.id, each.text) for each in made.register.items] == [("r1", "A"), ("r2", "B")]


def test_what_stood_in_a_gate_stays_where_the_room_said_nothing():
    there = Gates(items=(Criterion(id="rules_known", stage="definition", owner="Eve", done=True, since=TODAY),))
    found = Gates(items=(Criterion(id="rules_known", stage="definition", done=True, since=date(2027, 1, 1)),))
    assert merging.gates(found, into=there) == there
    amiss = Gates(items=(Criterion(id="rules_known", stage="definition", due=date(2027, 2, 1)),))
    (item,) = merging.gates(amiss, into=there).items
    assert (item.done, item.since, item.owner, item.due) == (False, None, "Eve", date(2027, 2, 1))


def test_a_row_of_the_register_is_added_to_and_counts_again():
    there = Register(items=(Item(id="r1", question="dat_origin", note="mine", owner="Eve", removed="old"),))
    found = Register(items=(Item(id="r1", question="dat_origin", answer="no", note="theirs"), Item(id="r2", text="A")))
    made = merging.register(found, into=there)
    first, second = made.register.items
    assert (first.owner, first.note, first.answer, first.removed) == ("Eve", "mine\ntheirs", "no", None)
    assert (second.id, second.text) == ("r2", "A")


def test_a_full_register_says_what_does_not_fit():
    there = Register(items=tuple(Item(id=f"r{place}", text=f"Row {place}") for place in range(1, 500)))
    found = Register(items=tuple(Item(id=f"r{place}", text=f"New {place}") for place in range(1, 4)))
    made = merging.register(found, into=there)
    assert (made.added, made.left, len(made.register.items)) == (1, 2, 500)
