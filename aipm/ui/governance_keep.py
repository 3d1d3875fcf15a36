"""The forms of the Lifecycle and Ethics pages as one file: download it, open it again, one step back and forth."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from aipm.governance.example import example
from aipm.governance.forms import FILE, Opened, from_json, to_json
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import LONG, join
from aipm.ui.governance_state import Kept, filled, kept, open_file, redo, undo
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

SAID = key("governance", "keep.said")
MOST_PLACES = 8


def draw(*, sample: bool = False) -> None:
    """Draw it at the end of a page with forms. `sample`: offer the worked example although something is filled in."""
    texts = governance_texts().keep
    now = kept()
    anything = bool(filled() or now.unread)
    page.section(texts.title, sentence=texts.sentence if anything else texts.empty)
    _said(now)
    with st.container(horizontal=True):
        st.download_button(
            texts.download,
            data=partial(_file, now),  # it runs outside the session
            file_name=FILE,
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            disabled=not anything,
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
        if sample or not anything:
            st.button(
                texts.sample,
                icon=":material/edit_note:",
                help=texts.sample_help,
                on_click=_fill,
                key=key("governance", "keep.sample"),
            )
    widget = key("governance", "keep.file")

    def opened() -> None:
        file = st.session_state[widget]
        if file is not None:
            _open(file.getvalue())

    with st.expander(texts.open, icon=":material/folder_open:", key=key("governance", "keep.open")):
        st.file_uploader(texts.open, key=widget, on_change=opened, label_visibility="collapsed")


def _said(now: Kept) -> None:
    """What became of the file or the example that was opened last, as long as nothing was changed since; and what of a
    file could not be read, as long as the next file will hold it.
    """
    texts = governance_texts().keep
    sentence, found, forms = st.session_state.get(SAID, (None, None, None))
    lines = []
    if isinstance(found, Refusal):
        page.refused(texts.refused, found)
    elif isinstance(found, Opened) and forms is now.forms:
        lines.append(sentence.format(count=len(found.forms)))
        if found.newer:
            lines.append(texts.newer)
    if now.unread:
        places = list(now.unread)
        more = " …" if len(places) > MOST_PLACES else ""
        lines.append(texts.unread.format(places=", ".join(places[:MOST_PLACES]) + more))
    if lines:
        drawn = join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in lines)
        page.draw(Html(f'<div class="answer is-reference" role="status">{drawn}</div>'))


def _file(now: Kept) -> bytes:
    return to_json(now.forms, unread=now.unread, saved=datetime.now(UTC).isoformat(timespec="seconds"))


def _open(data: bytes) -> None:
    try:
        found = from_json(data)
    except Refusal as refusal:
        _say(None, refusal)
        return
    open_file(found)
    _say(governance_texts().keep.opened, found)


def _fill() -> None:
    open_file(example())
    _say(governance_texts().keep.sampled, example())


def _say(sentence: str | None, found: Any) -> None:
    st.session_state[SAID] = (sentence, found, kept().forms)
