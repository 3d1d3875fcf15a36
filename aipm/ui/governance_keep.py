"""The forms of the Lifecycle and Ethics pages as one file: download it, open it again, one step back and forth."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from aipm.governance.forms import Opened, from_json, to_json
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.governance_state import Kept, filled, kept, open_file, redo, undo
from aipm.ui.governance_texts import governance_texts
from aipm.ui.state import key

FILE = "aipm-governance.json"
SAID = key("governance", "keep.said")
MOST_PLACES = 8


def draw() -> None:
    """Draw it at the end of a page with forms."""
    texts = governance_texts().keep
    now = kept()
    page.section(texts.title, sentence=texts.sentence if filled() or now.unread else texts.empty)
    with st.container(horizontal=True):
        st.download_button(
            texts.download,
            data=partial(_file, now),  # it runs outside the session
            file_name=FILE,
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            disabled=not (filled() or now.unread),
            key=key("governance", "keep.download"),
        )
        st.button(
            texts.undo,
            icon=":material/undo:",
            on_click=undo,
            disabled=not now.past,
            key=key("governance", "keep.undo"),
        )
        st.button(
            texts.redo,
            icon=":material/redo:",
            on_click=redo,
            disabled=not now.future,
            key=key("governance", "keep.redo"),
        )
    widget = key("governance", "keep.file")

    def opened() -> None:
        file = st.session_state[widget]
        st.session_state[SAID] = None if file is None else _open(file.getvalue())

    with st.expander(texts.open, icon=":material/folder_open:"):
        st.file_uploader(texts.open, key=widget, on_change=opened, label_visibility="collapsed")
        match st.session_state.get(SAID):
            case Refusal() as refusal:
                page.refused(texts.refused, refusal)
            case Opened() as found:
                page.draw(page.quiet(texts.opened.format(count=len(found.forms))))
                if found.newer:
                    page.draw(page.quiet(texts.newer))
                if found.unread:
                    places = list(found.unread)
                    more = " …" if len(places) > MOST_PLACES else ""
                    page.draw(page.quiet(texts.unread.format(places=", ".join(places[:MOST_PLACES]) + more)))


def _file(now: Kept) -> bytes:
    return to_json(now.forms, unread=now.unread, saved=datetime.now(UTC).isoformat(timespec="seconds"))


def _open(data: bytes) -> Opened | Refusal:
    try:
        found = from_json(data)
    except Refusal as refusal:
        return refusal
    open_file(found)
    return found
