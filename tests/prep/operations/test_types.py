import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, run, texts


@pytest.mark.parametrize(
    ("written", "number", "params"),
    [
        ("5", 5, {}),
        ("-1.5", -1.5, {}),
        ("2e3", 2000, {}),
        ("$1,234.50", 1234.5, {"thousands": ","}),
        ("1,234,567", 1234567, {"thousands": ","}),
        ("12,34,567", 1234567, {"thousands": ","}),
        ("1.234,5", 1234.5, {"thousands": ".", "decimal": ","}),
        ("1.234", 1234, {"thousands": ".", "decimal": ","}),
        ("1,5", 1.5, {"decimal": ","}),
        ("12\u202f345,5 €", 12345.5, {"thousands": " ", "decimal": ","}),
        ("1'000", 1000, {"thousands": "'"}),
        ("(4)", -4, {}),
        ("\u22127", -7, {}),
        ("-$3", -3, {}),
        ("50%", 50, {}),
        ("50 %", 0.5, {"percent": "share"}),
        ("3 EUR", 3, {"ignore": ["EUR"]}),
        # Written in another way than was said: unknown, rather than wrong by a factor of ten.
        ("1,5", None, {"thousands": ","}),
        ("1.5", None, {"decimal": ","}),
        ("1,234", None, {}),
        ("12.34", None, {"thousands": ".", "decimal": ","}),
        ("about 5", None, {}),
        ("inf", None, {}),
        ("1e999", None, {}),
        ("1e101", None, {}),
        ("nan", None, {}),
        ("0x10", None, {}),
        ("1_000", None, {}),
    ],
)
def test_numbers_as_people_write_them(written, number, params):
    assert cells(run("to_number", texts(a=[written, None]), ["a"], **params)["a"]) == [number, None]


def test_whole_numbers_stay_whole_and_large_ones_exact():
    after = run("to_number", texts(a=["1", None, "x"], b=["1", "2.5", "3"], c=["123456789012345678", "1", "2"]), "abc")
    assert [str(kind) for kind in after.dtypes] == ["Int64", "float64", "Int64"]
    assert after["c"][0] == 123456789012345678
    assert cells(run("to_number", texts(a=["123456789012345678", "x", "1,000"]), ["a"], thousands=",")["a"]) == [
        123456789012345678,
        None,
        1000,
    ]


def test_a_mark_cannot_mean_two_things():
    with pytest.raises(Refusal, match="the same"):
        run("to_number", texts(a=["1"]), ["a"], decimal=".", thousands=".")


def test_numbers_made_twice_are_the_same():
    once = run("to_number", texts(a=["1", "x", None]), ["a"])
    pd.testing.assert_frame_equal(run("to_number", once, ["a"]), once)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.none(), min_size=1, max_size=20))
def test_every_float_is_read_as_python_reads_it(numbers):
    frame = texts(a=[None if number is None else repr(number) for number in numbers])
    assert cells(run("to_number", frame, ["a"])["a"]) == numbers


@given(st.lists(st.text(max_size=12), min_size=1, max_size=10))
def test_no_text_is_read_as_infinite_or_stops_the_step(written):
    numbers = run("to_number", texts(a=written), ["a"], thousands=",", percent="share")["a"]
    assert not numbers.isin([math.inf, -math.inf]).any()
    assert len(run("to_date", texts(a=written), ["a"])) == len(written)
    assert len(run("range_to_number", texts(a=written), ["a"])) == len(written)
    assert len(run("unit_to_number", texts(a=written), ["a"], units={"kg": 1})) == len(written)


@pytest.mark.parametrize(
    ("written", "order", "date"),
    [
        ("2024-01-05", "day_first", pd.Timestamp(2024, 1, 5)),
        ("2024/1/5", "month_first", pd.Timestamp(2024, 1, 5)),
        ("01/02/2024", "day_first", pd.Timestamp(2024, 2, 1)),
        ("01/02/2024", "month_first", pd.Timestamp(2024, 1, 2)),
        ("13.02.24", "day_first", pd.Timestamp(2024, 2, 13)),
        ("5 Jan 2024", "day_first", pd.Timestamp(2024, 1, 5)),
        ("05-Jan-24", "day_first", pd.Timestamp(2024, 1, 5)),
        ("January 5, 2024", "day_first", pd.Timestamp(2024, 1, 5)),
        ("OCT 5, 2024", "day_first", pd.Timestamp(2024, 10, 5)),
        ("1/5/2024 3:04 PM", "month_first", pd.Timestamp(2024, 1, 5, 15, 4)),
        ("1/5/2024 3:04:05pm", "month_first", pd.Timestamp(2024, 1, 5, 15, 4, 5)),
        ("2024-01-05T10:00:00Z", "day_first", pd.Timestamp(2024, 1, 5, 10)),
        ("2024-01-05T10:00:00+02:00", "day_first", pd.Timestamp(2024, 1, 5, 8)),
        ("2024-01-05 10:00:00.25", "day_first", pd.Timestamp(2024, 1, 5, 10, 0, 0, 250_000)),
        ("1850-12-31", "day_first", pd.Timestamp(1850, 12, 31)),
        ("13/02/2024", "month_first", None),
        ("02/13/2024", "day_first", None),
        ("31/31/2024", "day_first", None),
        ("10:30", "day_first", None),
        ("5", "day_first", None),
        ("today", "day_first", None),
        ("now", "day_first", None),
    ],
)
def test_dates_in_the_order_that_was_said(written, order, date):
    dates = run("to_date", texts(a=[written, None, "2024-12-31"]), ["a"], order=order)["a"]
    assert cells(dates) == [date, None, pd.Timestamp(2024, 12, 31)]
    assert dates.dtype == "datetime64[us]"


def test_an_exact_date_format():
    after = run("to_date", texts(a=["20240102", "2024-01-02"]), ["a"], format="%Y%m%d")
    assert cells(after["a"]) == [pd.Timestamp(2024, 1, 2), None]


@pytest.mark.parametrize("format_", ["%Q", "%", "%Y" * 9, "mixed", "ISO8601"])
def test_a_date_format_that_is_none(format_):
    with pytest.raises(Refusal, match="format"):
        run("to_date", texts(a=["10:30"]), ["a"], format=format_)


def test_dates_are_written_as_iso():
    after = run("to_date", texts(a=["5/1/2024", None]), ["a"])
    assert after.to_csv(index=False) == 'a\n2024-01-05\n""\n'


def test_words_for_yes_and_no():
    after = run("to_boolean", texts(a=[" Yes", "NO", "perhaps", None, "1"]), ["a"])
    assert cells(after["a"]) == [True, False, None, None, True]
    assert cells(run("to_boolean", texts(a=["ja", "nein", "yes"]), ["a"], yes=["Ja"], no=["Nein"])["a"]) == [
        True,
        False,
        None,
    ]
    assert cells(run("to_number", after, ["a"])["a"]) == [1, 0, None, None, 1]


def test_a_word_is_not_both():
    with pytest.raises(Refusal, match="both"):
        run("to_boolean", texts(a=["x"]), ["a"], yes=["x"], no=["X "])


def test_ranges():
    written = [
        "10-20",
        "10 to 20 years",
        "50,000–99,999",
        "65+",
        "under 18",
        "$1,000 - $2,000",
        "7",
        "x",
        "1-2-3",
        None,
    ]
    middle = run("range_to_number", texts(a=written), ["a"])["a"]
    assert cells(middle) == [15, 15, 74999.5, 65, 18, 1500, 7, None, None, None]
    assert cells(run("range_to_number", texts(a=written[:4]), ["a"], take="low")["a"]) == [10, 10, 50000, 65]
    assert cells(run("range_to_number", texts(a=written[:4]), ["a"], take="high")["a"]) == [20, 20, 99999, 65]


def test_units():
    written = ["5 kg", "500 g", "5", "3 lb", "1.5KG", "-2 kg", "1,000 g", None]
    units = {"kg": 1, "g": 0.001}
    after = run("unit_to_number", texts(a=written), ["a"], units=units, thousands=",")
    assert cells(after["a"]) == [5, 0.5, 5, None, 1.5, -2, 1, None]
    assert cells(run("unit_to_number", texts(a=["5"]), ["a"], units=units, bare="missing")["a"]) == [None]
    with pytest.raises(Refusal, match="case"):
        run("unit_to_number", texts(a=["5"]), ["a"], units={"Mb": 1, "MB": 8})
