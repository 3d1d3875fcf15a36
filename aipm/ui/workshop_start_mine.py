"""The rooms that a session has led: remembered as long as it lasts, and gone to by their links."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs

import streamlit as st

from aipm.content import day
from aipm.tables import Refusal
from aipm.ui import brief_state, clock, page, room_state
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import SHOWN, key
from aipm.ui.workshop_texts import page_texts

if TYPE_CHECKING:
    from aipm.workshop.snapshot import RoomView

ROOMS, LINK, NO_LINK = key("workshop", "rooms"), key("workshop", "link"), key("workshop", "no_link")
LEADING = key("workshop", "leading")
"""The code of the room that is being led: whoever looks at another page comes back into it."""
LONGEST_LINK = 500
"""Characters of an address that somebody pastes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The tokens of a room; that of the big screen may not be known."""

    host: str
    screen: str | None


def opened() -> dict[str, Opened]:
    """By code, the one that was led last at the end."""
    return cast("dict[str, Opened]", st.session_state.setdefault(ROOMS, {}))


def remember(code: str, tokens: Opened) -> None:
    known = opened().pop(code, None)
    if known is not None and known.host == tokens.host and tokens.screen is None:
        tokens = known
    opened()[code] = tokens
    st.session_state[LEADING] = code


def come_back() -> None:
    """From another page into the room that is being led, if there is one. The browser goes back to the start."""
    code = st.session_state.get(LEADING)
    if code in opened() and st.session_state.get(SHOWN) != "workshop":
        lead(code, opened()[code])


def lead(code: str, tokens: Opened) -> None:
    """Go to the facilitator's page of a room. To be called before the page is drawn."""
    screen = {"screen": tokens.screen} if tokens.screen else {}
    _go({"room": code, "host": tokens.host, **screen})


def leave() -> None:
    """Back to the start. To be called in a callback."""
    forget()
    _go({})


def forget() -> None:
    """No room is being led any more."""
    st.session_state.pop(LEADING, None)


def _go(to: dict[str, str]) -> None:
    """To this address at once: written part by part, each part would be a step on the browser's way back."""
    st.query_params.from_dict({**to, **brief_state.along()})


def rooms() -> None:
    """What became of them, and the way back into each. Without any, nothing."""
    from aipm.workshop.codes import shown

    there = [(code, tokens, view) for code, tokens in opened().items() if (view := _view(code, tokens)) is not None]
    if not there:
        return
    text = page_texts().mine
    page.section(text.title, sentence=text.sentence)
    for code, tokens, view in reversed(there):
        with st.container(key=f"workshop-mine-{code}"):
            page.draw(Html(f"<h3>{markup(view.title)}</h3><p class='quiet'>{markup(facts(view))}</p>"))
            st.button(
                text.back.format(code=markdown(shown(code))),
                key=key("workshop", f"lead.{code}"),
                icon=":material/arrow_forward:",
                on_click=lead,
                args=(code, tokens),
            )


def facts(view: "RoomView") -> str:
    """Where a room stands, in one line."""
    text = page_texts().mine
    phase = next((each.title for each in view.sheet if each.key == view.progress.phase), None)
    state = text.ended if view.ended else text.coming if phase is None else text.running.format(phase=phase)
    people = {0: text.nobody, 1: text.person}.get(view.people, text.people.format(count=view.people))
    until = day.day(view.expires.astimezone(clock.zone()).date())
    return text.facts.format(state=state, people=people, day=until)


def by_link() -> None:
    """Coming back by the facilitator's link, and what else somebody may have come here for."""
    text = page_texts().link
    problem = st.session_state.pop(NO_LINK, None)
    with st.expander(text.title, expanded=isinstance(problem, Refusal)):
        page.draw(*(Html(f"<p>{markup(each, limit=LONGEST_LINK)}</p>") for each in text.sentences))
        st.text_input(text.field, key=LINK, max_chars=LONGEST_LINK, autocomplete="off")
        st.button(text.go, key=key("workshop", "go"), on_click=_follow)
        if isinstance(problem, Refusal):
            page.refused("", problem)
    page.link("room", text.join)


def _follow() -> None:
    """Into the room that the pasted link names, if it lets one lead it."""
    pasted = str(st.session_state.get(LINK, "")).strip()
    st.session_state[LINK] = ""  # a secret does not stay in a field
    asked = parse_qs(pasted.partition("?")[2].partition("#")[0])
    code, host, screen = (asked.get(name, [""])[0] for name in ("room", "host", "screen"))
    said = page_texts().link.no_link
    wrong = Refusal("no_link", said.message, advice=said.advice)
    try:
        role = Seat(code=code, token=host).view().role if code and host else None
    except Refusal as problem:
        role, wrong = None, problem
    if role != "facilitator":
        st.session_state[NO_LINK] = wrong
        return
    lead(code, Opened(host=host, screen=screen or None))


def _view(code: str, tokens: Opened) -> "RoomView | None":
    """None where it has expired, was deleted, or the token is none of a facilitator's."""
    try:
        view = Seat(code=code, token=tokens.host).view()
    except Refusal as problem:
        if problem.code not in {"no_room", "no_token"}:
            st.session_state[room_state.SAID] = problem
        return None
    return view if view.role == "facilitator" else None
