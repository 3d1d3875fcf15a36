"""The latest result of each tool in this session, as evidence needs it: a sentence and fingerprints, never rows.

A form that was filled in is a result, too: it is known by what stands in it.
"""

import hashlib
from typing import Any, cast

import msgspec
import streamlit as st

from aipm.governance.evidence import TOOLS, Result, Tool
from aipm.governance.forms import FORMS
from aipm.ui import clock, governance_state
from aipm.ui.governance_texts import governance_texts
from aipm.ui.state import key

KEPT, SEEN = key("results", "latest"), key("results", "forms")
OF_FORMS: dict[str, Tool] = {part: tool for tool in TOOLS if (part := tool.partition(".")[2]) in FORMS}
"""Name of a form -> what it is called as evidence."""


def digest(asked: object) -> str:
    """sha256 of what was asked, in one form whatever the order of its keys."""
    return hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


def keep(result: Result) -> None:
    """This is what its tool says now. The same result again keeps the time at which it was first found."""
    known = _kept().get(result.tool)
    if known is None or known.fingerprint != result.fingerprint or known.said != result.said:
        _kept()[result.tool] = result


def latest() -> dict[Tool, Result]:
    """What the tools said last, and the forms as they stand."""
    return {**_kept(), **_forms()}


def of(tool: str) -> Result | None:
    """What this tool said last."""
    return latest().get(cast("Tool", tool))


def _kept() -> dict[Tool, Result]:
    return cast("dict[Tool, Result]", st.session_state.setdefault(KEPT, {}))


def _forms() -> dict[Tool, Result]:
    """A result a form in which anything was filled in; a form that is the same object is not read again."""
    seen: dict[Tool, tuple[Any, Result]] = st.session_state.setdefault(SEEN, {})
    found = {}
    for name, form in governance_state.filled().items():
        if (tool := OF_FORMS.get(name)) is None:
            continue
        if tool not in seen or seen[tool][0] is not form:
            said = governance_texts().evidence.form.format(name=governance_texts().evidence.tools[tool])
            seen[tool] = (form, Result(tool=tool, said=said, at=clock.now(), settings=digest(form)))
        found[tool] = seen[tool][1]
    return found
