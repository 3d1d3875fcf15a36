"""Data prep: is this data ready, and make it so."""

import streamlit as st

from aipm.prep.sample import prep_sample
from aipm.tables import Refusal
from aipm.ui import page, prep_frame, prep_work, reading, upload
from aipm.ui.fragments import notes
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_texts import prep_page, reading_texts

text = prep_page()

page.header(PAGE)
source = upload.choose(text.upload, page=PAGE, samples=prep_work.offers(), invitation=text.invitation)
if source is None:
    page.section(text.empty.title)
    page.draw(notes(text.empty.points), page.quiet(text.empty.privacy))
    prep_frame.onwards(opened=False)
    st.stop()

token = prep_work.file_token(source)
options = reading.options(PAGE, token)
try:
    opened = prep_work.open_file(source, options, working=reading_texts().working)
except Refusal as refusal:
    page.refused(reading_texts().refused, refusal)
    reading.settings(PAGE, token, reading_texts(), None)
    st.stop()
if source.sample:
    prep_frame.sample(prep_sample())
reading.account(PAGE, token, reading_texts(), opened.table, prep_work.types(opened))


@st.fragment
def wizard() -> None:
    """Everything that an edit of the recipe changes is drawn anew, and nothing above."""
    try:
        work = prep_work.work(working=text.working)
    except Refusal as refusal:
        page.refused(text.refused, refusal)
        return
    prep_frame.wizard(work)


wizard()
prep_frame.onwards(opened=True)
