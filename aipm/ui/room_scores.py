"""Scores in two rounds: all options by one criterion at a time, so that they are compared by the same thing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.ui.page import draw as show
from aipm.ui.page import quiet
from aipm.ui.room_answer import choose, form, give, progress, said
from aipm.ui.room_answer_texts import answer_texts
from aipm.ui.room_labels import LONGEST
from aipm.ui.safe import Html, markup
from aipm.ui.state import shows
from aipm.workshop.giving import LONGEST_NOTE
from aipm.workshop.scores import DISSENT, item
from aipm.workshop.specs import Scores

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView

AT_ONCE = 400
"""Answers in one command; it takes 500."""


def draw(view: "ActivityView", seat: "Seat") -> None:
    """One criterion with its options, the way to the others, and a note by whoever sees it otherwise."""
    with form(seat, view.key):
        _scores(view, seat)


def _scores(view: "ActivityView", seat: "Seat") -> None:
    spec, texts = view.spec, answer_texts().scores
    assert isinstance(spec, Scores)
    given = {} if view.mine is None else view.mine.answers
    missing = {
        each.key: tuple(row.key for row in spec.candidates if item(view.round, row.key, each.key) not in given)
        for each in spec.criteria
    }
    count = len(spec.candidates) * len(spec.criteria)
    done = count - sum(map(len, missing.values()))
    full = done == count
    progress(
        texts.progress.format(done=done, count=count),
        done / max(1, count),
        state="full" if full else "short",
        key=seat.key(view.key),
    )
    if view.round > 1:
        _from_before(view, seat, given, rest=done > 0)
    _criterion(view, seat, given, missing)
    if full:
        said(texts.done.format(count=count), done=True)
    _dissent(view, seat, given.get(DISSENT))


def _from_before(view: "ActivityView", seat: "Seat", given: dict[str, Any], *, rest: bool) -> None:
    """In the second round: what one gave in the first can stand."""
    texts = answer_texts().scores
    show(quiet(texts.second))
    pairs = {each.partition("/")[2]: value for each, value in given.items() if each.startswith("1/")}
    again = {pair: value for pair, value in pairs.items() if f"{view.round}/{pair}" not in given}
    if again:
        st.button(
            texts.same_rest if rest else texts.same,
            key=seat.key(f"{view.key}.same"),
            width="stretch",
            on_click=_give_all,
            args=(view, seat, again),
        )


def _give_all(view: "ActivityView", seat: "Seat", values: dict[str, Any]) -> None:
    pairs = list(values.items())
    for start in range(0, len(pairs), AT_ONCE):
        if not give(seat, view.key, dict(pairs[start : start + AT_ONCE])):
            return


def _criterion(view: "ActivityView", seat: "Seat", given: dict[str, Any], missing: dict[str, tuple[str, ...]]) -> None:
    spec, texts = view.spec, answer_texts().scores
    assert isinstance(spec, Scores)
    at, open_ones = seat.key(f"{view.key}.{view.round}.at"), [key for key, rows in missing.items() if rows]
    keys = tuple(missing)
    here = st.session_state.setdefault(at, open_ones[0] if open_ones else keys[0])
    place = keys.index(here)
    name = next(each.name for each in spec.criteria if each.key == here)
    step = texts.place.format(place=place + 1, count=len(keys))
    head = f'<p class="eyebrow">{markup(step)}</p><h3>{markup(name, limit=LONGEST)}</h3>'
    show(
        Html(f'<div class="room-criterion">{head}</div>'),
        quiet(texts.scale.format(low=spec.low, high=spec.high)),
    )
    numbers = {str(each): str(each) for each in range(spec.low, spec.high + 1)}
    for row in spec.candidates:
        before = given.get(item(1, row.key, here)) if view.round > 1 else None
        now = given.get(item(view.round, row.key, here))
        choose(
            row.name if before is None else texts.row.format(name=row.name, score=before),
            numbers,
            key=seat.key(f"{view.key}.{view.round}.{row.key}.{here}"),
            given=None if now is None else str(now),
            keep=_keeper(view, seat, f"{row.key}/{here}"),
            look="numbers",
        )

    def go(key: str) -> None:
        st.session_state[at] = key

    with st.container(key=seat.key(f"{view.key}.answer-steps"), horizontal=True):
        if place > 0:
            st.button(texts.back, key=f"{at}.back", on_click=go, args=(keys[place - 1],))
        if place + 1 < len(keys):
            kind: Any = "secondary" if missing[here] else "primary"
            st.button(texts.next, key=f"{at}.next", on_click=go, args=(keys[place + 1],), type=kind)
        elif open_ones and open_ones != [here]:
            st.button(texts.missing, key=f"{at}.next", on_click=go, args=(open_ones[0],), type="primary")


def _keeper(view: "ActivityView", seat: "Seat", pair: str) -> Callable[[str | None], object]:
    return lambda chosen: give(seat, view.key, {pair: None if chosen is None else int(chosen)})


def _dissent(view: "ActivityView", seat: "Seat", given: str | None) -> None:
    texts, key = answer_texts().scores, seat.key(f"{view.key}.dissent")

    def written(note: str) -> None:
        give(seat, view.key, {DISSENT: note.strip() or None})

    with st.container(key=f"{key}.answer-note"):
        st.text_area(
            texts.dissent,
            max_chars=LONGEST_NOTE,
            height=96,
            **shows(key, given or "", written, start={"value": given or ""}),
        )
    show(quiet(texts.dissent_how if given is None else f"{texts.dissent_kept} {texts.dissent_how}"))
