"""Where somebody is on the page Resources and glossary stands in its address; what they typed never does."""

from collections.abc import Callable, Sequence
from typing import Literal, TypedDict, TypeVar

import streamlit as st

from aipm.ui.state import key

PAGE = "resources"
Name = Literal["view", "term", "theme", "letter", "kind", "level", "time", "aim", "hours"]
T = TypeVar("T", bound=str)


class Held(TypedDict):
    key: str
    on_change: Callable[[], None]


def asked(name: Name, options: Sequence[T]) -> T | None:
    """What the address says; None where it says nothing, or nothing that there is."""
    said = st.query_params.get(name)
    return next((option for option in options if option == said), None)


def held(name: Name, value: str | None, *, default: str | None = None) -> Held:
    """Arguments of a widget that shows `value` and writes what is chosen into the address, but for the default."""
    widget = key(PAGE, name)
    st.session_state[widget] = value

    def changed() -> None:
        chosen: str | None = st.session_state[widget]
        if chosen in (None, default):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = chosen

    return {"key": widget, "on_change": changed}


def go(**to: str) -> None:
    """Callback: another place on this page. Streamlit's links to the page one is on leave the address as it was."""
    st.query_params.from_dict(to)
