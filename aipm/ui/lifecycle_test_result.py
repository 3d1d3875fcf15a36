"""The plan in figures and two pictures: power over users, and what could be seen in how many days."""

from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.governance.ab_plan import Plan, detectable, power_of
from aipm.governance.ab_test import AbTest
from aipm.ui import page
from aipm.ui.charts import CONFIG, layout
from aipm.ui.fragments import facts
from aipm.ui.governance_state import change
from aipm.ui.lifecycle_numbers import amount, field, per_cent, share, whole
from aipm.ui.lifecycle_test_texts import AbTexts, ResultTexts
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

PAGE = "lifecycle_test"
POINTS = 41
WEEKS = 8
SAID = 5


def draw(test: AbTest, found: Plan, texts: AbTexts) -> None:
    said = texts.result
    page.section(said.title)
    shown = [
        (said.facts["users"], whole(found.users)),
        (said.facts["all"], whole(found.all_users)),
        *([(said.facts["days"], whole(-(-found.days // 1)))] if found.days is not None else []),
        (said.facts["power"], share(found.power)),
        *([(said.facts["level"], per_cent(found.alpha))] if test.variants > 2 else []),
        *([(said.facts["effect"], amount(found.design_effect))] if found.design_effect > 1 else []),
        *([(said.facts["inflation"], amount(found.inflation))] if found.inflation > 1 else []),
    ]
    page.draw(facts(shown))
    left, right = st.columns(2, gap="large")
    with left:
        page.draw(Html(f"<h3>{markup(said.curve.format(difference=size_of(test, found.difference)))}</h3>"))
        figure, alt = _power(test, found, said)
        st.plotly_chart(figure, key=key("governance", "ab_test.power_curve"), config=CONFIG, alt=alt)
    with right:
        page.draw(Html(f"<h3>{markup(said.days_curve)}</h3>"))
        _days(test, found, said)


def size_of(test: AbTest, difference: float) -> str:
    """A difference without its sign, in points where the metric is a share."""
    size = abs(difference)
    return f"{amount(size * 100)} pts" if test.kind == "share" else amount(size)


def _asked(test: AbTest) -> AbTest:
    """The plan's numbers alone: what was typed in words changes no curve."""
    return replace(test, compared=None, metric=None, arms=(), guardrail_arms=(), owner=None, decision=None, days=None)


def _power(test: AbTest, found: Plan, said: ResultTexts) -> tuple[dict[str, Any], str]:
    measured = [max(2.0 * found.measured * place / (POINTS - 1), 2.0) for place in range(POINTS)]
    power = once(
        PAGE, "power", _asked(test), lambda: [power_of(test, each / found.inflation) for each in measured], keep=4
    )
    times = found.users / found.measured
    users = [each * times for each in measured]
    traces = [
        _line(users, power, "%{x:,.0f}: %{y:.0%}"),
        _point(found.users, found.power, said.planned),
    ]
    shown = layout(said.x_users, said.y_power)
    shown["yaxis"] |= {"range": [0, 1.04], "tickformat": ".0%"}
    shown["xaxis"] |= {"rangemode": "tozero", "tickformat": ",.0f"}
    shown["shapes"] = [_level(test.power)]
    some = [round(each * (POINTS - 1) / (SAID - 1)) for each in range(SAID)]
    points = "; ".join(said.alt_point.format(power=share(power[each]), users=whole(users[each])) for each in some)
    alt = said.alt_power.format(points=points, power=share(found.power), users=whole(found.users))
    return {"data": traces, "layout": shown}, alt


def _days(test: AbTest, found: Plan, said: ResultTexts) -> None:
    if found.whole_days is None:
        return
    step = max(-(-2 * found.whole_days // WEEKS // 7), 1) * 7
    days = [step * place for place in range(1, WEEKS + 5)]
    sizes = once(PAGE, "days", (_asked(test), step), lambda: [detectable(test, each) for each in days], keep=4)
    known = [(day, size) for day, size in zip(days, sizes, strict=True) if size is not None]
    if known:
        times = 100.0 if test.kind == "share" else 1.0
        traces = [_line([day for day, _ in known], [size * times for _, size in known], "%{x}: %{y:.3g}")]
        shown = layout(said.x_days, said.y_difference + (" (pts)" if test.kind == "share" else ""))
        shown["yaxis"] |= {"rangemode": "tozero"}
        shown["xaxis"] |= {"rangemode": "tozero"}
        shown["shapes"] = [_level(abs(found.difference) * times)]
        shown["annotations"] = [
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "right",
                "y": abs(found.difference) * times,
                "yanchor": "bottom",
                "text": plotly(said.matters),
                "showarrow": False,
                "font": {"size": 12},
            }
        ]
        alt = said.alt_days.format(
            points="; ".join(
                said.alt_days_point.format(difference=size_of(test, size), days=day) for day, size in known[::3]
            )
        )
        st.plotly_chart(
            {"data": traces, "layout": shown}, key=key("governance", "ab_test.days_curve"), config=CONFIG, alt=alt
        )
    field(
        said.days_there,
        name="ab_test.days",
        value=test.days,
        put=lambda value: change(AbTest, days=None if value is None else max(int(value), 1)),
        low=1.0,
        high=3_650.0,
    )
    if test.days is not None:
        _in_days(test, test.days, said)


def _in_days(test: AbTest, days: int, said: ResultTexts) -> None:
    size = detectable(test, days)
    if size is None:
        page.draw(page.quiet(said.in_days_none.format(days=whole(days))))
        return
    relative = share(size / abs(test.baseline)) if test.baseline else share(None)
    told = said.in_days.format(days=whole(days), difference=size_of(test, size), relative=relative)
    page.draw(page.quiet(told))


def _line(x: list[Any], y: list[float], hover: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [float(f"{each:.6g}") for each in x],
        "y": [float(f"{each:.5g}") for each in y],
        "hovertemplate": f"{hover}<extra></extra>",
        "line": {"color": ACCENT.mark, "width": 2.5},
        "showlegend": False,
    }


def _point(x: float, y: float, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x],
        "y": [y],
        "text": [plotly(name)],
        "textposition": "bottom right",
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "marker": {"size": 13, "color": CHARTS[5], "line": {"width": 2, "color": "#FFFFFF"}},
    }


def _level(y: float) -> dict[str, Any]:
    dash = {"color": QUIET.mark, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": dash, "layer": "below"}
