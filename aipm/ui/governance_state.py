"""What a session keeps of the forms on the Lifecycle and Ethics pages, with undo and redo over all of them.

Forms are kept under their own name, apart from the widgets that show them, so that nothing typed goes with a widget
that is not drawn for a while.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from aipm.governance.forms import FORMS, Opened
from aipm.ui.state import key

F = TypeVar("F")
KEPT = key("governance", "forms")
MOST_STEPS = 100
Step = tuple[dict[str, Any], dict[str, Any]]
NAMES = {kind: name for name, kind in FORMS.items()}


@dataclass(slots=True)
class Kept:
    """All forms of a session. A step is the forms as they stood; frozen forms make that cheap."""

    forms: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, Any] = field(default_factory=dict)
    """What an opened file held that could not be read: it goes into the next file as it was."""
    past: list[Step] = field(default_factory=list)
    future: list[Step] = field(default_factory=list)


def kept() -> Kept:
    """What this session keeps. Raises RuntimeError where there is no session, as in the function of a download."""
    if runtime.exists() and get_script_run_ctx(suppress_warning=True) is None:
        raise RuntimeError("outside of a session there are no forms: give the download what it needs")
    return cast("Kept", st.session_state.setdefault(KEPT, Kept()))


def form(kind: type[F]) -> F:
    """The session's form of this kind; an empty one at first."""
    return cast("F", kept().forms.get(NAMES[kind]) or kind())


def put(*changed: Any) -> None:
    """These forms are so now. One step back for all of them; nothing happens where nothing changed."""
    if any(form(type(each)) != each for each in changed):
        now = kept()
        _step(now)
        now.forms = {**now.forms, **{NAMES[type(each)]: each for each in changed}}


def change(kind: type[Any], /, **parts: Any) -> None:
    """Change these fields of a form."""
    put(replace(form(kind), **parts))


def open_file(opened: Opened) -> None:
    """The forms of a file take the place of those of the session; one step back brings those again."""
    take(dict(opened.forms))
    kept().unread = dict(opened.unread)


def take(forms: dict[str, Any]) -> None:
    """These are all forms now; one step back brings the others again."""
    now = kept()
    _step(now)
    now.forms = forms


def begin(forms: dict[str, Any], unread: dict[str, Any]) -> None:
    """Begin with what was kept elsewhere: there is no way back behind it."""
    st.session_state[KEPT] = Kept(forms=forms, unread=unread)


def undo() -> None:
    _go(kept().past, kept().future)


def redo() -> None:
    _go(kept().future, kept().past)


def filled() -> Mapping[str, Any]:
    """The forms in which anything was filled in, by name."""
    return {name: each for name, each in kept().forms.items() if each != FORMS[name]()}


def _step(now: Kept) -> None:
    now.past.append((now.forms, now.unread))
    del now.past[:-MOST_STEPS]
    now.future.clear()


def _go(source: list[Step], target: list[Step]) -> None:
    if source:
        now = kept()
        target.append((now.forms, now.unread))
        now.forms, now.unread = source.pop()
