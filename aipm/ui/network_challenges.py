"""Challenges in the lab: what to reach, whether the present run reaches it, and what has been reached so far."""

import streamlit as st

from aipm.labs.network_reading import Outlook, met
from aipm.labs.network_spec import NetworkSpec
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.network_address import PAGE, link
from aipm.ui.network_texts import NetworkPage
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

SOLVED = key(PAGE, "solved")


def challenges(spec: NetworkSpec, found: Outlook, text: NetworkPage) -> None:
    said = text.challenges
    solved: frozenset[str] = st.session_state.get(SOLVED, frozenset())
    solved |= {name for name, each in said.list.items() if met(each.goal, spec, found)}
    st.session_state[SOLVED] = solved
    page.section(said.title, sentence=said.sentence)
    page.draw(page.quiet(said.solved.format(solved=len(solved), total=len(said.list))))
    for name, each in said.list.items():
        verdict, word = ("within-tolerance", said.done) if name in solved else ("not-enough-data", said.open)
        with st.container(key=key(PAGE, f"challenge-{name}").replace(".", "-").replace("_", "-")):
            page.draw(
                Html(
                    f'<h3 class="challenge"><span class="verdict is-{verdict}"><span class="sign"></span>{markup(word)}'
                    f"</span> {markup(each.title)}</h3><p>{markup(each.text, limit=LONG)}</p>"
                )
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                link(said.start, {"view": "lab", **each.start}, name=f"challenge.{name}")
                with st.popover(said.hint, key=key(PAGE, f"hint.{name}")):
                    page.draw(page.quiet(each.hint))
