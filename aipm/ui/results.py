"""The latest result of each tool in this session, as evidence needs it: a sentence and fingerprints, never rows."""

from typing import cast

import streamlit as st

from aipm.governance.evidence import Result, Tool
from aipm.ui.state import key

KEPT = key("results", "latest")


def keep(result: Result) -> None:
    """This is what its tool says now. The same result again keeps the time at which it was first found."""
    known = latest().get(result.tool)
    if known is None or known.fingerprint != result.fingerprint or known.said != result.said:
        latest()[result.tool] = result


def latest() -> dict[Tool, Result]:
    return cast("dict[Tool, Result]", st.session_state.setdefault(KEPT, {}))
