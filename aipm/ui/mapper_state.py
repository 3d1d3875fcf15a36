"""What a session keeps of the Use-case mapper: pains as they were typed, answers, canvases, journeys, the order.

It is kept under its own names, apart from the widgets that show it, so that nothing typed goes with a widget that is
not drawn for a while. A pain is known by its line: what was typed, with single blanks.
"""

import hashlib
from typing import Any, cast

import streamlit as st

from aipm.mapping.canvas import Canvas
from aipm.mapping.journey import Journey
from aipm.mapping.priority import Opportunity
from aipm.mapping.result import Output
from aipm.ui.mapper_texts import View
from aipm.ui.state import key

PAGE = "use_case_mapper"
PAIN, VIEW = key(PAGE, "pain"), key(PAGE, "view")
"""Keys of the box and of the choice between the three parts; other pages may fill the box."""
MOST_EARLIER = 50
SHORT = 48


def held(name: str, start: Any) -> Any:
    """The session's value of this name, `start` at first."""
    return st.session_state.setdefault(key(PAGE, f"held.{name}"), start)


def hold(name: str, value: Any) -> None:
    st.session_state[key(PAGE, f"held.{name}")] = value


def line(text: str) -> str:
    return " ".join(text.split())


def token(text: str) -> str:
    """A short name of a pain for the keys of its widgets."""
    return hashlib.sha256(line(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def short(text: str) -> str:
    """A pain as a name: its first words."""
    said = line(text)
    return said if len(said) <= SHORT else f"{said[:SHORT].rsplit(' ', 1)[0]} …"


def pain() -> str:
    return cast("str", st.session_state.get(PAIN) or "")


def take_up(text: str) -> None:
    """Callback: this is the pain now, and the page shows it. What stood in the box is among the earlier pains."""
    remember(pain())
    st.session_state[PAIN] = text
    show("pain")


def show(view: View) -> None:
    """Callback: the page shows this part."""
    st.session_state[VIEW] = view


def answers() -> dict[str, Output]:
    """What people said should come out, by the pain's line."""
    found: dict[str, Output] = held("answers", {})
    return found


def answer(text: str, output: Output | None) -> None:
    if output is None:
        answers().pop(line(text), None)
    else:
        answers()[line(text)] = output


def earlier() -> dict[str, str]:
    """Pains that were looked at, as typed, by their lines; the latest last."""
    found: dict[str, str] = held("earlier", {})
    return found


def remember(text: str) -> None:
    if not text.strip():
        return
    known = earlier()
    known.pop(line(text), None)
    known[line(text)] = text
    while len(known) > MOST_EARLIER:
        del known[next(iter(known))]


def canvases() -> dict[str, Canvas]:
    """The canvas of each pain, by its line."""
    found: dict[str, Canvas] = held("canvases", {})
    return found


def journeys() -> dict[str, Journey]:
    """Journeys by name: a sample's key, or "mine"."""
    found: dict[str, Journey] = held("journeys", {})
    return found


def opportunities() -> dict[str, Opportunity]:
    """Ranges that were given, by name, also of those left out of the order for now."""
    found: dict[str, Opportunity] = held("opportunities", {})
    return found


def chosen() -> list[str]:
    """Names of the opportunities in the order."""
    found: list[str] = held("chosen", [])
    return found
