"""Which parts of the population an audit looks at: everybody, every group of a column, every intersection."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.counts import Counts
from aipm.fairness.spec import Group
from aipm.tables import Refusal

Array = NDArray[np.float64]
MOST_GROUPS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """All groups of one column, or of two or three together: `start` to `stop` in the list of all groups."""

    columns: tuple[str, ...]
    start: int
    stop: int
    member: NDArray[np.int64]
    """For each cell group of the counts, which group of the whole list it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Every group an audit looks at; the first is everybody, the group ()."""

    groups: tuple[Group, ...]
    combinations: tuple[Combination, ...]

    def gather(self, cells: Array) -> Array:
        """Add up an array over the counts' groups (first axis) to one over these groups."""
        found = np.empty((len(self.groups), *cells.shape[1:]))
        found[0] = cells.sum(axis=0)
        for part in self.combinations:
            found[part.start : part.stop] = 0
            np.add.at(found, part.member, cells)
        return found


def added_up(place: NDArray[np.int64], amounts: Array, size: int) -> Array:
    """The amounts, added up by place: 0 … size − 1."""
    return np.bincount(place, amounts, size).astype(np.float64, copy=False)


def population(counts: Counts, depth: int) -> Population:
    """Everybody, the groups of every column, then of every combination of up to `depth` columns. Raises Refusal."""
    groups: list[Group] = [()]
    parts = []
    rank = [{value: k for k, value in enumerate(values)} for values in counts.values]
    for size in range(1, min(depth, len(counts.columns)) + 1):
        for chosen in combinations(range(len(counts.columns)), size):
            columns = tuple(counts.columns[i] for i in chosen)
            keys = [tuple(cell[i] for i in chosen) for cell in counts.groups]
            if len(groups) + len(set(keys)) > MOST_GROUPS:
                raise Refusal(
                    "too_many_intersections",
                    f"There are more than {MOST_GROUPS} groups, more than can be compared with any honesty.",
                    advice="Choose fewer columns, columns with fewer values, or a smaller depth.",
                )
            different = sorted(
                set(keys), key=lambda key: [rank[i][value] for i, value in zip(chosen, key, strict=True)]
            )
            place = {key: len(groups) + k for k, key in enumerate(different)}
            member = np.array([place[key] for key in keys], dtype=np.int64)
            parts.append(
                Combination(columns=columns, start=len(groups), stop=len(groups) + len(different), member=member)
            )
            groups += [tuple(zip(columns, key, strict=True)) for key in different]
    return Population(groups=tuple(groups), combinations=tuple(parts))
