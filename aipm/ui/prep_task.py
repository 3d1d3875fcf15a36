"""Work of some seconds on a button, in steps: it shows how far it is, can be stopped between them, and is kept."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import streamlit as st
from streamlit.errors import StreamlitAPIException

from aipm.content import number
from aipm.tables import Refusal
from aipm.ui.prep_state import PAGE, held, hold
from aipm.ui.state import key


class TaskTexts(Protocol):
    """What the buttons say; `working` is a sentence with {done} and {all}."""

    @property
    def start(self) -> str: ...
    @property
    def again(self) -> str: ...
    @property
    def stop(self) -> str: ...
    @property
    def working(self) -> str: ...


@dataclass(slots=True)
class Task:
    """`found` grows with each step. `question` is what it answers; `stale`: what was found was for another one.

    A button pressed within a fragment is heard when the fragment has run to its end. So one run of it does one step and
    asks for the next run: a stop is heard between two steps, and what was found until then is still here.
    """

    name: str
    question: Hashable
    begin: Callable[[], Iterator[Any]]
    steps: int
    found: list[Any] = field(default_factory=list)
    at_work: Iterator[Any] | None = None
    wanted: bool = False
    done: bool = False
    stopped: bool = False
    stale: bool = False
    refusal: Refusal | None = None

    def show(self, text: TaskTexts) -> None:
        """The button that starts it, or while it is at work the one that stops it and how far it is."""
        if self.wanted:
            st.button(text.stop, key=key(PAGE, f"{self.name}.stop"), icon=":material/stop_circle:", on_click=self.stop)
            count = min(len(self.found), self.steps)
            said = text.working.format(done=number.count(count), all=number.count(self.steps))
            bar = st.progress(0.0)
            bar.progress(count / self.steps, text=said)
        elif not self.done:
            label = text.again if self.stale or self.stopped else text.start
            st.button(label, key=key(PAGE, f"{self.name}.start"), icon=":material/play_arrow:", on_click=self.start)

    def work(self) -> None:
        """One step more, where it is wanted, and the fragment once again; to be called when all is drawn."""
        if not self.wanted:
            return
        self.step()
        try:
            st.rerun(scope="fragment")
        except StreamlitAPIException:  # the whole page is being drawn, and the fragment with it
            st.rerun()

    def start(self) -> None:
        self.forget()
        self.wanted = True

    def step(self) -> None:
        if self.at_work is None:
            self.at_work = self.begin()
        try:
            self.found.append(next(self.at_work))
        except StopIteration:
            self._end()
        except Refusal as refusal:
            self.refusal = refusal
            self._end()

    def stop(self) -> None:
        if self.wanted:
            self.at_work, self.wanted, self.stopped = None, False, True

    def forget(self) -> None:
        """As at the beginning."""
        self.found, self.at_work, self.refusal = [], None, None
        self.wanted = self.done = self.stopped = self.stale = False

    def _end(self) -> None:
        self.at_work, self.wanted, self.done = None, False, True


def task(name: str, question: Hashable, begin: Callable[[], Iterator[Any]], *, steps: int) -> Task:
    """The session's work of this name. Another question makes what was found stale."""
    known: Task | None = held(f"task.{name}", None)
    if known is None:
        known = Task(name, question, begin, steps)
        hold(f"task.{name}", known)
    if known.question != question:
        stale = known.stale or bool(known.found)
        known.forget()
        known.question, known.stale = question, stale
    known.begin = begin
    return known
