"""The facilitator's console: time and people on top, the present phase below, everything else a press away."""

import streamlit as st

from aipm.tables import Refusal
from aipm.ui import address, brief_state, page, room_live, room_state, workshop_host_bar, workshop_start_mine
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.workshop_host_texts import Turn, host_texts
from aipm.workshop.snapshot import RoomView


def draw(seat: Seat) -> None:
    """The room as its facilitator leads it; a clear refusal for whoever holds another token, or none of this room."""
    address.arrive("workshop")
    try:
        view = seat.view()
    except Refusal as problem:
        _not_leading(seat, problem)
        return
    if view.role != "facilitator":
        texts = host_texts().not_leading
        _not_leading(seat, Refusal("not_yours", texts.message, advice=texts.advice))
        return
    said = host_texts()
    page.draw(
        Html(
            f'<div class="host-head"><p class="eyebrow">{markup(said.eyebrow.format(code=view.code))}</p>'
            f"<h1>{markup(view.title)}</h1></div>"
        )
    )
    workshop_host_bar.draw(view, seat)
    room_state.refused()
    with st.container(key="workshop-host-turns"):
        turn = address.turns("workshop", "turn", said.label, said.turns)
    with st.container(key=f"workshop-host-turn-{turn}"):
        _turn(turn, view, seat)
    room_live.watch(seat.code, seen=view.version, what="version", every=room_live.HOST)


def _turn(turn: Turn, view: RoomView, seat: Seat) -> None:
    match turn:
        case "now":
            from aipm.ui import workshop_host_now

            workshop_host_now.draw(view, seat)
        case "sheet":
            from aipm.ui import workshop_host_sheet

            workshop_host_sheet.draw(view, seat)
        case "people":
            from aipm.ui import workshop_host_people

            workshop_host_people.draw(view, seat)
        case "activities":
            from aipm.ui import workshop_host_activities

            workshop_host_activities.draw(view, seat)
        case "links":
            from aipm.ui import workshop_links

            workshop_links.draw(seat, view)
        case "after":
            from aipm.ui import workshop_host_end

            workshop_host_end.draw(view, seat)


def _not_leading(seat: Seat, problem: Refusal) -> None:
    texts = host_texts().not_leading
    workshop_start_mine.forget()
    page.header("workshop")
    page.refused("", problem)
    if problem.code != "no_room":
        page.link("room", texts.join, room=seat.code)
    with st.container(key="workshop-host-elsewhere"):
        along = brief_state.along()
        address.goes("workshop", texts.start, along, name="start", icon=":material/arrow_forward:", whole=True)
