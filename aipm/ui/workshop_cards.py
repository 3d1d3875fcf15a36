"""The facilitator's care for cards: merge, hide, tag; as many cards as a room may hold, a few at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import number
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.workshop_after_texts import CardsTexts, after_texts
from aipm.ui.workshop_cards_list import listed
from aipm.workshop.cards import Group, groups
from aipm.workshop.commands import Merge, Tag
from aipm.workshop.entries import Card
from aipm.workshop.specs import Cards, targets

if TYPE_CHECKING:
    from aipm.workshop.snapshot import ActivityView

PAGE = "workshop"
AT_ONCE = 4
"""Proposals at a time: each that is settled makes room for the next."""
LONGEST = 120


def draw(view: "ActivityView", seat: Seat) -> None:
    """The cards of a closed or revealed activity."""
    said = after_texts().cards
    if not isinstance(view.spec, Cards) or not view.cards:
        return
    title = Html(f'<h3 class="further">{markup(said.title)}</h3>')
    if view.state not in ("closed", "revealed"):
        page.draw(title, page.quiet(said.locked))
        return
    cards = [
        Card(id=each.id, person=0, text=each.text, stage=each.stage, tag=each.tag, hidden=each.hidden, into=each.into)
        for each in view.cards
    ]
    together = groups(cards)
    hidden = sum(each.hidden for each in cards)
    told = said.count.format(
        cards=number.count(len(cards)), groups=number.count(len(together)), hidden=number.count(hidden)
    )
    page.draw(title, page.quiet(told))
    _similar(view.key, cards, seat, said)
    _by_hand(view.key, together, seat, said)
    tags = targets(view.spec)
    if tags:
        _tags(view.key, together, tags, seat, said)
    listed(view.key, cards, together, tags, seat)


def _similar(activity: str, cards: Sequence[Card], seat: Seat, said: CardsTexts) -> None:
    """Groups of cards that say much the same, to be put together by one press or left apart."""
    from aipm.workshop.similar import proposals

    question = (seat.code, activity, tuple((each.id, each.text, each.into, each.hidden) for each in cards))
    found = once(PAGE, f"similar.{activity}", question, lambda: proposals(cards), working=said.working)
    apart: set[tuple[int, ...]] = st.session_state.setdefault(seat.key(f"{activity}.apart"), set())
    left = [each for each in found if each not in apart]
    if not left and not apart:
        page.draw(page.quiet(said.similar_none))
        return
    texts = {each.id: each.text for each in cards}
    told = said.similar_sentence.format(count=number.count(len(left)))
    page.draw(Html(f"<h4>{markup(said.similar)}</h4>"), page.quiet(told))
    for numbers in left[:AT_ONCE]:
        name = f"{activity}.similar.{'-'.join(map(str, numbers))}"
        lines = "".join(f"<li>{markup(texts[each], limit=LONG)}</li>" for each in numbers)
        with st.container(key=f"workshop-cards-similar-{numbers[0]}"):
            page.draw(Html(f'<ul class="notes">{lines}</ul>'))
            with st.container(horizontal=True):
                st.button(
                    said.together,
                    key=seat.key(f"{name}.merge"),
                    icon=":material/merge:",
                    on_click=_merge,
                    args=(seat, numbers),
                )
                st.button(said.apart, key=seat.key(f"{name}.apart"), on_click=apart.add, args=(numbers,))
    if len(left) > AT_ONCE:
        page.draw(page.quiet(said.more_proposals.format(count=number.count(len(left) - AT_ONCE))))
    if apart:
        told = said.apart_again.format(count=number.count(len(apart)))
        st.button(told, key=seat.key(f"{activity}.apart.again"), type="tertiary", on_click=apart.clear)


def _merge(seat: Seat, numbers: Sequence[int]) -> None:
    """Callback: all of them into the first."""
    first, *others = numbers
    for each in others:
        if seat.send(Merge(card=each, into=first)) is None:
            return


def _by_hand(activity: str, together: Sequence[Group], seat: Seat, said: CardsTexts) -> None:
    """Any two groups, chosen by their first cards."""
    names = told_apart({each.card.id: each.card.text for each in together}, limit=LONGEST)
    if len(names) < 2:
        return
    which, into = (seat.key(f"{activity}.{name}") for name in ("which", "into"))
    with st.expander(said.by_hand, icon=":material/merge:"):
        card = st.selectbox(
            said.which,
            list(names),
            index=None,
            format_func=lambda each: names[each],
            placeholder=said.choose,
            key=which,
        )
        others = [each for each in names if each != card]
        target = st.selectbox(
            said.into, others, index=None, format_func=lambda each: names[each], placeholder=said.choose, key=into
        )

        def merge() -> None:
            if card is not None and target is not None and seat.send(Merge(card=card, into=target)):
                st.session_state.update({which: None, into: None})

        st.button(
            said.together,
            key=seat.key(f"{activity}.by_hand"),
            on_click=merge,
            disabled=card is None or target is None,
        )


def _tags(activity: str, together: Sequence[Group], tags: dict[str, str], seat: Seat, said: CardsTexts) -> None:
    """What the mapper proposes for groups without a tag, to be taken at once."""
    from aipm.workshop.proposed_tags import proposed_tags

    untagged = [each for each in together if each.tag is None]
    if not untagged or not _capabilities() & tags.keys():
        return
    question = (seat.code, activity, tuple((each.card.id, each.card.text) for each in untagged))
    found = once(PAGE, f"tags.{activity}", question, lambda: proposed_tags(untagged), working=said.working)
    fitting = {card: tag for card, tag in found.items() if tag in tags}
    title = Html(f"<h4>{markup(said.tags)}</h4>")
    if not fitting:
        page.draw(title, page.quiet(said.tags_none.format(untagged=number.count(len(untagged)))))
        return
    counts = {tag: list(fitting.values()).count(tag) for tag in tags if tag in fitting.values()}
    names = ", ".join(f"{tags[tag]} ({number.count(count)})" for tag, count in counts.items())
    told = said.tags_sentence.format(
        count=number.count(len(fitting)), untagged=number.count(len(untagged)), names=names
    )
    page.draw(title, page.quiet(told))

    def take() -> None:
        for card, tag in fitting.items():
            if seat.send(Tag(card=card, tag=tag)) is None:
                return

    st.button(said.take, key=seat.key(f"{activity}.tags.take"), icon=":material/sell:", on_click=take)


def _capabilities() -> frozenset[str]:
    """Tags that the mapper knows."""
    from aipm.mapping.capabilities import KEYS
    from aipm.mapping.examples import NONE

    return frozenset((*KEYS, NONE))
