"""The page Workshop: open a room, find it again, or lead it by the facilitator's token."""

import streamlit as st

from aipm.ui import workshop_start_mine
from aipm.ui.room_state import Seat


def draw() -> None:
    """`room` in the address is the code, `host` the facilitator's token, `screen` that of its big screen."""
    asked = st.query_params
    if not asked.get("room") and not asked.get("host"):
        workshop_start_mine.come_back()
    code, token = asked.get("room"), asked.get("host")
    if code and token:
        from aipm.ui import workshop_host

        workshop_start_mine.remember(code, workshop_start_mine.Opened(host=token, screen=asked.get("screen")))
        workshop_host.draw(Seat(code=code, token=token))
    else:
        from aipm.ui import workshop_start

        workshop_start.draw()
