"""Do people who label the same rows agree, and more than by chance?

Two people: Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20). More than two, or rows that not
everybody labelled: Krippendorff's alpha for names (Krippendorff 2011, Computing Krippendorff's alpha-reliability).
Intervals are of the bootstrap over rows. Bands are Krippendorff's: from .800 to rely on, from .667 for tentative
conclusions, below that not to learn from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from aipm.tables import Refusal

Band = Literal["reliable", "tentative", "unreliable", "inconclusive", "not_computable"]
RELIABLE, TENTATIVE = 0.800, 0.667
RESAMPLES = 500
MOST_PEOPLE = 20
MOST_LABELS = 200

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`observed`: share of the pairs of labels on one row that are equal. `value` is None where only one label occurs.

    `band` goes by the interval: what its lower end reaches, or inconclusive where that is not yet tentative but
    the upper end is. `disputed`: rows, from 1 below the header, on which people differ; `confused`: pairs of
    labels, the most frequent first, with the number of rows.
    """

    coefficient: Literal["cohen_kappa", "krippendorff_alpha"]
    people: int
    rows: int
    observed: float
    value: float | None
    low: float | None
    high: float | None
    band: Band
    disputed: tuple[int, ...]
    confused: tuple[tuple[str, str, int], ...]


def agreement(frame: pd.DataFrame, columns: Sequence[str], *, seed: int = 0) -> Agreement:
    """Agreement of two or more columns of labels, on the rows that at least two of them label.

    Labels are compared without regard to case and to blanks at the ends. Raises Refusal: fewer than two columns, more
    than 20, more than 200 labels, or no row with two labels.
    """
    if not 2 <= len(set(columns)) <= MOST_PEOPLE:
        raise Refusal("wrong_columns", "Agreement takes 2 to 20 columns of labels.", advice="One column a person.")
    cells = frame[list(columns)].apply(lambda column: column.astype("str").str.strip().str.casefold()).replace("", None)
    cells = cells[cells.notna().sum(axis=1) >= 2]
    if cells.empty:
        raise Refusal("too_few_rows", "No row has two labels.", advice="Let two people label the same rows.")
    names = sorted({label for column in columns for label in cells[column].dropna()})
    if len(names) > MOST_LABELS:
        raise Refusal("many_classes", f"There are {len(names):,} labels.", advice="Choose columns of labels, not text.")
    two = len(columns) == 2
    value, low, high = (_kappa if two else _alpha)(cells, names, np.random.default_rng(seed))
    counts = _counted(cells, names)
    pairs = counts.sum(axis=1) * (counts.sum(axis=1) - 1)
    # Each row counts by its labels, not by its pairs, as it does in alpha.
    equal = (counts * (counts - 1)).sum(axis=1) / (counts.sum(axis=1) - 1)
    differ = (counts > 0).sum(axis=1) > 1
    return Agreement(
        coefficient="cohen_kappa" if two else "krippendorff_alpha",
        people=len(columns),
        rows=len(cells),
        observed=float(equal.sum() / counts.sum()) if pairs.any() else 0.0,
        value=value,
        low=low,
        high=high,
        band=_band(low, high),
        disputed=tuple(int(row) + 1 for row in cells.index[differ]),
        confused=_confused(counts[differ], names),
    )


def krippendorff_alpha(counts: Counts, weights: Counts | None = None) -> float | None:
    """Alpha for names. `counts`: rows × labels, how many people gave the row that label; `weights`: rows' repeats.

    1 − observed / expected disagreement, rows with one label left out. None where only one label occurs.
    """
    given = counts.sum(axis=1)
    weight = (given >= 2) * (np.ones(len(counts)) if weights is None else weights)
    share = np.divide(weight, given - 1, out=np.zeros(len(counts)), where=given > 1)
    observed = float((share * (given**2 - (counts**2).sum(axis=1))).sum())
    totals = weight @ counts
    everything = totals.sum()
    expected = float(everything**2 - (totals**2).sum()) / (everything - 1) if everything > 1 else 0.0
    return 1 - observed / expected if expected > 0 else None


def _kappa(cells: pd.DataFrame, names: list[str], random: Any) -> tuple[float | None, float | None, float | None]:
    from sklearn.metrics import cohen_kappa_score

    pairs = cells.value_counts()
    first, second = pairs.index.get_level_values(0), pairs.index.get_level_values(1)
    if len(names) < 2:
        return None, None, None

    def kappa(weights: Counts) -> float | None:
        at = weights > 0
        if len(set(first[at]) | set(second[at])) < 2:
            return None
        return float(cohen_kappa_score(first[at], second[at], sample_weight=weights[at]))

    repeats = pairs.to_numpy(dtype=float)
    return _with_interval(kappa, repeats, random)


def _alpha(cells: pd.DataFrame, names: list[str], random: Any) -> tuple[float | None, float | None, float | None]:
    patterns, repeats = np.unique(_counted(cells, names), axis=0, return_counts=True)
    return _with_interval(lambda weights: krippendorff_alpha(patterns, weights), repeats.astype(float), random)


def _with_interval(measure: Any, repeats: Counts, random: Any) -> tuple[float | None, float | None, float | None]:
    """The measure and its 95 % interval: rows drawn anew, as often as there are rows."""
    value = measure(repeats)
    if value is None:
        return None, None, None
    rows = int(repeats.sum())
    drawn = random.multinomial(rows, repeats / rows, RESAMPLES).astype(float)
    found = [each for weights in drawn if (each := measure(weights)) is not None]
    low, high = np.quantile(found, (0.025, 0.975)) if found else (value, value)
    return value, float(min(low, value)), float(max(high, value))


def _counted(cells: pd.DataFrame, names: list[str]) -> Counts:
    return np.stack([(cells == name).sum(axis=1).to_numpy(dtype=float) for name in names], axis=1)


def _band(low: float | None, high: float | None) -> Band:
    if low is None or high is None:
        return "not_computable"
    if low >= RELIABLE:
        return "reliable"
    if low >= TENTATIVE:
        return "tentative"
    return "unreliable" if high < TENTATIVE else "inconclusive"


def _confused(counts: Counts, names: list[str]) -> tuple[tuple[str, str, int], ...]:
    tally: Counter[tuple[str, str]] = Counter()
    for row in counts > 0:
        tally.update(combinations([names[at] for at in np.flatnonzero(row)], 2))
    return tuple((one, other, rows) for (one, other), rows in tally.most_common(10))
