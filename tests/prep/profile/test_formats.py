"""How cells are written."""

from datetime import date

import numpy as np
import pytest

from tests.prep.profile.build import findings, kinds

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("percent_as_text", ["12%", "3.5 %", "40%", "7%"]),
        ("unit_in_text", ["12 kg", "3 kg", "40 kg", "7 kg"]),
        ("unit_in_text", ["90min", "120min", "45min", "60min"]),
        ("range_as_text", ["18-24", "25-34", "35-44", "65+"]),
        ("range_as_text", ["[0-10)", "[10-20)", "[20-30)"]),
        ("range_as_text", ["$25,000 - $49,999", "less than $25,000", "$50,000 or more"]),
        ("numbers_as_text", ["$1,200.50", "$30,000.00", "$5,100.00"]),
        ("numbers_as_text", ["3,5", "12,25", "0,75"]),
        ("date_as_text", ["3 Jan 2024", "14 Feb 2024", "28 Mar 2023"]),
        ("date_as_text", ["January 3, 2024", "February 14, 2024", "March 28, 2023"]),
        ("boolean_as_text", ["yes", "no", "no"]),
        ("leading_zeros", ["00501", "10001", "02134"]),
        ("multi_value", ["red;blue", "blue", "red;green;blue", "green;red"]),
        ("mixed_type", ["347082", "A/5 21171", "113803", "PC 17599", "1601", "2343"]),
    ],
)
def test_what_stands_in_text(kind, cells):
    assert kind in kinds({"x": cells * 10}, "x")


@pytest.mark.parametrize(
    "cells",
    [
        ["2009FAIL", "2010PASS", "2011FAIL", "2012PASS"],  # a code
        ["1st", "2nd", "3rd", "4th"],
        ["12 Main Street", "7 Oak Avenue", "40 High Street"],
        ["555-1234", "555-0987", "555-2468"],
        ["Braund, Mr. Owen", "Cumings, Mrs. John", "Heikkinen, Miss. Laina"],
        ["TA/TO", "GDS/Direct"],
    ],
)
def test_what_only_looks_like_it(cells):
    assert kinds({"x": cells * 10}, "x").isdisjoint({"unit_in_text", "range_as_text", "percent_as_text", "multi_value"})


@pytest.mark.parametrize(
    ("cells", "units"),
    [
        (["1.2 GB", "3 GB", "4.5 GB", "150 MB"], {"gb": 1.0, "mb": 0.001}),
        (["90 min", "45 min", "2 hours"], {"min": 1.0, "hours": 60.0}),
        (["5 pieces", "7 pieces", "6 boxes"], {"pieces": 1.0}),  # how many fit into a box nobody can tell
    ],
)
def test_units_that_are_kin_become_the_most_frequent_one(cells, units):
    fix = findings({"x": cells * 10})["unit_in_text", "x"].fix
    assert fix.params["units"] == units


def test_blanks_around_cells_are_one_finding_for_the_table():
    found = findings({"a": [" x", "y", "z"] * 5, "b": ["1 ", "2", "3"] * 5, "c": ["p", "q", "r"] * 5})
    padded = found["leading_whitespace", None]
    assert (padded.count, padded.columns, padded.safe) == (10, ("a", "b"), True)


def test_a_comma_that_could_be_either_is_not_safe():
    assert findings({"x": ["3,5", "12,25", "0,75"] * 9})["numbers_as_text", "x"].safe
    assert not findings({"x": ["$1,200 ", "word", "$2,500", "$3,100"] * 9}).get(("numbers_as_text", "x"), None)


def test_day_and_month():
    found = findings(
        {"told": ["13/01/2024", "02/03/2024", "28/02/2024"] * 9, "open": ["03/04/2024", "02/03/2024"] * 13 + [""]}
    )
    assert ("ambiguous_date", "told") not in found
    assert found["date_as_text", "told"].fix.params["order"] == "day_first"
    assert found["ambiguous_date", "open"].count == 26


def test_two_ways_of_writing_dates():
    found = findings({"day": ["2024-01-05", "2024-02-06", "7 Mar 2024"] * 10})
    assert found["mixed_format", "day"].count == 10


def test_dates_to_come():
    found = findings({"seen": ["2024-01-05", "2024-02-06", "2024-03-07"] * 10 + ["2099-01-01"]}, today=date(2026, 1, 1))
    assert found["future_date", "seen"].count == 1
    plans = {"due": ["2026-05-01", "2027-02-03"] * 10}
    assert ("future_date", "due") not in findings(plans, today=date(2026, 1, 1))


def test_infinite_numbers_are_said_and_nothing_breaks():
    found = findings({"ratio": [*RANDOM.normal(1, 0.1, 50).round(3).tolist(), "inf", "-inf", "1e999"]})
    assert found["outlier_extreme", "ratio"].count == 3


def test_stray_words_among_numbers():
    found = findings({"n": [*range(97), "about 40", "x", "y"]})["mixed_type", "n"]
    assert (found.count, found.rows) == (3, (98, 99, 100))
