"""Where somebody is on the Capabilities page stands in its address, so that it can be linked to and gone back from.

The address is the only truth: widgets are set from it, and write into it when they are changed.
"""

from collections.abc import Callable, Sequence
from typing import Literal, TypedDict, TypeVar

import streamlit as st

from aipm.ui.state import key

PAGE = "capabilities"
Name = Literal["view", "capability", "other", "industry"]
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


def link(text: str, *, icon: str | None = ":material/arrow_forward:", **to: str) -> None:
    """A link to another place on this page, named by its part of the address.

    A button: Streamlit's links to the page one is on leave the address as it was.
    """
    name = ".".join(("go", *(f"{part}-{value}" for part, value in to.items())))
    st.button(text, key=key(PAGE, name), type="tertiary", icon=icon, on_click=st.query_params.from_dict, args=(to,))
