"""A scene whose author forgot to escape: it asks the browser for things from the host that the address names."""

import streamlit as st


def draw():
    host = st.query_params["host"]
    st.markdown(f"![image]({host}/markdown.png)")
    st.html(f"<img src='{host}/html.png'><style>body {{ background: url({host}/style.png) }}</style>")
    st.html(f"<script>fetch('{host}/fetch')</script>", unsafe_allow_javascript=True)
