"""What stands in a page's address: settings that a facilitator can share. What somebody typed never goes into it.

The address is the only truth: widgets are set from it, and write into it when they are changed. What is at its default
is not said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from aipm.ui.state import Bound, key, shows

S = TypeVar("S")
LAST, ON = key("address", "last"), key("address", "on")
"""Where a session keeps what was last written into the address, and the page it is on."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written into the address, and the address as it stood before."""

    over: dict[str, str]
    parts: dict[str, str | None]

    @property
    def whole(self) -> dict[str, str]:
        """The address with it."""
        return {name: value for name, value in {**self.over, **self.parts}.items() if value is not None}


def said(value: object) -> str:
    """A value as the address says it: a switch is "yes" or "no"."""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def asked(name: str, options: Sequence[S], default: S, *, say: Callable[[S], str] = said) -> S:
    """What the address says under this name; the default where it says nothing, or nothing that there is."""
    found = st.query_params.get(name)
    return next((option for option in options if say(option) == found), default)


def held(
    page: str,
    name: str,
    value: Any,
    *,
    default: Any,
    say: Callable[[Any], str] = said,
    start: Mapping[str, Any] | None = None,
) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address, but for the default.

    `start`: as `shows` takes it.
    """

    def take(chosen: Any) -> None:
        put(**{name: None if chosen is None or chosen == default else say(chosen)})

    return shows(key(page, name), value, take, start=start)


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
        **held(page, name, chosen, default=first, start={"default": chosen}),
    )
    return chosen


def put(**parts: str | None) -> None:
    """Write these parts into the address; None takes one out."""
    seen = st.query_params.to_dict()
    last: _Written | None = st.session_state.get(LAST)
    if last is not None and last.over == seen:
        # Two choices in quick succession: the second was sent before the browser had the address of the first.
        parts = {**last.parts, **parts}
    written = st.session_state[LAST] = _Written(seen, parts)
    if written.whole != seen:
        st.query_params.from_dict(written.whole)  # once: each change is a step of the browser's way back


def arrive(page: str) -> None:
    """Begin a run of this page.

    An address as it was before the last choice is a way back where the browser says so. Else the run was asked for
    before the browser had the new address, by a clock or by another press: the choice holds.
    """
    last: _Written | None = st.session_state.get(LAST)
    seen = st.query_params.to_dict()
    if last is not None and st.session_state.get(ON) == page and last.over == seen and not _went_back():
        st.query_params.from_dict(last.whole)
    elif last is None or st.session_state.get(ON) != page or last.whole != seen:
        st.session_state.pop(LAST, None)
    st.session_state[ON] = page


def _went_back() -> bool:
    """Whether this run was asked for by the browser's ways back and on."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def go(**to: str) -> None:
    """Callback: to another place on the same page; nothing else stays in the address."""
    st.session_state.pop(LAST, None)
    st.query_params.from_dict(to)


def goes(
    page: str, text: str, to: Mapping[str, str | None], *, name: str, icon: str | None, whole: bool = False
) -> None:
    """A button that reads as a link to another place on the same page; `whole`: nothing else stays in the address.

    Streamlit's links to the page one is on leave the address as it was.
    """
    asks = go if whole else put
    st.button(text, key=key(page, f"go.{name}"), type="tertiary", icon=icon, on_click=asks, kwargs=dict(to))
