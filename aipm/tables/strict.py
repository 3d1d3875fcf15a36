"""One part of a text by a strict engine, which says which rows it does not take; or refused as a whole."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa
from pyarrow import csv

from aipm.tables.body import Body
from aipm.tables.records import Dialect, Mender, read_records

_LINE_END = re.compile(rb"\r\n|\n|\r")
_LONGEST_BREAKS = 1_000
"""Lines that a cell may run over; beyond that it may have swallowed rows."""


class Odd(NamedTuple):
    """A record out of the ordinary: its number from 0, its cells, and its line as it stood.

    `inside`: it is a row of the table all the same, for it has the right width.
    """

    record: int
    cells: list[str]
    text: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a part that have the right width (strings c0, c1, …), and the records to look at, in order."""

    table: pa.Table
    odd: tuple[Odd, ...]
    lines: int
    quoted: bool

    def cells(self, row: int) -> list[str]:
        """A row of the table as text."""
        return [column[row].as_py() for column in self.table.columns]


def can_read(dialect: Dialect) -> bool:
    """Whether the engine knows this notation."""
    return not dialect.spaced and max(len(dialect.delimiter.encode()), len((dialect.quote or "").encode())) == 1


def read_part(text: bytes, body: Body, *, longest_line: int) -> Part | None:
    """Whole lines of a body, or None where the mending reader might see anything differently.

    Quotes must stand as RFC 4180 has them, no cell may look as if it had swallowed rows, and no line be too long.
    Rows of another width, blank rows and those with the first name in its place are told as odd; where cells are
    quoted, only those of another width, and none where cells run over lines.
    """
    dialect = body.dialect
    quoted = bool(dialect.quote) and (dialect.quote or "").encode() in text
    if not text or 0 in text:
        return None
    if len(text) > longest_line and any(len(line) + 2 > longest_line for line in _LINE_END.split(text)):
        return None
    if quoted and not _well_quoted(text, dialect):
        return None
    wrong: list[tuple[int, str]] = []

    def note(row: csv.InvalidRow) -> str:
        wrong.append((row.number - 1, row.text))
        return "skip"

    names = [f"c{place}" for place in range(body.columns)]
    try:
        table = csv.read_csv(
            pa.py_buffer(text),
            read_options=csv.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                double_quote=True,
                escape_char=False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    lines = _count_lines(text) if quoted else table.num_rows + len(wrong)
    broken = quoted and lines != table.num_rows + len(wrong)
    if broken and (wrong or any(_may_swallow(column, body) for column in table.columns)):
        return None
    suspects = _suspects(table, body)
    if quoted and suspects:
        return None
    odd = _odd(table, wrong, suspects, dialect)
    if quoted and any(not any(each.cells) or each.text.isspace() for each in odd):
        return None
    return Part(table, tuple(odd), lines, quoted)


def _odd(table: pa.Table, wrong: list[tuple[int, str]], suspects: list[int], dialect: Dialect) -> list[Odd]:
    """The records that are not as the rest: `wrong` ones are not among the rows, `suspects` are rows."""
    mender = Mender(dialect, None)
    odd = []
    for record, text in wrong:
        if dialect.quote and dialect.quote in text:
            [(_, cells, _)] = read_records([text], dialect, mender=mender)
        else:
            cells = text.split(dialect.delimiter)
        odd.append(Odd(record, cells, text, inside=False))
    before = 0
    for row in suspects:
        while before < len(wrong) and wrong[before][0] <= row + before:
            before += 1
        cells = [column[row].as_py() for column in table.columns]
        odd.append(Odd(row + before, cells, dialect.delimiter.join(cells), inside=True))
    return sorted(odd) if suspects else odd


def _well_quoted(text: bytes, dialect: Dialect) -> bool:
    """Whether quotes open only at the start of a cell, close only at its end, and are doubled in between."""
    import pyarrow.compute as pc

    quote, delimiter = (f"\\x{ord(sign):02x}" for sign in (dialect.quote or '"', dialect.delimiter))
    cell = f"(?:[^{quote}{delimiter}\r\n]*|{quote}(?:[^{quote}]|{quote}{quote})*{quote})"
    pattern = f"^{cell}(?:[{delimiter}\r\n]{cell})*$"
    return bool(pc.match_substring_regex(pa.scalar(text, pa.binary()), pattern).as_py())


def _count_lines(text: bytes) -> int:
    """The last one may have no end."""
    feeds, returns = text.count(b"\n"), text.count(b"\r") if b"\r" in text else 0
    ends = feeds + returns - (text.count(b"\r\n") if feeds and returns else 0)
    return ends + (not text.endswith((b"\n", b"\r")))


def _suspects(table: pa.Table, body: Body) -> list[int]:
    """Rows that are blank or have the first name in its place."""
    import pyarrow.compute as pc

    blank = pc.equal(pc.binary_length(table.column(0)), 0)
    for column in table.columns[1:]:
        if not pc.any(blank).as_py():
            break
        blank = pc.and_(blank, pc.equal(pc.binary_length(column), 0))
    if body.key:
        blank = pc.or_(blank, pc.equal(table.column(body.key[0]), body.key[1]))
    return pc.indices_nonzero(blank).to_pylist() if pc.any(blank).as_py() else []


def _may_swallow(column: pa.ChunkedArray, body: Body) -> bool:
    """Whether a cell holds lines with as many delimiters as rows have, or very many lines."""
    import pyarrow.compute as pc

    broken = column.filter(pc.match_substring(column, "\n"))
    if not len(broken):
        return False
    breaks = pc.count_substring(broken, "\n")
    rivals = pc.count_substring(broken, body.dialect.delimiter)
    swallowed = pc.greater_equal(rivals, pc.multiply(breaks, body.columns - 1))
    return bool(pc.max(breaks).as_py() > _LONGEST_BREAKS or (body.columns > 2 and pc.any(swallowed).as_py()))
