"""The rows at the top of a file -> which of them are preamble, which hold the column names, where the data begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.model import HeaderChoice, ReadError
from aipm.tables.shape import Row, against, columns_of, extent, filled, first_table, profile, usual_width

_HEADER_ROWS = 3
_PREAMBLE = 12
_COMMENT = ("#", "%", "//", "--", ";")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in the rows of the file.

    `header` numbers the rows (from 0) that hold the names, `first` the first row of data; `names` are as they stand,
    one a column, blank where there is none. `kinds` is what each column mostly holds, `None` where nothing prevails.
    `guessed`: nothing in the data says whether the first row holds names.
    """

    width: int
    header: tuple[int, ...]
    first: int
    names: tuple[str, ...]
    kinds: tuple[Kind | None, ...]
    guessed: bool = False


class _Head(NamedTuple):
    """Which rows hold the names, where the data begin, and whether that is a guess."""

    rows: tuple[int, ...]
    first: int
    guessed: bool = False


def find_layout(rows: Sequence[Row], more: Sequence[Row] = (), *, header: HeaderChoice = None) -> Layout:
    """The layout of a file whose first rows are `rows`, blank ones included; `more` are rows from further down.

    `header` is what a person said: the number of the row, from 1, that holds the names, or "none".
    """
    if isinstance(header, int) and not 1 <= header <= len(rows):
        raise ReadError(
            "no_such_row",
            f"Row {header} was chosen for the column names, but is not among the first {len(rows)} rows.",
            advice="Choose a row near the top of the file, or none.",
        )
    width = usual_width(rows, more)
    body, kinds = profile([row for row in [*rows, *more] if len(row) == width and extent(row)])
    if isinstance(header, int):
        head = _Head((header - 1,), header)
    else:
        head = _find_head(rows, width, kinds, body)
        if header == "none":
            head = _Head((), head.rows[0] if head.rows else head.first)
    data = [*first_table(rows[head.first :], width), *more]
    columns = columns_of(data, [_unmarked(rows[at], width) for at in head.rows], kinds)
    names = join_names([_unmarked(rows[at], columns) for at in head.rows], columns)
    return Layout(columns, head.rows, head.first, names, (kinds + (None,) * columns)[:columns], head.guessed)


def _find_head(rows: Sequence[Row], width: int, kinds: Sequence[Kind | None], body: Sequence[Row]) -> _Head:
    """Look for names where the data have numbers, dates or links; the first row that has the same is data."""
    evidence: list[tuple[int, int]] = []
    data = None
    for at, row in enumerate(rows):
        evidence.append(_evidence(row, kinds, body))
        if _is_data(row, width, evidence[at]):
            data = at
            break
    if data is None:
        return _text_head(rows, width, kinds)
    top = next((at for at, row in enumerate(rows) if _is_full(row, width)), len(rows))
    named = [at for at in range(data) if evidence[at][0] > evidence[at][1] and _is_full(rows[at], width)]
    named = [at for at in named if at == named[0] or not _comes_back(rows[at], rows[data:])]
    if not named:
        above = [at for at in range(top, data) if extent(rows[at])]
        if not above:
            return _Head((), data)
        # No name stands over a typed column, as in ",name,": the first full row, if it says anything.
        return _Head((above[0],), above[0] + 1, guessed=True)
    last = named[-1]
    head = [last]
    while len(head) < _HEADER_ROWS and width > 1 and (above_it := head[0] - 1) in named:
        if evidence[above_it][1] or not _heads(rows[above_it], rows[head[0]], width):
            break
        head.insert(0, above_it)
    return _Head(tuple(head), last + 1)


def _is_data(row: Row, width: int, evidence: tuple[int, int]) -> bool:
    other, same = evidence
    return same > other and (len(row) >= width or 2 * len(filled(row)) > width)


def _evidence(row: Row, kinds: Sequence[Kind | None], body: Sequence[Row]) -> tuple[int, int]:
    """As `against`; numbers that count on from cell to cell, such as years, may be names and speak for them."""
    other, same = against(row, kinds)
    if same and (counting := _counting(row, body) or _rising(row, kinds)):
        same -= sum(kinds[place] is Kind.NUMBER for place in counting)
        other += len(counting)
    return other, same


def _rising(row: Row, kinds: Sequence[Kind | None]) -> list[int]:
    """Places of numbers that rise over the whole row, under no name or one that the first column's kind forbids."""
    if len(row) < 4 or len(row) > len(kinds) or kinds[0] not in TYPED or kind_of(row[0]) in TYPED:
        return []
    try:
        numbers = [float(cell) for cell in row[1:]]
    except ValueError:
        return []
    return list(range(1, len(row))) if all(a < b for a, b in pairwise(numbers)) else []


def _counting(row: Row, body: Sequence[Row]) -> list[int]:
    """Places of cells that are years in sequence, or 0, 1, 2… over the whole row, where the rows below hold others."""
    places = [place for place, cell in enumerate(row) if cell.strip().isdecimal() and cell.isascii()]
    numbers = [int(row[place][:9]) for place in places]
    steps = {b - a for a, b in pairwise(numbers)}
    years = len(numbers) > 1 and all(1800 <= n <= 2100 for n in numbers) and len(steps) == 1 and 0 not in steps
    whole = len(numbers) > 2 and numbers[0] in {0, 1} and steps == {1} and len(places) >= len(row) - 1
    if not (years or whole):
        return []
    below = [r[place].strip() for r in body[:50] for place in places if place < len(r) and r is not row]
    alike = sum(cell.isdecimal() and len(cell) == 4 for cell in below) if years else sum(map(str.isdecimal, below))
    return places if below and alike <= 0.2 * len(below) else []


def _is_full(row: Row, width: int) -> bool:
    """Whether a row may hold names: as wide as the table, and no lone title in its first cell."""
    places = filled(row)
    if width == 1:
        return len(places) == 1
    wide = len(row) == width or len(places) >= width - 1
    return wide and bool(places) and places != [0]


def _comes_back(row: Row, below: Sequence[Row]) -> bool:
    """Whether a cell of words stands again in its column: then the row is one of data, with words for numbers."""
    words = {(place, cell) for place, cell in enumerate(row) if kind_of(cell) in {Kind.TEXT, Kind.CODE}}
    return any((place, cell) in words for other in below for place, cell in enumerate(other))


def _heads(row: Row, below: Row, width: int) -> bool:
    """Whether a row belongs to the names in the row below it, as group names or as a row of the same kind.

    Not so a comment, nor a note of one or two cells at the left with nothing beside them.
    """
    if row[0].lstrip().startswith(_COMMENT):
        return False
    places = filled(row)
    if len(row) != width or not places:
        return False
    if len(places) >= 0.6 * width:
        return True
    return places != list(range(len(places))) or any(filled([below[place]]) == [] for place in places)


def _text_head(rows: Sequence[Row], width: int, kinds: Sequence[Kind | None]) -> _Head:
    """The same where no column is typed: the first full row holds names unless its cells come back below."""
    full = [at for at, row in enumerate(rows) if _is_full(row, width)]
    if not full:
        return _Head((), next((at for at, row in enumerate(rows) if extent(row)), 0))
    whole_row = next((at for at in full[:_PREAMBLE] if len(filled(rows[at])) == len(rows[at]) == width), full[0])
    top = full[0] if _begins_table(rows[full[0]], rows[full[0] + 1 : whole_row + 1], width) else whole_row
    below = [row for row in rows[top + 1 :] if extent(row)]
    first = rows[top]
    if not below:
        typed = sum(kind_of(cell) in TYPED for cell in first)
        return _Head((), top) if 2 * typed >= len(filled(first)) else _Head((top,), top + 1)
    group = len(filled(first)) < width and _is_full(below[0], width) and len(filled(below[0])) == width
    if group and len(set(below[0])) < width and _heads(first, below[0], width):
        return _Head((top, top + 1), top + 2)
    names = [cell.strip().casefold() for cell in first]
    others = [row for row in below if [cell.strip().casefold() for cell in row] != names]  # a header may stand again
    columns = [{row[place].strip().casefold() for row in others if place < len(row)} for place in range(width)]
    back = sum(bool(name) and name in column for name, column in zip(names, columns, strict=False))
    codes = [place for place, kind in enumerate(kinds) if kind is Kind.CODE and place < len(first)]
    like_codes = sum(kind_of(first[place]) is Kind.CODE for place in codes)
    if back >= max(1, round(0.4 * width)) or (codes and like_codes == len(codes)):
        return _Head((), top)
    repeats = any(len(column) <= 0.7 * len(below) for column in columns) and len(below) > 3
    return _Head((top,), top + 1, guessed=not (repeats or (codes and not like_codes)))


def _begins_table(row: Row, below: Sequence[Row], width: int) -> bool:
    """Whether a row that is not filled belongs to the table of the first filled row, the last of those `below` it."""
    apart = any(not extent(other) for other in below)
    wide = len(row) == width or len(filled(row)) == len(row) >= width - 1
    return wide and len(filled(row)) > 1 and not apart and not row[0].lstrip().startswith(_COMMENT)


def _unmarked(row: Row, columns: int) -> Row:
    """A row of names without the mark of a comment that stands apart before them, as in "% x y"."""
    return row[1:] if len(row) > columns and row[0].strip() in _COMMENT else row


def join_names(header: Sequence[Row], width: int) -> tuple[str, ...]:
    """One name a column: the rows joined by a blank, a group's name carried right over the names below it."""
    grid = [[cell.strip() for cell in (row + [""] * width)[:width]] for row in header]
    for row, below in pairwise(grid):
        carried = ""
        for place, cell in enumerate(row):
            carried = cell or carried
            if not cell and below[place]:
                row[place] = carried
    return tuple(" ".join(cell for row in grid if (cell := row[place])) for place in range(width))
