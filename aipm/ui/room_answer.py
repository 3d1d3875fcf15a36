"""What the fields of a room's activities share: choices as large targets, and the word on what was kept."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from aipm.ui import page
from aipm.ui.room_labels import LONGEST, told_apart
from aipm.ui.room_parts import kept
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import shows

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

Look = Literal["rows", "wrap", "numbers"]
"""Answers one under the other, side by side as they fit, or numbers in a row."""


def give(seat: Seat, activity: str, values: dict[str, Any]) -> bool:
    """Callback: keep these answers by item, None takes one back; whether it was done."""
    from aipm.workshop.commands import Give

    return seat.send(Give(activity=activity, values=values)) is not None


def form(seat: Seat, activity: str) -> "DeltaGenerator":
    """The box of one activity's fields: how far one has come stays in view as long as they do."""
    return st.container(key=seat.key(f"{activity}.answer-form"))


def choose(
    label: str,
    names: Mapping[str, str],
    *,
    key: str,
    given: str | None,
    keep: Callable[[str | None], object],
    look: Look = "rows",
    quiet: bool = False,
) -> None:
    """One of `names`, by key; pressed once more it is taken back. `quiet`: the label is for screen readers alone."""
    shown = told_apart(names, written=markdown)

    with st.container(key=f"{key}.answer-{look}"):
        st.pills(
            markdown(label, limit=LONGEST),
            tuple(shown),
            format_func=lambda each: shown[each],
            **shows(key, given, keep, start={"default": given}),
            label_visibility="collapsed" if quiet else "visible",
            width="stretch",
        )


def choose_several(
    label: str, names: Mapping[str, str], *, key: str, given: list[str], keep: Callable[[list[str]], object]
) -> None:
    """Any of `names`, by key."""
    shown = told_apart(names, written=markdown)

    with st.container(key=f"{key}.answer-rows"):
        st.pills(
            markdown(label, limit=LONGEST),
            tuple(shown),
            selection_mode="multi",
            format_func=lambda each: shown[each],
            **shows(key, given, keep, start={"default": given}),
            label_visibility="collapsed",
            width="stretch",
        )


def said(sentence: str, *, done: bool) -> None:
    """Whether it is kept, and what can be done about it."""
    page.draw(kept(sentence) if done else page.quiet(sentence))


def progress(word: str, share: float, *, state: Literal["short", "full", "over"], key: str) -> None:
    """How much of it all is done, as a word and as a bar; it stays in view while one scrolls. `share`: from 0 to 1."""
    sign = {"full": "is-within-tolerance", "over": "is-gap"}.get(state)
    drawn = f'<span class="sign {sign}"></span>' if sign else ""
    bar = f'<i aria-hidden="true"><i style="width:{min(1.0, share):.0%}"></i></i>'
    with st.container(key=f"{key}.answer-progress"):
        page.draw(Html(f'<p class="room-progress {state}" role="status"><b>{drawn}{markup(word)}</b>{bar}</p>'))
