"""The part "What goes wrong" of the Ethics page: the guard rails, and four entries with cases and what to do."""

from collections.abc import Iterable

import streamlit as st

from aipm.ui import address, ethics_cases_bars, page
from aipm.ui.ethics_cases_texts import ActionText, CaseText, EntryText, cases_texts
from aipm.ui.ethics_links import PAGE, link
from aipm.ui.fragments import LONG, facts, join, outward
from aipm.ui.safe import Html, markdown, markup

REGISTER = "register"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = cases_texts()
    page.section(texts.title, sentence=texts.sentence)
    _guard_rails()
    keys = tuple(texts.entries)
    chosen = address.asked("entry", keys, keys[0])
    st.segmented_control(
        texts.label,
        keys,
        format_func=lambda each: markdown(texts.entries[each].name),
        required=True,
        label_visibility="collapsed",
        **address.held(PAGE, "entry", chosen, default=keys[0]),
    )
    _entry(texts.entries[chosen])


def _guard_rails() -> None:
    said = cases_texts().guard_rails
    page.draw(Html(f"<p>{markup(said.sentence, limit=LONG)}</p>"))
    with st.expander(said.title, icon=":material/fence:"):
        page.draw(_actions(said.lines))
        _links(said.lines, name="rails")


def _entry(entry: EntryText) -> None:
    texts = cases_texts()
    words = texts.entry
    page.section(entry.name, sentence=entry.sentence)
    if not entry.guess or ethics_cases_bars.guess():
        if entry.guess:
            ethics_cases_bars.draw()
        for case in entry.cases:
            page.draw(_case(case))
    page.draw(Html(f"<h3>{markup(words.now)}</h3>"), _actions(entry.actions))
    _links(entry.actions, name="now")
    page.draw(Html(f"<h3>{markup(words.check)}</h3>"))
    link(texts.links[entry.check], name="check")
    page.draw(
        Html(
            f'<div class="for-register"><h3>{markup(words.question)}</h3><p>{markup(entry.question, limit=LONG)}</p>'
            f'<p class="quiet">{markup(words.question_help, limit=LONG)}</p></div>'
        )
    )
    link(texts.links[REGISTER], name="first_question", text=words.register)


def _case(case: CaseText) -> Html:
    words = cases_texts().entry
    lines = join(
        Html(
            f"<li>{outward(each.url, each.name)}. "
            f"{markup(words.read.format(read=each.read, state=each.state), limit=LONG)}</li>"
        )
        for each in case.sources
    )
    where = markup(words.case.format(place=case.place, when=case.when))
    return Html(
        f'<article class="told-case"><p class="eyebrow">{where}</p>'
        f"<h3>{markup(case.name)}</h3><p>{markup(case.happened, limit=LONG)}</p>"
        f"{facts((each.label, each.value) for each in case.figures)}"
        f'<p class="mistake"><b>{markup(words.mistake)}.</b> {markup(case.mistake, limit=LONG)}</p>'
        f'<ul class="notes quiet">{lines}</ul></article>'
    )


def _actions(actions: Iterable[ActionText]) -> Html:
    items = join(Html(f"<li><b>{markup(each.name)}</b><p>{markup(each.text, limit=LONG)}</p></li>") for each in actions)
    return Html(f'<ul class="to-do">{items}</ul>')


def _links(actions: Iterable[ActionText], *, name: str) -> None:
    """Each place once, in the order of the actions."""
    texts = cases_texts()
    with st.container(horizontal=True, vertical_alignment="center"):
        for place in dict.fromkeys(each.link for each in actions):
            link(texts.links[place], name=f"{name}.{place}")
