"""JSON in the shapes in which people export tables."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.tables.containers import unpack
from aipm.tables.model import Limits, ReadOptions

ROWS = [["1", "Ana"], ["2", "Zoë"]]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "name": "Ana"}, {"id": 2, "name": "Zoë"}]',
        '[{"id": 1, "name": "Ana"}, {"name": "Zoë", "id": 2}]',
        '{"id": 1, "name": "Ana"}\n{"id": 2, "name": "Zoë"}\n',
        '{"id": 1, "name": "Ana"}\r\n\r\n{"id": 2, "name": "Zoë"}',
        '{"id": 1, "name": "Ana"} {"id": 2, "name": "Zoë"}',
        '\x1e{"id": 1, "name": "Ana"}\n\x1e{"id": 2, "name": "Zoë"}\n',
        '{"id": [1, 2], "name": ["Ana", "Zoë"]}',
        '{"id": {"0": 1, "1": 2}, "name": {"0": "Ana", "1": "Zoë"}}',
    ],
)
def test_records_lines_and_columns_give_the_same_table(text, read):
    found = read(text.encode())
    assert found.container == "json"
    assert found.columns == ("id", "name")
    assert found.rows() == ROWS
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"data": [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Zoë"}], "count": 2}',
        '{"meta": {"page": 1}, "rows": [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Zoë"}]}',
        '{"tags": ["a"], "rows": [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Zoë"}]}',
        '{"ok": true, "result": {"records": [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Zoë"}]}}',
    ],
)
def test_the_one_list_of_records_in_a_wrapper_is_the_table(text, read, warned):
    found = read(text.encode())
    assert found.columns == ("id", "name")
    assert found.rows() == ROWS
    assert warned(found) == {"left_aside": 1}


@pytest.mark.parametrize("orient", ["records", "columns", "split", "table"])
def test_what_pandas_writes_is_read(orient, read):
    frame = pd.DataFrame({"id": [1, 2], "name": ["Ana", "Zoë"]})
    found = read(frame.to_json(orient=orient, index=False if orient == "table" else None).encode())
    assert found.columns == ("id", "name")
    assert found.rows() == ROWS


def test_objects_by_key_are_rows_that_begin_with_their_key(read, warned):
    found = read(b'{"p1": {"name": "Ana"}, "p2": {"name": "Bob", "age": 3}}')
    assert found.columns == ("column 1", "name", "age")
    assert found.rows() == [["p1", "Ana", ""], ["p2", "Bob", "3"]]
    assert "keyed_records" in warned(found)


@pytest.mark.parametrize("text", ['[["id", "n"], [1, "a"], [2, "b"]]', '["id", "n"]\n[1, "a"]\n[2, "b"]\n'])
def test_lists_of_lists_keep_their_header_among_the_rows(text, read):
    found = read(text.encode())
    assert found.columns is None
    assert found.rows() == [["id", "n"], ["1", "a"], ["2", "b"]]


def test_lists_of_unequal_length_are_filled_up_and_counted(read, warned):
    found = read(b"[[1, 2, 3], [4], [5, 6, 7], []]")
    assert found.rows() == [["1", "2", "3"], ["4", "", ""], ["5", "6", "7"], ["", "", ""]]
    assert warned(found) == {"padded_rows": 2}


def test_values_stay_as_they_are_written(read, warned):
    text = """[{"zip": "00501", "big": 123456789012345678901234567890, "huge": 1e400, "small": 0.10, "exact": 1.0,
        "yes": true, "no": false, "none": null, "nan": NaN, "inf": -Infinity, "na": "NA", "blank": ""}]"""
    found = read(text.encode())
    assert dict(zip(found.columns, found.rows()[0], strict=True)) == {
        "zip": "00501",
        "big": "123456789012345678901234567890",
        "huge": "1e400",
        "small": "0.10",
        "exact": "1.0",
        "yes": "true",
        "no": "false",
        "none": "",
        "nan": "NaN",
        "inf": "-Infinity",
        "na": "NA",
        "blank": "",
    }
    assert warned(found) == {"not_finite": 2}


def test_records_in_records_are_flattened_once_and_what_is_deeper_is_json(read, warned):
    deep = '{"who": {"name": "Ana", "at": {"lat": 1.50, "ok": null}}, "tags": ["a", 1e400, true]}'
    text = f'[{deep}, {{"who": "Bob"}}, {{"who": {{}}}}]'
    found = read(text.encode())
    assert found.columns == ("who.name", "who.at", "tags", "who")
    assert found.rows()[0] == ["Ana", '{"lat": 1.50, "ok": null}', '["a", 1e400, true]', ""]
    assert found.rows()[1:] == [["", "", "", "Bob"], ["", "", "", "{}"]]
    assert warned(found) == {"flattened": 1, "nested_cells": 3}


def test_no_column_takes_the_place_of_another_with_the_same_dotted_name(read, warned):
    found = read(b'[{"a.b": 1, "a": {"b": 2}}]')
    assert found.columns == ("a.b", "a.b 2")
    assert found.rows() == [["1", "2"]]
    assert "repeated_names" in warned(found)


def test_keys_that_come_and_go_make_columns_with_blanks(read):
    found = read(b'[{"a": 1}, {"b": 2}, {"a": 3, "c": 4}]')
    assert found.columns == ("a", "b", "c")
    assert found.rows() == [["1", "", ""], ["", "2", ""], ["3", "", "4"]]


def test_repeated_keys_and_null_items_are_counted(read, warned):
    found = read(b'[{"a": 1, "a": 2}, null, {"a": 3}]')
    assert found.rows() == [["2"], [""], ["3"]]
    assert warned(found) == {"repeated_keys": 1, "null_items": 1}


def test_blank_keys_are_numbered(read):
    assert read(b'[{"": 1, " ": 2}]').columns == ("column 1", "column 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_in_every_unicode_is_read(encoding, read):
    text = '[{"name": "Zoë 東京 😀"},\n {"name": "b"}]'
    assert read(text.encode(encoding)).rows() == [["Zoë 東京 😀"], ["b"]]


def test_json_in_another_encoding_is_a_guess_that_is_said(read, warned):
    found = read('[{"name": "Müller"}, {"name": "Käthe"}]'.encode("cp1252"))
    assert found.rows() == [["Müller"], ["Käthe"]]
    assert "encoding_guessed" in warned(found)
    assert read('[{"name": "żółw"}]'.encode("cp1250"), encoding="cp1250").rows() == [["żółw"]]


def test_half_a_surrogate_pair_is_mended_and_counted(read, warned):
    found = read(rb'[{"a": "\ud83d\ude00"}, {"a": "\ud83d"}, {"a": "x"}]')
    assert found.rows() == [["😀"], ["\ufffd"], ["x"]]
    assert warned(found) == {"broken_characters": 1}


def test_one_record_is_one_row_and_said(read, warned):
    found = read(b'{"a": 1, "b": {"c": 2}}')
    assert (found.columns, found.rows()) == (("a", "b.c"), [["1", "2"]])
    assert "one_record" in warned(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "no_table"),
        ("{}", "no_table"),
        ("[{}, {}]", "no_table"),
        ("[[], []]", "no_table"),
        ("[null, null]", "no_table"),
        ("[1, 2, 3]", "no_table"),
        ('["Beeblebrox"]', "no_table"),
        ('[{"a": 1}, 2]', "no_table"),
        ('[{"a": 1}, [2]]', "no_table"),
        ('{"a": [1, 2], "b": [3]}', "no_table"),
        ('{"a": 1, "b": [3]}', "no_table"),
        ('{"a": [{"x": 1}], "b": [{"y": 1}]}', "several_tables"),
        ('{"a": [[1], [2]], "b": [[3], [4]]}', "several_tables"),
        ('{"r": {"a": [{"x": 1}], "b": [{"y": 1}]}}', "several_tables"),
    ],
)
def test_json_that_is_no_table_is_refused(text, code, refused):
    assert refused(text.encode()).code == code


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[{"a": 1},\n {"a": 2},\n {"a": ', 3, "cut off"),
        ('[{"a": 1},\n {"a": "Beeblebr', 2, "cut off"),
        ('[{"a": 1},\n {"a": 2}', 2, "cut off"),
        ('[{"a": 1},\n {"Beeblebrox" 2}]', 2, "broken"),
        ('[{"a": 1}\n {"a": 2}]', 2, "broken"),
        ('{"a": 1}\n{"a": 2\n{"a": 3}\n', 3, "broken"),
        ('{"data": [{"a": 1}],\n Beeblebrox}', 2, "broken"),
    ],
)
def test_damage_is_told_by_its_line(text, line, said, refused):
    refusal = refused(text.encode())
    assert refusal.code == "damaged"
    assert refusal.line == line
    assert said in refusal.message


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, '{"a":' * 300_000, '[{"a": ' + "[" * 200_000, '[{"a": ' + "[" * 900 + "1" + "]" * 900 + "}]"],
)
def test_deep_nesting_ends_in_a_table_or_a_refusal(text, answer):
    assert answer(text.encode())


def test_too_many_columns_are_refused(refused):
    assert refused(json.dumps([{str(i): i for i in range(1_001)}]).encode()).code == "too_many_columns"
    growing = json.dumps([{str(i): i} for i in range(1_001)])
    assert refused(growing.encode()).code == "too_many_columns"
    assert refused(json.dumps({str(i): [i] for i in range(1_001)}).encode()).code == "too_many_columns"


def test_a_small_file_with_very_many_blank_cells_is_refused(refused, monkeypatch):
    monkeypatch.setattr("aipm.tables.containers.cells.MAX_CELLS", 1_000_000)
    text = "[" + json.dumps({str(i): i for i in range(1_000)}) + ',{"x":1}'.replace("x", "0") * 1_001 + "]"
    assert refused(text.encode()).code == "too_many_cells"


KEYS = st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=4)
CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(KEYS, CELLS, min_size=1, max_size=4), min_size=1, max_size=8), st.booleans())
def test_every_record_comes_back_cell_by_cell(records, lines):
    text = "\n".join(map(json.dumps, records)) if lines and len(records) > 1 else json.dumps(records)
    found = unpack(text.encode(), ReadOptions(), Limits())
    keys = list(dict.fromkeys(key for record in records for key in record))
    shown = [dict(zip(keys, row, strict=True)) for row in found.rows()]
    for record, cells in zip(records, shown, strict=True):
        for key in keys:
            value = record.get(key)
            expected = value if isinstance(value, str) else "" if value is None else json.dumps(value)
            assert cells[key] == expected


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=2), v, max_size=3),
    ),
    st.integers(0, 40),
)
def test_any_json_whole_or_cut_is_read_or_refused(answer, value, cut):
    text = json.dumps(value, ensure_ascii=False)
    for part in (text, text[: max(1, len(text) - cut)]):
        assert answer(part.encode())
