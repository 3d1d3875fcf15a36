"""Counts: what a bias audit rests on once no row is needed any more, and what was odd about the values."""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aipm.fairness.answers import PLAIN_NUMBER, Answers, folded, read_answers, skeleton, trimmed
from aipm.fairness.counting import BLANK_SCORE, NOT_A_NUMBER, SCORE_BEYOND, TEXT_SCORE, RawCounts, weights_too_small
from aipm.fairness.scale import ScoreScale
from aipm.fairness.spec import AuditSpec, Group
from aipm.tables import Refusal

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something about the values that a person should know: a code of content/fairness.yaml and how many."""

    code: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sparse counts: one entry a cell of group × label cell × prediction cell × score bin.

    `group`, `label`, `prediction` index into `groups`, `labels`, `predictions` (cells as they stood in the file);
    `bin` is the score bin (negative: no score). `weight` is Σ weight (rows, where there is none), `weight_squared`
    Σ weight², the score sums are weighted. `cluster_factor` is by how much less clustered rows count, a group.
    """

    columns: tuple[str, ...]
    values: tuple[tuple[str | None, ...], ...]
    """The groups of each column, in order."""
    groups: tuple[tuple[str | None, ...], ...]
    labels: tuple[str, ...]
    predictions: tuple[str, ...]
    scale: ScoreScale | None
    median: float | None
    threshold: float | None
    group: Index
    label: Index
    prediction: Index
    bin: Index
    over: NDArray[np.bool_]
    rows: Array
    weight: Array
    weight_squared: Array
    score_sum: Array
    score_square: Array
    above_median: Array
    cluster_factor: dict[Group, float]
    oddities: tuple[Oddity, ...]

    @property
    def total_rows(self) -> int:
        """Every row, whatever it lacks."""
        return int(self.rows.sum())


def normalised(raw: RawCounts, spec: AuditSpec) -> Counts:
    """Give the group-by's values their meaning: trim and name the groups, set rows without a weight apart.

    Raises Refusal where the weights make no sense.
    """
    cells = raw.cells
    oddities: list[Oddity] = []
    rows = _numbers(cells, "n")
    names = [group_names(cells.column(f"g{i}"), raw.edges.get(column)) for i, column in enumerate(spec.groups)]
    for column, (values, index) in zip(spec.groups, names, strict=True):
        oddities += _group_oddities(cells.column(f"g{spec.groups.index(column)}"), values, index, rows)
        oddities += (
            [Oddity(code="numeric_group_binned")] if column in raw.edges and column not in dict(spec.bins) else []
        )
    groups, group = _combined(names)
    weight, weight_squared = rows, rows
    if spec.weight is not None:
        weight, weight_squared = _numbers(cells, "w"), _numbers(cells, "w2")
        oddities += _check_weights(cells, rows, weight, weight_squared)
    labels, label = _coded(cells, "l")
    predictions, prediction = _coded(cells, "p")
    bins, over = np.full(len(rows), BLANK_SCORE), np.zeros(len(rows), dtype=bool)
    score_sum = score_square = above_median = np.zeros(len(rows))
    if raw.scale is not None:
        bins = _numbers(cells, "b").astype(np.int64)
        if spec.threshold is not None:
            over = np.asarray(cells.column("t").to_numpy(), dtype=bool)
        score_sum, score_square, above_median = (_numbers(cells, name) for name in ("s", "s2", "m"))
        oddities += _score_oddities(raw.scale, bins, rows)
    # The engine's threads hand the entries over in any order; one order for all makes equal sums equal to the last bit.
    amounts = (above_median, score_square, score_sum, weight_squared, weight, rows)
    order = np.lexsort((*amounts, over, bins, prediction, label, group))
    return Counts(
        columns=spec.groups,
        values=tuple(tuple(values) for values, _ in names),
        groups=groups,
        labels=labels,
        predictions=predictions,
        scale=raw.scale,
        median=raw.median,
        threshold=spec.threshold,
        group=group[order],
        label=label[order],
        prediction=prediction[order],
        bin=bins[order],
        over=over[order],
        rows=rows[order],
        weight=weight[order],
        weight_squared=weight_squared[order],
        score_sum=score_sum[order],
        score_square=score_square[order],
        above_median=above_median[order],
        cluster_factor=_cluster_factor(raw, spec),
        oddities=tuple(oddities),
    )


def _score_oddities(scale: ScoreScale, bins: Index, rows: Array) -> list[Oddity]:
    """What a person should know of the scores."""
    which = ((BLANK_SCORE, "score_missing"), (TEXT_SCORE, "score_not_number"), (SCORE_BEYOND, "score_out_of_range"))
    counts = [(code, int(rows[bins == number].sum())) for number, code in which]
    found = [Oddity(code=code, count=count) for code, count in counts if count]
    found += [Oddity(code=f"score_{scale.style}")] if scale.style != "plain" else []
    found += [] if scale.is_probability else [Oddity(code="score_not_probability")]
    return found


def _combined(names: list[tuple[list[str | None], Index]]) -> tuple[tuple[tuple[str | None, ...], ...], Index]:
    """The different groups of all columns together and, an entry, which of them it belongs to."""
    group = np.zeros(len(names[0][1]), dtype=np.int64)
    for values, index in names:
        _, first, group = np.unique(group * len(values) + index, return_index=True, return_inverse=True)
    return tuple(tuple(values[index[k]] for values, index in names) for k in first), group


def _numbers(cells: pa.Table, name: str) -> Array:
    return np.asarray(cells.column(name).to_numpy(), dtype=np.float64)


def _coded(cells: pa.Table, name: str) -> tuple[tuple[str, ...], Index]:
    """The different cells of a column, sorted, and, an entry, which of them it has."""
    if name not in cells.column_names:
        return (), np.zeros(cells.num_rows, dtype=np.int64)
    different, index = _encoded(cells.column(name))
    order = np.argsort(np.array(different, dtype=object), kind="stable")
    return tuple(different[k] for k in order), np.argsort(order)[index]


def group_names(cells: pa.ChunkedArray, edges: tuple[float, ...] | None) -> tuple[list[str | None], Index]:
    """The names of a column's groups in order (None: missing, last) and, an entry, which of them it has."""
    different, index = _encoded(cells)
    named = [bin_name(cell, edges) if edges is not None else trimmed(cell) or None for cell in different]
    order = _in_order(set(named), edges)
    place = {name: k for k, name in enumerate(order)}
    return order, np.array([place[name] for name in named], dtype=np.int64)[index]


def _encoded(cells: pa.ChunkedArray) -> tuple[list[str], Index]:
    coded = pc.dictionary_encode(cells.combine_chunks())
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _in_order(names: set[str | None], edges: tuple[float, ...] | None) -> list[str | None]:
    """Bins by their edges, numbers by their size, words by the alphabet; then what is missing."""
    known = sorted(name for name in names if name is not None)
    if edges is not None:
        bins = [bin_name(str(k), edges) for k in range(len(edges) + 1)]
        known.sort(key=lambda name: bins.index(name) if name in bins else len(bins))
    elif all(PLAIN_NUMBER.fullmatch(name) for name in known):
        known.sort(key=float)
    missing = [None] if None in names else []
    return [*known, *missing]


def bin_name(cell: str, edges: tuple[float, ...]) -> str | None:
    if cell == "":
        return None
    if cell == NOT_A_NUMBER:
        return "not a number"
    k = int(cell)
    shown = [f"{edge:.12g}" for edge in edges]
    if k == 0:
        return f"under {shown[0]}"
    return f"{shown[-1]} or more" if k == len(edges) else f"{shown[k - 1]} to under {shown[k]}"


DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}")


def _group_oddities(cells: pa.ChunkedArray, values: list[str | None], index: Index, rows: Array) -> list[Oddity]:
    """What a person should know of one column's groups."""
    by_value = np.bincount(index, rows, len(values))
    named = [value for value in values if value is not None]
    different = set(cells.unique().to_pylist())
    found = []
    if None in values:
        found.append(Oddity(code="missing_group", count=int(by_value[values.index(None)])))
    if not named:
        found.append(Oddity(code="empty_group_column"))
    elif len(values) == 1:
        found.append(Oddity(code="single_group"))
    outer = sum(cell != trimmed(cell) for cell in different if trimmed(cell))
    if outer:
        found.append(Oddity(code="whitespace_trimmed", count=outer))
    missing = [value for value in named if folded(value) is None]
    if missing:
        found.append(Oddity(code="group_looks_missing", count=len(missing)))
    seen: dict[str, int] = {}
    for value in named:
        seen[skeleton(value)] = seen.get(skeleton(value), 0) + 1
    alike = sum(count for count in seen.values() if count > 1)
    if alike:
        found.append(Oddity(code="groups_look_alike", count=alike))
    if named and sum(DATE.fullmatch(value) is not None for value in named) >= len(named) / 2:
        found.append(Oddity(code="date_like_group"))
    return found


def _check_weights(cells: pa.Table, rows: Array, weight: Array, weight_squared: Array) -> list[Oddity]:
    why = np.asarray(cells.column("u").to_pylist())
    if (why == "negative").any():
        raise Refusal("negative_weight", "A weight is below 0.", advice="Weights say how many people a row stands for.")
    if weight.sum() <= 0 and (why == "text").any():
        raise Refusal(
            "weight_not_numeric",
            "The weight column does not hold numbers.",
            advice="A weight is a number such as 1.5, with a point, in every row.",
        )
    if weight.sum() <= 0:
        raise Refusal("weights_sum_to_zero", "The weights sum to 0.", advice="Choose another column, or none.")
    if weight_squared.sum() <= 0:
        raise weights_too_small()
    counted = [Oddity(code="weights_used")]
    for which, code in (("blank", "weight_missing"), ("text", "weight_not_number")):
        if (why == which).any():
            counted.append(Oddity(code=code, count=int(rows[why == which].sum())))
    return counted


def _cluster_factor(raw: RawCounts, spec: AuditSpec) -> dict[Group, float]:
    """Σ m² / Σ m over the clusters of each group, m their rows: a person with five rows counts once, not five times.

    It is Kish's design effect 1 + (m̄ − 1)ρ at its worst, ρ = 1.
    """
    if raw.clusters is None:
        return {}
    rows, square = Counter[Group](), Counter[Group]()
    names = [
        group_names(raw.clusters.column(f"g{i}").fill_null(""), raw.edges.get(c)) for i, c in enumerate(spec.groups)
    ]
    parts, n, n2 = (raw.clusters.column(name).to_pylist() for name in ("k", "n", "n2"))
    for entry, part in enumerate(parts):
        group = tuple(
            (column, values[index[entry]])
            for bit, column, (values, index) in zip(reversed(range(len(names))), spec.groups, names, strict=True)
            if not part >> bit & 1
        )
        rows[group] += n[entry]
        square[group] += n2[entry]
    return {group: square[group] / rows[group] for group in rows}


def answers(counts: Counts, spec: AuditSpec) -> tuple[Answers | None, Answers | None]:
    """What the cells of the label and of the prediction column mean. Raises Refusal where nobody can know."""
    label = read_answers(counts.labels, spec.label_positive, role="label") if spec.label is not None else None
    predicted = (
        read_answers(counts.predictions, spec.prediction_positive, role="prediction")
        if spec.prediction is not None
        else None
    )
    return label, predicted
