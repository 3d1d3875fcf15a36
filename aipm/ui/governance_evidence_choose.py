"""Choose a piece of evidence: what a tool or form says, a file by its sha256, a place; renew it when there is news."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from aipm.governance.evidence import TOOLS, Evidence, Kind, Result, Tool
from aipm.governance.fields import typed
from aipm.ui import brief_state, clock, governance_fields, page, results
from aipm.ui.governance_evidence_shown import result_card, sign
from aipm.ui.governance_texts import governance_texts
from aipm.ui.memo import once
from aipm.ui.registry import FILES
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

Put = Callable[[Evidence | None], None]
LEAD: tuple[Tool, ...] = ("use_case_mapper", "model_scorer", "data_prep", "bias_audit", "lifecycle")
"""The tools that are named where nothing was used yet."""
OF_PARTS = ("lifecycle", "ethics")
VIEWS = {"ab_test": "test", "practices": "repeat", "harms": "people", "dpia": "privacy"}
"""The view of a form, where it has another name."""


def choose(name: str, keep: Put, first: Tool | None) -> None:
    """Of which kind, then which one."""
    said = governance_texts().evidence
    chosen: Kind | None = st.segmented_control(
        said.kind,
        tuple(said.kinds),
        format_func=lambda each: said.kinds[each],
        help=said.kind_help,
        **kept("governance", f"{name}.evidence.kind"),
    )
    if chosen == "result":
        _results(name, keep, first)
    elif chosen == "file":
        widget = key("governance", f"{name}.evidence.file")

        def take_file() -> None:
            if (file := st.session_state[widget]) is not None:
                keep(_of_file(file))

        st.file_uploader(said.file, help=said.file_help, key=widget, on_change=take_file)
    elif chosen == "link":

        def take_link(written: str | None) -> None:
            if written:
                keep(Evidence(kind="link", added=clock.today(), link=written))

        governance_fields.text(said.link, name=f"{name}.link", value=None, put=take_link, help=said.link_help)


def _results(name: str, keep: Put, first: Tool | None) -> None:
    """What tools and forms say now, one of them to be taken; the ways to the tools where none says anything."""
    said = governance_texts().evidence
    found = {tool: each for tool, each in results.latest().items() if tool in TOOLS}
    if not found:
        page.draw(page.quiet(said.no_results))
        with st.container(horizontal=True):
            for tool in LEAD:
                _way(tool, said.tools[tool], name=f"{name}.evidence.way.{tool}")
        return
    options = tuple(sorted(found, key=lambda each: (each != first, TOOLS.index(each))))
    chosen = st.selectbox(
        said.which,
        options,
        index=0 if first in found or (first is None and len(found) == 1) else None,
        format_func=lambda each: said.tools[each],
        placeholder=said.which_none,
        key=key("governance", f"{name}.evidence.which"),
    )
    if chosen is None:
        return
    with st.container(border=True):
        page.draw(result_card(found[chosen]))
        st.button(
            said.take,
            icon=":material/add_link:",
            on_click=keep,
            args=(Evidence(kind="result", added=clock.today(), result=found[chosen]),),
            key=key("governance", f"{name}.evidence.take"),
        )
    if first is not None and first not in found:
        _way(first, said.again.format(tool=said.tools[first]), name=f"{name}.evidence.first")


def renew(name: str, evidence: Evidence, result: Result, keep: Put) -> None:
    """Where its tool says something newer by now: take that instead, the words about it stay."""
    said = governance_texts().evidence
    tool = result.tool
    newer = results.latest().get(tool)
    if newer is None or (newer.fingerprint == result.fingerprint and newer.said == result.said):
        _way(tool, said.again.format(tool=said.tools[tool]), name=f"{name}.evidence.again")
    else:
        with st.container(border=True):
            page.draw(page.quiet(said.newer), result_card(newer))
            st.button(
                said.renew,
                icon=":material/update:",
                on_click=keep,
                args=(replace(evidence, result=newer, added=clock.today(), review_by=None),),
                key=key("governance", f"{name}.evidence.renew"),
            )


def compare(name: str, evidence: Evidence, keep: Put) -> None:
    """Whether a file that somebody holds is still the one that was added; another one can take its place."""
    said = governance_texts().evidence
    with st.popover(said.compare, icon=":material/difference:", key=key("governance", f"{name}.evidence.compare")):
        file = st.file_uploader(said.file, help=said.file_help, key=key("governance", f"{name}.evidence.compared"))
        if file is None:
            return
        other = once("governance", f"{name}.again", (file.file_id, clock.today()), lambda: _of_file(file))
        if other.file_sha256 == evidence.file_sha256:
            page.draw(Html(f"<p>{sign('fresh')}{markup(said.same)}</p>"))
            return
        page.draw(Html(f"<p>{sign('stale')}{markup(said.other)}</p>"))
        newer = replace(evidence, file_name=other.file_name, file_sha256=other.file_sha256, added=other.added)
        st.button(
            said.renew,
            icon=":material/update:",
            on_click=keep,
            args=(replace(newer, review_by=None),),
            key=key("governance", f"{name}.evidence.renew"),
        )


def _of_file(file: "UploadedFile") -> Evidence:
    """Its name and sha256: the file itself goes when the page is drawn without its field."""
    digest = hashlib.sha256(file.getbuffer()).hexdigest()
    no_name = governance_texts().evidence.no_name
    return Evidence(kind="file", added=clock.today(), file_name=typed(file.name) or no_name, file_sha256=digest)


def _way(tool: Tool, text: str, *, name: str) -> None:
    """The way to a tool or a form; a button where it is a part of a page that one may be on already."""
    where, _, part = tool.partition(".")
    if where in OF_PARTS:
        if st.button(text, type="tertiary", icon=":material/arrow_forward:", key=key("governance", name)):
            view = VIEWS.get(part, part or "metrics")
            st.switch_page(FILES[where], query_params={"view": view, **brief_state.along()})
    elif where == "model_scorer":
        page.link(where, text, view=part or "model")
    else:
        page.link(where, text)
