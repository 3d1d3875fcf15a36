"""Charts of the Model scorer as plain dictionaries for plotly: stacked bars."""

from collections.abc import Mapping
from typing import Any

from aipm.content.palette import CHARTS
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
                "unselected": {"marker": {"opacity": 1}},
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
