"""What if other weights counted: totals of the scores, live; nothing is written into the room."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import number
from aipm.content.number import NONE
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.workshop_after_texts import after_texts

if TYPE_CHECKING:
    from aipm.workshop.scores import ScoresResult
    from aipm.workshop.snapshot import ActivityView

LARGEST = 100
"""Points of a slider, of which only the proportion counts."""


def draw(view: "ActivityView", seat: Seat) -> None:
    """Sliders over the weights of a scored activity."""
    from aipm.workshop.scores import ScoresResult

    result = None if view.outcome is None else view.outcome.result
    if not isinstance(result, ScoresResult):
        return
    said = after_texts().what_if
    page.draw(Html(f'<h3 class="further">{markup(said.title)}</h3>'))
    if not any(result.means.values()):
        page.draw(page.quiet(said.none))
        return
    _sliders(result, seat, view.key)


@st.fragment
def _sliders(result: "ScoresResult", seat: Seat, activity: str) -> None:
    """A fragment: a slider that moves draws nothing else again."""
    said = after_texts().what_if
    total = sum(result.weights.values())
    start = {key: round(LARGEST * weight / total) for key, weight in result.weights.items()}
    even = len(set(start.values())) == 1
    page.draw(page.quiet(f"{said.sentence} {said.even if even else said.room}"))
    names = {key: seat.key(f"{activity}.what_if.{key}") for key in start}
    for row in range(0, len(start), 2):
        for column, key in zip(st.columns(2, gap="medium"), list(start)[row : row + 2], strict=False):
            with column:
                st.session_state.setdefault(names[key], start[key])
                st.slider(markdown(result.criteria[key]), 0, LARGEST, step=1, key=names[key], persist_state="session")
    now = {key: float(st.session_state[name]) for key, name in names.items()}

    def again() -> None:
        st.session_state.update({names[key]: points for key, points in start.items()})

    st.button(said.again, key=seat.key(f"{activity}.what_if.again"), icon=":material/restart_alt:", on_click=again)
    if not any(now.values()):
        page.draw(page.quiet(said.zero))
        return
    _answer(result, now)


def _answer(result: "ScoresResult", now: Mapping[str, float]) -> None:
    """Who comes first with these weights, the totals, and how far each weight would have to go."""
    from aipm.workshop.entries import leading
    from aipm.workshop.scores import swings, with_weights

    said = after_texts().what_if
    totals = with_weights(result.means, now)
    first = leading({key: round(each, 9) for key, each in totals.items()})
    left = [result.candidates[key] for key in result.candidates if key not in totals]
    if not first:
        page.draw(page.quiet(said.incomplete.format(names=_named(left))))
        return
    names = _named([result.candidates[key] for key in first])
    if len(first) > 1:
        told, sign = said.tie.format(names=names), "is-inconclusive"
    elif set(first) == set(result.leading) or not result.leading:
        told, sign = said.same.format(first=names), "is-within-tolerance"
    else:
        before = _named([result.candidates[key] for key in result.leading])
        told, sign = said.changes.format(now=names, before=before), "is-gap"
    found = swings(result.means, now)
    nearest = min(
        (each for each in found if each.at is not None), key=lambda each: abs((each.at or 0) - each.share), default=None
    )
    more = said.firm if found else ""
    if nearest is not None and nearest.first is not None:
        more = said.nearest.format(
            name=_quoted(result.criteria[nearest.criterion]),
            now=number.rate(nearest.share),
            at=number.rate(nearest.at),
            first=_quoted(result.candidates[nearest.first]),
        )
    missing = f"<p>{markup(said.incomplete.format(names=_named(left)), limit=LONG)}</p>" if left else ""
    page.draw(
        Html(
            f'<div class="answer {sign}" role="status"><p>{markup(told, limit=LONG)}</p>'
            f"<p>{markup(more, limit=LONG)}</p>{missing}</div>"
        )
    )
    page.draw(_totals(result, totals))
    if found:
        page.draw(Html(f"<h4>{markup(said.swing)}</h4>"))
        rows = [
            (
                result.criteria[each.criterion],
                number.rate(each.share),
                number.rate(each.at),
                result.candidates[each.first] if each.first else NONE,
            )
            for each in found
        ]
        columns = [Column(name=name, number=place in (1, 2)) for place, name in enumerate(said.swing_columns)]
        page.draw(table(columns, rows, caption=said.swing_sentence))


def _totals(result: "ScoresResult", totals: Mapping[str, float]) -> Html:
    said = after_texts().what_if
    rows = []
    for key in sorted(totals, key=lambda each: -totals[each]):
        place = 1 + sum(round(other, 9) > round(totals[key], 9) for other in totals.values())
        before = result.totals.get(key)
        change = NONE if before is None else _signed(totals[key] - before)
        rows.append(
            (
                result.candidates[key],
                str(place),
                f"{totals[key]:.2f}",
                NONE if before is None else f"{before:.2f}",
                change,
            )
        )
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.columns)]
    return table(columns, rows, caption=said.table)


def _signed(change: float) -> str:
    text = f"{abs(change):.2f}"
    return text if text == "0.00" else f"{'+' if change > 0 else number.MINUS}{text}"


def _named(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f"“{name}”"
