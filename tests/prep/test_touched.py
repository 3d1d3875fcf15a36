"""How many rows of each group a step changes: counted by hand."""

import pandas as pd
import pytest

from aipm.prep.changes import differing
from aipm.prep.frames import TEXT, frame_of
from aipm.prep.pipeline import around
from aipm.prep.preview import preview
from tests.prep.build import recipe, step, table_of

DATA = b"town,pay\n" + b"A,1\nA,2\nA,900\nB,3\nB,2\nB,1\nB,2\n,3\n"
NUMBERS = step("to_number", "pay", id="numbers")


def effect(wanted):
    frame = frame_of(table_of(DATA))
    before, after = around(recipe(NUMBERS, wanted), frame, wanted.id)
    seen = preview(before.parts, after.parts, group="town")
    return {value: (old, new, touched) for (value, old, new), touched in zip(seen.groups, seen.touched, strict=True)}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (step("cap_outliers", "pay"), {"B": (4, 4, 0), "A": (3, 3, 1), None: (1, 1, 0)}),
        (step("flag_outliers", "pay"), {"B": (4, 4, 0), "A": (3, 3, 1), None: (1, 1, 0)}),
        (step("drop_rows", condition="[pay] > 2"), {"B": (4, 3, 0), "A": (3, 2, 0), None: (1, 0, 0)}),
        (step("fill_constant", "town", value="C"), {"B": (4, 4, 0), "A": (3, 3, 0), None: (1, 1, 1)}),
    ],
)
def test_rows_of_each_group(wanted, expected):
    assert effect(wanted) == expected


def test_without_a_group_nothing_is_told():
    frame = frame_of(table_of(DATA))
    before, after = around(recipe(NUMBERS), frame, "numbers")
    assert preview(before.parts, after.parts).touched == ()


def test_a_text_that_becomes_another_number_has_changed():
    texts = pd.Series(["1", "900", "2.50", "x", None], dtype=TEXT)
    numbers = pd.Series([1.0, 3.0, 2.5, 4.0, float("nan")])
    assert differing(texts, numbers).tolist() == [False, True, False, True, False]
