"""The order of steps: what is wrong is said with its reason, and the proposed order is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.operations import operations
from aipm.prep.order import mended, misplaced
from tests.prep.build import EXAMPLES, SPLIT, recipe, step

FILL = step("fill_statistic", "age")
DROP = step("drop_duplicates")
CAST = step("to_number", "age")
TRAIN = step("remove_outliers", "age")


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ((DROP, CAST, SPLIT, FILL, TRAIN), []),
        ((CAST, FILL), []),
        ((FILL, SPLIT), ["learns_before_split"]),
        ((SPLIT, DROP), ["rows_after_split"]),
        ((TRAIN,), ["train_only_without_split"]),
        ((TRAIN, SPLIT), ["train_only_before_split"]),
        ((SPLIT, step("split", id="again")), ["second_split"]),
        ((step("fill_statistic", "age", enabled=False), SPLIT), []),
    ],
)
def test_what_stands_in_the_wrong_place_is_said_with_its_reason(steps, codes):
    found = misplaced(recipe(*steps), operations())
    assert [each.code for each in found] == codes
    assert all(each.message and each.why for each in found)


def test_the_proposed_order_has_rows_first_then_the_split_then_what_is_learned():
    wanted = mended(recipe(CAST, FILL, TRAIN, SPLIT, DROP), operations())
    assert [each.op for each in wanted.steps] == [
        "to_number", "drop_duplicates", "split", "fill_statistic", "remove_outliers",
    ]  # fmt: skip


def test_what_works_on_a_moved_column_moves_with_it():
    wanted = mended(recipe(FILL, step("text_length", "note"), step("ratio", "age", "income"), SPLIT), operations())
    assert [each.op for each in wanted.steps] == ["text_length", "split", "fill_statistic", "ratio"]


@given(st.lists(st.sampled_from([wanted for _, wanted in EXAMPLES.values()]), max_size=8))
def test_the_proposed_order_keeps_every_step_and_is_right_where_any_is(steps):
    steps = [step(each.op, *each.columns, id=f"{k}", **each.params) for k, each in enumerate(steps)]
    whole = recipe(*steps)
    wanted = mended(whole, operations())
    assert sorted(each.id for each in wanted.steps) == sorted(each.id for each in whole.steps)
    left = {each.code for each in misplaced(wanted, operations())}
    assert left <= {"second_split", "train_only_without_split"}
    assert mended(wanted, operations()) == wanted
