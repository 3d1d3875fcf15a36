"""The end, early or not, the way back from it, and what the workshop leaves behind."""

import streamlit as st

from aipm.ui import page, workshop_after
from aipm.ui.clock import zone
from aipm.ui.room_state import Seat
from aipm.ui.workshop_host_bar import of_day, press_once
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import End, Resume
from aipm.workshop.snapshot import RoomView


def draw(view: RoomView, seat: Seat) -> None:
    """Files first: there are some at any time. The end asks once whether it is meant."""
    said = host_texts().after
    if view.ended is not None:
        page.section(said.title, sentence=said.ended.format(time=of_day(view.ended, zone())))
        st.button(said.resume, **press_once(view, seat, Resume(), "after.resume"))
    else:
        page.section(said.title, sentence=said.sentence)
        with st.popover(said.end, icon=":material/stop_circle:"):
            opened = sum(each.state == "open" for each in view.activities)
            lines = [said.sure.format(people=view.people)]
            if opened:
                lines.append(said.sure_one if opened == 1 else said.sure_open.format(count=opened))
            page.draw(*map(page.quiet, lines))
            st.button(said.confirm, type="primary", **press_once(view, seat, End(), "end"))
    workshop_after.draw(seat)
