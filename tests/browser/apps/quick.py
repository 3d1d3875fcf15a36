"""Two buttons that count what came of their presses, on a page that takes its time."""

import time

import streamlit as st


def draw() -> None:
    done = st.session_state.setdefault("done", {"first": 0, "second": 0})

    def press(name: str) -> None:
        time.sleep(0.02)
        done[st.session_state.setdefault(name, name)] += 1

    for name in done:
        st.button(name, on_click=press, args=(name,))
    st.text(f"{done['first']} and {done['second']}")
    for _ in range(5):
        time.sleep(0.01)
        st.text("…")
