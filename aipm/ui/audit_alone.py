"""The audit's part on the data by itself: who is in it, what is missing, what gives a group away, what labels teach."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

import streamlit as st

from aipm.content.visible import distinct
from aipm.fairness import alone_words as words
from aipm.fairness.alone import Scan, missing, scan
from aipm.fairness.alone_section import Gaps, Given, Part, section
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.baseline import baseline
from aipm.fairness.proxies import proxies
from aipm.fairness.proxies_together import Together, proxies_together
from aipm.fairness.section import Section
from aipm.tables import Refusal
from aipm.ui import audit_alone_pieces as pieces
from aipm.ui import page
from aipm.ui.audit_alone_present import present
from aipm.ui.audit_deeper import Asked
from aipm.ui.audit_table import drawn
from aipm.ui.fragments import LONG, notes
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import kept, key

PAGE = "bias_audit"
KEPT = 6
LEARNING = "sklearn.ensemble"


def draw(asked: Asked) -> Callable[[int], Section] | None:
    """The four views, one at a time. The report carries those that were looked at."""
    if LEARNING not in sys.modules:  # seconds on first use: begun before anybody asks for a model
        Thread(target=import_module, args=(LEARNING,), daemon=True).start()
    parts = _parts(asked)
    _views(asked, parts)
    return partial(section, parts)


def _parts(asked: Asked) -> dict[tuple[str, str], Part]:
    """What was looked at for this very question."""
    question, parts = st.session_state.setdefault(key(PAGE, "alone.parts"), (asked.question, {}))
    if question != asked.question:
        parts = {}
        st.session_state[key(PAGE, "alone.parts")] = (asked.question, parts)
    found: dict[tuple[str, str], Part] = parts
    return found


@st.fragment
def _views(asked: Asked, parts: dict[tuple[str, str], Part]) -> None:
    said = alone_texts()
    groups = asked.spec.groups
    view = st.segmented_control(
        said.views.label,
        tuple(said.views.names),
        default=next(iter(said.views.names)),
        format_func=lambda each: said.views.names[each],
        required=True,
        **kept(PAGE, "alone.view"),
    )
    column = groups[0]
    if len(groups) > 1 and view != "labels":
        chosen = st.selectbox(
            said.column,
            groups,
            format_func=distinct(groups),
            help=said.column_help,
            **kept(PAGE, f"{asked.token}.alone.column"),
        )
        column = chosen or column
    drawn: dict[str, Callable[[Asked, str, dict[tuple[str, str], Part]], None]] = {
        "present": present,
        "gaps": _gaps,
        "proxies": _proxies,
        "labels": _labels,
    }
    drawn[str(view)](asked, column, parts)


def _counted(asked: Asked) -> tuple[Any, ...]:
    """The question without what only judges: neither the scan nor the model's sample depends on that."""
    asks = ("groups", "label", "prediction", "score", "weight", "cluster", "where", "bins")
    return (asked.table.fingerprint, asked.table.columns, *(getattr(asked.spec, name) for name in asks))


def _scanned(asked: Asked, column: str) -> Scan:
    return once(
        PAGE,
        "deeper.alone.scan",
        (_counted(asked), column),
        lambda: scan(asked.table, asked.spec, column),
        working=alone_texts().working["scan"],
        keep=KEPT,
    )


def _gaps(asked: Asked, column: str, parts: dict[tuple[str, str], Part]) -> None:
    texts = alone_texts()
    found = missing(_scanned(asked, column))
    parts["gaps", column] = Gaps(column=column, found=found)
    page.draw(*pieces.lines(words.gap_lines(column, found)))
    if found:
        page.draw(drawn(words.gap_table(column, found)))
    page.draw(*pieces.label_rates(asked.result, column))
    with st.expander(texts.how, icon=":material/help:"):
        page.draw(notes(texts.gaps.notes))


def _proxies(asked: Asked, column: str, parts: dict[tuple[str, str], Part]) -> None:
    texts = alone_texts()
    said = texts.proxies
    page.draw(page.quiet(said.sentence))
    alone = proxies(_scanned(asked, column))
    together: Together | None = None
    refusal: Refusal | None = None
    try:
        together = once(
            PAGE,
            "deeper.alone.together",
            (_counted(asked), column),
            lambda: proxies_together(asked.table, asked.spec, column),
            working=alone_texts().working["model"],
            keep=KEPT,
        )
    except Refusal as problem:
        refusal = problem
    parts["proxies", column] = Given(alone=alone, together=together)
    if alone.found:
        page.draw(*pieces.lines(words.proxy_lines(alone, together)))
        page.draw(pieces.strengths(alone))
    if refusal is not None:
        page.refused(said.failed, refusal)
    with st.expander(markdown(words.proxy_table(alone).caption, limit=LONG), icon=":material/table_rows:"):
        page.draw(drawn(words.proxy_table(alone)), *map(page.quiet, words.left_out_line(alone.left_out)))
    if together is not None:
        with st.expander(said.details, icon=":material/hub:"):
            page.draw(*map(drawn, words.together_tables(together)), notes(words.together_notes(together)))
    with st.expander(texts.how, icon=":material/help:"):
        page.draw(notes(said.notes))


def _labels(asked: Asked, _column: str, parts: dict[tuple[str, str], Part]) -> None:
    texts = alone_texts()
    said = texts.labels
    if asked.spec.label is None:
        page.draw(page.quiet(said.none))
        return
    try:
        found = once(
            PAGE,
            "deeper.alone.baseline",
            asked.question,
            lambda: baseline(asked.table, replace(asked.spec, depth=1)),
            working=alone_texts().working["model"],
            keep=KEPT,
        )
    except Refusal as problem:
        page.refused(said.failed, problem)
        return
    parts["labels", ""] = found
    page.draw(*pieces.lines(words.label_lines(found)))
    if found.low > 0.5:
        page.draw(pieces.mistakes(found))
    with st.expander(said.details, icon=":material/table_rows:"):
        page.draw(drawn(words.label_table(found)), notes(words.label_notes(found)))
    with st.expander(texts.how, icon=":material/help:"):
        page.draw(notes(said.notes))
