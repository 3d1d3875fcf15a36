"""Pairs of columns that tell together what neither tells alone, as columns of their own for the quick model.

Trees look at one column at a time: where neither of two says anything by itself (an exclusive or), no first cut is
better than another, and any other column seems as good.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
MOST_PAIRED = 24
"""Columns of which every pair is looked at: the first ones."""
KEPT = 3
WIDTH = 13
"""Values of a column in a pair: quarters of a quantity or the eleven most frequent categories, the rest, missing."""
BEYOND_CHANCE = 4.0
"""By how many standard deviations a pair must tell more than its columns do one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs found, by the places of their columns, and where quantities are cut (None: a category)."""

    cuts: tuple[Array | None, ...]
    found: tuple[tuple[int, int], ...]

    def widened(self, values: Array) -> Array:
        """The columns and, behind them, a category for each pair."""
        if not self.found:
            return values
        code = {k: _coarse(values[:, k], self.cuts[k]) for k in {place for pair in self.found for place in pair}}
        return np.column_stack([values, *(code[a] * WIDTH + code[b] for a, b in self.found)])


def pairs(values: Array, categories: tuple[bool, ...], kind: Index, kinds: int) -> Pairs:
    """Which pairs of columns tell the kinds apart beyond what their columns tell one by one; at most `KEPT`.

    n (φ² of the pair − φ² of each), with Pearson's φ² = χ² / n, is about χ² with (kinds − 1) × (cells − values of
    either + 1) degrees of freedom where the two say nothing together that they do not say alone.
    """
    columns = range(min(len(categories), MOST_PAIRED))
    cuts = tuple(None if categories[k] else _cuts(values[:, k]) for k in columns)
    codes = [_coarse(values[:, k], cuts[k]) for k in columns]
    single = [_phi(code, WIDTH, kind, kinds) for code in codes]
    gains = []
    for a, b in combinations(columns, 2):
        phi, cells = _phi(codes[a] * WIDTH + codes[b], WIDTH * WIDTH, kind, kinds)
        free = (kinds - 1) * max(cells - single[a][1] - single[b][1] + 1, 1)
        more = len(kind) * (phi - single[a][0] - single[b][0]) - free
        if more > BEYOND_CHANCE * np.sqrt(2 * free):
            gains.append((more, a, b))
    gains.sort(key=lambda each: (-each[0], each[1:]))
    return Pairs(cuts=cuts, found=tuple((a, b) for _, a, b in gains[:KEPT]))


def _cuts(cells: Array) -> Array:
    known = cells[np.isfinite(cells)]
    return np.quantile(known, (0.25, 0.5, 0.75)) if len(known) else known


def _coarse(cells: Array, cuts: Array | None) -> Index:
    missing = np.isnan(cells)
    if cuts is not None:
        code = np.searchsorted(cuts, cells, side="right")
    else:
        code = np.minimum(np.where(missing, 0, cells), WIDTH - 2).astype(np.int64)
    return np.where(missing, WIDTH - 1, code)


def _phi(code: Index, width: int, kind: Index, kinds: int) -> tuple[float, int]:
    """φ² of a coded column beside the kinds, and how many different values it has."""
    table = np.bincount(code * kinds + kind, minlength=width * kinds).reshape(width, kinds).astype(np.float64)
    size, by_kind = table.sum(axis=1), table.sum(axis=0)
    table, size = table[size > 0], size[size > 0]
    return float((table**2 / size[:, None] / np.maximum(by_kind, 1)).sum()) - 1, len(size)
