"""Definitions where words stand: the first use of a glossary term can be pressed, or pointed at, for its meaning.

A few marks a screen at most, each word once; the pop-over is the browser's own, so it opens by key, closes by Escape
and needs no script. A switch in the sidebar turns it off for the session.
"""

import re
from dataclasses import dataclass, field

import streamlit as st

from aipm.content.glossary import glossary, uses
from aipm.ui.resources_texts import page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

MOST, MOST_EACH = 5, 2
"""Marks on a page, and in one paragraph: more would be harder to read than the words themselves."""
SWITCH, MARKED = key("glossary", "switch"), key("glossary", "marked")


@dataclass(slots=True)
class Marked:
    """What this run of the page has marked: each term, and the text it stands in, so that a fragment marks the same."""

    reading: bool = False
    where: dict[str, str] = field(default_factory=dict)

    def may(self, term: str, text: str) -> bool:
        if term in self.where:
            return self.where[term] == text
        return len(self.where) < MOST


def begin(*, reading: bool) -> None:
    """A new run of the page: nothing is marked yet. A page for `reading` is marked throughout, a tool in its headings'
    sentences only: what a tool answers is to be read as it is.
    """
    st.session_state[MARKED] = Marked(reading=reading)


def switch() -> None:
    """The switch for the session."""
    said = page_texts().words
    st.session_state.setdefault(SWITCH, True)
    st.toggle(said.switch, help=said.switch_help, key=SWITCH)


def explained(html: Html) -> Html:
    """`html` with words marked in its plain paragraphs, or those under its headings; as it is where that is off.

    An answer stays as it is, and so does what is read out as it changes: a button in it would be read out, too.
    """
    marked = st.session_state.get(MARKED)
    if not isinstance(marked, Marked) or not st.session_state.get(SWITCH, True) or _LEFT.search(html):
        return html
    pattern = _PARAGRAPH if marked.reading else _UNDER_A_HEADING
    return Html(pattern.sub(lambda found: f"{found[1]}{defined(Html(found[2]), marked)}</p>", html))


_LEFT = re.compile(r'role="|class="answer')
_PARAGRAPH = re.compile(r'(<p(?: class="(?:lead|quiet)")?>)([^<]+)</p>')
_UNDER_A_HEADING = re.compile(r'((?<=</h[12]>)<p class="(?:lead|quiet)">)([^<]+)</p>')


def defined(text: Html, marked: Marked) -> Html:
    """`text`, escaped already and without tags, with its first words of the glossary marked."""
    if len(marked.where) >= MOST and text not in marked.where.values():
        return text
    parts, place, count = [], 0, 0
    for use in uses(text):
        if count < MOST_EACH and marked.may(use.key, text):
            marked.where[use.key] = text
            parts += [text[place : use.start], _mark(use.key, Html(text[use.start : use.end]))]
            place, count = use.end, count + 1
    return Html("".join([*parts, text[place:]]))


def _mark(term: str, said: Html) -> str:
    means = markup(f"{glossary().terms[term].name}: {glossary().terms[term].means}", limit=400)
    name = f"word-{term.replace('_', '-')}"
    return (
        f'<span class="term"><dfn><button type="button" popovertarget="{name}">{said}</button></dfn>'
        f'<span id="{name}" popover>{means}</span></span>'
    )
