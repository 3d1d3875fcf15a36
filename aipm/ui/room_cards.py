"""Cards: one field to write the next, one's own below it, to be changed or taken away as long as they are private."""

from typing import TYPE_CHECKING, cast

import streamlit as st

from aipm.content import number
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.room_labels import told_apart
from aipm.ui.room_parts import kept, written
from aipm.ui.room_texts import CardTexts, participant_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.commands import RewriteCard, TearCard, WriteCard
from aipm.workshop.giving import LONGEST_CARD
from aipm.workshop.specs import Cards, targets

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView, CardView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The fields of an open activity."""
    said, spec = participant_texts().cards, cast("Cards", view.spec)
    cards = view.mine.cards if view.mine is not None else ()
    editing = seat.key(f"{view.key}.editing")
    if len(cards) < spec.each:
        _new(view, seat, said)
    else:
        page.draw(page.quiet(said.full.format(most=spec.each)))
    page.draw(_count(cards, said), page.quiet(said.named if spec.named else said.unnamed))
    for place, card in enumerate(cards, start=1):
        if st.session_state.get(editing) == card.id:
            _edit(card, view, seat, said)
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=seat.key(f"{view.key}.card.{card.id}")):
            page.draw(_card(card, view))
            st.button(
                said.change,
                key=seat.key(f"{view.key}.change.{card.id}"),
                help=said.change_this.format(number=number.count(place)),
                type="tertiary",
                on_click=st.session_state.update,
                args=({editing: card.id},),
            )


def mine(view: "ActivityView") -> Html:
    """One's own cards, to be read again."""
    said = participant_texts().cards
    cards = view.mine.cards if view.mine is not None else ()
    return Html(f"<h3>{markup(said.mine)}</h3>{''.join(_card(each, view) for each in cards)}")


def _count(cards: "tuple[CardView, ...]", said: CardTexts) -> Html:
    if not cards:
        return page.quiet(said.none)
    return kept(said.one if len(cards) == 1 else said.many.format(count=len(cards)))


def _card(card: "CardView", view: "ActivityView") -> Html:
    names = targets(view.spec)
    about = " · ".join(each for each in (card.stage, names.get(card.tag or "")) if each)
    more = f"<small>{markup(about, limit=400)}</small>" if about else ""
    return Html(f'<div class="room-card">{written(card.text)}{more}</div>')


def _new(view: "ActivityView", seat: "Seat", said: CardTexts) -> None:
    text, stage, tag = (seat.key(f"{view.key}.new.{name}") for name in ("text", "stage", "tag"))

    def write() -> None:
        state = st.session_state
        command = WriteCard(activity=view.key, text=state[text], stage=state.get(stage), tag=state.get(tag))
        if _there_already(command, view, seat) or seat.send(command) is not None:
            state[text], state[tag] = "", None

    with st.form(seat.key(f"{view.key}.new"), border=False):
        _fields(view, said, text=text, stage=stage, tag=tag)
        st.form_submit_button(
            said.keep, key=seat.key(f"{view.key}.write"), type="primary", width="stretch", on_click=write
        )


def _there_already(command: WriteCard, view: "ActivityView", seat: "Seat") -> bool:
    """A second press on the same words, before the first was answered, writes no second card."""
    try:
        held = seat.view().activity(view.key).mine
    except (Refusal, KeyError):
        return False  # it has closed or gone in between, which the writing will say
    same = (command.text.strip(), command.stage, command.tag)
    return held is not None and same in {(each.text, each.stage, each.tag) for each in held.cards}


def _edit(card: "CardView", view: "ActivityView", seat: "Seat", said: CardTexts) -> None:
    text, stage, tag = (seat.key(f"{view.key}.edit.{card.id}.{name}") for name in ("text", "stage", "tag"))
    state = st.session_state
    for widget, value in ((text, card.text), (stage, card.stage), (tag, card.tag)):
        state.setdefault(widget, value)

    def leave() -> None:
        for widget in (text, stage, tag, seat.key(f"{view.key}.editing")):
            state.pop(widget, None)

    def keep() -> None:
        changed = RewriteCard(card=card.id, text=state[text], stage=state.get(stage), tag=state.get(tag))
        if seat.send(changed) is not None:
            leave()

    def tear() -> None:
        if seat.send(TearCard(card=card.id)) is not None:
            leave()

    with st.form(seat.key(f"{view.key}.edit.{card.id}")):
        _fields(view, said, text=text, stage=stage, tag=tag, label=said.changed)
        with st.container(horizontal=True):
            for name, label, act in (
                ("keep", said.keep_change, keep),
                ("tear", said.take_away, tear),
                ("leave", said.leave, leave),
            ):
                st.form_submit_button(
                    label,
                    key=seat.key(f"{view.key}.edit.{card.id}.{name}.press"),
                    type="primary" if name == "keep" else "secondary",
                    on_click=act,
                )


def _fields(
    view: "ActivityView", said: CardTexts, *, text: str, stage: str, tag: str, label: str | None = None
) -> None:
    spec = cast("Cards", view.spec)
    names, stages = told_apart(targets(spec)), told_apart({each: each for each in spec.stages})
    st.text_area(label or said.write, key=text, placeholder=said.placeholder, max_chars=LONGEST_CARD, height=96)
    if spec.stages:
        st.selectbox(
            said.stage,
            spec.stages,
            format_func=lambda each: stages[each],
            index=None,
            key=stage,
            placeholder=said.choose,
        )
    if names:
        st.selectbox(
            said.tag,
            tuple(names),
            format_func=lambda each: names[each],
            index=None,
            key=tag,
            placeholder=said.choose,
        )
