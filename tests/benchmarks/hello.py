"""The least a Streamlit app of two pages can be: what the product's pages are measured beside."""

import streamlit as st


def hello() -> None:
    st.title("Hello, world")
    number = st.slider("A number", 0, 100, 50)
    st.write(f"You chose {number}.")


def other() -> None:
    st.title("Another page")


st.navigation([st.Page(hello, default=True), st.Page(other)]).run()
