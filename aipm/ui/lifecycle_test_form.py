"""What a plan of an A/B test asks for, the finer points folded away."""

from functools import partial
from typing import Any

import streamlit as st

from aipm.content.visible import visible
from aipm.governance.ab_plan import design_effect, plan
from aipm.governance.ab_test import AbTest
from aipm.governance.metric_sheet import MetricSheet
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.governance_fields import held
from aipm.ui.governance_state import change, form
from aipm.ui.lifecycle_numbers import amount, count_field, field, per_cent
from aipm.ui.lifecycle_test_texts import AbTexts, FormTexts
from aipm.ui.safe import markdown
from aipm.ui.state import key

LOWEST = -1e12


def draw(test: AbTest, texts: AbTexts) -> None:
    said = texts.form
    left, right = st.columns(2, gap="medium")
    with left:
        fields.text(
            said.compared, name="ab_test.compared", value=test.compared, put=to("compared"), help=said.compared_help
        )
    with right:
        fields.text(said.metric, name="ab_test.metric", value=test.metric, put=to("metric"), help=said.metric_help)
        online = form(MetricSheet).online.name
        if online and online != test.metric:
            st.button(
                markdown(said.from_sheet.format(name=visible(online, limit=40)), limit=100),
                key=key("governance", "ab_test.from_sheet"),
                type="tertiary",
                on_click=partial(change, AbTest, metric=online),
            )
    left, right = st.columns((2, 1), gap="medium")
    with left:
        options("kind", said.kind, said.kinds, test.kind)
    with right:
        options("better", said.better, said.betters, test.better)
    _level(test, said)
    _both_ways(test, said)
    with st.expander(said.more, icon=":material/tune:"):
        _more(test, said)


def to(name: str) -> Any:
    return lambda value: change(AbTest, **{name: value})


def options(name: str, label: str, texts: Any, value: str, *, help: str | None = None) -> None:  # noqa: A002
    """A choice that always has an answer."""
    st.segmented_control(
        label,
        tuple(texts),
        format_func=lambda each: texts[each],
        required=True,
        wrap=True,
        help=markdown(help, limit=1_000) if help else None,
        **held(f"ab_test.{name}", value, to(name)),
    )


def switch(name: str, label: str, texts: dict[str, str], value: bool, *, help: str | None = None) -> None:  # noqa: A002, FBT001
    """A choice between "no" and "yes" under their own names."""
    st.segmented_control(
        label,
        ("no", "yes"),
        format_func=lambda each: texts[each],
        required=True,
        wrap=True,
        help=markdown(help, limit=1_000) if help else None,
        **held(f"ab_test.{name}", "yes" if value else "no", lambda said: change(AbTest, **{name: said == "yes"})),
    )


def _level(test: AbTest, said: FormTexts) -> None:
    """Where the metric stands, what difference matters, how many users come."""
    of_share = test.kind == "share"
    first, second, third, fourth = st.columns((1, 1.1, 1.3, 1.2), gap="medium", vertical_alignment="bottom")
    with first:
        field(
            said.baseline[test.kind],
            name=f"ab_test.baseline.{test.kind}",
            value=test.baseline,
            put=to("baseline"),
            low=LOWEST if test.kind == "mean" else 0.0,
            per_cent=of_share,
        )
    with second:
        switch("relative", said.relative, said.relatives, test.relative)
    with third:
        field(
            said.difference_relative if test.relative else said.difference[test.kind],
            name=f"ab_test.difference.{test.kind}.{test.relative}",
            value=test.difference,
            put=to("difference"),
            per_cent=of_share or test.relative,
            help=said.difference_help,
        )
    with fourth:
        field(said.users_a_day, name="ab_test.users", value=test.users_a_day, put=to("users_a_day"), step=100.0)
    if not of_share:
        field(said.spread, name="ab_test.spread", value=test.spread, put=to("spread"), help=said.spread_help)


def _both_ways(test: AbTest, said: FormTexts) -> None:
    found = plan(test)
    if found is None or test.baseline is None or found.relative is None:
        return
    form_of = per_cent if test.kind == "share" else amount
    sign = "+" if found.difference > 0 else "−"
    size = abs(found.difference)
    points = f"{amount(size * 100)} pts" if test.kind == "share" else amount(size)
    told = said.both_ways.format(
        one=form_of(test.baseline),
        other=form_of(found.target),
        absolute=f"{sign}{points}",
        relative=f"{sign}{per_cent(abs(found.relative))}",
    )
    page.draw(page.quiet(told))


def _more(test: AbTest, said: FormTexts) -> None:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        field(
            said.significance,
            name="ab_test.significance",
            value=test.significance,
            put=lambda value: change(AbTest, significance=value or AbTest().significance),
            low=0.0001,
            high=0.5,
            per_cent=True,
            help=said.significance_help,
        )
        field(
            said.power,
            name="ab_test.power",
            value=test.power,
            put=lambda value: change(AbTest, power=value or AbTest().power),
            low=0.5,
            high=0.999,
            per_cent=True,
            help=said.power_help,
        )
        options("sides", said.sides, said.sides_options, test.sides, help=said.sides_help)
    with middle:
        count_field(
            said.variants,
            name="ab_test.variants",
            value=test.variants,
            put=to("variants"),
            low=2,
            high=10,
            help=said.variants_help,
        )
        field(
            said.traffic,
            name="ab_test.traffic",
            value=test.traffic,
            put=lambda value: change(AbTest, traffic=1.0 if value is None else value),
            high=1.0,
            per_cent=True,
        )
        field(
            said.loss,
            name="ab_test.loss",
            value=test.loss,
            put=lambda value: change(AbTest, loss=value or 0.0),
            high=0.95,
            per_cent=True,
            help=said.loss_help,
        )
    with right:
        switch("by_event", said.by_event, said.by_events, test.by_event, help=said.by_event_help)
        if test.by_event:
            field(said.events_each, name="ab_test.events", value=test.events_each, put=to("events_each"))
            field(said.icc, name="ab_test.icc", value=test.icc, put=to("icc"), high=1.0, step=0.05, help=said.icc_help)
            if test.events_each and test.icc is not None:
                effect, each = amount(design_effect(test)), amount(test.events_each)
                page.draw(page.quiet(said.effect.format(effect=effect, each=each, icc=amount(test.icc))))
