"""Where each part of the Language models page leads: the next part, and the tool that uses what was seen."""

from aipm.ui import page
from aipm.ui.lm_address import link
from aipm.ui.lm_texts import PageTexts, View


def onwards(texts: PageTexts, *, view: View) -> None:
    said = texts.next[view]
    page.section(texts.next_title, sentence=said.sentence)
    if said.view is not None:
        link(said.view_link, view=said.view)
    page.link(said.page, said.page_link)
