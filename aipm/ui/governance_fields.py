"""Widgets that show a field of a form and write back into it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from aipm.governance.fields import LONGEST, read_day, typed
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import markdown
from aipm.ui.state import Bound, key, shows

T = TypeVar("T")


def held(name: str, value: Any, put: Callable[[Any], None]) -> Bound:
    """Arguments of a widget that shows `value` and gives what is chosen to `put`; `name` is its own in all forms."""
    return shows(key("governance", name), value, put)


def text(
    label: str,
    *,
    name: str,
    value: str | None,
    put: Callable[[str | None], None],
    long: bool = False,
    help: str | None = None,  # noqa: A002 - as Streamlit calls it
    placeholder: str | None = None,
) -> None:
    """A field for text; `put` gets None where it is blank. Labels may hold what people typed."""
    (st.text_area if long else st.text_input)(
        markdown(label, limit=LONG),
        max_chars=LONGEST,
        help=markdown(help, limit=LONG) if help else None,
        placeholder=placeholder,
        **held(name, value or "", lambda said: put(typed(said))),
    )


def choice(
    label: str,
    options: Sequence[T],
    *,
    name: str,
    value: T | None,
    put: Callable[[T | None], None],
    words: Callable[[T], str],
    help: str | None = None,  # noqa: A002
    hidden: bool = False,
) -> None:
    """One of a few answers as buttons in a row; none may be pressed. `hidden`: the label is for screen readers only."""
    st.segmented_control(
        markdown(label, limit=LONG),
        options,
        format_func=lambda each: markdown(words(each)),
        help=markdown(help, limit=LONG) if help else None,
        label_visibility="collapsed" if hidden else "visible",
        wrap=True,
        **held(name, value, put),
    )


def day(
    label: str,
    *,
    name: str,
    value: date | None,
    put: Callable[[date | None], None],
    help: str | None = None,  # noqa: A002
) -> None:
    """A day, typed as 2026-12-31: Streamlit's own field for dates has parts too small to touch.

    What cannot be read as a day stays as it was typed, with a word on how to write it; the form then holds none.
    """
    said = governance_texts().day
    odd = key("governance", f"{name}.odd")
    if value is not None:
        st.session_state.pop(odd, None)

    def take(written: str) -> None:
        found = read_day(written)
        if written.strip() and found is None:
            st.session_state[odd] = written
        else:
            st.session_state.pop(odd, None)
        put(found)

    shown = st.session_state.get(odd) or (value.isoformat() if value else "")
    st.text_input(
        markdown(label, limit=LONG),
        max_chars=40,
        help=markdown(help, limit=LONG) if help else None,
        placeholder=said.example,
        **held(name, shown, take),
    )
    if odd in st.session_state:
        page.draw(page.quiet(said.unread))
