"""What stands in a page's address: settings that a facilitator can share. What somebody typed never goes into it.

The address is the only truth: widgets are set from it, and write into it when they are changed. What is at its default
is not said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

import streamlit as st

from aipm.ui.state import key

S = TypeVar("S")
LAST, ON = key("address", "last"), key("address", "on")
"""Where a session keeps what was last written into the address, and the page it is on."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written into the address, and the address as it stood before."""

    over: dict[str, str]
    parts: dict[str, str | None]


class Held(TypedDict):
    key: str
    on_change: Callable[[], None]


def said(value: object) -> str:
    """A value as the address says it: a switch is "yes" or "no"."""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def asked(name: str, options: Sequence[S], default: S, *, say: Callable[[S], str] = said) -> S:
    """What the address says under this name; the default where it says nothing, or nothing that there is."""
    found = st.query_params.get(name)
    return next((option for option in options if say(option) == found), default)


def held(page: str, name: str, value: Any, *, default: Any, say: Callable[[Any], str] = said) -> Held:
    """Arguments of a widget that shows `value` and writes what is chosen into the address, but for the default."""
    widget = key(page, name)
    st.session_state[widget] = value

    def changed() -> None:
        chosen = st.session_state[widget]
        put(**{name: None if chosen is None or chosen == default else say(chosen)})

    return {"key": widget, "on_change": changed}


def turns(page: str, name: str, label: str, texts: Mapping[S, str]) -> S:
    """Parts of a page that take turns: a row of buttons to choose from, the first one at first, kept in the address."""
    first = next(iter(texts))
    chosen = asked(name, tuple(texts), first)
    st.segmented_control(
        label,
        tuple(texts),
        format_func=lambda each: texts[each],
        required=True,
        label_visibility="collapsed",
        **held(page, name, chosen, default=first),
    )
    return chosen


def put(**parts: str | None) -> None:
    """Write these parts into the address; None takes one out."""
    seen = st.query_params.to_dict()
    last: _Written | None = st.session_state.get(LAST)
    if last is not None and last.over == seen:
        # Two choices in quick succession: the second was sent before the browser had the address of the first.
        parts = {**last.parts, **parts}
    st.session_state[LAST] = _Written(seen, parts)
    said = {name: value for name, value in {**seen, **parts}.items() if value is not None}
    if said != seen:
        st.query_params.from_dict(said)  # once: each change is a step of the browser's way back


def arrive(page: str) -> None:
    """Begin a run of this page. An address as it was before the last choice, with no choice in it, is a way back."""
    last: _Written | None = st.session_state.get(LAST)
    if st.session_state.get(ON) != page or (last is not None and last.over == st.query_params.to_dict()):
        st.session_state.pop(LAST, None)
    st.session_state[ON] = page


def goes(
    page: str, text: str, to: Mapping[str, str | None], *, name: str, icon: str | None, whole: bool = False
) -> None:
    """A button that reads as a link to another place on the same page; `whole`: nothing else stays in the address.

    Streamlit's links to the page one is on leave the address as it was.
    """
    asks, how = (st.query_params.from_dict, {"args": (dict(to),)}) if whole else (put, {"kwargs": dict(to)})
    st.button(text, key=key(page, f"go.{name}"), type="tertiary", icon=icon, on_click=asks, **how)
