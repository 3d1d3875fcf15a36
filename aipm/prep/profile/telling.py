"""How well one feature alone tells the target, on rows it was not learned from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.prep.profile.column import Column
from aipm.prep.profile.dates import NONE

SAMPLE_ROWS = 50_000
MOST_CLASSES = 50
MOST_BINS = 64
FOLDS = 5
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The target on a sample of the rows where it is known: classes as codes, or numbers (then `classes` is 0)."""

    column: Column
    rows: NDArray[np.int64]
    values: NDArray[np.float64]
    classes: int


def goal_of(column: Column) -> Goal | None:
    codes = column.row_codes()
    rows = np.flatnonzero(codes >= 0)
    if len(rows) > SAMPLE_ROWS:
        rows = np.sort(np.random.default_rng(0).choice(rows, SAMPLE_ROWS, replace=False))
    if column.is_numeric and (column.distinct > MOST_CLASSES or (column.kind == "number" and column.distinct > 10)):
        values = column.row_numbers()[rows]
        return Goal(column=column, rows=rows[np.isfinite(values)], values=values[np.isfinite(values)], classes=0)
    if column.distinct > MOST_CLASSES:
        return None
    _, classes = np.unique(codes[rows], return_inverse=True)
    return Goal(column=column, rows=rows, values=classes.astype(np.float64), classes=int(classes.max()) + 1)


def feature_of(column: Column, goal: Goal) -> Codes:
    """A column on the rows of the goal as codes: its values, or bins of many numbers or days; missing is one."""
    if column.dates is not None and column.kind == "date":
        days = np.where(column.is_valid & (column.dates.days != NONE), column.dates.days.astype(np.float64), np.nan)
        return binned(days[column.codes[goal.rows]])
    if column.is_numeric and column.distinct > MOST_BINS:
        return binned(np.where(column.is_valid, column.numbers.values, np.nan)[column.codes[goal.rows]])
    return column.codes[goal.rows].astype(np.int64)


def binned(values: NDArray[np.float64]) -> Codes:
    known = values[np.isfinite(values)]
    if not len(known):
        return np.zeros(len(values), np.int64)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, MOST_BINS + 1)[1:-1]))
    return np.where(np.isfinite(values), np.searchsorted(edges, values, side="right") + 1, 0).astype(np.int64)


def score_of(feature: Codes, goal: Goal) -> tuple[float, float]:
    """How much of the way from the best guess to certainty one feature goes on rows it was not learned from.

    For classes (accuracy − largest class) / (1 − largest class), and the area under the ROC curve of two classes
    (0 for more); for numbers R², and 0.
    """
    _, feature = np.unique(feature, return_inverse=True)
    size = int(feature.max()) + 1
    if size < 2:
        return 0.0, 0.0
    fold = np.random.default_rng(1).integers(0, FOLDS, len(feature))
    if not goal.classes:
        return explained(feature, size, fold, goal.values), 0.0
    answer = goal.values.astype(np.int64)
    shape = (size, goal.classes)
    total = np.bincount(feature * goal.classes + answer, minlength=size * goal.classes).reshape(shape)
    prior = total.sum(axis=0) / total.sum()
    right, scores = 0, np.zeros(len(feature))
    for number in range(FOLDS):
        inside = fold == number
        mine, its = feature[inside], answer[inside]
        seen = total - np.bincount(mine * goal.classes + its, minlength=size * goal.classes).reshape(shape)
        chance = (seen + prior) / (seen.sum(axis=1, keepdims=True) + 1.0)
        right += int((chance.argmax(axis=1)[mine] == its).sum())
        scores[inside] = chance[mine, -1]
    largest = float(prior.max())
    gain = (right / len(feature) - largest) / max(1.0 - largest, 1e-9)
    return gain, auc_of(scores, answer == 1) if goal.classes == 2 else 0.0


def explained(feature: Codes, size: int, fold: Codes, values: NDArray[np.float64]) -> float:
    """R² of the mean of each feature value, on rows it was not learned from."""
    if size > 0.2 * len(values):
        return 0.0
    n, sums = np.bincount(feature, minlength=size), np.bincount(feature, values, minlength=size)
    left = 0.0
    for number in range(FOLDS):
        inside = fold == number
        mine = feature[inside]
        count = n - np.bincount(mine, minlength=size)
        total = sums - np.bincount(mine, values[inside], minlength=size)
        mean = np.where(count > 0, total / np.maximum(count, 1), values.mean())
        left += float(((values[inside] - mean[mine]) ** 2).sum())
    return 1.0 - left / max(float(((values - values.mean()) ** 2).sum()), 1e-300)


def auc_of(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve, ties counted half."""
    _, place, times = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(times) - (times - 1) / 2)[place]
    yes, no = int(positive.sum()), int((~positive).sum())
    if not yes or not no:
        return 0.0
    return float((ranks[positive].sum() - yes * (yes + 1) / 2) / (yes * no))
