"""One description of a chart, from which every drawing of it is made: on the page, in a file of slides, on paper."""

from dataclasses import dataclass
from typing import Literal

from aipm.content.number import MINUS, NONE

Kind = Literal["bars", "intervals", "line", "matrix"]
"""Bars begin at zero; intervals are points with a range; a line goes along its labels; a matrix has a row a series."""
MONEY = frozenset({"€", "$", "£"})
"""Units that stand before the number."""
MOST_LABELS = 60
MOST_SERIES = 7
"""As many as there are colours; a matrix may have as many rows as there may be labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A value a label; None where it is not known. `low` and `high`, where given, are the ends of its interval."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    counts: tuple[int | None, ...] = ()
    """How many people or rows each value rests on, so that small groups can be kept out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`title` says the finding, `alternative` what is to be seen, for those who do not see it. Raises ValueError.

    Values are in `unit`: a share of 0.42 is 42 with the unit "%".
    """

    kind: Kind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    unit: str = ""
    note: str = ""
    named: str = ""
    """What the labels are: the head of their column."""

    def __post_init__(self) -> None:
        """Every series has as many values as there are labels, and no value is beyond all numbers."""
        if not self.labels or len(self.labels) > MOST_LABELS:
            raise ValueError(f"a chart has 1 to {MOST_LABELS} labels, not {len(self.labels)}")
        most = MOST_LABELS if self.kind == "matrix" else MOST_SERIES
        if not self.series or len(self.series) > most:
            raise ValueError(f"this kind of chart has 1 to {most} series, not {len(self.series)}")
        for each in self.series:
            parts = (each.values, each.low, each.high, each.counts)
            if any(part and len(part) != len(self.labels) for part in parts) or not each.values:
                raise ValueError("a series has one value a label")
            if any(value is not None and not abs(value) < 1e15 for part in parts for value in part):
                raise ValueError("a value is not a number that can be drawn")


def ends(series: Series, place: int) -> tuple[float | None, float | None]:
    """The interval of one value; None where there is none."""
    return (series.low[place] if series.low else None, series.high[place] if series.high else None)


def written(value: float | None, unit: str = "") -> str:
    """A value with its unit and sensible digits: 1,234; 12.3%; −0.05; € 120."""
    if value is None:
        return NONE
    size = abs(value)
    if size and size < 0.1:
        text = f"{size:.2g}" if size >= 0.0001 else "<0.0001"
    else:
        text = f"{size:,.{0 if size >= 100 else 1 if size >= 10 else 2}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = MINUS if value < 0 else ""
    if unit in MONEY:
        text = f"{size:,.2f}" if 0.01 <= size < 100 and size != round(size) else text
        return f"{sign}{unit}{text}"
    return f"{sign}{text}{'' if unit in {'', '%'} else ' '}{unit}"


def cell(series: Series, place: int, unit: str = "") -> str:
    """A value and, in brackets, its interval: 12.3% (10.1% to 14.7%)."""
    low, high = ends(series, place)
    text = written(series.values[place], unit)
    return text if low is None or high is None else f"{text} ({written(low, unit)} to {written(high, unit)})"


def columns(chart: Chart) -> tuple[str, ...]:
    """Heads of the chart as a table: a column a series; of a matrix, a column a label."""
    return (chart.named, *(chart.labels if chart.kind == "matrix" else (each.name for each in chart.series)))


def rows(chart: Chart) -> tuple[tuple[str, ...], ...]:
    """The chart as a table."""
    places = range(len(chart.labels))
    if chart.kind == "matrix":
        return tuple((each.name, *(cell(each, place, chart.unit) for place in places)) for each in chart.series)
    return tuple(
        (label, *(cell(each, place, chart.unit) for each in chart.series)) for place, label in enumerate(chart.labels)
    )
