"""Downloads: made when they are asked for, and named safely. What is in them is the engines' work."""

from collections.abc import Callable

import streamlit as st

from aipm.ui.safe import file_name
from aipm.ui.state import key


def button(label: str, make: Callable[[], bytes], *, page: str, name: str, after: str, suffix: str, mime: str) -> None:
    """A download button. `make` runs when it is pressed, not before; `after` is the name of the file it is about."""
    st.download_button(
        label,
        data=make,
        file_name=file_name(after, suffix=suffix),
        mime=mime,
        key=key(page, name),
        on_click="ignore",
        icon=":material/download:",
    )
