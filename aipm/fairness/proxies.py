"""Proxies: how well each column by itself tells to which group a person belongs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.alone import Scan
from aipm.fairness.alone_columns import left_out, used
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS
from aipm.fairness.significance import holm
from aipm.fairness.special import Z, upper_gamma

Array = NDArray[np.float64]
LEVEL = 0.05
WEAK = 0.1
STRENGTHS = (("strong", 0.5), ("clear", 0.3), ("weak", WEAK), ("faint", 0.0))
"""How an association is called, by the least Cramér's V."""
MOST_ALONE = 0.2
"""Where more rows than this share have a value of their own, a column that does not surely tell cannot be judged."""
UNSURE = ("chance", "not_enough_data", "too_few_a_value")
"""What is told of columns that are not said to tell the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """One column beside the groups. `strength`: Cramér's V, corrected for chance, 0 (tells nothing) to 1 (tells all).

    `order`: for a quantity, the correlation ratio of its ranks (η), corrected likewise. `told`: its code of
    content/audit_alone.yaml: one of UNSURE, or how strong. `strength` is None where too few rows share a value.
    `by_missing`: it tells the group only by being missing; the values that are there say no more than next to nothing.
    """

    column: str
    kind: str
    role: str
    rows: int
    strength: float | None
    low: float | None
    high: float | None
    order: float | None
    p_value: float | None
    p_adjusted: float | None
    told: str
    by_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """All columns, the one that tells most first, and those that were not looked at, with the code of the reason."""

    column: str
    groups: tuple[str | None, ...]
    rows: int
    found: tuple[Proxy, ...]
    left_out: tuple[tuple[str, str], ...]


def proxies(found: Scan) -> Proxies:
    """Association of every usable column with the groups.

    A missing value is a value (that it is missing may tell the group); people whose group is missing do not count,
    nor groups of under 10.
    """
    usable = used([each.feature for each in found.crossed])
    tables = {each.feature.name: np.column_stack([each.rows, each.missing]) for each in found.crossed}
    known = np.array([group is not None for group in found.groups], dtype=bool) & (found.rows >= FEWEST_ROWS)
    measured = [_associated(tables[each.name][known]) for each in usable]
    chances = np.array([each.p_value for each in measured])
    adjusted = holm(chances) if len(chances) else chances
    made = []
    for feature, table, p_value in zip(usable, measured, adjusted, strict=True):
        told, counts = _told(table, float(p_value)), tables[feature.name][known]
        said = told != "too_few_a_value"
        made.append(
            Proxy(
                column=feature.name,
                kind=feature.kind,
                role=feature.role,
                rows=int(table.rows),
                strength=_known(table.value) if said else None,
                low=_known(table.low) if said else None,
                high=_known(table.high) if said else None,
                order=_known(ordered(counts[:, :-1])) if feature.is_number else None,
                p_value=_known(table.p_value),
                p_adjusted=_known(p_value),
                told=told,
                by_missing=_by_missing(counts),
            )
        )
    return Proxies(
        column=found.column,
        groups=found.groups,
        rows=int(found.rows[known].sum()),
        found=tuple(sorted(made, key=lambda each: (each.told in UNSURE, -(each.strength or 0)))),
        left_out=left_out([each.feature for each in found.crossed]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """Cramér's V of a table with its 95 % interval, and the chance of as much where there is none.

    `alone`: the share of rows whose value no other row has.
    """

    rows: float
    alone: float
    value: float
    low: float
    high: float
    p_value: float


def _associated(table: Array) -> Association:
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n, size = float(table.sum()), table.sum(axis=0)
    value, low, high = cramers_v(table)
    return Association(
        rows=n,
        alone=float((size == 1).sum()) / n if n else 0.0,
        value=value,
        low=low,
        high=high,
        p_value=chance(table) if min(table.shape) > 1 else np.nan,
    )


def cramers_v(table: Array) -> tuple[float, float, float]:
    """Cramér's V corrected for chance, with a 95 % interval, of groups × values; every row and column is used.

    V² = φ² / (min(r, c) − 1), and φ² = Σ (1 − pᵢ) / pᵢ × the part of group i's variance that lies between the values.
    What lies within a value is taken from its pairs of different rows, n_ij (n_j − n_ij) / n_j (n_j − 1), with which φ²
    is 0 on average where nothing is associated, right where all is, and right between, however few rows a value
    has: where all have as many and there are two groups, it is the unbiased correlation ratio ε² of Kelley (1935).
    Taking off the expectation of φ² where nothing is associated (Bergsma 2013) comes to the same in a 2 × 2 table with
    even values, but makes V .7 out of 1 with two rows a value.

    Values of one row have no pairs: they are one value to V and to the low bound, and tell all to the high bound.

    The variance is that of the pairs' influence (a row counts in its own pairs and its partners'), times n_j / (n_j −
    1) for partners that move together; at least 4 φ² / n as where φ² is small (a noncentral χ²); and what is left
    where nothing is associated is that of the pairs themselves. The interval holds every φ² from which what was seen is
    no further away than 1.96 of its own standard deviations, as Wilson's does for a rate: one about what was seen is
    too short where that came out small by chance.
    """
    single = table.sum(axis=0) == 1
    if single.any():
        together = table[:, single].sum(axis=1, keepdims=True)
        table = np.hstack([table[:, ~single], together] if single.sum() > 1 else [table[:, ~single]])
        table = table[table.sum(axis=1) > 0]
    n, (r, c), size = float(table.sum()), table.shape, table.sum(axis=0)
    if min(r, c) < 2:
        return np.nan, np.nan, np.nan
    p, others = table.sum(axis=1, keepdims=True) / n, size - table
    other_way = (table / p).sum(axis=0) - table / p
    apart = (others / p + other_way) / 2 / (size - 1)
    by_value = (table * apart).sum(axis=0) / size
    within = float(size @ by_value) / n
    found = r - 1 - (n - 1) / n * within
    of_group = (table * others / (size - 1)).sum(axis=1, keepdims=True) / n
    influence = 2 * apart - by_value - within - of_group / p**2 + (of_group / p).sum()
    paired = size / (size - 1)
    variance = float((table * influence**2 * paired).sum()) / n**2
    grows, least = max(variance / found if found > 0 else 0.0, 4 / n), 2 * (r - 1) * (float(paired.sum()) - 1) / n**2
    told_by_single = (n - 1) / n * float(size[-1] * by_value[-1]) / n if single.sum() > 1 else 0.0
    shift = Z**2 * grows / 2

    def arm(at: float) -> float:
        return float(np.sqrt(Z**2 * max(grows * at + least, 0.0) + shift**2))

    most = max(found, 0.0) + told_by_single  # no truth is below 0, however even the values were dealt out
    low, value, high = (
        float(np.sqrt(min(max(x, 0.0) / (min(r, c) - 1), 1.0)))
        for x in (found + shift - arm(found), found, most + shift + arm(most))
    )
    return value, low, high


def chance(table: Array) -> float:
    """p-value of Pearson's χ² of a table, also of a sparse one.

    By a gamma distribution with the exact mean and variance of the statistic given all totals (Haldane 1940; Nass
    1959), which is the chi-square distribution where counts are large.
    """
    n, (r, c) = float(table.sum()), table.shape
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(rows, columns) / n
    statistic = float(((table - expected) ** 2 / expected).sum())
    if n <= 3:
        return 1.0

    def parts(totals: Array, k: int) -> tuple[float, float]:
        return (k - 1) * (n - k) / (n - 1), (float((n / totals).sum()) - k * k) / (n - 2)

    (v1, w1), (v2, w2) = parts(rows, r), parts(columns, c)
    mean = (r - 1) * (c - 1) * n / (n - 1)
    variance = 2 * n / (n - 3) * (v1 - w1) * (v2 - w2) + n * n / (n - 1) * w1 * w2
    if variance <= 0:  # every row of its own kind: only one table has these totals
        return 1.0
    return float(upper_gamma(mean**2 / variance, statistic * mean / variance))


def ordered(table: Array) -> float:
    """Correlation ratio η of the ranks of a quantity in groups, corrected for bias: groups × parts in rising order.

    √ε² with ε² = (H − g + 1) / (n − g) (Kelley 1935), H Kruskal and Wallis's statistic corrected for ties.
    """
    table = table[table.sum(axis=1) > 0]
    size, by_group = table.sum(axis=0), table.sum(axis=1)
    n, g = float(size.sum()), len(table)
    if n <= g or g < 2:
        return float("nan")
    middle = np.cumsum(size) - size / 2
    total = float((size * (middle - n / 2) ** 2).sum())
    if total <= 0:
        return float("nan")
    between = float((by_group * ((table * middle).sum(axis=1) / by_group - n / 2) ** 2).sum())
    statistic = (n - 1) * between / total
    return float(np.sqrt(max((statistic - g + 1) / (n - g), 0.0)))


def _by_missing(table: Array) -> bool:
    """Whether what is told is told by the last column, which holds the missing values."""
    if not table[:, -1].any():
        return False
    there, whole = _associated(table[:, :-1]), _associated(table)
    return _telling(whole) and not _telling(there)


def _telling(table: Association) -> bool:
    return table.p_value < LEVEL and table.value >= WEAK


def _told(table: Association, p_adjusted: float) -> str:
    if table.rows < ENOUGH_ROWS:
        return "not_enough_data"
    if table.alone > MOST_ALONE and not table.low >= WEAK:
        return "too_few_a_value"
    if not np.isfinite(table.value):
        return "not_enough_data"
    if not p_adjusted < LEVEL:
        return "chance"
    return next(name for name, least in STRENGTHS if table.value >= least)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
