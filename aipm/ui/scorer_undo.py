"""Taking something up in place of what stands on the Model scorer, saying so, and going back to what stood before."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aipm.ui import page, scorer_own_state
from aipm.ui.scorer_approach_state import NAMES
from aipm.ui.scorer_state import PAGE, VIEW, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.state import key

HELD, MEMO = key(PAGE, "held."), key(PAGE, "memo.")
ASIDE = frozenset({"taken", "arrived", "approach.arrived", "opened", "own.table"})
"""What is held of the moment, not of the question."""
SAVED = key(PAGE, "saved")
"""The upload: a widget that stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken up, in words (untrusted), where it came from (a page's key), and what stood there before."""

    told: str
    came_from: str | None
    before: Mapping[str, Any]


def take(values: Mapping[str, Any], *, told: str, came_from: str | None = None) -> None:
    """Hold these values in place of those that stand; widgets show them when they are drawn next."""
    before = {name: deepcopy(st.session_state[name]) for name in _held()}
    for name, value in values.items():
        hold(name, value)
    hold("taken", Taken(told=told, came_from=came_from, before=before))
    begin_anew()


def undo() -> None:
    """Callback: what stood there before."""
    taken: Taken | None = held("taken", None)
    if taken is None:
        return
    for name in _held():
        del st.session_state[name]
    for name, value in taken.before.items():
        st.session_state[name] = value
    hold("taken", None)
    hold("opened", None)
    for name in NAMES:
        st.query_params.pop(name, None)
    hold("approach.arrived", {})
    begin_anew()


def begin_anew() -> None:
    """Every widget of the page shows what is held, whatever it showed before."""
    scorer_own_state.begin_anew()
    for name in [str(each) for each in st.session_state]:
        if name.startswith(f"{PAGE}.") and not name.startswith((HELD, MEMO)) and name not in (VIEW, SAVED):
            del st.session_state[name]


def banner(text: ScorerPage) -> None:
    """What was taken up, with the way back to where it came from, and to what stood there before."""
    taken: Taken | None = held("taken", None)
    if taken is None:
        return
    page.draw(page.quiet(taken.told))
    with st.container(horizontal=True):
        st.button(text.taken["undo"], key=key(PAGE, "taken.undo"), icon=":material/undo:", on_click=undo)
        if taken.came_from:
            page.link(taken.came_from, text.taken["change"])


def _held() -> list[str]:
    names = (str(each) for each in st.session_state)
    return [name for name in names if name.startswith(HELD) and name.removeprefix(HELD) not in ASIDE]
