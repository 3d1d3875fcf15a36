"""What may be made of a measured number: at which rows and at which width it counts as enough data."""

import numpy as np
import pytest

from aipm.fairness.estimates import estimates_of
from aipm.fairness.measure import Measured
from aipm.fairness.result import Estimate

NAN = np.nan
ARRAYS = ("value", "numerator", "denominator", "low", "high", "rows")


def one(name="selection_rate", *, support=None, **numbers):
    """The estimate of a single group; unless told, half of 100 rows between .4 and .6."""
    given = {"value": 0.5, "numerator": 50.0, "denominator": 100.0, "low": 0.4, "high": 0.6, "rows": 100.0, **numbers}
    arrays = {part: np.array([given[part]]) for part in ARRAYS}
    (found,) = estimates_of(Measured(name=name, **arrays, support=None if support is None else np.array([support])))
    return found


@pytest.mark.parametrize(
    ("rows", "status", "reason"),
    [
        (9.99, "not_enough_data", "too_few_rows"),
        (10.0, "not_enough_data", "not_enough_data"),
        (29.99, "not_enough_data", "not_enough_data"),
        (30.0, "ok", None),
    ],
)
def test_ten_rows_are_rated_and_thirty_are_enough(rows, status, reason):
    found = one(rows=rows, low=0.45, high=0.55)
    assert (found.status, found.reason, found.value) == (status, reason, 0.5)


@pytest.mark.parametrize(("high", "status"), [(0.625, "not_enough_data"), (0.5, "ok")])
def test_an_interval_wider_than_a_fifth_is_too_wide_for_a_share_of_people(high, status):
    """From .375: to .5 is narrow enough, to .625 is not, however many rows there are."""
    assert one(low=0.375, high=high, rows=1e6).status == status
    assert one("mean_score", low=0.375, high=high, rows=1e6).status == "ok"  # a score has a scale of its own


def test_an_interval_of_exactly_a_fifth_is_not_too_wide():
    assert one(low=0.0, high=0.2).status == "ok"


def test_a_count_is_never_too_thin():
    found = one("count", value=3.0, numerator=3.0, denominator=NAN, low=NAN, high=NAN, rows=3.0)
    assert found == Estimate(3.0, 3.0, None, None, None, "ok", None, 3.0)


def test_rows_of_a_kind_of_their_own_decide_where_they_are_given():
    """A number that rests on many rows but on few of the kind that matters is as thin as those."""
    found = one("auc", rows=500.0, support=12.0)
    assert (found.status, found.rows) == ("not_enough_data", 12.0)
    assert one("auc", rows=12.0, support=500.0).status == "ok"
    assert one("auc", support=NAN).status == "ok"  # nothing says that it rests on too little


def test_what_cannot_be_divided_has_neither_value_nor_bounds():
    found = one(value=NAN, numerator=0.0, denominator=0.0, low=0.0, high=1.0, rows=0.0)
    assert found == Estimate(None, 0.0, 0.0, None, None, "not_computable", "no_denominator", 0.0)


def test_each_group_is_judged_by_its_own_numbers():
    """A group without denominator does not make the others plain counts, which nothing could make too thin."""
    made = estimates_of(
        Measured(
            name="selection_rate",
            value=np.array([0.5, NAN, 0.25]),
            numerator=np.array([50.0, 0.0, 2.0]),
            denominator=np.array([100.0, NAN, 8.0]),
            low=np.array([0.4, NAN, 0.2]),
            high=np.array([0.6, NAN, 0.3]),
            rows=np.array([100.0, 0.0, 8.0]),
        )
    )
    assert [each.status for each in made] == ["ok", "not_computable", "not_enough_data"]
    assert made[2] == Estimate(0.25, 2.0, 8.0, 0.2, 0.3, "not_enough_data", "too_few_rows", 8.0)
