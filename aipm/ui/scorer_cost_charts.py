"""Charts of what models cost, as plain dictionaries for plotly: price against a criterion, months, a staircase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.ui.safe import plotly
from aipm.ui.scorer_cost_texts import OwnTexts

Figure = dict[str, Any]
Point = tuple[str, float, float, str]
"""Name, price, value, and what pointing at it says."""
SHORT = 20
"""Characters of a name beside a line: what a narrow screen has room for."""
DASHES = ("solid", "dash", "dot", "dashdot")
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left", "title": {"text": ""}}
APART = 20
"""Pixels from one label to the next."""
NARROW, TALL, LETTER, LINE_HEIGHT = 240, 280, 7, 15
"""Pixels, at the least: width and height of the points' area, a letter, a line."""
BESIDE = ("bottom right", "top left", "top right", "bottom left")
MARK = 7
"""Pixels from the middle of a mark to its edge."""
FEW_DECADES = 3
SIZES = {"k": 1e3, "M": 1e6, "G": 1e9}


def scatter(
    best: Sequence[Point],
    beaten: Sequence[Point],
    *,
    y: str,
    log: bool,
    text: Mapping[str, str],
    levels: Mapping[float, str] | None = None,
) -> Figure:
    """Price against a criterion; those that nobody beats have their number, and their name where there is room.

    `levels` are words for values of the criterion.
    """
    worth = sorted(best, key=lambda each: each[1])
    every = [*best, *beaten]
    across = _axis([each[1] for each in every], log=True)
    up = _axis([each[2] for each in every], log=log)
    spots = [(across.share(each[1]), up.share(each[2])) for each in worth]
    names = _named([f"{place}. {_short(each[0])}" for place, each in enumerate(worth, start=1)], spots)
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": text["beaten"],
            "x": [each[1] for each in beaten],
            "y": [each[2] for each in beaten],
            "hovertext": [plotly(each[3]) for each in beaten],
            "hoverinfo": "text",
            "marker": {"color": QUIET.mark, "size": 8, "symbol": "circle-open"},
        },
        {
            "type": "scatter",
            "mode": "markers+lines+text",
            "name": text["best"],
            "x": [each[1] for each in worth],
            "y": [each[2] for each in worth],
            "text": [plotly(name) for name, _ in names],
            "textposition": [position for _, position in names],
            "textfont": {"size": 12},
            "hovertext": [plotly(each[3]) for each in worth],
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {"color": ACCENT.mark, "size": 11, "symbol": "diamond"},
            "line": {"shape": "hv", "color": ACCENT.mark, "width": 1},
        },
    ]
    fixed: dict[str, Any] = {"fixedrange": True, "automargin": True}
    words = {"tickvals": [*levels], "ticktext": [plotly(word) for word in levels.values()]} if levels else {}
    layout = {
        "height": 400,
        "margin": {"l": 8, "r": 20, "t": 60, "b": 40},
        "legend": LEGEND,
        "hovermode": "closest",
        "xaxis": {**across.layout(), "title": {"text": text["x"]}, **fixed},
        "yaxis": {**up.layout(), "title": {"text": plotly(y)}, **fixed, **words},
    }
    return {"data": traces, "layout": layout}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """An axis with room at both ends; `low` and `high` are powers of ten where it is logarithmic."""

    low: float
    high: float
    log: bool

    def share(self, value: float) -> float:
        """How far along it a value stands, from 0 to 1."""
        return ((log10(value) if self.log else value) - self.low) / (self.high - self.low)

    def layout(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "log" if self.log else "linear", "range": [self.low, self.high]}
        if self.log:
            steps = (1, 2, 5) if self.high - self.low < FEW_DECADES else (1,)
            decades = range(floor(self.low), ceil(self.high) + 1)
            ticks = [step * 10.0**decade for decade in decades for step in steps]
            found |= {"tickvals": ticks, "ticktext": [_thousands(tick) for tick in ticks]}
        return found


def _axis(values: Sequence[float], *, log: bool) -> _Axis:
    scaled = [log10(each) if log else each for each in values]
    low, high = min(scaled), max(scaled)
    room = (high - low) * 0.08 or max(abs(high), 1.0) * 0.1
    return _Axis(low=low - room, high=high + room, log=log)


def _thousands(value: float) -> str:
    """0.05, 20, 500k, 2M."""
    size = next((size for size in ("G", "M", "k") if value >= SIZES[size]), "")
    return f"{value / SIZES.get(size, 1):g}{size}"


def _named(names: Sequence[str], spots: Sequence[tuple[float, float]]) -> list[tuple[str, str]]:
    """Each name with its place beside its spot, such that none covers another on a narrow screen; else its number."""
    marks = [(across * NARROW, up * TALL) for across, up in spots]
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    found = []
    for name, (across, up) in zip(names, marks, strict=True):
        number = name.split(" ", 1)[0].rstrip(".")
        for said, position in ((said, position) for said in (name, number) for position in BESIDE):
            width, right, above = len(said) * LETTER, position.endswith("right"), position.startswith("top")
            left = across + (MARK if right else -MARK - width)
            bottom = up + (MARK if above else -MARK - LINE_HEIGHT)
            box = (left, bottom, left + width, bottom + LINE_HEIGHT)
            inside = box[0] >= 0 and box[2] <= NARROW and (above or box[1] >= 0)
            if inside and not any(_cover(box, other) for other in taken):
                break
        else:
            said, position, box = number, "top center", (0.0, 0.0, 0.0, 0.0)
        taken.append(box)
        found.append((said, position))
    return found


def _cover(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def growth(months: Sequence[date], bills: Mapping[str, Sequence[float]], *, axis: str) -> Figure:
    """A line a model, from month to month, with its name at its end; colour and dashes tell them apart."""
    height, top, bottom = 400, 20, 40
    highest = max((max(each) for each in bills.values()), default=0.0) * 1.05 or 1.0
    room = height - top - bottom
    ends = _apart({name: each[-1] / highest * room for name, each in bills.items()}, most=room)
    traces, labels = [], []
    for place, (name, each) in enumerate(bills.items()):
        colour = CHARTS[place % len(CHARTS)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": plotly(_short(name)),
                "x": [month.isoformat() for month in months],
                "y": [round(usd, 2) for usd in each],
                "line": {"color": colour, "width": 3, "dash": DASHES[place % len(DASHES)]},
                "marker": {"size": 5},
                "hovertemplate": f"{plotly(name)}<br>%{{x|%b %Y}}: $%{{y:,.2f}}<extra></extra>",
            }
        )
        labels.append(
            {
                "text": f'<span style="color:{colour}">●</span> {plotly(_short(name))}',
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "yref": "paper",
                "y": ends[name] / room,
                "yanchor": "middle",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
    layout = {
        "height": height,
        "margin": {"l": 8, "r": 145, "t": top, "b": bottom},
        "showlegend": False,
        "annotations": labels,
        "hovermode": "closest",
        "xaxis": {"type": "date", "fixedrange": True, "tickformat": "%b\n%Y", "nticks": 5},
        "yaxis": {"title": {"text": axis}, "range": [0, highest], "fixedrange": True, "automargin": True},
    }
    return {"data": traces, "layout": layout}


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"


def _apart(wanted: Mapping[str, float], *, most: float) -> dict[str, float]:
    """Heights of labels in pixels, as near as can be to where they belong, and none over another."""
    found: dict[str, float] = {}
    below = -float(APART)
    for name in sorted(wanted, key=lambda each: wanted[each]):
        below = found[name] = max(wanted[name], below + APART)
    above = most + APART
    for name in sorted(found, key=lambda each: -found[each]):
        above = found[name] = min(found[name], above - APART)
    return found


def stairs(
    steps: Sequence[tuple[float, float]],
    *,
    api_per_million: float,
    now: float,
    bill: float,
    machines: str,
    text: OwnTexts,
) -> Figure:
    """Own machines as steps (up to so many million tokens, so many dollars) against the line of an API."""
    edges, level = [0.0], [steps[0][1]]
    for (end, _), (_, following) in zip(steps, [*steps[1:], steps[-1]], strict=True):
        edges.append(end)
        level.append(following)
    last = edges[-1]
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": machines,
            "x": edges,
            "y": level,
            "line": {"shape": "hv", "color": CHARTS[1], "width": 3, "dash": "dash"},
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": text.api,
            "x": [0.0, last],
            "y": [0.0, last * api_per_million],
            "line": {"color": CHARTS[0], "width": 3},
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": text.you,
            "x": [now],
            "y": [bill],
            "text": [text.you],
            "textposition": "bottom right",
            "marker": {"size": 12, "symbol": "diamond", "color": QUIET.mark},
        },
    ]
    layout = {
        "height": 380,
        "margin": {"l": 8, "r": 8, "t": 50, "b": 40},
        "legend": LEGEND,
        "xaxis": {"title": {"text": text.stairs_x}, "rangemode": "tozero", "fixedrange": True},
        "yaxis": {"title": {"text": text.stairs_y}, "rangemode": "tozero", "fixedrange": True, "automargin": True},
    }
    return {"data": traces, "layout": layout}
