"""The map: what AI is, five boxes one in the other, what each holds, six things to sort into them, key terms."""

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, Column, join, table
from aipm.ui.landscape_address import PAGE, asked, go, put
from aipm.ui.landscape_parts import cited, guess, onward, prose
from aipm.ui.landscape_texts import Box, BoxTexts, GuessTexts, MapTexts, SortTexts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

HOLDS_READERS: Box = "deep"
"""The box in which language models stand that only read, beside those that generate."""


def draw(said: MapTexts) -> None:
    page.section(said.title)
    page.draw(
        prose(said.definition),
        prose(said.creates),
        Html(f'<p class="quiet">{cited(said.definition_source, form=said.cited)}</p>'),
        page.quiet(said.how),
    )
    chosen = asked("box", get_args(Box), "ai")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _nested(tuple(said.boxes), chosen, said)
        page.draw(page.quiet(said.beside_note))
    with right, st.container(key=key(PAGE, "detail")):
        box = said.boxes[chosen]
        page.draw(_detail(box, said))
        onward(box.onward, name=f"box.{chosen}")
    page.section(said.across_title, sentence=said.across)
    page.draw(table([Column(name=name) for name in said.across_columns], said.across_rows, caption=said.across_caption))
    _sort(said.sort, said)
    page.section(said.terms_title, sentence=said.terms_sentence)
    _terms(said)


def _nested(names: Sequence[Box], chosen: Box, said: MapTexts) -> None:
    """A box with the next one in it; the name is a button, so that keyboard and finger reach it alike."""
    name, *rest = names
    here = name == chosen
    with st.container(key=key(PAGE, f"box.{name}")):  # one key, so that whoever pressed it stays where they are
        text = said.boxes[name]
        icon = ":material/radio_button_checked:" if here else ":material/radio_button_unchecked:"
        go(text.name, name=f"box.{name}", icon=icon, box=name)
        page.draw(Html(f'<p class="quiet{" here" if here else ""}">{markup(text.short, limit=LONG)}</p>'))
        if rest:
            _nested(rest, chosen, said)
        if name == HOLDS_READERS:
            page.draw(Html(f'<p class="readers">{markup(said.beside, limit=LONG)}</p>'))


def _detail(box: BoxTexts, said: MapTexts) -> Html:
    examples = "".join(f"<p>{cited(each, form=said.cited)}</p>" for each in box.examples)
    outside = "".join(f"<li>{markup(each, limit=LONG)}</li>" for each in box.not_in_it)
    parts = (
        ("known_by", prose(box.known_by)),
        ("examples", Html(examples)),
        ("not_in_it", Html(f'<ul class="notes">{outside}</ul>')),
        ("for_you", prose(box.for_you)),
    )
    return Html(
        f'<h3>{markup(box.name)}</h3><p class="first">{markup(box.sentence, limit=LONG)}</p>'
        + join(Html(f'<h4 class="part">{markup(said.parts[name])}</h4>{told}') for name, told in parts)
    )


def _sort(said: SortTexts, around: MapTexts) -> None:
    """One thing at a time into the innermost box that holds it; in the end, how many were right."""
    page.section(said.title, sentence=said.sentence)
    total = len(said.items)
    place = asked("item", range(total + 1), 0)
    if place == total:
        right = sum(
            st.session_state.get(key(PAGE, f"guessed.sort.{at}")) == item.box for at, item in enumerate(said.items)
        )
        told = said.score.format(right=right, total=total)
        page.draw(Html(f'<div class="answer" role="status"><p>{markup(told)}</p></div>'))
        st.button(said.again, key=key(PAGE, "sort.again"), on_click=_again, args=(total,))
        return
    item = said.items[place]
    page.draw(page.quiet(said.place.format(place=place + 1, total=total)))
    options = {**{str(name): box.name for name, box in around.boxes.items()}, "none": said.none}
    asking = GuessTexts(question=item.text, options=options, right=item.box, because=item.because)
    if guess(f"sort.{place}", asking):
        go(said.next, name="sort.next", icon=":material/arrow_forward:", item=str(place + 1))


def _again(total: int) -> None:
    for place in range(total):
        st.session_state.pop(key(PAGE, f"guessed.sort.{place}"), None)
    put(item=None)


def _terms(said: MapTexts) -> None:
    """Each term with what it means in plain words and for a decision; some with the way to where it is shown."""
    columns, half = st.columns(2, gap="large"), (len(said.terms) + 1) // 2  # down, then across: in order on a phone
    for place, (name, term) in enumerate(said.terms.items()):
        with columns[place // half], st.container(key=key(PAGE, f"term.{name}")):
            page.draw(
                Html(f"<h3>{markup(term.name)}</h3>{prose(term.plain)}"),
                Html(
                    f'<p class="quiet"><b>{markup(said.parts["for_you"])}.</b> {markup(term.for_you, limit=LONG)}</p>'
                ),
            )
            if term.onward:
                onward(term.onward, name=f"term.{name}")
