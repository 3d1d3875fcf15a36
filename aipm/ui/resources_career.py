"""Steps towards the work, each with something to do here, and what is good to know."""

import streamlit as st

from aipm.content.resources import resources
from aipm.ui import page
from aipm.ui.address import go
from aipm.ui.fragments import LONG
from aipm.ui.resources_address import PAGE
from aipm.ui.resources_texts import page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key


def view() -> None:
    texts, found = page_texts().career, resources().career
    page.section(texts.title, sentence=texts.sentence)
    with st.container(key=key(PAGE, "career")):
        for number, text in enumerate(found.steps, start=1):
            page.draw(
                Html(
                    f'<div class="step"><span class="stage">{number}</span><div><h3>{markup(text.name)}</h3>'
                    f"<p>{markup(text.text, limit=LONG)}</p>"
                    f"<p><b>{markup(texts.to_do.format(to_do=text.to_do), limit=LONG)}</b></p></div></div>"
                )
            )
            if text.page == PAGE:
                st.button(
                    text.link,
                    key=key(PAGE, f"go.step-{number}"),
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    on_click=go,
                    kwargs=text.query,
                )
            else:
                page.link(text.page, text.link, **text.query)
    notes = "".join(
        f"<section><h3>{markup(each.title)}</h3><div><p>{markup(each.text, limit=LONG)}</p></div></section>"
        for each in found.notes
    )
    page.draw(Html(f'<h2>{markup(texts.notes)}</h2><div class="entry">{notes}</div>'))
