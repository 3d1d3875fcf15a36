"""What one session has worked out already: kept until the question changes, never shared with another session."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from aipm.tables import Refusal
from aipm.ui.state import key

T = TypeVar("T")


def once(page: str, name: str, question: Hashable, work: Callable[[], T], *, working: str = "") -> T:
    """The answer to a question; `work` runs only when the question differs from the last one under this name.

    A refusal is an answer too: it is kept, and raised again. `working` is shown while the work lasts.
    """
    slot = key(page, f"memo.{name}")
    kept = st.session_state.get(slot)
    if kept is None or kept[0] != question:
        answer: T | Refusal
        try:
            if working:
                with st.spinner(working):
                    answer = work()
            else:
                answer = work()
        except Refusal as refusal:
            answer = refusal
        kept = (question, answer)
        st.session_state[slot] = kept
    found: T | Refusal = kept[1]
    if isinstance(found, Refusal):
        raise found
    return found
