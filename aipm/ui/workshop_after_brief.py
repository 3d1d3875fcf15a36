"""The results of a room into the brief of this session: all at once, or one at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from aipm.brief.brief import add
from aipm.brief.entry import EntryError, disclosure_threshold
from aipm.brief.story import refused
from aipm.brief.texts import tool_name
from aipm.content import number
from aipm.ui import brief_state, page
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key
from aipm.ui.versions import versions
from aipm.ui.workshop_after_texts import after_texts
from aipm.workshop.record import Record

if TYPE_CHECKING:
    from aipm.brief.brief import Brief
    from aipm.brief.entry import Entry

PAGE = "workshop"
SAID = key(PAGE, "brief.refused")
SIGNS = {"in_it": "is-within-tolerance", "older": "is-inconclusive"}
"""How the brief stands to a result -> the verdict whose sign and colour it shares (style.css)."""


def draw(found: Record, seat: Seat, *, version: int) -> None:
    """A row a result, with how the brief stands to it."""
    from aipm.workshop.brief_entries import entries

    said = after_texts().brief
    page.section(said.title, sentence=said.sentence)
    made = once(PAGE, "entries", (seat, version), lambda: entries(found, versions=versions()))
    if not made:
        page.draw(page.quiet(said.nothing))
        return
    held = brief_state.brief()
    stands = {each.tool: standing(held, each) for each in made}
    left = [each for each in made if stands[each.tool] != "in_it"]
    if any(each.suppressed for each in made):
        page.draw(page.quiet(said.few.format(least=disclosure_threshold())))
    problem = st.session_state.get(SAID)
    if problem:
        told = markup(f"{said.refused} {problem}", limit=LONG)
        page.draw(Html(f'<div class="answer refused" role="alert"><p>{told}</p></div>'))
    names = _names(made)
    for each in made:
        _row(each, names[each.tool], stands[each.tool], seat)
    with st.container(horizontal=True, vertical_alignment="center"):
        if left:
            st.button(
                said.add_all.format(count=number.count(len(left))),
                key=seat.key("after.brief.all"),
                type="primary",
                icon=":material/playlist_add:",
                on_click=_put,
                args=(left,),
            )
        else:
            page.draw(page.quiet(said.all_in))
        page.link("brief", said.open)


def standing(held: "Brief", entry: "Entry") -> str:
    """Whether the brief has this answer: in_it, another one (older), or none (new)."""
    known = held.of(entry.tool)
    if known is None:
        return "new"
    return "in_it" if replace(entry, at=known.at) == known else "older"


def _names(made: "Sequence[Entry]") -> dict[str, str]:
    """A name a result, for its button: its title, or where several have that one, its place in the brief."""
    titles = Counter(each.title for each in made)
    return told_apart({each.tool: each.title if titles[each.title] == 1 else tool_name(each.tool) for each in made})


def _row(entry: "Entry", name: str, stands: str, seat: Seat) -> None:
    said = after_texts().brief
    word = {"in_it": said.in_it, "older": said.older}.get(stands)
    sign = f'<span class="verdict {SIGNS[stands]}"><span class="sign"></span>{markup(word)}</span>' if word else ""
    with st.container(
        key=f"workshop-after-row-{entry.tool.replace('.', '-')}", horizontal=True, vertical_alignment="center"
    ):
        page.draw(
            Html(
                f'<div class="after-row"><p><b>{markup(tool_name(entry.tool))}</b> {sign}</p>'
                f"<p>{markup(entry.title)}</p>"
                f'<p class="quiet">{markup(entry.summary, limit=LONG)}</p></div>'
            )
        )
        if stands != "in_it":
            text = said.add if stands == "new" else said.renew
            st.button(
                text.format(name=markdown(name)),
                key=seat.key(f"after.brief.{entry.tool}"),
                icon=":material/add:" if stands == "new" else ":material/sync:",
                on_click=_put,
                args=([entry],),
            )


def _put(chosen: "Sequence[Entry]") -> None:
    """Callback: these are in the brief now; where one is refused, none is."""
    changed = brief_state.brief()
    try:
        for each in chosen:
            changed = add(changed, each)
    except EntryError as problem:
        st.session_state[SAID] = refused(problem.code)
        return
    st.session_state.pop(SAID, None)
    brief_state.put(changed)
