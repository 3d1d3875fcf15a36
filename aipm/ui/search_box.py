"""The search box beside every page. What is typed goes to the results in the session, never in an address."""

import streamlit as st

from aipm.ui import brief_state
from aipm.ui.registry import FILES
from aipm.ui.resources_texts import page_texts
from aipm.ui.state import key

MOST_CHARACTERS = 200
ASKED = key("search", "asked")
"""What was last asked for, kept for the session."""
BOX, GO = key("search", "box"), key("search", "go")


def box() -> None:
    """Draw the box; whoever presses Enter in it is taken to what is found."""
    said = page_texts().search
    st.text_input(
        said.box,
        placeholder=said.box_placeholder,
        max_chars=MOST_CHARACTERS,
        label_visibility="collapsed",
        icon=":material/search:",
        key=BOX,
        on_change=_asked,
    )
    if st.session_state.pop(GO, False):
        st.switch_page(FILES["resources"], query_params={"view": "search", **brief_state.along()})


def _asked() -> None:
    """Callback: what was typed is what is asked now, and the box is free again."""
    typed: str = st.session_state[BOX]
    if typed.strip():
        st.session_state.update({ASKED: typed, GO: True, BOX: ""})
