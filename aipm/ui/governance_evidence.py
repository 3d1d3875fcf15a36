"""Evidence on a page: how it stands today, and the small form in which a piece of it is chosen and described."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.governance.evidence import Evidence, Tool
from aipm.ui import governance_fields, page
from aipm.ui.governance_evidence_choose import Put, choose, compare, renew
from aipm.ui.governance_evidence_shown import badge, described, standing_now
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html
from aipm.ui.state import key

__all__ = ["badge", "described", "editor", "standing_now"]


def editor(name: str, evidence: Evidence | None, put: Put, *, first: Tool | None = None) -> None:
    """Choose, describe or take away one piece of evidence; `name` is its own in all forms, `put` keeps what it is.

    `first`: the tool or form that most likely shows it.
    """
    now = [evidence]  # two fields can change in one run: the second goes on from what the first made of it

    def keep(changed: Evidence | None) -> None:
        now[0] = changed
        put(changed)

    def part(field: str) -> Callable[[Any], None]:
        return lambda value: keep(replace(now[0], **{field: value})) if now[0] else None

    if evidence is None:
        choose(name, keep, first)
        return
    said = governance_texts().evidence
    page.draw(Html(f"<p>{badge(standing_now(evidence))}</p>"), described(evidence))
    if evidence.kind == "file":
        compare(name, evidence, keep)
    elif evidence.kind == "result" and evidence.result is not None:
        renew(name, evidence, evidence.result, keep)
    if evidence.kind == "link":
        governance_fields.text(
            said.link, name=f"{name}.link", value=evidence.link, put=part("link"), help=said.link_help
        )
    governance_fields.text(said.says, name=f"{name}.says", value=evidence.says, put=part("says"), help=said.says_help)
    left, right = st.columns(2)
    with left:
        governance_fields.text(said.by, name=f"{name}.by", value=evidence.by, put=part("by"))
    with right:
        governance_fields.day(
            said.review_by,
            name=f"{name}.review_by",
            value=evidence.review_by,
            put=part("review_by"),
            help=said.review_help,
        )
    st.button(
        said.remove,
        icon=":material/delete:",
        on_click=keep,
        args=(None,),
        key=key("governance", f"{name}.evidence.none"),
    )
