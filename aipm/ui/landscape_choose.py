"""Which one when: a few questions, one at a time, and where to begin; the answers stand in the address."""

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, notes
from aipm.ui.landscape_address import PAGE, put
from aipm.ui.landscape_parts import guess, onward, prose
from aipm.ui.landscape_texts import ChooseTexts, Outcome
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows

BETWEEN = "."
"""Stands between answers in the address."""


def draw(text: ChooseTexts) -> None:
    page.section(text.title, sentence=text.sentence)
    if guess("choose", text.guess):
        _questions(text)
    page.section(text.conditions_title, sentence="")
    page.draw(prose(text.conditions), notes(text.conditions_list))
    onward(text.conditions_link, name="conditions")


def walked(said: str, text: ChooseTexts) -> tuple[list[tuple[str, str]], str]:
    """The answers of an address that lead somewhere, as (question, answer) in order, and what they lead to."""
    at, given = text.first, []
    for answer in said.split(BETWEEN):
        if at not in text.questions or answer not in text.questions[at].options:
            break
        given.append((at, answer))
        at = text.questions[at].options[answer].to
    return given, at


def _questions(text: ChooseTexts) -> None:
    given, at = walked(st.query_params.get("answers", ""), text)
    for place, (name, answer) in enumerate(given):
        _question(name, [each for _, each in given[:place]], answer, text)
    if at in text.questions:
        _question(at, [answer for _, answer in given], None, text)
    else:
        page.draw(_outcome(text.outcomes[at], text))
        onward(text.outcomes[at].onward, name=f"outcome.{at}")
        st.button(text.again, key=key(PAGE, "choose.again"), on_click=put, kwargs={"answers": None})


def _question(name: str, before: list[str], answer: str | None, text: ChooseTexts) -> None:
    """One question; another answer to an earlier one takes away those after it."""
    question = text.questions[name]

    def take(chosen: str | None) -> None:
        put(answers=BETWEEN.join([*before, chosen] if chosen else before) or None)

    text_of = question.options
    texts = {each: option.text for each, option in text_of.items()}
    st.radio(
        text.questions[name].text,
        tuple(texts),
        format_func=lambda each: texts[each],
        index=None,
        captions=None,
        help=text.questions[name].help,
        **shows(key(PAGE, f"choose.{name}"), answer, take),
    )


def _outcome(found: Outcome, text: ChooseTexts) -> Html:
    said = text.answer.format(name=found.name)
    return Html(
        f'<div class="answer" role="status"><p>{markup(said)}</p><p>{markup(found.because, limit=LONG)}</p></div>'
        f"<p><b>{markup(text.first_step)}.</b> {markup(found.first, limit=LONG)}</p>"
        f"<p><b>{markup(text.beware)}.</b> {markup(found.beware, limit=LONG)}</p>"
    )
