"""Pasted text or a table -> a journey: which cells hold stage and pain, and whether names stand above them."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aipm.mapping.journey import MOST_ROWS, Journey, Pain, journey_texts
from aipm.tables import Refusal

if TYPE_CHECKING:
    from aipm.tables.table import Table

MOST_COLUMNS = 50
LONGEST_PASTE = 2_000_000
SHORT_STAGE = 4
"""Words of a stage that somebody types before a semicolon."""
SENTENCE = 5
"""Words from which on a column's name is taken for somebody's pain."""


def from_text(text: str) -> Journey:
    """A journey from pasted text: cells between tabs, semicolons or commas, or one pain a line.

    Semicolons and commas part cells only where all lines agree that they do, because people write sentences with them.
    Raises Refusal where it is too long.
    """
    if len(text) > LONGEST_PASTE:
        raise _too_many()
    rows = _split(text.removeprefix("\ufeff"))
    header = rows[0] if rows and _is_header(rows[0]) else []
    return _journey(rows[1:] if header else rows, header)


def from_table(table: "Table", *, stage: str | None = None, pain: str | None = None) -> Journey:
    """A journey from a table; `stage` and `pain` name its columns (default: worked out from names and contents).

    A first row that was taken for names, but reads like somebody's pain, is a row again. Raises Refusal for a table
    that is too large; KeyError for a column it does not have.
    """
    if len(table.columns) > MOST_COLUMNS:
        raise Refusal(
            "too_many_columns",
            f"This table has {len(table.columns):,} columns; a journey needs two: the stage and the pain.",
            advice="Keep the two columns and open it again.",
        )
    chosen = [None if name is None else int(table.column(name)[1:]) for name in (stage, pain)]
    rows = table.head(MOST_ROWS + 1)
    header = list(table.columns) if table.reading.header_row is not None else []
    if not _is_header(header) and any(len(name.split()) >= SENTENCE for name in header):
        rows, header = [header, *rows], []
    return _journey(rows, header, *chosen)


def _journey(
    rows: Sequence[Sequence[str]], header: Sequence[str], stage: int | None = None, pain: int | None = None
) -> Journey:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) > MOST_ROWS:
        raise _too_many()
    width = max(map(len, (header, *filled)), default=0) or 1
    level = [[*row, *[""] * (width - len(row))] for row in (header, *filled)]
    stage, pain = _columns(level, stage, pain)
    others = [place for place in range(width) if place not in (stage, pain)]
    found: list[Pain] = []
    above = None
    for number, cells in enumerate(level[1:], start=1):
        typed = cells[stage] if stage is not None and cells[stage].strip() else None
        above = typed or above
        carried = typed is None and above is not None
        more = tuple(cells[place] for place in others)
        found.append(Pain(row=number, stage=above, text=cells[pain], carried=carried, more=more))
    order = [*([] if stage is None else [stage]), pain, *others]
    return Journey(rows=tuple(found), header=tuple(level[0][place] for place in order) if header else None)


def _columns(rows: Sequence[Sequence[str]], stage: int | None, pain: int | None) -> tuple[int | None, int]:
    """Where stage and pain stand, in rows of which the first holds names or blanks: as chosen, or else as named.

    Without such names the pain is what people wrote most of, and the stage the first of the rest.
    """
    words = journey_texts().headers
    names = [_plain(name) for name in rows[0]]
    free = [place for place in range(len(names)) if place not in (stage, pain)]
    if pain is None:
        pain = next((place for place in free if names[place] in words.pain), None)
    if stage is None:
        stage = next((place for place in free if names[place] in words.stage and place != pain), None)
    if pain is None:
        rest = [place for place in free if place != stage] or free
        pain = max(rest, key=lambda place: (sum(len(row[place].strip()) for row in rows[1:]), place))
    if stage is None:
        stage = next((place for place in free if place != pain), None)
    return stage, pain


def _split(text: str) -> list[list[str]]:
    """The cells of pasted text."""
    if "\t" in text:
        return list(_records(text, "\t"))
    for delimiter in ";,":
        rows = [row for row in _records(text, delimiter) if any(cell.strip() for cell in row)]
        widths = {len(row) for row in rows}
        if widths <= {1}:
            continue
        if len(rows[0]) > 1 and _is_header(rows[0]):
            return rows
        typed = delimiter == ";" and widths == {2} and all(len(row[0].split()) <= SHORT_STAGE for row in rows)
        dense = len(widths) == 1 and not any(cell[:1].isspace() for row in rows for cell in row[1:])
        if len(rows) > 1 and (typed or dense):
            return rows
    return list(_records(text, "\n"))


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)("|\Z)')
_LINE_END = re.compile(r"\r\n|[\r\n]")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows of cells. In quotes a cell may hold line ends; a quote that does not close at the end of a cell is text."""
    plain = re.compile(rf"[^\r\n{delimiter}]*")
    row: list[str] = []
    position = literal_until = 0
    while position < len(text):
        quoted = _QUOTED.match(text, position) if position >= literal_until else None
        if quoted and not (quoted[2] and text[quoted.end() : quoted.end() + 1] in ("", delimiter, "\r", "\n")):
            literal_until, quoted = quoted.end() - 1, None  # these quotes need no second look: time stays linear
        if quoted:
            end = quoted.end()
            row.append(quoted[1].replace('""', '"'))
        else:
            found = plain.match(text, position)
            end = found.end() if found else position
            row.append(text[position:end])
        ending = _LINE_END.match(text, end)
        position = ending.end() if ending else end + 1
        if ending or end == len(text):
            yield row
            row = []
    if row:
        yield [*row, ""]


def _is_header(row: Sequence[str]) -> bool:
    words = journey_texts().headers
    names = {_plain(cell) for cell in row}
    return bool(names & words.pain) or (len(row) > 1 and bool(names & words.stage))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split()).strip(" :*")


def _too_many() -> Refusal:
    return Refusal(
        "too_many_rows",
        f"This is too long for a journey: at most {MOST_ROWS:,} rows are taken at once.",
        advice="Take a part of it, such as one stage or one month.",
    )
