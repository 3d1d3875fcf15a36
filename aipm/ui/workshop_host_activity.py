"""One activity as the facilitator drives it: its state, how many have answered, the next step, and the way back."""

from dataclasses import dataclass

import streamlit as st

from aipm.ui import page, room_results, workshop_host_checks
from aipm.ui.fragments import LONG, join
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.workshop_host_bar import press_once
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import Command, Deal, NextRound, Step
from aipm.workshop.snapshot import ActivityView, RoomView
from aipm.workshop.specs import Checks, Dots, Scores
from aipm.workshop.texts import room_texts

AHEAD = {"draft": "open", "open": "close", "closed": "reveal", "revealed": "lock"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Something that can be done now."""

    name: str
    text: str
    command: Command


def presses(view: ActivityView, *, tables: int, ended: bool) -> tuple[Press | None, tuple[Press, ...]]:
    """The obvious next step, and what else can be done; nothing is asked of people after the end."""
    said = host_texts().activity

    def step(to: str, text: str) -> Press:
        return Press(name=f"{view.key}.{to}", text=text, command=Step(activity=view.key, to=to))

    names = {"open": said.open, "close": said.close, "reveal": said.reveal, "lock": said.lock}
    onward = AHEAD.get(view.state)
    ahead = None if onward is None or (ended and onward == "open") else step(onward, names[onward])
    others: list[Press] = []
    if not ended and view.state in ("closed", "revealed"):
        if isinstance(view.spec, Scores) and view.round < view.spec.rounds:
            again = Press(name=f"{view.key}.round", text=said.next_round, command=NextRound(activity=view.key))
            if view.state == "revealed" and ahead is not None:
                ahead, again = again, ahead
            others.append(again)
        others.append(step("reopen", said.reopen))
    if isinstance(view.spec, Checks) and tables and not ended and view.state != "locked":
        text = said.deal_again if view.spec.dealt else said.deal
        others.append(Press(name=f"{view.key}.deal", text=text, command=Deal(activity=view.key)))
    if view.state in said.back:
        others.append(step("back", said.back[view.state]))
    return ahead, tuple(others)


def draw(view: ActivityView, room: RoomView, seat: Seat) -> None:
    """The activity; what came out of it is drawn once it is closed."""
    ended = room.ended is not None
    ahead, others = presses(view, tables=len(room.tables), ended=ended)
    waits = _waits(view, room)
    with st.container(key=f"workshop-host-activity-{view.key}"):
        page.draw(_asked(view, room), *(page.quiet(each) for each in (*waits, *_remarks(view, room))))
        with st.container(key=f"workshop-host-steps-{view.key}", horizontal=True):
            if ahead is not None:
                how = press_once(room, seat, ahead.command, ahead.name)
                locks = ahead.command == Step(activity=view.key, to="lock")
                st.button(ahead.text, type="secondary" if locks else "primary", disabled=bool(waits), **how)
            for each in others:
                st.button(each.text, type="tertiary", **press_once(room, seat, each.command, each.name))
        workshop_host_checks.draw(view, room, seat)
        if view.state in ("closed", "revealed", "locked"):
            _came_out(view, seat)


def _asked(view: ActivityView, room: RoomView) -> Html:
    said, words = host_texts().activity, room_texts()
    kind = [words.kinds[view.kind].name, said.named if view.spec.named else said.anonymous]
    if isinstance(view.spec, Scores) and view.spec.rounds > 1:
        kind.append(said.round.format(round=view.round, rounds=view.spec.rounds))
    guess = "" if view.spec.guess is None or view.round > 1 else page.quiet(said.guess.format(guess=view.spec.guess))
    return Html(
        f'<div class="host-activity"><p class="host-kind">{markup(" · ".join(kind))}</p>'
        f"<h3>{markup(view.spec.title)} {state_of(view)}</h3>"
        f'<p class="asks">{markup(view.spec.question, limit=LONG)}</p>{guess}{_answered(view, room)}</div>'
    )


def state_of(view: ActivityView) -> Html:
    """The state as sign and word."""
    name = room_texts().states[view.state].name
    return Html(f'<span class="host-state is-{view.state}"><i></i>{markup(name)}</span>')


def _answered(view: ActivityView, room: RoomView) -> Html:
    if view.state == "draft":
        return Html("")
    share = 100 * min(1, view.answered / room.people) if room.people else 0
    line = host_texts().activity.answered.format(count=view.answered, people=room.people)
    return Html(
        f'<p class="host-answered">{markup(line)}</p><div class="host-share"><i style="width:{share:.0f}%"></i></div>'
    )


def _waits(view: ActivityView, room: RoomView) -> list[str]:
    """Why it cannot be opened yet."""
    source = view.spec.source if isinstance(view.spec, Dots) and view.state == "draft" else None
    if source is None or room.ended is not None:
        return []
    held = room.activity(source)
    if held.state in ("revealed", "locked"):
        return []
    return [host_texts().activity.needs_cards.format(title=held.spec.title)]


def _remarks(view: ActivityView, room: RoomView) -> list[str]:
    said = host_texts().activity
    if isinstance(view.spec, Checks) and not view.spec.dealt and view.state in ("draft", "open"):
        return [said.not_dealt if room.tables else said.no_tables]
    return []


def _came_out(view: ActivityView, seat: Seat) -> None:
    said = host_texts().activity
    lines = [page.quiet(said.only_you)] if view.state == "closed" else []
    page.draw(join([*lines, room_results.result(view)]))
    if view.kind in ("ideas", "premortem") and view.state != "locked":
        from aipm.ui import workshop_cards

        workshop_cards.draw(view, seat)
    if view.kind == "scores":
        from aipm.ui import workshop_what_if

        workshop_what_if.draw(view, seat)
