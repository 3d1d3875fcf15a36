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
STRENGTHS = (("strong", 0.5), ("clear", 0.3), ("weak", 0.1), ("faint", 0.0))
"""How an association is called, by the least Cramér's V."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """One column beside the groups. `strength`: Cramér's V, corrected for bias, 0 (tells nothing) to 1 (tells all).

    `order`: for a quantity, the correlation ratio of its ranks (η), corrected likewise. `told`: its code of
    content/audit_alone.yaml: "chance" where it tells no more than chance does, "not_enough_data", or how strong.
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
    made = [
        Proxy(
            column=feature.name,
            kind=feature.kind,
            role=feature.role,
            rows=int(table.rows),
            strength=_known(table.value),
            low=_known(table.low),
            high=_known(table.high),
            order=_known(ordered(tables[feature.name][known][:, :-1])) if feature.is_number else None,
            p_value=_known(table.p_value),
            p_adjusted=_known(p_value),
            told=_told(table, float(p_value)),
        )
        for feature, table, p_value in zip(usable, measured, adjusted, strict=True)
    ]
    return Proxies(
        column=found.column,
        groups=found.groups,
        rows=int(found.rows[known].sum()),
        found=tuple(sorted(made, key=lambda each: (each.told in ("chance", "not_enough_data"), -(each.strength or 0)))),
        left_out=left_out([each.feature for each in found.crossed]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """Bias-corrected Cramér's V of a table with its 95 % interval, and the chance of as much where there is none."""

    rows: float
    value: float
    low: float
    high: float
    p_value: float


def _associated(table: Array) -> Association:
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = float(table.sum())
    if min(table.shape) < 2:
        return Association(rows=n, value=np.nan, low=np.nan, high=np.nan, p_value=np.nan)
    value, low, high = cramers_v(table)
    return Association(rows=n, value=value, low=low, high=high, p_value=chance(table))


def cramers_v(table: Array) -> tuple[float, float, float]:
    """Cramér's V corrected for bias (Bergsma 2013), with a 95 % interval; every row and column of the table is used.

    φ² = χ² / n less its expectation where nothing is associated, over min(r̃, c̃) − 1 with r̃ = r − (r − 1)² / (n − 1).
    The interval is that of φ² by the delta method (Bishop, Fienberg & Holland 1975, ch. 11), with the variance that
    is left where nothing is associated (2 × degrees of freedom / n²) added, since the first vanishes there.
    """
    n, (r, c) = float(table.sum()), table.shape
    p = table / n
    by_row, by_column = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    parts = p / (by_row * by_column)
    phi = float((p * parts).sum() - 1)
    corrected = phi - (r - 1) * (c - 1) / (n - 1)
    most = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    influence = 2 * parts - (parts * p).sum(1, keepdims=True) / by_row - (parts * p).sum(0, keepdims=True) / by_column
    variance = float((p * influence**2).sum() - (p * influence).sum() ** 2) / n + 2 * (r - 1) * (c - 1) / n**2
    arm = Z * np.sqrt(max(variance, 0.0))
    if most <= 0:
        return np.nan, np.nan, np.nan
    low, value, high = (
        float(np.sqrt(min(max(x, 0.0) / most, 1.0))) for x in (corrected - arm, corrected, corrected + arm)
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


def _told(table: Association, p_adjusted: float) -> str:
    if not np.isfinite(table.value) or table.rows < ENOUGH_ROWS:
        return "not_enough_data"
    if not p_adjusted < LEVEL:
        return "chance"
    return next(name for name, least in STRENGTHS if table.value >= least)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
