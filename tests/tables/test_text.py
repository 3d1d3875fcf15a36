import contextlib
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables.model import Limits, ReadError, ReadOptions
from aipm.tables.text import read_text

PEOPLE = "id,name,amount\n1,Ana,10.5\n2,Bob,20.25\n3,Zoé,30\n4,Dan,7\n"
ROWS = [["1", "Ana", "10.5"], ["2", "Bob", "20.25"], ["3", "Zoé", "30"], ["4", "Dan", "7"]]


def test_a_clean_file_is_read_without_a_word(read):
    found = read(PEOPLE)
    assert (found.names, found.rows, found.codes) == (["id", "name", "amount"], ROWS, {})
    reading = found.reading
    assert (reading.container, reading.encoding, reading.delimiter, reading.quote) == ("csv", "utf-8", ",", '"')
    assert (reading.header_row, reading.header_rows, reading.preamble_rows, reading.footer_rows) == (1, 1, 0, 0)
    assert (reading.padded_rows, reading.trimmed_rows) == (0, 0)


def test_cells_stay_the_text_they_are(read):
    found = read('zip,country,n\n00501,NA, 1e5\n02134,DE,"1,000"\n')
    assert found.rows == [["00501", "NA", " 1e5"], ["02134", "DE", "1,000"]]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\x01", "||"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_in_any_combination(read, codec, delimiter, end):
    found = read(PEOPLE.replace(",", delimiter).replace("\n", end).encode(codec))
    assert (found.names, found.rows) == (["id", "name", "amount"], ROWS)
    assert ("encoding_guessed" in found.codes) == (codec in {"utf-16-le", "cp1252", "mac-roman"})


def test_a_view_of_memory_is_read_like_bytes():
    names, table, _ = read_text(memoryview(PEOPLE.encode()), ReadOptions(), Limits())
    assert (names, table.num_rows) == (("id", "name", "amount"), 4)


def test_preamble_declared_delimiter_and_footer(read):
    found = read("sep=;\nSales report\n\nid;name;amount\n1;Ana;10,5\n2;Bob;20,25\n\nSource: us\n")
    assert (found.names, found.rows) == (["id", "name", "amount"], [["1", "Ana", "10,5"], ["2", "Bob", "20,25"]])
    assert found.reading.header_row == 4
    assert found.codes == {"preamble_skipped": 1, "footer_skipped": 1}


def test_blank_and_repeated_names_are_numbered(read):
    found = read("id,,x,x\n1,2,3,4\n5,6,7,8\n")
    assert found.names == ["id", "column 2", "x", "x 2"]
    assert found.codes == {"blank_names": 1, "repeated_names": 1}


def test_without_names_the_columns_are_numbered(read):
    found = read("1,Ana,10.5\n2,Bob,20.25\n")
    assert found.names == ["column 1", "column 2", "column 3"]
    assert found.reading.header_row is None
    assert found.codes == {"no_header": 1}


def test_names_of_several_rows_are_joined_and_that_is_said(read):
    found = read("Q1,,Q2,\nrev,cost,rev,cost\n1,2,3,4\n5,6,7,8\n")
    assert found.names == ["Q1 rev", "Q1 cost", "Q2 rev", "Q2 cost"]
    assert (found.reading.header_row, found.reading.header_rows) == (1, 2)
    assert found.codes == {"header_joined": 2}


def test_names_of_columns_only(read):
    found = read("id,name,amount\n")
    assert (found.names, found.rows, found.codes) == (["id", "name", "amount"], [], {"no_rows": 1})


def test_ragged_rows_are_padded_trimmed_and_counted(read):
    found = read(PEOPLE.replace("2,Bob,20.25", "2,Bob").replace("4,Dan,7", "4,Dan,7,x"))
    assert found.rows == [ROWS[0], ["2", "Bob", ""], ROWS[2], ROWS[3]]
    assert (found.reading.padded_rows, found.reading.trimmed_rows) == (1, 1)
    assert {w.code: w.lines for w in found.reading.warnings} == {"rows_padded": (3,), "rows_trimmed": (5,)}


def test_a_separator_too_many_is_no_loss(read):
    assert read(PEOPLE.replace("\n", ",\n")).codes == {}
    assert read(PEOPLE.replace("2,Bob,20.25", "2,Bob,20.25,")).codes == {"rows_trimmed_empty": 1}


def test_cells_beyond_the_names_are_kept_where_many_rows_have_them(read):
    found = read("id,n\n" + "1,2\n" * 200 + "3,4,5\n" * 20)
    assert found.names == ["id", "n", "column 3"]
    assert found.rows[-1] == ["3", "4", "5"]
    assert found.codes["blank_names"] == 1
    assert "rows_trimmed" not in found.codes


def test_a_text_with_the_delimiter_is_put_together_again(read):
    found = read(PEOPLE.replace("2,Bob", "2,Smith, Bob"))
    assert found.rows[1] == ["2", "Smith, Bob", "20.25"]
    assert found.codes == {"rows_realigned": 1}


def test_a_quote_left_open_does_not_swallow_the_file(read):
    found = read(PEOPLE + '5,"Eve,1\n' + PEOPLE.split("\n", 1)[1] * 300)
    assert len(found.rows) == 4 + 1 + 4 * 300
    assert found.rows[4] == ["5", '"Eve', "1"]
    assert found.codes == {"quote_repaired": 1}


def test_nul_characters_are_left_out_and_counted(read):
    found = read(b"id,name\n1,An\x00a\n2,Bob\n3,Zed\n")
    assert found.rows[0] == ["1", "Ana"]
    assert found.codes["nul_bytes"] == 1


def test_a_header_with_a_delimiter_of_its_own(read):
    assert read("id;name;n\n1,Ana,2\n2,Bob,3\n3,Cy,4\n").names == ["id", "name", "n"]


def test_row_names_that_r_writes_have_no_name(read):
    found = read('"height","weight"\n"Ann",5.5,6.1\n"Bob",7.2,8.1\n')
    assert found.names == ["column 1", "height", "weight"]


def test_blank_lines_are_said_where_they_may_be_missing_values(read):
    assert read("value\n1\n\n2\n\n3\n").codes == {"blank_lines": 2}
    assert read("id,value\n1,2\n\n2,3\n").codes == {}


def test_two_tables_of_commas_in_one_column_are_text(read):
    found = read("comment\nGood, fast\nBad; slow, and rude\nOk\n")
    assert found.rows == [["Good, fast"], ["Bad; slow, and rude"], ["Ok"]]
    assert found.reading.delimiter is None


def test_a_person_overrides_what_was_concluded(read):
    text = "Title;x\na;b,c\n1;2,3\n4;5,6\n"
    assert read(text, delimiter=";", header_row=2).names == ["a", "b,c"]
    assert read(text, delimiter=",", header_row=2).names == ["a;b", "c"]
    assert read(text, delimiter=";", header_row="none").rows[0] == ["Title", "x"]
    assert read("id,n\n1,2\n", header_row="none").rows == [["id", "n"], ["1", "2"]]
    assert read("имя\nОля\n".encode("koi8-r"), encoding="koi8-r").names == ["имя"]
    assert read("a,b\n'1,5',2\n'2,5',3\n", quote="").rows[0][:2] == ["'1", "5'"]


def test_the_chosen_row_of_names_counts_blank_lines_and_a_declared_delimiter(read):
    text = "sep=,\n\nnote\nid,n\n1,2\n"
    assert read(text).reading.header_row == 4
    assert read(text, header_row=4).names == ["id", "n"]


def test_a_file_like_a_hundred_others_with_everything_wrong(read):
    text = (
        "Department of Tests,,,,\nSpending, £,,,\n,,,,\n"
        "Supplier,Date,Amount (£),Note,\n"
        '"Smith, Jones & Co",01/02/2024,"1,000.50",ok,\n'
        "Müller,02/02/2024,99.00,,\n"
        "Zoë Ltd,03/02/2024,5\n"
        "Acme,04/02/2024,7.00,late,\n"
        ",,,,\nSource: finance,,,,\n"
    )
    found = read(text.encode("cp1252"))
    assert found.names == ["Supplier", "Date", "Amount (£)", "Note"]
    assert found.rows == [
        ["Smith, Jones & Co", "01/02/2024", "1,000.50", "ok"],
        ["Müller", "02/02/2024", "99.00", ""],
        ["Zoë Ltd", "03/02/2024", "5", ""],
        ["Acme", "04/02/2024", "7.00", "late"],
    ]
    assert set(found.codes) == {"encoding_guessed", "preamble_skipped", "rows_padded", "footer_skipped"}


@pytest.mark.parametrize("data", [bytes(4096), gzip.compress(PEOPLE.encode() * 50), b"", b"\n\n"])
def test_what_holds_no_table_is_refused_with_advice(data):
    with pytest.raises(ReadError) as refusal:
        read_text(data, ReadOptions(), Limits())
    assert refusal.value.message.endswith(".")
    assert refusal.value.advice.endswith(".")


@pytest.mark.parametrize("last", ["5,{},6\n", "5,{}\n"])
def test_limits_hold_further_down_the_file(last):
    data = (PEOPLE + "5,Eve,1\n" * 9_996 + last.format("x" * 5_000)).encode()
    with pytest.raises(ReadError) as refusal:
        read_text(data, ReadOptions(), Limits(max_line_bytes=4_000))
    assert (refusal.value.code, refusal.value.line) == ("line_too_long", 10_002)


@given(st.binary(max_size=300) | st.text(alphabet=list("a1,;\"'\n\t |:é"), max_size=120).map(str.encode))
def test_any_bytes_give_a_table_or_a_refusal(data):
    with contextlib.suppress(ReadError):
        names, table, reading = read_text(data, ReadOptions(), Limits())
        assert len(names) == len(set(names)) == table.num_columns
        assert all(names)
        assert reading.header_row is None or reading.header_row > 0
