"""How a number is spread within each group: one small row of bars a group, all on the same axis and scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from aipm.content import number
from aipm.fairness.texts import texts
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRow:
    """`shares` of the group in each bin, which sum to 1."""

    name: str
    shares: tuple[float, ...]
    detail: str = ""


def spread(
    rows: Sequence[SpreadRow], *, edges: tuple[float, float], label: str, threshold: float | None = None
) -> Html:
    """Bins of equal width between the two `edges`; from `threshold` on, bars are full in colour, below it pale."""
    low, high = edges
    tallest = max((share for row in rows for share in row.shares), default=0.0) or 1.0
    cut = None if threshold is None or not low <= threshold <= high else (threshold - low) / (high - low)
    line = "" if cut is None else f'<span class="cut" style="left:{cut * 100:.1f}%"></span>'
    body = "".join(
        f"<span>{markup(row.name)}{f'<br><small>{markup(row.detail)}</small>' if row.detail else ''}</span>"
        f'<span class="bars" role="img" aria-label="{_spoken(row, low=low, high=high)}">'
        f"{_bars(row, tallest=tallest, cut=cut)}{line}</span>"
        for row in rows
    )
    marks = [(low, 0.0), (high, 1.0)] if cut is None else [(low, 0.0), (threshold or low, cut), (high, 1.0)]
    ticks = "".join(f'<i style="left:{place * 100:.1f}%">{number.on_scale(value)}</i>' for value, place in marks)
    return Html(
        f'<div class="spread" role="group" aria-label="{markup(label, limit=LONG)}">{body}'
        f'<span></span><span class="axis" aria-hidden="true">{ticks}</span></div>'
    )


def _bars(row: SpreadRow, *, tallest: float, cut: float | None) -> str:
    bins = len(row.shares)
    return "".join(
        f"<b{' class=below' if cut is not None and (place + 0.5) / bins < cut else ''} "
        f'style="height:{share / tallest * 100:.0f}%"></b>'
        for place, share in enumerate(row.shares)
    )


def _spoken(row: SpreadRow, *, low: float, high: float) -> str:
    """What the bars show, in words: where the middle of the group lies."""
    half, total = 0.5 * sum(row.shares), 0.0
    for place, share in enumerate(row.shares, start=1):
        total += share
        if half and total >= half:
            middle = low + (high - low) * place / len(row.shares)
            text = texts().sentences.spread_half.format(name=row.name, value=number.on_scale(middle))
            return markup(text, limit=LONG)
    return markup(texts().sentences.spread_none.format(name=row.name), limit=LONG)
