"""A scene that says how many full garbage collections there were so far."""

import gc

import streamlit as st

full = []


def count(phase, info):
    if phase == "start" and info["generation"] == 2:
        full.append(info)


gc.callbacks.append(count)


def draw():
    run = st.session_state["run"] = st.session_state.get("run", 0) + 1
    st.button("Again")
    st.text(f"run {run}: {len(full)} collections")
