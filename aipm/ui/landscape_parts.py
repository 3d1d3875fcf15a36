"""Pieces that every part of the AI landscape page uses: a guess before the answer, something cited, the way onwards."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, outward
from aipm.ui.landscape_address import PAGE, go
from aipm.ui.landscape_texts import Cited, GuessTexts, Onward, page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows


def guess(name: str, text: GuessTexts, *, figures: Mapping[str, str] | None = None) -> bool:
    """A question, then whether it was right and why; True once it was answered, or somebody went on without.

    `figures` fill the names in the reason, so that it tells what the lab itself shows.
    """
    said, kept = page_texts().guess, key(PAGE, f"guessed.{name}")
    answered: str | None = st.session_state.get(kept)
    page.draw(
        Html(
            f'<p class="eyebrow ask">{markup(said["first"])}</p>'
            f'<p class="question">{markup(text.question, limit=LONG)}</p>'
        )
    )
    shown = answered if answered in text.options else None
    st.pills(
        text.question,
        tuple(text.options),
        format_func=lambda each: text.options[each],
        disabled=answered is not None,
        label_visibility="collapsed",
        **shows(key(PAGE, f"guess.{name}"), shown, partial(st.session_state.__setitem__, kept)),
    )
    if answered is None:
        st.button(
            said["skip"],
            key=key(PAGE, f"skip.{name}"),
            type="tertiary",
            on_click=st.session_state.update,
            args=({kept: ""},),
        )
        return False
    because = text.because.format(**(figures or {}))
    if answered:
        page.draw(told(right=answered == text.right, sentence=because))
    else:
        whole = said["answer"].format(answer=text.options[text.right], because=because)
        page.draw(Html(f'<div class="answer"><p>{markup(whole, limit=LONG)}</p></div>'))
    return True


def told(*, right: bool, sentence: str) -> Html:
    """Right or not as sign, word and colour, and why."""
    said = page_texts().guess
    verdict, word = ("within-tolerance", said["right"]) if right else ("gap", said["wrong"])
    return Html(
        f'<div class="answer is-{verdict}" role="status"><span class="verdict"><span class="sign"></span>'
        f"{markup(word)}</span><p>{markup(sentence, limit=LONG)}</p></div>"
    )


def cited(each: Cited, *, form: str) -> Html:
    """A claim that can age, with its source, its day, and the day we looked; `form` orders date and checked."""
    when = form.format(date=each.date, checked=each.checked)
    source = f"{outward(each.url, each.title)}, {markup(when, limit=LONG)}"
    return Html(f'{markup(each.text, limit=LONG)} <small class="cited">{source}</small>')


def onward(to: Onward, *, name: str) -> None:
    """A link to another page, or a button that leads elsewhere on this one; `name` sets it apart from the others."""
    if to.page == PAGE:  # a link to the page one is on leaves the address as it was
        known: dict[str, str | None] = {**to.known}
        go(to.link, name=name, icon=":material/arrow_forward:", **known)
    else:
        page.link(to.page, to.link, **to.known)


def so_what(title: str, sentence: str) -> None:
    page.draw(Html(f'<div class="so-what"><h3>{markup(title)}</h3><p>{markup(sentence, limit=LONG)}</p></div>'))


def prose(text: str) -> Html:
    return Html(f"<p>{markup(text, limit=LONG)}</p>")
