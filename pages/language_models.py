"""Language models: from words to an answer, and what follows for a product."""

import streamlit as st

from aipm.ui import (
    lm_attention,
    lm_kinds,
    lm_next,
    lm_order,
    lm_sampling,
    lm_tokens,
    lm_twice,
    lm_work,
    page,
)
from aipm.ui.lm_address import PAGE, choice, held
from aipm.ui.lm_texts import page_texts

texts = page_texts()
views = texts.views
default = next(iter(views))

page.header(PAGE)
view = choice("view", tuple(views), default=default)
st.segmented_control(
    texts.label,
    tuple(views),
    format_func=lambda each: views[each],
    required=True,
    label_visibility="collapsed",
    **held("view", view, default=default),
)
match view:
    case "tokens":
        lm_tokens.draw()
    case "order":
        lm_order.draw()
    case "attention":
        lm_attention.draw()
    case "sampling":
        lm_sampling.draw()
    case "twice":
        lm_twice.draw()
    case "kinds":
        lm_kinds.draw()
    case "work":
        lm_work.draw()

lm_next.onwards(texts, view=view)
