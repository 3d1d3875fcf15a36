"""The pains of a mapped journey: those to be clarified first, and every one of them as a way to its canvas."""

from functools import partial

import streamlit as st

from aipm.content import number
from aipm.mapping.capabilities import capabilities
from aipm.mapping.journey import COLUMNS, UNCLEAR, MappedJourney, Pain, column_of, journey_texts
from aipm.mapping.result import MappingResult
from aipm.mapping.texts import mapping_texts
from aipm.ui import mapper_order, page
from aipm.ui.mapper_picture import column_name
from aipm.ui.mapper_state import PAGE, answer, answers, line, take_up, token
from aipm.ui.mapper_texts import JourneyPageTexts, MapperPage
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import kept, key, shows

FIRST_UNCLEAR = 5
FIRST_PAINS = 20
LONGEST_PAIN = 300
MOST_ORDERED = 30
"""More pains than this are no list to give ranges to."""
Found = MappedJourney[MappingResult]


def to_clarify(base: Found, found: Found, which: str, text: MapperPage) -> None:
    """Pains that fit two kinds nearly as well, each with the one question; answered ones stay, to be taken back."""
    said = text.journey
    unclear = {
        line(pain.text): (pain, now)
        for pain, at_first, now in zip(base.journey.pains, base.results, found.results, strict=True)
        if column_of(at_first) == UNCLEAR
    }
    if not unclear:
        page.draw(page.quiet(said.clear))
        return
    left = len(found.picture.column(UNCLEAR))
    page.section(said.unclear.format(count=number.count(left)), sentence=said.unclear_sentence)
    every = len(unclear) <= FIRST_UNCLEAR or st.session_state.get(key(PAGE, f"unclear.every.{which}"), False)
    for place, (pain, now) in enumerate(unclear.values()):
        if every or place < FIRST_UNCLEAR:
            _clarify(pain, now, said)
    if not every:
        _more(said.more_unclear.format(count=number.count(len(unclear))), f"unclear.every.{which}", value=True)


def _clarify(pain: Pain, now: MappingResult, said: JourneyPageTexts) -> None:
    options = mapping_texts().question.answers
    left, right = st.columns([3, 2], vertical_alignment="center")
    first, second = (capabilities()[each.capability].name for each in now.ranking[:2])
    state = (
        said.candidates.format(first=first, second=second.lower())
        if now.spec.output is None
        else said.clarified.format(name=column_name(column_of(now)))
    )
    with left:
        page.draw(
            Html(
                f'<p class="clarify"><span class="is-{now.strength}"><span class="sign"></span></span>'
                f'{markup(pain.text, limit=LONGEST_PAIN)} <span class="quiet">{markup(state)}</span></p>'
            )
        )
    with right:
        st.selectbox(
            mapping_texts().question.text,
            tuple(options),
            index=None,
            placeholder=mapping_texts().question.text,
            format_func=lambda each: options[each].label,
            label_visibility="collapsed",
            **shows(
                key(PAGE, f"clarify.{token(pain.text)}"), answers().get(line(pain.text)), partial(answer, pain.text)
            ),
        )


def pains(found: Found, which: str, text: MapperPage) -> None:
    """Every pain under what it calls for, as a button that takes it up."""
    said = text.journey
    page.section(said.pains, sentence=said.pains_sentence)
    columns = [column for column in COLUMNS if found.picture.column(column)]
    filtered = st.pills(
        said.pains,
        columns,
        format_func=lambda each: markdown(_heading(each, found, said)),
        label_visibility="collapsed",
        **kept(PAGE, f"pains.{which}"),
    )
    limit: int = st.session_state.get(key(PAGE, f"pains.limit.{which}"), FIRST_PAINS)
    shown = 0
    for column in [filtered] if filtered in columns else columns:
        if shown >= limit:
            break
        page.draw(Html(f'<h3 class="apart">{markup(_heading(column, found, said))}</h3>'))
        with st.container(gap=None, key=key(PAGE, f"list.{column}")):
            for pain in found.picture.column(column)[: limit - shown]:
                _button(pain, which, said)
                shown += 1
    total = len(found.picture.column(filtered)) if filtered in columns else len(found.journey.pains)
    if shown < total:
        _more(
            said.more.format(count=number.count(total - shown)), f"pains.limit.{which}", value=limit + 4 * FIRST_PAINS
        )
    clear = [pain.text for column in columns if column != UNCLEAR for pain in found.picture.column(column)]
    if 0 < len(clear) <= MOST_ORDERED:
        st.button(
            said.add.format(count=number.count(len(clear))),
            key=key(PAGE, "pains.add"),
            icon=":material/low_priority:",
            on_click=mapper_order.add_and_show,
            args=(clear,),
        )


def _heading(column: str, found: Found, said: JourneyPageTexts) -> str:
    return said.heading.format(name=column_name(column), count=number.count(len(found.picture.column(column))))


def _button(pain: Pain, which: str, said: JourneyPageTexts) -> None:
    told = said.line.format(stage=pain.stage or journey_texts().no_stage, pain=" ".join(pain.text.split()))
    st.button(
        markdown(told, limit=LONGEST_PAIN),
        key=key(PAGE, f"pain.{which}.{pain.row}"),
        type="tertiary",
        on_click=take_up,
        args=(pain.text,),
    )


def _more(label: str, name: str, *, value: object) -> None:
    st.button(label, key=key(PAGE, f"more.{name}"), on_click=st.session_state.update, args=({key(PAGE, name): value},))
