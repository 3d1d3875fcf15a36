"""One pain: what was typed, the answer with its reasons, the one question, a plain fix, a second opinion."""

from functools import partial

import streamlit as st

from aipm.mapping.capabilities import KEYS, capabilities, no_ai
from aipm.mapping.examples import NONE
from aipm.mapping.result import MappingResult
from aipm.mapping.texts import mapping_texts
from aipm.ui import (
    brief_add,
    brief_entries_mapper,
    hand_over,
    mapper_answer,
    mapper_canvas,
    mapper_opinion,
    page,
)
from aipm.ui.fragments import LONG, notes
from aipm.ui.mapper_state import (
    PAGE,
    PAIN,
    answer,
    answers,
    canvases,
    earlier,
    held,
    line,
    pain,
    remember,
    short,
    take_up,
    token,
)
from aipm.ui.mapper_texts import MapperPage
from aipm.ui.mapper_work import mapped
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key, shows

MOST_OFFERED = 10


def one_pain(text: MapperPage) -> None:
    """The box; below it the answer, or what makes a good statement."""
    said = text.pain
    st.text_area(
        said.label, key=PAIN, help=said.help, placeholder=said.placeholder, height=110, persist_state="session"
    )
    typed = pain()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(said.button, key=key(PAGE, "map"), type="primary")
        if typed.strip():
            st.button(said.another, key=key(PAGE, "another"), type="tertiary", on_click=take_up, args=("",))
        _earlier(text)
    if not typed.strip():
        _begin(text)
        return
    _answered(typed, text)
    remember(typed)


def _earlier(text: MapperPage) -> None:
    """The way back to what was typed before."""
    others = [each for known, each in reversed(earlier().items()) if known != line(pain())]
    if others:
        with st.popover(text.pain.earlier, icon=":material/history:"):
            for each in others[:MOST_OFFERED]:
                name = key(PAGE, f"earlier.{token(each)}")
                st.button(markdown(short(each)), key=name, type="tertiary", on_click=take_up, args=(each,))


def _begin(text: MapperPage) -> None:
    said = text.pain
    came_from: str | None = st.query_params.get("capability")
    if came_from in mapper_answer.names() and came_from is not None:
        page.draw(page.quiet(said.arrived.format(name=mapper_answer.names()[came_from])))
    with st.container(horizontal=True, vertical_alignment="center", key=key(PAGE, "examples")):
        st.markdown(said.invitation, width="content")
        for name, example in said.examples.items():
            st.button(
                example.title, key=key(PAGE, f"try.{name}"), help=example.text, on_click=take_up, args=(example.text,)
            )
    page.section(said.empty.title)
    page.draw(notes(said.empty.points), page.quiet(said.empty.privacy))


def _answered(typed: str, text: MapperPage) -> None:
    plain, result = mapped([typed], answered=False)[0], mapped([typed])[0]
    page.section(text.answer.title)
    remarks = [mapping_texts().remarks[code] for code in result.remarks]
    page.draw(mapper_answer.sentence(result), notes(remarks) if remarks else Html(""))
    hand_over.use_case_mapper(result, names=mapper_answer.names())
    hand_over.pain(line(typed))
    with st.container(horizontal=True, vertical_alignment="center"):
        brief_add.offer("use_case_mapper.pain", lambda: brief_entries_mapper.pain(typed, about=_about(typed)))
        brief_add.offer("use_case_mapper", lambda: brief_entries_mapper.capability(result, names=mapper_answer.names()))
    if plain.question is not None:
        _ask(typed, text)
    mapper_opinion.second_opinion(typed, result, text)
    if result.may_not_need_ai:
        _plain_fix(typed, text)
    _reasons(result, text)
    settled = result.strength != "weak" or result.spec.output is not None
    suggested = NONE if result.may_not_need_ai else result.ranking[0].capability if settled else None
    mapper_canvas.opportunity(typed, suggested, text)


def _about(typed: str) -> dict[str, str | None]:
    """What the canvas says of whom the pain hurts."""
    canvas = canvases().get(line(typed))
    return {} if canvas is None else {name: getattr(canvas, name) for name in ("who_hurts", "how_often", "outcome")}


def _ask(typed: str, text: MapperPage) -> None:
    """The one question; the answer re-ranks at once, and counts wherever this pain turns up."""
    asked = mapping_texts().question
    st.pills(
        text.answer.question.format(question=asked.text),
        tuple(asked.answers),
        format_func=lambda each: asked.answers[each].label,
        help=text.answer.question_help,
        **shows(key(PAGE, f"output.{token(typed)}"), answers().get(line(typed)), partial(answer, typed)),
    )


def _plain_fix(typed: str, text: MapperPage) -> None:
    """Nine plain questions, what to do instead, and the way on for those who still think that it is AI."""
    page.section(text.none.title, sentence=text.none.sentence)
    _ticks(typed, text)
    page.section(text.none.still)
    said = text.none
    widget = key(PAGE, f"still.{token(typed)}")

    def chosen() -> None:
        mapper_canvas.choose(typed, st.session_state[widget])

    with st.expander(said.speaks, icon=":material/help:"):
        page.draw(notes(no_ai().speaks_for_ai))
    st.pills(
        said.still_help,
        KEYS,
        format_func=lambda each: markdown(f"{capabilities()[each].name}: {capabilities()[each].comes_out}"),
        key=widget,
        on_change=chosen,
        persist_state="session",
    )


def _ticks(typed: str, text: MapperPage) -> None:
    said = text.none
    known: dict[str, set[str]] = held("ticked", {})
    ticked = known.setdefault(line(typed), set())
    for name, kind in no_ai().kinds.items():
        widget = key(PAGE, f"kind.{token(typed)}.{name}")
        st.session_state.setdefault(widget, name in ticked)
        if st.checkbox(
            markdown(kind.question, limit=LONG),
            key=widget,
            on_change=ticked.symmetric_difference_update,
            args=([name],),
        ):
            instead, example = said.instead.format(instead=kind.instead), said.example.format(example=kind.example)
            page.draw(
                Html(
                    f'<p class="instead"><b>{markup(kind.name)}.</b> {markup(instead, limit=LONG)} '
                    f'<span class="quiet">{markup(example, limit=LONG)}</span></p>'
                )
            )
    page.draw(page.quiet(said.ticked.format(count=len(ticked)) if ticked else said.nothing))


def _reasons(result: MappingResult, text: MapperPage) -> None:
    """The two that fit best side by side, how to tell them, and the examples that come closest."""
    said = text.answer
    first, second = (each.capability for each in result.ranking[:2])
    if result.may_not_need_ai:
        page.draw(Html(f'<h3 class="further">{markup(said.beside)}</h3>'))
    else:
        page.section(said.beside)
    for column, capability, phrases in zip(
        st.columns(2, gap="large"), (first, second), (result.phrases, result.against), strict=True
    ):
        with column:
            page.draw(mapper_answer.candidate(capability, phrases))
            name = capabilities()[capability].name.lower()
            page.link("capabilities", said.entry.format(name=name), capability=capability)
    page.draw(mapper_answer.apart(result))
    page.link("capabilities", said.compare, view="compare", capability=first, other=second)
    page.draw(mapper_answer.nearest(result.examples), page.quiet(mapper_answer.rest(result)))
