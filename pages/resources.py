"""Resources and glossary: what a word means, where to read on, a plan, steps towards the work, a search of it all."""

import streamlit as st

from aipm.ui import page, resources_career, resources_glossary, resources_plan, resources_read, search_view
from aipm.ui.resources_address import PAGE, asked, held
from aipm.ui.resources_texts import page_texts

texts = page_texts()

page.header(PAGE)
view = asked("view", tuple(texts.views)) or "glossary"
st.segmented_control(
    texts.label,
    tuple(texts.views),
    format_func=lambda each: texts.views[each],
    required=True,
    label_visibility="collapsed",
    **held("view", view, default="glossary"),
)
match view:
    case "glossary":
        resources_glossary.view()
    case "read":
        resources_read.view()
    case "plan":
        resources_plan.view()
    case "career":
        resources_career.view()
    case "search":
        search_view.view()

if view != "plan":  # which ends with the way on for its aim
    page.next_step(texts.next.sentence, key="use_case_mapper", text=texts.next.link)
