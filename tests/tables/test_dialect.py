import csv
import io

import pytest

from aipm.tables.dialect import detect_notation
from aipm.tables.records import read_records

ORDERS = [
    ["date", "customer", "city", "units", "price"],
    ["2024-01-01", "Acme Ltd", "Berlin", "3", "12.50"],
    ["2024-01-02", "Widgets, Inc", "Paris", "1", "8.99"],
    ["2024-01-03", "O'Neil & Sons", "Cork", "12", "100.00"],
    ["2024-01-04", 'Foo "Bar" GmbH', "Köln", "2", "5.00"],
    ["2024-01-05", "Zeta; Eta", "Malmö", "7", "19.90"],
]
WORDS = [["country", "region", "status"], ["Malta", "South", "open"], ["Norway", "North", "closed"]]


def written(rows, delimiter=",", **options):
    text = io.StringIO(newline="")
    stand_in = delimiter if len(delimiter) == 1 else "\x1f"
    csv.writer(text, delimiter=stand_in, lineterminator="\n", **options).writerows(rows)
    return text.getvalue().replace(stand_in, delimiter)


def detected(text, **chosen):
    """The notation of a text, and its rows in that notation."""
    notation = detect_notation(list(io.StringIO(text, newline="")), **chosen)
    plain = io.StringIO(notation.plain(text), newline="")
    return notation, [cells for _, cells, _ in read_records(plain, notation.dialect) if cells]


@pytest.mark.parametrize("delimiter", [*",;\t|^~:#!*§¦", "\x01", "\x1e", "||", "::", "~~", "|~|", "\t\t"])
@pytest.mark.parametrize("rows", [ORDERS, WORDS])
def test_the_delimiter_is_the_one_that_makes_even_rows_of_clean_cells(rows, delimiter):
    notation, found = detected(written(rows, delimiter))
    assert notation.delimiter == delimiter
    assert found == rows


@pytest.mark.parametrize("quote", ['"', "'", "`"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_MINIMAL])
def test_the_quote_is_the_one_around_cells(quote, quoting):
    notation, found = detected(written(ORDERS, quotechar=quote, quoting=quoting))
    assert notation.dialect.quote == quote
    assert found == ORDERS


def test_backslashes_before_quotes_are_escapes():
    notation, found = detected(written(ORDERS, doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL))
    assert notation.escaped
    assert found == ORDERS


def test_backslashes_that_end_a_path_are_not():
    text = 'id,folder\n1,"C:\\data\\"\n2,"D:\\x\\"\n'
    notation, found = detected(text)
    assert not notation.escaped
    assert found == [["id", "folder"], ["1", "C:\\data\\"], ["2", "D:\\x\\"]]


def test_doubled_quotes_left_from_another_notation():
    notation, found = detected("id,size\n1,'Boots, 10\"\"'\n2,'Shoes, 5\"\"'\n")
    assert notation.doubled
    assert found == [["id", "size"], ["1", 'Boots, 10"'], ["2", 'Shoes, 5"']]


@pytest.mark.parametrize("rows", [ORDERS, WORDS])
def test_lines_quoted_as_a_whole_are_unwrapped(rows):
    text = "".join('"' + line.replace('"', '""') + '"\n' for line in written(rows).splitlines())
    notation, found = detected(text)
    assert notation.wrapped
    assert found == rows


def test_spaces_belong_to_the_delimiter_where_quotes_stand_behind_them():
    notation, found = detected('a, b, c\n1, "x, y", 3\n4, "z", 6\n')
    assert notation.dialect.spaced
    assert found == [["a", "b", "c"], ["1", "x, y", "3"], ["4", "z", "6"]]


def test_spaces_belong_to_the_cell_where_nothing_says_otherwise():
    assert detected("a, b\n1, 2\n3, 4\n")[1] == [["a", " b"], ["1", " 2"], ["3", " 4"]]


def test_columns_set_apart_by_runs_of_spaces():
    assert detected("  t   x\n 0.5  10\n 1.0 100\n")[1] == [["t", "x"], ["0.5", "10"], ["1.0", "100"]]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
def test_a_first_line_may_declare_the_delimiter(line):
    notation, found = detected(line + "a;b\n1,5;2\n")
    assert notation.declared
    assert found[1:] == [["a", "b"], ["1,5", "2"]]


@pytest.mark.parametrize(
    "text",
    [
        "comment\nGood, fast\nBad; slow, and rude\nOk\n",
        "email\na@x.org\nb@y.org\n",
        "value\n1,5\n2,5\n3,1\n",
        "date\n2024-01-01\n2024-01-02\n",
        "time\n12:30:01\n12:31:02\n",
        "url\nhttps://a.org/x?y=1&z=2\nhttps://b.org/x?y=1&z=3\n",
        "code\nAB-12-99\nCD-13-98\n",
        "name\nJohn Smith\nJane Doe\n",
        "2020-01-01 10:00:00 INFO start\n2020-01-01 10:00:01 WARN slow query\n2020-01-01 10:00:02 INFO end\n",
    ],
)
def test_one_column_has_no_delimiter(text):
    notation, found = detected(text)
    assert notation.delimiter == ""
    assert found == [[line] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id;amount\n1;10,5\n2;20,25\n", ";"),
        ("a\tb\n1,5\t2,5\n3,5\t4,5\n", "\t"),
        ("ts,v\n2024-01-01 00:00:00,1\n2024-01-01 01:00:00,2\n", ","),
        ("id,tags\n1,a;b;c\n2,b;c\n3,a\n", ","),
        ("id,tags,n\n1,a|b|c,2\n2,b|c|d,3\n", ","),
        ("0,0\n0.01,0\n0.02,0.5\n", ","),
        ("a,,b\n1,,2\n3,,4\n", ","),
    ],
)
def test_signs_inside_cells_are_no_delimiters(text, delimiter):
    assert detected(text)[0].delimiter == delimiter


def test_a_near_tie_is_said():
    assert detected("a|b;c\n1|2;3\n4|5;6\n")[0].unsure
    assert not detected(written(ORDERS))[0].unsure


def test_a_person_may_choose_the_delimiter_and_the_quote():
    assert detected("a;b,c\n1;2,3\n", delimiter=";")[1] == [["a", "b,c"], ["1", "2,3"]]
    assert detected("a,b\n1,'x'\n2,\"y\"\n", quote="'")[1] == [["a", "b"], ["1", "x"], ["2", '"y"']]
    assert detected('a,b\n1,"x"\n', quote="")[1] == [["a", "b"], ["1", '"x"']]
