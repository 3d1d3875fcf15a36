"""What kind of values a column of text holds."""

import pytest

from aipm.tables.types import column_types
from tests.fairness.build import table


def kind(cells):
    (found,) = column_types(table({"x": cells}))
    return found


@pytest.mark.parametrize(
    ("cells", "expected", "notation"),
    [
        (["", " ", "\t"], "empty", ""),
        (["yes", "No", "YES", ""], "yes_no", ""),
        (["True", "FALSE"], "yes_no", ""),
        (["1", "0", "1.0"], "yes_no", ""),
        (["T", "F", "t"], "yes_no", ""),
        (["F", "M"], "text", ""),
        (["1", "2", "+3", "-4"], "whole_number", "number"),
        (["1.5", "2", ".5", "5.", "1e-3"], "number", "number"),
        (["0,5", "1,25", "3"], "number", "comma"),
        (["0,533", "0,120"], "number", "comma"),
        (["1,234", "12,345", "999"], "number", "thousands"),
        (["1,234.50", "12"], "number", "thousands"),
        (["50%", "7.5 %"], "number", "percent"),
        (["2024-01-31", "2024-02-01T10:00"], "date", ""),
        (["31.01.2024", "1/2/24 10:00"], "date", ""),
        (["a", "b", "1"], "text", ""),
        (["٠.٥", "1_000", "0x10", "inf"], "text", ""),
    ],
)
def test_kinds(cells, expected, notation):
    found = kind(cells)
    assert (found.kind, found.notation) == (expected, notation)


def test_some_misfits_are_counted_and_change_nothing():
    found = kind(["1.5"] * 95 + ["n/a"] * 5 + [""] * 10)
    assert (found.kind, found.filled, found.blank, found.fits, found.misfits) == ("number", 100, 10, 95, 5)
    assert kind(["1.5"] * 80 + ["n/a"] * 20).kind == "text"


def test_outer_blanks_make_no_other_value():
    found = kind(["a", " a", "b ", "\u00a0b"])
    assert found.distinct == 2


def test_only_the_first_rows_are_looked_at_and_fewer_of_many_columns():
    assert kind(["1"] * 5_000 + ["x"] * 5_000).rows == 5_000
    wide = table({f"c{k}": ["1", "2"] * 600 for k in range(600)})
    assert {each.rows for each in column_types(wide)} == {833}
    assert {each.rows for each in column_types(wide, rows=3)} == {3}


def test_a_table_without_rows_has_kinds_too():
    assert kind([]).kind == "empty"


def test_hostile_cells_cost_nothing():
    """Long runs that make a backtracking matcher hang."""
    assert kind(["1" * 100_000 + "x", "1," * 50_000, "0" * 100_000 + "%%"]).kind == "text"
