"""What chance alone does: outcomes dealt out anew among everybody, and how far the worst subgroup stands out then."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.worst_lattice import Lattice

Array = NDArray[np.float64]
PATIENCE = 1e9
"""Nanoseconds for all shuffles, by what one costs on a common machine; a larger table is shuffled fewer times."""
A_CELL, A_PLACE = 95.0, 2.5
"""Nanoseconds to deal out a cell, and to add one number up."""
FEWEST = 20


def shuffles_for(lattice: Lattice, cells: int, wanted: int) -> int:
    """As many shuffles as are wanted, or as can be done in about a second."""
    once = A_CELL * cells + A_PLACE * sum(len(node.place) for node in lattice.nodes)
    return int(min(wanted, max(FEWEST, PATIENCE // once)))


def worst_by_chance(
    lattice: Lattice, totals: Array, hits: float, looked: NDArray[np.bool_], *, sign: int, times: int, seed: int
) -> Array:
    """The largest score of any subgroup looked at, a shuffle each.

    `totals` are the people in the metric's denominator, a cell each; `hits` how many of all of them are hit. They are
    dealt out without replacement: a multivariate hypergeometric draw.
    """
    rng = np.random.default_rng(seed)
    rows = totals.sum()
    rate = hits / rows
    kept = [(node.start >= 0, slice(node.start, node.start + len(node.codes))) for node in lattice.nodes]
    size = np.empty(len(lattice.depths))
    size[0] = rows
    for (keep, ours), amounts in zip(kept, lattice.sums(totals), strict=True):
        if keep:
            size[ours] = amounts
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(size * rate * (1 - rate) * (rows - size) / (rows - 1))
        scale = np.where(looked & (spread > 0), sign / spread, 0.0)
    found = np.empty(times)
    for k in range(times):
        dealt = deal(rng, totals.astype(np.int64), int(hits)).astype(np.float64)
        most = 0.0
        for (keep, ours), amounts in zip(kept, lattice.sums(dealt), strict=True):
            if keep:
                most = max(most, float(((amounts - size[ours] * rate) * scale[ours]).max(initial=0.0)))
        found[k] = most
    return found


def deal(rng: np.random.Generator, totals: NDArray[np.int64], hits: int) -> NDArray[np.int64]:
    """One multivariate hypergeometric draw: `hits` people out of all, by cell.

    Independent binomial draws, then as many hits taken away (or given) at random as are too many (or missing): a random
    part of a random set is a random set. Many times faster than numpy's own for many small cells.
    """
    rows = int(totals.sum())
    dealt = rng.binomial(totals, hits / rows)
    extra = int(dealt.sum()) - hits
    pool = dealt if extra > 0 else totals - dealt
    ends = np.cumsum(pool)
    places = rng.choice(int(ends[-1]), abs(extra), replace=False, shuffle=False)
    change = np.bincount(np.searchsorted(ends, places, side="right"), minlength=len(totals))
    result: NDArray[np.int64] = dealt - np.sign(extra) * change
    return result
