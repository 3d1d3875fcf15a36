"""Criteria as people state them."""

from typing import Any

import pytest

from aipm.selection.criteria import Criterion, Preference, criteria_from_plain, criteria_from_yaml, with_weights
from aipm.tables import Refusal

PRICE = {"name": "price", "column": "usd", "direction": "min", "weight": 3}
SPEED = {"name": "speed", "direction": "max", "weight": "20 %"}


def test_criteria_from_yaml() -> None:
    stated = criteria_from_yaml(
        """
criteria:
  - {name: price, column: usd, direction: min, weight: 3, worst: "$20", best: 0.1, scale: log}
  - {name: 2024, direction: max, weight: 1}
parameters: {v: 0.6, lambda: 0.3}
"""
    )

    price, year = stated.criteria
    assert price == Criterion(name="price", column="usd", direction="min", weight=3, worst=20, best=0.1, scale="log")
    assert (year.name, year.column, year.anchored) == ("2024", "2024", False)
    assert (stated.parameters.v, stated.parameters.lambda_) == (0.6, 0.3)
    assert stated.remarks == ()


def test_a_bare_list_will_do_and_weights_may_be_shares() -> None:
    assert [each.weight for each in criteria_from_plain([PRICE, SPEED]).criteria] == [3, 0.2]


def test_without_any_weight_all_count_the_same_and_it_is_said() -> None:
    stated = criteria_from_plain([{"name": "a", "direction": "max"}, {"name": "b", "direction": "min"}])

    assert [each.weight for each in stated.criteria] == [1, 1]
    assert [each.code for each in stated.remarks] == ["equal_weights"]


def test_what_is_not_understood_is_said() -> None:
    stated = criteria_from_plain({"criteria": [{**PRICE, "colour": "red"}], "parameters": {"w": 1}})

    assert [each.code for each in stated.remarks] == ["unknown_key"]
    assert "“colour”, “w”" in stated.remarks[0].message


def test_a_column_that_counts_twice_is_said() -> None:
    stated = criteria_from_plain([PRICE, {**PRICE, "name": "value"}])

    assert [each.code for each in stated.remarks] == ["same_column"]


@pytest.mark.parametrize(
    ("parameters", "of_itself", "preference"),
    [
        ({}, {}, Preference()),
        ({"preference": "linear", "q": 1, "p": 3}, {}, Preference(kind="linear", q=1, p=3)),
        ({"preference_function": "V-shape", "p": [2, 9]}, {}, Preference(kind="v_shape", p=2)),
        ({"preference": {"price": "type II"}, "q": {"price": 4}}, {}, Preference(kind="u_shape", q=4)),
        ({"preference": "usual"}, {"preference": "gaussian", "s": 2}, Preference(kind="gaussian", s=2)),
        ({"q": 1, "p": 3}, {}, Preference(kind="linear", q=1, p=3)),
        ({"preference": "level", "q": 1, "p": 2}, {"p": 5}, Preference(kind="level", q=1, p=5)),
    ],
)
def test_preferences_for_all_in_order_by_name_or_of_a_criterion(
    parameters: dict[str, Any], of_itself: dict[str, Any], preference: Preference
) -> None:
    stated = criteria_from_plain({"criteria": [{**PRICE, **of_itself}, SPEED], "parameters": parameters})

    assert stated.criteria[0].preference == preference


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        (None, "bad_criteria"),
        ("price", "bad_criteria"),
        ([1], "bad_criteria"),
        ({"criteria": [PRICE], "parameters": [1]}, "bad_criteria"),
        ([], "no_criterion"),
        ([{**PRICE, "name": f"c{k}"} for k in range(101)], "too_many_criteria"),
        ([{"direction": "max"}], "bad_criteria"),
        ([{**PRICE, "name": True}], "bad_criteria"),
        ([{**PRICE, "direction": "up"}], "bad_criteria"),
        ([{**PRICE, "scale": "square"}], "bad_criteria"),
        ([{**PRICE, "weight": "much"}], "bad_criteria"),
        ([{**PRICE, "weight": float("nan")}], "bad_criteria"),
        ([{**PRICE, "weight": -1}], "bad_weight"),
        ([{**PRICE, "weight": 0}], "zero_weights"),
        ([PRICE, {**SPEED, "weight": None}], "bad_criteria"),
        ([PRICE, PRICE], "duplicate_criterion"),
        ([{**PRICE, "worst": 3}], "half_anchored"),
        ([{**PRICE, "worst": 1, "best": 3}], "bad_anchors"),
        ([{**PRICE, "worst": 3, "best": 3}], "bad_anchors"),
        ([{**PRICE, "worst": 3, "best": 0, "scale": "log"}], "bad_anchors"),
        ({"criteria": [PRICE], "parameters": {"v": 2}}, "bad_criteria"),
        ({"criteria": [PRICE], "parameters": {"preference": "steep"}}, "bad_criteria"),
        ({"criteria": [PRICE], "parameters": {"preference": "linear", "q": 3, "p": 1}}, "bad_criteria"),
        ({"criteria": [PRICE], "parameters": {"preference": "gaussian"}}, "bad_criteria"),
    ],
)
def test_what_cannot_be_meant_is_refused(plain: object, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        criteria_from_plain(plain)
    assert refusal.value.code == code


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as refusal:
        criteria_from_yaml("- {name: a, direction: max\n- {name: [")
    assert (refusal.value.code, refusal.value.line) == ("bad_yaml", 2)


def test_yaml_makes_no_objects() -> None:
    with pytest.raises(Refusal):
        criteria_from_yaml("!!python/object/apply:os.system ['true']")


def test_other_weights_on_the_same_criteria() -> None:
    criteria = criteria_from_plain([PRICE, SPEED]).criteria

    assert [each.weight for each in with_weights(criteria, {"speed": 2})] == [0, 2]
