"""How the brief stands to its store: when it was kept, why it was not, whether somebody else saved as well."""

from datetime import datetime

import streamlit as st

from aipm.brief.settings import MEMORY, read
from aipm.content.day import day
from aipm.tables import Refusal
from aipm.ui import address, brief_state, clock, page
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "brief"


def draw() -> None:
    """Draw it below the title."""
    texts, mine = brief_page_texts().state, brief_state.held()
    if mine.problem is not None:
        _problem(mine.problem)
    else:
        page.draw(Html(f'<p class="quiet brief-kept" role="status">{markup(kept(mine.saved), limit=LONG)}</p>'))
    if memory():
        page.draw(page.quiet(texts.memory))
    if mine.left is not None:
        page.draw(_mind(texts.left))
        st.button(texts.open_left, key=key(PAGE, "open_left"), on_click=brief_state.open_left)
    if mine.crossed:
        page.draw(_mind(texts.crossed))
        address.goes(PAGE, texts.versions, {"view": "versions"}, name="crossed", icon=":material/history:")


def kept(saved: datetime | None) -> str:
    """When it was kept, by the clock of the browser."""
    texts = brief_page_texts().state
    if saved is None:
        return texts.nothing
    there = saved.astimezone(clock.zone())
    said = texts.kept if there.date() == clock.today() else texts.kept_on
    return said.format(time=f"{there:%H:%M}", day=day(there))


def memory() -> bool:
    """Whether no disk sees what is kept."""
    try:
        return read().url == MEMORY
    except Refusal:
        return False


def _problem(problem: Refusal) -> None:
    texts, mine = brief_page_texts().state, brief_state.held()
    if problem.code == "read_only" and mine.refused:
        page.draw(_mind(texts.read_only))
        address.goes(PAGE, texts.show, {"read": mine.refused}, name="show", icon=":material/visibility:", whole=True)
    elif problem.code == "no_brief" and mine.token:
        page.refused(texts.gone, problem)
        st.button(texts.keep_anew, key=key(PAGE, "keep_anew"), on_click=brief_state.keep_anew)
    else:
        page.refused(texts.not_kept if mine.token or not mine.refused else texts.not_opened, problem)


def _mind(text: str) -> Html:
    return Html(f'<div class="answer is-inconclusive" role="status"><p>{markup(text, limit=LONG)}</p></div>')
