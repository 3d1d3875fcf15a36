"""The short data protection impact assessment on the Ethics page."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from aipm.governance import paper
from aipm.governance.dpia import (
    THREATS,
    Assessment,
    Dpia,
    DpiaTexts,
    Risk,
    Threat,
    assess,
    dpia_texts,
    risk,
    with_risk,
)
from aipm.governance.product import Product
from aipm.ui import clock, ethics_steps, ethics_take, governance_fields, page
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

VIEW = "dpia"
AFTER = ("what", "severity", "likelihood", "measure", "after")
"""What is asked of a risk that could happen."""


def draw() -> None:
    texts, dpia, product = dpia_texts(), form(Dpia), form(Product)
    found = assess(dpia, today=clock.today())
    page.section(texts.title, sentence=texts.sentence)
    need = _need(found, texts)
    ethics_steps.missing(VIEW, texts, found.gaps, empty=dpia == Dpia(), lead=need)
    if found.criteria:
        names = ", ".join(texts.names[each] for each in found.criteria)
        page.draw(page.quiet(texts.counted.format(names=names)))
    if found.ask_authority:
        page.draw(
            Html(
                f'<div class="answer refused" role="status"><p>{markup(_authority(found, texts), limit=2000)}</p></div>'
            )
        )
    ethics_steps.steps(VIEW, Dpia, texts, {"risks": _threats, "why_none": _why_none})
    ethics_take.take_along(VIEW, {"markdown": partial(_document, day=clock.today())}, after=product.name)
    ethics_take.sources(texts.sources, as_of=texts.as_of)


def _document(read: ethics_take.Read, *, day: date) -> str:
    texts, dpia = dpia_texts(), read(Dpia)
    found = assess(dpia, today=day)
    said = f"{_need(found, texts)} {_authority(found, texts)}".strip()
    return paper.markdown(texts, dpia, found.gaps, product=read(Product), day=day, answer=said)


def _need(found: Assessment, texts: DpiaTexts) -> str:
    """Whether an assessment is needed, in a sentence."""
    cases = ", ".join(texts.names[each] for each in found.cases)
    return texts.needs[found.need].format(cases=cases, count=len(found.criteria), unsure=len(found.unsure))


def _authority(found: Assessment, texts: DpiaTexts) -> str:
    names = ", ".join(texts.threats[each].name for each in found.high)
    return texts.ask_authority.format(names=names) if found.ask_authority else ""


def _why_none() -> None:
    """Asked only where none may be needed."""
    if assess(form(Dpia), today=clock.today()).need not in ("required", "likely"):
        ethics_steps.field(VIEW, Dpia, "why_none", dpia_texts().fields["why_none"])


def _threats() -> None:
    """The seven questions, one at a time; what could happen is asked about further."""
    texts, dpia = dpia_texts(), form(Dpia)
    place = ethics_steps.opened(VIEW, "risks")
    if st.session_state.get(place) not in THREATS:
        st.session_state[place] = THREATS[0]
    st.pills(
        texts.threat,
        THREATS,
        format_func=lambda each: markdown(f"{THREATS.index(each) + 1}. {texts.threats[each].name}"),
        required=True,
        **governance_fields.held(
            f"{VIEW}.threat", st.session_state[place], lambda to: ethics_steps.open_row(place, to)
        ),
    )
    now = risk(dpia, st.session_state[place])
    said = texts.threats[now.id]
    with st.container(border=True, key=key("ethics", "dpia.threat.row").replace(".", "-")):
        page.draw(Html(f"<p><b>{markup(said.question, limit=400)}</b></p>"), page.quiet(said.example))
        parts = ("applies", *AFTER) if now.applies in ("yes", "unsure") else ("applies",)
        for part in parts:
            ethics_steps.widget(
                f"{VIEW}.risks.{now.id}.{part}",
                ethics_steps.hint(Risk, part),
                getattr(now, part),
                texts.rows["risks"].fields[part],
                _put(now.id, part),
            )


def _put(threat: Threat, part: str) -> ethics_steps.Put:
    def put(value: Any) -> None:
        dpia = form(Dpia)
        changed = replace(risk(dpia, threat), **{part: value})
        change(Dpia, risks=with_risk(dpia, changed))

    return put
