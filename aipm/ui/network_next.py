"""What a product manager takes from the Neural networks page, each with the tool to go on with."""

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.network_texts import NetworkPage
from aipm.ui.safe import Html, markup


def onwards(text: NetworkPage) -> None:
    page.section(text.so_what, sentence=text.so_what_sentence)
    for place, each in enumerate(text.onwards):
        with st.container(key=f"neural-networks-onward-{place}"):
            page.draw(Html(f'<p class="onward">{markup(each.text, limit=LONG)}</p>'))
            page.link(each.page, each.link)
