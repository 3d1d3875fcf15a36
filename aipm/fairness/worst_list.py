"""The search for the worst-served people, step three: what was found, ranked, each group of people said once."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.compare import KINDS, ruled
from aipm.fairness.pairs import ENOUGH_ROWS, WIDEST
from aipm.fairness.spec import Group
from aipm.fairness.worst_cube import Cube
from aipm.fairness.worst_lattice import Lattice
from aipm.fairness.worst_search import LEVEL, Looks, Tally, enough, worse_chance
from aipm.fairness.worst_spec import Parent, Rated, Subgroup

Array = NDArray[np.float64]

LISTED = 10
SHOWN_OPEN = 5
"""Subgroups shown where none was found: those that look worst."""
MOST_WALKED = 400
NEARLY_ALL = 0.95
"""Two subgroups are the same people where so large a share of those in either is in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a list is made from."""

    cube: Cube
    lattice: Lattice
    all_: Tally
    looks: Looks
    sign: int
    tolerance: float

    def group(self, subgroup: int) -> Group:
        return self.lattice.named(subgroup, self.cube.columns, self.cube.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A listed subgroup: its place among the looks, and what else is said by it."""

    subgroup: int
    place: int
    same: tuple[int, ...] = ()
    carries: tuple[int, ...] = ()


@dataclass(slots=True)
class Walked:
    """The entries of a list, and how many others they explain."""

    entries: list[Entry] = field(default_factory=list)
    explained: int = 0


def walked(on: Setting) -> Walked:
    """What is found, from the worst down, without what says nothing new.

    A subgroup is left out where it is nearly the same people as one already listed, or where it holds a listed one
    without which it would not be found. (One that is no worse than a parent was never found.)
    """
    looks, made = on.looks, Walked()
    found = np.flatnonzero(looks.p_adjusted < LEVEL)[:MOST_WALKED]
    if not len(found):
        open_ = np.argsort(-looks.z, kind="stable")[: 4 * SHOWN_OPEN]
        for place in open_[np.argsort(open_, kind="stable")].tolist():
            _place(on, made, place, SHOWN_OPEN)
        return made
    for place in found.tolist():
        _place(on, made, place, LISTED)
    return made


def _place(on: Setting, made: Walked, place: int, most: int) -> None:
    subgroup = int(on.looks.chosen[place])
    for k, entry in enumerate(made.entries):
        if _same_people(on, subgroup, entry.subgroup):
            made.entries[k] = replace(entry, same=(*entry.same, subgroup))
        elif _carried(on, subgroup, entry.subgroup):
            made.entries[k] = replace(entry, carries=(*entry.carries, subgroup))
        else:
            continue
        made.explained += 1
        return
    if len(made.entries) < most:
        made.entries.append(Entry(subgroup=subgroup, place=place))


def _same_people(on: Setting, one: int, other: int) -> bool:
    first, second = on.all_.totals[one], on.all_.totals[other]
    if min(first, second) < NEARLY_ALL * max(first, second):
        return False
    inside = [on.lattice.members(each, on.cube.codes) for each in (one, other)]
    rows = on.cube.rows.sum(axis=1)
    both, either = rows[inside[0] & inside[1]].sum(), rows[inside[0] | inside[1]].sum()
    return bool(both >= NEARLY_ALL * either)


def _carried(on: Setting, larger: int, smaller: int) -> bool:
    """Whether the larger subgroup holds the smaller one, and would not be found without it.

    The rest of it would have to differ from everybody else by the p-value that was enough to be found.
    """
    if not {*on.lattice.conditions(larger)} < {*on.lattice.conditions(smaller)}:
        return False
    some, rest = np.array([larger]), np.array([0])
    left = on.all_[some] - on.all_[np.array([smaller])]
    chance = worse_chance(left, on.all_[rest] - on.all_[some], on.sign)
    return bool(chance[0] > enough(int((on.looks.p_adjusted < LEVEL).sum()), int(on.looks.looked.sum())))


def rated(all_: Tally, places: list[int], groups: list[Group]) -> list[Rated]:
    """The rates of some subgroups with their intervals."""
    some = all_[np.array(places, dtype=np.int64)]
    return rates(some, groups)


def rates(some: Tally, groups: list[Group]) -> list[Rated]:
    value, low, high = some.value, *intervals.wilson(some.value * some.size, some.size)
    return [
        Rated(
            group=group,
            value=float(value[k]),
            numerator=float(some.hits[k]),
            denominator=float(some.totals[k]),
            rows=float(some.size[k]),
            low=float(low[k]),
            high=float(high[k]),
        )
        for k, group in enumerate(groups)
    ]


def listed(on: Setting, entries: list[Entry]) -> tuple[Subgroup, ...]:
    """The entries with all their numbers."""
    if not entries:
        return ()
    places = np.array([entry.subgroup for entry in entries])
    here = on.all_[places]
    there = on.all_[np.zeros(len(places), dtype=np.int64)] - here
    x, n, y, m = here.value * here.size, here.size, there.value * there.size, there.size
    low, high = intervals.donner_zou(x, n, y, m)
    groups = [on.group(entry.subgroup) for entry in entries]
    ours, beside = rates(here, groups), rates(there, [()] * len(entries))
    looks, thin = on.looks, (n < ENOUGH_ROWS) | np.array([each.high - each.low > WIDEST for each in ours])
    adjusted = looks.p_adjusted[np.array([entry.place for entry in entries])]
    ratio, kind = ruled(
        *(here.value, there.value, (low, high), adjusted),
        rated=np.ones_like(thin),
        thin=thin,
        tolerance=on.tolerance,
    )
    made = []
    for k, (entry, rate) in enumerate(zip(entries, ours, strict=True)):
        made.append(
            Subgroup(
                here=rate,
                others=beside[k],
                gap=float(looks.gap[0][entry.place]),
                gap_low=float(looks.gap[1][entry.place]),
                gap_high=float(looks.gap[2][entry.place]),
                bound=float(looks.bound[entry.place]),
                ratio=_known(ratio[k]),
                ratio_low=_known(low[k]) if np.isfinite(ratio[k]) else None,
                ratio_high=_known(high[k]) if np.isfinite(ratio[k]) else None,
                p_value=float(looks.p_value[entry.place]),
                p_adjusted=float(adjusted[k]),
                stands_out=float(looks.z[entry.place]),
                found=bool(adjusted[k] < LEVEL),
                verdict=KINDS[kind[k]][0],
                enough=not thin[k],
                parents=_parents(on, entry.subgroup),
                same=tuple(on.group(each) for each in entry.same),
                carries=tuple(on.group(each) for each in entry.carries),
            )
        )
    return tuple(made)


def _parents(on: Setting, subgroup: int) -> tuple[Parent, ...]:
    places = [each for each in on.lattice.parents[subgroup].tolist() if each > 0]
    if not places:
        return ()
    parents = on.all_[np.array(places)]
    here = on.all_[np.full(len(places), subgroup)]
    rest = parents - here
    chances = worse_chance(here, rest, on.sign)
    return tuple(
        Parent(rate=rate, p_value=float(chance) if left > 0 else None)
        for rate, chance, left in zip(
            rated(on.all_, places, [on.group(each) for each in places]), chances, rest.totals, strict=True
        )
    )


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
