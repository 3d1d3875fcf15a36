"""What surrounds every page: navigation, sidebar, styles. `run` is the visitor's script."""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from aipm.content import palette
from aipm.ui import brief_state, glossary, search_box
from aipm.ui.page import draw
from aipm.ui.registry import FILES, ROOT, registry
from aipm.ui.safe import Html, markup
from aipm.ui.state import SHOWN

ROOM = ("room.css", "room_answers.css", "room_results.css", "room_screen.css")
BARE = frozenset({"room"})
"""Pages for the phones of a whole workshop: nothing around them, no brief."""


@cache
def style() -> Html:
    """The style sheet of this package, with its colours; reports carry the same, without the shell's part."""
    return Html(f":root{{{palette.css_variables()}}}" + _css("style.css"))


def _css(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Style sheets, taken as they are: a text's indentation Streamlit would look for in every run, for milliseconds."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


@cache
def _page_style() -> _Sheets:
    sheets = (
        *("shell.css", "capabilities.css", "mapper.css", "prep.css"),
        *("scorer.css", "scorer_weights.css", "scorer_approach.css", "lm.css", "lm_sampling.css"),
        *("landscape.css", "network.css", "resources.css", "lifecycle.css", "ethics.css"),
        *("brief.css", "workshop.css", "workshop_host.css", "workshop_after.css", *ROOM),
        *("audit_scores.css", "audit_law.css", "audit_alone.css", "audit_like.css", "audit_worst.css"),
    )
    return _sheets(sheets)


@cache
def _bare_style() -> _Sheets:
    return _sheets(("shell.css", *ROOM))


def _sheets(names: Iterable[str]) -> _Sheets:
    text = re.sub(r"/\*.*?\*/|\n\s*", " ", f"{style()}{''.join(map(_css, names))}", flags=re.DOTALL)
    return _Sheets(f"<style>{text}</style>")


@cache
def _pages() -> dict[str, Page]:
    """Made once, to be copied for each run, which marks the one it shows: finding their files takes milliseconds."""
    return {
        key: st.Page(ROOT / FILES[key], title=text.title, url_path=key.replace("_", "-"), default=key == "home")
        for key, text in registry().pages.items()
    }


def run() -> None:
    texts = registry()
    pages = {key: copy(page) for key, page in _pages().items()}
    current = st.navigation(list(pages.values()), position="hidden")
    name = next(key for key, page in pages.items() if page.url_path == current.url_path)
    st.set_page_config(page_title=f"{current.title} · {texts.product.name}")
    if name in BARE:
        st.html(_bare_style())
        current.run()
        return
    brief_state.begin(name)
    st.html(_page_style())
    glossary.begin(reading=any(text.section == "learn" for text in texts.pages.values() if text.title == current.title))
    with st.sidebar:
        _sidebar(pages)
    current.run()
    st.session_state[SHOWN] = name
    brief_state.save()


def _sidebar(pages: dict[str, Page]) -> None:
    texts = registry()
    draw(Html(f'<p class="brand">{markup(texts.product.name)}</p><small>{markup(texts.product.tagline)}</small>'))
    search_box.box()
    for section in (None, *texts.sections):
        if section is not None:
            draw(Html(f'<p class="heading">{markup(texts.sections[section])}</p>'))
        for key, text in texts.pages.items():
            if text.section == section and key not in BARE:
                st.page_link(pages[key], label=text.title, icon=text.icon, query_params=brief_state.along() or None)
    glossary.switch()
