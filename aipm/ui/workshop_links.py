"""The code and the links of a room, how long it is kept, and its end for good: for who leads it."""

from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import day
from aipm.content.visible import visible
from aipm.tables import Refusal
from aipm.ui import clock, page, room_state, workshop_start_mine
from aipm.ui.fragments import LONG, outward
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.state import key
from aipm.ui.workshop_links_address import Base, base, image_of
from aipm.ui.workshop_texts import page_texts

if TYPE_CHECKING:
    from aipm.workshop.snapshot import RoomView

DELETED = key("workshop", "deleted")


def draw(seat: Seat, view: "RoomView") -> None:
    """Everything by which people come to the room, then what becomes of it."""
    text, here, screen = page_texts().links, base(), st.query_params.get("screen")
    page.draw(code_and_image(view.code, here))
    if not here.url:
        page.draw(page.quiet(text.no_address))
    elif here.local:
        page.draw(Html(f'<div class="answer refused"><p>{markup(text.local, limit=LONG)}</p></div>'))
    _link(text.join, text.join_help, here.join(view.code))
    if screen:
        at = here.screen(view.code, screen)
        _link(text.screen, text.screen_help, at)
        page.draw(Html(f"<p>{outward(at, text.screen_open)}</p>"))
    else:
        page.draw(Html(f"<h3>{markup(text.screen)}</h3>"), page.quiet(text.no_screen))
    page.draw(Html(f"<h3>{markup(text.host)}</h3>"), page.quiet(text.host_help))
    if st.toggle(text.host_show, key=seat.key("links.host")):
        _copied(here.host(view.code, seat.token, screen))
    _kept(seat, view)
    _deleted(seat, view)
    st.button(
        text.leave,
        key=seat.key("links.leave"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=workshop_start_mine.leave,
    )


def code_and_image(code: str, here: Base) -> Html:
    """The code, large, spelled, and as a QR code where the address is known."""
    from aipm.workshop.codes import shown

    text = page_texts().links
    image = ""
    if here.url:
        image = image_of(here.join(code), said=text.scan.format(address=here.shown))
    return Html(
        f'<div class="room-links">{image}<div><p class="eyebrow">{markup(text.code)}</p>'
        f'<p class="code">{markup(shown(code))}</p>'
        f'<p class="quiet">{markup(text.aloud.format(signs=" ".join(code)))}</p></div></div>'
    )


def said_deleted() -> None:
    """That a room was deleted, once."""
    said = st.session_state.pop(DELETED, None)
    if said:
        page.draw(Html(f'<div class="answer" role="status"><p>{markup(said, limit=LONG)}</p></div>'))


def _link(name: str, help_: str, at: str) -> None:
    page.draw(Html(f"<h3>{markup(name)}</h3>"), page.quiet(help_))
    _copied(at)


def _copied(at: str) -> None:
    """An address with a button to copy it."""
    st.code(visible(at, limit=LONG), language=None, wrap_lines=True)


def _kept(seat: Seat, view: "RoomView") -> None:
    from aipm.workshop.commands import Keep
    from aipm.workshop.rooms import KEEP_DAYS

    text, days = page_texts().links, seat.key("links.days")
    until = day.in_full(view.expires.astimezone(clock.zone()).date())
    page.draw(Html(f"<h3>{markup(text.until.format(day=until))}</h3>"))
    st.session_state.setdefault(days, KEEP_DAYS)
    st.number_input(text.days, min_value=1, max_value=365, step=1, key=days)
    st.button(text.keep, key=seat.key("links.keep"), **seat.press(lambda: Keep(days=int(st.session_state[days]))))


def _deleted(seat: Seat, view: "RoomView") -> None:
    from aipm.workshop.codes import shown
    from aipm.workshop.rooms import delete

    text = page_texts().links

    def gone() -> None:
        try:
            clean = delete(room_state.database(), seat.code, seat.token)
        except Refusal as problem:
            st.session_state[room_state.SAID] = problem
            return
        st.session_state[DELETED] = (text.deleted if clean else text.deleted_soon).format(code=shown(view.code))
        workshop_start_mine.opened().pop(seat.code, None)
        workshop_start_mine.leave()

    page.draw(Html(f"<h3>{markup(text.delete)}</h3>"), page.quiet(text.delete_help))
    sure = st.checkbox(text.delete_sure, key=seat.key("links.sure"))
    st.button(text.delete, key=seat.key("links.delete"), disabled=not sure, on_click=gone)
