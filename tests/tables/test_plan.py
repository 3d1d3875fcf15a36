from dataclasses import dataclass

import pytest

from aipm.tables.model import Limits, ReadError, ReadOptions
from aipm.tables.plan import plan_text

ROWS = "".join(f"{n},name {n},{n / 7:.3f}\n" for n in range(40_000))


@dataclass
class Looked:
    """Bytes as a source that remembers how much of it was looked at."""

    data: bytes
    seen: int = 0

    @property
    def size(self):
        return len(self.data)

    def read(self, offset, length):
        self.seen += length
        return self.data[offset : offset + length]


def plan(data, **options):
    return plan_text(Looked(data.encode() if isinstance(data, str) else data), ReadOptions(**options), Limits())


def test_a_regular_file_is_planned_from_samples():
    source = Looked(("id,name,share\n" + ROWS).encode())
    found = plan_text(source, ReadOptions(), Limits())
    assert found.regular
    assert (found.names, found.columns, found.header_row) == (("id", "name", "share"), 3, 1)
    assert (found.skip_lines, found.skip_bytes, found.newline) == (1, 14, "\n")
    assert (found.notation.delimiter, found.notation.dialect.quote, found.encoding.name) == (",", '"', "utf-8")
    assert found.warnings == ()
    assert source.seen < len(source.data) / 3


@pytest.mark.parametrize(
    ("above", "lines"), [("Report\n\n", 3), ("sep=,\n", 2), ("# made by hand\n", 2), ("\ufeff", 1)]
)
def test_lines_to_skip_reach_down_to_the_data(above, lines):
    found = plan(f"{above}id,name,share\n{ROWS}")
    assert found.regular
    assert found.skip_lines == lines
    assert found.skip_bytes == len(f"{above}id,name,share\n".removeprefix("\ufeff").encode())


def test_no_header_is_nothing_to_skip():
    found = plan(ROWS)
    assert (found.header_row, found.skip_lines, found.regular) == (None, 0, True)


@pytest.mark.parametrize(
    "text",
    [
        f"id,name,share\n{ROWS}Source: us\n",
        f"id,name,share\n{ROWS}Note: provisional,,\n",
        f"id,name,share\n1,2\n{ROWS}",
        f"id,name,share\n{ROWS}\n{ROWS}"[: len(ROWS) + 200],
        f"id,name,share\n1,\x00,3\n{ROWS}",
        f'id,name,share\n1,"open,3\n{ROWS}',
        "id, name, share\n" + ROWS.replace(",name", ', "name').replace(",", '", ', 1),
        ("id,name,share\n" + ROWS).replace(",", "||"),
        ("id,name,share\n" + ROWS).replace(",", "§"),
        f"id\n{'1 '.join(ROWS.split(','))}",
    ],
)
def test_what_an_engine_might_not_see_is_not_regular(text):
    assert not plan(text).regular


@pytest.mark.parametrize("codec", ["utf-16", "cp1252"])
def test_other_encodings_are_planned_but_not_regular(codec):
    found = plan(("id,name,share\n1,Zoé,2\n" + ROWS).encode(codec))
    assert found.names == ("id", "name", "share")
    assert not found.regular


def test_trailing_separators_are_cells_without_a_name():
    found = plan("id,name\n" + "1,a,\n2,b,\n" * 50)
    assert (found.names, found.columns) == (("id", "name"), 3)


def test_the_kind_of_line_end():
    assert plan(ROWS.replace("\n", "\r\n")).newline == "\r\n"
    assert plan("a,b\r\n1,2\n3,4\r5,6\n").newline == "mixed"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"," * 5_000_000 + b"\n", "line_too_long"),
        (b"a," * 1_900_000 + b"\n", "too_many_columns"),
        (b"x" * 5_000_000, "line_too_long"),
        ((",".join(f"c{n}" for n in range(1001)) + "\n").encode() * 9, "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(data, code):
    with pytest.raises(ReadError) as refusal:
        plan(data)
    assert refusal.value.code == code


@pytest.mark.parametrize("options", [{"delimiter": ""}, {"delimiter": "\n"}, {"delimiter": '"'}, {"quote": "''"}])
def test_signs_that_cannot_be_are_refused(options):
    with pytest.raises(ReadError, match=r"^A (delimiter|quote) "):
        plan("a,b\n1,2\n", **options)
