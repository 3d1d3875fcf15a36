"""A scene in which everything fails that can, with a person's data in every message."""

import streamlit as st

PERSON = "Ada Lovelace, diabetes"


def fail():
    raise KeyError(PERSON)


@st.fragment
def part():
    if st.button("Fail in a part"):
        fail()


def draw():
    st.button("Fail in a callback", on_click=fail)
    part()
    if st.button("Fail on the page"):
        fail()
    if st.button("Stop"):
        st.stop()
    if st.button("Rerun"):
        st.rerun()
    st.text("The end of the page")
