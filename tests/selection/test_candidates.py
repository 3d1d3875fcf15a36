"""Candidates: what is unknown is never a number."""

import numpy as np
import pytest

from aipm.selection.candidates import candidates_from_rows, candidates_from_table, problem
from aipm.selection.criteria import criteria_from_plain
from aipm.tables import Refusal, read

CRITERIA = criteria_from_plain(
    [
        {"name": "price", "column": "Price ($)", "direction": "min", "weight": 2},
        {"name": "context", "direction": "max", "weight": 1},
    ]
).criteria
FILE = b"""model,Price ($),context
A,$3,"128,000"
B,n/a,"1,000,000"
C,2.5,about 100k
A,1,32000
,4,8000
"""


def test_a_file_of_candidates() -> None:
    found = problem(candidates_from_table(read(FILE)), CRITERIA)

    assert found.names == ("A", "A (2)", "row 5")
    assert found.values.tolist() == [[3, 128000], [1, 32000], [4, 8000]]
    assert [(each.name, each.reason, each.criteria) for each in found.excluded] == [
        ("B", "unknown: price", ("price",)),
        ("C", "not a number: context", ("context",)),
    ]
    assert [each.code for each in found.remarks] == ["blank_name", "duplicate_name"]
    assert np.isnan(found.partly).tolist() == [[True, False], [False, True]]


def test_a_name_that_a_number_would_take_is_left_alone() -> None:
    rows = [{"name": name, "x": 1} for name in ("A", "A", "A (2)")]

    assert candidates_from_rows(rows).names == ("A", "A (3)", "A (2)")


def test_columns_are_found_whatever_their_blanks_and_capitals() -> None:
    found = problem(candidates_from_rows([{"name": "A", " price  ($)": 1, "Context": 2}]), CRITERIA)

    assert found.values.tolist() == [[1, 2]]


def test_what_does_not_count_may_be_unknown() -> None:
    criteria = criteria_from_plain(
        [{"name": "a", "direction": "max", "weight": 1}, {"name": "b", "direction": "max", "weight": 0}]
    ).criteria
    found = problem(candidates_from_rows([{"name": "A", "a": 1, "b": None}]), criteria)

    assert found.names == ("A",)
    assert [each.code for each in found.remarks] == ["zero_weight"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no_candidate"),
        ([{"name": "A", "context": 1}], "no_such_column"),
        ([{"name": "A", "Price ($)": "cheap", "context": 1}], "not_numbers"),
        ([{"name": "A", "Price ($)": "", "context": 1}], "no_candidate_left"),
        ([{"name": str(k)} for k in range(20_001)], "too_many_candidates"),
    ],
)
def test_what_cannot_be_ranked_is_refused(rows: list[dict[str, object]], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        problem(candidates_from_rows(rows), CRITERIA)
    assert refusal.value.code == code


def test_where_nobody_is_left_the_criterion_to_blame_is_named() -> None:
    rows = [{"name": "A", "Price ($)": None, "context": 1}, {"name": "B", "Price ($)": None, "context": 1}]

    with pytest.raises(Refusal) as refusal:
        problem(candidates_from_rows(rows), CRITERIA)
    assert refusal.value.advice == "Without the criterion “price” 2 of 2 could be ranked."


def test_names_alone_are_no_candidates() -> None:
    with pytest.raises(Refusal) as refusal:
        candidates_from_table(read(b"model\nA\nB\n"))
    assert refusal.value.code == "one_column"


def test_leaving_some_out() -> None:
    rows = candidates_from_rows([{"name": name, "x": k} for k, name in enumerate("ABC")])

    assert rows.without("B").names == ("A", "C")
    assert rows.without("B").columns["x"] == (0, 2)
