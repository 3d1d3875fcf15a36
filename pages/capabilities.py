"""Capabilities: what AI can do for a product, seven kinds, and when it is not needed."""

import streamlit as st

from aipm.mapping.examples import LABELS
from aipm.ui import (
    capabilities_cases,
    capabilities_compare,
    capabilities_entry,
    capabilities_find,
    capabilities_next,
    capabilities_quiz,
    capabilities_sheet,
    page,
)
from aipm.ui.capabilities_address import PAGE, asked, held
from aipm.ui.capabilities_texts import page_texts

texts = page_texts()
views = texts.views

page.header(PAGE)
view = asked("view", tuple(views)) or "glance"
st.segmented_control(
    texts.label,
    tuple(views),
    format_func=lambda each: views[each],
    required=True,
    label_visibility="collapsed",
    **held("view", view, default="glance"),
)
label = asked("capability", LABELS)
match view:
    case "glance" if label:
        capabilities_entry.entry(label, texts)
    case "glance":
        capabilities_sheet.sheet(texts)
        capabilities_sheet.start(texts)
    case "compare":
        capabilities_compare.compare(texts)
    case "cases":
        capabilities_cases.browse(texts)
    case "find":
        capabilities_find.find(texts)
    case "quiz":
        capabilities_quiz.quiz(texts)

capabilities_next.onwards(texts, view=view, label=label)
