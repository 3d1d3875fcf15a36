"""What the address of the Model scorer may say of its parts: which of the three to show."""

import streamlit as st

from aipm.ui.scorer_state import VIEW, held, hold
from aipm.ui.scorer_texts import scorer_page


def arrive() -> None:
    """Show what the address asks for, once: after that the person's own choices count."""
    asked = st.query_params.get("view")
    if asked == held("arrived", None):
        return
    hold("arrived", asked)
    if asked in scorer_page().views.names:
        st.session_state[VIEW] = asked


def leave() -> None:
    """Callback: somebody chose another part; the address says so."""
    st.query_params["view"] = st.session_state[VIEW]
    hold("arrived", st.session_state[VIEW])
