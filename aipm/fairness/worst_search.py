"""The search for the worst-served people, step two: every subgroup tested against everybody else and its parents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.measure import cells_of
from aipm.fairness.metrics import RATES
from aipm.fairness.significance import two_proportions
from aipm.fairness.worst_cube import Cube
from aipm.fairness.worst_lattice import Lattice

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEVEL = 0.05
FEWEST_OTHERS = 10.0
PROMISING = 1.0
"""The score from which a subgroup is tested exactly; below, its one-sided p-value is some .16 and no correction for
many looks would call it found, so that it counts as 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Σ over the rows of every subgroup: weights and squared weights by state, rows, and Σ of persons' rows."""

    weight: Array
    square: Array
    rows: Array
    persons: Array


def sums(lattice: Lattice, cube: Cube) -> Sums:
    """Every subgroup's counts."""
    weight = lattice.add_up(cube.weight)
    square = lattice.add_up(cube.square) if cube.weighted else weight
    rows = lattice.add_up(cube.rows).sum(axis=1) if cube.weighted else weight.sum(axis=1)
    persons = lattice.add_up(cube.persons[:, None])[:, 0] if cube.clustered else rows
    return Sums(weight=weight, square=square, rows=rows, persons=persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One metric of every subgroup: hits among totals, their Σ weight² (of persons too), rows and persons' rows.

    Sums over people: those of a part may be taken from those of the whole.
    """

    hits: Array
    totals: Array
    hit_squares: Array
    squares: Array
    rows: Array
    persons: Array
    plain: bool
    """Neither weights nor persons with several rows: every row counts 1."""

    def __getitem__(self, which: Index | Mask) -> "Tally":
        return Tally(
            hits=self.hits[which],
            totals=self.totals[which],
            hit_squares=self.hit_squares[which],
            squares=self.squares[which],
            rows=self.rows[which],
            persons=self.persons[which],
            plain=self.plain,
        )

    def __sub__(self, part: "Tally") -> "Tally":
        return Tally(
            hits=np.maximum(self.hits - part.hits, 0.0),
            totals=np.maximum(self.totals - part.totals, 0.0),
            hit_squares=np.maximum(self.hit_squares - part.hit_squares, 0.0),
            squares=np.maximum(self.squares - part.squares, 0.0),
            rows=np.maximum(self.rows - part.rows, 0.0),
            persons=np.maximum(self.persons - part.persons, 0.0),
            plain=self.plain,
        )

    @property
    def value(self) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.totals > 0, self.hits / self.totals, np.nan)

    @property
    def size(self) -> Array:
        """The effective number of people in the denominator."""
        if self.plain:
            return self.totals
        with np.errstate(invalid="ignore", divide="ignore"):
            factor = np.where(self.rows > 0, self.persons / self.rows, 1.0)
        return intervals.effective_size(self.totals, self.squares * factor, self.hits, self.hit_squares * factor)


def tally(of: Sums, metric: str, *, plain: bool) -> Tally:
    """The counts of a rate of aipm.fairness.metrics."""
    asked = next(each for each in RATES if each.name == metric)
    weight, square = cells_of(of.weight.reshape(-1, 3, 3)), cells_of(of.square.reshape(-1, 3, 3))
    return Tally(
        hits=asked.numerator(weight),
        totals=asked.denominator(weight),
        hit_squares=asked.numerator(square),
        squares=asked.denominator(square),
        rows=of.rows,
        persons=of.persons,
        plain=plain,
    )


def worse_chance(here: Tally, there: Tally, sign: int) -> Array:
    """One-sided p-values, elementwise, that the first is worse than the second; 1 where one of them is empty."""
    n, m = here.size, there.size
    value, other = here.value, there.value
    with np.errstate(invalid="ignore"):
        both = two_proportions(value * n, n, other * m, m)
        p_value = np.where(sign * (value - other) > 0, both / 2, np.where(value == other, 1.0, 1 - both / 2))
    return np.nan_to_num(p_value, nan=1.0)


def score(here: Tally, there: Tally, sign: int) -> Array:
    """The score statistic of two rates, with N − 1 (Campbell 2007); larger is worse, −inf where there is none."""
    n, m = here.size, there.size
    with np.errstate(invalid="ignore", divide="ignore"):
        x, y = here.value * n, there.value * m
        rows, hits = n + m, x + y
        z = sign * (x * m - y * n) * np.sqrt((rows - 1) / (n * m * hits * (rows - hits)))
        found: Array = np.where(np.isfinite(z), z, -np.inf)
    return found


def benjamini_yekutieli(p_values: Array, looks: int) -> Array:
    """Adjusted p-values (2001): the false-discovery rate holds however the looks depend on one another.

    `looks` may be more than the p-values at hand; the others count as 1.
    """
    order = np.argsort(p_values)
    steps = p_values[order] * _price(looks) / np.arange(1, len(order) + 1)
    adjusted: Array = np.empty_like(steps)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return adjusted


def enough(found: int, looks: int) -> float:
    """The p-value up to which that many of all looks are found."""
    return LEVEL * max(found, 1) / _price(looks)


def _price(looks: int) -> float:
    """By how much p-values grow: looks × (1 + 1/2 + … + 1/looks)."""
    return looks * float((1 / np.arange(1, looks + 1)).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Every subgroup looked at (`looked`: a mask over all), and those that may be worse, ranked by `bound`."""

    looked: Mask
    small: int
    chosen: Index
    z: Array
    gap: tuple[Array, Array, Array]
    """Difference to everybody else, low, high, of the chosen."""
    bound: Array
    p_value: Array
    p_adjusted: Array


def look(lattice: Lattice, all_: Tally, *, sign: int, support: float, share: float, depth: int) -> Looks:
    """Test every subgroup that has enough people in it."""
    others = all_[np.zeros(len(all_.hits), dtype=np.int64)] - all_
    deep = (lattice.depths >= 1) & (lattice.depths <= depth)
    some = deep & (all_.totals > 0)
    large = (all_.size >= support) & (all_.totals >= share * all_.totals[0]) & (others.size >= FEWEST_OTHERS)
    looked = some & large & ~_same_as_parent(lattice, all_)
    z = np.where(looked, score(all_, others, sign), -np.inf)
    chosen = np.flatnonzero(z > PROMISING)
    here, there = all_[chosen], others[chosen]
    p_value = worse_chance(here, there, sign)
    likely = np.flatnonzero(p_value < LEVEL)
    for slot in range(lattice.parents.shape[1]):
        parent = lattice.parents[chosen[likely], slot]
        has = parent > 0  # the parent 0 is everybody, tested already
        ours = likely[has]
        rest = all_[parent[has]] - here[ours]
        p_value[ours] = np.maximum(p_value[ours], worse_chance(here[ours], rest, sign))
    low, high = intervals.newcombe(here.value * here.size, here.size, there.value * there.size, there.size)
    bound = low if sign > 0 else -high
    order = np.argsort(-bound, kind="stable")
    adjusted = benjamini_yekutieli(p_value, int(looked.sum()))
    return Looks(
        looked=looked,
        small=int((some & ~large).sum()),
        chosen=chosen[order],
        z=z[chosen][order],
        gap=((here.value - there.value)[order], low[order], high[order]),
        bound=bound[order],
        p_value=p_value[order],
        p_adjusted=adjusted[order],
    )


def _same_as_parent(lattice: Lattice, all_: Tally) -> Mask:
    """Whether a subgroup holds everybody of a parent that counts: the same people once more, no look of its own."""
    same = np.zeros(len(all_.totals), dtype=bool)
    for slot in range(lattice.parents.shape[1]):
        parent = lattice.parents[:, slot]
        same |= (parent >= 0) & (all_.totals == all_.totals[parent])
    return same
