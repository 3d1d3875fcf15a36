"""Files of every kind, read back by somebody else's reader."""

import csv
import io
import json
import sqlite3
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from aipm.prep.write import file_name, part_bytes, sqlite_bytes, sqlite_names
from aipm.tables import Refusal
from aipm.tables.formula import SIGNS

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
MIXED = pd.DataFrame(
    {
        "whole": pd.array([1, None, 3], dtype="Int64"),
        "number": [0.1 + 0.2, float("nan"), float("inf")],
        "yes": pd.array([True, None, False], dtype="boolean"),
        "day": pd.to_datetime(["2024-01-31", None, "2024-02-01 10:00"], format="ISO8601"),
        'a "name"; DROP': pd.Series(["x", None, "=1+1"], dtype="str"),
    }
)


def test_the_only_part_of_data_that_is_not_split_is_called_prepared():
    assert (file_name("all"), file_name("train", "jsonl")) == ("prepared.csv", "train.jsonl")


@settings(max_examples=50)
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_csv_comes_back_and_nothing_in_it_is_calculated(texts):
    cells = pd.DataFrame({"=name": pd.Series(texts, dtype="str")})
    data = part_bytes(cells, "csv")
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    assert head == ["'=name"]
    for before, [after] in zip(texts, rows, strict=True):
        assert after in (before, f"'{before}")
        number = after.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()
        assert not after or after[0] not in SIGNS or number


def test_plain_numbers_stay_numbers_in_csv():
    cells = pd.DataFrame({"x": pd.Series(["-3", "+1.5", "-x", "@a", "-1-1", "\u200b=1"], dtype="str"), "y": [-1.5] * 6})
    found = pd.read_csv(io.BytesIO(part_bytes(cells, "csv")))
    assert found["x"].tolist() == ["-3", "+1.5", "'-x", "'@a", "'-1-1", "'\u200b=1"]
    assert found["y"].tolist() == [-1.5] * 6


def test_json_lines_keep_every_digit_and_say_null():
    rows = [json.loads(line) for line in part_bytes(MIXED, "jsonl").splitlines()]
    assert rows[0] == {
        "whole": 1,
        "number": 0.1 + 0.2,
        "yes": True,
        "day": "2024-01-31T00:00:00",
        'a "name"; DROP': "x",
    }
    assert list(rows[1].values()) == [None] * 5
    assert (rows[2]["number"], rows[2]['a "name"; DROP']) == (None, "=1+1")


def test_parquet_keeps_types():
    found = parquet.read_table(io.BytesIO(part_bytes(MIXED, "parquet")))
    assert found.column_names == list(MIXED.columns)
    assert found["whole"].to_pylist() == [1, None, 3]
    assert found["day"].to_pylist()[2] == datetime(2024, 2, 1, 10)  # noqa: DTZ001 - dates of a table have no zone
    assert found['a "name"; DROP'].to_pylist() == ["x", None, "=1+1"]


HOSTILE_NAMES = ['"; DROP TABLE train; --', "Age", "age", "a\0b", "select", "'", "", "ä" * 300]


def test_sqlite_holds_a_table_for_each_part_whatever_the_names():
    cells = pd.DataFrame([[str(k) for k in range(len(HOSTILE_NAMES))]] * 2, dtype="str")
    cells.columns = HOSTILE_NAMES
    base = sqlite3.connect(":memory:")
    base.deserialize(sqlite_bytes({"train": cells, "test": MIXED}))
    assert base.execute("SELECT count(*) FROM train").fetchone() == (2,)
    found = base.execute("SELECT * FROM train")
    assert [each[0] for each in found.description] == sqlite_names(HOSTILE_NAMES)
    assert found.fetchone() == tuple(str(k) for k in range(len(HOSTILE_NAMES)))
    assert base.execute("SELECT * FROM test").fetchone() == (1, 0.1 + 0.2, 1, "2024-01-31T00:00:00", "x")
    assert base.execute("SELECT whole, number FROM test").fetchall()[1:] == [(None, None), (3, None)]
    base.close()


def test_more_columns_than_sqlite_holds_are_refused():
    with pytest.raises(Refusal):
        sqlite_bytes({"all": pd.DataFrame([[0] * 2_001])})
