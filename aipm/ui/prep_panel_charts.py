"""Charts of the Collect, Format and Guard panels as plain dictionaries for plotly; names in them are made safe."""

from collections.abc import Mapping, Sequence
from typing import Any

from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.prep.diversity import Presence
from aipm.prep.enough import Size
from aipm.ui.safe import plotly

Figure = dict[str, Any]
NAME = 24
BAR = 34
"""Pixels of a bar with the room around it."""
MOST = 12
"""Names of one chart; what comes after is in the table beside it."""
FIXED = {"fixedrange": True, "automargin": True}
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left", "title": {"text": ""}}
SHARE_AXIS = {"tickformat": ".0%", "rangemode": "tozero", **FIXED}
ON_DARK = frozenset({CHARTS[0], CHARTS[6]})
"""Colours on which white is easier to read."""


def curve(sizes: Sequence[Size], *, chance: float, score: str, text: Mapping[str, str]) -> Figure:
    """The score at each number of rows: the mean as a line, the folds as a band, guessing as a dashed line."""
    rows = [size.rows for size in sizes]
    band = {
        "type": "scatter",
        "name": text["spread"],
        "x": [*rows, *reversed(rows)],
        "y": [*(size.high for size in sizes), *(size.low for size in reversed(sizes))],
        "fill": "toself",
        "fillcolor": "rgba(47,134,181,0.2)",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "mode": "lines",
    }
    mean = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": score,
        "x": rows,
        "y": [size.score for size in sizes],
        "line": {"color": ACCENT.mark, "width": 2},
        "marker": {"color": ACCENT.mark, "size": 8},
        "hovertemplate": "%{x}: %{y:.3f}<extra></extra>",
    }
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    low = min(chance, *(size.low for size in sizes))
    high = max(1.0 if low >= 0 else 0.0, *(size.high for size in sizes))
    room = (high - low) * 0.06
    layout = {
        "height": 340,
        "margin": {"l": 8, "r": 16, "t": 40, "b": 40},
        "legend": LEGEND,
        "xaxis": {"title": {"text": text["axis_rows"]}, "type": "log", "tickvals": rows, "ticktext": rows, **FIXED},
        "yaxis": {"title": {"text": score}, "range": [low - room, high + room], **FIXED},
        "shapes": [{**level, "line": {"color": QUIET.mark, "width": 1.5, "dash": "dash"}}],
        "annotations": [
            {
                "text": text["chance"],
                "xref": "paper",
                "x": 1,
                "xanchor": "right",
                "y": chance,
                "yanchor": "bottom",
                "showarrow": False,
            }
        ],
    }
    return {"data": [band, mean], "layout": layout}


def parts(shares: Mapping[str, Mapping[str, float]], *, names: Mapping[str, str]) -> Figure:
    """A bar a part, a segment a label: the share of the label in that part. The first seven have a colour each."""
    labels = list(dict.fromkeys(label for each in shares.values() for label in each))
    bars = [names[part] for part in shares]
    traces = []
    for place, label in enumerate(labels):
        colour = CHARTS[min(place, len(CHARTS) - 1)]
        values = [each.get(label, 0.0) for each in shares.values()]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": plotly(label, limit=NAME),
                "y": bars,
                "x": values,
                "marker": {"color": colour},
                "text": [f"{value:.1%}" if value >= 0.06 else "" for value in values],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "insidetextfont": {"color": "#FFFFFF" if colour in ON_DARK else "#111111"},
                "hovertemplate": "%{y}: %{x:.1%}<extra>%{fullData.name}</extra>",
            }
        )
    layout = {
        "barmode": "stack",
        "height": 90 + BAR * len(bars),
        "margin": {"l": 8, "r": 8, "t": 40, "b": 30},
        "legend": LEGEND | {"traceorder": "normal"},
        "xaxis": {**SHARE_AXIS, "range": [0, 1]},
        "yaxis": {"autorange": "reversed", "title": {"text": ""}, **FIXED},
        "bargap": 0.25,
    }
    return {"data": traces, "layout": layout}


def against(groups: Sequence[Presence], *, here: str, there: str) -> Figure:
    """Each group's share in the file, with its interval, beside its share in the reference."""
    shown = groups[:MOST]
    names = [plotly(each.group, limit=NAME) for each in shown]
    known = [(name, each.expected) for name, each in zip(names, shown, strict=True) if each.expected is not None]
    file = {
        "type": "scatter",
        "mode": "markers",
        "name": here,
        "x": [each.share for each in shown],
        "y": names,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.share for each in shown],
            "arrayminus": [each.share - each.low for each in shown],
            "color": CHARTS[0],
            "thickness": 2,
        },
        "marker": {"color": CHARTS[0], "size": 11},
        "hovertemplate": "%{y}: %{x:.1%}<extra></extra>",
    }
    reference = {
        "type": "scatter",
        "mode": "markers",
        "name": there,
        "x": [share for _, share in known],
        "y": [name for name, _ in known],
        "marker": {"color": CHARTS[1], "size": 13, "symbol": "diamond-open", "line": {"width": 2.5}},
        "hovertemplate": "%{y}: %{x:.1%}<extra></extra>",
    }
    layout = {
        "height": 110 + BAR * len(shown),
        "margin": {"l": 8, "r": 16, "t": 40, "b": 30},
        "legend": LEGEND,
        "xaxis": SHARE_AXIS,
        "yaxis": {"autorange": "reversed", "type": "category", "title": {"text": ""}, **FIXED},
    }
    return {"data": [file, reference], "layout": layout}


def side_by_side(names: Sequence[str], series: Mapping[str, Sequence[float]], *, share: bool = False) -> Figure:
    """A bar a name in each of the series, from zero."""
    shown = [plotly(name, limit=NAME) for name in names[:MOST]]
    colours = (QUIET.mark, ACCENT.mark, CHARTS[1])
    form = "%{x:.1%}" if share else "%{x:,.0f}"
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": plotly(name),
            "y": shown,
            "x": list(values)[:MOST],
            "marker": {"color": colour},
            "texttemplate": form,
            "textposition": "auto",
            "textangle": 0,
            "hovertemplate": f"%{{y}}: {form}<extra>%{{fullData.name}}</extra>",
        }
        for (name, values), colour in zip(series.items(), colours, strict=False)
    ]
    axis = SHARE_AXIS if share else {"rangemode": "tozero", **FIXED}
    several = len(series) > 1
    layout = {
        "barmode": "group",
        "height": (90 if several else 50) + round(BAR * len(shown) * (0.75 * len(series) if several else 1)),
        "margin": {"l": 8, "r": 16, "t": 40 if several else 8, "b": 30},
        "legend": LEGEND | {"traceorder": "normal"},
        "showlegend": several,
        "xaxis": axis,
        "yaxis": {"autorange": "reversed", "type": "category", "title": {"text": ""}, **FIXED},
        "bargap": 0.25,
    }
    return {"data": traces, "layout": layout}
