"""Who is left after every must, who is not and why, and what giving up a filter brings back."""

from collections.abc import Iterable, Sequence

import streamlit as st

from aipm.content import number
from aipm.selection.candidates import Excluded
from aipm.selection.needs import need_texts
from aipm.ui import page
from aipm.ui.fragments import Column, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import Screened

MOST_NAMES = 2


def left(found: Screened, text: ScorerPage) -> None:
    said, screening = text.left, found.screening
    page.section(said["title"])
    page.draw(Html(f'<p class="lead" role="status">{markup(screening.sentence, limit=2_000)}</p>'))
    questions = need_texts().questions
    if screening.filters:
        rows = [
            (questions[each.question].question, number.count(each.left), names(each.brings_back, text))
            for each in screening.filters
        ]
        heads = (
            Column(name=said["column_filter"]),
            Column(name=said["column_left"], number=True),
            Column(name=said["column_back"]),
        )
        page.draw(table(heads, rows, caption=said["table"]))
    if not screening.left:
        for each in screening.relaxations:
            filters = " + ".join(f"“{questions[name].question}”" for name in each.questions)
            page.draw(page.quiet(said["relax"].format(filters=filters, names=names(each.brings_back, text))))
    if screening.excluded:
        with st.expander(said["excluded"].format(count=number.count(len(screening.excluded)))):
            lines = (
                said["out"].format(name=each.name, reasons="; ".join(one.text for one in each.failures))
                for each in screening.excluded
            )
            page.draw(notes(lines))


def unranked(excluded: Iterable[Excluded], text: ScorerPage) -> None:
    """Those who passed and cannot be ranked, because something that counts is not known of them."""
    words = need_texts().criteria
    lines = []
    for each in excluded:
        lacking = ", ".join(words[name].name for name in each.criteria)
        reason = f"{lacking}: {text.facts.unknown}"
        lines.append(text.left["unranked"].format(name=each.name, reason=reason))
    if lines:
        page.draw(notes(lines))


def names(found: Sequence[str], text: ScorerPage) -> str:
    """The first few names and how many more."""
    if not found:
        return text.left["nobody"]
    listed = ", ".join(found[:MOST_NAMES])
    more = len(found) - MOST_NAMES
    return text.left["more"].format(names=listed, count=number.count(more)) if more > 0 else listed
