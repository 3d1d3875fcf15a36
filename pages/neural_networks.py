"""Neural networks: how a network learns, what more of it buys, and where it stops."""

import streamlit as st

from aipm.ui import network_guess, network_lab, network_learn, network_next, network_sequences, page
from aipm.ui.network_address import PAGE, asked, held
from aipm.ui.network_texts import network_page

text = network_page()
views = text.views

page.header(PAGE)
view = asked("view", tuple(views), "guess")
st.segmented_control(
    text.label,
    tuple(views),
    format_func=lambda each: views[each],
    required=True,
    label_visibility="collapsed",
    **held("view", view, default="guess"),
)
match view:
    case "guess":
        network_guess.guess(text)
    case "lab":
        network_lab.lab(text)
    case "learn":
        network_learn.learn(text)
    case "limits":
        network_sequences.limits(text)

network_next.onwards(text)
