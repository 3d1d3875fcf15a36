"""Samples of a text -> how to read it: encoding, notation, names, where the data begin, whether all is regular."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aipm.tables.cells import Kind
from aipm.tables.dialect import Notation, detect_notation
from aipm.tables.encoding import Encoding, detect_encoding, named_encoding, to_utf8
from aipm.tables.layout import Layout, Row, extent, find_layout
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning
from aipm.tables.names import unique_names
from aipm.tables.records import read_records

_HEAD = 1 << 16
_FURTHER = 1 << 15
_HEAD_LINES = 60
_HEAD_ROWS = 300
_LONG_LINE = 1 << 14
_HOLLOW = " \t\r\n\f\v\x1a,;|\"'"
"""A text of these alone holds no cell."""


class Source(Protocol):
    """Bytes that can be looked at in places."""

    @property
    def size(self) -> int: ...
    def read(self, offset: int, length: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class TextPlan:
    """How a text is going to be read, concluded from samples of its head, middle and tail.

    `header_row` counts the rows of the file from 1; `skip_lines` lines, `skip_bytes` bytes, come before the first
    row of data. A usual row has `columns` cells; there are fewer `names` (as shown to people) where its last cells
    are always empty. `regular`: in everything seen, an engine that is told the encoding, the delimiter and the
    quote, and nothing else, finds every row below `skip_lines` and in each `columns` cells.
    """

    encoding: Encoding
    notation: Notation
    newline: str
    names: tuple[str, ...]
    columns: int
    kinds: tuple[Kind | None, ...]
    header_row: int | None
    header_rows: int
    preamble_rows: int
    skip_lines: int
    skip_bytes: int
    regular: bool
    header: str | None = None
    header_cells: tuple[str, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class _Memory:
    """A text in memory as a source."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


@dataclass(frozen=True, slots=True)
class _Sample:
    """Lines from the head (`whole`: that is all there is), the middle and the tail, without a mark."""

    head: list[str]
    middle: list[str]
    tail: list[str]
    whole: bool


def plan_text(source: Source, options: ReadOptions, limits: Limits) -> TextPlan:
    """Plan the reading of a text from samples, at a cost that does not grow with its size. Raises ReadError."""
    head = source.read(0, _HEAD)
    rest = [_whole_lines(source.read(at, _FURTHER)) for at in _places(source.size, len(head))]
    sample = b"".join([_whole_lines(head, first=True) if len(head) < source.size else head, *rest])
    encoding = named_encoding(options.encoding, head) if options.encoding else detect_encoding(sample or head)
    if encoding.name != "utf-8" or encoding.mixed:
        text, warnings = to_utf8(head, encoding)
        return plan_utf8(text, encoding, options, limits, warnings=warnings, regular=False)
    return _plan(_samples(source, encoding.mark, limits), encoding, options, limits, (), regular=b"\0" not in sample)


def plan_utf8(
    text: bytes,
    encoding: Encoding,
    options: ReadOptions,
    limits: Limits,
    *,
    warnings: tuple[ReadWarning, ...] = (),
    regular: bool = True,
) -> TextPlan:
    """The plan for a text that is UTF-8 by now, was in `encoding`, and whose transcoding gave `warnings`."""
    return _plan(_samples(_Memory(text), 0, limits), encoding, options, limits, warnings, regular=regular)


def _places(size: int, seen: int) -> list[int]:
    """Where the middle and the tail begin, in a text of which the first `seen` bytes are known."""
    return [max(seen, at) for at in (size // 2, size - _FURTHER) if at + _FURTHER > seen and size > seen]


def _whole_lines(piece: bytes, *, first: bool = False) -> bytes:
    """A piece of text without the line it begins in, unless that is the first, and without the one it breaks off in."""
    ends = [match.end() for match in re.finditer(rb"\r\n|\n|\r", piece)]
    return piece[0 if first else ends[0] : ends[-1]] if len(ends) > 1 or (first and ends) else b""


def _samples(source: Source, start: int, limits: Limits) -> _Sample:
    length = _HEAD
    while True:
        head = source.read(start, length)
        whole = start + len(head) >= source.size
        lines = len(re.findall(rb"\r\n|\n|\r", head))
        if whole or lines >= _HEAD_LINES or length >= limits.max_line_bytes:
            break
        length = min(4 * length, limits.max_line_bytes + 1)
    if not whole:
        if not lines:
            raise ReadError(
                "line_too_long",
                f"line 1 is longer than {limits.max_line_bytes:,} bytes",
                advice="Check that the file is a table with line ends.",
                line=1,
            )
        head = _whole_lines(head, first=True)
    further = [_whole_lines(source.read(at, _FURTHER)) for at in _places(source.size, start + len(head))] + [b"", b""]
    middle, tail = further[:2] if not whole else (b"", b"")
    return _Sample(_lines(head), _lines(middle), _lines(tail), whole)


def _lines(piece: bytes) -> list[str]:
    return list(io.StringIO(piece.decode("utf-8", "replace"), newline=""))


def _plan(
    sample: _Sample,
    encoding: Encoding,
    options: ReadOptions,
    limits: Limits,
    warnings: tuple[ReadWarning, ...],
    *,
    regular: bool,
) -> TextPlan:
    if not any(line.strip(_HOLLOW) for line in sample.head):
        raise ReadError("empty", "the file holds no rows", advice="Export the table again and check the file.")
    notation = _notation(sample, options)
    skipped = 1 if notation.declared else 0
    head, starts = _rows(sample.head[skipped:], notation, whole=sample.whole)
    more = [row for part in (sample.middle, sample.tail) for row in _rows(part, notation, whole=True)[0] if row]
    _refuse_wide([*head, *more], limits)
    wanted = options.header_row
    layout = find_layout(head, more, header=wanted - skipped if isinstance(wanted, int) else wanted)
    usual = [len(row) for row in [*head[layout.first :], *more] if row]
    columns = max([layout.width, *(w for w, _ in Counter(usual).most_common(1) if w >= layout.width)])
    first_line = starts[layout.first] if layout.first < len(starts) else len(sample.head) - skipped
    before, after = sample.head[: skipped + first_line], sample.head[skipped + first_line :]
    last = layout.header[-1] if layout.header else None
    header = sample.head[skipped + starts[last]].rstrip("\r\n") if last is not None else None
    cells = tuple(head[last]) if last is not None else ()
    given = layout.names
    rows = [row for row in head[layout.first :] if len(row) == columns]
    if header and after and rows and rows[0][-1].strip() and _r_row_names(header, cells, after[0], columns):
        given = ("", *given[:-1])
    names, notes = unique_names(given)
    preamble = sum(bool(extent(row)) for row in head[: layout.header[0] if layout.header else layout.first])
    notes = _notes(layout, notation, preamble, notes)
    ends = Counter(re.findall(r"\r\n|\n|\r", "".join(sample.head)))
    even = all(size == columns for size in usual) and len(usual) == len(head[layout.first :]) + len(more)
    return TextPlan(
        encoding=encoding,
        notation=notation,
        newline=next(iter(ends), "\n") if len(ends) < 2 else "mixed",
        names=names,
        columns=columns,
        kinds=layout.kinds,
        header_row=layout.header[0] + 1 + skipped if layout.header else None,
        header_rows=len(layout.header),
        preamble_rows=preamble,
        skip_lines=len(before),
        skip_bytes=sum(len(line.encode()) for line in before),
        regular=regular and even and _plain(notation) and layout.width > 1,
        header=header,
        header_cells=cells[:columns] if columns > 1 else (),
        warnings=(*warnings, *notes),
    )


def _plain(notation: Notation) -> bool:
    """Whether an engine that knows one delimiter, one quote and nothing else can read it."""
    return notation.ordinary and not notation.dialect.spaced and notation.delimiter.isascii()


def _r_row_names(header: str, names: tuple[str, ...], data: str, columns: int) -> bool:
    """Whether R wrote the file with row names: quoted names, one fewer than cells, over a quoted first cell."""
    quoted = header.startswith('"') and header.endswith('"') and header.count('"') == 2 * len(names)
    return quoted and len(names) == columns - 1 == len(set(names)) and data.startswith('"')


def _notes(
    layout: Layout, notation: Notation, preamble: int, names: tuple[ReadWarning, ...]
) -> tuple[ReadWarning, ...]:
    """What a person should know of the plan; `names` is what was said about the names."""
    notes: list[ReadWarning] = []
    if notation.unsure:
        message = "Another delimiter would fit nearly as well: check that the columns are right."
        notes.append(ReadWarning("delimiter_guessed", message))
    if preamble:
        notes.append(ReadWarning("preamble_skipped", "Lines above the table were left out.", count=preamble))
    if not layout.header:
        return (*notes, ReadWarning("no_header", "No row holds column names: the columns are numbered."))
    if layout.guessed:
        message = "The first row is taken for column names, though nothing in the rows below proves it."
        notes.append(ReadWarning("header_guessed", message))
    return (*notes, *names)


def _notation(sample: _Sample, options: ReadOptions) -> Notation:
    lines = [*sample.head[:160], *sample.middle[:40], *sample.tail[:40]]
    short = [line if len(line) <= _LONG_LINE else line[:_LONG_LINE] + "\n" for line in lines]
    return detect_notation(short, delimiter=options.delimiter, quote=options.quote)


def _rows(lines: Sequence[str], notation: Notation, *, whole: bool) -> tuple[list[Row], list[int]]:
    """The records of some lines, and how many lines come before each. The last, if cut off, is left out."""
    text = lines if notation.ordinary else io.StringIO(notation.plain("".join(lines)), newline="")
    rows: list[Row] = []
    starts: list[int] = []
    for number, cells, _ in read_records(text, notation.dialect):
        rows.append(cells)
        starts.append(number - 1)
        if len(rows) == _HEAD_ROWS:
            break
    else:
        if not whole and len(rows) > 1:
            rows.pop()
            starts.pop()
    return rows, starts


def _refuse_wide(rows: Sequence[Row], limits: Limits) -> None:
    wide = sum(len(row) > limits.max_columns for row in rows)
    if 2 * wide > len(rows):
        raise ReadError(
            "too_many_columns",
            f"the table has {max(map(len, rows)):,} columns; at most {limits.max_columns:,} are read",
            advice="Leave out columns that are not needed, or check the delimiter.",
        )
