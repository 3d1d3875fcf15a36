"""The rows at the top of a file -> which of them are preamble, which hold the column names, where the data begin."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.model import HeaderChoice, ReadError
from aipm.tables.realign import realign

Row = list[str]

_HEADER_ROWS = 3
_PURE = 0.75
"""The share of a column's cells that must be of one kind before it counts as the column's kind."""
_EXCESS = 0.02
"""The share of rows with cells beyond the last column from which on these are columns of their own."""
_PROFILE_ROWS = 150
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
    width = _usual_width(rows, more)
    body, kinds = _profile([row for row in [*rows, *more] if len(row) == width and extent(row)])
    if isinstance(header, int):
        head = _Head((header - 1,), header)
    else:
        head = _find_head(rows, width, kinds, body)
        if header == "none":
            head = _Head((), head.rows[0] if head.rows else head.first)
    data = [*_first_table(rows[head.first :], width), *more]
    columns = _columns(data, [_unmarked(rows[at], width) for at in head.rows], kinds)
    names = join_names([_unmarked(rows[at], columns) for at in head.rows], columns)
    return Layout(columns, head.rows, head.first, names, (kinds + (None,) * columns)[:columns], head.guessed)


def filled(row: Row) -> list[int]:
    """The places of the cells that hold anything."""
    return [place for place, cell in enumerate(row) if cell and not cell.isspace()]


def extent(row: Row) -> int:
    """The length of a row without its empty tail."""
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if row[place] and not row[place].isspace()), 0)


def against(row: Row, kinds: Sequence[Kind | None]) -> tuple[int, int]:
    """In how many typed columns a row holds (something else, that kind): names have the first, data the second."""
    other = same = 0
    for cell, kind in zip(row, kinds, strict=False):
        if kind in TYPED and (found := kind_of(cell)) not in {Kind.EMPTY, Kind.MISSING}:
            same += found is kind
            other += found is not kind
    return other, same


def _usual_width(rows: Sequence[Row], more: Sequence[Row]) -> int:
    """The width in which most cells stand, or that of a first table that is worth it although a larger one follows.

    A block of rows that looks like a table counts double: a long list of remarks above it is none.
    """
    runs = [list(run) for _, run in groupby((row for row in [*rows, *more] if extent(row)), key=len)]
    counts: Counter[int] = Counter()
    for run in runs:
        counts[len(run[0])] += len(run)
    most = max((count for width, count in counts.items() if width > 1), default=0)
    if most < 0.1 * counts.total() or not most:
        return 1
    above: list[Row] = [[], *(run[-1] for run in runs)]
    tables = {len(run[0]) for before, run in zip(above, runs, strict=False) if _is_table(before, run)}
    cells = {
        width: count * width * (2 if width in tables else 1)
        for width, count in counts.items()
        if width > 1 and 4 * count >= most
    }
    usual = max(cells, key=lambda width: (cells[width], width))
    for run in runs:
        width = len(run[0])
        if width == usual:
            break
        if width in tables and len(run) > 2 and 2 * len(run) * width > 0.3 * cells[usual]:
            return width
    return usual


def _is_table(above: Row, block: Sequence[Row]) -> bool:
    """Whether a block of rows has names in its first row, or the one above, over numbers, dates or categories."""
    if len(block) < 3 or len(block[0]) < 2:
        return False
    columns = list(zip(*block[1:50], strict=True))
    kinds = [_column_kind(cells) for cells in columns]
    categories = any(1 < len(set(cells)) <= 0.7 * len(cells) for cells in columns) and len(block) > 4
    return categories or any(against(row, kinds)[0] > 0 for row in (above, block[0]))


def _profile(full: Sequence[Row]) -> tuple[Sequence[Row], tuple[Kind | None, ...]]:
    """Rows that are surely data, and the kinds of their columns: of the later rows those that show most."""
    parts = (2, 3) if len(full) >= 12 else (2,)
    bodies = [full[len(full) * part // 4 :][:_PROFILE_ROWS] for part in parts]
    profiles = [(body, tuple(map(_column_kind, zip(*body, strict=True)))) for body in bodies]
    return max(profiles, key=lambda profile: sum(kind in TYPED for kind in profile[1]))


def _column_kind(cells: Sequence[str]) -> Kind | None:
    counts = Counter(kind_of(cell) for cell in cells)
    filled_cells = sum(counts.values()) - counts[Kind.EMPTY] - counts[Kind.MISSING]
    for kind, count in counts.most_common():
        if kind not in {Kind.EMPTY, Kind.MISSING} and count >= _PURE * filled_cells:
            return kind
    return None


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
    if back >= max(1, width // 4) or (codes and like_codes == len(codes)):
        return _Head((), top)
    repeats = any(len(column) <= 0.7 * len(below) for column in columns) and len(below) > 3
    return _Head((top,), top + 1, guessed=not (repeats or (codes and not like_codes)))


def _first_table(rows: Sequence[Row], width: int) -> list[Row]:
    """The rows before a break behind which all have one other width."""
    blocks = [list(run) for blank, run in groupby(rows, key=lambda row: not extent(row)) if not blank]
    kept: list[Row] = []
    for block in blocks:
        if kept and len(block) > 1 and {len(row) for row in block} - {1} == {len(block[-1])} != {width}:
            break
        kept += block
    return kept


def _columns(data: Sequence[Row], header: Sequence[Row], kinds: Sequence[Kind | None]) -> int:
    """The number of columns: no more than hold anything, no fewer than are named or often used."""
    width = len(kinds)
    extents = [extent(row) for row in data]
    usual = max((size for row, size in zip(data, extents, strict=True) if len(row) == width), default=0)
    named = max(map(extent, header), default=0)
    longer = [
        size
        for row, size in zip(data, extents, strict=True)
        if size > max(width, usual, named) and not realign(row, kinds, "")
    ]
    often = longer if len(longer) > 1 and len(longer) >= _EXCESS * len(data) else []
    return max(usual, 1, named, *often)


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
