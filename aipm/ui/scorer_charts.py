"""Charts of the Model scorer as plain dictionaries for plotly: stacked bars, points on two axes, a staircase."""

from collections.abc import Mapping, Sequence
from typing import Any

from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.selection.needs import need_texts
from aipm.selection.ranked import RankResult
from aipm.ui.safe import plotly
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import POINTS, measured, points

Figure = dict[str, Any]
PATTERNS = ("", "/", ".")
NAME = 26
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left", "title": {"text": ""}}


def look(criterion: str) -> dict[str, Any]:
    """The colour of a criterion, and beyond the seven colours a pattern: always the same one."""
    place = list(need_texts().criteria).index(criterion)
    mark: dict[str, Any] = {"color": CHARTS[place % len(CHARTS)]}
    if shape := PATTERNS[place // len(CHARTS)]:
        mark["pattern"] = {"shape": shape, "fillmode": "replace"}
    return mark


def stacked(
    result: RankResult, by_name: Mapping[str, Mapping[str, Any]], text: ScorerPage, *, most: int
) -> tuple[Figure, str]:
    """A bar a model, a segment a criterion (weight x value); and the same in words."""
    said, words = text.bars, need_texts().criteria
    shown = result.ranking[:most]
    names = [plotly(each.name, limit=NAME) for each in shown]
    traces = []
    for criterion, weight in result.weights.items():
        parts = [(each.contributions or {}).get(criterion, 0.0) for each in shown]
        hover = []
        for each, part in zip(shown, parts, strict=True):
            fact = by_name[each.name]["facts"].get(words[criterion].fact, {})
            day = fact.get("as_of")
            hover.append(
                said["hover"].format(
                    name=plotly(each.name),
                    criterion=plotly(words[criterion].name),
                    value=plotly(measured(criterion, by_name[each.name])),
                    points=points(part),
                    most=points(weight),
                    source=plotly(str(fact.get("source") or "")),
                    day=f", {day}" if day else "",
                )
            )
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": plotly(words[criterion].name),
                "y": names,
                "x": [round(part * POINTS, 2) for part in parts],
                "marker": look(criterion),
                "hovertext": hover,
                "hoverinfo": "text",
                "text": [f"{part * POINTS:.0f}" if part * POINTS >= 6 else "" for part in parts],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "insidetextfont": {"color": "#FFFFFF" if look(criterion)["color"] in DARK else "#111111"},
            }
        )
    layout = {
        "barmode": "stack",
        "height": 110 + 34 * len(shown),
        "margin": {"l": 8, "r": 8, "t": 50, "b": 40},
        "legend": LEGEND | {"traceorder": "normal"},
        "xaxis": {"title": {"text": said["axis"]}, "range": [0, POINTS], "fixedrange": True},
        "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True, "title": {"text": ""}},
        "bargap": 0.3,
    }
    alt = "; ".join(f"{each.name} {points(each.score or 0.0)}" for each in shown)
    return {"data": traces, "layout": layout}, f"{said['axis']}: {alt}"


DARK = frozenset({CHARTS[0], CHARTS[6]})
"""Colours on which white is easier to read."""


def scatter(
    best: Sequence[tuple[str, float, float, str]],
    beaten: Sequence[tuple[str, float, float, str]],
    *,
    y: str,
    log: bool,
    text: ScorerPage,
) -> Figure:
    """Price against a criterion; `best` and `beaten` are (name, price, value, what pointing at it says)."""
    said = text.pareto
    worth = sorted(best, key=lambda each: each[1])
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": said["beaten"],
            "x": [each[1] for each in beaten],
            "y": [each[2] for each in beaten],
            "hovertext": [plotly(each[3]) for each in beaten],
            "hoverinfo": "text",
            "marker": {"color": QUIET.mark, "size": 8, "symbol": "circle-open"},
        },
        {
            "type": "scatter",
            "mode": "markers+lines+text",
            "name": said["best"],
            "x": [each[1] for each in worth],
            "y": [each[2] for each in worth],
            "text": [plotly(each[0], limit=NAME) for each in worth],
            "textposition": ["bottom right" if place % 2 else "top right" for place in range(len(worth))],
            "hovertext": [plotly(each[3]) for each in worth],
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {"color": ACCENT.mark, "size": 11, "symbol": "diamond"},
            "line": {"shape": "hv", "color": ACCENT.mark, "width": 1},
        },
    ]
    layout = {
        "height": 420,
        "margin": {"l": 8, "r": 90, "t": 60, "b": 40},
        "legend": LEGEND,
        "hovermode": "closest",
        "xaxis": {"type": "log", "title": {"text": said["x"]}, "fixedrange": True, "automargin": True, "dtick": "D2"},
        "yaxis": {
            "type": "log" if log else "linear",
            "title": {"text": plotly(y)},
            "fixedrange": True,
            "automargin": True,
            **({"dtick": "D2"} if log else {}),
        },
    }
    return {"data": traces, "layout": layout}


def stairs(
    steps: Sequence[tuple[float, float]], *, api_per_million: float, now: float, bill: float, text: ScorerPage
) -> Figure:
    """Own machines as steps (up to so many million tokens, so many dollars) against the line of an API."""
    said = text.cost
    edges, level = [0.0], [steps[0][1]]
    for (end, _), (_, following) in zip(steps, [*steps[1:], steps[-1]], strict=True):
        edges.append(end)
        level.append(following)
    last = edges[-1]
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": said.machines,
            "x": edges,
            "y": level,
            "line": {"shape": "hv", "color": CHARTS[1], "width": 3, "dash": "dash"},
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": said.api,
            "x": [0.0, last],
            "y": [0.0, last * api_per_million],
            "line": {"color": CHARTS[0], "width": 3},
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": said.you,
            "x": [now],
            "y": [bill],
            "text": [said.you],
            "textposition": "top center",
            "marker": {"size": 12, "symbol": "diamond", "color": QUIET.mark},
        },
    ]
    layout = {
        "height": 380,
        "margin": {"l": 8, "r": 8, "t": 50, "b": 40},
        "legend": LEGEND,
        "xaxis": {"title": {"text": said.stairs_x}, "rangemode": "tozero", "fixedrange": True},
        "yaxis": {"title": {"text": said.stairs_y}, "rangemode": "tozero", "fixedrange": True, "automargin": True},
    }
    return {"data": traces, "layout": layout}
