"""The feedback plan as a calendar on the page, and the files to take along."""

from datetime import date
from functools import partial

import streamlit as st

from aipm.content.day import day
from aipm.content.document import html, markdown
from aipm.governance import feedback_export as export
from aipm.governance import feedback_words as words
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_calendar import entries
from aipm.governance.feedback_reading import Assessment
from aipm.governance.feedback_texts import CalendarTexts, FeedbackTexts
from aipm.governance.product import Product
from aipm.ui import clock, download, page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.governance_state import form
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html, markup

PAGE = "lifecycle"
FILES = {
    "ics": (".ics", "text/calendar"),
    "markdown": (".md", "text/markdown"),
    "html": (".html", "text/html"),
    "csv": ("-signals.csv", "text/csv"),
}


def draw(plan: FeedbackPlan, found: Assessment, texts: FeedbackTexts) -> None:
    said, today = texts.calendar, clock.today()
    planned = entries(plan, today=today)
    if not planned:
        page.section(said.title, sentence=said.none)
    else:
        page.section(said.title, sentence=said.sentence.format(day=day(plan.starts or today)))
        page.draw(_rows(words.calendar_rows(planned), said))
        with st.expander(said.next, icon=":material/calendar_month:"):
            columns = [Column(name=said.next_columns[name]) for name in ("day", "what")]
            page.draw(table(columns, words.next_days(planned, today=today), caption=said.next))
    product = form(Product)
    page.draw(Html(f"<h3>{markup(texts.take.title)}</h3>"))
    with st.container(horizontal=True):
        for kind, (suffix, mime) in FILES.items():
            download.button(
                texts.take.kinds[kind],
                partial(_made, kind, plan, found, product, today),
                page=PAGE,
                name=f"feedback.take.{kind}",
                after=product.name or "product",
                suffix=f"-feedback-plan{suffix}",
                mime=mime,
            )


def _rows(rows: list[tuple[str, str, str, str]], said: CalendarTexts) -> Html:
    """When, what, and below it who and from which day on."""
    lines = "".join(
        f"<li><p><b>{markup(when)}</b></p><p>{markup(what, limit=LONG)}"
        f'<br><span class="quiet">{markup(said.line.format(who=who, first=first), limit=LONG)}</span></p></li>'
        for when, what, who, first in rows
    )
    return Html(f'<ul class="found">{lines}</ul>')


def _made(kind: str, plan: FeedbackPlan, found: Assessment, product: Product, today: date) -> bytes:
    if kind == "ics":
        return export.calendar(plan, product=product, today=today, stamp=clock.now())
    if kind == "csv":
        return export.csv(found).encode()
    made = export.document(plan, found, product=product, answers=governance_texts().answers, today=today)
    return (markdown(made) if kind == "markdown" else html(made, generated=clock.now())).encode()
