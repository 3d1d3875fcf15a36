"""Pictures of a score by group: ROC, precision and recall, calibration; the same in words and as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aipm.content import number
from aipm.content.palette import CHARTS, QUIET
from aipm.fairness import texts as words
from aipm.fairness.curves import Curve, Reliability
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS
from aipm.fairness.result import AuditResult, Estimate
from aipm.fairness.spec import Group
from aipm.ui.audit_scores_said import Row, rate
from aipm.ui.audit_scores_texts import CurveTexts, scores_texts
from aipm.ui.charts import layout
from aipm.ui.safe import plotly

HEIGHT, NAME = 420, 40
DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x")
MOST_LINES = 7
SCALE = 10
"""From this mean on, a score has one decimal."""
RANKING = ("auc", "calibration_error", "brier_score", "mean_score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point, with its interval in each direction where there is one; a hollow one rests on few people."""

    x: float
    y: float
    x_bounds: tuple[float, float] | None = None
    y_bounds: tuple[float, float] | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group: where its line goes, and what is marked on it."""

    name: str
    points: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]


def curve_line(name: str, curve: Curve, x: Estimate, y: Estimate) -> Line:
    """A group's curve with the threshold marked, where it has enough people for that."""
    marks: tuple[Mark, ...] = ()
    if x.value is not None and y.value is not None and min(x.rows or 0, y.rows or 0) >= FEWEST_ROWS:
        hollow = min(x.rows or 0, y.rows or 0) < ENOUGH_ROWS
        marks = (Mark(x=x.value, y=y.value, x_bounds=_bounds(x), y_bounds=_bounds(y), hollow=hollow),)
    return Line(name=name, points=tuple(zip(curve.x, curve.y, strict=True)), marks=marks)


def _bounds(estimate: Estimate) -> tuple[float, float] | None:
    return None if estimate.low is None or estimate.high is None else (estimate.low, estimate.high)


def reliability_line(name: str, found: Reliability, group: int, *, scale: tuple[float, float]) -> Line:
    """A group's parts of the scale: mean score against what came true; parts of under ten people are left out."""
    low, high = scale
    came = found.came
    marks = tuple(
        Mark(
            x=float((found.promised[group, k] - low) / (high - low)),
            y=float(came.value[group, k]),
            y_bounds=(float(came.low[group, k]), float(came.high[group, k])),
            hollow=bool(came.rows[group, k] < ENOUGH_ROWS),
        )
        for k in np.flatnonzero(came.rows[group] >= FEWEST_ROWS)
    )
    return Line(name=name, points=tuple((mark.x, mark.y) for mark in marks), marks=marks)


def figure(
    lines: Sequence[Line], *, x: str, y: str, diagonal: bool, scale: tuple[float, float] | None = None
) -> dict[str, Any]:
    """Lines on a square of shares; `scale`: the ends of the horizontal axis where it holds no shares."""
    low, high = scale or (0.0, 1.0)

    def across(value: float) -> float:
        return round(low + value * (high - low), 4)

    traces: list[dict[str, Any]] = []
    if diagonal:
        even = {"color": QUIET.mark, "width": 1.5, "dash": "dot"}
        traces.append(
            {"type": "scatter", "mode": "lines", "x": [low, high], "y": [0, 1], "line": even, "showlegend": False}
            | {"hoverinfo": "skip"}
        )
    for k, line in enumerate(lines):
        traces += _traces(line, k, across)
    shown = layout(x, y)
    shown |= {"height": HEIGHT, "legend": {"orientation": "h", "yanchor": "top", "y": -0.2, "x": 0}}
    shown["margin"] = {"l": 8, "r": 8, "t": 12, "b": 40}
    shown["xaxis"] |= {"range": [across(-0.02), across(1.02)], **({"tickformat": ".0%"} if scale is None else {})}
    shown["yaxis"] |= {"range": [-0.02, 1.03], "tickformat": ".0%"}
    return {"data": traces, "layout": shown}


def _traces(line: Line, k: int, across: Callable[[float], float]) -> list[dict[str, Any]]:
    """A line, and on it what is marked with its intervals; both come and go by one name in the key."""
    colour, name = CHARTS[k % len(CHARTS)], plotly(line.name, limit=NAME)
    stroke = {"color": colour, "width": 2, "dash": DASHES[k % len(DASHES)]}
    points = [(across(x), round(y, 4)) for x, y in line.points]
    path = {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendgroup": str(k),
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "line": stroke,
        "hovertemplate": "%{x} / %{y}<extra></extra>",
        "showlegend": False,
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "legendgroup": str(k),
        "x": [across(mark.x) for mark in line.marks],
        "y": [round(mark.y, 4) for mark in line.marks],
        "hovertemplate": f"{name}: %{{x}} / %{{y}}<extra></extra>",
        "marker": {
            "color": colour,
            "size": 10,
            "symbol": [f"{SYMBOLS[k % len(SYMBOLS)]}{'-open' if mark.hollow else ''}" for mark in line.marks],
            "line": {"width": 2, "color": colour},
        },
        "error_y": _bars([(mark.y, mark.y_bounds) for mark in line.marks], colour),
    }
    if any(mark.x_bounds for mark in line.marks):
        marks["error_x"] = _bars([(mark.x, mark.x_bounds) for mark in line.marks], colour)
    return [path, marks]


def _bars(values: Sequence[tuple[float, tuple[float, float] | None]], colour: str) -> dict[str, Any]:
    """Intervals as plotly has them: how far they reach up and down."""
    reach = [(value - bounds[0], bounds[1] - value) if bounds else (0.0, 0.0) for value, bounds in values]
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(max(up, 0.0), 4) for _, up in reach],
        "arrayminus": [round(max(down, 0.0), 4) for down, _ in reach],
        "color": colour,
        "thickness": 1.5,
        "width": 0,
    }


def spoken(lines: Sequence[Line], said: CurveTexts) -> str:
    """What the marks show, in words."""
    return "; ".join(
        said.point.format(
            group=line.name,
            x=", ".join(number.rate(mark.x) for mark in line.marks),
            y=", ".join(number.rate(mark.y) for mark in line.marks),
        )
        for line in lines
        if line.marks
    )


def _tenths(value: float | None) -> str:
    """A mean on a long scale."""
    return number.NONE if value is None else f"{value:,.1f}"


def ranking_rows(result: AuditResult, groups: Sequence[Group]) -> tuple[Row, list[Row]]:
    """Heading and rows: how well each group is ranked and whether the score means what it says."""
    by_group = {each.group: each.metrics for each in result.groups}
    named = words.texts().metrics
    names = [name for name in RANKING if name in by_group[()]]

    def cell(name: str, estimate: Estimate) -> str:
        if named[name].unit == "share" or estimate.status == "not_computable" or estimate.reason == "too_few_rows":
            return rate(estimate)
        form = _tenths if (estimate.value or 0.0) >= SCALE else number.decimal
        shown = f"{form(estimate.value)} {number.interval(estimate.low, estimate.high, form=form)}".strip()
        return shown if estimate.status == "ok" else f"{shown} · {scores_texts().film.thin}"

    rows = [
        (words.short(group), *(cell(name, by_group[group][name]) for name in names))
        for group in groups
        if group in by_group
    ]
    return ("", *(named[name].name for name in names)), rows
