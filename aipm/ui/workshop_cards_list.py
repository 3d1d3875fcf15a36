"""The cards of an activity for the facilitator: found by words, a page at a time, each with what can be done."""

from collections.abc import Mapping, Sequence

import streamlit as st

from aipm.content import number
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import shows
from aipm.ui.workshop_after_texts import CardsTexts, Show, after_texts
from aipm.workshop.cards import Group
from aipm.workshop.commands import Hide, Tag, Unmerge
from aipm.workshop.commands import Show as Unhide
from aipm.workshop.entries import Card

PER_PAGE = 8
NO_TAG = ""
"""Chosen like a tag: a box with nothing in it would ask for something to be put there."""


def listed(
    activity: str, cards: Sequence[Card], together: Sequence[Group], tags: Mapping[str, str], seat: Seat
) -> None:
    """`tags`: by key; where there are none, nothing can be tagged."""
    said = after_texts().cards
    page.draw(Html(f"<h4>{markup(said.all)}</h4>"))

    def first_page() -> None:
        st.session_state[seat.key(f"{activity}.page")] = 0

    options: list[Show] = [each for each in said.show if each != "untagged" or tags]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show: Show = st.segmented_control(
            said.show_label,
            options,
            format_func=lambda each: said.show[each],
            default="all",
            required=True,
            label_visibility="collapsed",
            key=seat.key(f"{activity}.show"),
            on_change=first_page,
        )
        words = st.text_input(
            said.find,
            key=seat.key(f"{activity}.find"),
            placeholder=said.find,
            label_visibility="collapsed",
            on_change=first_page,
        )
    rows = _wanted(show, words, cards, together)
    if not rows:
        page.draw(page.quiet(said.nothing))
        return
    for group in _page(activity, rows, seat, said):
        _row(activity, group, tags, seat, said)


def _wanted(show: Show, words: str, cards: Sequence[Card], together: Sequence[Group]) -> list[Group]:
    if show == "hidden":
        found = [Group(card=each, members=(each,)) for each in cards if each.hidden]
    elif show == "untagged":
        found = [each for each in together if each.tag is None]
    elif show == "merged":
        found = [each for each in together if len(each.members) > 1]
    else:
        found = list(together)
    sought = words.casefold().split()
    return [
        group for group in found if all(any(word in each.text.casefold() for each in group.members) for word in sought)
    ]


def _page(activity: str, rows: Sequence[Group], seat: Seat, said: CardsTexts) -> Sequence[Group]:
    """Those of the page that is turned to, with the way to others."""
    turned = seat.key(f"{activity}.page")
    last = (len(rows) - 1) // PER_PAGE
    at = min(st.session_state.get(turned, 0), last)
    if last:
        first = at * PER_PAGE + 1
        told = said.shown.format(
            first=number.count(first),
            last=number.count(min(len(rows), first + PER_PAGE - 1)),
            count=number.count(len(rows)),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            turns = {"earlier": said.earlier, "later": said.later}
            for name, icon, to in (("earlier", "chevron_left", at - 1), ("later", "chevron_right", at + 1)):
                st.button(
                    turns[name],
                    key=seat.key(f"{activity}.page.{name}"),
                    icon=f":material/{icon}:",
                    disabled=not 0 <= to <= last,
                    on_click=st.session_state.update,
                    args=({turned: to},),
                )
            page.draw(page.quiet(told))
    return rows[at * PER_PAGE : (at + 1) * PER_PAGE]


def _row(activity: str, group: Group, tags: Mapping[str, str], seat: Seat, said: CardsTexts) -> None:
    """A card, those that are together with it, and what can be done."""
    card = group.card
    stage = f'<p class="quiet">{markup(group.stage)}</p>' if group.stage else ""
    with st.container(key=f"workshop-cards-row-{card.id}"):
        with st.container(key=f"workshop-cards-line-{card.id}", horizontal=True, vertical_alignment="center"):
            page.draw(Html(f'<div class="card-row"><p>{markup(card.text, limit=LONG)}</p>{stage}</div>'))
            if tags and not card.hidden:
                _tag(activity, group, tags, seat, said)
            if card.hidden:
                press, icon = seat.press(Unhide(card=card.id)), ":material/visibility:"
            else:
                press, icon = seat.press(Hide(card=card.id)), ":material/visibility_off:"
            st.button(
                said.unhide if card.hidden else said.hide,
                key=seat.key(f"{activity}.hide.{card.id}"),
                icon=icon,
                **press,
            )
        for member in group.members[1:]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"workshop-cards-member-{member.id}"):
                page.draw(Html(f'<p class="quiet">+ {markup(member.text, limit=LONG)}</p>'))
                if member.into is not None:
                    st.button(
                        said.take_out,
                        key=seat.key(f"{activity}.out.{member.id}"),
                        icon=":material/call_split:",
                        type="tertiary",
                        **seat.press(Unmerge(card=member.id)),
                    )


def _tag(activity: str, group: Group, tags: Mapping[str, str], seat: Seat, said: CardsTexts) -> None:
    """The group's tag; it is kept on the card that has it, else on the first."""
    held = next((each for each in group.members if each.tag), group.card)
    names = told_apart({NO_TAG: said.no_tag, **tags})

    now = held.tag if held.tag in names else NO_TAG

    def chosen(tag: str) -> None:
        seat.send(Tag(card=held.id, tag=tag or None))

    st.selectbox(
        markdown(f"{said.tag}: {group.card.text}"),
        tuple(names),
        format_func=lambda each: names[each],
        label_visibility="collapsed",
        width=240,
        **shows(seat.key(f"{activity}.tag.{group.card.id}"), now, chosen, start={"index": tuple(names).index(now)}),
    )
