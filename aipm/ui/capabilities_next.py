"""From the Capabilities page to the use-case mapper and the model scorer, with what is known so far."""

import streamlit as st

from aipm.mapping.examples import NONE
from aipm.ui import brief_state, page
from aipm.ui.capabilities_address import PAGE
from aipm.ui.capabilities_texts import CapabilitiesPageTexts, View
from aipm.ui.registry import FILES
from aipm.ui.state import key

MAPPER, SCORER = "use_case_mapper", "model_scorer"


def onwards(texts: CapabilitiesPageTexts, *, view: View, label: str | None) -> None:
    """The capability in view goes along in the address; what was typed in the session, for it may be private."""
    said = texts.next
    page.section(said["title"], sentence=said["sentence"])
    typed: str = st.session_state.get(key(PAGE, "search")) or ""
    if view != "find" or not typed.strip():
        page.link(MAPPER, said["link"], **({"capability": label} if label else {}))
    elif st.button(said["typed"], key=key(PAGE, "go.map"), type="tertiary", icon=":material/arrow_forward:"):
        from aipm.ui.mapper_state import take_up  # the mapper's engines: not wanted for reading

        take_up(typed)
        st.switch_page(FILES[MAPPER], query_params=brief_state.along())
    if label is None or label == NONE:
        page.link(SCORER, said["models"])
    else:
        page.link(SCORER, said["models_for"], capability=label, **{"from": PAGE})
