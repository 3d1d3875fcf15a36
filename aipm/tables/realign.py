"""A row with a delimiter too many -> the row as it was meant, where the kinds of the columns leave only one way."""

from collections.abc import Sequence

from aipm.tables.cells import TYPED, Kind, kind_of

_WIDEST = 200
"""Columns up to which it is tried."""


def realign(cells: list[str], kinds: Sequence[Kind | None], delimiter: str) -> list[str] | None:
    """The row in `len(kinds)` cells, or None where it is not certain what was meant.

    Either an empty cell slipped in, or one text holds the delimiter without quotes ("Smith, John"): then numbers,
    dates and links stand in their columns again once the cell is taken out, or the text is put together. Pieces that
    begin with a blank, as after a comma in a sentence, go before others.
    """
    width, extra = len(kinds), len(cells) - len(kinds)
    if not 0 < extra < width <= _WIDEST:
        return None
    typed = [at for at, kind in enumerate(kinds) if kind in TYPED]
    if not typed:
        return None
    left = next((at for at in typed if not _fits(kinds[at], cells[at])), width)
    if left == width and not any(cells[width:]):
        return None
    # Columns from here on hold what they should, counted from the end.
    right = next((at + 1 for at in reversed(typed) if not _fits(kinds[at], cells[at + extra])), 0)
    taken_out = [
        [*cells[:at], *cells[at + 1 :]] for at in range(left + 1) if extra == 1 and not cells[at] and at >= right
    ]
    if taken_out:
        return taken_out[0] if all(row == taken_out[0] for row in taken_out) else None
    places = [
        at
        for at in range(max(right - 1, 0), min(left + 1, width))
        if kinds[at] not in TYPED and all(cells[at : at + extra + 1])
    ]
    spoken = [at for at in places if all(cell.startswith(" ") for cell in cells[at + 1 : at + extra + 1])]
    places = spoken if spoken or left == width else places  # the row may also be right, with cells too many at its end
    if len(places) != 1:
        return None
    at = places[0]
    return [*cells[:at], delimiter.join(cells[at : at + extra + 1]), *cells[at + extra + 1 :]]


def _fits(kind: Kind | None, cell: str) -> bool:
    return kind_of(cell) in {kind, Kind.EMPTY, Kind.MISSING}
