import pytest

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, learn, run, texts


def test_spaces_go_and_empty_is_missing():
    frame = texts(a=[" a  b ", "", "  ", None, "\u00a0c"])
    assert cells(run("strip_text", frame, ["a"])["a"]) == ["a  b", None, None, None, "c"]
    assert cells(run("strip_text", frame, ["a"], inner=True, case="upper")["a"]) == ["A B", None, None, None, "C"]


def test_variants_become_one():
    after = run("merge_variants", texts(a=["U.S.A.", "USA", "?", None]), ["a"], mapping={"U.S.A.": "USA", "?": ""})
    assert cells(after["a"]) == ["USA", "USA", None, None]


def test_swapping_two_values_is_not_a_chain():
    assert cells(run("replace_values", texts(a=["x", "y"]), ["a"], mapping={"x": "y", "y": "x"})["a"]) == ["y", "x"]


def test_replacing_inside_is_literal():
    after = run("replace_values", texts(a=["a.b.c", ".", None]), ["a"], mapping={".": "-", "c": ""}, inside=True)
    assert cells(after["a"]) == ["a-b-", "-", None]


def test_text_steps_come_before_types():
    frame = run("to_number", texts(a=["1"]), ["a"])
    for op, params in (("strip_text", {}), ("replace_values", {"mapping": {}}), ("merge_variants", {"mapping": {}})):
        with pytest.raises(Refusal, match="'a'"):
            run(op, frame, ["a"], **params)


def test_cells_with_several_values():
    train = texts(k=["1", "2", "3", "4"], a=["red; blue", "blue", None, "blue;green;"])
    assert learn("split_values", train, ["a"]) == {"a": ["blue", "green", "red"]}
    after = run("split_values", train, ["a"], most=2)
    assert after.to_dict("list") == {"k": ["1", "2", "3", "4"], "a_blue": [1, 1, 0, 1], "a_green": [0, 0, 0, 1]}
    unseen = run("split_values", texts(k=["9"], a=["pink;red"]).set_axis([70]), ["a"], train=train)
    assert unseen.loc[70].to_dict() == {"k": "9", "a_blue": 0, "a_green": 0, "a_red": 1}


def test_new_columns_never_replace_others():
    after = run("split_values", texts(a=["x", "y"], a_x=["1", "2"]), ["a"])
    assert list(after) == ["a_x", "a_x_2", "a_y"]
