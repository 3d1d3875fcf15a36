import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.operations.expression import check_formula, formula_column, formula_columns, renamed_columns
from aipm.tables import Refusal
from tests.prep.operations.steps import cells, run, texts

FRAME = pd.DataFrame(
    {
        "a": pd.array([1, 2, None], dtype="Int64"),
        "b": [0.0, 4.0, 9.0],
        "word": pd.array(["Apple", None, "fig"], dtype="str"),
        "day": pd.array(["2024-01-05", None, "2023-12-31"], dtype="str"),
        "flag": pd.array([True, False, None], dtype="boolean"),
    }
)


def worked_out(expression, frame=FRAME):
    return run("formula", frame, name="new", expression=expression)["new"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[a] + 2 * 3", [7, 8, None]),
        ("([a] + 2) * 3", [9, 12, None]),
        ("10 - 2 - 3", [5, 5, 5]),
        ("-[a]", [-1, -2, None]),
        ("--2", [2, 2, 2]),
        ("[b] / [a]", [0, 2, None]),
        ("[a] / [b]", [None, 0.5, None]),
        ("[a] >= 2", [False, True, None]),
        ("[a] = 1", [True, False, None]),
        ("[a] <> 1", [False, True, None]),
        ('[word] = "fig"', [False, None, True]),
        ('"fig" != [word]', [True, None, False]),
        ('[day] < "2024-01-01"', [False, None, True]),
        ("[flag]", [True, False, None]),
        ("[flag] = true", [True, False, None]),
        ("[flag] or true", [True, True, True]),
        ("[flag] and false", [False, False, False]),
        ("[flag] and true", [True, False, None]),
        ("not [flag]", [False, True, None]),
        ("[a] = 1 or [b] = 4 and [a] = 9", [True, False, None]),
        ('if([a] > 1, "many", "one")', ["one", "many", None]),
        ('if(is_missing([a]), "none", "some")', ["some", "some", "none"]),
        ("if([a] = 1, missing, [a])", [None, 2, None]),
        ("if([flag], [word], lower([word]))", ["Apple", None, None]),
        ("min([a], [b])", [0, 2, None]),
        ("max([a], [b], 3)", [3, 4, None]),
        ("abs(1 - [b])", [1, 3, 8]),
        ("round([b] / 7, 2)", [0, 0.57, 1.29]),
        ("round(2.5)", [2, 2, 2]),
        ("sqrt([b])", [0, 2, 3]),
        ("sqrt(0 - [b])", [0, None, None]),
        ("round(log([b]), 3)", [None, 1.386, 2.197]),
        ("length([word])", [5, None, 3]),
        ("lower([word])", ["apple", None, "fig"]),
        ('contains([word], "pp")', [True, None, False]),
        ("contains([word], '.')", [False, None, False]),
        ("year([day])", [2024, None, 2023]),
        ("month([day])", [1, None, 12]),
        ("day([day])", [5, None, 31]),
        ("weekday([day])", [5, None, 7]),
        ('days_between([day], "2024-02-01")', [27, None, 32]),
        ('[day] > "2024-01-01T00:00Z"', [True, None, False]),
        ('min([day], "2024-01-01")', [pd.Timestamp(2024, 1, 1), None, pd.Timestamp(2023, 12, 31)]),
        ("IF([a] = 1 AND NOT false, 1, 0)", [1, 0, None]),
    ],
)
def test_formulas(expression, expected):
    assert cells(worked_out(expression)) == expected


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("[a] * 2 + 1", "Int64"),
        ("[a] / 1", "float64"),
        ("[a] + 0.5", "float64"),
        ("round([b])", "Int64"),
        ("[a] > 1", "boolean"),
        ("'x'", "str"),
        ("if([a] > 1, 1, 0)", "Int64"),
    ],
)
def test_the_type_depends_on_the_formula_not_on_the_rows(expression, kind):
    assert worked_out(expression).dtype == kind
    assert worked_out(expression, FRAME.iloc[:0]).dtype == kind


@pytest.mark.parametrize(
    ("expression", "place", "words"),
    [
        ("", 1, "expected"),
        ("[a", 1, "closing"),
        ("'x", 1, "never ends"),
        ("[a] +", 6, "expected here"),
        ("[a] ; 1", 5, "not known"),
        ("[nope] + 1", 1, "no column"),
        ("foo(1)", 1, "no function 'foo'"),
        ("abs 1", 1, "parentheses"),
        ("abs(1, 2)", 1, "takes 1 arguments, not 2"),
        ("(1", 3, "closing )"),
        ("1 2", 3, "nothing more"),
        ("1 < 2 < 3", 7, "nothing more"),
        ("[a] and true", 1, "comparison"),
        ("'x' + 1", 5, "a number is expected"),
        ("year(5)", 1, "a date is expected"),
        ("if([a] > 1, 'x', 1)", 1, "a number is expected"),
        ("contains([word], [word])", 1, "in quotes"),
        ("round([b], 99)", 1, "0 to 10"),
        ("__import__('os')", 1, "no function"),
        ("[a].real", 4, "not known"),
        ("not", 4, "expected here"),
        ("(" * 50 + "1" + ")" * 50, 41, "nested"),
        ("1+" * 600 + "1", 502, "too long"),
        ("1" + " " * 1_999, None, None),
    ],
)
def test_what_is_wrong_and_where(expression, place, words):
    if place is None:
        assert cells(worked_out(expression)) == [1, 1, 1]
        return
    with pytest.raises(Refusal, match=f"at character {place}: ") as refused:
        worked_out(expression)
    assert words in refused.value.message


def test_a_formula_beyond_the_bound_of_the_recipe():
    with pytest.raises(Refusal, match="expression"):
        worked_out("1" * 2_001)


def test_words_where_numbers_belong_are_counted_not_quoted():
    with pytest.raises(Refusal) as refused:
        worked_out("[word] * 2")
    assert "'word' holds 2 cells" in refused.value.message
    assert "Apple" not in refused.value.message


def test_the_index_is_kept():
    assert list(worked_out("[b] + 1", FRAME.set_axis([7, 3, 9])).index) == [7, 3, 9]


def test_columns_of_a_formula_are_found_and_renamed():
    text = "[a] + [b [EUR]]] * abs( [a] ) + '[a]'"
    assert formula_columns(text) == ("a", "b [EUR]")
    assert renamed_columns(text, {"a": "x]y", "b [EUR]": "c"}) == "[x]]y] + [c] * abs( [x]]y] ) + '[a]'"


@given(st.text(min_size=1, max_size=8))
def test_every_name_can_be_written(name):
    frame = pd.DataFrame({name: [1.5]})
    assert cells(worked_out(f"{formula_column(name)} * 2", frame)) == [3] if name != "new" else True


def test_checking_looks_at_no_row():
    check_formula("[word] * 2", FRAME)
    with pytest.raises(Refusal, match="no column"):
        check_formula("[wrod] * 2", FRAME)
    with pytest.raises(Refusal, match="yes or no"):
        check_formula("[a] * 2", FRAME, condition=True)


PIECES = st.sampled_from(
    ["[a]", "[b]", "[word]", "[day]", "(", ")", ",", "+", "-", "*", "/", "=", "<", "and", "or", "not", "if(", "min(",
     "lower(", "year(", "round(", "contains(", "days_between(", "is_missing(", "1", "0", "2.5", "'x'", "true",
     "missing"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_any_formula_gives_a_column_or_a_refusal(pieces):
    try:
        made = worked_out(" ".join(pieces))
    except Refusal:
        return
    assert len(made) == 3
    if made.dtype == "float64":
        assert not np.isinf(made).any()


NUMBERS = st.integers(-50, 50)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=8))
def test_arithmetic_is_pythons(pairs):
    frame = texts(x=[str(x) for x, _ in pairs], y=[str(y) for _, y in pairs])
    made = worked_out("([x] + 3) * [y] - [x] / ([y] * [y] + 1)", frame)
    assert cells(made) == [(x + 3) * y - x / (y * y + 1) for x, y in pairs]
