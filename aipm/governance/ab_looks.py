"""Looking at a test before it is over: how often that finds a difference where there is none, and what to do instead.

The sum of what has come so far moves as a walk with normal steps. Its chance of leaving a band at one of the looks is
worked out from look to look by numerical integration: Armitage, McPherson & Rowe (1969), JRSS A 132, 235-244.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import e, log, sqrt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Spending = Literal["obrien_fleming", "pocock"]
NODES = 121
"""Points of the integral at each look (Gauss and Legendre)."""
WIDEST = 8.0
"""Bounds beyond this many standard deviations are never crossed in practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Looks after equal shares of the people: how far from zero the test statistic must lie at each, and the p-value
    that is the same as.
    """

    z: tuple[float, ...]
    p: tuple[float, ...]
    spent: tuple[float, ...]
    """Chance of a false alarm used up so far."""


def false_alarms(looks: int, *, significance: float = 0.05) -> float:
    """The chance that at least one of so many two-sided tests, after equal shares of the people, is significant."""
    from scipy.special import ndtri

    z = float(ndtri(1 - significance / 2))
    return float(sum(_crossed((z,) * looks, drift=0.0, two_sided=True)))


@lru_cache(maxsize=64)
def bounds(looks: int, spending: Spending, *, alpha: float = 0.05, two_sided: bool = True) -> Bounds:
    """Bounds that keep the chance of a false alarm at `alpha` over all looks.

    The chance is spent as time passes (Lan & DeMets 1983, Biometrika 70, 659-663): little at first in the manner of
    O'Brien & Fleming, 2 − 2Φ(z / √t), evenly in that of Pocock, α ln(1 + (e − 1) t). Of a two-sided test each side
    spends half.
    """
    from scipy.special import ndtr, ndtri

    side = alpha / 2 if two_sided else alpha

    def spent(time: float) -> float:
        if spending == "pocock":
            return float(side * log(1 + (e - 1) * time))
        return float(2 * (1 - ndtr(ndtri(1 - side / 2) / sqrt(time))))

    found: list[float] = []
    density = None
    before = 0.0
    for look in range(1, looks + 1):
        now = spent(look / looks)
        z = _bound_for(now - before, density, look, looks)
        found.append(z)
        density = _carried(density, look, looks, low=-z if two_sided else -WIDEST, high=z, drift=0.0)
        before = now
    sides = 2 if two_sided else 1
    return Bounds(
        z=tuple(found),
        p=tuple(float(sides * ndtr(-z)) for z in found),
        spent=tuple(sides * spent(look / looks) for look in range(1, looks + 1)),
    )


@lru_cache(maxsize=256)
def inflation(looks: int, spending: Spending, *, alpha: float, power: float, two_sided: bool) -> float:
    """How many times the people of a single test such a plan needs at most, for the same power."""
    from scipy.special import ndtri

    single = float(ndtri(1 - (alpha / 2 if two_sided else alpha)) + ndtri(power))
    z = bounds(looks, spending, alpha=alpha, two_sided=two_sided).z
    low, high = single * 0.9, single * 2
    for _ in range(40):
        middle = (low + high) / 2
        if sum(_crossed(z, drift=middle, two_sided=two_sided, upper_only=True)) < power:
            low = middle
        else:
            high = middle
    return (high / single) ** 2


def _crossed(z: tuple[float, ...], *, drift: float, two_sided: bool, upper_only: bool = False) -> tuple[float, ...]:
    """The chance of first being beyond the bounds at each look; `drift`: expected test statistic at the end."""
    looks = len(z)
    density = None
    found = []
    for look, bound in enumerate(z, start=1):
        above = _beyond(density, look, looks, bound, drift)
        if two_sided and not upper_only:
            above += _beyond(density, look, looks, bound, drift, below=True)
        found.append(above)
        density = _carried(density, look, looks, low=-bound if two_sided else -WIDEST, high=bound, drift=drift)
    return tuple(found)


Density = tuple["Array", "Array"] | None
"""Where the walk stands inside the band at a look, and with what weight; None before the first."""


def _beyond(density: "Density", look: int, looks: int, z: float, drift: float, *, below: bool = False) -> float:
    """The chance of being above the bound at this look, or below its mirror image."""
    from scipy.special import ndtr

    step, move = sqrt(1 / looks), drift / looks
    edge = z * sqrt(look / looks)
    sign = -1 if below else 1
    if density is None:
        return float(ndtr((sign * move - edge) / step))
    places, weights = density
    return float(weights @ ndtr((sign * (places + move) - edge) / step))


def _carried(density: "Density", look: int, looks: int, *, low: float, high: float, drift: float) -> "Density":
    """The weights inside the band after this look."""
    import numpy as np

    root = sqrt(look / looks)
    bottom, top = max(low, -WIDEST) * root, min(high, WIDEST) * root
    nodes, widths = _gauss()
    places = bottom + (nodes + 1) / 2 * (top - bottom)
    widths = widths * (top - bottom) / 2
    step, move = sqrt(1 / looks), drift / looks
    if density is None:
        chance = np.exp(-(((places - move) / step) ** 2) / 2)
    else:
        before, weights = density
        chance = np.exp(-(((places[:, None] - before[None, :] - move) / step) ** 2) / 2) @ weights
    return places, chance * widths / (step * sqrt(2 * np.pi))


@lru_cache(maxsize=1)
def _gauss() -> "tuple[Array, Array]":
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return nodes, weights


def _bound_for(chance: float, density: "Density", look: int, looks: int) -> float:
    """The bound that the walk is above at this look with this chance, if there is no difference."""
    low, high = 0.0, WIDEST + 2
    for _ in range(60):
        middle = (low + high) / 2
        if _beyond(density, look, looks, middle, 0.0) > chance:
            low = middle
        else:
            high = middle
    return high
