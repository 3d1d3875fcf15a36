"""A room that changes while it is looked at: asks for its version every few seconds, and draws again on a new one."""

from typing import Literal

import streamlit as st

from aipm.tables import Refusal
from aipm.ui.room_state import database

PARTICIPANT, HOST = 3.0, 1.0
"""Seconds between two looks: at what all participants see, and at everything."""


def watch(code: str, *, seen: int, what: Literal["steps", "version"], every: float) -> None:
    """Draw again when the room is no longer at the version that was seen. To be called at the end of a page, always."""
    drawn = False

    @st.fragment(run_every=every)
    def look() -> None:
        nonlocal drawn
        if not drawn:
            drawn = True  # this is the run that has just seen the room
            return
        from aipm.workshop.rooms import versions

        try:
            now = versions(database(), code)
        except Refusal:
            st.rerun()
        if getattr(now, what) != seen:
            st.rerun()

    look()
