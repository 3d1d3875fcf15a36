"""Joining a room by its code: one press where the link holds it, one field where it does not."""

from collections.abc import Callable
from typing import Literal, cast

import streamlit as st

from aipm.tables import Refusal
from aipm.ui import brief_state, page, room_state
from aipm.ui.room_texts import JoinTexts, participant_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key
from aipm.workshop import codes

TYPED, WELCOME = key("room", "code"), key("room", "welcome")
"""The field, and the code of the room that this session has just come into."""
_JOINED = key("room", "joined")
_TRIED = key("room", "tried")
"""The code that was refused last."""
Kind = Literal["primary", "secondary", "tertiary"]


def draw(code: str) -> None:
    """`code`: as the address says it, or empty. Of the room itself nothing is told before somebody is in."""
    said = participant_texts().join
    page.draw(Html(f"<h1>{markup(said.title)}</h1>"))
    problem = st.session_state.get(room_state.SAID)
    if isinstance(problem, Refusal):
        _refused(problem, code, said)
    elif codes.normalised(code) == code:
        _ready(code, said)
    else:
        if code:
            page.refused("", Refusal("no_such_code", said.not_a_code, advice=said.not_a_code_advice))
        _ask(said)
    page.draw(page.quiet(said.lead))
    page.link("workshop", said.lead_link)


def _refused(problem: Refusal, code: str, said: JoinTexts) -> None:
    """Why, with the code that it is about: it stands nowhere else, as it leads nowhere."""
    tried = st.session_state.get(_TRIED)
    page.refused(said.ready.format(code=codes.shown(tried)) if tried else "", problem)
    if not tried or tried != code or problem.code == "no_such_code":
        _ask(said)
    else:
        _press(said.try_again, lambda: join(code), name="again")
        _press(said.another, _another, name="another", kind="tertiary")


def lost(refusal: Refusal, code: str) -> None:
    """A link that leads nowhere: why, and the way in."""
    said = participant_texts().join
    page.draw(Html(f"<h1>{markup(said.title)}</h1>"))
    page.refused(said.lost, refusal)
    if refusal.code == "no_token":
        page.draw(_named(code, said))
        _press(said.press, lambda: join(code, anew=True), name="anew")
    elif refusal.code != "no_room":
        _press(said.try_again, lambda: None, name="again")
    _press(said.another, _another, name="another", kind="tertiary")


def join(typed: str, *, anew: bool = False) -> None:
    """Into the room, and the own token into the address; pressed twice it is one person, unless `anew`.

    To be called in a callback.
    """
    from aipm.workshop import rooms

    joined = _joined()
    code = codes.normalised(typed)
    if code is None or code not in joined or anew:
        try:
            found = rooms.join(room_state.database(), typed, address=brief_state.origin())
        except Refusal as problem:
            st.session_state[room_state.SAID], st.session_state[_TRIED] = problem, code
            return
        code, joined[found.code] = found.code, found.token
        st.session_state[WELCOME] = code
    st.session_state.pop(room_state.SAID, None)
    st.query_params.from_dict({"room": code, "me": joined[code]})


def _ready(code: str, said: JoinTexts) -> None:
    note = said.here if code in _joined() else said.ready_note
    page.draw(_named(code, said), Html(f"<p>{markup(note, limit=400)}</p>"))
    if code in _joined():
        _press(said.resume, lambda: join(code), name="resume")
        _press(said.anew, lambda: join(code, anew=True), name="anew", kind="secondary")
    else:
        _press(said.press, lambda: join(code), name="join")
    _press(said.another, _another, name="another", kind="tertiary")


def _named(code: str, said: JoinTexts) -> Html:
    return Html(f'<p class="room-code">{markup(said.ready.format(code=codes.shown(code)))}</p>')


def _ask(said: JoinTexts) -> None:
    page.draw(Html(f"<p>{markup(said.ask, limit=400)}</p>"))
    with st.form(key("room", "ask"), border=False):
        st.text_input(said.field, key=TYPED, placeholder=said.placeholder, max_chars=20, autocomplete="off")
        st.form_submit_button(
            said.press,
            key=key("room", "go"),
            type="primary",
            width="stretch",
            on_click=lambda: join(st.session_state[TYPED] or ""),
        )


def _another() -> None:
    """Callback: nothing is left of this code."""
    st.session_state.pop(room_state.SAID, None)
    st.query_params.clear()


def _press(label: str, act: Callable[[], None], *, name: str, kind: Kind = "primary") -> None:
    st.button(label, key=key("room", name), type=kind, width="stretch", on_click=act)


def _joined() -> dict[str, str]:
    """Tokens by code that this session was given: a press on Back, or a second press on Join, finds the place again."""
    return cast("dict[str, str]", st.session_state.setdefault(_JOINED, {}))
