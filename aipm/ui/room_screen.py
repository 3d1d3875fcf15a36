"""The room on the big screen: how to join, what is asked, how many have answered, what came out. Nothing to press."""

from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING

import streamlit as st

from aipm.tables import Refusal
from aipm.ui import clock, room_live
from aipm.ui.fragments import LONG
from aipm.ui.room_results_parts import shortened
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.workshop_links_address import base, image_of
from aipm.ui.workshop_texts import page_texts

if TYPE_CHECKING:
    from aipm.workshop.snapshot import ActivityView, RoomView

EVERY, TICK = 2.0, 10.0
"""Seconds between two looks at the room, and at the clock."""
TOLD = frozenset({"revealed", "locked"})
FOR_GOOD = frozenset({"no_room", "no_token", "no_screen"})
"""Refusals that do not pass. After any other, such as a store that does not answer, the screen comes back by itself."""
NEVER = -1
"""No room was ever at this version."""
ROOM_FOR, ROOMY, AROUND = 560, 260, 8
"""Characters of options or cards that are listed while they can be chosen: more could not be read from the last row.
Up to ROOMY they stand large; around each there are as many again as AROUND.
"""
MANY, VERY_MANY, AROUND_CARD = 800, 2_600, 30
"""Characters on cards from which on they stand smaller, so that all of them are on the screen; and around each card."""
LONG_QUESTION = 80
"""Characters that fit on two lines in the largest type."""
LISTED = frozenset({"dots", "poll", "weights", "scores"})
"""Kinds whose options help to talk about the question; those of the others stand on the phones alone."""


def draw(seat: Seat) -> None:
    """The room by the token of its big screen."""
    try:
        view = seat.view()
        if view.role != "presenter":
            said = page_texts().screen
            raise Refusal("no_screen", said.wrong, advice=said.wrong_next)  # noqa: TRY301 - said as the room's own are
    except Refusal as problem:
        _put("wrong", _refused(problem))
        if problem.code not in FOR_GOOD:
            room_live.watch(seat.code, seen=NEVER, what="version", every=EVERY)
        return
    _top(view)
    _put("main", _main(view))
    room_live.watch(seat.code, seen=view.version, what="version", every=EVERY)


def _put(part: str, inside: Html) -> None:
    """Not as a page draws it: nobody presses a word of the big screen for its meaning."""
    st.html(f'<div class="aipm screen {part}">{inside}</div>')


def _refused(problem: Refusal) -> Html:
    text = page_texts().screen
    return Html(
        f'<div role="alert"><h1>{markup(problem.message)}</h1><p class="lead">{markup(problem.advice, limit=LONG)}</p>'
        f'<p><a href="room" target="_self">{markup(text.to_join)}</a></p></div>'
    )


# What stands on top


def joining(view: "RoomView") -> bool:
    """Whether the whole screen is for those who come in: nobody is there yet, or it is early and nothing was asked."""
    early = view.progress.phase in {None, view.sheet[0].key if view.sheet else None}
    return view.ended is None and (view.people == 0 or (early and not view.activities))


def _top(view: "RoomView") -> None:
    """The clock goes on while the room stays as it is, so what it stands in is drawn by itself."""
    running = view.clock is not None and view.ended is None
    ends = clock.now() + view.clock.left if running and view.clock is not None else None

    told = view.ended is None and any(each.state in TOLD for each in to_show(view))
    part = "top slim" if told else "top"  # what came out needs the room

    @st.fragment(run_every=TICK)
    def tick() -> None:
        corner = "" if joining(view) or view.ended else _corner(view)
        title = f'<h1 class="screen-title">{markup(view.title)}</h1>'
        _put(part, Html(f"<header><div>{title}{_phase(view, ends, clock.now())}</div>{corner}</header>"))

    tick()


def _corner(view: "RoomView") -> Html:
    """The code for those who come late."""
    from aipm.workshop.codes import shown

    text, here = page_texts().screen, base()
    small = text.join_small.format(address=here.shown) if here.url else text.join_steps_bare[0]
    return Html(
        f'<div class="corner"><div><p class="where">{markup(small)}</p>{_code(view.code, shown(view.code))}'
        f"<p>{markup(_people(view.people))}</p></div>{_image(view.code)}</div>"
    )


def _code(code: str, shown: str) -> Html:
    said = page_texts().screen.code.format(signs=" ".join(code))
    return Html(
        f'<p class="code"><span aria-hidden="true">{markup(shown)}</span><span class="unseen">{markup(said)}</span></p>'
    )


def _image(code: str) -> Html:
    here = base()
    return image_of(here.join(code), said=page_texts().screen.scan) if here.url else Html("")


def _people(count: int) -> str:
    text = page_texts().screen
    return {0: text.nobody, 1: text.person}.get(count, text.people.format(count=count))


def _phase(view: "RoomView", ends: datetime | None, now: datetime) -> Html:
    if ends is None:
        return Html("")
    text = page_texts().screen
    sheet = [each for each in view.sheet if each.key not in view.progress.dropped]
    number = next((place for place, each in enumerate(sheet, start=1) if each.key == view.progress.phase), 0)
    left, over = remaining(ends, now), ends <= now
    until = "" if over else text.until.format(time=f"{ends.astimezone(clock.zone()):%H:%M}")
    title = next((each.title for each in sheet if each.key == view.progress.phase), "")
    return Html(
        f'<p class="phase"><span class="quiet">{markup(text.phase.format(number=number, count=len(sheet)))}</span> '
        f'<strong>{markup(title)}</strong></p><p class="left{" is-over" if over else ""}">'
        f'<strong>{markup(left)}</strong> <span class="quiet">{markup(until)}</span></p>'
    )


def remaining(ends: datetime, now: datetime) -> str:
    """What is left until then, in whole minutes as they are begun."""
    text, seconds = page_texts().screen, (ends - now).total_seconds()
    if seconds <= 0:
        return text.over
    return text.left_last if seconds < 60 else text.left.format(minutes=-int(-seconds // 60))


# What stands below it


def _main(view: "RoomView") -> Html:
    text = page_texts().screen
    if joining(view):
        return _join(view)
    shown = to_show(view)
    if view.ended is not None:
        ended = f'<h2 class="question">{markup(text.ended)}</h2><p class="lead">{markup(text.thanks)}</p>'
        told = _results(shown)
        return Html(ended + told) if told else _middle(ended)
    if not shown:
        return _middle(_between(view))
    if shown[0].state == "open":
        return _middle("".join(_open(each, view.people, alone=len(shown) == 1) for each in shown))
    if shown[0].state == "closed":
        return _middle("".join(_closed(each) for each in shown))
    return _results(shown)


def _middle(inside: str) -> Html:
    return Html(f'<div class="middle">{inside}</div>')


def to_show(view: "RoomView") -> "tuple[ActivityView, ...]":
    """What the room looks at: what is open, else what was closed, else what was revealed, else what is locked."""
    for state in ("open", "closed", "revealed", "locked"):
        if found := tuple(each for each in view.activities if each.state == state):
            return found
    return ()


def _join(view: "RoomView") -> Html:
    from aipm.workshop.codes import shown

    text, here = page_texts().screen, base()
    steps = [each.format(address=here.shown) for each in text.join_steps] if here.url else text.join_steps_bare
    said = "".join(f"<p>{markup(each)}</p>" for each in steps)
    return Html(
        f'<div class="join"><div><h2 class="question">{markup(text.join_title)}</h2>'
        f'<div class="steps">{said}</div>{_code(view.code, shown(view.code))}'
        f'<p class="count" role="status">{markup(_people(view.people))}</p></div>{_image(view.code)}</div>'
    )


def _between(view: "RoomView") -> Html:
    """A phase in which nothing is asked, or not yet."""
    text = page_texts().screen
    phase = next((each for each in view.sheet if each.key == view.progress.phase), None)
    if phase is None:
        return Html(f'<h2 class="question">{markup(text.coming)}</h2>')
    return Html(
        f'<h2 class="question">{markup(phase.title)}</h2>'
        f'<p class="quiet">{markup(text.outcome)}</p><p class="lead">{markup(phase.result)}</p>'
    )


def _open(each: "ActivityView", people: int, *, alone: bool) -> Html:
    text, spec = page_texts().screen, each.spec
    long = " is-long" if len(spec.question) > LONG_QUESTION or _room(each) > ROOMY else ""
    size = f"question{long}" if alone else "question beside-others"
    more = (
        f'<p class="guess">{markup(text.guess.format(question=spec.guess), limit=LONG)}</p>'
        if spec.guess and each.round == 1
        else ""
    )
    # round two of scores is told apart: the question is the same
    number = f" · {text.round.format(number=each.round)}" if each.round > 1 else ""
    return Html(
        f'<section class="asked"><p class="eyebrow">{markup(spec.title)}{markup(number)}</p>'
        f'<h2 class="{size}">{markup(spec.question, limit=LONG)}</h2>{_targets(each) if alone else ""}{more}'
        f"{_answered(each.answered, people)}</section>"
    )


def _room(each: "ActivityView") -> int:
    """What the names of all that can be chosen take, in characters; 0 where they are not listed."""
    return sum(len(shortened(name)) + AROUND for name in each.targets.values()) if each.kind in LISTED else 0


def _targets(each: "ActivityView") -> Html:
    """What can be chosen, as far as it can be read from the last row."""
    room = _room(each)
    if not room:
        return Html("")
    names = [shortened(name) for name in each.targets.values()]
    shown = sum(end <= ROOM_FOR for end in accumulate(len(name) + AROUND for name in names))
    items = "".join(f"<li>{markup(name)}</li>" for name in names[:shown])
    left = len(names) - shown
    more = f"<li>{markup(page_texts().screen.more.format(count=left))}</li>" if left else ""
    return Html(f'<ul class="options{" many" if room > ROOMY else ""}">{items}{more}</ul>')


def _answered(count: int, people: int) -> Html:
    text = page_texts().screen
    line = (text.answered if count <= people else text.answered_people).format(count=count, people=people)
    share = min(100, round(100 * count / people)) if people else 0
    return Html(
        f'<div class="answered"><p class="count">{markup(line)}</p>'
        f'<div class="meter" aria-hidden="true"><i style="width: {share}%"></i></div></div>'
    )


def _closed(each: "ActivityView") -> Html:
    text = page_texts().screen
    said = text.answered_people.format(count=each.answered)
    return Html(
        f'<section class="asked"><p class="eyebrow">{markup(each.spec.title)}</p>'
        f'<h2 class="question">{markup(text.closed)}</h2><p class="lead">{markup(text.waiting)}</p>'
        f'<p class="count">{markup(said)}</p></section>'
    )


def _results(shown: "tuple[ActivityView, ...]") -> Html:
    from aipm.ui.room_results import result

    seen = [each for each in shown if each.state in TOLD]
    if not seen:
        return Html("")
    parts = "".join(
        f'<section><h2>{markup(each.spec.title)}</h2><p class="quiet">{markup(each.spec.question, limit=LONG)}</p>'
        f'<div class="big">{result(each)}</div></section>'
        for each in seen
    )
    written = sum(len(card.text) + AROUND_CARD for each in seen for card in each.cards)
    size = " very" if written > VERY_MANY else " many" if written > MANY else ""
    return Html(f'<div class="shown of-{min(len(seen), 3)}{size}">{parts}</div>')
