"""Names of widgets and of what a session keeps: one function makes them, so that no two pages share one by accident."""

from typing import Literal, TypedDict


def key(page: str, name: str) -> str:
    """What a widget or a kept value is called: "bias_audit.label" for the page "bias_audit" and the name "label"."""
    return f"{page}.{name}"


SHOWN = key("shell", "shown")
"""The page that a session saw last, by its key."""


class Kept(TypedDict):
    key: str
    persist_state: Literal["session"]


def kept(page: str, name: str) -> Kept:
    """Arguments of a widget whose answer outlives a visit to another page: st.selectbox(…, **kept(page, "label"))."""
    return {"key": key(page, name), "persist_state": "session"}
