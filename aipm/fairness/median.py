"""The exact median of a score from the same one pass that counts: Local Law 144 asks for it, and bins would not do.

The scores of the few bins in which a sample puts the median are collected while counting. The histogram then tells in
which bin the median lies; only where the sample was wrong are the rows counted a second time.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aipm.fairness.scale import ScoreScale

Array = NDArray[np.float64]
SPREAD = 0.025
"""The sample's median is trusted within this share of ranks to either side: 3.5 standard errors at 5,000 rows."""


def likely_median_bins(sample: Array, scale: ScoreScale) -> tuple[int, int]:
    """First and last bin among which the median probably lies, by a sample of the scores."""
    if not len(sample):
        return (0, scale.bins)
    edges = [scale.edge(number) for number in range(scale.bins + 1)]
    first, last = np.searchsorted(edges, np.quantile(sample, [0.5 - SPREAD, 0.5 + SPREAD]), side="right") - 1
    return (int(first), int(last))


def median_bins(cells: pa.Table) -> tuple[int, int] | None:
    """The bins of the two middle scores; None where there is no score."""
    bins, rows = (np.asarray(cells.column(name).to_numpy()) for name in ("b", "n"))
    scored = bins >= 0
    if not scored.any():
        return None
    upto = np.cumsum(np.bincount(bins[scored], rows[scored]))
    first, last = (int(np.searchsorted(upto, rank)) for rank in _middle_ranks(int(upto[-1])))
    return first, last


def with_median(cells: pa.Table, near: tuple[int, int]) -> tuple[pa.Table, float | None]:
    """Replace the collected scores by m, the weight of the scores above the median; and the median."""
    bins, rows = (np.asarray(cells.column(name).to_numpy()) for name in ("b", "n"))
    weight = np.asarray(cells.column("w" if "w" in cells.column_names else "n").to_numpy(), dtype=np.float64)
    above = np.where(bins > near[1], weight, 0.0)
    lists = cells.column("near").combine_chunks()
    cells = cells.drop_columns("near")
    if not (bins >= 0).any():
        return cells.append_column("m", pa.array(above)), None
    entry = np.repeat(np.arange(len(lists)), np.diff(lists.offsets.to_numpy()))  # a list that is missing has length 0
    near_scores = lists.values[lists.offsets[0].as_py() : lists.offsets[-1].as_py()]
    if "w" in cells.column_names:
        values, weights = (near_scores.field(name).to_numpy(zero_copy_only=False) for name in ("v", "w"))
    else:
        values = near_scores.to_numpy(zero_copy_only=False)
        weights = np.ones(len(values))
    below = int(rows[(bins >= 0) & (bins < near[0])].sum())
    middle = [rank - 1 - below for rank in _middle_ranks(int(rows[bins >= 0].sum()))]
    first, last = np.partition(values, middle)[middle]
    median = float((first + last) / 2)
    over = values > median
    if "w" in cells.column_names:  # weights add up in one order, so that equal rows give equal sums
        over = np.flatnonzero(over)
        over = over[np.lexsort((weights[over], entry[over]))]
    above += np.bincount(entry[over], weights[over], len(above))
    return cells.append_column("m", pa.array(above)), median


def _middle_ranks(count: int) -> tuple[int, int]:
    """The ranks, from 1, of the two middle values; the same twice where the count is odd."""
    return (count + 1) // 2, count // 2 + 1
