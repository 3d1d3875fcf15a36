"""What a session keeps of the Model scorer, under its own names, apart from the widgets that show it."""

from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from aipm.ui.state import Bound, key

PAGE = "model_scorer"
VIEW = key(PAGE, "view")


def held(name: str, start: Any) -> Any:
    """The session's value of this name, `start` at first."""
    return st.session_state.setdefault(key(PAGE, f"held.{name}"), start)


def hold(name: str, value: Any) -> None:
    st.session_state[key(PAGE, f"held.{name}")] = value


def bound(name: str, start: Any) -> Bound:
    """Arguments of a widget that shows the value of this name and keeps it by a callback, also while not drawn."""
    widget = key(PAGE, name)
    value = held(name, start)
    st.session_state.setdefault(widget, value)
    return {"key": widget, "on_change": lambda: hold(name, st.session_state[widget])}


def now() -> datetime:
    """The hour that prices are asked for: the same question within an hour has the same answer."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def today() -> date:
    return now().date()
