"""The anatomy of a page on Streamlit: title and sentence, views, sections, the answer, the link onwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from aipm.tables import Refusal
from aipm.ui import address, brief_state
from aipm.ui.fragments import LONG, join
from aipm.ui.glossary import explained
from aipm.ui.registry import FILES, registry
from aipm.ui.safe import Html, markup

V = TypeVar("V", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTexts(Generic[V]):
    """The parts of a page that take turns: what choosing among them is called, and their names, the first one first."""

    label: str
    names: dict[V, str]


def draw(*parts: Html) -> None:
    """Put HTML made by this package on the page; a few words of its paragraphs can be pressed for their meaning."""
    st.html(f'<div class="aipm">{explained(join(parts))}</div>')


def header(key: str) -> None:
    """Begin a page: its title and the one sentence on what it helps decide; `key` as in the registry."""
    address.arrive(key)
    text = registry().pages[key]
    draw(Html(f'<h1>{markup(text.title)}</h1><p class="lead">{markup(text.summary, limit=LONG)}</p>'))


def views(text: ViewTexts[V], *, key: str, on_change: Callable[[], None]) -> V:
    """The part of the page that is wanted; whoever comes first sees the first. `key` holds it in the session."""
    first = next(iter(text.names))
    st.session_state.setdefault(key, first)
    chosen = st.segmented_control(
        text.label,
        tuple(text.names),
        format_func=lambda each: text.names[each],
        required=True,
        label_visibility="collapsed",
        key=key,
        persist_state="session",
        on_change=on_change,
    )
    return chosen or first


def section(title: str, *, sentence: str = "") -> None:
    more = f'<p class="quiet">{markup(sentence, limit=LONG)}</p>' if sentence else ""
    draw(Html(f"<h2>{markup(title)}</h2>{more}"))


def link(key: str, text: str, *, sample: str | None = None, **known: str) -> None:
    """A link to another page; `sample` opens it with that sample's data, `known` carries along what is known."""
    if sample:
        known["sample"] = sample
    carried = {**known, **brief_state.along()}
    st.page_link(FILES[key], label=text, icon=":material/arrow_forward:", query_params=carried or None)


def next_step(sentence: str, *, key: str, text: str) -> None:
    """What to do next, and the way there: no page ends without it."""
    section("What next", sentence=sentence)
    link(key, text)


def quiet(text: str) -> Html:
    """A sentence of second rank."""
    return Html(f'<p class="quiet">{markup(text, limit=LONG)}</p>')


def at_work(sentence: str) -> None:
    """Say that something takes a moment: over the page, so that nothing moves when it goes."""
    draw(Html(f'<p class="at-work" role="status">{markup(sentence, limit=LONG)}</p>'))


def refused(what: str, refusal: Refusal) -> None:
    """What could not be done, where it went wrong, and what to do next."""
    lines = dict.fromkeys((what, refusal.message, refusal.advice))
    said = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines if line)
    draw(Html(f'<div class="answer refused" role="alert">{said}</div>'))
