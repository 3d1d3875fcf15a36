"""Rows of text -> their shape: how wide the table is, and what its columns mostly hold."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.realign import realign

Row = list[str]

_PURE = 0.75
"""The share of a column's cells that must be of one kind before it counts as the column's kind."""
EXCESS = 0.02
"""The share of rows with cells beyond the last column from which on these are columns of their own."""
_PROFILE_ROWS = 150


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


def usual_width(rows: Sequence[Row], more: Sequence[Row]) -> int:
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


def profile(full: Sequence[Row]) -> tuple[Sequence[Row], tuple[Kind | None, ...]]:
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


def first_table(rows: Sequence[Row], width: int) -> list[Row]:
    """The rows before a break behind which all have one other width."""
    blocks = [list(run) for blank, run in groupby(rows, key=lambda row: not extent(row)) if not blank]
    kept: list[Row] = []
    for block in blocks:
        if kept and len(block) > 1 and {len(row) for row in block} - {1} == {len(block[-1])} != {width}:
            break
        kept += block
    return kept


def columns_of(data: Sequence[Row], header: Sequence[Row], kinds: Sequence[Kind | None]) -> int:
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
    often = longer if len(longer) > 1 and len(longer) >= EXCESS * len(data) else []
    return max(usual, 1, named, *often)
