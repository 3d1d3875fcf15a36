"""Model scorer: which approach, which model, why, how sure, and what it will cost."""

import streamlit as st

from aipm.ui import page, scorer_address, scorer_approach, scorer_cost, scorer_models, scorer_next
from aipm.ui.scorer_state import PAGE, VIEW
from aipm.ui.scorer_texts import scorer_page

text = scorer_page()
names = text.views.names

page.header(PAGE)
scorer_address.arrive()
st.session_state.setdefault(VIEW, "approach")
chosen = st.segmented_control(
    text.views.label,
    tuple(names),
    format_func=lambda each: names[each],
    required=True,
    label_visibility="collapsed",
    key=VIEW,
    persist_state="session",
    on_change=scorer_address.leave,
)
match chosen or "approach":
    case "approach":
        scorer_approach.approach()
    case "model":
        scorer_models.which_model(text)
    case "cost":
        scorer_cost.what_it_costs(text)

scorer_next.onwards(text)
