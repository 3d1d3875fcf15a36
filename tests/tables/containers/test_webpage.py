"""Web pages: the largest table, as it is seen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.tables.containers import unpack
from aipm.tables.model import Limits, ReadOptions

HEADER = "<tr><th>id</th><th>name</th></tr>"
ROWS = "<tr><td>1</td><td>Ana</td></tr><tr><td>2</td><td>Bob</td></tr>"
READ = [["id", "name"], ["1", "Ana"], ["2", "Bob"]]


@pytest.mark.parametrize(
    "text",
    [
        f"<html><body><h1>People</h1><table>{HEADER}{ROWS}</table></body></html>",
        f"<table><thead>{HEADER}</thead><tbody>{ROWS}</tbody></table>",
        f"<table><thead>{HEADER.replace('th>', 'td>')}</thead><tbody>{ROWS}</tbody></table>",
        "<TABLE><TR><TH>id<TH>name<TR><TD>1<TD>Ana<TR><TD>2<TD>Bob</TABLE>",
        f"<!doctype html><table>{HEADER}<tr></tr><form>{ROWS}</form></table>",
        f"<table><caption>All people</caption><colgroup><col></colgroup>{HEADER}{ROWS}</table>",
    ],
)
def test_a_table_is_read_however_its_tags_are_written(text, read):
    found = read(text.encode())
    assert found.container == "html"
    assert found.columns is None
    assert found.rows() == READ
    assert found.header_rows == 1
    assert found.warnings == ()


def test_without_header_cells_the_page_does_not_say_where_the_header_is(read):
    assert read(f"<table>{ROWS}</table>".encode()).header_rows is None
    assert read(b"<table><tr><th>a</th></tr><tr><th>b</th></tr></table>").header_rows is None
    labelled = "<table><tr><td></td><td>x</td></tr><tr><th>a</th><td>1</td></tr></table>"
    assert read(labelled.encode()).header_rows is None


def test_text_in_cells_is_what_a_person_sees(read):
    cells = (
        "<td> a\n <b>b</b>&nbsp;c </td><td>x<br>y<p>z</p></td><td>&lt;i&gt; &amp; &eacute; &#8364;</td>"
        "<td><script>alert(1)</script><style>td{}</style>s<!-- no --></td>"
        "<td><span style='display: none'>9</span>1</td>"
        "<td hidden>kept</td><td><input value='no'><img alt='no' src='http://127.0.0.1:9/x'>i</td>"
    )
    assert read(f"<table><tr>{cells}</tr></table>".encode()).rows() == [
        ["a b c", "x y z", "<i> & é €", "s", "1", "kept", "i"]
    ]


def test_the_largest_of_several_tables_is_read_and_said(read, warned):
    menu = "<table><tr><td>Home</td></tr><tr><td>About</td></tr></table>"
    found = read(f"<html>{menu}<table>{HEADER}{ROWS}</table>{menu}</html>".encode())
    assert found.rows() == READ
    assert warned(found) == {"several_tables": 3}


def test_tables_in_tables_do_not_mix(read):
    inner = f"<table>{HEADER}{ROWS}</table>"
    assert read(f"<table><tr><td>menu</td><td>before {inner} after</td></tr></table>".encode()).rows() == READ
    outer = f"<table><tr><td>a</td><td>b <table><tr><td>x</td></tr></table> c</td></tr>{ROWS}{ROWS}</table>"
    assert read(outer.encode()).rows()[:2] == [["a", "b c"], ["1", "Ana"]]


def test_cells_over_several_places_are_repeated_in_each(read):
    text = """<table><tr><th rowspan=2>Name</th><th colspan=2>2024</th></tr><tr><th>Q1</th><th>Q2</th></tr>
        <tr><td rowspan=2>north</td><td>1</td><td>2</td></tr><tr><td colspan=2>none</td></tr></table>"""
    found = read(text.encode())
    assert found.rows() == [["Name", "2024", "2024"], ["", "Q1", "Q2"], ["north", "1", "2"], ["north", "none", "none"]]
    assert found.header_rows == 2


def test_a_title_over_the_whole_width_stands_once(read):
    text = f"<table><tr><td colspan=2>People of 2024</td></tr>{ROWS}</table>"
    assert read(text.encode()).rows()[0] == ["People of 2024", ""]


@pytest.mark.parametrize("span", ["0", "-3", "x", "1e9", "", "999999999999999999999"])
def test_spans_that_make_no_sense_do_no_harm(span, read):
    assert (
        read(
            f'<table><tr><td rowspan="{span}">a</td><td>b</td></tr><tr><td>c</td></tr></table>'.encode()
        ).table.num_rows
        == 2
    )


def test_spans_beyond_the_bounds_are_refused(refused):
    wide = b"<table><tr><td colspan=1000>a</td><td>b</td></tr></table>"
    assert refused(wide).code == "too_many_columns"
    cells = "<td rowspan=65534>Beeblebrox</td>" * 1_000
    assert refused(f"<table><tr>{cells}</tr>{'<tr><td>1</td></tr>' * 2}</table>".encode()).code == "too_many_columns"


def test_one_long_text_spread_over_many_cells_is_refused(refused):
    first = f"<tr><td colspan=999 rowspan=65534>{'x' * 20_000}</td><td>1</td></tr>"
    assert refused(f"<table>{first}{'<tr><td>2</td></tr>' * 100}</table>".encode()).code == "too_large"


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><table><tr><td>1",
        f"<html><table>{HEADER}{ROWS}<tr><td>3</td><td>Ca",
        f"<table>{HEADER}{ROWS}</tr>",
    ],
)
def test_a_page_that_is_cut_off_is_read_with_a_warning(text, read, warned):
    assert "cut_off" in warned(read(text.encode()))


@pytest.mark.parametrize(
    "text", ["<html></html>", "<!doctype html>", "<html><table></table></html>", "<html><table><tr><td> </table>"]
)
def test_a_page_without_a_table_is_refused(text, refused):
    assert refused(text.encode()).code == "no_table"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("<html><table><tr><td>Zoë</td></tr></table></html>", "utf-8"),
        ("<html><table><tr><td>Zoë</td></tr></table></html>", "utf-8-sig"),
        ("<html><table>\n<tr><td>Zoë</td></tr></table></html>", "utf-16"),
        ("<html><table>\n<tr><td>Zoë</td></tr></table></html>", "utf-16-le"),
        ('<html><meta charset="iso-8859-1"><table><tr><td>Zoë</td></tr></table></html>', "cp1252"),
        ('<meta http-equiv=x content="text/html; charset=windows-1250"><table><tr><td>Zoë</td></tr></table>', "cp1250"),
        ('<html><meta charset="utf-16"><table><tr><td>Zoë</td></tr></table></html>', "utf-8"),
        ('<html><meta charset="no-such-thing"><table><tr><td>Zoë</td></tr></table></html>', "utf-8"),
        ('<html><meta charset="hex"><table><tr><td>Zoë</td></tr></table></html>', "utf-8"),
        ('<?xml version="1.0" encoding="utf-8"?><html><table><tr><td>Zoë</td></tr></table></html>', "utf-8"),
    ],
)
def test_the_encoding_is_that_of_the_mark_or_the_page_itself(text, encoding, read):
    assert read(text.encode(encoding)).rows() == [["Zoë"]]


def test_a_declared_encoding_decides_where_bytes_do_not(read):
    text = '<html><meta charset="koi8-r"><table><tr><td>Имя</td></tr></table></html>'
    assert read(text.encode("koi8-r")).rows() == [["Имя"]]
    assert read(text.replace("koi8-r", "x").encode("cp1251"), encoding="cp1251").rows() == [["Имя"]]


def test_entities_and_addresses_are_not_followed(read, monkeypatch):
    def no_network(*_):
        raise AssertionError

    monkeypatch.setattr("socket.socket", no_network)
    text = """<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><html>
        <link rel=stylesheet href="http://127.0.0.1:9/x"><table><tr><td>&x;</td></tr></table></html>"""
    assert read(text.encode()).rows() == [["&x;"]]


@pytest.mark.parametrize(
    "text",
    [
        "<html>" + "<div>" * 300_000 + f"<table>{ROWS}</table>",
        "<html><table><tr><td " + " ".join(f"a{i}=1" for i in range(200_000)) + ">1</td><td>Ana</td></tr></table>",
        "<html><table>" + "<tr><td>1<td>Ana" * 30_000 + "</table>",
    ],
)
def test_pages_that_are_hard_work_are_read(text, read):
    assert read(text.encode()).rows(0, 1) == [["1", "Ana"]]


def test_tables_nested_without_end_are_refused(refused):
    assert refused(b"<html>" + b"<table><tr><td>" * 100_000).code == "too_deep"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "<th colspan=2>",
                "<td rowspan=3>",
                "</td>",
                "<thead>",
                "x",
                "<p hidden>",
                "<script>",
                "</script>",
                "<br>",
                "&amp;",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_tags_is_read_or_refused(answer, tags):
    assert answer(("<html>" + "".join(tags)).encode())


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn"]), max_size=8)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6))
def test_every_cell_comes_back(rows):
    import html

    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in [["a", "b"], *rows]
    )
    assert unpack(f"<html><table>{body}</table></html>".encode(), ReadOptions(), Limits()).rows()[1:] == rows
