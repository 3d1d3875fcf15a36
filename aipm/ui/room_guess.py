"""The guess of an open activity: what will come out first, asked before anything is revealed."""

from typing import TYPE_CHECKING

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.room_labels import told_apart
from aipm.ui.room_parts import kept
from aipm.ui.room_results_parts import shortened
from aipm.ui.room_texts import participant_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.workshop.commands import Give
from aipm.workshop.specs import GUESS

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The field, where the activity asks for a guess; kept as soon as it is chosen."""
    if view.spec.guess is None or not view.targets or view.round > 1:  # round 1 was shown: too late to guess
        return
    assert view.mine is not None
    said = participant_texts().frame
    widget = seat.key(f"{view.key}.guess")
    names = told_apart(view.targets)
    given = view.mine.answers.get(GUESS)
    st.session_state[widget] = given if given in names else None

    def give() -> None:
        seat.send(Give(activity=view.key, values={GUESS: st.session_state[widget]}))

    page.draw(Html(f"<h3>{markup(said.guess)}</h3>"))
    st.selectbox(
        markdown(view.spec.guess, limit=LONG),
        tuple(names),
        format_func=lambda each: names[each],
        index=None,
        key=widget,
        placeholder=said.guess_choose,
        on_change=give,
    )
    if given in names:
        page.draw(kept(said.guess_kept.format(guess=shortened(view.targets[given]))))
