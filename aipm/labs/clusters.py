"""Unsupervised learning on a plane: k-means, one half-step at a time, with what every half-step gains.

Lloyd's algorithm (Lloyd 1982, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28): give every point to the
nearest centre, move every centre to the middle of its points, again, until nothing moves. Neither half-step can raise
the inertia, the sum of squared distances to the own centre.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Labels = NDArray[np.intp]
Data = Literal["groups", "even", "long"]
Start = Literal["apart", "corner"]

POINTS = 90
MOST = 6
"""The most groups that can be asked for."""
SPANS = (12.0, 120.0)
"""How far the two axes reach from 0: visits a month, and the size of a basket in money."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """One half-step: `centres` (k, 2), `of` (n,) each point's group (None before the first), `inertia` or None."""

    kind: Literal["start", "assign", "move"]
    centres: Vector
    of: Labels | None
    inertia: float | None


@lru_cache(maxsize=3)
def points(data: Data) -> Vector:
    """(90, 2), made and not measured: three groups, no groups at all, or two long ones side by side."""
    draw = np.random.default_rng(11)
    if data == "even":
        return draw.uniform((0.6, 6.0), (11.4, 114.0), size=(POINTS, 2))
    if data == "long":
        along = draw.uniform(1.5, 10.5, size=POINTS)
        up = np.where(np.arange(POINTS) % 2 == 0, 38.0, 78.0)
        return np.column_stack((along, up + draw.normal(0, 5.0, size=POINTS)))
    middles = np.repeat([(2.6, 92.0), (9.3, 70.0), (6.2, 26.0)], POINTS // 3, axis=0)
    return np.clip(middles + draw.normal(0, (0.95, 8.5), size=(POINTS, 2)), 0.2, (11.8, 118.0))


def scaled(at: Vector, *, level: bool) -> Vector:
    """The plane in which distances are measured: both axes from 0 to 1, or each in its own unit."""
    return at / SPANS if level else at


@lru_cache(maxsize=128)
def run(data: Data, k: int, start: Start, *, level: bool = True) -> tuple[Stage, ...]:
    """Every half-step from the first centres to where nothing moves any more; centres are in the units of the axes."""
    at = scaled(points(data), level=level)
    back = np.array(SPANS) if level else np.ones(2)
    stages = lloyd(at, first_centres(at, k, start))
    return tuple(
        Stage(kind=each.kind, centres=each.centres * back, of=each.of, inertia=each.inertia) for each in stages
    )


def lloyd(at: Vector, centres: Vector) -> tuple[Stage, ...]:
    """From these centres (k, 2) to the end. A centre without points stays where it is."""
    stages = [Stage(kind="start", centres=centres, of=None, inertia=None)]
    before: Labels | None = None
    while True:
        of = nearest(at, centres)
        if before is not None and np.array_equal(of, before):
            return tuple(stages)
        stages.append(Stage(kind="assign", centres=centres, of=of, inertia=inertia(at, centres, of)))
        centres = np.array(
            [at[of == group].mean(axis=0) if np.any(of == group) else centre for group, centre in enumerate(centres)]
        )
        stages.append(Stage(kind="move", centres=centres, of=of, inertia=inertia(at, centres, of)))
        before = of


def first_centres(at: Vector, k: int, start: Start) -> Vector:
    """One point a group: each as far as can be from those before it, or all from one corner, which is unlucky."""
    if start == "corner":
        return at[np.argsort(at @ (1 / at.max(axis=0)))[:k]]
    chosen = [int(np.argmin(at.sum(axis=1)))]
    while len(chosen) < k:
        chosen.append(int(np.argmax(_squared(at, at[chosen]).min(axis=1))))
    return at[chosen]


def nearest(at: Vector, centres: Vector) -> Labels:
    of: Labels = np.argmin(_squared(at, centres), axis=1)
    return of


def inertia(at: Vector, centres: Vector, of: Labels) -> float:
    return float(np.sum((at - centres[of]) ** 2))


@lru_cache(maxsize=8)
def by_count(data: Data, *, level: bool = True) -> tuple[float, ...]:
    """The inertia at the end for one group, two groups, … up to the most, each from centres far apart."""
    return tuple(run(data, k, "apart", level=level)[-1].inertia or 0.0 for k in range(1, MOST + 1))


def silhouette(at: Vector, of: Labels) -> float | None:
    """How much nearer points are to their own group than to the next, from -1 to 1; None for a single group.

    Rousseeuw (1987), "Silhouettes", J. Comput. Appl. Math. 20. A point alone in its group counts as 0.
    """
    groups = np.unique(of)
    if len(groups) < 2:
        return None
    apart = np.sqrt(_squared(at, at))
    total = 0.0
    for place, group in enumerate(of):
        own = np.count_nonzero(of == group) - 1
        if not own:
            continue
        inside = apart[place, of == group].sum() / own
        outside = min(apart[place, of == other].mean() for other in groups if other != group)
        total += (outside - inside) / max(inside, outside)
    return float(total / len(of))


def _squared(at: Vector, centres: Vector) -> Vector:
    squares: Vector = ((at[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return squares
