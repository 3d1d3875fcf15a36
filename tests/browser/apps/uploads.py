"""A scene that takes an upload and says how large it was."""

import streamlit as st

from aipm.ui import upload


def draw():
    source = upload.choose("File", page="test", samples={}, invitation="")
    if source is not None:
        st.text(f"{len(source.data)} bytes")
