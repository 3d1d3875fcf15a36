"""Reports for laws and rules as pieces of the page: the answer, tables with their ratios as bars, points of a law."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from aipm.content import number
from aipm.fairness.law_evidence import Evidence, Sheet
from aipm.fairness.law_four_fifths import FourFifths
from aipm.fairness.law_nyc import Nyc
from aipm.fairness.law_said_evidence import found_of, said_of
from aipm.fairness.law_texts import law_texts
from aipm.fairness.section import Section, Table
from aipm.ui import page
from aipm.ui.audit_law_work import Made
from aipm.ui.fragments import LONG, Column, join, notes, outward, scrolling, table, verdict_class
from aipm.ui.safe import Html, markdown, markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a report's tables stand on the page: the columns after the first, in the order that a narrow page needs."""

    name: str
    places: tuple[int, ...]
    words: frozenset[int]
    """Columns of words; the others hold numbers."""
    ratio: int
    label: str = "{caption}"


NYC = Layout(name="law", places=(4, 3, 1, 2, 5), words=frozenset({0, 5}), ratio=4)
FIFTHS = Layout(name="law fifths", places=(1, 3, 2, 4, 5, 6), words=frozenset({0, 1}), ratio=3)


def nyc(section: Section, made: Made) -> None:
    """One answer a table, the first tables, what is stated beside them, and the rest folded."""
    found = made.found(0)
    assert isinstance(found, Nyc)
    answers, rest = section.lines[: len(found.tables)], section.lines[len(found.tables) :]
    page.draw(_answer(answers[:1], section.lines[len(found.tables)]), notes(answers[1:]) if answers[1:] else Html(""))
    drawn = [
        _bars(table, [each.ratio for each in numbers.categories], NYC)
        for table, numbers in zip(section.tables, found.tables, strict=True)
    ]
    page.draw(*drawn[:2], notes(rest[1:]))
    if drawn[2:]:
        with st.expander(markdown(section.tables[2].caption), icon=":material/table_rows:"):
            page.draw(*drawn[2:])
    _method(section)


def four_fifths(section: Section, made: Made) -> None:
    """The answer, every column's table, and how it was worked out."""
    found = made.found(0)
    assert isinstance(found, FourFifths)
    verdict = law_texts().four_fifths.verdicts[found.worst[1].reading if found.worst else "not_rated"]
    page.draw(_answer(section.lines[:1], kind=verdict), notes(section.lines[1:]) if section.lines[1:] else Html(""))
    layout = replace(FIFTHS, label=law_texts().four_fifths.mark)
    order = sorted(
        range(len(found.tables)), key=lambda k: found.worst is None or found.tables[k].column != found.worst[0]
    )
    for place, k in enumerate(order):
        bars = _bars(section.tables[k], [line.ratio for line in found.tables[k].lines], layout)
        if place == 0:
            page.draw(bars)
        else:
            with st.expander(markdown(section.tables[k].caption), icon=":material/table_rows:"):
                page.draw(bars)
    _method(section)


def ai_act(section: Section, made: Made) -> None:
    """The answer, then point by point what was found and what is open."""
    sheet = made.found(0)
    assert isinstance(sheet, Sheet)
    said = law_texts().ai_act
    page.draw(_answer(section.lines[:1], section.lines[1]), _overview(sheet))
    with st.expander(said.caption, icon=":material/checklist:"):
        page.draw(join(map(_point, sheet.points)))
    _method(section)


def _overview(sheet: Sheet) -> Html:
    say = law_texts().ai_act
    rows = []
    for point in sheet.points:
        open_ = sum(not answer for _, _, answer in point.said)
        found = number.count(len(point.found)) if point.found else say.nothing
        name = f"{point.name}, {point.article}"
        rows.append((name, found, say.open.format(count=open_) if open_ else say.said))
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(say.overview_head)]
    return table(columns, rows, caption=say.overview)


def _point(point: Evidence) -> Html:
    open_ = "<br>".join(markup(line, limit=LONG) for line in said_of(point))
    return Html(
        f'<section class="law-point"><h3><span class="quiet">{markup(point.article)}</span> '
        f"{markup(point.asks, limit=LONG)}</h3>{notes(found_of(point))}"
        f'<p class="law-open">{open_}</p></section>'
    )


def _answer(lines: Sequence[str], detail: str = "", *, kind: str = "") -> Html:
    """The answer in a sentence, without a verdict's word: no law is decided here."""
    said = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines)
    more = f"<p>{markup(detail, limit=LONG)}</p>" if detail else ""
    return Html(f'<div class="answer {verdict_class(kind) if kind else ""}">{said}{more}</div>')


def _bars(made: Table, ratios: Sequence[float | None], layout: Layout) -> Html:
    """A table with its ratios as bars, full where the ratio is 1; what a number has in brackets stands small below."""
    places = layout.places
    head = "".join(f'<th scope="col"{_number(k, layout)}>{markup(made.head[k])}</th>' for k in (0, *places))
    rows = []
    for cells, ratio in zip(made.rows, ratios, strict=True):
        bar = _bar(ratio)
        drawn = "".join(
            f"<td{_number(k, layout)}>{_cell(cells[k], words=k in layout.words)}{bar if k == layout.ratio else ''}</td>"
            for k in places
        )
        rows.append(f'<tr><th scope="row">{markup(cells[0])}</th>{drawn}</tr>')
    return scrolling(
        Html(f'<table class="{layout.name}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'),
        label=layout.label.format(caption=made.caption),
    )


def _bar(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f'<span class="track" aria-hidden="true"><b style="width:{min(ratio, 1) * 100:.1f}%"></b></span>'


def _cell(text: str, *, words: bool) -> str:
    value, bracket, detail = text.partition(" (")
    if words or not bracket:
        return markup(text, limit=LONG)
    return f"{markup(value)}<small>{markup(f'({detail}')}</small>"


def _number(place: int, layout: Layout) -> str:
    return "" if place in layout.words else ' class="number"'


def _method(section: Section) -> None:
    said = law_texts()
    with st.expander(said.shared.notes, icon=":material/menu_book:"):
        # The last, that this is no advice, stands below the downloads, unfolded.
        page.draw(notes(section.notes[:-1]), *(Html(f"<p>{outward(url, name)}</p>") for name, url in section.sources))
