"""A form for one candidate of the team's own: what is typed stays until it is added."""

from typing import Any

import streamlit as st

from aipm.selection.needs import Needs, need_texts
from aipm.selection.own import LONGEST, Field, own_texts, refused_name, value
from aipm.ui import page
from aipm.ui.scorer_own_state import change, entered
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import catalogue, workload
from aipm.ui.state import key

PAID = {
    "tokens": ("usd_per_million_input", "usd_per_million_output"),
    "requests": ("usd_per_1000_requests",),
    "month": ("monthly_usd",),
    "unknown": (),
}
"""How it is paid -> the fields that say how much."""
ALSO = ("context_window", "max_output", "commercial_use", "open_weights")


def add(needs: Needs, text: ScorerPage) -> None:
    """The form; what more is known of the candidate can be typed into the table."""
    said, fields = text.own, own_texts().fields
    task = dict(needs.musts).get("task") or fields["task"].options[0]
    if held("own.add.task", task) not in fields["task"].options:
        hold("own.add.task", task)
    one, two = st.columns(2)
    with one:
        st.text_input(said.candidate, max_chars=LONGEST, **bound("own.add.name", ""))
    with two:
        _input("provider", fields["provider"])
    _input("task", fields["task"])
    paids = said.paids
    paid = st.segmented_control(
        said.paid,
        tuple(paids),
        format_func=lambda each: text.own.paids[each],
        required=True,
        **bound("own.add.paid", "tokens"),
    )
    names = (*PAID[paid or "unknown"], *ALSO)
    for first in range(0, len(names), 2):  # a row a pair, so that on a narrow screen they keep their order
        for column, name in zip(st.columns(2), names[first : first + 2], strict=False):
            with column:
                _input(name, fields[name])
    page.draw(page.quiet(said.add_more))
    st.button(said.add, key=key(PAGE, "own.add"), type="primary", on_click=_add, args=(names, text))


def _input(name: str, field: Field) -> None:
    if field.kind == "number":
        st.number_input(
            field.name,
            min_value=float(field.low),
            max_value=float(field.high),
            help=field.help,
            placeholder="",
            **bound(f"own.add.{name}", None),
        )
    elif field.kind == "choice":
        texts = _words(name, field)
        st.selectbox(
            field.name,
            tuple(texts),
            format_func=lambda each: texts[each],
            help=field.help,
            placeholder="",
            **bound(f"own.add.{name}", None),
        )
    else:
        st.text_input(field.name, max_chars=LONGEST, help=field.help, **bound(f"own.add.{name}", ""))


def _words(name: str, field: Field) -> dict[str, str]:
    options = need_texts().questions["task"].options or {}
    return {each: options[each].label if name == "task" else each for each in field.options}


def _add(names: tuple[str, ...], text: ScorerPage) -> None:
    """Callback: what was typed becomes a candidate, where its name is free; else it says why, and all stays."""
    said = text.own
    listed = [each.model.name for each in catalogue(workload())]
    name = " ".join(str(held("own.add.name", "")).split())
    own = [each for each in entered() if each not in listed]
    if (why := refused_name(name, catalogue=listed, own=own)) is not None:
        hold("own.remarks", (why,))
        return
    typed: dict[str, Any] = {each: held(f"own.add.{each}", None) for each in ("provider", "task", *names)}
    values = {each: kept for each, cell in typed.items() if (kept := value(each, cell)) is not None}
    change(
        {**entered(), name: values},
        said.did_add.format(name=name),
        catalogue=listed,
        remarks=[said.added.format(name=name)],
    )
    for each in ("name", "provider", *names):
        blank = "" if each in ("name", "provider") else None
        hold(f"own.add.{each}", blank)
        st.session_state[key(PAGE, f"own.add.{each}")] = blank
