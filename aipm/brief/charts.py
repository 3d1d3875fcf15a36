"""The one description of a chart as a Plotly figure: plain dictionaries, every text escaped."""

import html
from typing import Any

from aipm.content import palette
from aipm.content.chart import Chart, Series, cell, ends, written
from aipm.content.chart_drawing import color, short
from aipm.content.visible import visible

ROW, HEAD = 34, 60
"""Pixels of a row, and of what stands above and below all rows."""


def plotly(chart: Chart) -> dict[str, Any]:
    """Data and layout. The title is not in it: the page writes it above, as text."""
    make = {"bars": _bars, "intervals": _points, "line": _lines, "matrix": _matrix}[chart.kind]
    data, layout = make(chart)
    several = len(chart.series) > 1 and chart.kind != "matrix"
    return {
        "data": data,
        "layout": {
            "showlegend": several,
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "margin": {"l": 8, "r": 24, "t": 36 if several else 12, "b": 8},
            "hovermode": "closest",
            **layout,
        },
    }


def said(text: str, limit: int = 200) -> str:
    """Text as Plotly draws it: the same characters, never its HTML; what cannot be seen is made visible."""
    return html.escape(visible(text, limit=limit))


def _values(chart: Chart, each: Series) -> list[str]:
    return [said(cell(each, place, chart.unit)) for place in range(len(chart.labels))]


def _errors(each: Series) -> dict[str, Any]:
    """How far each interval goes below and above its value; 0 where there is none."""
    places = range(len(each.values))
    known = [(each.values[place], *ends(each, place)) for place in places]
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if value is None or high is None else high - value for value, _, high in known],
        "arrayminus": [0 if value is None or low is None else value - low for value, low, _ in known],
        "visible": bool(each.low or each.high),
        "color": palette.QUIET.mark,
    }


def _rows(chart: Chart) -> dict[str, Any]:
    """Labels downwards; by their place, because two of them may be written alike."""
    count = len(chart.labels)
    return {
        "height": HEAD + ROW * count * (len(chart.series) if chart.kind == "bars" else 1),
        "xaxis": {"ticksuffix": said(chart.unit) if chart.unit == "%" else "", "title": {"text": said(chart.unit)}},
        "yaxis": {
            "tickvals": list(range(count)),
            "ticktext": [said(short(each, 40)) for each in chart.labels],
            "range": [count - 0.5, -0.5],
            "automargin": True,
        },
    }


def _bars(chart: Chart) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    layout = _rows(chart)
    layout["xaxis"] |= {"rangemode": "tozero", "zeroline": True}
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": said(each.name, 60),
            "y": list(range(len(chart.labels))),
            "x": list(each.values),
            "text": [said(written(value, chart.unit)) for value in each.values],
            "textposition": "auto",
            "insidetextanchor": "start",
            "hovertext": _values(chart, each),
            "hoverinfo": "text+name",
            "error_x": _errors(each),
            "marker": {"color": color(place)},
        }
        for place, each in enumerate(chart.series)
    ]
    return data, {**layout, "barmode": "group"}


def _points(chart: Chart) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    count = len(chart.series)
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": said(each.name, 60),
            "y": [row + (place - (count - 1) / 2) * 0.6 / count for row in range(len(chart.labels))],
            "x": list(each.values),
            "text": _values(chart, each),
            "hoverinfo": "text+name",
            "error_x": _errors(each),
            "marker": {"color": color(place), "size": 10},
        }
        for place, each in enumerate(chart.series)
    ]
    return data, _rows(chart)


def _lines(chart: Chart) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    places = list(range(len(chart.labels)))
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": said(each.name, 60),
            "x": places,
            "y": list(each.values),
            "text": _values(chart, each),
            "hoverinfo": "text+name",
            "connectgaps": False,
            "line": {"color": color(place)},
        }
        for place, each in enumerate(chart.series)
    ]
    shown = sorted({0, (len(places) - 1) // 2, len(places) - 1})
    return data, {
        "height": 320,
        "xaxis": {"tickvals": shown, "ticktext": [said(short(chart.labels[each], 22)) for each in shown]},
        "yaxis": {"rangemode": "tozero", "ticksuffix": "%" if chart.unit == "%" else "", "automargin": True},
    }


def _matrix(chart: Chart) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    most = max((abs(value) for each in chart.series for value in each.values if value is not None), default=1) or 1
    red, green, blue = bytes.fromhex(palette.ACCENT.mark.removeprefix("#"))
    data = [
        {
            "type": "heatmap",
            "z": [[None if value is None else abs(value) for value in each.values] for each in chart.series],
            "text": [_values(chart, each) for each in chart.series],
            "texttemplate": "%{text}",
            "hoverinfo": "text",
            "zmin": 0,
            "zmax": most,
            "colorscale": [[0, f"rgba({red},{green},{blue},0.08)"], [1, f"rgba({red},{green},{blue},0.5)"]],
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]
    return data, {
        "height": HEAD + ROW * len(chart.series),
        "xaxis": {
            "tickvals": list(range(len(chart.labels))),
            "ticktext": [said(short(each, 24)) for each in chart.labels],
            "side": "top",
        },
        "yaxis": {
            "tickvals": list(range(len(chart.series))),
            "ticktext": [said(short(each.name, 40)) for each in chart.series],
            "range": [len(chart.series) - 0.5, -0.5],
            "automargin": True,
        },
    }
