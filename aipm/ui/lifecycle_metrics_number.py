"""The sheet of a product that answers with a number: how far it is off, in four words, and what that costs."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from aipm.governance.metric_sheet import MetricSheet, NumberErrors, number_errors
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.fragments import LONG, facts, notes
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_metrics_scores import money
from aipm.ui.lifecycle_metrics_texts import MetricsTexts
from aipm.ui.lifecycle_numbers import amount, field, whole
from aipm.ui.safe import Html, markup

LARGE = 1.5
"""RMSE this many times MAE: a bell curve's is 1.25 times."""


def found(sheet: MetricSheet, texts: MetricsTexts) -> NumberErrors | None:
    return number_errors(sheet.errors or texts.number.example, too_high=sheet.too_high, too_low=sheet.too_low)


def answer(sheet: MetricSheet, texts: MetricsTexts) -> None:
    said, off = texts.number, found(sheet, texts)
    if off is None:
        page.draw(page.quiet(said.none))
        return
    month = said.month.format(sum=money(off.cost * sheet.volume, sheet)) if sheet.volume else ""
    told = said.answer.format(mae=amount(off.mae), cost=money(off.cost, sheet), month=month)
    more = said.example_note if sheet.errors is None else ""
    page.draw(Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p><p>{markup(more, limit=LONG)}</p></div>'))


def draw(sheet: MetricSheet, texts: MetricsTexts) -> None:
    said, off = texts.number, found(sheet, texts)
    page.section(said.title, sentence=said.sentence)
    fields.text(
        said.errors,
        name="metrics.errors",
        value=sheet.errors,
        put=lambda errors: _put(errors=errors),
        long=True,
        help=said.errors_help,
        placeholder=said.example,
    )
    first, second, third, fourth = st.columns(4, gap="medium")
    for column, label, name in ((first, said.too_high, "too_high"), (second, said.too_low, "too_low")):
        with column:
            field(
                label,
                name=f"metrics.{name}.likely",
                value=getattr(sheet, name).likely,
                put=partial(_set, name, "likely"),
            )
    with third:
        fields.text(
            texts.costs.unit,
            name="metrics.unit",
            value=sheet.unit,
            put=lambda unit: _put(unit=unit),
            help=texts.costs.unit_help,
        )
    with fourth:
        field(
            texts.costs.volume,
            name="metrics.volume",
            value=sheet.volume,
            put=lambda value: _put(volume=value),
            step=100.0,
        )
    with st.expander(texts.costs.ranges, icon=":material/unfold_more:"):
        for column, (name, end) in zip(
            st.columns(4, gap="medium"), [(n, e) for n in ("too_high", "too_low") for e in ("low", "high")], strict=True
        ):
            label = {"too_high": said.too_high, "too_low": said.too_low}[name]
            said_end = {"low": texts.costs.low, "high": texts.costs.high}[end]
            with column:
                field(
                    said_end.format(name=label),
                    name=f"metrics.{name}.{end}",
                    value=getattr(getattr(sheet, name), end),
                    put=partial(_set, name, end),
                )
    if off is not None:
        _shown(off, sheet, texts)


def _put(**parts: Any) -> None:
    put(replace(form(MetricSheet), **parts))


def _set(amount_of: str, end: str, value: float | None) -> None:
    _put(**{amount_of: replace(getattr(form(MetricSheet), amount_of), **{end: value})})


def _shown(off: NumberErrors, sheet: MetricSheet, texts: MetricsTexts) -> None:
    said = texts.number
    page.draw(
        facts(
            [
                (said.mae, amount(off.mae)),
                (said.rmse, amount(off.rmse)),
                (said.mse, amount(off.mse)),
                (said.lean, ("+" if off.lean > 0 else "") + amount(off.lean)),
                (said.cost, money(off.cost, sheet)),
            ]
        )
    )
    told = []
    if off.cost_ranges[0] != off.cost_ranges[1]:
        told.append(said.ranges.format(low=money(off.cost_ranges[0], sheet), high=money(off.cost_ranges[1], sheet)))
    times = off.rmse / off.mae if off.mae else 1.0
    told.append(said.large.format(times=f"{times:.1f}") if times > LARGE else said.even)
    dear = sheet.too_high.end("likely") - sheet.too_low.end("likely")
    if dear * off.lean > 0:
        told.append(said.wrong_side.format(side=said.high if dear > 0 else said.low))
    if off.unread:
        told.append(said.unread.format(count=whole(off.unread)))
    page.draw(notes(told))
