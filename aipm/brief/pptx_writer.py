"""A document as slides: one a chapter, or as many as it takes, with charts that can be edited, sources in the notes.

What stands on a slide is measured before it is put there, so that nothing runs over the edge; what is too long for a
slide stands in its notes in full.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.util import Emu

from aipm.brief import office
from aipm.brief.slide_text import (
    BOTTOM,
    CELL,
    EDGE,
    FULL,
    HALF,
    HEAD,
    INCH,
    LEAD,
    LONG,
    POINT,
    SMALL,
    TOP,
    WIDTH,
    Line,
    cut,
    row_height,
    seen_of,
)
from aipm.brief.slides import grid, new_slide, note, put_lines, set_page, text_box, write
from aipm.brief.texts import brief_texts
from aipm.content import chart as charts
from aipm.content import palette
from aipm.content.chart import Chart
from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph, Table

MOST_COLUMNS = 7
"""Of a table; of more, the rest is in the notes."""


@dataclass(slots=True)
class _Deck:
    """The slides so far, and what is to stand on the next one."""

    show: Any
    title: str = ""
    continued: bool = False
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pptx(document: Document, *, generated: datetime) -> bytes:
    """The slides as a file. `generated` knows its time zone."""
    show = Presentation()
    set_page(show)
    said = show.core_properties
    said.title, said.author, said.last_modified_by = office.described_as(document.title), "AIPM", "AIPM"
    said.subject, said.keywords, said.comments = office.described_as(document.eyebrow), "", ""
    said.created = said.modified = generated.replace(tzinfo=None)
    said.language = brief_texts().files.language
    _first(show, document)
    deck = _Deck(show, title=document.eyebrow)
    for block in document.blocks or (Paragraph(brief_texts().files.empty),):
        _put(deck, block)
    _flush(deck)
    office.without_thumbnail(show.part.package)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _first(show: Any, document: Document) -> None:
    slide = new_slide(show, document.title, top=round(2.2 * INCH), size=36)
    box = text_box(slide, EDGE, round(1.6 * INCH), FULL, INCH // 2)
    write(
        box.text_frame.paragraphs[0],
        seen_of(document.eyebrow, HEAD),
        size=16,
        bold=True,
        tone=palette.ACCENT.light,
    )
    full = [document.title] if len(document.title) > HEAD else []
    body = text_box(slide, EDGE, round(3.6 * INCH), FULL, 3 * INCH)
    for place, text in enumerate((document.lead, document.note)):
        shown = seen_of(text, LEAD)
        full += [text] if len(text) > LEAD else []
        paragraph = body.text_frame.paragraphs[0] if not place else body.text_frame.add_paragraph()
        tone = palette.QUIET.light if place else palette.TEXT.light
        write(paragraph, shown, size=SMALL + 2 if place else 20, tone=tone)
    note(slide, full)


def _put(deck: _Deck, block: Block) -> None:
    match block:
        case Heading(text=text, level=2):
            _flush(deck)
            deck.title, deck.continued = text, False
        case Heading(text=text):
            _say(deck, text, bold=True)
        case Paragraph(text=text, quiet=True):
            deck.notes += office.lines(text)
        case Paragraph(text=text):
            for line in office.lines(text):
                _say(deck, line)
        case Bullets(items=items):
            for item in items:
                _say(deck, " ".join(office.lines(item)), bullet=True)
        case Facts(pairs=pairs, open=unknown):
            for name, value in pairs:
                _say(deck, name, bold=True)
                for line in office.lines(unknown if value is None else value):
                    _say(deck, line)
        case Table(title=title, columns=columns, rows=rows, numeric=numeric):
            _table(deck, title, columns, rows, numeric=numeric)
        case Chart(kind="matrix"):
            deck.notes += _seen(block)
            heads = charts.columns(block)
            _table(deck, block.title, heads, charts.rows(block), numeric=frozenset(range(1, len(heads))), seen=block)
        case Chart():
            _chart(deck, block)


def _say(deck: _Deck, text: str, *, bold: bool = False, bullet: bool = False) -> None:
    """A paragraph on this slide, or on the next where it does not fit; headings stay with what follows them."""
    shown = cut(text, LONG)
    if shown != text:
        deck.notes.append(brief_texts().files.full.format(text=text))
        shown = brief_texts().files.in_notes.format(text=shown.rstrip("…").rstrip())
    line = Line(seen_of(shown, LONG + 40), bold=bold, bullet=bullet)
    used = sum(each.height(FULL) for each in deck.lines) + line.height(FULL)
    room = (BOTTOM - TOP) / POINT - (70 if bold else 0)
    if deck.lines and used > room:
        carried = [deck.lines.pop()] if deck.lines[-1].bold and not bold and len(deck.lines) > 1 else []
        _flush(deck)
        deck.lines = carried
    deck.lines.append(line)


def _flush(deck: _Deck) -> None:
    """What is waiting becomes a slide."""
    if not deck.lines and (deck.continued or not deck.notes):
        note(deck.show.slides[-1], deck.notes)
        deck.notes = []
        return
    slide = _next(deck)
    put_lines(slide, deck.lines, FULL)
    deck.lines = []


def _next(deck: _Deck, title: str | None = None) -> Any:
    """A new slide of this chapter, with what is noted."""
    shown = title or deck.title
    if deck.continued and title is None:
        shown = brief_texts().files.continued.format(title=cut(shown, HEAD - 15))
    slide = new_slide(deck.show, shown)
    note(slide, [*([shown] if len(shown) > HEAD else []), *deck.notes])
    deck.continued, deck.notes = True, []
    return slide


def _beside(deck: _Deck) -> bool:
    """Whether what is waiting leaves the right half of the slide free."""
    used = sum(each.height(HALF) for each in deck.lines)
    return bool(deck.lines) and used <= (BOTTOM - TOP) / POINT


def _chart(deck: _Deck, chart: Chart) -> None:
    deck.notes += _seen(chart)
    whole = office.parts(chart)
    if len(whole) == 1 and _beside(deck):
        lines, deck.lines = deck.lines, []
        slide = _next(deck)
        put_lines(slide, lines, HALF)
        left = EDGE + HALF + INCH // 4
        place = (Emu(left), Emu(TOP), Emu(WIDTH - EDGE - left), Emu(BOTTOM - TOP))
        office.add_chart(slide.shapes, chart, place, whole=chart, title=chart.title)
        return
    notes, deck.notes = deck.notes, []
    if deck.lines:
        _flush(deck)
    deck.notes = notes
    for each in whole:
        slide = _next(deck, chart.title)
        place = (Emu(EDGE), Emu(TOP), Emu(FULL), Emu(BOTTOM - TOP))
        office.add_chart(slide.shapes, each, place, whole=chart)


def _seen(chart: Chart) -> list[str]:
    """The chart in words, for the notes: what is to be seen, its values, its note."""
    heads = charts.columns(chart)
    rows = [
        "; ".join([name, *(f"{head}: {text}" for head, text in zip(heads[1:], rest, strict=True))])
        for name, *rest in charts.rows(chart)
    ]
    return [chart.title, chart.alternative, *rows, *office.lines(chart.note)]


def _table(
    deck: _Deck,
    title: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    numeric: frozenset[int],
    seen: Chart | None = None,
) -> None:
    """As many rows as fit on a slide, beside the text where there are few; `seen`: the chart that it stands for."""
    if any(len(text) > CELL for row in rows for text in row) or len(columns) > MOST_COLUMNS:
        deck.notes += ["; ".join(f"{head}: {text}" for head, text in zip(columns, row, strict=True)) for row in rows]
    every = [row[:MOST_COLUMNS] for row in (columns, *rows)]
    kept = [tuple(seen_of(office.cell(text), CELL) for text in row) for row in every]
    head, body = kept[0], kept[1:]
    share = HALF if len(columns) <= 4 else FULL
    if share == HALF and _beside(deck) and sum(row_height(row, share) for row in kept) + 40 < (BOTTOM - TOP) / POINT:
        lines, deck.lines = deck.lines, []
        slide = _next(deck)
        put_lines(slide, lines, HALF)
        left = EDGE + HALF + INCH // 4
        grid(slide, title, head, body, numeric, left, WIDTH - EDGE - left, seen)
        return
    notes, deck.notes = deck.notes, []
    if deck.lines:
        _flush(deck)
    deck.notes = notes
    for few in _pages(head, body):
        grid(_next(deck, title if seen else None), "" if seen else title, head, few, numeric, EDGE, FULL, seen)


def _pages(head: tuple[str, ...], body: list[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    room = (BOTTOM - TOP) / POINT - 40 - row_height(head, FULL)
    few: list[tuple[str, ...]] = []
    used = 0.0
    for row in body:
        height = row_height(row, FULL)
        if few and used + height > room:
            yield few
            few, used = [], 0.0
        few.append(row)
        used += height
    yield few
