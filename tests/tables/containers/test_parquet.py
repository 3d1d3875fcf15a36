"""Parquet: every type as text, and files that mean harm."""

import datetime as dt
import decimal
import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.tables.containers import unpack
from aipm.tables.model import Limits, ReadOptions


def parquet(columns, **options):
    out = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), out, **options)
    return out.getvalue()


def test_names_are_certain_and_every_row_is_data(read):
    found = read(memoryview(parquet({"id": [1, 2], "zip": ["00501", None], "note": ["NA", ""]})))
    assert found.container == "parquet"
    assert found.columns == ("id", "zip", "note")
    assert found.table.column_names == ["c0", "c1", "c2"]
    assert found.rows() == [["1", "00501", "NA"], ["2", "", ""]]
    assert found.warnings == ()


NOON = dt.datetime(2024, 1, 31, 12)  # noqa: DTZ001 - a clock without a zone
DAY = NOON.replace(hour=0)
PARIS = pa.timestamp("us", "Europe/Paris")


@pytest.mark.parametrize(
    ("array", "shown"),
    [
        (pa.array([1, None, -(2**63)]), ["1", "", "-9223372036854775808"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([0.1, 1.0, 1e20, None]), ["0.1", "1", "1e+20", ""]),
        (pa.array([0.1], pa.float32()), ["0.1"]),
        (pa.array(np.array([0.5], np.float16)), ["0.5"]),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array([dt.date(2024, 1, 31), None]), ["2024-01-31", ""]),
        (pa.array([NOON, None], pa.timestamp("ns")), ["2024-01-31T12:00:00", ""]),
        (pa.array([NOON.replace(microsecond=500_000)], pa.timestamp("us")), ["2024-01-31T12:00:00.5"]),
        (pa.array([DAY, None], pa.timestamp("ms")), ["2024-01-31", ""]),
        (pa.array([DAY, NOON]), ["2024-01-31T00:00:00", "2024-01-31T12:00:00"]),
        (pa.array([NOON], pa.timestamp("us", "UTC")), ["2024-01-31T12:00:00Z"]),
        (pa.array([NOON.replace(tzinfo=dt.UTC)], PARIS), ["2024-01-31T12:00:00Z"]),
        (pa.array([dt.time(8, 5)]), ["08:05:00"]),
        (pa.array([decimal.Decimal("1.50"), None]), ["1.50", ""]),
        (pa.array(["a", "b", None]).dictionary_encode(), ["a", "b", ""]),
        (pa.array(["x", None], pa.large_string()), ["x", ""]),
        (pa.array(["x", None], pa.string_view()), ["x", ""]),
        (pa.array([b"text", None], pa.binary()), ["text", ""]),
        (pa.nulls(2), ["", ""]),
        (pa.array([], pa.int64()), []),
    ],
)
def test_every_type_has_a_plain_text(array, shown, read):
    found = read(parquet({"x": array}))
    assert [cell for (cell,) in found.rows()] == shown
    assert found.warnings == ()


def test_lists_and_records_are_json_text_and_said(read, warned):
    found = read(parquet({"tags": [["a", "ä"], None, []], "who": [{"n": 1, "d": dt.date(2024, 1, 31)}, None, None]}))
    assert found.rows() == [['["a", "ä"]', '{"n": 1, "d": "2024-01-31"}'], ["", ""], ["[]", ""]]
    assert warned(found) == {"nested_cells": 2}


def test_bytes_that_are_no_text_are_hexadecimal_and_said(read, warned):
    found = read(parquet({"raw": pa.array([b"\xff\x00", None]), "key": pa.array([b"ab", b"cd"], pa.binary(2))}))
    assert found.rows() == [["ff00", "ab"], ["", "cd"]]
    assert warned(found) == {"binary_cells": 1}


def test_text_that_is_not_utf8_is_found(read, warned):
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(np.array([0, 2], np.int32)), pa.py_buffer(b"\xff\xfe"))
    assert warned(read(parquet({"x": broken}))) == {"binary_cells": 1}


def test_a_frame_with_repeated_and_blank_names_is_numbered(read, warned):
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], names=["x", "x", ""])
    found = read(parquet(table))
    assert found.columns == ("x", "x 2", "column 3")
    assert found.rows() == [["1", "2", "3"]]
    assert warned(found) == {"repeated_names": 1, "blank_names": 1}


def test_a_frame_of_pandas_comes_back(read):
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"])})
    out = io.BytesIO()
    frame.to_parquet(out)
    assert read(out.getvalue()).rows() == [["1", "x", "u"], ["2", "", "v"]]


def test_a_table_in_many_row_groups_is_whole(read):
    found = read(parquet({"x": list(range(10_000)), "y": [f"k{i % 7}" for i in range(10_000)]}, row_group_size=333))
    assert found.table.num_rows == 10_000
    assert found.rows(9_998) == [["9998", "k2"], ["9999", "k3"]]


def test_ten_thousand_columns_are_refused(refused):
    assert refused(parquet({f"c{i}": [1] for i in range(10_000)})).code == "too_many_columns"


def test_very_many_cells_in_a_small_file_are_refused(refused, monkeypatch):
    monkeypatch.setattr("aipm.tables.containers.parquet.MAX_CELLS", 1_000_000)
    zeros = pa.chunked_array([pa.DictionaryArray.from_arrays(pa.array(np.zeros(10_000, np.int8)), ["x"])])
    data = parquet({f"c{i}": zeros for i in range(101)})
    assert len(data) < 100_000
    assert refused(data).code == "too_many_cells"


@pytest.mark.parametrize("kind", [pa.string(), pa.binary(), pa.large_string()])
def test_one_long_text_repeated_a_million_times_is_refused(kind, refused):
    text = pa.array(["x" * 100_000]).cast(kind)
    data = parquet(
        {
            "a": pa.DictionaryArray.from_arrays(pa.array(np.zeros(1_000_000, np.int32)), text).cast(
                pa.dictionary(pa.int32(), kind)
            )
        },
        compression="zstd",
        store_schema=False,
    )
    assert len(data) < 20_000
    assert refused(data).code == "too_large"


def test_a_list_of_very_many_items_is_refused(refused, monkeypatch):
    monkeypatch.setattr("aipm.tables.containers.parquet.NESTED_BYTES", 100_000)
    values = pa.array(np.zeros(1_100_000, np.int8))
    data = parquet({"a": pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)}, compression="zstd")
    assert refused(data).code == "too_large"


def test_lists_are_read_a_few_at_a_time(read, monkeypatch):
    monkeypatch.setattr("aipm.tables.containers.parquet.NESTED_BYTES", 1_000)
    assert read(parquet({"a": [[i, i + 1] for i in range(500)]})).rows()[499] == ["[499, 500]"]


@pytest.mark.parametrize(
    "data",
    [
        b"PAR1PAR1",
        b"PAR1" + bytes(100) + b"PAR1",
        b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1",
        b"PAR1" + b"\x15\x04\x15\x00" * 30 + b"\x40\0\0\0PAR1",
        parquet({"x": [1, 2]})[:40] + b"PAR1",
        parquet({"x": ["Beeblebrox"]})[:-12] + bytes(4) + b"PAR1",
        parquet({"x": [1, 2]})[:-3],
    ],
)
def test_damaged_files_are_refused(data, refused):
    assert refused(data).code in ("damaged", "unsupported_format")


def test_a_file_without_columns_is_refused(refused):
    assert refused(parquet(pa.table({}))).code == "no_table"


@settings(max_examples=50, deadline=None)
@given(st.integers(4, 10_000), st.binary(min_size=1, max_size=4))
def test_damage_in_the_pages_is_read_or_refused(answer, at, damage):
    data = bytearray(parquet({"x": list(range(500)), "y": ["abc"] * 500}, compression="none"))
    body = len(data) - int.from_bytes(data[-8:-4], "little") - 8
    at = 4 + at % (body - 8)
    data[at : at + len(damage)] = damage
    assert answer(bytes(data))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.none(), max_size=50), st.booleans())
def test_text_comes_back_as_it_was(cells, dictionary):
    found = unpack(parquet({"x": pa.array(cells, pa.string())}, use_dictionary=dictionary), ReadOptions(), Limits())
    assert found.rows() == [[cell or ""] for cell in cells]
