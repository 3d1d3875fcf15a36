"""Lines of text -> records of cells, with quotes mended where they were left open or stand astray."""

import csv
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

CHUNK = 20_000
"""The most lines that one quoted cell may run over."""
_STEP = 1_000
"""Lines looked at together; more where a cell is open at their end."""
_TRIALS = 24
"""Readings of one damaged record that are compared."""
_BUDGET = 4_000_000
"""Characters that may be read in search of better readings; after that a damaged line is split once."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart: RFC 4180, with the delimiter and the quote as found.

    `spaced`: spaces after the delimiter are no part of the cell.
    """

    delimiter: str = ","
    quote: str | None = '"'
    spaced: bool = False

    def format(self) -> dict[str, Any]:
        """The same for the csv module, strict about quotes."""
        quoting = {"quotechar": self.quote} if self.quote else {"quoting": csv.QUOTE_NONE}
        return {"delimiter": self.delimiter, "skipinitialspace": self.spaced, "strict": True, **quoting}


class Mender:
    """Finds the best reading of a damaged record, within a budget of characters looked at for the whole file.

    A quote closes a cell only before a delimiter or the end; one that does not close, or whose cell would swallow
    its neighbours, is a character like any other. Two quotes in a row are one, or one and the end of the cell.
    """

    def __init__(self, dialect: Dialect, width: int | None) -> None:
        quote, delimiter = re.escape(dialect.quote or '"'), re.escape(dialect.delimiter)
        ends = f" *(?:{delimiter}|$)"
        # Alternatives never match at the same place, so that matching takes linear time.
        doubled = f"(?:[^{quote}]|{quote}{quote}|{quote}(?!{quote}|{ends}))*"
        single = f"(?:[^{quote}]|{quote}(?!{ends}))*"
        space = " *" if dialect.spaced else ""
        self._readings = [
            re.compile(f"{space}({quote}{inside}{quote}) *(?={delimiter}|$)", re.DOTALL) for inside in (doubled, single)
        ]
        self._opening = re.compile(f"(?:^|{delimiter}) *{quote}")
        self._dialect, self._width, self._budget, self._broken = dialect, width, _BUDGET, False

    def mend(self, buffer: list[str], at: int) -> tuple[list[str], int]:
        """The cells of the record that begins at line `at`, and how many lines it takes."""
        line = buffer[at].rstrip("\r\n")
        plain = self._split(line)
        if self._width is None or len(plain) == self._width or self._budget < 0:
            return plain, 1
        openings = [opening.end() - 1 for opening in islice(self._opening.finditer(line), _TRIALS)]
        for literal in (-1, *openings):
            for quoted in self._readings:
                cells = self._split(line, quoted, literal=literal)
                if len(cells) == self._width:
                    return cells, 1
        return (self._over_lines(buffer, at) if len(plain) < self._width else None) or (plain, 1)

    def _over_lines(self, buffer: list[str], at: int) -> tuple[list[str], int] | None:
        """The record as one whose cell runs over lines and has quotes of its own inside."""
        joined = buffer[at].rstrip("\r\n")
        for more in range(at + 1, min(at + _TRIALS, len(buffer))):
            joined += "\n" + buffer[more].rstrip("\r\n")
            cells = self._split(joined)
            if len(cells) == self._width and not self._broken:
                return cells, more + 1 - at
            if len(cells) > (self._width or 0):
                break
        return None

    def _split(self, line: str, quoted: re.Pattern[str] | None = None, *, literal: int = -1) -> list[str]:
        """Cells of one damaged line; the quote at position `literal` opens nothing.

        `_broken` says afterwards whether a cell without quotes runs over a line end, which none may.
        """
        quoted = quoted or self._readings[0]
        dialect, quote = self._dialect, self._dialect.quote or '"'
        self._budget -= len(line)
        cells: list[str] = []
        start, opens, self._broken = 0, True, False
        while True:
            match = quoted.match(line, start) if opens else None
            if match and match.start(1) != literal:
                cells.append(match.group(1)[1:-1].replace(quote + quote, quote))
                end = match.end()
            else:
                end = line.find(dialect.delimiter, start)
                end = len(line) if end < 0 else end
                cell = line[start:end]
                self._broken |= "\n" in cell
                # What does not close from here does not close further on: no second search, time stays linear.
                opens = opens and (match is not None or not cell.lstrip(" ").startswith(quote))
                cells.append(cell.lstrip(" ") if dialect.spaced else cell)
            if end >= len(line):
                return cells
            start = end + len(dialect.delimiter)


def read_records(
    lines: Iterable[str], dialect: Dialect, *, width: int | None = None, mender: Mender | None = None
) -> Iterator[tuple[int, list[str], bool]]:
    """Every record as (number of its first line from 1, cells, whether its quotes had to be mended).

    Lines keep their ends. A blank line is a record without cells. A quoted cell may run over lines; where it never
    closes, or closes within a word, or swallows whole rows, only its first line is taken and mended, so that one
    stray quote never eats the rows below it. `width`, where known, says which of several readings is right. Who reads
    a file in several calls passes the same `mender`, made with that width, to all of them.
    """
    csv.field_size_limit(2**31 - 1)
    form, mender = dialect.format(), mender or Mender(dialect, width)
    source = iter(lines)
    buffer: list[str] = []
    base, last = 1, False
    while not last:
        wanted = max(_STEP, len(buffer))
        fresh = list(islice(source, wanted))
        last = len(fresh) < wanted
        buffer += fresh
        at = yield from _read_buffer(buffer, base, form, mender, width, last=last)
        base += at
        del buffer[:at]


def _read_buffer(
    buffer: list[str], base: int, form: dict[str, Any], mender: Mender, width: int | None, *, last: bool
) -> Generator[tuple[int, list[str], bool], None, int]:
    """Records from the buffer; returns how many lines they took: a cell left open waits for more lines.

    So does a damaged record near the end, for what follows may belong to it.
    """
    at = began = 0
    reader = _reader(buffer, 0, form)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return len(buffer)
        except csv.Error:
            left = len(buffer) - at
            if not last and (left < _TRIALS or (began + reader.line_num == len(buffer) and left < CHUNK)):
                return at
            cells, used = mender.mend(buffer, at)
            yield base + at, cells, True
            at += used
            began = at
            reader = _reader(buffer, at, form)
            continue
        end = began + reader.line_num
        if end - at > 1 and width and (len(cells) != width or _swallows_rows(cells, form["delimiter"])):
            if not last and len(buffer) - at < _TRIALS:
                return at
            better, used = mender.mend(buffer, at)
            if len(better) == width:
                yield base + at, better, True
                at += used
                began = at
                reader = _reader(buffer, at, form)
                continue
        yield base + at, cells, False
        at = end


def _reader(buffer: list[str], at: int, form: dict[str, Any]) -> Any:
    return csv.reader(map(buffer.__getitem__, range(at, len(buffer))), **form)


def _swallows_rows(cells: list[str], delimiter: str) -> bool:
    """Whether a cell holds lines that look like rows of their own: two stray quotes, rows apart."""
    each = len(cells) - 1
    return each > 1 and any(
        breaks and cell.count(delimiter) >= each * breaks for cell in cells if (breaks := cell.count("\n"))
    )
