"""Privacy by design on the Ethics page: seven principles, each with its checks and the tool that does them."""

from datetime import date
from functools import partial

import streamlit as st

from aipm.governance import paper
from aipm.governance.privacy import (
    Assessment,
    CheckText,
    Mark,
    PrincipleText,
    PrivacyByDesign,
    PrivacyTexts,
    assess,
    mark,
    privacy_texts,
    with_mark,
)
from aipm.governance.product import Product
from aipm.ui import address, clock, ethics_steps, ethics_take, governance_fields, page
from aipm.ui.fragments import notes
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup

VIEW = "privacy"
ARROW = ":material/arrow_forward:"


def draw() -> None:
    texts, product = privacy_texts(), form(Product)
    found = assess(form(PrivacyByDesign))
    page.section(texts.title, sentence=texts.sentence)
    _answer(texts, found)
    page.draw(_overview(texts, found))
    for place, (name, principle) in enumerate(texts.principles.items()):
        with st.expander(markdown(f"{place + 1}. {principle.name}"), expanded=place == 0):
            page.draw(page.quiet(principle.sentence))
            for check, text in principle.checks.items():
                _check(f"{name}.{check}", check, text, principle)
    page.draw(Html(f"<h3>{markup(texts.basics_title)}</h3>"), notes(texts.basics))
    page.draw(Html(f"<h3>{markup(texts.case_title)}</h3><p>{markup(texts.case, limit=2000)}</p>"))
    ethics_take.take_along(VIEW, {"markdown": partial(_document, day=clock.today())}, after=product.name)
    ethics_take.sources(texts.sources, as_of=texts.as_of)


def _document(read: ethics_take.Read, *, day: date) -> str:
    return paper.privacy_markdown(read(PrivacyByDesign), product=read(Product), day=day)


def _answer(texts: PrivacyTexts, found: Assessment) -> None:
    settled, every = (sum(pair[place] for pair in found.settled.values()) for place in (0, 1))
    checks = {check: text for principle in texts.principles.values() for check, text in principle.checks.items()}
    if not found.gaps:
        ethics_steps.said_answer(texts.done.format(all=every), done=True)
    elif not form(PrivacyByDesign).marks:
        ethics_steps.said_answer(texts.start.format(all=every), done=False)
    else:
        first = min(found.gaps, key=lambda gap: ("not_yet", "why", "open").index(gap.code))
        said = texts.gaps[first.code].format(check=checks[first.row or ""].text)
        sentence = texts.open.format(done=settled, all=every, count=len(found.gaps), first=said)
        ethics_steps.said_answer(sentence, done=False)


def _overview(texts: PrivacyTexts, found: Assessment) -> Html:
    """The seven with how far each is, as a list."""
    lines = ""
    for name, (done, every) in found.settled.items():
        sign = "within-tolerance" if done == every else "inconclusive"
        lines += (
            f'<li class="is-{sign}"><span class="sign"></span><b>{markup(texts.principles[name].name)}</b> '
            f"<span>{markup(texts.counted.format(done=done, all=every))}</span></li>"
        )
    return Html(f'<ol class="seven">{lines}</ol>')


def _check(name: str, check: str, text: CheckText, principle: PrincipleText) -> None:
    texts, now = privacy_texts(), mark(form(PrivacyByDesign), check)
    page.draw(Html(f'<p class="check"><b>{markup(text.text, limit=400)}</b><br>{markup(text.how, limit=400)}</p>'))

    def put(changed: Mark) -> None:
        change(PrivacyByDesign, marks=with_mark(form(PrivacyByDesign), changed))

    def current() -> Mark:
        return mark(form(PrivacyByDesign), check)

    governance_fields.choice(
        f"{principle.name}: {text.text}",
        tuple(texts.states),
        name=f"{VIEW}.{name}",
        value=now.state,
        put=lambda state: put(Mark(id=check, state=state, note=current().note)),
        words=lambda each: texts.states[each],
        hidden=True,
    )
    if now.state is not None or now.note is not None:
        governance_fields.text(
            texts.note,
            name=f"{VIEW}.{name}.note",
            value=now.note,
            put=lambda note: put(Mark(id=check, state=current().state, note=note)),
            help=texts.note_help,
        )
    if text.page == "ethics" and text.link:
        address.goes("ethics.privacy", text.link, text.known or {}, name=check, icon=ARROW, whole=True)
    elif text.page and text.link:
        page.link(text.page, text.link, **(text.known or {}))
