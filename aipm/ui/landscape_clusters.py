"""The toy of unsupervised learning: k-means, one step at a time, and what it finds where there is nothing to find."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

import streamlit as st

from aipm.content import number
from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.labs import clusters
from aipm.labs.clusters import Data, Stage, Start
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import facts
from aipm.ui.landscape_address import PAGE, asked, held, put
from aipm.ui.landscape_texts import LabTexts
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

SYMBOLS = ("circle", "square", "triangle-up", "diamond", "x", "star")
END = 999
"""A step beyond any last one: shown as the last."""


def figures() -> dict[str, str]:
    """How well groups stand apart where there are none, and where there are three."""
    return {data: _two(_apart(data, clusters.run(data, k, "apart")[-1])) for data, k in _GUESSED}


_GUESSED: tuple[tuple[Data, int], ...] = (("even", 4), ("groups", 3))


def first(text: LabTexts) -> None:
    """Customers without labels, before the guess."""
    if st.session_state.get(key(PAGE, "guessed.unsupervised")) is None:
        page.draw(page.quiet(text.says["first"]))
        _chart(
            "even", clusters.run("even", 4, "corner")[0], text, title=text.says["chart_first"], name="clusters.first"
        )


def draw(text: LabTexts) -> None:
    says = text.says
    page.draw(page.quiet(says["follow"]))
    data, k, start, level = _settings(text)
    stages = clusters.run(data, k, start, level=level)
    last = len(stages) - 1
    step = min(asked("step", range(END + 1), 0), last)
    stage = stages[step]
    with st.container(horizontal=True):
        for name, to, off in (
            ("step", step + 1, step == last),
            ("back", step - 1, step == 0),
            ("finish", END, step == last),
            ("restart", None, step == 0),
        ):
            st.button(
                says[name],
                key=key(PAGE, f"clusters.{name}"),
                type="primary" if name == "step" and not off else "secondary",
                disabled=off,
                on_click=put,
                kwargs={"step": None if to is None else str(to)},
            )
    told = says[f"kinds_{stage.kind}"].format(k=k)
    ended = f" {says['ended']}" if step == last else ""
    page.draw(page.quiet(f"{says['of'].format(step=step, last=last)}. {told}{ended}"))
    _chart(data, stage, text, title=_title(stage, step, says), name="clusters.chart")
    before = stages[step - 1].inertia if step > 1 else None
    page.draw(
        facts(
            (
                (says["inertia"], _inertia(stage.inertia) if stage.inertia is not None else says["inertia_none"]),
                (says["before"], _inertia(before)),
                (says["apart"], _two(_apart(data, stage, level=level))),
            )
        )
    )
    course = [each.inertia for each in stages[1 : step + 1] if each.inertia is not None]
    if len(course) > 1:
        _line(course, says)
    if step == last:
        by_count = clusters.by_count(data, level=level)
        if stage.inertia is not None and stage.inertia > 1.01 * by_count[k - 1]:
            stuck = says["stuck"].format(here=_inertia(stage.inertia), there=_inertia(by_count[k - 1]))
            page.draw(page.quiet(stuck))
        _elbow(by_count, k, says)
    page.draw(page.quiet(says["made"]))


def _title(stage: Stage, step: int, says: dict[str, str]) -> str:
    """What the picture shows: how many customers are in each group."""
    if stage.of is None:
        return says["chart_first"]
    sizes = Counter(int(each) for each in stage.of)
    return says["chart"].format(step=step, sizes=", ".join(str(sizes[group]) for group in range(len(stage.centres))))


def _settings(text: LabTexts) -> tuple[Data, int, Start, bool]:
    says, choices = text.says, text.choices
    data = asked("data", get_args(Data), "groups")
    start = asked("start", get_args(Start), "corner")
    k = asked("k", range(1, clusters.MOST + 1), 3)
    level = asked("level", (True, False), True)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.selectbox(
            says["data"],
            tuple(choices["data"]),
            format_func=lambda each: text.choices["data"][each],
            **held("data", data, default="groups"),
        )
    with middle:
        st.slider(says["k"], 1, clusters.MOST, **held("k", k, default=3))
    with right:
        st.selectbox(
            says["start"],
            tuple(choices["start"]),
            format_func=lambda each: text.choices["start"][each],
            **held("start", start, default="corner"),
        )
    st.toggle(says["level"], help=says["level_help"], **held("level", level, default=True))
    return data, k, start, level


def _apart(data: Data, stage: Stage, *, level: bool = True) -> float | None:
    if stage.of is None:
        return None
    return clusters.silhouette(clusters.scaled(clusters.points(data), level=level), stage.of)


def _two(value: float | None) -> str:
    """From −1 to 1, with two decimals."""
    return number.NONE if value is None else number.decimal(round(value, 2)).removesuffix("0")


def _inertia(value: float | None) -> str:
    if value is None:
        return number.NONE
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _chart(data: Data, stage: Stage, text: LabTexts, *, title: str, name: str) -> None:
    says, at = text.says, clusters.points(data)
    groups = [-1] * len(at) if stage.of is None else [int(each) for each in stage.of]
    traces: list[dict[str, Any]] = []
    for group in sorted(set(groups)):
        inside = [place for place, each in enumerate(groups) if each == group]
        label = says["none"] if group < 0 else says["group"].format(group=group + 1)
        marker = (
            {"color": QUIET.mark, "symbol": "circle-open", "size": 9}
            if group < 0
            else {"color": CHARTS[group], "symbol": SYMBOLS[group], "size": 10}
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": plotly(label),
                "x": [round(float(at[place, 0]), 2) for place in inside],
                "y": [round(float(at[place, 1]), 1) for place in inside],
                "hovertemplate": "%{x:.1f} / €%{y:.0f}<extra>" + plotly(label) + "</extra>",
                "marker": marker,
            }
        )
    centres = stage.centres if name != "clusters.first" else stage.centres[:0]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "showlegend": False,
            "x": [round(float(x), 3) for x, _ in centres],
            "y": [round(float(y), 2) for _, y in centres],
            "text": [f"<b>{place + 1}</b>" for place in range(len(centres))],
            "textfont": {"color": "#FFFFFF", "size": 13},
            "hoverinfo": "skip",
            "marker": {"color": "#22262A", "size": 24, "line": {"color": "#FFFFFF", "width": 2}},
        }
    )
    fixed = {"fixedrange": True, "zeroline": False}
    page.draw(Html(f'<h3 class="apart">{markup(title)}</h3>'))
    layout = {
        "height": 420,
        "margin": {"l": 8, "r": 8, "t": 24, "b": 40},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": {"text": ""}},
        "hovermode": "closest",
        "dragmode": False,
        "transition": {"duration": 300},
        "xaxis": {**fixed, "range": [0, clusters.SPANS[0]], "title": {"text": plotly(says["x"])}},
        "yaxis": {**fixed, "range": [0, clusters.SPANS[1]], "title": {"text": plotly(says["y"])}},
    }
    sizes = Counter(groups)
    told = ", ".join(says["size"].format(group=group + 1, count=sizes[group]) for group in sorted(sizes) if group >= 0)
    middles = ", ".join(
        says["centre"].format(group=place + 1, x=f"{x:.1f}", y=f"{y:.0f}") for place, (x, y) in enumerate(centres)
    )
    alt = says["alt"].format(sizes=told or says["none"], centres=middles or number.NONE)
    st.plotly_chart({"data": traces, "layout": layout}, key=key(PAGE, name), config=CONFIG, alt=alt)


def _line(course: Sequence[float], says: dict[str, str]) -> None:
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(1, len(course) + 1)),
        "y": [round(each, 3) for each in course],
        "marker": {"color": ACCENT.mark, "size": 8},
        "line": {"color": ACCENT.mark, "width": 2},
        "hovertemplate": "%{x}: %{y:,}<extra></extra>",
    }
    alt = says["course_alt"].format(values=", ".join(_inertia(each) for each in course))
    _small([trace], title=says["course_title"], x=says["course_x"], y=says["course_y"], name="clusters.course", alt=alt)


def _elbow(by_count: Sequence[float], k: int, says: dict[str, str]) -> None:
    trace = {
        "type": "bar",
        "x": list(range(1, len(by_count) + 1)),
        "y": [round(each, 3) for each in by_count],
        "text": [_inertia(each) for each in by_count],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "marker": {"color": [ACCENT.mark if count == k else QUIET.mark for count in range(1, len(by_count) + 1)]},
    }
    alt = says["elbow_alt"].format(values=", ".join(_inertia(each) for each in by_count))
    _small([trace], title=says["elbow_title"], x=says["elbow_x"], y=says["elbow_y"], name="clusters.elbow", alt=alt)


def _small(traces: list[dict[str, Any]], *, title: str, x: str, y: str, name: str, alt: str) -> None:
    page.draw(Html(f'<h3 class="apart">{markup(title)}</h3>'))
    layout = {
        "height": 240,
        "margin": {"l": 8, "r": 8, "t": 24, "b": 40},
        "showlegend": False,
        "dragmode": False,
        "xaxis": {"title": {"text": plotly(x)}, "fixedrange": True, "dtick": 1 if len(traces[0]["x"]) < 20 else 5},
        "yaxis": {"title": {"text": plotly(y)}, "fixedrange": True, "rangemode": "tozero", "tickformat": ","},
    }
    st.plotly_chart({"data": traces, "layout": layout}, key=key(PAGE, name), config=CONFIG, alt=alt)
