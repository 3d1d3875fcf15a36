"""Where rooms are kept, and a seat in one: what somebody holding a token does there, and what was refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from aipm.tables import Refusal
from aipm.ui.state import key

if TYPE_CHECKING:
    from aipm.brief.database import Database
    from aipm.workshop.acting import Done
    from aipm.workshop.commands import Command
    from aipm.workshop.snapshot import RoomView

SAID = key("room", "refused")


def database() -> "Database":
    """Where rooms and briefs are kept. Raises Refusal where the settings do not allow it."""
    from aipm.brief.database import shared
    from aipm.brief.settings import read

    return shared(read().url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Whoever holds this token of this room; `person`: for whom a facilitator enters something, without a device."""

    code: str
    token: str
    person: int | None = None

    def key(self, name: str) -> str:
        """What a widget of this seat is called."""
        return key("room", f"{self.code}.{self.person or 0}.{name}")

    def view(self, only: str | None = None) -> "RoomView":
        """The room as it may be seen from here; `only`: of this activity alone. Raises Refusal."""
        from aipm.workshop.snapshot import snapshot

        return snapshot(database(), self.code, self.token, person=self.person, only=only)

    def send(self, command: "Command", *, client_key: str | None = None) -> "Done | None":
        """Do it; None where it was refused, which the page says at its next run. To be called in a callback.

        A press that the browser sends once is one write: `client_key` is for what may be sent again.
        """
        from aipm.workshop.acting import act
        from aipm.workshop.commands import Personal

        if self.person is not None and isinstance(command, Personal):
            command = replace(command, person=self.person)
        try:
            done = act(database(), self.code, self.token, command, client_key=client_key or uuid4().hex)
        except Refusal as problem:
            st.session_state[SAID] = problem
            return None
        st.session_state.pop(SAID, None)
        return done

    def press(self, command: "Command | Callable[[], Command]") -> dict[str, Any]:
        """Arguments of a button or another widget that does this when it is used."""

        def pressed() -> None:
            self.send(command() if callable(command) else command)

        return {"on_click": pressed}


def refused() -> None:
    """Say what was refused last, once: the next thing done takes it away."""
    from aipm.ui import page

    problem = st.session_state.get(SAID)
    if isinstance(problem, Refusal):
        page.refused("", problem)
