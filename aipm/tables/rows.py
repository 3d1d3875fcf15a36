"""Text -> columns by two paths that give the same cells: a strict engine, and a reader that mends and keeps account."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from aipm.tables.account import Account
from aipm.tables.cells import Kind
from aipm.tables.ending import Event, What
from aipm.tables.model import ReadError
from aipm.tables.realign import realign
from aipm.tables.records import CHUNK, Dialect, read_records

_BLOCK = 1 << 24
_LOOK = 1 << 20
_BATCH = 16_384


@dataclass(frozen=True, slots=True)
class Body:
    """The data rows of a text in UTF-8 (`data` from byte `start`, which begins line `line`) and how to split them.

    `columns` is the usual number of cells, of which the last may be empty in every row, `kinds` what they mostly
    hold (as many as columns, or none where that is not known); `header` is the line of the names as it stands and
    `names` its cells: rows that repeat them are looked at twice.
    """

    data: bytes
    start: int
    line: int
    dialect: Dialect
    columns: int
    kinds: tuple[Kind | None, ...] = ()
    header: str | None = None
    names: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, str] | None:
        """Place and text of the first name."""
        return next(((place, name) for place, name in enumerate(self.names) if name.strip()), None)

    def repeats_names(self, cells: Sequence[str]) -> bool:
        """Whether a row holds at least half of the names, in their places."""
        named = [(cell.strip(), name.strip()) for cell, name in zip(cells, self.names, strict=False) if name.strip()]
        same = sum(cell == name for cell, name in named)
        return same > 1 and 2 * same >= len(named)


def read_regular(body: Body, *, longest_line: int = _BLOCK) -> Any | None:
    """The columns by the strict engine, or None where the mending reader might see anything differently.

    Every row must have the same number of cells, quotes must stand as RFC 4180 has them, no row may be blank or
    repeat the header, no cell be longer than a line may be. Returns an Arrow table of strings c0, c1, ….
    """
    import pyarrow as pa
    from pyarrow import csv

    dialect, data = body.dialect, body.data
    signs = [sign.encode() for sign in (dialect.delimiter, dialect.quote) if sign]
    end = _last_content(data, body.start)
    if dialect.spaced or max(map(len, signs)) > 1 or data.find(b"\0", body.start) >= 0 or end == body.start:
        return None
    quoted = bool(dialect.quote) and data.find(signs[-1], body.start, end) >= 0
    if quoted and not _well_quoted(data, body.start, end, dialect):
        return None
    names = [f"c{place}" for place in range(body.columns)]
    try:
        table = csv.read_csv(
            pa.py_buffer(data).slice(body.start, end - body.start),
            read_options=csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                double_quote=True,
                escape_char=False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    broken = quoted and _line_ends(data, body.start, end) != table.num_rows - 1
    if _needs_mending(table, body, broken=broken) or _longest_cell(table) > longest_line:
        return None
    return table


def _last_content(data: bytes, start: int) -> int:
    """Where the text ends without its last line ends."""
    end = len(data)
    while end > start:
        piece = data[max(start, end - 65_536) : end]
        kept = len(piece.rstrip(b"\r\n"))
        end -= len(piece) - kept
        if kept:
            break
    return end


def _well_quoted(data: bytes, start: int, end: int, dialect: Dialect) -> bool:
    """Whether quotes open only at the start of a cell, close only at its end, and are doubled in between.

    Quotes are taken in turn as opening and closing; a doubled one closes and opens again.
    """
    text = np.frombuffer(data, dtype=np.uint8)[start:end]
    quote = ord(dialect.quote or '"')
    outside = np.zeros(256, dtype=bool)
    outside[[*b"\r\n", ord(dialect.delimiter), quote]] = True
    opening = True
    for first in range(0, len(text), _LOOK):
        places = np.flatnonzero(text[first : first + _LOOK] == quote) + first
        opens, closes = (places[::2], places[1::2]) if opening else (places[1::2], places[::2])
        opening ^= bool(len(places) % 2)
        before, after = opens[opens > 0] - 1, closes[closes < len(text) - 1] + 1
        if not (outside[text[before]].all() and outside[text[after]].all()):
            return False
    return opening


def _line_ends(data: bytes, start: int, end: int) -> int:
    """The number of line ends where all are of one kind, else -1."""
    feeds, returns = data.count(b"\n", start, end), data.count(b"\r", start, end)
    if feeds and returns:
        return feeds if feeds == returns == data.count(b"\r\n", start, end) else -1
    return feeds or returns


def _needs_mending(table: Any, body: Body, *, broken: bool) -> bool:
    """Whether rows are blank, repeat the header or (where cells are `broken` over lines) may have been swallowed."""
    import pyarrow.compute as pc

    if body.key and pc.any(pc.equal(table.column(body.key[0]), body.key[1])).as_py():
        return True
    blank = pc.equal(pc.binary_length(table.column(0)), 0)
    for column in table.columns[1:]:
        if not pc.any(blank).as_py():
            break
        blank = pc.and_(blank, pc.equal(pc.binary_length(column), 0))
    if pc.any(blank).as_py():
        return True
    return broken and any(_may_swallow(column, body) for column in table.columns)


def _longest_cell(table: Any) -> int:
    """In bytes."""
    import pyarrow.compute as pc

    return max((pc.max(pc.binary_length(column)).as_py() or 0 for column in table.columns), default=0)


def _may_swallow(column: Any, body: Body) -> bool:
    """Whether a cell holds lines with as many delimiters as rows have, or very many lines."""
    import pyarrow.compute as pc

    broken = column.filter(pc.match_substring(column, "\n"))
    if not len(broken):
        return False
    breaks = pc.count_substring(broken, "\n")
    rivals = pc.count_substring(broken, body.dialect.delimiter)
    swallowed = pc.greater_equal(rivals, pc.multiply(breaks, body.columns - 1))
    return bool(pc.max(breaks).as_py() > CHUNK // 20 or (body.columns > 2 and pc.any(swallowed).as_py()))


def read_mending(body: Body, *, longest_line: int) -> tuple[Any, Account]:
    """The columns by the mending reader, with an account of what it met.

    Short rows are padded and long ones trimmed to `body.columns`; blank rows are left out. Bounded memory: rows
    become Arrow columns in batches. Raises ReadError for a line longer than `longest_line` characters.
    """
    import pyarrow as pa

    account = Account()
    names = [f"c{place}" for place in range(body.columns)]
    chunks: list[list[Any]] = [[] for _ in names]
    rows = _rows(body, account, longest_line)
    while batch := list(islice(rows, _BATCH)):
        for chunk, column in zip(chunks, zip(*batch, strict=True), strict=True):
            chunk.append(pa.array(column, pa.string()))
    return pa.table([pa.chunked_array(chunk, pa.string()) for chunk in chunks], names=names), account


def _rows(body: Body, account: Account, longest_line: int) -> Iterator[Sequence[str]]:
    """Rows of `body.columns` cells each."""
    columns, (place, name) = body.columns, body.key or (0, None)
    after_blank = False
    row = 0
    lines = _lines(body, account, longest_line)
    for number, cells, mended in read_records(lines, body.dialect, width=columns):
        if len(cells) == columns and not (mended or after_blank) and (cells[0] or any(cells)) and cells[place] != name:
            yield cells
            row += 1
            continue
        line = body.line + number - 1
        if not any(cells) or (len(cells) == 1 < columns and cells[0].isspace()):
            after_blank = True
            account.blank.add(row, line)
            continue
        if mended:
            account.mended.add(row, line)
        what = {What.AFTER_BLANK} if after_blank else set[What]()
        after_blank = False
        if len(cells) != columns:
            what.add(What.RAGGED)
        if line in account.same_header:
            account.repeated.add(row, line)
        elif name is not None and place < len(cells) and cells[place] == name:
            what.add(What.NAMES if body.repeats_names(cells) else What.FIRST_NAME)
        if what:
            account.remember(Event(row, line, cells, frozenset(what)))
        yield _fitted(cells, row, line, body, account)
        row += 1


def _fitted(cells: list[str], row: int, line: int, body: Body, account: Account) -> list[str]:
    """A row padded, realigned or trimmed to the number of columns, and the account of it."""
    columns = body.columns
    if len(cells) < columns:
        account.padded.add(row, line)
        return cells + [""] * (columns - len(cells))
    if len(cells) > columns:
        if body.kinds and (better := realign(cells, body.kinds, body.dialect.delimiter)):
            account.realigned.add(row, line)
            return better
        account.trimmed.add(row, line)
        if any(cells[columns:]):
            account.lost.add(row, line)
            account.longest = max(account.longest, len(cells))
    return cells[:columns]


def _lines(body: Body, account: Account, longest: int) -> Iterator[str]:
    """The lines of the body with their ends, none longer than allowed; those that repeat the header are noted."""
    source = io.BytesIO(body.data)
    source.seek(body.start)
    header = body.header
    for number, line in enumerate(io.TextIOWrapper(source, encoding="utf-8", newline=""), body.line):
        if len(line) > longest:
            raise ReadError(
                "line_too_long",
                f"Line {number} is longer than {longest:,} characters.",
                advice="Check that the file has line ends and that its quotes are closed.",
                line=number,
            )
        if header is not None and line.startswith(header) and line.rstrip("\r\n") == header:
            account.same_header.add(number)
        yield line
