"""Opportunities as circles between effort and impact, with a line each way for what is not known exactly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup

SMALLEST, LARGEST = 1.1, 2.9
"""Diameters of the circles for a chance of 0 and of 1, in rem: areas go by the chance."""
STEPS = (1, 2, 5)
TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """`sign` stands in the circle, `name` is read out; `x` and `y` are ranges from 0, `share` in [0, 1] the size."""

    sign: str
    name: str
    x: tuple[float, float]
    y: tuple[float, float]
    share: float


def bubbles(found: Sequence[Bubble], *, x: str, y: str, title: str, caption: str) -> Html:
    """Both axes begin at 0. The picture is one image to a screen reader, told by `caption`; a table has its numbers."""
    across, up = _axis(max(each.x[1] for each in found)), _axis(max(each.y[1] for each in found))
    ticks = "".join(f'<i class="tick x" style="left:{_share(tick, across)}">{tick:g}</i>' for tick in across)
    ticks += "".join(f'<i class="tick y" style="bottom:{_share(tick, up)}">{tick:g}</i>' for tick in up)
    lines = "".join(f'<i class="grid" style="bottom:{_share(tick, up)}"></i>' for tick in up[1:])
    drawn = "".join(_bubble(each, across, up) for each in reversed(found))  # the first in the order lies on top
    said = markup(caption, limit=LONG)
    return Html(
        f'<h3>{markup(title)}</h3><div class="bubbles" role="img" aria-label="{said}">'
        f'<span class="axis y">{markup(y)}</span><div class="field">{lines}{ticks}{drawn}</div>'
        f'<span class="axis x">{markup(x)}</span></div><p class="quiet">{said}</p>'
    )


def _bubble(each: Bubble, across: Sequence[float], up: Sequence[float]) -> str:
    (left, right), (low, high) = each.x, each.y
    x, y = (left + right) / 2, (low + high) / 2
    size = math.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * each.share)
    place = f"left:{_share(x, across)};bottom:{_share(y, up)}"
    return (
        f'<i class="span x" style="left:{_share(left, across)};width:{_share(right - left, across)};'
        f'bottom:{_share(y, up)}"></i>'
        f'<i class="span y" style="bottom:{_share(low, up)};height:{_share(high - low, up)};'
        f'left:{_share(x, across)}"></i>'
        f'<b style="{place};--size:{size:.2f}rem" title="{markup(each.name, limit=LONG)}">'
        f"{markup(each.sign)}</b>"
    )


def _axis(highest: float) -> tuple[float, ...]:
    """Round numbers from 0 to just above the highest."""
    highest = max(highest, 1e-9)
    power = 10 ** math.floor(math.log10(highest / TICKS))
    step = next(step * power for step in (*STEPS, 10) if step * power * TICKS >= highest)
    return tuple(step * place for place in range(math.ceil(highest / step - 1e-9) + 1))


def _share(value: float, axis: Sequence[float]) -> str:
    return f"{100 * value / axis[-1]:.2f}%"
