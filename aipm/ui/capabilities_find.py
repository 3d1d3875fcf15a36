"""Find what others did: cases, passages of the entries and example statements that are close to what somebody types."""

import streamlit as st

from aipm.mapping.examples import NONE
from aipm.ui import page
from aipm.ui.capabilities_address import PAGE, link
from aipm.ui.capabilities_cases import listed
from aipm.ui.capabilities_sheet import named
from aipm.ui.capabilities_texts import CapabilitiesPageTexts
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

MOST_CHARACTERS = 500
CASES, ENTRIES, STATEMENTS = 6, 4, 4


def find(texts: CapabilitiesPageTexts) -> None:
    said = texts.find
    page.section(said.title, sentence=said.sentence)
    box = kept(PAGE, "search")
    asked: str = st.text_input(said.label, placeholder=said.placeholder, max_chars=MOST_CHARACTERS, **box)
    if not asked.strip():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(said.invitation, width="content")
            for name, example in said.examples.items():
                st.button(
                    example,
                    key=key(PAGE, f"try.{name}"),
                    on_click=st.session_state.update,
                    args=({box["key"]: example},),
                )
        return
    _found(asked, texts)


def _found(asked: str, texts: CapabilitiesPageTexts) -> None:
    from aipm.mapping.search import search
    from aipm.mapping.statement import is_english

    said = texts.find
    hits = once(PAGE, "search", asked, lambda: search(asked, limit=CASES), working=said.working)
    if not is_english(asked):
        page.draw(page.quiet(said.not_english))
    if not hits:
        page.draw(
            Html(
                f'<div class="answer" role="status"><p>{markup(said.nothing)}</p>'
                f"<p>{markup(said.nothing_detail, limit=LONG)}</p></div>"
            )
        )
        return
    cases = [hit.passage.case for hit in hits if hit.passage.case]
    entries = [hit.passage for hit in hits if hit.passage.kind == "entry"][:ENTRIES]
    statements = [hit.passage for hit in hits if hit.passage.kind == "statement"][:STATEMENTS]
    page.draw(Html(f"<h3>{markup(said.cases)}</h3>"), listed(cases) if cases else page.quiet(said.no_cases))
    if statements:
        lines = "".join(
            f"<li>{markup(each.text, limit=LONG)} "
            f'<span class="quiet">{markup(said.calls_for.format(name=named()[each.label]))}</span></li>'
            for each in statements
        )
        page.draw(Html(f'<h3 class="apart">{markup(said.statements)}</h3><ul class="notes">{lines}</ul>'))
    if entries:
        parts = texts.entry.parts
        lines = "".join(
            f"<li><b>{markup(named()[each.label])}, {markup(parts[each.part or 'definition'].lower())}.</b> "
            f"{markup(f'“{each.text}”' if each.part == 'signals' else each.text, limit=LONG)}</li>"
            for each in entries
        )
        page.draw(Html(f'<h3 class="apart">{markup(said.entries)}</h3><ul class="notes">{lines}</ul>'))
        with st.container(horizontal=True):
            for label in dict.fromkeys(each.label for each in entries):
                link(_whole(label, texts), capability=label)


def _whole(label: str, texts: CapabilitiesPageTexts) -> str:
    return texts.quiz.open if label == NONE else texts.entry.whole.format(name=named()[label])
