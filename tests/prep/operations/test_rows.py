import pytest

from aipm.tables import Refusal
from tests.prep.operations.steps import run, texts

FRAME = texts(a=["1", "1", "2", None], b=["x", "x", "x", None])


def test_duplicates():
    assert list(run("drop_duplicates", FRAME).index) == [0, 2, 3]
    assert list(run("drop_duplicates", FRAME, ["b"], keep="last").index) == [2, 3]
    assert list(run("drop_duplicates", FRAME, keep="none").index) == [2, 3]


def test_conditions_and_what_is_missing():
    assert list(run("keep_rows", FRAME, condition="[a] > 1").index) == [2]
    assert list(run("drop_rows", FRAME, condition="[a] > 1").index) == [0, 1, 3]
    assert list(run("keep_rows", FRAME, condition="is_missing([a])").index) == [3]


def test_a_condition_says_yes_or_no():
    with pytest.raises(Refusal, match="yes or no"):
        run("keep_rows", FRAME, condition="[a] + 1")


def test_columns_go_and_are_renamed():
    assert list(run("drop_columns", FRAME, ["a"])) == ["b"]
    with pytest.raises(Refusal, match="No column"):
        run("drop_columns", FRAME, ["a", "b"])
    assert run("rename_columns", FRAME, ["a", "b"], names=["b", "a"]).iloc[2].to_dict() == {"b": "2", "a": "x"}
    with pytest.raises(Refusal, match="same name"):
        run("rename_columns", FRAME, ["a"], names=["b"])
    with pytest.raises(Refusal, match="1 columns but 2"):
        run("rename_columns", FRAME, ["a"], names=["c", "d"])
