"""Still pictures of the Neural networks page: points, activation functions, sizes, and how influence fades."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from math import ceil, exp, log10, tanh

from aipm.content.palette import ACCENT, QUIET
from aipm.labs.points import SPAN, Points
from aipm.ui.fragments import LONG
from aipm.ui.network_film import ONE, ZERO
from aipm.ui.safe import Html, markup

SIDE = 320


def scatter(points: Points, *, alt: str) -> Html:
    """The points before anything is learned: circles and squares."""
    drawn = []
    for (x, y), label in zip(points.xy.tolist(), points.label.tolist(), strict=True):
        left, top = (min(max(each / (2 * SPAN) * SIDE, 5), SIDE - 5) for each in (x + SPAN, SPAN - y))
        if label:
            drawn.append(f'<circle fill="{ONE}" cx="{left:.1f}" cy="{top:.1f}" r="4.5"/>')
        else:
            drawn.append(f'<rect fill="{ZERO}" x="{left - 4:.1f}" y="{top - 4:.1f}" width="8" height="8"/>')
    return _image(drawn, side=SIDE, alt=alt, kind="points")


def curves(names: Sequence[str], *, alt: str) -> Html:
    """tanh, ReLU, sigmoid and none: what a neuron gives for a sum from -3 to 3. `names` in this order."""
    size, pad = 130, 8
    sums = [each / 10 for each in range(-30, 31)]
    shapes = (
        [tanh(each) for each in sums],
        [max(each, 0.0) for each in sums],
        [1 / (1 + exp(-each)) for each in sums],
        sums,
    )
    panels = []
    for name, given in zip(names, shapes, strict=True):
        top, low = max(1.0, *given), min(-1.0, *given)

        def at(value: float, total: float, top: float = top, low: float = low) -> str:
            x, y = (total + 3) / 6, (top - value) / (top - low)
            return f"{pad + x * (size - 2 * pad):.1f},{pad + y * (size - 2 * pad):.1f}"

        zero = at(0.0, 0.0).split(",")
        line = " ".join(at(value, total) for value, total in zip(given, sums, strict=True))
        drawn = [
            f'<line stroke="{QUIET.mark}" x1="{pad}" x2="{size - pad}" y1="{zero[1]}" y2="{zero[1]}"/>',
            f'<line stroke="{QUIET.mark}" y1="{pad}" y2="{size - pad}" x1="{zero[0]}" x2="{zero[0]}"/>',
            f'<polyline points="{line}" fill="none" stroke="{ACCENT.mark}" stroke-width="2.5"/>',
        ]
        panels.append(f"<figure>{_image(drawn, side=size, alt='')}<figcaption>{markup(name)}</figcaption></figure>")
    return Html(f'<div class="net-curves" role="group" aria-label="{markup(alt, limit=LONG)}">{"".join(panels)}</div>')


def bars(rows: Iterable[tuple[str, int, str]], *, caption: str) -> Html:
    """Sizes on a scale on which each step is ten times the one before: name, size, and the size in words."""
    found = list(rows)
    top = ceil(log10(max(size for _, size, _ in found)))
    drawn = "".join(
        f'<div class="row"><span>{markup(name)}</span>'
        f'<span class="track"><b style="width:{100 * log10(max(size, 1)) / top:.1f}%"></b></span>'
        f"<strong>{markup(said)}</strong></div>"
        for name, size, said in found
    )
    return Html(f'<div class="net-bars"><p class="quiet caption">{markup(caption, limit=LONG)}</p>{drawn}</div>')


def fading(left: Sequence[float], *, axis: str, alt: str) -> Html:
    """What is left of an influence after 0, 1, 2 … steps, as columns."""
    columns = "".join(f'<b style="height:{100 * value:.2f}%"></b>' for value in left)
    last = len(left) - 1
    ticks = "".join(f"<span>{each}</span>" for each in range(0, last + 1, 10))
    said = markup(alt, limit=LONG)
    return Html(
        f'<div class="net-fading" role="img" aria-label="{said}"><div class="columns">{columns}</div>'
        f'<div class="ticks">{ticks}</div><p class="quiet">{markup(axis)}</p></div>'
    )


def key(one: str, zero: str) -> Html:
    """What the two signs mean."""
    return Html(
        f'<p class="net-key"><span><i style="background:{ONE};border-radius:50%"></i> {markup(one)}</span>'
        f'<span><i style="background:{ZERO}"></i> {markup(zero)}</span></p>'
    )


def _image(drawn: Iterable[str], *, side: int, alt: str, kind: str = "") -> Html:
    """A drawing as an image: its colours are marks, which show on a light page and on a dark one."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{"".join(drawn)}</svg>'
    source = b64encode(svg.encode()).decode("ascii")
    said = markup(alt, limit=LONG)
    return Html(f'<img class="net-picture {kind}" alt="{said}" src="data:image/svg+xml;base64,{source}">')
