"""Plain questions on law and people within the canvas, each answered with what it points to."""

from collections.abc import Callable

import streamlit as st

from aipm.mapping.canvas import Canvas
from aipm.mapping.risks import ANSWERS, Answer, Flag, flags, risk_texts
from aipm.ui import page
from aipm.ui.fragments import LONG, notes, outward
from aipm.ui.mapper_texts import CanvasPageTexts
from aipm.ui.safe import Html, markup


def shown(canvas: Canvas) -> dict[str, Answer | None]:
    """What each question's widget holds."""
    given = dict(canvas.risks)
    return {name: given.get(name) for name in risk_texts().questions}


def ask(canvas: Canvas, widget: Callable[[str], str], keep: Callable[[], None], said: CanvasPageTexts) -> None:
    """Draw the questions and what their answers point to; `widget` names one by its question, `keep` is a callback."""
    text, given = risk_texts(), shown(canvas)
    page.draw(Html(f"<h3>{markup(text.title)}</h3>"), page.quiet(text.sentence))
    for name, asked in text.questions.items():
        place = widget(f"risks.{name}")
        st.session_state.setdefault(place, given[name])
        st.segmented_control(
            asked.question,
            ANSWERS,
            format_func=lambda each: text.answers[each],
            help=asked.examples,
            key=place,
            on_change=keep,
        )
    _pointed(canvas, said)


def _pointed(canvas: Canvas, said: CanvasPageTexts) -> None:
    text, found = risk_texts(), flags(dict(canvas.risks))
    if found.flags:
        items = "".join(_flag(flag, said) for flag in found.flags)
        page.draw(Html(f'<h3>{markup(said.flags)}</h3><ul class="flags">{items}</ul>'))
    if found.tasks:
        page.draw(notes(task.text for task in found.tasks))
    page.draw(page.quiet(text.note))


def _flag(flag: Flag, said: CanvasPageTexts) -> str:
    state = said.as_of.format(as_of=flag.as_of, state=flag.source.state)
    return (
        f'<li><span class="verdict is-flag"><span class="sign"></span>{markup(said.flag_sign)}</span> '
        f"<b>{markup(flag.area, limit=LONG)}</b><p>{markup(f'{flag.why} {flag.applies}', limit=LONG)}</p>"
        f'<p class="quiet">{outward(flag.source.url, flag.source.title)} {markup(state, limit=LONG)}</p></li>'
    )
