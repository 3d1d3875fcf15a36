"""Opening what was saved on this page before: a canvas, a journey or an order."""

import streamlit as st

from aipm.mapping.canvas import Canvas
from aipm.mapping.exports import from_json
from aipm.mapping.journey import Journey
from aipm.tables import Refusal
from aipm.ui import mapper_canvas, mapper_journey, mapper_order, page
from aipm.ui.mapper_state import PAGE, held, hold, show, take_up
from aipm.ui.mapper_texts import MapperPage
from aipm.ui.state import key


def reopen(text: MapperPage) -> None:
    """Open what was saved here, and show it."""
    widget = key(PAGE, "saved")

    def opened() -> None:
        file = st.session_state[widget]
        hold("opened", None if file is None else _open(file.getvalue()))

    with st.expander(text.open.title, icon=":material/folder_open:"):
        page.draw(page.quiet(text.open.sentence))
        st.file_uploader(text.open.label, key=widget, on_change=opened)
    match held("opened", None):
        case Refusal() as refusal:
            page.refused(text.open.refused, refusal)
        case str() as kind:
            page.draw(page.quiet(text.open.done[kind]))


def _open(data: bytes) -> str | Refusal:
    """What kind of thing it was, taken up; or why not."""
    try:
        thing = from_json(data)
    except Refusal as refusal:
        return refusal
    if isinstance(thing, Canvas):
        mapper_canvas.put(thing)
        take_up(thing.pain or "")
        return "canvas"
    if isinstance(thing, Journey):
        mapper_journey.take(thing)
        show("journey")
        return "journey"
    mapper_order.take(thing)
    show("order")
    return "order"
