"""The page Room: join by a code, take part by one's own token, or show the room on the big screen."""

import streamlit as st

from aipm.ui.room_state import Seat


def draw() -> None:
    """`room` in the address is the code, `me` a participant's token, `screen` the presenter's."""
    from aipm.workshop.codes import normalised

    asked = st.query_params
    typed = asked.get("room", "")
    code = normalised(typed) or typed
    if code and (token := asked.get("screen")):
        from aipm.ui import room_screen

        room_screen.draw(Seat(code=code, token=token))
    elif code and (token := asked.get("me")):
        from aipm.ui import room_take_part

        room_take_part.draw(Seat(code=code, token=token))
    else:
        from aipm.ui import room_join

        room_join.draw(code)
