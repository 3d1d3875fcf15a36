import pandas as pd
import pytest

from aipm.prep.diversity import diversity, reference_of
from aipm.tables import Refusal

PEOPLE = pd.Series(["Women"] * 200 + ["men "] * 790 + ["other"] * 10 + [None] * 5)


def by_group(found):
    return {each.group: each for each in found.groups}


def test_shares_here_and_there():
    found = diversity(PEOPLE, {"women": 50, "Men": 49, "nobody here": 1})
    groups = by_group(found)
    assert {name: each.verdict for name, each in groups.items()} == {
        "women": "too_few",
        "Men": "too_many",
        "nobody here": "absent",
        "other": "not_in_reference",
    }
    women = groups["women"]
    assert (women.rows, women.share, women.expected, women.ratio) == (200, 0.2, 0.5, pytest.approx(0.4))
    assert women.low == pytest.approx(0.176, abs=0.001)  # Wilson (1927), 200 of 1,000
    assert women.high == pytest.approx(0.226, abs=0.001)
    assert women.lacking == 600  # 800 of 1,600 are half
    assert (found.rows, found.missing) == (1_000, 5)
    assert found.misplaced == pytest.approx(0.31)  # 30 points of women and 1 of nobody


def test_a_rare_group_that_chance_may_have_left_out_is_not_called_absent():
    assert by_group(diversity(pd.Series(["a"] * 30), {"a": 99, "b": 1}))["b"].verdict == "as_expected"


def test_counts_and_shares_come_to_the_same():
    assert diversity(PEOPLE, {"women": 1, "men": 1}) == diversity(PEOPLE, {"women": 4_000, "men": 4_000})


def test_a_reference_from_a_table():
    table = pd.DataFrame({"group": ["women", "men"], "share": ["51%", "49"]})
    assert reference_of(table) == {"women": 51, "men": 49}


@pytest.mark.parametrize(
    "reference",
    [
        {},
        {"a": 1},
        {"a": -1, "b": 2},
        {"a": 0, "b": 0},
        {"a": float("nan"), "b": 1},
        {"a": 1, "A ": 2},
        {"a": 1e308, "b": 1e308},
    ],
)
def test_a_reference_that_makes_no_sense_is_refused(reference):
    with pytest.raises(Refusal):
        diversity(PEOPLE, reference)


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"group": ["a"]}),
        pd.DataFrame({"group": ["a", "b"], "share": ["many", "2"]}),
        pd.DataFrame({"group": ["a", "A"], "share": ["1", "2"]}),
    ],
)
def test_a_table_that_is_no_reference_is_refused(table):
    with pytest.raises(Refusal):
        reference_of(table)


def test_a_column_without_values_or_with_too_many_is_refused():
    for cells in (pd.Series([None, None], dtype="str"), pd.Series(range(3_000)).astype("str")):
        with pytest.raises(Refusal):
            diversity(cells, {"a": 1, "b": 1})
