"""Two pictures of a threshold: precision over recall, and cost over threshold; each with the same in words."""

from typing import Any

import numpy as np
import streamlit as st

from aipm.content.palette import ACCENT, CHARTS, QUIET, VERDICTS
from aipm.governance.metric_sheet import MetricSheet
from aipm.governance.scored import Scores
from aipm.governance.threshold import Choice, Least, costs_by_place, precisions
from aipm.ui import page
from aipm.ui.charts import CONFIG, layout
from aipm.ui.lifecycle_metrics_scores import Have, money
from aipm.ui.lifecycle_metrics_texts import MetricsTexts, ThresholdTexts
from aipm.ui.lifecycle_numbers import amount, at, share
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

POINTS_SAID = 5


def curves(have: Have, sheet: MetricSheet, best: Least, now: Choice, texts: MetricsTexts) -> None:
    said = texts.threshold
    left, right = st.columns(2, gap="large")
    with left:
        page.draw(Html(f"<h3>{markup(said.curve)}</h3>"))
        figure, alt = _precision_recall(have.scores, sheet, best, now, said)
        st.plotly_chart(figure, key=key("governance", "metrics.curve"), config=CONFIG, alt=alt)
    with right:
        inner = have.scores.low < best.threshold < have.scores.high
        title = (said.cost_curve if inner else said.cost_curve_end).format(
            cost=money(best.cost, sheet), threshold=at(best.threshold, have.scores.step)
        )
        page.draw(Html(f"<h3>{markup(title)}</h3>"))
        figure, alt = _cost(have.scores, sheet, best, now, texts)
        st.plotly_chart(figure, key=key("governance", "metrics.cost"), config=CONFIG, alt=alt)


def _precision_recall(
    scores: Scores, sheet: MetricSheet, best: Least, now: Choice, said: ThresholdTexts
) -> tuple[dict[str, Any], str]:
    recall, precision = scores.right_yes, precisions(scores, share_of_yes=sheet.share_of_yes)
    known = ~np.isnan(precision)
    places = np.flatnonzero(known & np.append(True, np.diff(recall) != 0))
    points = {
        said.least: (scores.place(best.threshold), "diamond-open"),
        said.chosen: (scores.place(now.threshold), "circle"),
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": _short(recall[places]),
            "y": _short(precision[places]),
            "text": [at(scores.edge(int(place)), scores.step) for place in places],
            "hovertemplate": f"{plotly(said.x_threshold)} %{{text}}<br>%{{x:.1%}} / %{{y:.1%}}<extra></extra>",
            "line": {"color": ACCENT.mark, "width": 2.5},
            "showlegend": False,
        },
        *(
            _mark(float(recall[place]), float(precision[place]), name, symbol)
            for name, (place, symbol) in points.items()
            if known[place]
        ),
    ]
    shown = layout(said.x_recall, said.y_precision)
    shown["xaxis"] |= {"range": [0, 1.03], "tickformat": ".0%"}
    shown["yaxis"] |= {"range": [0, 1.05], "tickformat": ".0%"}
    some = [int(places[round(each)]) for each in np.linspace(0, len(places) - 1, min(POINTS_SAID, len(places)))]
    words = "; ".join(
        said.alt_point.format(recall=share(float(recall[place])), precision=share(float(precision[place])))
        for place in some
    )
    alt = said.alt_curve.format(points=words, precision=share(now.precision.value), recall=share(now.recall.value))
    return {"data": traces, "layout": shown}, alt


def _cost(
    scores: Scores, sheet: MetricSheet, best: Least, now: Choice, texts: MetricsTexts
) -> tuple[dict[str, Any], str]:
    said = texts.threshold
    line = costs_by_place(scores, sheet.costs, share_of_yes=sheet.share_of_yes)
    edges = [scores.edge(place) for place in range(len(line))]
    places = np.flatnonzero(np.append(True, np.diff(line) != 0) | np.append(np.diff(line) != 0, True))
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [edges[place] for place in places],
            "y": [float(f"{line[place]:.5g}") for place in places],
            "hovertemplate": "%{x}: %{y:,.4g}<extra></extra>",
            "line": {"color": ACCENT.mark, "width": 2.5},
            "showlegend": False,
        },
        _mark(best.threshold, best.cost, said.least, "diamond-open"),
        _mark(now.threshold, now.cost, said.chosen, "circle"),
    ]
    shown = layout(said.x_threshold, said.y_cost.format(unit=plotly(sheet.unit or texts.unit_none, limit=30)))
    shown["yaxis"] |= {"rangemode": "tozero"}
    shown["shapes"] = [
        {
            "type": "rect",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": best.flat[0],
            "x1": best.flat[1],
            "fillcolor": VERDICTS["within_tolerance"].mark,
            "opacity": 0.16,
            "line": {"width": 0},
            "layer": "below",
        }
    ]
    shown["annotations"] = [
        {
            "x": (best.flat[0] + best.flat[1]) / 2,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": plotly(said.near),
            "showarrow": False,
            "font": {"size": 12},
        }
    ]
    alt = said.alt_cost.format(
        everybody=amount(best.everybody),
        cost=amount(best.cost),
        threshold=at(best.threshold, scores.step),
        none=amount(best.none_at_all),
        chosen_cost=amount(now.cost),
        chosen=at(now.threshold, scores.step),
    )
    return {"data": traces, "layout": shown}, alt


def _mark(x: float, y: float, name: str, symbol: str) -> dict[str, Any]:
    chosen = symbol == "circle"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly(name),
        "x": [round(x, 6)],
        "y": [float(f"{y:.6g}")],
        "hoverinfo": "skip",
        "marker": {
            "symbol": symbol,
            "size": 13 if chosen else 17,
            "color": CHARTS[5] if chosen else QUIET.mark,
            "line": {"width": 2 if chosen else 2.5, "color": "#FFFFFF" if chosen else QUIET.mark},
        },
    }


def _short(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]
