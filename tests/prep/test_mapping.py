"""A recipe on another file: columns found under their names, under like names, or as the person says."""

import pytest

from aipm.prep.mapping import map_columns, with_names
from aipm.prep.pipeline import run
from aipm.tables import Refusal
from tests.prep.build import as_csv, frame, recipe, step

WANTED = recipe(
    step("to_number", "Age", id="cast"), step("strip_text", "home town"), columns=("Age", "home town", "id")
)


def test_names_are_matched_equal_first_then_but_for_case_and_blanks():
    found = map_columns(WANTED, ["AGE", "Age", "Home_Town", "id", "more"])
    assert found.renamed == {"Home_Town": "home town"}
    assert found.matched == ("Age", "home town", "id")
    assert found.missing == {}
    assert found.unused == ("AGE", "id", "more")


def test_two_that_look_alike_are_for_the_person_to_tell_apart():
    found = map_columns(WANTED, ["AGE", "age", "home town", "id"])
    assert found.missing == {"Age": ("cast",)}
    chosen = map_columns(WANTED, ["AGE", "age", "home town", "id"], {"age": "Age"})
    assert (chosen.renamed, chosen.missing) == ({"age": "Age"}, {})


def test_a_column_that_a_step_makes_is_not_missing_in_the_file():
    made = recipe(step("one_hot", "city"), step("to_number", "city_Bonn"), columns=("city",))
    assert map_columns(made, ["city"]).missing == {}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [({"nowhere": "Age"}, "no_column"), ({"a": "Age", "b": "Age"}, "column_taken"), ({"a": "id"}, "column_taken")],
)
def test_what_cannot_be_is_refused(chosen, code):
    with pytest.raises(Refusal) as caught:
        map_columns(WANTED, ["a", "b", "id"], chosen)
    assert caught.value.code == code


def test_two_columns_can_trade_names():
    found = map_columns(recipe(step("to_number", "a")), ["a", "b"], {"a": "b", "b": "a"})
    cells = with_names(frame(as_csv(["a", "b"], [["x", "1"]])), found)
    assert list(cells.columns) == ["b", "a"]
    assert run(recipe(step("to_number", "a")), cells).parts["all"]["a"].tolist() == [1]
