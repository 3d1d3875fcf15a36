"""The page Brief: the story, taking it along, its versions, sharing it; or a brief that somebody shared."""

import streamlit as st

from aipm.ui import brief_read, brief_share, brief_standing, brief_story, brief_take, brief_versions, page
from aipm.ui.address import turns
from aipm.ui.brief_page_texts import brief_page_texts

PAGE = "brief"


def draw() -> None:
    page.header(PAGE)
    if token := st.query_params.get(brief_read.READ):
        brief_read.shared(token)
        return
    if st.query_params.get(brief_read.EXAMPLE):
        brief_read.worked()
        return
    texts = brief_page_texts()
    brief_standing.draw()
    view = turns(PAGE, "view", texts.views.label, texts.views.names)
    if view != "share":
        brief_share.forget()
    {
        "story": brief_story.own,
        "take": brief_take.own,
        "versions": brief_versions.draw,
        "share": brief_share.draw,
    }[view]()
    page.section(texts.next.title, sentence=texts.next.sentence)
    page.link(texts.next.page, texts.next.link)
