"""Weights: a hundred points over the criteria, kept once they add up; or the criteria in an order."""

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from aipm.ui.page import draw as show
from aipm.ui.page import quiet
from aipm.ui.room_answer import form, give, progress, said
from aipm.ui.room_answer_texts import answer_texts
from aipm.ui.room_labels import LONGEST
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import shows
from aipm.workshop.specs import POINTS, Weights, targets
from aipm.workshop.weights import ITEM

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView

STEP = 5


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The points or the order, filled with what was given or is being tried."""
    spec = view.spec
    assert isinstance(spec, Weights)
    given = None if view.mine is None else view.mine.answers.get(ITEM)
    names = targets(spec)
    with form(seat, view.key):
        if spec.way == "order":
            _order(view, seat, names, given)
        else:
            _points(view, seat, names, given)


def evenly(points: dict[str, int]) -> dict[str, int]:
    """What is left of the hundred shared out: over those that have nothing, or over all where none has nothing.

    Where there are too many, all are reduced in proportion. The sum is always a hundred, in whole points.
    """
    total = sum(points.values())
    if total > POINTS:
        return _whole({key: value * POINTS / total for key, value in points.items()})
    bare = [key for key, value in points.items() if not value] or list(points)
    rest = POINTS - total
    return _whole({key: value + (rest / len(bare) if key in bare else 0) for key, value in points.items()})


def _whole(shares: dict[str, float]) -> dict[str, int]:
    """Whole points with the same sum: the largest remainders are rounded up, the first ones first."""
    found = {key: int(share + 1e-9) for key, share in shares.items()}
    by_rest = sorted(shares, key=lambda key: found[key] - shares[key])
    return {key: value + (key in by_rest[: POINTS - sum(found.values())]) for key, value in found.items()}


def _points(view: "ActivityView", seat: "Seat", names: dict[str, str], given: dict[str, int] | None) -> None:
    texts, draft = answer_texts().weights, seat.key(f"{view.key}.draft")
    kept = given or dict.fromkeys(names, 0)
    now: dict[str, int] = st.session_state.get(draft, kept)
    fields = {
        key: shows(
            seat.key(f"{view.key}.points.{key}"), now[key], lambda _points: put(typed()), start={"value": now[key]}
        )
        for key in names
    }
    left = POINTS - sum(now.values())

    def typed() -> dict[str, int]:
        """What stands in the fields at this moment: two presses can come in one run."""
        return {key: st.session_state[field["key"]] or 0 for key, field in fields.items()}

    def put(points: dict[str, int]) -> None:
        """Kept for good once it adds up, until then in this session."""
        if points == kept or (sum(points.values()) == POINTS and give(seat, view.key, {ITEM: points})):
            st.session_state.pop(draft, None)
        else:
            st.session_state[draft] = points

    def clear() -> None:
        if given is not None:
            give(seat, view.key, {ITEM: None})
        put(dict.fromkeys(names, 0))

    word = texts.full if not left else (texts.left if left > 0 else texts.over).format(count=abs(left))
    state: Literal["short", "full", "over"] = "full" if not left else "short" if left > 0 else "over"
    progress(word, 1 - left / POINTS, state=state, key=seat.key(view.key))
    with st.container(key=seat.key(f"{view.key}.answer-points"), gap="xsmall"):
        for key, field in fields.items():
            st.number_input(markdown(names[key], limit=LONGEST), 0, POINTS, step=STEP, **field)
    with st.container(key=seat.key(f"{view.key}.answer-acts"), horizontal=True):
        if left:
            label = texts.even if left > 0 else texts.fit
            st.button(label, key=seat.key(f"{view.key}.even"), on_click=lambda: put(evenly(typed())))
        if given is not None and now != given:
            st.button(texts.back, key=seat.key(f"{view.key}.back"), on_click=put, args=(kept,))
        if any(now.values()):
            st.button(texts.clear, key=seat.key(f"{view.key}.clear"), on_click=clear, type="tertiary")
    if left or given is None:
        said(texts.not_yet if given is None else texts.earlier, done=False)
    else:
        said(answer_texts().kept, done=True)
    show(quiet(texts.how))


def _order(view: "ActivityView", seat: "Seat", names: dict[str, str], given: list[str] | None) -> None:
    texts = answer_texts().order
    ways = {"upward": texts.up, "downward": texts.down}
    now = given or list(names)

    def keep(value: Any) -> None:
        give(seat, view.key, {ITEM: value})

    show(quiet(texts.first))
    with st.container(key=seat.key(f"{view.key}.answer-order")):
        for place, key in enumerate(
            now
        ):  # no box around a row: what is pressed keeps the focus when rows change places
            show(Html(f'<p class="placed"><b>{place + 1}.</b> {markup(names[key], limit=LONGEST)}</p>'))
            for icon, other in (("upward", place - 1), ("downward", place + 1)):
                st.button(
                    ways[icon].format(name=markdown(names[key], limit=LONGEST)),
                    key=seat.key(f"{view.key}.{icon}.{key}"),
                    icon=f":material/arrow_{icon}:",
                    disabled=not 0 <= other < len(now),
                    on_click=keep,
                    args=(_swapped(now, place, other),),
                )
    with st.container(key=seat.key(f"{view.key}.answer-acts"), horizontal=True):
        if given is None:
            st.button(texts.keep, key=seat.key(f"{view.key}.keep"), on_click=keep, args=(now,), type="primary")
        else:
            st.button(texts.take_back, key=seat.key(f"{view.key}.clear"), on_click=keep, args=(None,), type="tertiary")
    said(answer_texts().nothing if given is None else answer_texts().kept, done=given is not None)


def _swapped(order: list[str], place: int, other: int) -> list[str]:
    found = list(order)
    if 0 <= other < len(order):
        found[place], found[other] = found[other], found[place]
    return found
