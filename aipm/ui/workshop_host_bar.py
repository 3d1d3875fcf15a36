"""What always stands on top of the console: the phase, its time, how late the whole is, and who is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import ceil
from typing import Any

import streamlit as st

from aipm.ui import page
from aipm.ui.clock import now, zone
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import Begin, Command, DropPhase, Extend, NextPhase, PreviousPhase, Resume
from aipm.workshop.runsheet import Phase, clock
from aipm.workshop.snapshot import RoomView

EVERY = 10.0
"""Seconds between two looks at the clock: time moves without the room's version."""
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the room stands at one moment, in words. `over`: the phase has no time left; `late`: nor has the whole."""

    where: str
    title: str
    time: str = ""
    until: str = ""
    whole: str = ""
    over: bool = False
    late: bool = False
    drop: tuple[Phase, ...] = ()


def standing(view: RoomView, at: datetime, place: tzinfo) -> Standing:
    """Of the room at this moment, in clock times of this place."""
    said = host_texts().bar
    if view.ended is not None:
        return Standing(where=said.ended.format(time=of_day(view.ended, place)), title=said.ended_more)
    found = clock(view.sheet, view.progress, at)
    if found is None:
        minutes = sum(each.minutes for each in view.sheet)
        return Standing(where=said.not_begun, title=said.not_begun_more.format(count=len(view.sheet), minutes=minutes))
    number = number_of(view)
    over, behind = found.left <= timedelta(), round(found.behind / MINUTE)
    whole = said.late if behind > 0 else said.early if behind < 0 else said.in_time
    return Standing(
        where=said.phase.format(number=number, count=len(view.sheet)),
        title=view.sheet[number - 1].title,
        time=_over(-found.left) if over else _left(found.left),
        until=(said.until_was if over else said.until).format(time=of_day(at + found.left, place)),
        whole=whole.format(minutes=abs(behind), time=of_day(found.ends, place)),
        over=over,
        late=behind > 0,
        drop=found.drop if behind > 0 else (),
    )


def of_day(moment: datetime, place: tzinfo) -> str:
    """To the nearest minute, as clocks of this place show it."""
    return f"{(moment + MINUTE / 2).astimezone(place):%H:%M}"


def number_of(view: RoomView) -> int:
    """The place of the present phase in the run-sheet, from 1; 0 before the beginning."""
    return next((place for place, each in enumerate(view.sheet, start=1) if each.key == view.progress.phase), 0)


def press_once(view: RoomView, seat: Seat, command: Command, name: str) -> dict[str, Any]:
    """Arguments of a button for a step that is taken once from what is seen now, however often it is pressed.

    Two who lead the room, or a finger that presses twice, go on by one phase and not by two.
    """

    def pressed() -> None:
        seat.send(command, client_key=f"{view.steps}.{name}"[:80])

    return {"on_click": pressed, "key": seat.key(f"host.{name}")}


def draw(view: RoomView, seat: Seat) -> None:
    """The bar, with its presses. Its words move with the time by themselves."""
    place = zone()
    drawn = standing(view, now(), place)
    with st.container(key="workshop-host-bar"):
        _moving(view, drawn, place)
        with st.container(key="workshop-host-presses", horizontal=True):
            _presses(view, seat)
        if drawn.drop:
            with st.container(key="workshop-host-drop", horizontal=True):
                page.draw(Html(f"<p>{markup(host_texts().bar.drop)}</p>"))
                for each in drawn.drop:
                    text = host_texts().bar.drop_press.format(title=each.title, minutes=each.minutes)
                    press = press_once(view, seat, DropPhase(phase=each.key), f"drop.{each.key}")
                    st.button(markdown(text), **press)


def _moving(view: RoomView, drawn: Standing, place: tzinfo) -> None:
    """The words, again every few seconds; where other presses belong to them by now, the whole page is drawn again."""

    @st.fragment(run_every=EVERY)
    def words() -> None:
        found = standing(view, now(), place)
        if (found.whole, found.drop) != (drawn.whole, drawn.drop):
            st.rerun()
        page.draw(_words(found, view))

    words()


def _words(found: Standing, view: RoomView) -> Html:
    time = ""
    if found.time:
        sign, kind = ('<span class="sign"></span>', " is-gap") if found.over else ("", "")
        until = f'<span class="until">{markup(found.until)}</span>'
        time = f'<p class="time{kind}">{sign}<b>{markup(found.time)}</b> {until}</p>'
    late = '<span class="sign"></span>' if found.late else ""
    whole = f'<p class="whole{" is-gap" if found.late else ""}">{late}{markup(found.whole)}</p>' if found.whole else ""
    return Html(
        f'<div class="host-bar"><p class="phase"><b>{markup(found.where)}</b> {markup(found.title)}</p>'
        f"{time}{whole}{_there(view)}</div>"
    )


def _there(view: RoomView) -> Html:
    """How many are in the room, and how many have answered what is open: never who."""
    said = host_texts().bar
    many = {0: said.nobody, 1: said.one}.get(view.people, said.people.format(count=view.people))
    opened = [each for each in view.activities if each.state == "open"]
    lines = [f'<span class="many">{markup(many)}</span>']
    if opened:
        first = opened[0]
        lines.append(f"<span>{markup(said.answered.format(count=first.answered, title=first.spec.title))}</span>")
        if opened[1:]:
            lines.append(f"<span>{markup(said.more_open.format(count=len(opened) - 1))}</span>")
    elif view.clock is not None and view.ended is None:
        lines.append(f"<span>{markup(said.nothing_open)}</span>")
    return Html(f'<p class="there">{" ".join(lines)}</p>')


def _presses(view: RoomView, seat: Seat) -> None:
    said = host_texts().bar
    if view.ended is not None:
        st.button(said.resume, type="primary", **press_once(view, seat, Resume(), "resume"))
        return
    if view.progress.phase is None:
        st.button(said.begin, type="primary", **press_once(view, seat, Begin(), "begin"))
        return
    number = number_of(view)
    kept = [each.key not in view.progress.dropped for each in view.sheet]
    last = not any(kept[number:])
    st.button(
        said.back,
        icon=":material/arrow_back:",
        help=said.back_help,
        disabled=not any(kept[: number - 1]),
        **press_once(view, seat, PreviousPhase(), "back"),
    )
    for minutes, text, more in ((-5, said.shorter, said.shorter_help), (5, said.longer, said.longer_help)):
        st.button(text, help=more, key=seat.key(f"host.extend.{minutes}"), **seat.press(Extend(minutes=minutes)))
    st.button(
        said.next,
        icon=":material/arrow_forward:",
        help=said.last_help if last else said.next_help,
        type="primary" if _through(view) and not last else "secondary",
        disabled=last,
        **press_once(view, seat, NextPhase(), "next"),
    )


def _through(view: RoomView) -> bool:
    """Whether everything of the present phase has been shown: then the obvious next step is the next phase."""
    here = view.sheet[number_of(view) - 1].activities
    return all(each.state in ("revealed", "locked") for each in view.activities if each.key in here)


def _left(span: timedelta) -> str:
    """In words, rounded up; a second, by which two clocks may differ, does not count."""
    said = host_texts().bar
    return said.left_last if span <= MINUTE else said.left.format(minutes=ceil((span - SECOND) / MINUTE))


def _over(span: timedelta) -> str:
    said = host_texts().bar
    return said.over_first if span < MINUTE else said.over.format(minutes=int(span / MINUTE))
