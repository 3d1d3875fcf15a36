"""Many voices in little room: each a mark on a scale, under them the middle half, the median and the mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from aipm.content import number
from aipm.ui.fragments import LONG
from aipm.ui.room_results_parts import percent
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.numbers import Spread

WIDE, MARK, TALLEST = 18.0, 0.6, 2.6
"""Of a strip in em: how wide it is at least, the largest mark, and how high marks of voices may be stacked."""
BINS = 40
"""Into which a scale without steps of its own is divided for its marks."""


def dot_row(count: int, *, most: int) -> Html:
    """So many marks, as long as their number is large against the `most` there are in a row."""
    deep = max(1, ceil(most / 30))
    columns = max(8, ceil(most / deep))
    widest = columns * min(1.15, max(MARK, 18 / columns))
    full, rest = divmod(count, deep)
    blocks = _block(full, deep, of=columns) + _block(1 if rest else 0, rest, of=columns)
    return Html(f'<span class="out-dots" aria-hidden="true" style="max-width:{widest:.2f}em">{blocks}</span>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale in `slots` of one `step`, of which the first has `low` in its middle."""

    low: float
    step: float
    slots: int

    @property
    def high(self) -> float:
        return self.low + self.step * (self.slots - 1)

    def slot(self, value: float) -> int:
        return min(self.slots - 1, max(0, round((value - self.low) / self.step)))

    def place(self, value: float) -> float:
        """From 0 to 1 over the whole width."""
        return min(1.0, max(0.0, ((value - self.low) / self.step + 0.5) / self.slots))

    @property
    def ticks(self) -> tuple[float, ...]:
        if self.slots <= 11:
            return tuple(self.low + self.step * each for each in range(self.slots))
        return tuple(self.low + (self.high - self.low) * each / 2 for each in range(3))


def steps(low: int, high: int) -> Axis:
    """A scale of whole numbers."""
    return Axis(low=low, step=1.0, slots=high - low + 1)


def from_zero(highest: float) -> Axis:
    """A scale from zero up to the next ten."""
    return Axis(low=0.0, step=max(10, 10 * ceil(highest / 10)) / BINS, slots=BINS + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How voices are stacked in all strips that stand together: `across` side by side, over so many slots as `wide`."""

    across: int
    wide: int


def marks(spreads: Iterable[Spread], axis: Axis) -> Marks:
    """As large as leaves no stack too high, and none over its neighbour."""
    held = [_slots(each, axis) for each in spreads]
    most = max((count for slots in held for count in slots.values()), default=1)
    wide = axis.slots
    for slots in held:
        places = list(slots)
        wide = min([wide, *(after - before for before, after in pairwise(places))])
        wide = min(wide, 2 * min(places[0], axis.slots - 1 - places[-1]) + 1)
    slot = WIDE / axis.slots * wide
    across = max(1, int(slot / MARK))
    while ceil(most / across) / across * slot > TALLEST:
        across += 1
    return Marks(across=across, wide=wide)


def _slots(found: Spread, axis: Axis) -> dict[int, int]:
    """Voices by slot, from the first slot on."""
    slots: dict[int, int] = {}
    for voice, times in sorted(found.counts):
        slots[axis.slot(voice)] = slots.get(axis.slot(voice), 0) + times
    return slots


def strip(
    found: Spread, axis: Axis, *, stacked: Marks, mean: bool = False, earlier: Spread | None = None, name: str = ""
) -> Html:
    """Every voice as a mark, the middle half and the median below; the `mean` only where it may be told.

    `earlier`: of the round before.
    """
    size = f"width:{100 * stacked.wide}%;--most:{WIDE / axis.slots * stacked.wide:.3f}em"
    voices = "".join(
        f'<i style="grid-column:{place + 1};{size}">{_stack(count, stacked.across)}</i>'
        for place, count in _slots(found, axis).items()
    )
    line = _span("range", found.low, found.high, axis) + _span("half", found.quarter, found.three_quarters, axis)
    line += _point("median", found.median, axis) + (_point("mean", found.mean, axis) if mean else "")
    before = ""
    if earlier is not None:
        before = _span("range", earlier.low, earlier.high, axis)
        before += _span("half", earlier.quarter, earlier.three_quarters, axis)
        before = f'<i class="out-line out-earlier">{before}</i>'
    said = markup(spoken(found, mean=mean, earlier=earlier, each=axis.slots <= 11, name=name), limit=LONG)
    return Html(
        f'<span class="out-strip" role="img" aria-label="{said}" style="--slots:{axis.slots}">'
        f'<i class="out-voices">{voices}</i><i class="out-line">{line}</i>{before}</span>'
    )


def scale(axis: Axis) -> Html:
    """The numbers under strips."""
    ticks = "".join(f'<i style="left:{percent(axis.place(tick))}">{number.count(tick)}</i>' for tick in axis.ticks)
    return Html(f'<span class="out-scale" aria-hidden="true">{ticks}</span>')


def point(value: float, axis: Axis) -> Html:
    """One mean on a scale; its number stands beside it."""
    line = _span("range", axis.low, axis.high, axis) + _point("mean", value, axis)
    return Html(f'<span class="out-strip" aria-hidden="true"><i class="out-line">{line}</i></span>')


def spoken(found: Spread, *, mean: bool, earlier: Spread | None = None, each: bool = True, name: str = "") -> str:
    """A strip in words. `each`: how often every value was given, too."""
    say = result_texts().strip
    told = [f"{name}:"] if name else []
    told.append(say.told.format(voices=result_texts().counts.voices.of(found.count), **_numbers(found)))
    if mean:
        told.append(say.mean.format(mean=number.ratio(found.mean)))
    if each:
        counts = (say.each.format(value=number.count(one), count=number.count(times)) for one, times in found.counts)
        told.append(f"{', '.join(counts)}.")
    if earlier is not None:
        told.append(say.earlier.format(**_numbers(earlier)))
    return " ".join(told)


def reach(found: Spread) -> str:
    """From the lowest to the highest, in words."""
    say = result_texts().strip
    if found.low == found.high:
        return say.alone.format(low=number.count(found.low))
    return say.range.format(low=number.count(found.low), high=number.count(found.high))


def legend(*, mean: bool, earlier: bool = False) -> Html:
    """What the marks of strips stand for."""
    say = result_texts().key
    shown = [("voice", say.voice), ("half", say.half), ("median", say.median)]
    shown += [("mean", say.mean)] if mean else []
    shown += [("before", say.earlier)] if earlier else []
    drawn = "".join(
        f'<li><i class="out-mark out-mark-{mark}" aria-hidden="true"></i>{markup(text)}</li>' for mark, text in shown
    )
    return Html(f'<ul class="out-key" aria-label="{markup(say.title)}">{drawn}</ul>')


def _numbers(found: Spread) -> dict[str, str]:
    names = ("low", "high", "quarter", "three_quarters", "median")
    return {name: number.count(getattr(found, name)) for name in names}


def _stack(count: int, across: int) -> str:
    full, rest = divmod(count, across)
    return _block(across if full else 0, full, of=across) + _block(rest, 1 if rest else 0, of=across)


def _block(columns: int, deep: int, *, of: int) -> str:
    """`columns` by `deep` marks, painted as a pattern: 200 voices are two elements and not 200."""
    if not columns or not deep:
        return ""
    return (
        f'<b style="width:{100 * columns / of:.4g}%;aspect-ratio:{columns}/{deep};'
        f'background-size:{100 / columns:.4g}% {100 / deep:.4g}%"></b>'
    )


def _span(kind: str, low: float, high: float, axis: Axis) -> str:
    left, right = axis.place(low), 1 - axis.place(high)
    return f'<i class="out-{kind}" style="left:{percent(left)};right:{percent(right)}"></i>'


def _point(kind: str, value: float, axis: Axis) -> str:
    return f'<i class="out-{kind}" style="left:{percent(axis.place(value))}"></i>'
