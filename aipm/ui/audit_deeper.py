"""Below the first view of the audit: five ways to look deeper, one at a time, none of them open at first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

import streamlit as st

from aipm.fairness.counts import Counts
from aipm.fairness.result import AuditResult
from aipm.fairness.section import Section
from aipm.fairness.spec import AuditSpec
from aipm.tables.table import Table
from aipm.ui import address, page
from aipm.ui.audit_texts import audit_page
from aipm.ui.state import Kept, kept, key

PAGE = "bias_audit"
PARTS = {
    "scores": "audit_scores",
    "law": "audit_law",
    "alone": "audit_alone",
    "like": "audit_like",
    "worst": "audit_worst",
}
"""Part -> its module in this package, with `draw(asked) -> Make | None`."""
USED = key(PAGE, "deeper.used")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The audit that is looked into. `token` names the file's columns: a part's widgets carry it in their keys."""

    table: Table
    spec: AuditSpec
    counts: Counts
    result: AuditResult
    token: str
    file_name: str

    @property
    def question(self) -> tuple[object, ...]:
        """What an answer rests on: the same question on the same data has the same answer."""
        return self.table.fingerprint, self.table.columns, self.spec


Make = Callable[[int], Section | tuple[Section, ...]]
"""Makes what a part adds to the report, groups of fewer people than that hidden."""
Part = Callable[[Asked], Make | None]
"""Draws a part, and gives what makes its sections of the report."""


def draw(asked: Asked) -> None:
    """The choice of parts, and the one that was chosen."""
    said = audit_page().deeper
    page.section(said.title, sentence=said.sentence)
    chosen = st.pills(
        said.title,
        tuple(PARTS),
        format_func=lambda each: said.parts[each],
        label_visibility="collapsed",
        on_change=_written,
        **_kept(),
    )
    if chosen is None:
        return
    page.draw(page.quiet(said.about[chosen]))
    part: Part = import_module(f"{__package__}.{PARTS[chosen]}").draw
    made = part(asked)
    if made is not None:
        used = st.session_state.setdefault(USED, {})
        used[chosen] = (asked.question, made)


def _kept() -> Kept:
    """The part that the address names, else the one that was open when the page was left."""
    widget = kept(PAGE, "deeper")
    named = address.asked("deeper", tuple(PARTS), None)
    if named is not None:
        st.session_state[widget["key"]] = named
    return widget


def _written() -> None:
    address.put(deeper=st.session_state[key(PAGE, "deeper")])


def sections(asked: Asked) -> dict[str, Make]:
    """What the report carries: the parts that were looked at for this very question, in their order."""
    used = st.session_state.get(USED, {})
    return {name: used[name][1] for name in PARTS if name in used and used[name][0] == asked.question}


def made(besides: Iterable[Make], threshold: int) -> tuple[Section, ...]:
    """The sections themselves, in their order; a part may give several. Touches no Streamlit."""
    found = (make(threshold) for make in besides)
    return tuple(each for part in found for each in (part if isinstance(part, tuple) else (part,)))
