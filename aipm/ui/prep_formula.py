"""Where a formula is written: a field, lists of columns and functions to insert, and where a mistake is."""

import re
from collections.abc import Sequence

import streamlit as st

from aipm.content.visible import distinct
from aipm.prep.operation_texts import SettingText
from aipm.prep.operations.expression import formula_column
from aipm.ui.prep_texts import prep_page
from aipm.ui.safe import Html, markup

AROUND = 24
"""Characters shown on each side of a mistake."""


def formula_field(said: SettingText, *, name: str, start: str, columns: Sequence[str]) -> str:
    """The formula as it now stands. What is chosen from the lists is put at its end."""
    texts = prep_page().form

    def insert(which: str) -> None:
        chosen = st.session_state[f"{name}.{which}"]
        if chosen is not None:
            piece = formula_column(chosen) if which == "column" else f"{chosen}("
            before = st.session_state.get(name, start)
            st.session_state[name] = f"{before}{' ' if before and before[-1] not in ' (' else ''}{piece}"
        st.session_state[f"{name}.{which}"] = None

    if name not in st.session_state:
        st.session_state[name] = start
    found = st.text_area(said.label, help=said.help, max_chars=2_000, height=96, key=name)
    one, two = st.columns(2)
    with one:
        st.selectbox(
            texts.insert_column,
            tuple(columns),
            index=None,
            format_func=distinct(columns),
            placeholder=texts.none,
            key=f"{name}.column",
            on_change=insert,
            args=("column",),
        )
    with two:
        st.selectbox(
            texts.insert_function,
            tuple(texts.functions),
            index=None,
            format_func=lambda function: texts.functions[function],
            placeholder=texts.none,
            key=f"{name}.function",
            on_change=insert,
            args=("function",),
        )
    return found.strip()


def place_in(message: str) -> int | None:
    """Where in the formula the mistake is that a message tells of, counted from 0."""
    found = re.search(r"at character ([0-9]+):", message)
    return int(found[1]) - 1 if found else None


def marked(formula: str, place: int) -> Html:
    """The formula around a mistake, with the place marked."""
    before, at, after = formula[max(place - AROUND, 0) : place], formula[place : place + 1], formula[place + 1 :]
    more = "…" if place > AROUND else ""
    return Html(
        f'<p class="formula"><code>{more}{markup(before)}<mark>{markup(at) if at.strip() else "␣"}</mark>'
        f"{markup(after[:AROUND])}</code></p>"
    )
