"""The cost matrix of the sheet: what each error costs and each right answer is worth, with its low and high end."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from aipm.governance.metric_sheet import MetricSheet
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_metrics_texts import CostTexts, MetricsTexts
from aipm.ui.lifecycle_numbers import field, share

CELLS = ("false_yes", "false_no", "right_yes", "right_no")
LOWEST = -1e12


def draw(sheet: MetricSheet, texts: MetricsTexts) -> None:
    said = texts.costs
    page.section(said.title, sentence=said.sentence)
    _cells(sheet, said)
    with st.expander(said.ranges, icon=":material/unfold_more:"):
        _ranges(sheet, said)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        fields.text(
            said.unit,
            name="metrics.unit",
            value=sheet.unit,
            put=lambda unit: _put(unit=unit),
            help=said.unit_help,
            placeholder=texts.unit_none,
        )
    with middle:
        field(
            said.share,
            name="metrics.share",
            value=sheet.share_of_yes,
            put=lambda value: _put(share_of_yes=value),
            high=1.0,
            per_cent=True,
            help=said.share_help,
        )
    with right:
        field(said.volume, name="metrics.volume", value=sheet.volume, put=lambda value: _put(volume=value), step=100.0)
    even = sheet.costs.breaks_even
    page.draw(page.quiet(said.break_even_none if even is None else said.break_even.format(share=share(even))))


def _put(**parts: Any) -> None:
    put(replace(form(MetricSheet), **parts))


def _set(cell: str, end: str, value: float | None) -> None:
    costs = form(MetricSheet).costs
    _put(costs=replace(costs, **{cell: replace(getattr(costs, cell), **{end: value})}))


def _cells(sheet: MetricSheet, said: CostTexts) -> None:
    labels = {
        "false_yes": (said.false_yes, said.false_yes_help),
        "false_no": (said.false_no, said.false_no_help),
        "right_yes": (said.right_yes, said.worth_help),
        "right_no": (said.right_no, said.worth_help),
    }
    for column, cell in zip(st.columns(4, gap="medium"), CELLS, strict=True):
        label, about = labels[cell]
        with column:
            field(
                label,
                name=f"metrics.{cell}.likely",
                value=getattr(sheet.costs, cell).likely,
                put=partial(_set, cell, "likely"),
                low=LOWEST,
                help=about,
            )


def _ranges(sheet: MetricSheet, said: CostTexts) -> None:
    names = {
        "false_yes": said.false_yes,
        "false_no": said.false_no,
        "right_yes": said.right_yes,
        "right_no": said.right_no,
    }
    for column, cell in zip(st.columns(4, gap="medium"), CELLS, strict=True):
        with column:
            for end, said_end in (("low", said.low), ("high", said.high)):
                field(
                    said_end.format(name=names[cell]),
                    name=f"metrics.{cell}.{end}",
                    value=getattr(getattr(sheet.costs, cell), end),
                    put=partial(_set, cell, end),
                    low=LOWEST,
                )
