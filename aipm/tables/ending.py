"""What stands below a table in the same file: a repeated header, a second table, notes and totals."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.shape import Row, against, extent, filled

_NOTE = re.compile(
    r"[*†‡§#©(\[]|--|\d\)|notes?\b|sources?\b|quelle|remarks?\b|total rows|\d+ (rows?|records?)\b|end of\b"
    r"|generated|exported|created|copyright|data (as of|sources?)|last updated|disclaimer|footnotes?\b|prepared by"
    r"|report\b|\(c\)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(grand |sub)?totals?\b|sum(me)?\b|overall\b|gesamt|insgesamt|suma\b", re.IGNORECASE)
_NEAR_END = 20
_RUN = 3
_TITLED = 1_000
"""Repeated headers above which titles are looked for."""


class What(Enum):
    """Why a row is worth a second look once the whole file is read."""

    AFTER_BLANK = "after_blank"
    RAGGED = "ragged"
    NAMES = "names"
    FIRST_NAME = "first_name"


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

    `repeats` and `second` are the lines where a repeated header and a second table begin, `blocks` those where rows
    with a header of their own follow without a break, which stay in the table; `comments` are lines of comment
    between the rows; `footer` are the lines, as far as known, of the `footer_rows` rows below the table that are
    notes. `total`: the last row looks like a sum.
    """

    end: int
    dropped: frozenset[int] = frozenset()
    repeats: tuple[int, ...] = ()
    second: int | None = None
    blocks: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()
    footer_rows: int = 0
    total: bool = False


def find_ending(
    rows: int,
    row_at: Callable[[int], Row],
    events: Sequence[Event] = (),
    *,
    width: int,
    kinds: Sequence[Kind | None],
    repeated: Mapping[int, int] | None = None,
) -> Ending:
    """Decide on what follows the table.

    `rows` were read, each of which `row_at` gives as it was read, some with `events`; `width` is the usual number of
    cells; `repeated` are the rows, with their lines, that repeat the header line letter for letter. Rows under such a
    line are more of the same table; a header that differs, or a block of another shape, begins another table, which
    is left out.
    """
    repeated = repeated or {}
    below = _Below({event.row: event for event in events}, rows, row_at, width, kinds, repeated)
    end, second = rows, None
    for event in events:
        if (start := below.second_table(event)) is not None:
            end = start
            second = below.events[start].line if start in below.events else event.line
            break
    titles = [title for row in islice(repeated, _TITLED) for title in below.titles_above(row)]
    notes = below.notes(end)
    comments = {event.row: event.line for event in events if event.row < notes.start and below.is_comment(event)}
    return Ending(
        end=notes.start,
        dropped=frozenset(row for row in (*repeated, *titles, *comments) if row < notes.start),
        repeats=tuple(line for row, line in repeated.items() if row < notes.start),
        second=second,
        blocks=tuple(event.line for event in events if event.row < end and below.begins_block(event)),
        comments=tuple(comments.values()),
        footer=tuple(below.events[row].line for row in notes if row in below.events),
        footer_rows=len(notes),
        total=end == rows > 1 and not notes and below.is_total(rows - 1),
    )


@dataclass(frozen=True, slots=True)
class _Below:
    """The rows of a file, looked at for where the table ends."""

    events: dict[int, Event]
    rows: int
    row_at: Callable[[int], Row]
    width: int
    kinds: Sequence[Kind | None]
    repeated: Mapping[int, int]

    def cells(self, row: int) -> Row:
        """A row as it stood, or as it was read where that is the same."""
        return self.events[row].cells if row in self.events else self.row_at(row)

    def has(self, row: int, what: What) -> bool:
        return row in self.events and what in self.events[row].what

    def titles_above(self, row: int) -> list[int]:
        """Rows of one cell between a blank line and row `row`: the title of the block that begins there."""
        titles: list[int] = []
        for above in range(row - 1, max(row - 6, -1), -1):
            if extent(self.cells(above)) != 1:
                break
            titles.append(above)
            if self.has(above, What.AFTER_BLANK):
                return titles
        return titles if self.has(row, What.AFTER_BLANK) else []

    def second_table(self, event: Event) -> int | None:
        """The first row of another table, or of its title, if it begins at `event`."""
        if What.NAMES in event.what:
            return min([*self.titles_above(event.row), event.row])
        if What.AFTER_BLANK not in event.what:
            return None
        head = event.row
        while extent(self.cells(head)) == 1 and head < min(event.row + 3, self.rows - 1):
            head += 1
        if head in self.repeated:
            return None
        begins = self.run(head) > 1 or (head < self.rows - 1 and self.looks_like_names(head)) or self.narrows(head)
        return min([*self.titles_above(event.row), event.row]) if begins else None

    def run(self, row: int) -> int:
        """How many rows from here on have one and the same width, of several cells, that is not the table's."""
        if not self.has(row, What.RAGGED):
            return 0
        size, end = len(self.events[row].cells), row + 1
        while (
            self.has(end, What.RAGGED) and not self.has(end, What.AFTER_BLANK) and len(self.events[end].cells) == size
        ):
            end += 1
        return end - row if size not in {1, self.width} else 0

    def looks_like_names(self, row: int) -> bool:
        """Whether there are words in every cell, also where the table has numbers or dates."""
        cells = self.cells(row)
        other, same = against(cells, self.kinds)
        whole = 1 < len(filled(cells)) == len(cells) and (len(cells) == self.width or self.has(row, What.RAGGED))
        return bool(other) and not same and whole and not any(kind_of(cell) in TYPED for cell in cells)

    def narrows(self, row: int) -> bool:
        """Whether, after a break, a row of words begins rows that leave the right of the table empty."""
        if not 0 < row < self.rows - 1:
            return False
        cells, size = self.cells(row), extent(self.cells(row))
        words = size > 1 and len(filled(cells)) == size and not any(kind_of(cell) in TYPED for cell in cells)
        return words and extent(self.cells(row + 1)) == size < extent(self.cells(self.before(row)))

    def before(self, row: int) -> int:
        """The last row above the break before `row`."""
        while row > 0 and not self.has(row, What.AFTER_BLANK):
            row -= 1
        return max(row - 1, 0)

    def begins_block(self, event: Event) -> bool:
        """Whether rows with a header of their own begin here without a blank line before them."""
        above = self.events.get(event.row - 1)
        if above and len(above.cells) == len(event.cells):
            return False
        if What.FIRST_NAME not in event.what and self.run(event.row) < _RUN:
            return False
        other, same = against(event.cells, self.kinds)
        words = not any(kind_of(cell) in TYPED for cell in event.cells)
        return bool(other) and not same and words and event.row not in self.repeated

    def notes(self, end: int) -> range:
        """The rows just before `end` that are no rows of the table."""
        begins = end
        while begins > max(end - _NEAR_END, 0) and self.is_note(begins - 1):
            begins -= 1
        return range(begins, end) if end - _NEAR_END < begins and begins else range(end, end)

    def is_note(self, row: int) -> bool:
        """Whether a row is text about the table: shorter than its rows, or beginning as notes do."""
        cells = self.cells(row)
        places = filled(cells)
        if self.width == 1 or not places:
            return False
        other, same = against(cells, self.kinds)
        note, after_blank = bool(_NOTE.match(cells[places[0]].strip())), self.has(row, What.AFTER_BLANK)
        if self.has(row, What.RAGGED):
            if len(cells) == 1:
                return not same and (self.width > 2 or note or bool(other) or after_blank)
            return same <= other and (note or after_blank) and len(cells) <= max(2, self.width // 2)
        if places == [0]:
            return note and (after_blank or self.width > 2 or bool(other))
        return note and not same and (after_blank or bool(other))

    def is_comment(self, event: Event) -> bool:
        return What.RAGGED in event.what and event.cells[0].startswith("#") and not against(event.cells, self.kinds)[1]

    def is_total(self, row: int) -> bool:
        cells = self.cells(row)
        places = filled(cells)
        return bool(places) and bool(_TOTAL.match(cells[places[0]].strip()))
