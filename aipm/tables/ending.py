"""What stands below a table in the same file: a repeated header, a second table, notes and totals."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.layout import Row, against, extent, filled

_NOTE = re.compile(
    r"[*†‡§#©(\[]|--|\d\)|notes?\b|sources?\b|quelle|remarks?\b|total rows|\d+ (rows?|records?)\b|end of\b|generated"
    r"|exported|created|copyright|data (as of|sources?)|last updated|disclaimer|footnotes?\b|prepared by|report\b|\(c\)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(grand |sub)?totals?\b|sum(me)?\b|overall\b|gesamt|insgesamt|suma\b", re.IGNORECASE)
_NEAR_END = 20
_RUN = 3


class What(Enum):
    """Why a row is worth a second look once the whole file is read."""

    AFTER_BLANK = "after_blank"
    RAGGED = "ragged"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Event:
    """A row out of the ordinary: its number among the rows read (from 0), its line, and its cells as they stood."""

    row: int
    line: int
    cells: Row
    what: frozenset[What]


@dataclass(frozen=True, slots=True)
class Ending:
    """Which of the rows read are the table: those before `end` that are not in `dropped`.

    `repeats`, `footer` and `second` are the lines where a repeated header, a footer and a second table begin;
    `blocks` those where rows of another width follow without a break, which stay in the table.
    """

    end: int
    dropped: frozenset[int] = frozenset()
    repeats: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()
    second: int | None = None
    blocks: tuple[int, ...] = ()
    total: bool = False


def find_ending(
    events: Sequence[Event],
    rows: int,
    last: Sequence[Row],
    *,
    width: int,
    kinds: Sequence[Kind | None],
    same_header: Iterable[int] = (),
) -> Ending:
    """Decide on what follows the table.

    `rows` were read, of which `last` are the final ones; `width` is the usual number of cells; `same_header` are
    the lines that repeat the header line letter for letter. Rows under such a line are more of the same table; a
    header that differs, or a block of another shape, begins another table, which is left out.
    """
    at = {event.row: event for event in events}
    same, repeats, dropped = set(same_header), [], set[int]()
    end, second = rows, None
    for event in events:
        if event.line in same:
            repeats.append(event.line)
            dropped.update({*_titles_above(event.row, at), event.row})
        elif start := _second_table(event, at, width, kinds):
            end, second = start.row, start.line
            break
    footer = _footer(at, end, width, kinds)
    dropped = {row for row in dropped if row < end - len(footer)}
    blocks = [e.line for e in events if e.row < end and _begins_block(e, at, width, kinds)]
    total = end == rows and not footer and bool(last) and _is_total(last[-1])
    return Ending(end - len(footer), frozenset(dropped), tuple(repeats), tuple(footer), second, tuple(blocks), total)


def _titles_above(row: int, at: dict[int, Event]) -> list[int]:
    """Rows of one cell between a blank line and row `row`: the title of the block that begins there."""
    titles: list[int] = []
    for above in range(row - 1, row - 6, -1):
        event = at.get(above)
        if event is None or extent(event.cells) != 1:
            break
        titles.append(above)
        if What.AFTER_BLANK in event.what:
            return titles
    return titles if titles and What.AFTER_BLANK in at[row].what else []


def _second_table(event: Event, at: dict[int, Event], width: int, kinds: Sequence[Kind | None]) -> Event | None:
    """The first row of another table, with its title, if `event` begins one."""
    if What.NAMES in event.what:
        begins = event.row
    elif What.AFTER_BLANK in event.what:
        begins = event.row
        while (title := at.get(begins)) and extent(title.cells) == 1 and begins < event.row + 3:
            begins += 1
        head = at.get(begins)
        if head is None or not (_run(begins, at, width) > 1 or (begins == event.row and _names(head, width, kinds))):
            return None
    else:
        return None
    titles = _titles_above(begins, at)
    return at[min([*titles, begins, event.row])]


def _run(row: int, at: dict[int, Event], width: int) -> int:
    """How many rows from here on have one and the same width, of several cells, that is not the table's."""
    first = at.get(row)
    if first is None or What.RAGGED not in first.what or len(first.cells) in {1, width}:
        return 0
    end = row
    while (event := at.get(end)) and len(event.cells) == len(first.cells) and (end == row or _within(event)):
        end += 1
    return end - row


def _begins_block(event: Event, at: dict[int, Event], width: int, kinds: Sequence[Kind | None]) -> bool:
    """Whether rows of another width, with a header of their own, begin here without a blank line before them."""
    above = at.get(event.row - 1)
    if above and len(above.cells) == len(event.cells):
        return False
    return _run(event.row, at, width) >= _RUN and _names(event, len(event.cells), kinds)


def _within(event: Event) -> bool:
    return What.RAGGED in event.what and What.AFTER_BLANK not in event.what


def _names(event: Event, width: int, kinds: Sequence[Kind | None]) -> bool:
    """Whether a row looks like a header: words in every cell where the data have numbers or dates."""
    other, same = against(event.cells, kinds)
    whole = len(filled(event.cells)) == width == len(event.cells)
    return bool(other) and not same and whole and not any(kind_of(cell) in TYPED for cell in event.cells)


def _footer(at: dict[int, Event], end: int, width: int, kinds: Sequence[Kind | None]) -> list[int]:
    """The lines of the notes at the end, which are no rows of the table."""
    begins = end
    while begins > max(end - _NEAR_END, 0) and (event := at.get(begins - 1)) and _is_note(event, width, kinds):
        begins -= 1
    return [at[row].line for row in range(begins, end)] if begins else []


def _is_note(event: Event, width: int, kinds: Sequence[Kind | None]) -> bool:
    """Whether a row is text about the table: shorter than its rows, or a lone cell that begins as notes do."""
    cells, places = event.cells, filled(event.cells)
    note = bool(_NOTE.match(cells[places[0]].strip()))
    after_blank = What.AFTER_BLANK in event.what
    if What.RAGGED not in event.what:
        return after_blank and places == [0] and note and width > 1
    other, same = against(cells, kinds)
    if width == 1 or same > other:
        return False
    if len(cells) == 1:
        return width > 2 or note or bool(other) or after_blank
    return (note or after_blank) and len(cells) <= max(2, width // 2)


def _is_total(cells: Row) -> bool:
    places = filled(cells)
    return bool(places) and bool(_TOTAL.match(cells[places[0]].strip()))
