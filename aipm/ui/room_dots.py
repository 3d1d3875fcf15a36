"""Dots: every target is a row to press; what is placed can be taken back."""

from typing import TYPE_CHECKING, cast

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.room_parts import kept
from aipm.ui.room_texts import DotTexts, participant_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.workshop.commands import PutDot, TakeDot, UndoDot
from aipm.workshop.specs import Dots

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The fields of an open activity."""
    said, spec = participant_texts().dots, cast("Dots", view.spec)
    placed = dict(view.mine.dots) if view.mine is not None else {}
    left = (view.mine.dots_left if view.mine is not None else None) or 0
    if not view.targets:
        page.draw(page.quiet(said.nothing))
        return
    page.draw(_state(view, placed, left, said))
    for target, name in view.targets.items():
        number = placed.get(target, 0)
        with st.container(horizontal=True, wrap=False, gap="small"):
            st.button(
                f"{'●' * number} {markdown(' '.join(name.split()), limit=LONG)}".strip(),
                key=seat.key(f"{view.key}.put.{target}"),
                width="stretch",
                wrap=True,
                disabled=left <= 0 or (number > 0 and not spec.several),
                **seat.press(PutDot(activity=view.key, target=target)),
            )
            if number:
                st.button(
                    "",
                    icon=":material/remove:",
                    help=said.take,
                    key=seat.key(f"{view.key}.take.{target}"),
                    **seat.press(TakeDot(activity=view.key, target=target)),
                )
    if placed:
        st.button(
            said.undo,
            icon=":material/undo:",
            type="tertiary",
            key=seat.key(f"{view.key}.undo"),
            **seat.press(UndoDot(activity=view.key)),
        )


def _state(view: "ActivityView", placed: dict[str, int], left: int, said: DotTexts) -> Html:
    spec = cast("Dots", view.spec)
    counted = said.left.format(left=left, each=spec.each) if left > 0 else said.none_left.format(each=spec.each)
    dots = f'<span class="room-dots" aria-hidden="true"><b>{"●" * (spec.each - left)}</b>{"○" * max(left, 0)}</span>'
    how = "" if left <= 0 else said.press_several if spec.several else said.press
    line = kept(said.placed.format(count=spec.each - left)) if placed else Html("")
    return Html(f"<p>{dots} {markup(counted)} {markup(how, limit=LONG)}</p>{line}")
