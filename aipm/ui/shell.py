"""What surrounds every page: navigation, sidebar, styles. `run` is the visitor's script."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from aipm.content import palette
from aipm.ui import glossary, search_box
from aipm.ui.page import draw
from aipm.ui.registry import FILES, ROOT, registry
from aipm.ui.safe import Html, markup


@cache
def style() -> Html:
    """The style sheet of this package, with its colours; reports carry the same, without the shell's part."""
    return Html(f":root{{{palette.css_variables()}}}" + _css("style.css"))


def _css(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def _page_style() -> Html:
    sheets = (
        *("shell.css", "capabilities.css", "mapper.css", "prep.css"),
        *("scorer.css", "scorer_weights.css", "scorer_approach.css", "lm.css", "lm_sampling.css"),
        *("landscape.css", "network.css", "resources.css", "lifecycle.css", "ethics.css"),
    )
    return Html(f"<style>{style()}{''.join(map(_css, sheets))}</style>")


def run() -> None:
    texts = registry()
    pages = {
        key: st.Page(ROOT / FILES[key], title=text.title, url_path=key.replace("_", "-"), default=key == "home")
        for key, text in texts.pages.items()
    }
    current = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(page_title=f"{current.title} · {texts.product.name}")
    st.html(_page_style())
    glossary.begin(reading=any(text.section == "learn" for text in texts.pages.values() if text.title == current.title))
    with st.sidebar:
        _sidebar(pages)
    current.run()


def _sidebar(pages: dict[str, Page]) -> None:
    texts = registry()
    draw(Html(f'<p class="brand">{markup(texts.product.name)}</p><small>{markup(texts.product.tagline)}</small>'))
    search_box.box()
    for section in (None, *texts.sections):
        if section is not None:
            draw(Html(f'<p class="heading">{markup(texts.sections[section])}</p>'))
        for key, text in texts.pages.items():
            if text.section == section:
                st.page_link(pages[key], label=text.title, icon=text.icon)
    glossary.switch()
