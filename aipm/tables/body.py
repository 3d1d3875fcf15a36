"""The data rows of a text: where they lie, how they are split into cells, and where they can be cut into parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aipm.tables.cells import Kind
from aipm.tables.encoding import is_clean
from aipm.tables.records import Dialect

_LINE_END = re.compile(rb"\r\n|\n|\r")
_WINDOWS = (1 << 12, 1 << 16, 1 << 20, 1 << 40)
_OPEN_LINES = 1_000
"""Lines that are looked at for the end of a quoted cell; what is longer is left to the mending reader."""


class NotCleanError(Exception):
    """The text is not the clean UTF-8 that its samples are."""


@dataclass(frozen=True, slots=True)
class Body:
    """The data rows of a text in UTF-8 (`data` from byte `start`, which begins line `line`) and how to split them.

    `columns` is the usual number of cells, of which the last may be empty in every row, `kinds` what they mostly
    hold (as many as columns, or none where that is not known); `header` is the line of the names as it stands and
    `names` its cells: rows that repeat them are looked at twice. `proven`: all of it is known to be clean UTF-8;
    otherwise each piece is looked at as it is taken.
    """

    data: bytes | memoryview
    start: int
    line: int
    dialect: Dialect
    columns: int
    kinds: tuple[Kind | None, ...] = ()
    header: str | None = None
    names: tuple[str, ...] = ()
    proven: bool = True

    @property
    def key(self) -> tuple[int, str] | None:
        """Place and text of the first name."""
        return next(((place, name) for place, name in enumerate(self.names) if name.strip()), None)

    def repeats_names(self, cells: Sequence[str]) -> bool:
        """Whether a row holds at least half of the names, in their places."""
        named = [(cell.strip(), name.strip()) for cell, name in zip(cells, self.names, strict=False) if name.strip()]
        same = sum(cell == name for cell, name in named)
        return same > 1 and 2 * same >= len(named)

    def piece(self, start: int, end: int) -> bytes:
        """The lines between two line ends. Raises NotCleanError."""
        text = bytes(self.data[start:end])
        if not (self.proven or is_clean(text)):
            raise NotCleanError
        return text

    def last_content(self) -> int:
        """Where the last line that is more than a line end ends."""
        end = len(self.data)
        while end > self.start:
            piece = bytes(self.data[max(self.start, end - 65_536) : end])
            kept = len(piece.rstrip(b"\r\n"))
            end -= len(piece) - kept
            if kept:
                return self.line_after(end)
        return end

    def line_after(self, at: int) -> int:
        """Where the line after the one that byte `at` lies in begins."""
        for window in _WINDOWS:
            piece = bytes(self.data[at : at + window])
            found = _LINE_END.search(piece)
            if found and (found.end() < len(piece) or at + window >= len(self.data)):
                return at + found.end()
        return len(self.data)

    def cut(self, start: int, size: int, end: int) -> tuple[int, bytes]:
        """Where about `size` bytes from `start` end, and the text between.

        That is at `end` or behind a line end at which no cell is open, if quotes are taken in pairs.
        """
        first = at = min(self.line_after(start + size - 1), end)
        text = self.piece(start, at)
        quote = (self.dialect.quote or "").encode()
        if at == end or not quote or quote not in text or text.count(quote) % 2 == 0:
            return at, text
        for _ in range(_OPEN_LINES):
            before, at = at, min(self.line_after(at), end)
            if at == end or bytes(self.data[before:at]).count(quote) % 2:
                return at, self.piece(start, at)
        return first, text
