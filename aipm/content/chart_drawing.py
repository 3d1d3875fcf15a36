"""A chart as marks with places: rectangles, lines, dots and words, which a template writes as SVG."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from aipm.content import palette
from aipm.content.chart import Chart, Series, ends, written

WIDTH = 720
LEFT, RIGHT = 200, 110
"""Room for labels and for values, in units of the drawing (points at full width)."""
BAR, GAP = 16, 14
LINE_HEIGHT = 200
NAMED = 26
"""Characters of a label in the drawing; the table beneath it holds all of them."""
Scale = Callable[[float], float]
"""A value -> its place in the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`points`: of a path. `fill`: a colour, or nothing for the colour of the words around."""

    kind: Literal["rect", "line", "path", "dot", "text"]
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    text: str = ""
    fill: str = ""
    anchor: Literal["start", "middle", "end"] = "start"
    points: str = ""
    opacity: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    marks: tuple[Mark, ...]
    height: float
    width: float = WIDTH


def drawing(chart: Chart) -> Drawing:
    """Where everything stands."""
    legend = list(_legend(chart))
    top = 26 if legend else 6
    if chart.kind == "line":
        return Drawing(marks=(*legend, *_line(chart, top)), height=top + LINE_HEIGHT + 34)
    if chart.kind == "matrix":
        height = top + 26 + 28 * len(chart.series)
        return Drawing(marks=tuple(_matrix(chart, top)), height=height)
    step = BAR * len(chart.series) + GAP
    marks = (*legend, *_rows(chart, top, step))
    return Drawing(marks=marks, height=top + step * len(chart.labels) + 6)


def color(place: int) -> str:
    return palette.CHARTS[place % len(palette.CHARTS)]


def short(label: str, limit: int = NAMED) -> str:
    """As much of a label as fits into the drawing."""
    return label if len(label) <= limit else f"{label[: max(limit - 1, 1)].rstrip()}…"


def span(chart: Chart) -> tuple[float, float]:
    """From the lowest to the highest of all values and ends; bars and lines have zero in it."""
    known = [
        value
        for each in chart.series
        for place, own in enumerate(each.values)
        for value in (own, *ends(each, place))
        if value is not None
    ]
    if chart.kind != "intervals":
        known.append(0.0)
    low, high = min(known, default=0.0), max(known, default=1.0)
    if low == high:
        return (low - 1, high + 1) if chart.kind == "intervals" else (min(low, 0), max(high, 1))
    return low, high


def _legend(chart: Chart) -> Iterator[Mark]:
    if len(chart.series) < 2 or chart.kind == "matrix":
        return
    room = WIDTH / len(chart.series)
    for place, each in enumerate(chart.series):
        yield Mark(kind="rect", x=room * place, y=4, width=12, height=12, fill=color(place))
        yield Mark(kind="text", x=room * place + 18, y=15, text=short(each.name, max(int(room / 8) - 2, 6)))


def _rows(chart: Chart, top: float, step: float) -> Iterator[Mark]:
    """Bars from zero, or points with their intervals, a label a row."""
    low, high = span(chart)
    scale = (WIDTH - LEFT - RIGHT) / (high - low)

    def at(value: float) -> float:
        return round(LEFT + (value - low) * scale, 1)

    if low <= 0 <= high:
        bottom = top + step * len(chart.labels) - GAP / 2
        yield Mark(kind="line", x=at(0), y=top, width=at(0), height=bottom)
    for row, label in enumerate(chart.labels):
        start = top + row * step
        middle = start + BAR * len(chart.series) / 2
        yield Mark(kind="text", x=LEFT - 10, y=middle + 4, text=short(label), anchor="end")
        for place, each in enumerate(chart.series):
            yield from _value(chart, each, row, at, start + BAR * place, color(place))


def _value(chart: Chart, each: Series, row: int, at: Scale, y: float, fill: str) -> Iterator[Mark]:
    value, (low, high) = each.values[row], ends(each, row)
    middle, right = y + BAR / 2, at(0.0) if chart.kind == "bars" else LEFT
    if value is not None and chart.kind == "bars":
        yield Mark(
            kind="rect",
            x=min(at(0), at(value)),
            y=y + 1,
            width=round(abs(at(value) - at(0)), 1),
            height=BAR - 2,
            fill=fill,
        )
    if value is not None:
        right = max(right, at(value))
    if low is not None and high is not None:
        yield Mark(kind="line", x=at(low), y=middle, width=at(high), height=middle)
        for end in (low, high):
            yield Mark(kind="line", x=at(end), y=middle - 4, width=at(end), height=middle + 4)
        right = max(right, at(high))
    if value is not None and chart.kind == "intervals":
        yield Mark(kind="dot", x=at(value), y=middle, width=5, fill=fill)
    yield Mark(kind="text", x=right + 9, y=middle + 4, text=written(value, chart.unit))


def _line(chart: Chart, top: float) -> Iterator[Mark]:
    low, high = span(chart)
    left, right = 70, WIDTH - 90
    step = (right - left) / max(len(chart.labels) - 1, 1)

    def at(value: float) -> float:
        return round(top + LINE_HEIGHT - (value - low) / (high - low) * (LINE_HEIGHT - 10), 1)

    for value in dict.fromkeys((low, 0.0, high)):
        yield Mark(kind="line", x=left, y=at(value), width=right, height=at(value), opacity=0.35)
        yield Mark(kind="text", x=left - 8, y=at(value) + 4, text=written(value, chart.unit), anchor="end")
    for place in sorted({0, (len(chart.labels) - 1) // 2, len(chart.labels) - 1}):
        label = short(chart.labels[place], 22)
        yield Mark(kind="text", x=left + step * place, y=top + LINE_HEIGHT + 24, text=label, anchor="middle")
    for place, each in enumerate(chart.series):
        yield from _path(each, chart.unit, at, left, step, color(place))


def _path(each: Series, unit: str, at: Scale, left: float, step: float, fill: str) -> Iterator[Mark]:
    """The line, broken where a value is not known, and its last value beside it."""
    parts: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(each.values):
        if value is None:
            parts.append([])
        else:
            parts[-1].append((round(left + step * place, 1), at(value)))
    for part in filter(None, parts):
        yield Mark(kind="path", points=" ".join(f"{x},{y}" for x, y in part), fill=fill)
        if len(part) == 1:
            yield Mark(kind="dot", x=part[0][0], y=part[0][1], width=3, fill=fill)
    known = [(place, value) for place, value in enumerate(each.values) if value is not None]
    if known:
        place, value = known[-1]
        yield Mark(kind="text", x=left + step * place + 9, y=at(value) + 4, text=written(value, unit))


def _matrix(chart: Chart, top: float) -> Iterator[Mark]:
    """A cell a value, the fuller the farther from zero; the value stands in it."""
    most = max((abs(value) for each in chart.series for value in each.values if value is not None), default=0) or 1
    room = (WIDTH - LEFT) / len(chart.labels)
    fits = int(room / 8)
    for place, label in enumerate(chart.labels):
        text = short(label, fits)
        yield Mark(kind="text", x=LEFT + room * (place + 0.5), y=top + 14, text=text, anchor="middle")
    for row, each in enumerate(chart.series):
        y = top + 24 + 28 * row
        yield Mark(kind="text", x=LEFT - 10, y=y + 17, text=short(each.name), anchor="end")
        for place, value in enumerate(each.values):
            x, depth = LEFT + room * place, 0.0 if value is None else abs(value) / most
            yield Mark(
                kind="rect",
                x=round(x + 1, 1),
                y=y,
                width=round(room - 2, 1),
                height=26,
                fill=palette.ACCENT.mark,
                opacity=round(0.08 + 0.42 * depth, 2),
            )
            text = written(value, chart.unit if room > 60 else "")
            yield Mark(kind="text", x=round(x + room / 2, 1), y=y + 17, text=text, anchor="middle")
