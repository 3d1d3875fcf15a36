"""One result in the story: what it says, how it stands, its figures and charts, and what it rests on."""

import streamlit as st

from aipm.brief import story
from aipm.brief.brief import Held
from aipm.brief.charts import plotly
from aipm.brief.texts import brief_texts, reason_name, tool_name
from aipm.content.day import day
from aipm.content.visible import visible
from aipm.ui import clock, page
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "brief"


def draw(held: Held) -> None:
    """Draw it; every text in it may be what somebody typed."""
    each = held.entry
    page.draw(_said(held))
    for place, chart in enumerate(each.charts):
        page.draw(Html(f'<p class="brief-chart">{markup(chart.title, limit=LONG)}</p>'))
        alt = visible(chart.alternative, limit=LONG)
        st.plotly_chart(plotly(chart), key=key(PAGE, f"chart.{each.tool}.{place}"), config=CONFIG, alt=alt)
        if chart.note:
            page.draw(page.quiet(chart.note))
    page.draw(page.quiet(story.source(each)))


def _said(held: Held) -> Html:
    each, words = held.entry, brief_texts().document
    at = each.at.astimezone(clock.zone())
    parts = [
        f'<p class="eyebrow">{markup(tool_name(each.tool))}, {day(at)}, {at:%H:%M}</p>',
        f"<h3>{markup(each.title, limit=LONG)}</h3><p>{markup(each.summary, limit=LONG)}</p>",
        _stands(held),
    ]
    if each.warnings:
        parts.append(notes(words.warning.format(text=warning) for warning in each.warnings))
    if each.figures:
        found = story.figures(each.figures)
        columns = [Column(name=name, number=place in found.numeric) for place, name in enumerate(found.columns)]
        parts.append(table(columns, found.rows, caption=found.title))
    return Html("".join(parts))


def _stands(held: Held) -> Html:
    """Whether it still stands, as sign, word and colour."""
    texts, stands = brief_page_texts().story, held.stands
    if stands.freshness == "stale":
        reasons = ", ".join(map(reason_name, stands.reasons))
        return _sign("gap", f"{texts.stale}: {reasons}")
    if held.entry.against:
        return _sign("inconclusive", texts.against)
    return _sign("within-tolerance", texts.fresh) if stands.compared else _sign("reference", texts.uncompared)


def _sign(verdict: str, text: str) -> Html:
    said = markup(text, limit=LONG)
    return Html(
        f'<p class="brief-stands"><span class="verdict is-{verdict}"><span class="sign"></span>{said}</span></p>'
    )
