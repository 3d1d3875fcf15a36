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
from aipm.ui.state import shows
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
    names = told_apart(view.targets)
    given = view.mine.answers.get(GUESS)

    def give(guess: str | None) -> None:
        seat.send(Give(activity=view.key, values={GUESS: guess}))

    page.draw(Html(f"<h3>{markup(said.guess)}</h3>"))
    st.selectbox(
        markdown(view.spec.guess, limit=LONG),
        tuple(names),
        format_func=lambda each: names[each],
        index=None,
        placeholder=said.guess_choose,
        **shows(seat.key(f"{view.key}.guess"), given if given in names else None, give),
    )
    if given in names:
        page.draw(kept(said.guess_kept.format(guess=shortened(view.targets[given]))))
