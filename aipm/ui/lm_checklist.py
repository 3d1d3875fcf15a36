"""Nine questions before a model is chosen; the answers stand in the address and go on to the model scorer as needs."""

from collections.abc import Iterable

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.lm_address import PAGE, choice, held
from aipm.ui.lm_work_texts import CheckText, OptionText, WorkTexts
from aipm.ui.safe import Html, markup

OPEN = "open_question"
START = {"task": "text", "licence": "commercial", "maturity": "staying"}
"""The musts that the scorer begins with: they stand until an answer says otherwise."""


def checklist(texts: WorkTexts) -> None:
    """Ask, say what goes along, and lead to the scorer."""
    page.section(texts.check_title, sentence=texts.check_sentence)
    asked = list(texts.checks.items())
    given: list[tuple[CheckText, OptionText]] = []
    for first in range(0, len(asked), 3):
        for column, (name, text) in zip(st.columns(3, gap="medium"), asked[first : first + 3], strict=False):
            with column:
                answer = _ask(name, text, texts)
                if answer is not None:
                    given.append((text, answer))
    page.draw(Html(f'<p role="status">{_progress(len(given), len(asked), texts)}</p>'))
    if not given:
        page.draw(page.quiet(texts.nothing))
        return
    address = needs(answer for _, answer in given)
    if told := [f"{text.name} {answer.name}" for text, answer in given if answer.must or answer.prefer]:
        page.draw(Html(f"<h3>{markup(texts.taken)}</h3>"), notes(told))
    if advice := dict.fromkeys(answer.advice for _, answer in given if answer.advice):
        page.draw(Html(f"<h3>{markup(texts.advice)}</h3>"), notes(advice))
    page.link("model_scorer", texts.go, view="model", **address)


def _ask(name: str, text: CheckText, texts: WorkTexts) -> OptionText | None:
    options = (OPEN, *text.options)
    now = choice(f"check_{name}", options, default=OPEN)
    st.selectbox(
        text.name,
        options,
        format_func=lambda each: texts.unanswered if each == OPEN else text.options[each].name,
        help=text.help,
        **held(f"check_{name}", now, default=OPEN),
    )
    return None if now == OPEN else text.options[now]


def _progress(done: int, count: int, texts: WorkTexts) -> Html:
    squares = "".join(f'<i class="{"done" if place < done else "open"}"></i>' for place in range(count))
    said = markup(texts.answered.format(count=done, all=count))
    return Html(f'<span class="progress" aria-hidden="true">{squares}</span>{said}')


def needs(answers: Iterable[OptionText]) -> dict[str, str]:
    """Answers as the model scorer's address says needs; what is not answered is left as it stands there at first."""
    musts, order, capability = dict(START), list[str](), ""
    for each in answers:
        musts |= each.must
        order += [name for name in each.prefer if name not in order]
        capability = capability or each.capability
    address = {"must": ",".join(f"{name}:{answer}" for name, answer in musts.items())}
    if order:
        address["prefer"] = ",".join(order)
    if capability:
        address |= {"from": PAGE, "capability": capability}
    return address
