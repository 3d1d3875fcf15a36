"""The run-sheet: every phase with its minutes, what has been, what is to come, and what is left out."""

from datetime import datetime, timedelta

import streamlit as st

from aipm.ui import page
from aipm.ui.clock import now, zone
from aipm.ui.fragments import LONG
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.workshop_host_bar import number_of, of_day, press_once
from aipm.ui.workshop_host_texts import Place, host_texts
from aipm.workshop.commands import DropPhase, RestorePhase
from aipm.workshop.runsheet import Phase
from aipm.workshop.snapshot import RoomView


def draw(view: RoomView, seat: Seat) -> None:
    """A phase a row; those to come can be left out, and taken back in."""
    said = host_texts().sheet
    dropped = sum(each.key in view.progress.dropped for each in view.sheet)
    sentence = (said.sentence_dropped if dropped else said.sentence).format(
        count=len(view.sheet), minutes=sum(each.minutes for each in view.sheet), dropped=dropped
    )
    page.section(said.title, sentence=sentence)
    starts = beginnings(view, now())
    for number, phase in enumerate(view.sheet, start=1):
        place = place_of(view, phase, number)
        with st.container(key=f"workshop-host-row-{phase.key}", horizontal=True):
            page.draw(_row(view, phase, number, place, starts.get(phase.key)))
            if view.ended is not None:
                continue
            if place == "coming":
                how = press_once(view, seat, DropPhase(phase=phase.key), f"sheet.drop.{phase.key}")
                st.button(markdown(said.drop.format(title=phase.title)), type="tertiary", **how)
            elif place == "dropped":
                how = press_once(view, seat, RestorePhase(phase=phase.key), f"sheet.restore.{phase.key}")
                st.button(markdown(said.restore.format(title=phase.title)), type="tertiary", **how)


def place_of(view: RoomView, phase: Phase, number: int) -> Place:
    """Where the phase, the so-manyth of the sheet, stands."""
    here = number_of(view)
    if number == here:
        return "here"
    if phase.key in view.progress.dropped:
        return "dropped"
    return "past" if number < here else "coming"


def beginnings(view: RoomView, at: datetime) -> dict[str, datetime]:
    """When each phase to come begins, if everything takes as long as planned; nothing before the beginning."""
    if view.clock is None or view.ended is not None:
        return {}
    moment, found = at + max(view.clock.left, timedelta()), {}
    for number, phase in enumerate(view.sheet, start=1):
        if place_of(view, phase, number) == "coming":
            found[phase.key] = moment
            moment += timedelta(minutes=_planned(view, phase))
    return found


def _planned(view: RoomView, phase: Phase) -> int:
    return max(0, phase.minutes + view.progress.extra.get(phase.key, 0))


def _row(view: RoomView, phase: Phase, number: int, place: Place, starts: datetime | None) -> Html:
    said = host_texts().sheet
    planned = _planned(view, phase)
    if place == "past":
        took = round(view.progress.spent.get(phase.key, 0) / 60)
        length = said.took.format(took=took, planned=phase.minutes)
    elif planned != phase.minutes:
        length = said.minutes_changed.format(minutes=planned, planned=phase.minutes)
    else:
        length = said.minutes.format(minutes=phase.minutes)
    parts = [said.states[place], length]
    if starts is not None:
        parts.append(said.starts.format(time=of_day(starts, zone())))
    more = said.instead.format(instead=phase.instead) if place == "dropped" and phase.instead else phase.result
    current = ' aria-current="step"' if place == "here" else ""
    return Html(
        f'<div class="host-row is-{place}"{current}><p class="title"><span class="place">{number}</span>'
        f'{markup(phase.title)}</p><p class="when"><b>{markup(parts[0])}</b> · {markup(" · ".join(parts[1:]))}</p>'
        f'<p class="quiet">{markup(more, limit=LONG)}</p></div>'
    )
