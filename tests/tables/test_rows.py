import csv
import io
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from aipm.tables.body import Body
from aipm.tables.cells import Kind
from aipm.tables.ending import Ending
from aipm.tables.model import ReadError
from aipm.tables.records import Dialect
from aipm.tables.rows import read_mending, read_rows
from aipm.tables.strict import can_read, read_part

CELLS = st.text(alphabet=list("ab1,;|\"' \n\r\té東\x0b\x1e\u2028"), max_size=6)
DIALECTS = st.builds(Dialect, st.sampled_from(",;\t|\x01"), st.sampled_from(['"', "'", None]))


def body(text, *, columns, dialect=None, **more):
    return Body(data=text.encode(), start=0, line=1, dialect=dialect or Dialect(), columns=columns, **more)


def mended(text, **more):
    """Rows and account of the mending reader."""
    table, account = read_mending(body(text, **more), longest_line=1_000_000)
    return [list(row.values()) for row in table.to_pylist()], account


@st.composite
def well_written(draw):
    """A text as a careful writer writes it, with quotes where they are needed and here and there besides."""
    dialect = draw(DIALECTS)
    columns = draw(st.integers(1, 4))
    forbidden = dialect.delimiter + "\r\n"
    rows = draw(st.lists(st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=8))

    def cell(text):
        if dialect.quote is None:
            return "".join(c for c in text if c not in forbidden)
        if set(text) & {*forbidden, dialect.quote} or draw(st.booleans()):
            return dialect.quote + text.replace(dialect.quote, 2 * dialect.quote) + dialect.quote
        return text

    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = [dialect.delimiter.join(map(cell, row)) for row in rows]
    return end.join(lines) + draw(st.sampled_from(["", end])), columns, dialect


def regular(text, **more):
    """The table, where the strict engine takes the whole text without a word."""
    found = body(text, **more)
    part = can_read(found.dialect) and read_part(text.encode(), found, longest_line=1_000_000)
    return part.table if part and not part.odd else None


def rows_of(table):
    return [list(row.values()) for row in table.to_pylist()]


@given(well_written())
def test_what_a_careful_writer_wrote_is_read_the_same_way_by_both(written):
    text, columns, dialect = written
    table = regular(text, columns=columns, dialect=dialect)
    event("strict" if table else "mending only")
    if table is not None:
        rows, account = mended(text, columns=columns, dialect=dialect)
        assert rows_of(table) == rows
        assert account.warnings(Ending(table.num_rows), rows=table.num_rows, columns=columns) == ()


@given(st.text(alphabet=list('ab,"\n\n\r"'), max_size=40), st.integers(1, 3))
def test_the_strict_path_refuses_whatever_the_other_would_mend(text, columns):
    table = regular(text, columns=columns)
    if table is not None:
        rows, account = mended(text, columns=columns)
        assert rows_of(table) == rows
        assert account.warnings(Ending(table.num_rows), rows=table.num_rows, columns=columns) == ()


@st.composite
def as_it_comes(draw):
    """Lines as they come in files: most as they should be, some not, from a few that come again and again."""
    dialect = draw(DIALECTS)
    columns = draw(st.integers(1, 4))
    row = st.lists(st.sampled_from(["a", "1", "2.5", "é東", ""]), min_size=columns, max_size=columns)
    usual = draw(st.lists(row.map(dialect.delimiter.join), min_size=1, max_size=3))
    odd = st.text(alphabet=[*"ab1 \"'", dialect.delimiter], max_size=8) | row.map("#".join)
    names = tuple("idxy"[:columns])
    lines = draw(
        st.lists(
            st.sampled_from(usual) | st.sampled_from([*usual, dialect.delimiter.join(names), ""]) | odd, max_size=30
        )
    )
    ends = st.sampled_from(["\n", "\r\n", "\r"])
    end = draw(ends)
    text = "".join(line + (end if draw(st.integers(0, 9)) else draw(ends)) for line in lines)
    named = draw(st.booleans())
    return text, {
        "columns": columns,
        "dialect": dialect,
        "names": names if named else (),
        "header": dialect.delimiter.join(names) if named else None,
        "kinds": tuple(draw(st.sampled_from([None, Kind.NUMBER, Kind.TEXT])) for _ in names),
    }


def told(account, rows):
    """All that an account says of the rows; blank lines behind the last of them are nobody's business."""
    tallies = [getattr(account, name) for name in ("padded", "trimmed", "lost", "realigned", "mended", "repeated")]
    blank = [line for row, line in zip(account.blank.rows, account.blank.lines, strict=True) if row < rows]
    return [(list(tally.rows), list(tally.lines)) for tally in tallies], blank, account.events, account.longest


@given(as_it_comes(), st.integers(1, 40), st.integers(1, 10))
def test_by_parts_as_in_one_go(written, part, piece):
    text, more = written
    rows, account = mended(text, **more)
    table, other = read_rows(body(text, **more), longest_line=1_000_000, part=part, piece=piece)
    event("odd" if account.events else "even")
    assert rows_of(table) == rows
    assert told(other, len(rows)) == told(account, len(rows))


def test_a_row_that_is_not_as_the_rest_costs_no_other_its_way():
    row = "1,Ana,2.5\n"
    text = (
        row * 90_000
        + "2,Bob\n\n3,Cy,4,\n"
        + row * 90_000
        + '4,"Di\nEve",5\n'
        + row * 90_000
        + '5,"Flo,6\n'
        + row * 90_000
    )
    rows, account = mended(text, columns=3)
    table, other = read_rows(body(text, columns=3), longest_line=1_000_000)
    assert rows_of(table) == rows
    assert told(other, len(rows)) == told(account, len(rows))
    assert list(other.padded.lines) == [90_001]
    assert list(other.mended.lines) == [270_006]


@given(st.lists(st.lists(st.text(alphabet=list("ab1,\"' é"), max_size=5), min_size=2, max_size=4), max_size=8))
def test_no_row_with_content_is_ever_left_out(rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found, account = mended(text.getvalue(), columns=3)
    assert found == [[*row, ""][:3] for row in rows if any(row)]
    assert len(account.padded.rows) == sum(len(row) == 2 for row in rows if any(row))
    assert len(account.blank.rows) == sum(not any(row) for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n3\n",
        "1,2\n3,4,5\n",
        "1,2\n\n3,4\n",
        "1,2\n,\n3,4\n",
        '1,5" pipe\n2,x\n',
        '1,"open\n2,x\n',
        '1,"a"b\n2,x\n',
        "1,\x00\n2,x\n",
        "id,n\n1,2\n",
        "",
    ],
)
def test_the_strict_path_refuses(text):
    assert regular(text, columns=2, names=("id", "n")) is None


def test_the_strict_path_refuses_a_cell_that_looks_as_if_it_had_swallowed_rows():
    text = '1,"open,3\n2,x,y\n3,close",4\n'
    assert regular(text, columns=3) is None
    assert len(mended(text, columns=3)[0]) == 3
    assert regular(text.replace("x,y", "x y"), columns=3).num_rows == 1


def test_the_strict_path_takes_quotes_newlines_and_blank_cells():
    table = regular('1,"a ""b"",\nc"\n2,\n"",x', columns=2)
    assert table.to_pydict() == {"c0": ["1", "2", ""], "c1": ['a "b",\nc', "", "x"]}


def test_the_strict_path_looks_at_quotes_in_all_parts_of_a_long_text():
    row = '1,"' + "x" * 996 + '"\n'
    text = row * 3_000
    assert regular(text, columns=2).num_rows == 3_000
    assert regular(text + '1,x"y\n' + row, columns=2) is None
    assert regular(text + '1,"x"y\n' + row, columns=2) is None


def test_short_rows_are_padded_and_long_ones_trimmed_with_their_lines():
    rows, account = mended("1,2,3\n4,5\n\n6,7,8,9\n10,11,12,\n", columns=3)
    assert rows == [["1", "2", "3"], ["4", "5", ""], ["6", "7", "8"], ["10", "11", "12"]]
    assert list(account.padded.lines) == [2]
    assert list(account.trimmed.lines) == [4, 5]
    assert list(account.lost.lines) == [4]
    assert list(account.blank.lines) == [3]


def test_lines_are_counted_on_from_where_the_body_begins():
    text = body("title\nid,n\n1,2\n3\n", columns=2)
    _, account = read_mending(replace(text, start=11, line=3), longest_line=99)
    assert list(account.padded.lines) == [4]


def test_a_line_that_is_too_long_is_refused_with_its_number():
    with pytest.raises(ReadError) as refusal:
        read_mending(body("1,2\n" + "x" * 100 + "\n", columns=2), longest_line=50)
    assert (refusal.value.code, refusal.value.line) == ("line_too_long", 2)
