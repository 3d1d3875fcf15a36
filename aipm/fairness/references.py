"""Which group the others stand beside: the named one, the largest, the highest, or everybody."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.groups import Combination, Population
from aipm.fairness.spec import AuditSpec

Array = NDArray[np.float64]
Index = NDArray[np.int64]

SMALL_SHARE = 0.02
"""Local Law 144 lets categories under 2 % be left out: they do not become the highest reference."""


def references(values: Array, weight: Array, population: Population, spec: AuditSpec) -> Index:
    """The reference of every metric and group, metrics × groups; −1 where no group can be it.

    `values` are the metrics of all groups, `weight` is how many people each group stands for. The reference of an
    intersection is an intersection of the same columns. A missing value is never the reference, unless it is named.
    """
    found = np.full(values.shape, -1)
    for part in population.combinations:
        found[:, part.start : part.stop] = _of_one(values, weight, part, population, spec)[:, None]
    return found


def _of_one(values: Array, weight: Array, part: Combination, population: Population, spec: AuditSpec) -> Index:
    """The reference of the groups of one combination, a metric."""
    named = {column: value for column, value in spec.reference if column in part.columns}
    groups = population.groups
    fits = [
        k
        for k in range(part.start, part.stop)
        if all(value == named[name] if name in named else value is not None for name, value in groups[k])
    ]
    candidates = np.array(fits, dtype=np.int64)
    count = len(values)
    if not len(candidates):
        return np.full(count, -1)
    if set(part.columns) == set(named):
        return np.full(count, candidates[0])
    if spec.reference_rule == "overall" and not named:
        return np.zeros(count, dtype=np.int64)
    if spec.reference_rule != "highest":
        return np.full(count, candidates[weight[candidates].argmax()])
    return np.array([_highest(each, weight, candidates) for each in values])


def _highest(values: Array, weight: Array, candidates: Index) -> int:
    """The candidate with the highest value, among equals the larger; small ones only where there are no others."""
    known = candidates[np.isfinite(values[candidates])]
    large = known[weight[known] >= SMALL_SHARE * weight[0]]
    among = large if len(large) else known
    return int(among[np.lexsort((weight[among], values[among]))[-1]]) if len(among) else -1
