"""A crowd to hide in: how many rows share what outsiders may know, and the least change that makes the crowds large."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.prep.anonymity import Anonymity, anonymity
from aipm.prep.coarsening import MOST_COLUMNS, Coarsening, coarsening
from aipm.prep.finding import Finding
from aipm.prep.guard_texts import guard_texts
from aipm.prep.sample import prep_sample
from aipm.tables import Refusal
from aipm.ui import page, prep_stage
from aipm.ui.fragments import Column, facts, join, notes, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_texts import CrowdTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_texts import sentence
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html
from aipm.ui.state import kept, key

KEPT = 8
USUAL_K = 5


def section(work: Work, text: CrowdTexts) -> None:
    said = guard_texts().privacy.anonymity
    page.section(text.title, sentence=said.explain)
    prep_stage.cards(work, "k_anonymity")
    end = list(work.columns)
    token = work.opened.token
    known = st.multiselect(
        text.known.label,
        end,
        default=[name for name in likely(work) if name in end],
        format_func=distinct(end),
        max_selections=MOST_COLUMNS,
        help=text.known.help,
        **kept(PAGE, f"crowd.{token}.{len(end)}.known"),
    )
    one, two, three = st.columns([3, 2, 2], gap="medium")
    with one:
        others = [name for name in end if name not in known]
        private = st.selectbox(
            text.sensitive.label,
            others,
            index=None,
            format_func=distinct(others),
            placeholder=text.none,
            help=text.sensitive.help,
            **kept(PAGE, f"crowd.{token}.private"),
        )
    with two:
        k = int(st.number_input(text.k.label, 2, 1_000, USUAL_K, 1, help=text.k.help, **kept(PAGE, "crowd.k")))
    with three:
        least = 1
        if private is not None:
            least = int(st.number_input(text.l.label, 1, 100, 2, 1, help=text.l.help, **kept(PAGE, "crowd.l")))
    if not known:
        page.draw(page.quiet(text.choose))
        return
    question = (prep_stage.question(work), tuple(known), private, k, least)
    data = prep_stage.at_the_end(work, [*known, *([private] if private else [])])
    try:
        found = once(
            PAGE, "crowd", question, lambda: anonymity(data, known, k=k, sensitive=private, l=least), keep=KEPT
        )
    except Refusal as refusal:
        page.refused("", refusal)
        return
    page.draw(_measured(found, private, text))
    if found.below or found.uniform:
        _coarser(work, known, private, k, least, text)
    with st.expander(text.limits, icon=":material/info:"):
        page.draw(notes(said.limits))


def likely(work: Work) -> tuple[str, ...]:
    """What outsiders may know: as the finding says, as the sample says, or what tells people apart."""
    if work.opened.source.sample and set(prep_sample().quasi_identifiers) <= set(work.frame.columns):
        return prep_sample().quasi_identifiers
    findings = work.profile.findings
    crowd = next((each.columns for each in findings if each.kind == "k_anonymity"), ())
    others = [each.column for each in findings if each.kind in ("pii_date_of_birth", "sensitive_attribute")]
    return tuple(dict.fromkeys([*crowd, *(name for name in others if name)]))[:MOST_COLUMNS]


def _measured(found: Anonymity, private: str | None, text: CrowdTexts) -> Html:
    said = guard_texts().privacy.anonymity
    counts = {
        "below": number.count(found.below),
        "rows": number.count(found.rows),
        "unique": number.count(found.unique),
    }
    share = number.rate(found.below / found.rows) if found.rows else number.NONE
    others = number.count(found.k - 1)
    told = (said.not_reached if found.below else said.reached).format(share=share, others=others, **counts)
    detail = ""
    if found.uniform and private:
        detail = said.uniform.format(
            uniform=number.count(found.uniform), l=number.count(found.l), sensitive=visible(private)
        )
    names = [each.format(k=number.count(found.k)) for each in text.facts]
    values = (found.smallest, found.unique, found.below, found.classes)
    return join((prep_stage.answer(told, detail), facts(zip(names, map(number.count, values), strict=True))))


def _coarser(work: Work, known: Sequence[str], private: str | None, k: int, least: int, text: CrowdTexts) -> None:
    """The least change, on a button, and its steps to accept."""
    base = prep_stage.before_split(work)
    if not {*known, *([private] if private else [])} <= set(base.columns):
        return
    question = (prep_stage.before_question(work), tuple(known), private, k, least)
    wanted = key(PAGE, "crowd.wanted")
    if st.button(text.find, key=key(PAGE, "crowd.find"), icon=":material/search:"):
        st.session_state[wanted] = question
    if st.session_state.get(wanted) != question:
        return
    try:
        found = once(
            PAGE,
            "coarsening",
            question,
            lambda: coarsening(base, known, k=k, sensitive=private, l=least),
            working=text.working,
            keep=KEPT,
        )
    except Refusal as refusal:
        page.refused(text.not_now, refusal)
        return
    _offered(work, found, known, k, text)


def _offered(work: Work, found: Coarsening, known: Sequence[str], k: int, text: CrowdTexts) -> None:
    said = guard_texts().privacy.anonymity
    if all(level.step is not None and level.step.op == "drop_columns" for level in found.levels):
        page.draw(page.quiet(text.all_gone))
    told = "; ".join(sentence(step) for step in found.steps if step.op != "drop_rare_combinations")
    exact = "" if found.exact else said.not_exact
    page.draw(
        prep_stage.answer(said.coarser.format(steps=told, suppressed=number.count(found.suppressed)), exact),
        _levels(found, text),
    )
    reason = text.reason.format(columns=", ".join(map(visible, known)), others=number.count(k - 1))
    st.button(
        text.accept,
        key=key(PAGE, "crowd.accept"),
        type="primary",
        icon=":material/check:",
        on_click=_accept,
        args=(found, reason, [each.finding for each in prep_stage.found(work, "k_anonymity")]),
    )


def _accept(found: Coarsening, reason: str, answers: list[Finding]) -> None:
    prep_stage.insert_before_split([replace(step, reason=reason) for step in found.steps], answers)


def _levels(found: Coarsening, text: CrowdTexts) -> Html:
    """Each column: how it is said instead, and how much of what it told is lost."""
    heads = [Column(name=name, number=place > 1) for place, name in enumerate(text.columns)]
    lines = []
    for level in found.levels:
        gone = level.step is not None and level.step.op == "drop_columns"
        to = text.as_is if level.step is None else text.gone if gone else sentence(level.step)
        lines.append((level.column, to, number.rate(level.loss), number.count(level.values)))
    return table(heads, lines, caption=text.caption)
