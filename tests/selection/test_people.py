"""A file of several people's weights."""

import pytest

from aipm.selection.people import people_from_table
from aipm.selection.weighing import MOST_PEOPLE, Person
from aipm.tables import Refusal, read

NAMES = {"cost": "Cost", "context": "How much it can read"}


def people(text: str):
    return people_from_table(read(text.encode()), NAMES)


def test_headings_are_found_by_name_or_key_in_any_order_and_case() -> None:
    found, unused = people("Who,CONTEXT,cost,Mood\nAda,20,80,good\nBo,1,3,bad\n")

    assert found[0] == Person(name="Ada", points=(("cost", 80.0), ("context", 20.0)))
    assert dict(found[1].points) == {"cost": 3, "context": 1}
    assert unused == ("Mood",)


def test_people_without_a_name_or_with_the_same_get_one() -> None:
    found, _ = people("person,Cost,How much it can read\nAda,1,1\nAda,2,1\n,1,1\n")

    assert [each.name for each in found] == ["Ada", "Ada (2)", "row 3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person,Cost\nAda,1\nBo,2\n", "no column for “How much it can read”"),
        ("person,Cost,How much it can read\nAda,1,1\nBo,a lot,1\n", "Row 2, column “Cost”"),
        ("person,Cost,How much it can read\nAda,-1,1\nBo,1,1\n", "Row 1, column “Cost”"),
        ("person,Cost,How much it can read\nAda,1,\nBo,1,1\n", "Row 1, column “How much it can read”"),
        ("person,Cost,How much it can read\nAda,1,1\nBo,0,0\n", "Row 2: all weights are 0"),
        ("person,Cost,How much it can read\n" + "Ada,1,1\n" * (MOST_PEOPLE + 1), "50 people at most"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        people(text)
