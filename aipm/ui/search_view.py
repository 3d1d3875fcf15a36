"""What the search over every page finds, page by page, each passage with the way to it."""

from itertools import groupby

import streamlit as st

from aipm.content.everything import Passage
from aipm.ui import page
from aipm.ui.address import go
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.registry import registry
from aipm.ui.resources_address import PAGE
from aipm.ui.resources_texts import SearchTexts, page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.search_box import ASKED, MOST_CHARACTERS
from aipm.ui.state import key


def view() -> None:
    texts = page_texts().search
    page.section(texts.title, sentence=texts.sentence)
    box = key(PAGE, "search")
    st.session_state[box] = asked = st.session_state.setdefault(ASKED, "")

    def changed() -> None:
        st.session_state[ASKED] = st.session_state[box]

    st.text_input(texts.label, placeholder=texts.placeholder, max_chars=MOST_CHARACTERS, key=box, on_change=changed)
    if asked.strip():
        _found(asked, texts)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(texts.invitation, width="content")
        for name, example in texts.examples.items():
            st.button(example, key=key(PAGE, f"try.{name}"), on_click=st.session_state.update, args=({ASKED: example},))


def _found(asked: str, texts: SearchTexts) -> None:
    from aipm.ui.search_index import search, word  # numpy and the encoder: not wanted for reading

    hits = once(PAGE, "search", asked, lambda: search(asked), working=texts.working)
    term = word(asked)
    if not hits:
        page.draw(
            Html(
                f'<div class="answer" role="status"><p>{markup(texts.nothing)}</p>'
                f"<p>{markup(texts.nothing_detail, limit=LONG)}</p></div>"
            )
        )
        page.link("capabilities", texts.cases, view="find")
        return
    found = [hit.passage for hit in hits]
    pages = list(dict.fromkeys(passage.page for passage in found))
    said = texts.one if len(found) == 1 else texts.count.format(count=len(found), pages=len(pages))
    page.draw(Html(f'<p class="quiet" role="status">{markup(said)}</p>'))
    if term is not None:
        from aipm.ui.resources_glossary import listed

        page.draw(listed([term]))
    for each, group in groupby(sorted(found, key=lambda passage: pages.index(passage.page)), lambda each: each.page):
        _page(each, [passage for passage in group if ("term", term) not in passage.query], texts)
    page.draw(page.quiet(texts.not_here))
    page.link("capabilities", texts.cases, view="find")


def _page(each: str, found: list[Passage], texts: SearchTexts) -> None:
    """The passages of one page, those of one place together with the link to it, the nearest first."""
    if not found:
        return
    page.draw(Html(f'<h3 class="apart">{markup(registry().pages[each].title)}</h3>'))
    with st.container(key=key(PAGE, f"go.found-{each}")):
        for number, query in enumerate(dict.fromkeys(passage.query for passage in found)):
            here = [passage for passage in found if passage.query == query]
            page.draw(Html(f'<ul class="notes">{"".join(map(_line, here))}</ul>'))
            _link(each, here[0], number, texts)


def _line(passage: Passage) -> str:
    section = passage.section
    stop = "" if section.endswith(("?", "!", "…")) else "."
    lead = f"<b>{markup(section, limit=LONG)}{stop}</b> " if section else ""
    return f"<li>{lead}{markup(passage.text, limit=LONG)}</li>"


def _link(each: str, passage: Passage, number: int, texts: SearchTexts) -> None:
    query = dict(passage.query)
    text = texts.open_at if query and passage.section else texts.open
    said = text.format(page=registry().pages[each].title, section=passage.section.rpartition(" › ")[2])
    if each == PAGE:
        st.button(
            said,
            key=key(PAGE, f"go.found.{number}"),
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=go,
            kwargs=query,
        )
    else:
        page.link(each, said, **query)
