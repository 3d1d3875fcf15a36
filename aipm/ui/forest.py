"""The forest plot: a group a row, its estimate and interval beside the band in which a difference does not matter.

Drawn as HTML: text stays text (readable, searchable, printable, spoken), it follows light, dark and narrow pages by
itself, and it costs the server a tenth of a millisecond and the browser no chart library.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aipm.content import number
from aipm.ui.fragments import LONG, badge, verdict_class
from aipm.ui.safe import Html, markup

RATIO_TICKS = (0.1, 0.2, 0.3, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
WIDEST_RATIO = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One group. `verdict` as for `fragments.word`; `detail` stands small under the name (how many
    rows), `note` under the row (why it is not rated, what would settle it).
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    verdict: str
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestPlot:
    """`label` says what is compared with what. Ratios are drawn on a logarithmic axis around 1 (half as often is as far
    from it as twice as often), differences on a linear one around 0. `band` holds the differences that do not matter.
    """

    label: str
    rows: tuple[ForestRow, ...]
    band: tuple[float, float] | None
    ratios: bool = True
    form: number.Format = number.ratio
    beside: tuple[ForestRow, ...] = ()
    """Rows of neighbouring plots: the axis holds them too, so that all can be compared."""


@dataclass(frozen=True, slots=True)
class _Axis:
    low: float
    high: float
    ticks: tuple[float, ...]
    scale: Callable[[float], float]

    def place(self, value: float) -> float:
        """Per cent from the left, within the axis."""
        bounded = min(max(value, self.low), self.high)
        low, high = self.scale(self.low), self.scale(self.high)
        return 100 * (self.scale(bounded) - low) / (high - low)


def forest(plot: ForestPlot) -> Html:
    axis = _ratio_axis(plot) if plot.ratios else _difference_axis(plot)
    ground = _ground(plot, axis)
    ticks = "".join(
        f'<i class="tick" style="left:{axis.place(tick):.1f}%">{plot.form(tick)}</i>' for tick in axis.ticks
    )
    head = (
        f'<div role="row" class="head"><span role="columnheader" class="name">Group</span>'
        f'<span role="cell" class="plot" aria-hidden="true">{ticks}</span>'
        f'<span role="columnheader" class="value">{"Ratio" if plot.ratios else "Difference"} (95% interval)</span>'
        f'<span role="columnheader" class="verdict">Verdict</span></div>'
    )
    rows = "".join(_row(row, plot=plot, axis=axis, ground=ground) for row in plot.rows)
    return Html(f'<div class="forest" role="table" aria-label="{markup(plot.label, limit=LONG)}">{head}{rows}</div>')


def _row(row: ForestRow, *, plot: ForestPlot, axis: _Axis, ground: str) -> str:
    detail = f"<small>{markup(row.detail)}</small>" if row.detail else ""
    note = f'<span role="cell" class="note">{markup(row.note, limit=LONG)}</span>' if row.note else ""
    bounds = number.interval(row.low, row.high, form=plot.form)
    return (
        f'<div role="row" class="row {verdict_class(row.verdict)}">'
        f'<span role="rowheader" class="name">{markup(row.name)}{detail}</span>'
        f'<span role="cell" class="plot" aria-hidden="true">{ground}{_mark(row, axis)}</span>'
        f'<span role="cell" class="value">{plot.form(row.value)} <small>{bounds}</small></span>'
        f'<span role="cell">{badge(row.verdict)}</span>{note}</div>'
    )


def _ground(plot: ForestPlot, axis: _Axis) -> str:
    none = 1.0 if plot.ratios else 0.0
    band = ""
    if plot.band is not None:
        left, right = (axis.place(edge) for edge in plot.band)
        band = f'<i class="band" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>'
    return f'{band}<i class="line" style="left:{axis.place(none):.1f}%"></i>'


def _mark(row: ForestRow, axis: _Axis) -> str:
    parts = []
    if row.low is not None and row.high is not None:
        left, right = axis.place(row.low), axis.place(row.high)
        parts.append(f'<i class="bar" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>')
        if row.low < axis.low:
            parts.append('<i class="more-left"></i>')
        if row.high > axis.high:
            parts.append('<i class="more-right"></i>')
    if row.value is not None and axis.low <= row.value <= axis.high:
        parts.append(f'<i class="point" style="left:{axis.place(row.value):.1f}%"></i>')
    return "".join(parts)


def _shown_values(plot: ForestPlot) -> list[float]:
    """What the axis must reach: every estimate, the intervals of rated groups, the band; the rest runs off the edge."""
    rated = ("gap", "within_tolerance", "inconclusive", "reference")
    rows = (*plot.rows, *plot.beside)
    values = [row.value for row in rows]
    values += [bound for row in rows if row.verdict in rated for bound in (row.low, row.high)]
    return [value for value in (*values, *(plot.band or ())) if value is not None and math.isfinite(value)]


def _ratio_axis(plot: ForestPlot) -> _Axis:
    """From the tick before everything that is shown to the tick after; at the least 0.65 to 1.5, so that a band of four
    fifths has edges to be seen.
    """
    values = [min(max(value, 1 / WIDEST_RATIO), WIDEST_RATIO) for value in (*_shown_values(plot), 0.65, 1.5)]
    low = max((tick for tick in RATIO_TICKS if tick <= min(values)), default=RATIO_TICKS[0])
    high = min((tick for tick in RATIO_TICKS if tick >= max(values)), default=RATIO_TICKS[-1])
    inside = [tick for tick in RATIO_TICKS if low <= tick <= high]
    return _Axis(low, high, _thinned(inside, keep=1.0), math.log)


def _difference_axis(plot: ForestPlot) -> _Axis:
    reach = max((abs(value) for value in _shown_values(plot)), default=0.0) or 0.1
    unit = 10 ** math.floor(math.log10(reach / 2))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor * 2 >= reach)
    return _Axis(-2 * step, 2 * step, tuple(step * place for place in range(-2, 3)), lambda value: value)


def _thinned(ticks: Sequence[float], *, keep: float) -> tuple[float, ...]:
    """At most seven ticks, spread around the one that must stay."""
    middle = ticks.index(keep)
    stride = math.ceil(len(ticks) / 7)
    return tuple(tick for place, tick in enumerate(ticks) if (place - middle) % stride == 0)
