"""Names of widgets and of what a session keeps: one function makes them, so that no two pages share one by accident."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, TypedDict

import streamlit as st


def key(page: str, name: str) -> str:
    """What a widget or a kept value is called: "bias_audit.label" for the page "bias_audit" and the name "label"."""
    return f"{page}.{name}"


Bound: TypeAlias = dict[str, Any]
"""Arguments of a widget."""


def shows(name: str, value: Any, take: Callable[[Any], object], *, start: Mapping[str, Any] | None = None) -> Bound:
    """Arguments of a widget that shows `value`, which is kept elsewhere, and hands what is chosen to `take`.

    With every run the browser sends what all its widgets hold, and it hears late of what a run drew. So the widget is
    told a value only where it shows another one (of several choices the order says nothing): told on every run it would
    take back what is being typed or was just pressed. Where anything but this widget changed the value there is a new
    widget in its place; and what a widget was told is nobody's choice, however late the browser sends it.

    `start`: the value once more, as the widget's own argument: {"default": value}. Needed where a clock asks for runs:
    a new widget stands on that for a moment, and only then on what it is told.
    """
    state, held = st.session_state, f"{name}.shown"
    turn, before = state.get(held, (0, value))
    widget = _turn(name, turn)
    if widget in state and not _same(state[widget], value) and _same(state[widget], before):
        turn += 1
        widget = _turn(name, turn)
    told = widget in state and not _same(state[widget], value)
    if told or (widget not in state and not start):
        state[widget] = value
    state[held] = turn, value
    last = value

    def changed() -> None:
        nonlocal last
        if not _same(state[widget], last):
            last = state[widget]
            take(last)

    return {"key": widget, "on_change": changed, **({} if told else start or {})}


def _turn(name: str, turn: int) -> str:
    return f"{name}.{turn}" if turn else name


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return bool(one == other)


SHOWN = key("shell", "shown")
"""The page that a session saw last, by its key."""


class Kept(TypedDict):
    key: str
    persist_state: Literal["session"]


def kept(page: str, name: str) -> Kept:
    """Arguments of a widget whose answer outlives a visit to another page: st.selectbox(…, **kept(page, "label"))."""
    return {"key": key(page, name), "persist_state": "session"}
