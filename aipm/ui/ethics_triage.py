"""The part "Which rules" of the Ethics page: the answer, the six questions, what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from aipm.content.day import month
from aipm.content.law import laws
from aipm.governance.rules import MAYBE, NO, ROLES, TIERS, YES, Truth
from aipm.governance.triage import (
    AREAS,
    CRITERIA,
    KNOWN,
    LISTS,
    PRACTICES,
    Triage,
    TriageResult,
    asked,
    assess,
)
from aipm.ui import ethics_triage_duties, ethics_triage_timeline, governance_state, page
from aipm.ui.clock import today
from aipm.ui.ethics_triage_texts import NamedText, State, triage_texts
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_fields import choice, held
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

STATES: dict[Truth, State] = {YES: "here", MAYBE: "maybe", NO: "out"}
MOST_NAMED = 3
"""Open questions named in the answer."""


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, triage, day = triage_texts(), governance_state.form(Triage), today()
    result = assess(triage, today=day)
    page.section(texts.title)
    with st.container():  # the answer stays in sight as long as there are questions
        with st.container(key=key("ethics", "triage_answer")):
            page.draw(_answer(result))
        page.draw(page.quiet(texts.not_advice.format(as_of=month(laws().as_of))), _tiers(result))
        for section in texts.sections:
            _section(section.name, section.fields, triage)
    _find_out(result)
    if result.begun:
        ethics_triage_duties.draw(result)
    ethics_triage_timeline.draw(result, today=day)
    page.section(texts.fines.title, sentence=texts.fines.sentence)
    page.section(texts.limits.title)
    page.draw(notes(texts.limits.lines))
    ethics_triage_duties.sources()


def _answer(result: TriageResult) -> Html:
    """In one sentence what the answers point to, and in a second what that asks for."""
    said = triage_texts().answer
    names = {tier: text.name for tier, text in triage_texts().tiers.items()}
    if not result.begun:
        return Html(f'<div class="answer"><p>{markup(said.empty, limit=LONG)}</p></div>')
    if result.reach == NO:
        first = said.outside
    elif result.low == result.high:
        first = said.fixed.format(tier=names[result.low])
    elif narrowing := result.narrows or (*result.unsure, *result.open):
        first = said.range.format(low=names[result.low], high=names[result.high], open=_named(narrowing))
    else:
        first = said.range_done.format(low=names[result.low], high=names[result.high])
    mine = [each for each in result.duties if each.owed is not False]
    counts = said.counts.format(
        now=sum(each.sure and each.in_force for each in mine),
        later=sum(each.sure and not each.in_force for each in mine),
        maybe=sum(not each.sure for each in mine),
    )
    more = f" {said.general}" if result.general == YES else ""
    sign = "is-gap" if result.low == "prohibited" else ""
    return Html(
        f'<div class="answer {sign}"><p>{markup(first, limit=LONG)}</p><p>{markup(counts + more, limit=LONG)}</p></div>'
    )


def _named(names: Sequence[str]) -> str:
    texts = triage_texts()
    of_list = {name: question for question, name in LISTS.items()}
    short = list(dict.fromkeys(texts.questions[of_list.get(name, name)].short for name in names))
    return "; ".join(short[:MOST_NAMED]) + (" …" if len(short) > MOST_NAMED else ".")


def _tiers(result: TriageResult) -> Html:
    """The four tiers in a row, each with a sign and a word: points here, not ruled out, ruled out."""
    texts, items = triage_texts(), []
    for tier in TIERS:
        state = STATES[result.tiers[tier]]
        items.append(
            f'<li class="is-{state}"><b>{markup(texts.tiers[tier].name)}</b>'
            f'<span class="points"><i aria-hidden="true"></i>{markup(texts.tier_signs[state])}</span>'
            f"<p>{markup(texts.tiers[tier].says, limit=LONG)}</p></li>"
        )
    label = markup(texts.tiers_title, limit=LONG)
    return Html(f'<ol class="tiers" aria-label="{label}">{"".join(items)}</ol>')


def _section(name: str, fields: Sequence[str], triage: Triage) -> None:
    texts, visible = triage_texts(), asked(triage)
    shown = [field for field in fields if field in visible]
    if not shown:
        return
    page.draw(Html(f'<h3 class="asked">{markup(name)}</h3>'))
    for place, field in zip(st.columns(len(shown)), shown, strict=True):
        with place:
            _question(field, triage)
    for field in shown:
        if field in LISTS:
            _list(field, triage)
    if "changes" in fields:
        page.draw(_named_list(texts.roles.values()), page.quiet(texts.roles_help))
        _several("roles", texts.roles_label, ROLES, {each: text.name for each, text in texts.roles.items()}, triage)
    if "personal_data" in fields and triage.personal_data in ("yes", "unsure"):
        words = {each: texts.criteria[each] for each in CRITERIA}
        _several("criteria", texts.criteria_label, CRITERIA, words, triage)


def _question(field: str, triage: Triage) -> None:
    texts = triage_texts()
    question = texts.questions[field]
    choice(
        question.question,
        KNOWN,
        name=f"triage.{field}",
        value=getattr(triage, field),
        put=lambda said: governance_state.change(Triage, **{field: said}),
        words=lambda each: texts.answers[each],
    )
    page.draw(page.quiet(question.examples))


def _list(field: str, triage: Triage) -> None:
    """What an answer is about, and which of it where the answer is not no."""
    texts = triage_texts()
    question = texts.questions[field]
    known: Mapping[Any, NamedText] = texts.areas if field == "area" else texts.practices
    page.draw(_named_list(known.values()))
    if getattr(triage, field) in ("yes", "unsure"):
        every = AREAS if field == "area" else PRACTICES
        words = {name: text.name for name, text in known.items()}
        _several(LISTS[field], question.which or question.question, every, words, triage)


def _several(field: str, label: str, every: Sequence[str], words: Mapping[Any, str], triage: Triage) -> None:
    """Buttons of which several may be pressed."""

    def put(chosen: Sequence[str]) -> None:
        governance_state.change(Triage, **{field: tuple(each for each in every if each in chosen)})

    st.pills(
        markdown(label, limit=LONG),
        every,
        selection_mode="multi",
        format_func=lambda each: markdown(words[each]),
        **held(f"triage.{field}", list(getattr(triage, field)), put),
    )


def _named_list(named: Iterable[NamedText]) -> Html:
    items = "".join(
        f"<li><b>{markup(each.name)}</b> {markup(laws().filled(each.about), limit=LONG)}</li>" for each in named
    )
    return Html(f'<ul class="named">{items}</ul>')


def _find_out(result: TriageResult) -> None:
    """What was answered with "not sure", as tasks."""
    texts = triage_texts()
    tasks = [texts.questions[name].task for name in result.unsure]
    of_list = {name: question for question, name in LISTS.items()}
    tasks += [
        texts.find_out.list.format(name=texts.questions[of_list[name]].short) for name in result.open if name in of_list
    ]
    if tasks:
        page.section(texts.find_out.title, sentence=texts.find_out.sentence)
        page.draw(notes(tasks))
