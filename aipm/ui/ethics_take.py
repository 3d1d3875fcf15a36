"""The end of a form on the Ethics page: take it along as a file, and where its rules come from."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from aipm.governance.form_texts import SourceText
from aipm.ui import download, page
from aipm.ui.ethics_steps import step_texts
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.governance_state import NAMES, Kept, kept
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html, markup

Read = Callable[[type[Any]], Any]
"""Gives the session's form of a kind."""


def sources(texts: Sequence[SourceText], *, as_of: str) -> None:
    """Where the rules on this page come from, and how far that was checked; and that it is no advice."""
    said = step_texts()
    lines = join(Html(f"<li>{outward(each.url, each.name)}. {markup(each.state, limit=LONG)}</li>") for each in texts)
    page.draw(
        Html(f'<div class="sources"><p class="quiet">{markup(said.sources)}</p><ul class="notes">{lines}</ul></div>'),
        page.quiet(f"{said.as_of.format(as_of=as_of)} {governance_texts().not_advice}"),
    )


def take_along(view: str, makers: Mapping[str, Callable[[Read], str]], *, after: str | None) -> None:
    """Downloads of a form: `makers` by kind, made when they are pressed and named after the product.

    That is outside the session, so they are given what reads the forms as they are then.
    """
    said, now = step_texts(), kept()
    page.draw(Html(f"<h3>{markup(said.take_title)}</h3>"), page.quiet(said.take))
    with st.container(horizontal=True):
        for kind, make in makers.items():
            suffix, mime = KINDS[kind]
            download.button(
                said.download.format(kind=said.kinds[kind]),
                partial(_bytes, make, now),
                page="ethics",
                name=f"{view}.{kind}",
                after=after or view,
                suffix=f"-{view}{suffix}",
                mime=mime,
            )


def _bytes(make: Callable[[Read], str], now: Kept) -> bytes:
    return make(lambda kind: now.forms.get(NAMES[kind]) or kind()).encode()


KINDS = {
    "markdown": (".md", "text/markdown"),
    "html": (".html", "text/html"),
    "text": (".txt", "text/plain"),
}
