"""Where a new step goes by itself, so that people need not think of order while they accept one fix after the other."""

import pytest

from aipm.prep.operations import operations
from aipm.prep.order import misplaced, placed
from tests.prep.build import EXAMPLES, recipe, step

SPLIT = step("split", id="parts")
MEDIAN = step("fill_statistic", "age")


def after_adding(new, *steps, **said):
    """The ids in order, with the new step where it goes."""
    ids = [each.id for each in steps]
    ids.insert(placed(recipe(*steps, **said), new, operations()), new.id)
    return ids


def test_hidden_blanks_are_marked_before_they_are_filled():
    assert after_adding(step("mark_missing", "age", values=["?"]), MEDIAN) == ["mark_missing", "fill_statistic"]


def test_steps_on_other_columns_stand_in_nobodys_way():
    assert after_adding(step("mark_missing", "city", values=["?"]), MEDIAN) == ["fill_statistic", "mark_missing"]


def test_what_decides_about_rows_comes_before_the_split_and_what_learns_after_it():
    assert after_adding(step("drop_duplicates"), SPLIT) == ["drop_duplicates", "parts"]
    assert after_adding(MEDIAN, SPLIT) == ["parts", "fill_statistic"]


def test_the_split_comes_before_what_learns():
    assert after_adding(SPLIT, step("drop_duplicates"), MEDIAN) == ["drop_duplicates", "parts", "fill_statistic"]


def test_what_works_on_a_column_made_after_the_split_stays_after_it():
    steps = (SPLIT, step("one_hot", "city"))
    wanted = step("drop_columns", "city=Bonn")
    assert after_adding(wanted, *steps, columns=("city", "age")) == ["parts", "one_hot", "drop_columns"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_operation_is_put_where_it_may_not_stand(name):
    before, new = EXAMPLES[name]
    steps = []
    for each in (*before, SPLIT, new) if name != "split" else (*before, new):
        steps.insert(placed(recipe(*steps), each, operations()), each)
    assert misplaced(recipe(*steps), operations()) == ()
