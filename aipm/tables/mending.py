"""The mending reader: every record of a text as a row of the table, or as none, with an account of what it met."""

import io
from collections.abc import Iterator, Sequence
from itertools import islice

from aipm.tables.account import Account
from aipm.tables.body import Body
from aipm.tables.ending import Event, What
from aipm.tables.model import ReadError
from aipm.tables.realign import realign
from aipm.tables.records import Mender, read_records

_BLOCK = 1 << 16


class Mending:
    """Where the mending reader stands in a body: `row` rows and the lines before `line` are behind it.

    Short rows are padded and long ones trimmed to the usual number of cells; blank rows are left out. It reads a
    stretch itself (`read`), or is told of rows that somebody else has read (`take`, `skip`).
    """

    def __init__(self, body: Body, *, longest_line: int) -> None:
        self.account = Account()
        self.row, self.line = 0, body.line
        self.at = body.start
        self.after_blank = False
        self.longest_line = longest_line
        self._body = body
        self._place = body.key[0] if body.key else 0
        self._name = body.key[1] if body.key else None
        self._mender = Mender(body.dialect, body.columns)

    def skip(self, rows: int) -> None:
        """Rows with nothing to say about them."""
        self.row += rows

    def take(self, line: int, cells: list[str], *, text: str | None = None, mended: bool = False) -> list[str] | None:
        """The row that a record becomes, if it is not blank; `text` is the line, if it is at hand."""
        account, body, row = self.account, self._body, self.row
        if not any(cells) or (len(cells) == 1 < body.columns and cells[0].isspace()):
            self.after_blank = True
            account.blank.add(row, line)
            return None
        if mended:
            account.mended.add(row, line)
        what = {What.AFTER_BLANK} if self.after_blank else set[What]()
        self.after_blank = False
        if len(cells) != body.columns:
            what.add(What.RAGGED)
        if line in account.same_header or (text is not None and text == body.header):
            account.repeated.add(row, line)
        elif self._name is not None and self._place < len(cells) and cells[self._place] == self._name:
            what.add(What.NAMES if body.repeats_names(cells) else What.FIRST_NAME)
        if what:
            account.remember(Event(row, line, cells, frozenset(what)))
        self.row += 1
        return self._fitted(cells, row, line)

    def _fitted(self, cells: list[str], row: int, line: int) -> list[str]:
        """A row padded, realigned or trimmed to the number of columns, and the account of it."""
        account, body, columns = self.account, self._body, self._body.columns
        if len(cells) < columns:
            account.padded.add(row, line)
            return cells + [""] * (columns - len(cells))
        if len(cells) > columns:
            if body.kinds and (better := realign(cells, body.kinds, body.dialect.delimiter)):
                account.realigned.add(row, line)
                return better
            account.trimmed.add(row, line)
            if any(cells[columns:]):
                account.lost.add(row, line)
                account.longest = max(account.longest, len(cells))
        return cells[:columns]

    def read(self, start: int, stop: int) -> Iterator[Sequence[str]]:
        """The rows of the records that begin between two line ends; `at` says afterwards where the last one ends."""
        lines = _Lines(self._body, start, stop, self)
        columns, place, name = self._body.columns, self._place, self._name
        before = self.line - 1
        for number, cells, mended in read_records(lines, self._body.dialect, width=columns, mender=self._mender):
            if lines.before_stop is not None and number > lines.before_stop:
                lines.count = number - 1
                break
            usual = len(cells) == columns and not (mended or self.after_blank)
            if usual and (cells[0] or any(cells)) and cells[place] != name:
                self.row += 1
                yield cells
            elif (row := self.take(before + number, cells, mended=mended)) is not None:
                yield row
        self.line += lines.count
        self.at = lines.position()


class _Lines:
    """The lines of a body from byte `start` on, with their ends, none longer than allowed.

    `count` is how many were given out, `before_stop`, once that is known, how many of them begin before byte `stop`.
    Lines that repeat the header are noted.
    """

    def __init__(self, body: Body, start: int, stop: int, mending: Mending) -> None:
        self.count = 0
        self.before_stop: int | None = None
        self._body, self._start, self._stop, self._mending = body, start, stop, mending
        self._blocks: list[tuple[int, int, int]] = []

    def __iter__(self) -> Iterator[str]:
        header, longest = self._body.header, self._mending.longest_line
        same_header, first = self._mending.account.same_header, self._mending.line
        at, size = self._start, len(self._body.data)
        while at < size:
            if at >= self._stop and self.before_stop is None:
                self.before_stop = self.count
            end = self._body.line_after(at + _BLOCK - 1)
            end = min(end, self._stop) if at < self._stop else end
            self._blocks.append((self.count, at, end))
            for line in self._block(at, end):
                if len(line) > longest:
                    number = first + self.count
                    raise ReadError(
                        "line_too_long",
                        f"Line {number} is longer than {longest:,} characters.",
                        advice="Check that the file has line ends and that its quotes are closed.",
                        line=number,
                    )
                if header is not None and line.startswith(header) and line.rstrip("\r\n") == header:
                    same_header.add(first + self.count)
                self.count += 1
                yield line
            at = end

    def _block(self, at: int, end: int) -> Iterator[str]:
        return io.StringIO(self._body.piece(at, end).decode(), newline="")

    def position(self) -> int:
        """The byte behind the first `count` lines."""
        for before, at, end in reversed(self._blocks):
            if before < self.count:
                return at + sum(len(line.encode()) for line in islice(self._block(at, end), self.count - before))
        return self._start
