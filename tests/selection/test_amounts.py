"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.amounts import amount, amounts, as_ratio, comparison
from aipm.tables import Refusal


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        (" 1,000 ", 1000),
        ("1,234,567.5", 1234567.5),
        ("1.5e3", 1500),
        ("$3", 3),
        ("-$3", -3),
        ("3 EUR", 3),
        ("€ 1 000", 1000),
        ("12 %", 0.12),
        ("128k", 128_000),
        ("1.5M", 1_500_000),
        ("−2.5", -2.5),
        ("1'000", 1000),
        (".5", 0.5),
        (7, 7),
        (True, None),
        (None, None),
        ("", None),
        ("n/a", None),
        ("cheap", None),
        ("nan", None),
        ("inf", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        ("1e400", None),
        (1e-300, 0),
        ("3-5", None),
        ("<5", None),
        ("2026-11-21", None),
        ("1,00,0", None),
        ("$3 €", None),
    ],
)
def test_a_number_or_nothing(written: object, number: float | None) -> None:
    assert amount(written) == number


def test_a_comma_is_what_the_column_shows_it_to_be() -> None:
    assert amounts(["1,000", "2,500"], column="x") == (1000, 2500)
    assert amounts(["1,000", "0,5", "1.234,5"], column="x") == (1, 0.5, 1234.5)
    assert amounts(["1,000", "0.5"], column="x") == (1000, 0.5)


@pytest.mark.parametrize("cells", [["$3", "€2"], ["12 %", "0.2"]])
def test_mixed_units_are_refused(cells: list[str]) -> None:
    with pytest.raises(Refusal, match="mixes units") as refusal:
        amounts(cells, column="price")
    assert refusal.value.code == "mixed_units"


def test_zero_and_unknown_need_no_unit() -> None:
    assert amounts(["$3", "0", "?"], column="price") == (3, 0, None)


@pytest.mark.parametrize(
    ("cell", "ratio"),
    [
        ("3", 3),
        ("1/3", 1 / 3),
        ("1/2.5", 0.4),
        ("0.333", 0.333),
        ("0,333", 0.333),
        ("1/2,5", 0.4),
        ("1/0", None),
        ("a/b", None),
    ],
)
def test_cells_of_comparisons(cell: str, ratio: float | None) -> None:
    assert comparison(cell) == ratio


def test_ratios_on_saatys_scale() -> None:
    assert [as_ratio(value) for value in (3.2, 1 / 3.2, 1, 40, 0.01, 1.6)] == ["3", "1/3", "1", "9", "1/9", "2"]


@given(st.lists(st.none() | st.text(max_size=12) | st.floats() | st.integers() | st.booleans()))
def test_any_cell_is_a_finite_number_or_none(cells: list[object]) -> None:
    try:
        found = amounts(cells, column="x")
    except Refusal:
        return
    assert len(found) == len(cells)
    assert all(number is None or abs(number) <= 1e100 for number in found)


@given(st.floats(-1e100, 1e100, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) >= 1e-100))
def test_what_python_writes_is_read_back(number: float) -> None:
    assert amount(repr(number)) == number
