"""The glossary on its page: one word with what is around it, a guess, and all words by theme, letter or typing."""

import secrets
from collections.abc import Iterable
from functools import cache
from random import Random

import streamlit as st

from aipm.content.glossary import Term, glossary, matching, neighbours
from aipm.ui import page
from aipm.ui.address import go
from aipm.ui.fragments import LONG, outward
from aipm.ui.registry import registry
from aipm.ui.resources_address import PAGE, asked, held
from aipm.ui.resources_family import family
from aipm.ui.resources_texts import GlossaryTexts, page_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import kept, key

SEED, GUESS, EVERY = (key(PAGE, name) for name in ("guess.seed", "guess", "every_word"))
CHOICES = 4


def view() -> None:
    texts, found = page_texts().glossary, glossary()
    page.section(texts.title, sentence=texts.sentence.format(count=len(found.terms), as_of=found.as_of))
    text = names()
    chosen = asked("term", tuple(text))
    st.selectbox(
        texts.term,
        tuple(text),
        index=None,
        placeholder=texts.term_placeholder,
        format_func=lambda each: text[each],
        **held("term", chosen),
    )
    if chosen is None:
        _guess(texts)
    else:
        _whole(chosen, texts)
    _all(texts)


@cache
def names() -> dict[str, str]:
    """What each word is called, in the order of the alphabet."""
    return {key: term.name for key, term in glossary().terms.items()}


def _whole(chosen: str, texts: GlossaryTexts) -> None:
    """One word: what it means, after whom, where in AIPM it is used, and the words around it."""
    term = glossary().terms[chosen]
    page.draw(_entry(chosen))
    with st.container(horizontal=True, vertical_alignment="center", key=key(PAGE, "pages")):
        st.markdown(texts.pages, width="content")
        for each in term.pages:
            page.link(each, registry().pages[each].title)
    page.draw(Html(f'<h3 class="apart">{markup(texts.family_title)}</h3>'), family(chosen, texts))
    with st.container(horizontal=True, vertical_alignment="center", key=key(PAGE, "go.words")):
        text = names()
        st.markdown(texts.family_links, width="content")
        for each in neighbours(chosen):
            st.button(text[each], key=key(PAGE, f"go.term-{each}"), type="tertiary", on_click=go, kwargs={"term": each})


@cache  # our own texts only
def _entry(chosen: str) -> Html:
    term, texts = glossary().terms[chosen], page_texts().glossary
    parts = [f'<h2>{markup(term.name)}</h2><p class="lead">{markup(term.means, limit=LONG)}</p>']
    if term.aliases:
        parts.append(page.quiet(texts.also.format(aliases=", ".join(term.aliases))))
    if term.source is not None:
        source = glossary().sources[term.source]
        link = outward(source.url, source.title) if source.url else markup(source.title, limit=LONG)
        parts.append(f'<p class="quiet">{markup(texts.source)} {link}. {markup(source.state, limit=LONG)}</p>')
    return Html(f'<div class="word">{"".join(parts)}</div>')


def _guess(texts: GlossaryTexts) -> None:
    """A meaning without its word: guess, then see."""
    seed: int = st.session_state.setdefault(SEED, secrets.randbelow(2**32))
    right, options = question(seed)
    text, terms = names(), glossary().terms
    page.draw(
        Html(
            f'<h3 class="apart">{markup(texts.guess_title)}</h3><p class="quiet">{markup(texts.guess_sentence)}</p>'
            f'<blockquote class="statement">{markup(terms[right].means, limit=LONG)}</blockquote>'
        )
    )
    widget = f"{GUESS}.{seed}"
    chosen: str | None = st.session_state.get(widget)
    st.pills(
        texts.guess_label,
        options,
        format_func=lambda each: text[each],
        key=widget,
        label_visibility="collapsed",
    )
    if chosen is None:
        return
    other = terms[chosen]
    said = (
        texts.guess_right.format(name=terms[right].name)
        if chosen == right
        else texts.guess_wrong.format(name=terms[right].name, chosen=other.name, means=other.means)
    )
    page.draw(
        Html(
            f'<div class="answer" role="status"><p>{markup(said, limit=LONG)}</p>'
            f"<p>{markup(texts.guess_so, limit=LONG)}</p></div>"
        )
    )
    st.button(
        texts.guess_next,
        key=key(PAGE, "go.guess"),
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=st.session_state.update,
        kwargs={SEED: secrets.randbelow(2**32)},
    )


def question(seed: int) -> tuple[str, tuple[str, ...]]:
    """A word to guess and the words to choose among, near to one another: its neighbours, then others of its theme."""
    terms = glossary().terms
    draw = Random(seed)  # noqa: S311 - a game
    right = draw.choice([key for key, term in terms.items() if not _told(term)])
    theme = [each for each, term in terms.items() if term.theme == terms[right].theme and each != right]
    draw.shuffle(theme)
    others = list(dict.fromkeys((*neighbours(right), *theme)))[: CHOICES - 1]
    options = [right, *others]
    draw.shuffle(options)
    return right, tuple(options)


def _told(term: Term) -> bool:
    """Whether the meaning gives the word away."""
    return any(name.casefold() in term.means.casefold() for name in term.names)


def _all(texts: GlossaryTexts) -> None:
    found = glossary()
    page.draw(Html(f"<h2>{markup(texts.all_title)}</h2>"))
    left, right = st.columns(2)
    with left:
        typed: str = st.text_input(
            texts.narrow, placeholder=texts.narrow_placeholder, max_chars=60, **kept(PAGE, "narrow")
        )
    said = found.themes
    theme = asked("theme", tuple(said))
    with right:
        st.selectbox(
            texts.theme,
            tuple(said),
            index=None,
            placeholder=texts.every_theme,
            format_func=lambda each: said[each],
            **held("theme", theme),
        )
    letters = tuple(dict.fromkeys(term.letter for term in found.terms.values()))
    letter = asked("letter", letters)
    st.pills(texts.letter, letters, label_visibility="collapsed", format_func=markdown, **held("letter", letter))
    shown = [
        each
        for each in matching(typed)
        if (theme is None or found.terms[each].theme == theme)
        and (letter is None or found.terms[each].letter == letter)
    ]
    if not shown:
        page.draw(Html(f'<div class="answer" role="status"><p>{markup(texts.nothing, limit=LONG)}</p></div>'))
        return
    page.draw(page.quiet(texts.one if len(shown) == 1 else texts.count.format(count=len(shown))))
    every = len(shown) <= texts.first or st.session_state.get(EVERY, False)
    page.draw(listed(shown if every else shown[: texts.first]))
    if not every:
        st.button(
            texts.more.format(count=len(shown)),
            key=key(PAGE, "more_words"),
            on_click=st.session_state.update,
            kwargs={EVERY: True},
        )


def listed(keys: Iterable[str]) -> Html:
    """Words with their meanings, as a list of definitions."""
    return Html(f'<dl class="words">{"".join(map(_line, keys))}</dl>')


@cache  # our own texts only
def _line(chosen: str) -> str:
    term = glossary().terms[chosen]
    also = f" <small>{markup(', '.join(term.aliases), limit=LONG)}</small>" if term.aliases else ""
    return f"<div><dt>{markup(term.name)}{also}</dt><dd>{markup(term.means, limit=LONG)}</dd></div>"
