"""Samples of a text -> how to read it: encoding, notation, names, where the data begin, whether all is regular."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aipm.tables.cells import Kind, kind_of
from aipm.tables.dialect import Notation, detect_notation
from aipm.tables.encoding import Encoding, detect_encoding, named_encoding, to_utf8
from aipm.tables.ending import find_ending
from aipm.tables.layout import Layout, find_layout
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning
from aipm.tables.names import unique_names
from aipm.tables.records import read_records
from aipm.tables.sample import HEAD, Memory, Sample, Source, further, take_sample, whole_lines
from aipm.tables.shape import Row, extent

_HEAD_ROWS = 300
_FURTHER_LINES = 150
_LONG_LINE = 1 << 14
_HOLLOW = " \t\r\n\f\v\x1a,;|\"'"
"""A text of these alone holds no cell."""


@dataclass(frozen=True, slots=True)
class TextPlan:
    """How a text is going to be read, concluded from samples of its head, middle and tail.

    `header_row` counts the rows of the file from 1; `skip_lines` lines, `skip_bytes` bytes (without a byte order
    mark), come before the first row of data. A usual row has `columns` cells; there are fewer `names` (as shown to
    people) where its last cells are always empty. `header` is the line that holds the names, or the last of several,
    and `header_cells` its cells. `regular`: in everything seen, an engine that is told the encoding, the delimiter
    and the quote, and nothing else, finds every row below `skip_lines` and in each `columns` cells.
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


def plan_text(source: Source, options: ReadOptions, limits: Limits) -> TextPlan:
    """Plan the reading of a text from samples, at a cost that does not grow with its size. Raises ReadError."""
    head = source.read(0, HEAD)
    cut = len(head) < source.size
    sample = b"".join([whole_lines(head, first=True), *further(source, len(head))]) if cut else head
    encoding = named_encoding(options.encoding, head) if options.encoding else detect_encoding(sample or head)
    if encoding.name != "utf-8" or encoding.mixed:
        text, warnings = to_utf8(head, encoding)
        return _plan(take_sample(Memory(text), limits), encoding, options, limits, warnings=warnings, regular=False)
    lines = take_sample(source, limits, start=encoding.mark)
    return _plan(lines, encoding, options, limits, warnings=(), regular=b"\0" not in sample)


def plan_utf8(
    text: Source, encoding: Encoding, options: ReadOptions, limits: Limits, *, warnings: tuple[ReadWarning, ...] = ()
) -> TextPlan:
    """The plan for a text that is UTF-8 by now, was in `encoding`, and whose transcoding gave `warnings`."""
    return _plan(take_sample(text, limits), encoding, options, limits, warnings=warnings, regular=True)


def _plan(
    sample: Sample,
    encoding: Encoding,
    options: ReadOptions,
    limits: Limits,
    *,
    warnings: tuple[ReadWarning, ...],
    regular: bool,
) -> TextPlan:
    """The plan from lines; `regular` says whether the bytes they were taken from allow that."""
    notation = _notation(sample, options)
    skipped = 1 if notation.declared else 0
    lines = sample.head[skipped:]
    if not any(line.strip(_HOLLOW) for line in lines):
        raise ReadError("empty", "The file holds no rows.", advice="Export the table again and check the file.")
    head = _records(lines, notation, whole=sample.whole)
    middle, tail = (
        _records(part, notation) for part in (sample.middle[:_FURTHER_LINES], sample.tail[-_FURTHER_LINES:])
    )
    more = [row for row in [*middle.rows, *tail.rows] if row]
    _refuse_wide([*head.rows, *more], limits)
    wanted = options.header_row
    wanted = wanted - skipped if isinstance(wanted, int) else wanted
    layout = find_layout(head.rows, more, header=wanted)
    if wanted is None and (other := _header_apart(head.rows, layout)):
        head.rows[layout.first - 1] = other
        layout = find_layout(head.rows, more)
    data = [*head.rows[layout.first :], *middle.rows, *tail.rows]
    columns = _usual(data, layout.width)
    first_line = head.starts[layout.first] if layout.first < len(head.starts) else len(lines)
    last = layout.header[-1] if layout.header else None
    header = lines[head.starts[last]].rstrip("\r\n") if last is not None else None
    names, notes = unique_names(_given(layout, header, lines[first_line:], data, columns))
    ends = Counter(re.findall(r"\r\n|\n|\r", "".join(lines)))
    even = all(len(row) == columns for row in data) and not (head.mended or middle.mended or tail.mended)
    notes_below = find_ending(len(data), data.__getitem__, width=columns, kinds=layout.kinds).footer_rows
    return TextPlan(
        encoding=encoding,
        notation=notation,
        newline=next(iter(ends), "\n") if len(ends) < 2 else "mixed",
        names=names,
        columns=columns,
        kinds=layout.kinds,
        header_row=layout.header[0] + 1 + skipped if layout.header else None,
        header_rows=len(layout.header),
        preamble_rows=_preamble(head.rows, layout),
        skip_lines=skipped + first_line,
        skip_bytes=sum(len(line.encode()) for line in sample.head[: skipped + first_line]),
        regular=regular and even and not notes_below and _plain(notation),
        header=header,
        header_cells=tuple(head.rows[last][:columns]) if last is not None and columns > 1 else (),
        warnings=(*warnings, *_notes(layout, notation, _preamble(head.rows, layout), notes)),
    )


def _header_apart(rows: Sequence[Row], layout: Layout) -> Row | None:
    """The names, where the line above the data holds them with a delimiter of its own."""
    above = rows[layout.first - 1] if layout.first and not layout.header else []
    if len(above) != 1 or layout.width < 3:
        return None
    for delimiter in ",;\t| ":
        names = next(csv.reader(above, delimiter=delimiter))
        if len(names) == layout.width and all(kind_of(name) in {Kind.TEXT, Kind.CODE} for name in names):
            return names
    return None


def _preamble(rows: Sequence[Row], layout: Layout) -> int:
    """How many rows that hold anything stand above the table."""
    return sum(bool(extent(row)) for row in rows[: layout.header[0] if layout.header else layout.first])


def _usual(rows: Sequence[Row], width: int) -> int:
    """The number of cells of most rows, if it is no less than the number of columns that hold anything."""
    most = Counter(len(row) for row in rows if row).most_common(1)
    return max([width, *(size for size, _ in most)])


def _given(
    layout: Layout, header: str | None, below: Sequence[str], data: Sequence[Row], columns: int
) -> tuple[str, ...]:
    """The names as they stand; moved on by one where R wrote row names, which have no name of their own.

    R's header is quoted and one name short, above rows whose first cell is quoted and whose last is not empty.
    """
    names = layout.names
    if header is None or not below or extent(data[0]) < columns or names[-1] or len(set(names)) < columns:
        return names
    quoted = header.startswith('"') and header.endswith('"') and header.count('"') == 2 * (columns - 1)
    return ("", *names[:-1]) if quoted and below[0].startswith('"') else names


def _plain(notation: Notation) -> bool:
    """Whether an engine that knows one delimiter, one quote and nothing else can read it."""
    return notation.ordinary and not notation.dialect.spaced and "" < notation.delimiter < "\x7f"


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
    if len(layout.header) > 1:
        message = "The rows at the top were joined into one name a column: check that all of them hold names."
        notes.append(ReadWarning("header_joined", message, count=len(layout.header)))
    if layout.guessed:
        message = "The first row is taken for column names, though nothing in the rows below proves it."
        notes.append(ReadWarning("header_guessed", message))
    return (*notes, *names)


def _notation(sample: Sample, options: ReadOptions) -> Notation:
    delimiter, quote = options.delimiter, options.quote
    if delimiter is not None and (not delimiter or set(delimiter) & {"\r", "\n", quote or '"'}):
        raise ReadError(
            "bad_delimiter",
            "A delimiter is one or more characters, but no line end and no quote.",
            advice="Choose another one.",
        )
    if quote and len(quote) > 1:
        raise ReadError("bad_quote", "A quote is one character, or nothing.", advice="Choose another one.")
    lines = [*sample.head[:160], *sample.middle[:40], *sample.tail[-40:]]
    short = [line if len(line) <= _LONG_LINE else line[:_LONG_LINE] + "\n" for line in lines]
    return detect_notation(short, delimiter=delimiter, quote=quote)


class _Records(NamedTuple):
    """Rows, how many lines come before each, and whether quotes had to be mended."""

    rows: list[Row]
    starts: list[int]
    mended: bool


def _records(lines: Sequence[str], notation: Notation, *, whole: bool = True) -> _Records:
    """The records of some lines; the last, if it may be cut off, is left out."""
    text = lines if notation.ordinary else io.StringIO(notation.plain("".join(lines)), newline="")
    rows: list[Row] = []
    starts: list[int] = []
    mended = False
    for number, cells, repaired in read_records(text, notation.dialect):
        rows.append(cells)
        starts.append(number - 1)
        mended |= repaired
        if len(rows) == _HEAD_ROWS:
            break
    else:
        if not whole and len(rows) > 1:
            rows.pop()
            starts.pop()
    return _Records(rows, starts, mended)


def _refuse_wide(rows: Sequence[Row], limits: Limits) -> None:
    wide = sum(len(row) > limits.max_columns for row in rows)
    if 2 * wide > len(rows):
        raise ReadError(
            "too_many_columns",
            f"The table has {max(map(len, rows)):,} columns; at most {limits.max_columns:,} are read.",
            advice="Leave out columns that are not needed, or check the delimiter.",
        )
