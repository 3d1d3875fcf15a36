"""Who else may see the brief, how long it is kept, a new one, and the end of this one."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import streamlit as st

from aipm.brief.settings import read
from aipm.content.day import in_full
from aipm.content.visible import visible
from aipm.tables import Refusal
from aipm.ui import brief_state, clock, page
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.brief_read import READ
from aipm.ui.brief_standing import memory
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "brief"
LINK, BEFORE, SAID = (key(PAGE, f"share.{name}") for name in ("link", "before", "said"))
SURE = key(PAGE, "share.sure")


def forget() -> None:
    """A link is drawn until one goes elsewhere."""
    for name in (LINK, BEFORE, SAID):
        st.session_state.pop(name, None)


def draw() -> None:
    texts, token = brief_page_texts().share, brief_state.held().token
    _said()
    if token is None:
        page.draw(page.quiet(texts.nothing))
        return
    try:
        kept = brief_state.briefs().load(token)
    except Refusal as problem:
        page.refused(texts.refused, problem)
        return
    page.section(texts.read_title, sentence=texts.read)
    with st.container(horizontal=True):
        st.button(
            texts.make,
            key=key(PAGE, "share.make"),
            icon=":material/link:",
            on_click=_try,
            args=(_share,),
            type="primary",
        )
        st.button(texts.end, key=key(PAGE, "share.end"), icon=":material/link_off:", on_click=_try, args=(_end,))
    if link := st.session_state.get(LINK):
        page.draw(page.quiet(texts.once))
        _field(texts.link, {READ: link})
    page.section(texts.own_title, sentence=texts.own)
    _field(texts.own_link, {brief_state.TOKEN: token})
    page.draw(page.quiet(texts.elsewhere))
    until = texts.memory if memory() else texts.until
    expires = in_full(kept.expires.astimezone(clock.zone()))
    page.draw(page.quiet(until.format(day=expires, days=read().keep_days)))
    page.section(texts.new_title, sentence=texts.new)
    st.button(texts.start, key=key(PAGE, "share.start"), icon=":material/note_add:", on_click=_start)
    page.section(texts.delete_title, sentence=texts.delete)
    sure = st.checkbox(texts.confirm, key=SURE)
    st.button(
        texts.delete_button,
        key=key(PAGE, "share.delete"),
        icon=":material/delete_forever:",
        disabled=not sure,
        on_click=_try,
        args=(_delete,),
    )


def _field(label: str, query: dict[str, str]) -> None:
    """A link to be copied: the one place where a token is drawn."""
    here = urlsplit(st.context.url or "")
    page.draw(Html(f'<p class="brief-link">{markup(label)}</p>'))
    link = f"{here.scheme}://{here.netloc}{here.path}?{urlencode(query)}"
    st.code(visible(link, limit=LONG), language=None, wrap_lines=True)


def _try(what: Callable[[str], None]) -> None:
    token = brief_state.held().token
    assert token is not None
    try:
        what(token)
    except Refusal as problem:
        st.session_state[SAID] = problem


def _share(token: str) -> None:
    st.session_state[LINK] = brief_state.briefs().share(token)
    st.session_state.pop(SAID, None)


def _end(token: str) -> None:
    brief_state.briefs().unshare(token)
    st.session_state.pop(LINK, None)
    st.session_state[SAID] = brief_page_texts().share.ended


def _start() -> None:
    brief_state.save()
    before = brief_state.held()
    if before.problem is not None:
        st.session_state[SAID] = before.problem  # what is not kept would be gone
        return
    forget()
    st.session_state[BEFORE] = before.token
    brief_state.start_again()


def _delete(token: str) -> None:
    brief_state.briefs().delete(token)
    brief_state.start_again()
    forget()
    st.session_state[SAID] = brief_page_texts().share.deleted


def _said() -> None:
    """What became of the last press; the key of the brief before, for as long as one stays here."""
    texts, found = brief_page_texts().share, st.session_state.get(SAID)
    if isinstance(found, Refusal):
        page.refused(texts.refused, found)
    elif found:
        page.draw(Html(f'<div class="answer is-reference" role="status"><p>{markup(found, limit=LONG)}</p></div>'))
    if before := st.session_state.get(BEFORE):
        _field(texts.started, {brief_state.TOKEN: before})
