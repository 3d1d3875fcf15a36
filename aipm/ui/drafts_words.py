"""What was typed into single boxes of the pages to learn from: a sentence that somebody tried out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aipm.ui.drafts import Part, text
from aipm.ui.state import key

LEARN, CAPABILITIES = "language_models", "capabilities"
EXAMPLE = key(LEARN, "text.example")
"""The example that stood in the box for tokens before; without it the box begins with an example again."""


def _nothing() -> tuple[str, ...]:
    return ()


def _attention() -> tuple[str, ...]:
    from aipm.ui.lm_attention_texts import attention_texts

    return (attention_texts().real.start,)


def _order() -> tuple[str, ...]:
    from aipm.ui.lm_order_texts import order_texts

    return (order_texts().shuffle.start,)


def _tokens() -> tuple[str, ...]:
    from aipm.ui.lm_tokens_texts import tokens_texts

    return tuple(each.text for each in tokens_texts().own.examples.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box by its key, the characters that it takes, and what stands in it before anybody types."""

    page: str
    name: str
    most: int
    start: Callable[[], tuple[str, ...]] = _nothing


BOXES = (
    Box(page=CAPABILITIES, name="search", most=500),
    Box(page=LEARN, name="attention.text", most=200, start=_attention),
    Box(page=LEARN, name="order.words", most=160, start=_order),
    Box(page=LEARN, name="text", most=2_000, start=_tokens),
    Box(page=LEARN, name="own", most=200),
)


def begin_anew() -> None:
    for box in BOXES:
        st.session_state.pop(key(box.page, box.name), None)


def _part(box: Box) -> Part:
    widget = key(box.page, box.name)

    def write() -> Any:
        said = text(st.session_state.get(widget), most=box.most)
        if not said.strip() or said in box.start():
            return None
        return {"said": said, "example": st.session_state.get(EXAMPLE)} if box.name == "text" else said

    def read(plain: Any) -> None:
        if box.name == "text":
            if not (isinstance(plain, dict) and isinstance(plain.get("example"), str)):
                return
            st.session_state[EXAMPLE], plain = plain["example"], plain.get("said")
        if said := text(plain, most=box.most):
            st.session_state[widget] = said

    return Part(page=box.page, name=box.name, write=write, read=read)


PARTS = tuple(map(_part, BOXES))
