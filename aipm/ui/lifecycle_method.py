"""How something on the Lifecycle page is worked out, and where that comes from: folded away at its end."""

from dataclasses import dataclass

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.lm_pieces import SourceText, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodTexts:
    title: str
    lines: tuple[str, ...]
    sources_title: str
    sources: tuple[SourceText, ...]


def method(texts: MethodTexts) -> None:
    with st.expander(texts.title, icon=":material/function:"):
        page.draw(notes(texts.lines), sources(texts.sources_title, texts.sources))
