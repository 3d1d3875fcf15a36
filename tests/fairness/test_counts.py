"""Counts and what was odd about the values: everything a person should know is said, with how often."""

import numpy as np
import pytest

from aipm.tables import Refusal
from tests.fairness.build import audited, counted, table

P = [0, 1, 1, 0] * 10


def oddities(groups, **spec):
    data = {"group": (list(groups) * 40)[:40], "p": P}
    counts, _ = counted(data, **{"groups": ("group",), "prediction": "p", **spec})
    return {each.code: each.count for each in counts.oddities}


def names(cells):
    counts, _ = counted({"group": list(cells)}, groups=("group",))
    return list(counts.values[0])


def test_nothing_odd_is_nothing_said():
    assert oddities("ab") == {}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["a", ""], {"missing_group": 20}),
        (["a", " "], {"missing_group": 20}),
        (["a", "\u200b"], {"missing_group": 20, "whitespace_trimmed": None}),
        ([""], {"missing_group": 40, "empty_group_column": None}),
        (["a"], {"single_group": None}),
        (["NA", "n/a", "a", "b"], {"group_looks_missing": 2}),
        (["None", "<NA>", ".", "a"], {"group_looks_missing": 3}),
        (["A", " A", "A\t", "B"], {"whitespace_trimmed": 2}),
        (["A", "\u0410", "\uff21", "B"], {"groups_look_alike": 3}),
        (["White", "white", "WHITE ", "Black"], {"groups_look_alike": 3, "whitespace_trimmed": 1}),
        (["2024-01-31", "2024-02-29"], {"date_like_group": None}),
        (["-1", "1"], {}),
        (["25-45", "45 or more"], {}),
    ],
)
def test_what_is_odd_about_groups(groups, expected):
    found = oddities(groups)
    assert {code: found.get(code) for code in expected if expected[code] is not None} == {
        code: count for code, count in expected.items() if count is not None
    }
    alike = {"missing_group", "whitespace_trimmed"}
    assert found.keys() - alike == expected.keys() - alike


def test_a_missing_group_is_a_group_and_comes_last():
    assert names(["b", "", "a", " "]) == ["a", "b", None]


def test_outer_white_space_makes_no_group_and_inner_does():
    assert names(["A", " A", "A\u00a0", "A B", "A  B"]) == ["A", "A  B", "A B"]


def test_case_makes_a_group():
    assert names(["white", "White"]) == ["White", "white"]


def test_words_for_missing_are_kept_apart_from_missing():
    """NA may be Namibia."""
    assert names(["NA", "", "nan"]) == ["NA", "nan", None]


def test_an_empty_table_has_nothing_to_audit():
    with pytest.raises(Refusal) as refusal:
        audited({"group": [], "p": []}, groups=("group",), prediction="p")
    assert refusal.value.code == "no_rows"


def test_one_row_is_counted():
    result = audited({"group": ["a"], "p": [1], "l": [0]}, groups=("group",), prediction="p", label="l")
    assert result.rows == 1
    assert result.comparisons == ()


def test_entries_add_up_to_the_rows():
    counts, _ = counted(
        {"group": ["a", "b"] * 20, "p": P, "l": ["1", "0", "", "x"] * 10, "s": np.linspace(0, 1, 40)},
        groups=("group",), prediction="p", label="l", label_positive=("1",), score="s",
    )  # fmt: skip
    assert counts.total_rows == counts.rows.sum() == counts.weight.sum() == 40
    assert counts.labels == ("", "0", "1", "x")
    assert sorted(counts.labels[k] for k in counts.label) == sorted(["1", "0", "", "x"] * 10)


def test_the_same_data_gives_the_same_counts_to_the_last_bit():
    rng = np.random.default_rng(5)
    data = table(
        {
            "group": rng.choice(list("abc"), 20_000),
            "score": rng.random(20_000).round(4),
            "weight": rng.random(20_000).round(3),
        }
    )
    found = [counted(data, groups=("group",), score="score", weight="weight")[0] for _ in range(3)]
    for name in ("group", "bin", "weight", "weight_squared", "score_sum", "score_square", "above_median"):
        assert all((getattr(each, name) == getattr(found[0], name)).all() for each in found[1:]), name
