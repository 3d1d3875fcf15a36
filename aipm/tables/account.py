"""What the mending reader met on its way, and the warnings that say so."""

from array import array
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from aipm.tables.ending import Ending, Event
from aipm.tables.model import ReadWarning

MOST_LINES = 20
"""Line numbers that one warning lists."""


@dataclass(slots=True)
class Tally:
    """Rows to which one thing happened, with their lines."""

    rows: "array[int]" = field(default_factory=lambda: array("q"))
    lines: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, row: int, line: int) -> None:
        self.rows.append(row)
        self.lines.append(line)

    def within(self, ending: Ending) -> list[int]:
        """The lines of those rows that belong to the table."""
        return [
            line
            for row, line in zip(self.rows, self.lines, strict=True)
            if row < ending.end and row not in ending.dropped
        ]


@dataclass(slots=True)
class Account:
    """Rows that were padded, trimmed (`lost`: of more than empty cells), realigned, had quotes mended or stood blank.

    `longest` is the length of the longest row; `events` are rows to look at again, the first ones and the last;
    `same_header` are the lines that repeat the header letter for letter, `repeated` the rows on them.
    """

    padded: Tally = field(default_factory=Tally)
    trimmed: Tally = field(default_factory=Tally)
    lost: Tally = field(default_factory=Tally)
    realigned: Tally = field(default_factory=Tally)
    mended: Tally = field(default_factory=Tally)
    blank: Tally = field(default_factory=Tally)
    longest: int = 0
    repeated: Tally = field(default_factory=Tally)
    same_header: set[int] = field(default_factory=set)
    _first: list[Event] = field(default_factory=list)
    _last: deque[Event] = field(default_factory=lambda: deque(maxlen=100))
    _room: int = 100_000

    def remember(self, event: Event) -> None:
        """Keep a row for a second look, as long as there is room for its cells; the last ones always."""
        self._room -= len(event.cells) + 1
        (self._first if self._room >= 0 else self._last).append(event)

    @property
    def events(self) -> list[Event]:
        return [*self._first, *self._last]

    def warnings(self, ending: Ending, *, rows: int, columns: int) -> tuple[ReadWarning, ...]:
        """Everything that was left out, filled in, cut off or mended."""
        lost = set(self.lost.within(ending))
        cut = [line for line in self.trimmed.within(ending) if line not in lost]
        blank = self.blank.within(ending) if columns == 1 else []
        found = [
            _warning(
                "rows_padded",
                "Rows with fewer cells than the table has columns were filled up with empty ones.",
                self.padded.within(ending),
            ),
            _warning(
                "rows_trimmed",
                "Rows with more cells than the table has columns were cut; cells with content were lost.",
                sorted(lost),
            ),
            _warning(
                "rows_trimmed_empty",
                "Rows with more cells than the table has columns were cut; only empty cells were lost.",
                cut,
            ),
            _warning(
                "rows_realigned",
                "Rows with a delimiter too many were put right where the kinds of the columns left only one way.",
                self.realigned.within(ending),
            ),
            _warning(
                "quote_repaired",
                "Rows whose quotes do not pair were mended: check their cells.",
                self.mended.within(ending),
            ),
            _warning("blank_lines", "Blank lines were left out.", blank),
            _warning(
                "header_repeated",
                "The header stands again further down; those lines, and titles above them, were left out.",
                ending.repeats,
            ),
            _warning("comments_skipped", "Lines of comment between the rows were left out.", ending.comments),
        ]
        if ending.footer_rows:
            message = "Lines below the table, such as notes, were left out."
            found.append(ReadWarning("footer_skipped", message, count=ending.footer_rows, lines=ending.footer))
        if ending.second is not None:
            message = "Another table begins further down; only the first is read, the rows below were left out."
            count = rows - ending.end - ending.footer_rows
            found.append(ReadWarning("second_table", message, count=count, lines=(ending.second,)))
        if ending.blocks:
            message = "Blocks of rows with names of their own stand below one another; all are kept as one table."
            found.append(
                ReadWarning("several_blocks", message, count=len(ending.blocks), lines=ending.blocks[:MOST_LINES])
            )
        if ending.total:
            found.append(ReadWarning("total_row", "The last row looks like a total; it is kept as a row of the table."))
        return tuple(warning for warning in found if warning)


def _warning(code: str, message: str, lines: Iterable[int]) -> ReadWarning | None:
    lines = tuple(lines)
    return ReadWarning(code, message, count=len(lines), lines=lines[:MOST_LINES]) if lines else None
