"""A participant's phone: where the room stands, what is open now with its fields, and what came out."""

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content.visible import visible
from aipm.tables import Refusal
from aipm.ui import clock, page, room_cards, room_guess, room_inputs, room_join, room_live, room_results, room_state
from aipm.ui.fragments import LONG
from aipm.ui.room_labels import told_apart
from aipm.ui.room_results_parts import shortened
from aipm.ui.room_state import Seat
from aipm.ui.room_texts import FrameTexts, participant_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.workshop.commands import Introduce
from aipm.workshop.specs import GUESS, Scores, targets

if TYPE_CHECKING:
    from aipm.workshop.snapshot import ActivityView, RoomView


def draw(seat: Seat) -> None:
    """The room as this seat sees it."""
    try:
        room = seat.view()
    except Refusal as problem:
        room_join.lost(problem, seat.code)
        return
    said = participant_texts().frame
    is_open = _open(room, seat) if room.ended is None else []
    page.draw(_head(room, len(is_open), said))
    room_state.refused()
    new = st.session_state.get(room_join.WELCOME) == room.code and room.ended is None
    if new:
        _welcome(room, seat, said)
    if not is_open and room.ended is None:
        page.draw(_waiting(room, said))
    for activity in is_open:
        _activity(activity, seat, said, open_now=True)
    for activity in room.activities:
        if activity not in is_open:
            _activity(activity, seat, said, open_now=False)
    if not new and room.ended is None:
        _you(room, seat, said)
    room_live.watch(room.code, seen=room.steps, what="steps", every=room_live.PARTICIPANT)


# Where the room stands


def _open(room: "RoomView", seat: Seat) -> "list[ActivityView]":
    """What is open; what opens later comes below, so that nobody who is typing loses the place."""
    found = {each.key: each for each in room.activities if each.state == "open"}
    order: list[str] = st.session_state.setdefault(seat.key("order"), [])
    order[:] = [*(each for each in order if each in found), *(each for each in found if each not in order)]
    return [found[each] for each in order]


def _head(room: "RoomView", count: int, said: FrameTexts) -> Html:
    lines = [f'<p class="room-title">{markup(room.title)}</p>']
    here = next((each for each in room.sheet if each.key == room.progress.phase), None)
    if room.ended is not None:
        lines.append(f'<h1>{markup(said.ended)}</h1><p class="quiet">{markup(said.ended_note, limit=LONG)}</p>')
    elif here is None:
        lines.append(f"<h1>{markup(said.not_begun)}</h1>")
    else:
        lines.append(f"<h1>{markup(said.phase.format(title=here.title), limit=LONG)}</h1>")
        lines.append(f'<p class="quiet">{_time(room, here.minutes, said)}</p>')
    if count > 1:
        lines.append(f'<p role="status">{markup(said.several.format(count=count))}</p>')
    return Html(f'<header class="room-head">{"".join(lines)}</header>')


def _time(room: "RoomView", planned: int, said: FrameTexts) -> Html:
    """When the phase ends: an hour stays true on a page that stands still, minutes left would not."""
    assert room.clock is not None
    minutes = max(0, planned + room.progress.extra.get(room.progress.phase or "", 0))
    if room.clock.left <= timedelta():
        return markup(said.over.format(minutes=minutes))
    ends = (clock.now() + room.clock.left).astimezone(clock.zone())
    return markup(said.until.format(minutes=minutes, time=f"{ends:%H:%M}"))


def _waiting(room: "RoomView", said: FrameTexts) -> Html:
    keys = [each.key for each in room.sheet]
    here = keys.index(room.progress.phase) + 1 if room.progress.phase in keys else 0
    coming = next((each for each in room.sheet[here:] if each.key not in room.progress.dropped), None)
    known = {each.key for each in room.activities}
    if not here:
        note = said.waiting_begin
    elif any(isinstance(each.spec, Scores) and each.round < each.spec.rounds for each in room.activities):
        note = said.waiting_note  # another round may come
    elif any(key not in known for key in room.sheet[here - 1].activities):
        note = said.waiting_here
    else:
        note = said.waiting_note if coming is None else said.waiting_next.format(title=coming.title)
    said_so = f"<h2>{markup(said.waiting)}</h2><p>{markup(note, limit=LONG)}</p>"
    return Html(f'<div class="room-waiting" role="status">{said_so}</div>')


# One activity


def _activity(view: "ActivityView", seat: Seat, said: FrameTexts, *, open_now: bool) -> None:
    page.draw(_title(view, said, open_now=open_now))
    if open_now:
        _fields(view, seat)
    elif view.outcome is not None:
        page.draw(_guessed(view, said), room_results.result(view))
    elif view.mine is not None and view.mine.cards:
        page.draw(room_cards.mine(view))


def _fields(view: "ActivityView", seat: Seat) -> None:
    """What can be given now: what somebody gives draws these fields again, and nothing else of the page."""
    drawn, refused = False, st.session_state.get(room_state.SAID)

    @st.fragment
    def fields() -> None:
        nonlocal drawn
        now: ActivityView | None = _still_open(view.key, seat) if drawn else view
        drawn = True
        if now is None or st.session_state.get(room_state.SAID) is not refused:
            st.rerun()  # the page above says what was refused, or shows what came of it
        room_inputs.draw(now, seat)
        room_guess.draw(now, seat)

    fields()


def _still_open(activity: str, seat: Seat) -> "ActivityView | None":
    try:
        found = seat.view(only=activity).activities
    except Refusal:
        return None
    return next((each for each in found if each.state == "open"), None)


def _title(view: "ActivityView", said: FrameTexts, *, open_now: bool) -> Html:
    shown = view.outcome is not None
    state = (
        said.open
        if open_now
        else said.closed
        if not shown
        else said.locked
        if view.state == "locked"
        else said.revealed
    )
    note = "" if open_now or shown else f'<p class="quiet">{markup(said.closed_note, limit=LONG)}</p>'
    return Html(
        f'<div class="room-activity"><h2>{markup(view.spec.title, limit=LONG)} '
        f'<small class="room-state{" is-open" if open_now else ""}">{markup(state)}</small></h2>'
        f'<p class="question">{markup(view.spec.question, limit=LONG)}</p>{note}</div>'
    )


def _guessed(view: "ActivityView", said: FrameTexts) -> Html:
    guess = view.mine.answers.get(GUESS) if view.mine is not None else None
    if guess is None or view.outcome is None:
        return Html("")
    found = view.outcome.result
    totals = getattr(found, "totals", ())
    names = targets(view.spec) or {each.target: each.name for each in totals if hasattr(each, "target")}
    if guess not in names:
        return Html("")
    form = said.guessed_right if guess in found.leading else said.guessed
    return Html(f"<p>{markup(form.format(guess=shortened(names[guess])), limit=LONG)}</p>")


# Who one is


def _welcome(room: "RoomView", seat: Seat, said: FrameTexts) -> None:
    with st.container(border=True, key=seat.key("welcome")):
        page.draw(
            Html(f"<h2>{markup(said.welcome)}</h2><p>{markup(said.seen, limit=LONG)}</p>"),
        )
        _introduce(room, seat, said)
        page.draw(Html(f"<p>{markup(said.own_link, limit=LONG)}</p>"))
        _own_link(seat)


def _you(room: "RoomView", seat: Seat, said: FrameTexts) -> None:
    me = room.me
    name = (me.name if me is not None else None) or said.no_name
    who = said.at_table.format(name=name, table=me.table) if me is not None and me.table else name
    with st.expander(said.you.format(who=markdown(who, limit=LONG)), key=seat.key("you")):
        _introduce(room, seat, said)
        page.draw(page.quiet(said.own_link), page.quiet(said.seen))
        _own_link(seat)


def _introduce(room: "RoomView", seat: Seat, said: FrameTexts) -> None:
    me = room.me
    name, table = seat.key("name"), seat.key("table")
    st.session_state.setdefault(name, (me.name if me is not None else None) or "")
    if st.session_state.get(table) not in room.tables:
        st.session_state[table] = me.table if me is not None else None

    def introduce() -> None:
        if seat.send(Introduce(name=st.session_state[name], table=st.session_state.get(table))) is not None:
            st.session_state.pop(room_join.WELCOME, None)

    with st.form(seat.key("introduce"), border=False):
        st.text_input(said.name, key=name, max_chars=60, autocomplete="name")
        if room.tables:
            names = told_apart({each: each for each in room.tables}, written=markdown)
            st.pills(said.table, room.tables, format_func=lambda each: names[each], key=table)
        with st.container(horizontal=True):
            st.form_submit_button(said.keep, key=seat.key("introduced"), type="primary", on_click=introduce)
            if st.session_state.get(room_join.WELCOME) == room.code:
                st.form_submit_button(
                    said.skip, key=seat.key("skip"), on_click=lambda: st.session_state.pop(room_join.WELCOME, None)
                )


def _own_link(seat: Seat) -> None:
    link = f"{st.context.url or ''}?room={seat.code}&me={seat.token}"
    st.code(visible(link, limit=LONG), language=None, wrap_lines=True)
