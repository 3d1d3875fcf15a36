"""What the address of the Use-case mapper may say: which part to show, and a sample journey. Never what was typed."""

import streamlit as st

from aipm.mapping.journey import journey_texts
from aipm.ui.mapper_journey import WHICH
from aipm.ui.mapper_state import VIEW, held, hold
from aipm.ui.mapper_texts import mapper_page

NAMES = ("view", "sample")


def arrive() -> None:
    """Show what the address asks for, once: after that the person's own choices count."""
    asked = tuple(st.query_params.get(name) for name in NAMES)
    if asked == held("arrived", (None, None)):
        return
    hold("arrived", asked)
    view, sample = asked
    if view in mapper_page().views.names:
        st.session_state[VIEW] = view
    if sample in journey_texts().samples:
        st.session_state[VIEW], st.session_state[WHICH] = "journey", sample


def leave() -> None:
    """Callback: somebody chose another part; the address must not say otherwise."""
    for name in NAMES:
        st.query_params.pop(name, None)
    if st.session_state[VIEW] not in (None, "pain"):
        st.query_params["view"] = st.session_state[VIEW]
    hold("arrived", tuple(st.query_params.get(name) for name in NAMES))
