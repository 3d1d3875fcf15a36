"""What the parts of the Language models page share: the guess before the answer, what follows from it, sources."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from aipm.content.practices import Read
from aipm.ui import page
from aipm.ui.address import put
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.lm_address import PAGE
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessTexts:
    """A question with its options; `show` is for whoever would rather look. `told` follows, right or wrong."""

    question: str
    options: dict[str, str]
    show: str
    right: str
    wrong: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """Where a claim comes from, and when that was read or published."""

    name: str
    url: str
    day: str


SHOWN = "show"


def guess(name: str, texts: GuessTexts, /, *, answer: str, **facts: str) -> bool:
    """Ask before showing. True once somebody has guessed, or asked to see; the guess stands in the address.

    `answer` is the key of the right option; `facts` fill in `texts.told`.
    """
    options = {**texts.options, SHOWN: texts.show}
    said = st.query_params.get(name)
    chosen = st.pills(
        texts.question,
        tuple(options),
        format_func=lambda each: texts.options.get(each, texts.show),
        **shows(key(PAGE, name), said if said in options else None, lambda guessed: put(**{name: guessed})),
    )
    if chosen is None:
        return False
    verdict = "" if chosen == SHOWN else texts.right if chosen == answer else texts.wrong
    word = f"<b>{markup(verdict)}</b> " if verdict else ""
    page.draw(
        Html(f'<div class="answer" role="status"><p>{word}{markup(texts.told.format(**facts), limit=LONG)}</p></div>')
    )
    return True


def so_what(title: str, text: str) -> None:
    """What a product manager does with it."""
    page.draw(Html(f'<div class="for-pm"><h3>{markup(title)}</h3><p>{markup(text, limit=LONG)}</p></div>'))


def sources(title: str, texts: Sequence[SourceText | Read]) -> Html:
    lines = join(Html(f"<li>{outward(each.url, each.name)}, {markup(each.day)}</li>") for each in texts)
    return Html(f'<div class="sources"><p class="quiet">{markup(title)}</p><ul class="notes">{lines}</ul></div>')


def paragraphs(texts: Sequence[str]) -> Html:
    return join(Html(f"<p>{markup(each, limit=LONG)}</p>") for each in texts)
