"""The quiz: statements to tell apart, one at a time, the reason after each, and what was mixed up at the end."""

import secrets
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from aipm.mapping.capabilities import KEYS
from aipm.mapping.examples import LABELS
from aipm.mapping.quiz import Mixed, Question, Score, questions, reason, score
from aipm.ui import page
from aipm.ui.capabilities_address import PAGE, link
from aipm.ui.capabilities_sheet import named
from aipm.ui.capabilities_texts import CapabilitiesPageTexts, QuizTexts
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows

SEED, ROUND, ANSWERS, SEEN = (key(PAGE, f"quiz.{name}") for name in ("seed", "round", "answers", "seen"))
"""Kept for the session: what the order is drawn from, the round, its answers, and how many reasons were read."""


def quiz(texts: CapabilitiesPageTexts) -> None:
    said, state = texts.quiz, st.session_state
    page.section(said.title, sentence=said.sentence)
    seed: int = state.setdefault(SEED, secrets.randbelow(2**32))
    number: int = state.setdefault(ROUND, 0)
    asked = once(PAGE, "quiz", (seed, number), lambda: questions(seed, number=number))
    answers: tuple[str, ...] = state.setdefault(ANSWERS, ())
    seen: int = state.setdefault(SEEN, 0)
    if seen == len(asked):
        _end(asked, answers, said)
    else:
        _question(asked, seen, answers, said)


def _question(asked: Sequence[Question], place: int, answers: tuple[str, ...], said: QuizTexts) -> None:
    question, text = asked[place], named()
    answered = len(answers) > place
    total = len(asked)
    page.draw(
        Html(
            f'<p class="quiet">{markup(said.place.format(place=place + 1, total=total))}</p>'
            f'<blockquote class="statement">{markup(question.text, limit=LONG)}</blockquote>'
        )
    )

    def answer(chosen: str | None) -> None:
        if chosen is not None:
            st.session_state[ANSWERS] = (*answers[:place], chosen)

    widget = key(PAGE, f"quiz.answer.{st.session_state[ROUND]}.{place}")
    bound = shows(widget, answers[place] if answered else None, answer)
    st.pills(said.label, LABELS, format_func=lambda each: text[each], disabled=answered, **bound)
    if answered:
        page.draw(_told(question, answers[place], said))
        last = place + 1 == total
        st.button(
            said.finish if last else said.next,
            key=key(PAGE, "quiz.next"),
            on_click=st.session_state.update,
            args=({SEEN: place + 1},),
        )


def _told(question: Question, chosen: str, said: QuizTexts) -> Html:
    """Right or not, what should come out, and how to tell it from what was chosen."""
    why = reason(question, chosen)
    form = said.comes_out if why.right else said.not_the
    names = named()
    first = form.format(comes_out=why.comes_out, name=names[why.label], chosen=names[why.chosen], other=why.chosen_out)
    lines = [first, why.tell]
    if question.misleading:
        lines.append(said.tricky)
    verdict, word = ("within-tolerance", said.right) if why.right else ("gap", said.wrong)
    paragraphs = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines)
    return Html(
        f'<div class="answer is-{verdict}" role="status"><span class="verdict"><span class="sign"></span>'
        f"{markup(word)}</span>{paragraphs}</div>"
    )


def _end(asked: Sequence[Question], answers: Sequence[str], said: QuizTexts) -> None:
    """The score, the pairs that were mixed up with the way to compare them, all eight once more, another round."""
    result, names = score(asked, answers), named()
    page.draw(
        Html(
            f'<div class="answer" role="status"><p>{markup(said.score.format(right=result.right, total=result.total))}'
            f"</p><p>{markup(said.verdicts[_verdict(result)], limit=LONG)}</p></div>"
        )
    )
    if result.mixed:
        lines = "".join(f"<li>{markup(_mixed(each, said))}</li>" for each in result.mixed)
        page.draw(Html(f'<h3 class="apart">{markup(said.mixed)}</h3><ul class="notes">{lines}</ul>'))
        with st.container(horizontal=True):
            for one, other in dict.fromkeys(_pair(each) for each in result.mixed):
                if other in KEYS:
                    link(
                        said.compare.format(one=names[one], other=names[other]),
                        view="compare",
                        capability=one,
                        other=other,
                    )
                else:
                    link(said.open, capability=other)
    rows = [(each.text, names[chosen], names[each.label]) for each, chosen in zip(asked, answers, strict=True)]
    with st.expander(said.review):
        page.draw(table([Column(name=name) for name in said.review_columns], rows, caption=said.review))
    again = {ROUND: st.session_state[ROUND] + 1, ANSWERS: (), SEEN: 0}
    st.button(said.again, key=key(PAGE, "quiz.again"), on_click=st.session_state.update, args=(again,))


def _verdict(result: Score) -> Literal["all", "most", "some"]:
    if result.right == result.total:
        return "all"
    return "most" if result.right >= result.total * 0.6 else "some"


def _pair(mixed: Mixed) -> tuple[str, str]:
    """The two in the order of the content; no AI is last."""
    one, other = sorted((mixed.label, mixed.chosen), key=LABELS.index)
    return one, other


def _mixed(mixed: Mixed, said: QuizTexts) -> str:
    form = said.pair if mixed.times == 1 else said.pair_times
    return form.format(label=named()[mixed.label], chosen=named()[mixed.chosen], times=mixed.times)
