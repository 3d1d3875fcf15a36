"""Where a page's data comes from: a file the person opens, or a sample one click (or ?sample=… in the address) away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from aipm.ui.state import key

PARAMETER = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Data to try a page on, with a documented finding: what it is called, what is in it, how it is made."""

    title: str
    text: str
    file_name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name (untrusted) and bytes; `sample` is its key where it is one of ours."""

    name: str
    data: bytes
    sample: str | None = None


def choose(label: str, *, page: str, samples: Mapping[str, Offer], invitation: str) -> Source | None:
    """Draw the upload and the samples; give what was chosen last, kept while the person visits other pages."""
    file_key, source_key = key(page, "file"), key(page, "source")

    def opened() -> None:
        upload = st.session_state[file_key]
        st.session_state[source_key] = None if upload is None else Source(upload.name, upload.getvalue())
        st.query_params.pop(PARAMETER, None)

    def sampled(name: str) -> None:
        st.query_params[PARAMETER] = name

    st.file_uploader(label, key=file_key, on_change=opened)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(invitation, width="content")
        for name, sample in samples.items():
            st.button(sample.title, key=key(page, f"sample.{name}"), help=sample.text, on_click=sampled, args=(name,))

    asked: str | None = st.query_params.get(PARAMETER)
    current: Source | None = st.session_state.get(source_key)
    if asked is not None and asked in samples and (current is None or current.sample != asked):
        current = Source(samples[asked].file_name, samples[asked].make(), sample=asked)
        st.session_state[source_key] = current
    return current
