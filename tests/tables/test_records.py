import io

import pytest

from aipm.tables.records import CHUNK, Dialect, read_records


def records(text, *, width=None, **dialect):
    return list(read_records(io.StringIO(text, newline=""), Dialect(**dialect), width=width))


def test_rfc_4180():
    text = 'id,text\r\n1,"say ""hi"", ok"\r\n2,"two\r\nlines"\r\n\r\n3,\r\n'
    assert records(text) == [
        (1, ["id", "text"], False),
        (2, ["1", 'say "hi", ok'], False),
        (3, ["2", "two\r\nlines"], False),
        (5, [], False),
        (6, ["3", ""], False),
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end(end):
    assert [cells for _, cells, _ in records(f"a,b{end}1,2{end}")] == [["a", "b"], ["1", "2"]]


def test_other_characters_that_break_lines_elsewhere_do_not_break_rows():
    assert records("a\x0b\x1e\x85\u2028,b\n") == [(1, ["a\x0b\x1e\x85\u2028", "b"], False)]


def test_single_quotes_and_spaces_after_the_delimiter():
    assert records("1; 'it''s; ok'; x\n", delimiter=";", quote="'", spaced=True)[0][1] == ["1", "it's; ok", "x"]


def test_runs_of_spaces_are_one_delimiter():
    assert [cells for _, cells, _ in records("  1.0   2.0 3.0\n", delimiter=" ", spaced=True)] == [
        ["1.0", "2.0", "3.0"]
    ]


def test_without_a_quote_nothing_is_quoted():
    assert records('1,"a,b"\n', quote=None) == [(1, ["1", '"a', 'b"'], False)]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('3,"open,5', ["3", '"open', "5"]),
        ('2,""Our best, wet.",7', ["2", '"Our best, wet.', "7"]),
        ('4,"say "hi" now",4', ["4", 'say "hi" now', "4"]),
        ('5,"Table, 48"",6', ["5", 'Table, 48"', "6"]),
        ('"6,06:30,"Boots, warm"', ['"6', "06:30", "Boots, warm"]),
        ('7,"x" ,8', ["7", "x", "8"]),
    ],
)
def test_quotes_that_do_not_pair_are_mended_so_that_the_row_has_its_width(line, cells):
    assert records(f"id,text,n\n1,a,2\n{line}\n8,b,9\n", width=3) == [
        (1, ["id", "text", "n"], False),
        (2, ["1", "a", "2"], False),
        (3, cells, True),
        (4, ["8", "b", "9"], False),
    ]


def test_a_cell_over_lines_may_have_quotes_of_its_own():
    found = records('1,"a "b"\nc",2\n3,d,4\n', width=3)
    assert found == [(1, ["1", 'a "b"\nc', "2"], True), (3, ["3", "d", "4"], False)]


def test_two_stray_quotes_do_not_swallow_the_rows_between_them():
    rows = "".join(f"{n},x,y\n" for n in range(5))
    found = records(f'1,"open,3\n{rows}2,close",4\n', width=3)
    assert [cells[0] for _, cells, _ in found] == ["1", "0", "1", "2", "3", "4", "2"]
    assert found[0][1] == ["1", '"open', "3"]


def test_a_quote_left_open_costs_one_row_in_any_place():
    lines = ["1,2,3\n"] * (2 * CHUNK)
    lines[7] = lines[CHUNK - 1] = lines[-1] = '1,"2,3\n'
    found = list(read_records(lines, Dialect(), width=3))
    assert len(found) == len(lines)
    assert [number for number, _, mended in found if mended] == [8, CHUNK, 2 * CHUNK]


def test_a_quoted_cell_may_lie_across_the_chunks_that_are_read_together():
    lines = ["1,2\n"] * (CHUNK - 1) + ['1,"a\n', 'b"\n', "3,4\n"]
    assert list(read_records(lines, Dialect(), width=2))[-2:] == [
        (CHUNK, ["1", "a\nb"], False),
        (CHUNK + 2, ["3", "4"], False),
    ]


@pytest.mark.parametrize(
    "line", ['"' * 30_001, '"a,' * 9_000, '"a",' * 7_000 + '"', '"a"b,' * 6_000, '1,"a' + '""' * 9_000]
)
def test_lines_made_to_take_long_are_split_all_the_same(line):
    assert len(records(f"{line}\n1,2,3\n", width=3)) == 2
