"""The part of the Language models page on language models at work: uses, benefits, limits, and what to ask first."""

from collections.abc import Sequence

import streamlit as st

from aipm.mapping.capabilities import capabilities
from aipm.ui import lm_checklist, page
from aipm.ui.fragments import LONG, join
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.lm_work_texts import PointText, work_texts
from aipm.ui.safe import Html, markup


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = work_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences))
    guess("guess_work", texts.guess, answer="small")
    page.section(texts.uses_title)
    kinds = {str(name): each.name for name, each in capabilities().items()}
    page.draw(
        _pairs(
            [
                (each.name, each.works, texts.watch, each.watch, texts.kind.format(name=kinds[each.capability]))
                for each in texts.uses
            ]
        )
    )
    page.section(texts.business_title)
    page.draw(_cards(texts.business))
    page.section(texts.pm_title)
    page.draw(_cards(texts.pm))
    page.section(texts.benefits_title)
    page.draw(_pairs([(each.name, each.text, texts.only_if, each.condition, "") for each in texts.benefits]))
    page.section(texts.limits_title)
    page.draw(_pairs([(each.name, each.text, texts.todo, each.todo, "") for each in texts.limits]))
    with st.container(horizontal=True):
        for each in texts.limits:
            if each.page:
                page.link(each.page, each.link)
    lm_checklist.checklist(texts)
    so_what(texts.so_what_title, texts.so_what)
    page.draw(sources(texts.sources_title, texts.sources))


def _cards(points: Sequence[PointText]) -> Html:
    cards = join(
        Html(f"<li><h3>{markup(each.name)}</h3><p>{markup(each.text, limit=LONG)}</p></li>") for each in points
    )
    return Html(f'<ol class="points">{cards}</ol>')


def _pairs(rows: Sequence[tuple[str, str, str, str, str]]) -> Html:
    """What is claimed, and beside it what it hangs on."""
    lines = join(
        Html(
            f"<li><h3>{markup(name)}<small>{markup(small)}</small></h3><p>{markup(text, limit=LONG)}</p>"
            f"<p><b>{markup(lead)}:</b> {markup(other, limit=LONG)}</p></li>"
        )
        for name, text, lead, other, small in rows
    )
    return Html(f'<ul class="beside-each-other">{lines}</ul>')
