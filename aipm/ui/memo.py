"""What one session has worked out already: kept until the question changes, never shared with another session."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from aipm.tables import Refusal
from aipm.ui.page import at_work
from aipm.ui.state import key

T = TypeVar("T")


def once(page: str, name: str, question: Hashable, work: Callable[[], T], *, working: str = "", keep: int = 1) -> T:
    """The answer to a question; `work` runs only where it is none of the last `keep` questions under this name.

    A refusal is an answer too: it is kept, and raised again. `working` is shown at once, while the work lasts.
    """
    kept: dict[Hashable, T | Refusal] = st.session_state.setdefault(key(page, f"memo.{name}"), {})
    place = st.empty() if working else None  # drawn or not: what follows keeps its place on the page
    if question in kept:
        answer = kept.pop(question)
    else:
        if place is not None:
            with place:
                at_work(working)
        try:
            answer = work()
        except Refusal as refusal:
            answer = refusal
        if place is not None:
            place.empty()
    kept[question] = answer
    while len(kept) > keep:
        del kept[next(iter(kept))]
    if isinstance(answer, Refusal):
        raise answer
    return answer
