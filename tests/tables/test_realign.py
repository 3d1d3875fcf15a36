import pytest

from aipm.tables.cells import Kind
from aipm.tables.realign import realign

KINDS = (Kind.NUMBER, Kind.TEXT, Kind.NUMBER)
WIDE = (Kind.NUMBER, Kind.TEXT, Kind.TEXT, Kind.DATE)


@pytest.mark.parametrize(
    ("kinds", "line", "row"),
    [
        (KINDS, "1,Smith, John,5", ["1", "Smith, John", "5"]),
        (KINDS, "1,a,b,c,5", ["1", "a,b,c", "5"]),
        (KINDS, "1,,Ann,5", ["1", "Ann", "5"]),
        (KINDS, ",1,Ann,5", ["1", "Ann", "5"]),
        (WIDE, "1,Smith, John,Rome,2024-01-01", ["1", "Smith, John", "Rome", "2024-01-01"]),
        (WIDE, "1,Ann,Rome, Lazio,2024-01-01", ["1", "Ann", "Rome, Lazio", "2024-01-01"]),
    ],
)
def test_a_row_is_put_right_where_kinds_leave_one_way(kinds, line, row):
    assert realign(line.split(","), kinds, ",") == row


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        (WIDE, "1,Ann,Rome,Lazio,2024-01-01"),  # either of two texts
        (KINDS, "1,Ann,5,"),  # nothing but an empty cell too many
        (KINDS, "1,Ann,5,6"),  # a number too many
        (KINDS, "1,Ann"),
        ((Kind.TEXT, Kind.TEXT), "a,b,c"),  # no kind tells
    ],
)
def test_and_left_alone_where_they_do_not(kinds, line):
    assert realign(line.split(","), kinds, ",") is None
