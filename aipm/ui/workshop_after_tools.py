"""What a room found, into the tools: one press each, with what it changes said before, and the way back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec
import streamlit as st

from aipm.content import number
from aipm.governance.fields import MOST
from aipm.governance.gates import Gates
from aipm.governance.register import Register
from aipm.mapping.exports import from_json
from aipm.mapping.journey import Journey
from aipm.selection.needs import Needs, need_texts
from aipm.tables import Refusal
from aipm.ui import clock, governance_state, page
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.state import key
from aipm.ui.workshop_after_texts import ToolTexts, after_texts
from aipm.workshop import merging
from aipm.workshop.hand_over import hand_overs, weighed
from aipm.workshop.record import Record

Tool = Literal["model_scorer", "use_case_mapper", "lifecycle", "ethics"]
VIEWS: dict[Tool, str] = {
    "model_scorer": "model",
    "use_case_mapper": "journey",
    "lifecycle": "gates",
    "ethics": "register",
}
"""The view of each page that shows what was taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a tool can take up. `before` says what will change; `take` None: it is there, or cannot be; then `undo`
    brings back what was there before, where that can be had.
    """

    tool: Tool
    before: Sequence[str]
    take: Callable[[], None] | None = None
    undo: Callable[[], None] | None = None
    done: bool = False


def draw(found: Record, seat: Seat, *, version: int) -> None:
    """A part a tool, of those for which there is anything."""
    said = after_texts().tools
    page.section(said.title, sentence=said.sentence)
    today = clock.today()
    plain = once("workshop", "handed", (seat, version, today), lambda: hand_overs(found, today=today))
    makers: dict[Tool, Callable[[Record, Any], Offer]] = {
        "model_scorer": _weights,
        "use_case_mapper": _pains,
        "lifecycle": _gates,
        "ethics": _register,
    }
    if not plain:
        page.draw(page.quiet(said.nothing))
    for tool, make in makers.items():
        if tool in plain:
            _draw(make(found, plain[tool]), seat)


def _draw(offer: Offer, seat: Seat) -> None:
    said = after_texts().tools
    texts = _words(offer.tool)
    lines = "".join(f'<p class="quiet">{markup(line, limit=LONG)}</p>' for line in offer.before)
    sign = f'<span class="verdict is-within-tolerance"><span class="sign"></span>{markup(said.done)}</span>'
    told = f'<p role="status">{sign}</p>' if offer.done else lines
    page.draw(Html(f"<h3 class='further'>{markup(texts.title)}</h3>{told}"))
    with st.container(horizontal=True, vertical_alignment="center", key=f"workshop-after-tool-{offer.tool}"):
        if offer.take is not None:
            st.button(
                texts.press,
                key=seat.key(f"after.tool.{offer.tool}"),
                icon=":material/move_item:",
                on_click=offer.take,
            )
        if offer.undo is not None:
            st.button(
                said.undo,
                key=seat.key(f"after.undo.{offer.tool}"),
                icon=":material/undo:",
                on_click=offer.undo,
            )
        page.link(offer.tool, texts.link, view=VIEWS[offer.tool])


def _words(tool: Tool) -> ToolTexts:
    found: ToolTexts = getattr(after_texts().tools, tool)
    return found


def _weights(found: Record, plain: Any) -> Offer:
    """Of several activities the last one that anybody answered, as the hand-over takes it."""
    from aipm.ui import scorer_needs, scorer_undo
    from aipm.ui.scorer_address import held_needs
    from aipm.ui.scorer_state import held
    from aipm.ui.scorer_weighting import weighing

    words = _words("model_scorer")
    kept = [each for each in found.activities if each.answered and each.kind == "weights"][-1]
    given = weighed(kept, plain)
    unknown = ", ".join(given.unknown)
    if not given.order:
        return Offer(tool="model_scorer", before=[words.none.format(names=unknown)])
    asked = need_texts().questions
    names = ", ".join(need_texts().criteria[name].name for key in given.order for name in asked[key].criteria)
    before = [(words.before if given.people else words.mean).format(people=number.count(given.people), names=names)]
    if unknown:
        before.append(words.left.format(names=unknown))
    try:
        needs = scorer_needs.needs()
    except Refusal:
        needs = Needs()
    wanted = replace(needs, order=given.order)
    told = words.told.format(room=found.title)

    def take() -> None:
        scorer_undo.take({**held_needs(wanted), "weighing": given.weighing}, told=told)

    done = weighing() == given.weighing and needs.order == given.order
    taken: scorer_undo.Taken | None = held("taken", None)
    back = scorer_undo.undo if done and taken is not None and taken.told == told else None
    return Offer(tool="model_scorer", before=before, take=None if done else take, undo=back, done=done)


def _pains(found: Record, plain: Any) -> Offer:
    del found
    from aipm.ui import mapper_journey
    from aipm.ui.mapper_state import held, journeys, show

    words = _words("use_case_mapper")
    journey = from_json(json.dumps(plain))
    assert isinstance(journey, Journey)
    there = journeys().get(mapper_journey.MINE)
    before = [words.before.format(pains=number.count(len(journey.pains)))]
    if there is not None and there.pains:
        before.append(words.replaces.format(pains=number.count(len(there.pains))))

    def take() -> None:
        mapper_journey.take(journey)
        show("journey")

    done = there == journey
    earlier: Journey | None = held("journey.before", None)

    def undo() -> None:
        if earlier is not None:
            mapper_journey.take(earlier)

    return Offer(
        tool="use_case_mapper",
        before=before,
        take=None if done else take,
        undo=undo if done and earlier is not None else None,
        done=done,
    )


def _gates(found: Record, plain: Any) -> Offer:
    del found
    words, new = _words("lifecycle"), msgspec.convert(plain, Gates)
    there = governance_state.form(Gates)
    changed = merging.gates(new, into=there)
    done = sum(each.done for each in new.items)
    told = words.before.format(
        count=number.count(len(new.items)), done=number.count(done), open=number.count(len(new.items) - done)
    )
    return _form("lifecycle", [told], there, changed)


def _register(found: Record, plain: Any) -> Offer:
    del found
    words, there = _words("ethics"), governance_state.form(Register)
    made = merging.register(msgspec.convert(plain, Register), into=there)
    told = [words.before.format(added=number.count(made.added), changed=number.count(made.changed))]
    if made.left:
        told.append(words.full.format(count=number.count(made.left), most=number.count(MOST)))
    return _form("ethics", told, there, made.register)


def _form(tool: Tool, before: Sequence[str], there: Any, changed: Any) -> Offer:
    """A form of the session; one step back brings back what stood in it, as long as nothing else has changed since."""
    done, took = changed == there, key("workshop", f"took.{tool}")

    def take() -> None:
        governance_state.put(changed)
        st.session_state[took] = governance_state.kept().forms

    return Offer(
        tool=tool,
        before=before,
        take=None if done else take,
        undo=governance_state.undo if done and st.session_state.get(took) is governance_state.kept().forms else None,
        done=done,
    )
