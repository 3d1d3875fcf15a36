"""Rows, columns and the table as a whole."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.profile import profile
from aipm.tables import Refusal
from tests.prep.profile.build import findings, kinds, table

RANDOM = np.random.default_rng(11)
CELLS = st.sampled_from(["", "a", "A", "b ", "1", "2", "2.0", "?", "1e400", "-5", "01/02/2024", "x;y", "12%", "=1+1"])


def test_duplicates_count_the_later_rows():
    found = findings({"a": [1, 2, 1, 1], "b": ["x", "y", "x", "x"]})["duplicate_rows", None]
    assert (found.count, found.rows) == (2, (3, 4))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=30))
def test_counts_are_those_of_pandas(rows):
    columns = {"a": [row[0] for row in rows], "b": [row[1] for row in rows]}
    found = profile(table(columns))
    trimmed = pd.DataFrame(columns).apply(lambda column: column.str.strip())
    said = next((each.count for each in found.findings if each.kind == "duplicate_rows"), 0)
    assert said == int(trimmed.duplicated().sum())
    assert [each.blank for each in found.columns] == [int((trimmed[name] == "").sum()) for name in trimmed]
    assert all(each.missing + each.filled == len(rows) for each in found.columns)


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2)), min_size=5, max_size=60))
def test_outliers_are_those_of_pandas(values):
    found = profile(table({"v": values}))
    column, series = found.columns[0], pd.Series(values)
    if column.numeric is None or column.sentinels:
        return
    q1, q3 = series.quantile([0.25, 0.75])
    assert column.numeric.q1 == pytest.approx(q1, abs=1e-6)
    assert column.numeric.mean == pytest.approx(series.mean(), abs=1e-6)
    reach = 1.5 * (q3 - q1)
    expected = int(((series < q1 - reach - 1e-9) | (series > q3 + reach + 1e-9)).sum())
    counted = {each.kind: each.count for each in found.findings}
    if column.kind == "number" and column.distinct >= 5 and reach > 0:
        assert counted.get("outlier_iqr", 0) == pytest.approx(expected, abs=1)


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), min_size=1, max_size=12))
def test_whatever_stands_there_gets_an_answer(rows):
    columns = {"a": [r[0] for r in rows], "date of birth": [r[1] for r in rows], "phone number": [r[2] for r in rows]}
    found = profile(table(columns), target="a")
    assert found.rows == len(rows)
    assert list(found.findings) == sorted(found.findings, key=lambda each: -each.weight)


def test_the_order_of_columns_changes_nothing():
    columns = {
        "id": range(60),
        "age": RANDOM.integers(18, 80, 60),
        "group": ["a", "B", "b"] * 20,
        "x": ["", "?", 3] * 20,
    }
    forth, back = findings(columns), findings(dict(reversed(columns.items())))
    assert {key: each.count for key, each in forth.items() if key[1]} == {
        key: each.count for key, each in back.items() if key[1]
    }


@pytest.mark.parametrize(
    "columns",
    [
        {"a": ["1"]},
        {"a": [""]},
        {"a": ["x"] * 50},
        {"a": ["?"] * 50, "b": ["", "NA"] * 25},
        {"a": ["inf"] * 30, "b": ["1e308", "-1e308", "1e-320"] * 10},
        {"a": [f"c{i}" for i in range(10_000)], "b": [i % 7 for i in range(10_000)]},
        {"=cmd()": ["=1+1", "@x", "+2"] * 10, "<b>": ["{0}", "%s", "{x}"] * 10},
        {"a": ["x" * 5_000] * 3},
    ],
)
def test_odd_tables(columns):
    for target in (None, next(iter(columns))):
        found = profile(table(columns), target=target, labels=target is not None)
        assert len(found.columns) == len(columns)


def test_a_thousand_columns():
    columns = {f"c{i}": RANDOM.integers(0, 3 + i, 40).tolist() for i in range(1_000)}
    assert len(profile(table(columns), target="c5").columns) == 1_000


def test_a_target_that_is_not_there_and_a_table_without_rows():
    with pytest.raises(Refusal, match="not in the file"):
        profile(table({"a": [1]}), target="b")
    with pytest.raises(Refusal, match="no rows"):
        profile(table({"a": []}))


def test_no_message_quotes_a_cell():
    place = "Zanzibarhausen"
    found = profile(table({"place": [place, place.lower(), "Rome"] * 20, "other": [place, "", "x"] * 20}))
    assert found.findings
    assert all(place.lower() not in (each.message + each.advice).lower() for each in found.findings)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("constant_column", ["x"] * 100),
        ("near_constant", ["x"] * 199 + ["y"]),
        ("id_like", [f"A-{i:04}" for i in range(100)]),
        ("id_like", list(range(100, 200))),
        ("high_cardinality", [f"word {i % 70} and {i % 3}" for i in range(300)]),
        ("rare_category", ["a", "b"] * 300 + ["c"]),
        ("category_variants", ["Male", "male", "Female"] * 30),
        ("category_variants", ["Male"] * 30 + ["M"] * 30 + ["Female"] * 30),
        ("category_variants", ["São Paulo", "Sao Paulo", "Rio"] * 30),
        ("category_variants", ["insurance"] * 90 + ["insurence"] + ["other"] * 30),
        ("capped_value", [*RANDOM.integers(1, 5000, 400).tolist(), *[5000] * 40]),
        ("zero_inflated", [*[0] * 90, *range(1, 30)]),
        ("outlier_extreme", [*RANDOM.integers(18, 80, 100).tolist(), 99999999]),
        ("time_series", [f"2024-{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 29)]),
    ],
)
def test_one_column(kind, cells):
    assert kind in kinds({"x": cells, "other": RANDOM.normal(0, 1, len(cells)).tolist()}, "x")


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("category_variants", ["Iran", "Iraq"] * 40),
        ("category_variants", ["A1", "A2", "A3"] * 40 + ["A4"]),
        ("category_variants", ["1st-4th"] * 90 + ["5th-6th"]),
        ("category_variants", ["<=50K"] * 90 + [">50K"] * 30),
        ("category_variants", ["male"] * 90 + ["female"] * 3),
        ("id_like", RANDOM.normal(0, 1, 100).tolist()),
        ("id_like", RANDOM.integers(0, 80, 100).tolist()),
        ("capped_value", RANDOM.integers(1, 50, 400).tolist()),
        ("outlier_extreme", RANDOM.lognormal(10, 1.5, 400).round(2).tolist()),
        (
            "time_series",
            RANDOM.permutation([f"2024-{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 29)]).tolist(),
        ),
    ],
)
def test_what_one_column_is_not(kind, cells):
    assert kind not in kinds({"x": cells}, "x")


def test_columns_that_say_the_same():
    code = RANDOM.integers(0, 6, 200)
    words = np.array(["none", "primary", "secondary", "college", "master", "doctor"])[code]
    found = findings({"level": code.tolist(), "again": code.tolist(), "word": words.tolist()})
    assert found["identical_columns", "again"].fix.columns == ("again",)
    assert ("redundant_columns", "level") in found


def test_what_a_date_tells():
    days = np.datetime64("2024-01-01") + RANDOM.integers(0, 700, 400)
    names = np.array(["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"])
    columns = {
        "day": days.astype(str).tolist(),
        "month": days.astype("datetime64[M]").astype(str).tolist(),
        "weekday": names[days.astype(int) % 7].tolist(),
        "noise": RANDOM.integers(0, 12, 400).tolist(),
    }
    assert findings(columns)["redundant_columns", None].columns == ("day", "month", "weekday")


def test_columns_that_move_together():
    x = RANDOM.normal(0, 1, 300)
    found = findings({"x": x.tolist(), "y": (2 * x + 0.1).round(3).tolist(), "z": RANDOM.normal(0, 1, 300).tolist()})
    assert found["high_correlation", "x"].columns == ("x", "y")


def test_rows_of_one_person():
    patients = RANDOM.integers(100_000, 100_060, 200).tolist()
    found = findings({"patient_id": patients, "value": RANDOM.normal(0, 1, 200).tolist()})
    entity = found["duplicate_entity", "patient_id"]
    assert entity.count == 200 - len(set(patients))
    assert entity.fix.params == {"how": "group"}


def test_how_the_file_was_read():
    found = findings({"column 1": [1, 2]}, reading={"header_row": None, "encoding": "windows-1252"})
    assert {("no_header", None), ("encoding_not_utf8", None)} <= set(found)
