"""The largest table of a web page; nothing in it is fetched, run or followed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aipm.tables.containers.cells import Cells, RowCollector
from aipm.tables.containers.refusals import SOURCE
from aipm.tables.encoding import Encoding, detect_encoding, named_encoding, to_utf8
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning

MAX_COLUMN_SPAN = 1_000
MAX_ROW_SPAN = 65_534
"""As browsers bound them (HTML standard, 4.9.11)."""

MAX_OPEN_TABLES = 1_000
CHUNK_BYTES = 65_536
CHARSET = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
CHARSET_BYTES = 8_192
TABLE_BEGINS = re.compile(rb"<table\b", re.IGNORECASE)
TABLE_ENDS = re.compile(rb"</table\b", re.IGNORECASE)
UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})
SHOWN = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
"""Read even where they are hidden: a filter hides rows, which are data all the same."""

BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that reaches over several columns or rows."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """What reaches into a row from above: its text, for how many more rows, and whether it began in a header."""

    text: str
    rows: int
    is_header: bool


@dataclass(slots=True)
class Row:
    cells: list[str | Span] = field(default_factory=list)
    is_header: bool = True
    """Until a cell says otherwise: all of its cells are header cells, or it stands in the table's head."""


@dataclass(slots=True)
class PageTable:
    """One table as its tags come in."""

    rows: list[Row] = field(default_factory=list)
    filled: int = 0
    in_head: bool = False
    span: tuple[int, int] | None = None
    """Columns and rows of the cell that is open, if one is."""
    texts: list[str] = field(default_factory=list)

    def open_cell(self, tag: str, columns: int, rows: int) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append(Row())
        self.span = (columns, rows)
        if tag == "td" and not self.in_head:
            self.rows[-1].is_header = False

    def close_cell(self) -> None:
        if self.span is None:
            return
        text = " ".join("".join(self.texts).split())
        self.filled += bool(text)
        self.rows[-1].cells.append(text if self.span == (1, 1) else Span(text, *self.span))
        self.texts.clear()
        self.span = None


class TableFinder:
    """Takes the tags of a page one by one, and keeps the largest table and how many others there were."""

    def __init__(self) -> None:
        self.open: list[PageTable] = []
        self.largest: PageTable | None = None
        self.count = 0
        self.unseen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.unseen or tag in UNSEEN or (self._in_cell() and tag not in SHOWN and _is_hidden(attributes)):
            self.unseen += 1
        elif tag == "table":
            if len(self.open) >= MAX_OPEN_TABLES:
                raise ReadError("too_deep", "The tables of the page are nested too deeply.", advice=SOURCE)
            self.open.append(PageTable())
        elif self.open:
            table = self.open[-1]
            if tag in ("td", "th"):
                columns = _span(attributes.get("colspan"), MAX_COLUMN_SPAN)
                table.open_cell(tag, columns, _span(attributes.get("rowspan"), MAX_ROW_SPAN))
            elif tag == "tr":
                table.close_cell()
                table.rows.append(Row())
            elif tag in ("thead", "tbody", "tfoot"):
                table.in_head = tag == "thead"
            elif tag in BREAKS:
                table.texts.append(" ")

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= 1
        elif self.open:
            table = self.open[-1]
            if tag in ("td", "th", "tr"):
                table.close_cell()
            elif tag == "thead":
                table.in_head = False
            elif tag in BREAKS:
                table.texts.append(" ")
            elif tag == "table":
                table.close_cell()
                self._close(self.open.pop())

    def data(self, text: str) -> None:
        if self._in_cell() and not self.unseen:
            self.open[-1].texts.append(text)

    def close(self) -> "TableFinder":
        return self

    def _in_cell(self) -> bool:
        return bool(self.open) and self.open[-1].span is not None

    def _close(self, table: PageTable) -> None:
        table.rows = [row for row in table.rows if row.cells]
        self.count += len(table.rows) > 1
        if not self.largest or table.filled > self.largest.filled:
            self.largest = table


def read_page(data: bytes | memoryview, options: ReadOptions, limits: Limits) -> Cells:
    """All rows of the largest table of a page, cells that span several places repeated in each. Raises ReadError."""
    content = bytes(data)
    encoding = _encoding(content, options)
    content, warnings = to_utf8(content, encoding)
    finder = _find(content)
    table = finder.largest
    if not table or not table.filled:
        raise ReadError("no_table", "The web page holds no table.", advice=SOURCE)
    collector = RowCollector(limits)
    for cells in _expand(table.rows, limits):
        collector.add(cells)
    header_rows = next((number for number, row in enumerate(table.rows) if not row.is_header), 0)
    noticed = []
    if finder.count > 1:
        text = f"The page has {finder.count:,} tables; the largest was read."
        noticed.append(ReadWarning("several_tables", text, count=finder.count))
    if len(TABLE_BEGINS.findall(content)) > len(TABLE_ENDS.findall(content)):
        text = "The page is cut off: a table has no end. Rows may be missing; download the page again."
        noticed.append(ReadWarning("cut_off", text))
    return Cells(
        table=collector.finish(),
        container="html",
        header_rows=header_rows or None,
        encoding=encoding.name,
        warnings=(*warnings, *noticed, *collector.warnings()),
    )


def _encoding(content: bytes, options: ReadOptions) -> Encoding:
    """What the person chose, the byte order mark says, or the page itself declares, in this order."""
    if options.encoding:
        return named_encoding(options.encoding, content)
    found = detect_encoding(content)
    declared = CHARSET.search(content[:CHARSET_BYTES])
    if found.mark or found.name.startswith("utf-16") or not declared:
        return found
    name = declared[1].decode("ascii").lower()
    if name in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        name = "windows-1252"  # as browsers do (Encoding standard, 4.2)
    try:
        "x".encode(name)
    except LookupError:  # no such encoding, or one of bytes
        return found
    return found if name.startswith("utf") else named_encoding(name, content)


def _find(content: bytes) -> TableFinder:
    from lxml import etree

    finder = TableFinder()
    # With a target no tree is built: memory stays small and neither depth nor many attributes cost more than time.
    parser = etree.HTMLParser(target=finder, encoding="utf-8", no_network=True)
    try:
        for position in range(0, len(content), CHUNK_BYTES):
            parser.feed(content[position : position + CHUNK_BYTES])
        parser.close()
    except etree.LxmlError:
        raise ReadError("no_table", "The web page holds no table.", advice=SOURCE) from None
    while finder.open:
        finder.end("table")
    return finder


def _expand(rows: list[Row], limits: Limits) -> Iterator[list[str]]:
    """Rows with every place filled.

    A row with one cell only is a title: its text stands in the first place alone. A header cell that reaches down over
    further header rows leaves these blank, so that joined names do not repeat it.
    """
    above: dict[int, Hanging] = {}
    for row in rows:
        cells, above = _fill(row, above, limits)
        yield cells


def _fill(row: Row, above: dict[int, Hanging], limits: Limits) -> tuple[list[str], dict[int, Hanging]]:
    """One row, given what reaches into it from above by place; and what reaches into the next."""
    cells: list[str] = []
    below: dict[int, Hanging] = {}
    is_title = len(row.cells) == 1 and not above

    def from_above() -> None:
        while hanging := above.get(len(cells)):
            if hanging.rows > 1:
                below[len(cells)] = replace(hanging, rows=hanging.rows - 1)
            cells.append("" if hanging.is_header and row.is_header else hanging.text)

    for cell in row.cells:
        from_above()
        if isinstance(cell, str):
            cells.append(cell)
            continue
        for number in range(min(cell.columns, limits.max_columns + 1)):
            text = "" if number and is_title else cell.text
            if cell.rows > 1:
                below[len(cells)] = Hanging(text, cell.rows - 1, row.is_header)
            cells.append(text)
    last = max(above, default=-1)
    while len(cells) <= last:
        from_above()
        if len(cells) <= last:
            cells.append("")
    return cells, below


def _span(value: str | None, most: int) -> int:
    """How many places a cell reaches over; 1 where it does not say, or nonsense."""
    if not value:
        return 1
    digits = re.match(r"\s*(\d{1,9})", value)
    return min(max(int(digits[1]), 1), most) if digits else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and "display:none" in style.replace(" ", "").lower())
