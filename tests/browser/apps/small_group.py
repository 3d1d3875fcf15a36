"""A tool that offers an answer about four people."""

from dataclasses import replace

import streamlit as st

from aipm.brief.entry import Figure
from aipm.ui import brief_add, hand_over
from aipm.ui.brief_entries_parts import made

SMALL = (Figure(name="People", value=50.0, n=4),)


def draw():
    hand_over.cost("It costs $5 a month.", asked="a load")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Something else")
        brief_add.offer("model_scorer.cost", lambda: replace(made("model_scorer.cost", spec={}), figures=SMALL))
