"""A quick model on a sample of the rows, judged only on rows that it did not learn from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aipm.fairness.alone import is_category
from aipm.fairness.alone_columns import Feature
from aipm.fairness.alone_pairs import pairs
from aipm.fairness.intervals import area_under_curve
from aipm.tables import Refusal
from aipm.tables.table import Table

Array = NDArray[np.float64]
Index = NDArray[np.int64]
FOLDS, SHUFFLED_FOLDS, SEED = 4, 2, 0
MOST_CATEGORIES = 250
"""Categories of a column that the model tells apart; the rarer ones are one to it."""
SHARED = 1 + FOLDS / (FOLDS - 1)
"""By how much the variance over parts that share training rows exceeds that of independent ones."""
FEWEST = 30
"""Rows of a kind in the sample under which it cannot be told from the others."""
MOST_WORK = 40_000
"""Rows × kinds to tell apart."""
MOST_SHUFFLED = 30
LARGE, SHRUNK = 1e290, 1e-20
"""Columns with larger numbers are made smaller by this factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """What a model sees: rows × columns, NaN where missing; a category is a number without an order."""

    names: tuple[str, ...]
    values: Array
    categories: tuple[bool, ...]

    def rows(self, which: Index) -> "Matrix":
        return Matrix(names=self.names, values=self.values[which], categories=self.categories)


def matrix(table: Table, found: Sequence[Feature]) -> Matrix:
    """The columns of a sample as numbers. Raises Refusal where there is none to learn from."""
    if not found:
        raise Refusal(
            "no_columns",
            "No other column can be learned from.",
            advice="Add columns that describe the people; running numbers and free text do not count.",
        )
    asked = ", ".join(
        f"{feature.number(table.column(feature.name)) if feature.is_number else table.column(feature.name)} AS f{k}"
        for k, feature in enumerate(found)
    )
    read = table.query(f"SELECT {asked} FROM cells")
    columns = [
        _numbers(read.column(k)) if feature.is_number else _codes(read.column(k)) for k, feature in enumerate(found)
    ]
    return Matrix(
        names=tuple(feature.name for feature in found),
        values=np.column_stack(columns),
        categories=tuple(not feature.is_number for feature in found),
    )


def in_order(seen: Matrix, *more: Index) -> Index:
    """An order of the rows that does not depend on the one they came in; only rows alike in all may change places."""
    return np.lexsort((*more, *seen.values.T[::-1]))


def _numbers(cells: pa.ChunkedArray) -> Array:
    values = np.array(cells.to_numpy(), dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    # Only their order counts to trees; the model adds numbers up, and the sum of very large ones is none.
    return values * SHRUNK if (np.abs(values) > LARGE).any() else values


def _codes(cells: pa.ChunkedArray) -> Array:
    """Categories as numbers, the most frequent first; the rarest share the last number."""
    coded = pc.dictionary_encode(cells.combine_chunks())
    words = [is_category(cell) for cell in coded.dictionary.to_pylist()]
    place = coded.indices.to_numpy()
    times: dict[str | None, int] = {}
    for word, count in zip(words, np.bincount(place, minlength=len(words)).tolist(), strict=True):
        times[word] = times.get(word, 0) + count
    by_size = sorted((word for word in times if word is not None), key=lambda word: (-times[word], word))
    order = {word: min(k, MOST_CATEGORIES - 1) for k, word in enumerate(by_size)}
    codes: Array = np.array([np.nan if word is None else float(order[word]) for word in words])[place]
    return codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the model said of each row while it had not seen that row: rows × kinds, each row adds up to 1.

    `shuffled`: the same after one column was shuffled, by its place, of the rows `checked`. `paired`: columns, by their
    places, that were found to tell more in pairs than one by one in most parts.
    """

    chances: Array
    shuffled: dict[int, Array]
    checked: NDArray[np.bool_]
    paired: tuple[tuple[int, int], ...]


def learned(seen: Matrix, kind: Index, kinds: int, *, shuffle: bool) -> Learned:
    """Cross-validate trees by histogram in four parts, each with its share of every kind; the same each time.

    Pairs of columns that tell more than their columns one by one are looked for among the rows to learn from.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(SEED)
    part = np.empty(len(kind), dtype=np.int64)
    for each in range(kinds):
        rows = rng.permutation(np.flatnonzero(kind == each))
        part[rows] = np.arange(len(rows)) % FOLDS
    chances = np.zeros((len(kind), kinds))
    columns = range(min(seen.values.shape[1], MOST_SHUFFLED)) if shuffle else range(0)
    shuffled = {column: np.zeros_like(chances) for column in columns}
    paired: Counter[tuple[int, int]] = Counter()
    with threadpool_limits(1):  # other visitors of the same server shall not wait
        for fold in range(FOLDS):
            check, own = np.flatnonzero(part == fold), part != fold
            found = pairs(seen.values[own], seen.categories, kind[own], kinds)
            paired.update(found.found)
            model = HistGradientBoostingClassifier(
                max_iter=25,
                learning_rate=0.2,
                max_leaf_nodes=15,
                early_stopping=False,
                categorical_features=[*seen.categories, *(True for _ in found.found)],
                random_state=SEED,
            ).fit(found.widened(seen.values[own]), kind[own])
            chances[check] = model.predict_proba(found.widened(seen.values[check]))
            for column, answer in shuffled.items() if fold < SHUFFLED_FOLDS else ():
                mixed = seen.values[check]
                mixed[:, column] = rng.permutation(mixed[:, column])
                answer[check] = model.predict_proba(found.widened(mixed))
    checked = part < SHUFFLED_FOLDS
    return Learned(
        chances=chances,
        shuffled={column: each[checked] for column, each in shuffled.items()},
        checked=checked,
        paired=tuple(pair for pair, times in paired.most_common() if times > FOLDS / 2),
    )


def area(score: Array, positive: NDArray[np.bool_]) -> tuple[float, float, float]:
    """AUC with its 95 % interval: every different score is a bin of its own.

    Rows count for less than they are, since what judges one part taught the others (Nadeau & Bengio 2003): without
    that, columns that tell nothing seem to in 13 % of samples.
    """
    _, bins = np.unique(score, return_inverse=True)
    size = int(bins.max()) + 1
    yes, no = (np.bincount(bins[which], minlength=size).astype(np.float64) for which in (positive, ~positive))
    value, low, high, _ = area_under_curve(yes, no, yes.sum() / SHARED, no.sum() / SHARED)
    return float(value), float(low), float(high)


def together(chances: Array, kind: Index) -> tuple[float, float, float]:
    """The mean of each kind's AUC against all others, weighted by its rows, and of the bounds of their intervals.

    The bounds go together at worst, so the interval is rather too wide.
    """
    kinds = chances.shape[1]
    if kinds == 2:
        return area(chances[:, 1], kind == 1)
    weight = np.bincount(kind, minlength=kinds) / len(kind)
    each = np.array([area(chances[:, k], kind == k) for k in range(kinds)])
    value, low, high = (float(x) for x in weight @ each)
    return value, low, high
