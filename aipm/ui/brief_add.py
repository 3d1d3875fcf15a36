"""One press that puts a tool's result into the brief."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content.day import day
from aipm.tables import Refusal
from aipm.ui import brief_state, clock, page, results
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.registry import FILES
from aipm.ui.state import key
from aipm.ui.versions import known

if TYPE_CHECKING:
    from aipm.brief.entry import Entry
    from aipm.governance.evidence import Result

REFUSED = key("brief_add", "refused")
"""In the session: the code with which a tool's result was refused, and the fingerprint of that result."""


def offer(tool: str, make: "Callable[[], Entry]", *, parts: Collection[str] = ()) -> None:
    """A button beside a result, and how the brief stands to it. `make` is called when it is pressed.

    What the tool handed over (aipm.ui.results) says whether the brief's entry is still today's; where it handed over
    nothing, there is nothing to add. `parts`: further parts of the answer that were looked at; an entry is not today's
    if its `spec` does not name them all.
    """
    latest, texts = results.of(tool), brief_add_texts()
    if latest is None:
        return
    held, text = brief_state.brief().of(tool), texts.named.get(tool, texts.offer)
    fresh = held is not None and _fresh(held, latest, parts)
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        if held is not None:
            said = _when(held.at)
            st.page_link(
                FILES["brief"],
                label=text.added if fresh else text.older.format(when=said),
                icon=":material/check:",
                query_params=brief_state.along() or None,
            )
        if not fresh:
            says = texts.helps.get(tool, texts.offer.help)
            st.button(
                text.add if held is None else text.renew,
                icon=":material/note_add:" if held is None else ":material/update:",
                help=says if held is None else texts.offer.renew_help,
                key=key("brief_add", tool),
                on_click=_add,
                args=(tool, make),
            )
    code, about = st.session_state.get(REFUSED, {}).get(tool, (None, None))
    if code is not None and about == latest.fingerprint and not fresh:
        reason = _reason(code)
        page.refused(reason, Refusal(code, reason))


def _fresh(held: "Entry", latest: "Result", parts: Collection[str]) -> bool:
    """Whether the tool says the same today, on the same versions, and no more was looked at since."""
    looked_at = held.spec.get("parts")  # from a file that somebody opened this may be anything
    return (
        held.fingerprint == latest.fingerprint
        and dict(held.versions) == known(*held.versions)
        and all(isinstance(looked_at, list) and part in looked_at for part in parts)
    )


def _when(moment: datetime) -> str:
    here, text = moment.astimezone(clock.zone()), brief_add_texts().offer
    if here.date() == clock.today():
        return text.hour.format(time=f"{here:%H:%M}")
    return text.day.format(day=day(here.date()))


def _add(tool: str, make: "Callable[[], Entry]") -> None:
    """Callback: it is in the brief and kept at once, as a run of a part of the page keeps nothing by itself."""
    from aipm.brief import brief
    from aipm.brief.entry import EntryError

    refused = st.session_state.setdefault(REFUSED, {})
    refused.pop(tool, None)
    entry = make()
    try:
        brief_state.put(brief.add(brief_state.brief(), entry))
    except EntryError as problem:
        refused[tool] = (problem.code, entry.fingerprint)
        return
    brief_state.save()


def _reason(code: str) -> str:
    from aipm.brief.entry import disclosure_threshold
    from aipm.brief.texts import brief_texts

    return brief_texts().refused[code].format(threshold=disclosure_threshold())
