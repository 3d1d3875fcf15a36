"""Values and criteria -> a scorer for the columns that a method can tell candidates apart by, and their places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aipm.selection.criteria import Criterion
from aipm.selection.methods import FIXED, OF_PRODUCTS, TEXTBOOK, Method, Scorer, scorer
from aipm.selection.normalise import Anchor, Normalisation, anchors, constant, normalised
from aipm.selection.ranked import RankSpec
from aipm.tables import Refusal

Floats = NDArray[np.float64]

RELATIVE: frozenset[Method] = frozenset({"topsis", "vikor", "promethee_ii"})
"""Methods that only compare: one candidate alone has no score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Ready to be scored: the columns that count, their weights, and the scorer (None: nothing to compare)."""

    criteria: tuple[Criterion, ...]
    columns: NDArray[np.intp]
    weights: Floats
    ends: tuple[Anchor, ...]
    matrix: Floats
    scorer: Scorer | None

    def scores(self) -> Floats | None:
        return None if self.scorer is None else self.scorer.of(self.weights[None])[0]


def kind_of(spec: RankSpec) -> Normalisation:
    own = TEXTBOOK[spec.method]
    if spec.method in FIXED and spec.normalisation not in (None, own):
        raise Refusal(
            "fixed_normalisation",
            f"The method {spec.method} measures between worst and best, and takes no other normalisation.",
            advice="Leave the normalisation out, or use weighted_sum.",
        )
    return spec.normalisation or own


def prepare(values: Floats, criteria: Sequence[Criterion], spec: RankSpec, kind: Normalisation) -> Prepared:
    """Drop what the method cannot take, normalise, and build the scorer."""
    if spec.method == "vikor":  # its best and worst are the candidates' (Opricovic & Tzeng 2004), whatever was stated
        criteria = [replace(each, worst=None, best=None) for each in criteria]
    alike = constant(values)
    if kind == "min_max":
        idle = alike & ~np.array([each.anchored for each in criteria])
    elif spec.method == "vikor" or (spec.method in RELATIVE and alike.all()):
        idle = alike
    else:
        idle = (values == 0).all(axis=0) & (kind != "none")
    columns = np.flatnonzero(~idle)
    kept = tuple(criteria[k] for k in columns.tolist())
    if not kept or (len(values) == 1 and spec.method in RELATIVE):
        nothing = np.empty((len(values), 0))
        return Prepared(criteria=(), columns=columns[:0], weights=nothing[0], ends=(), matrix=nothing, scorer=None)
    values = values[:, columns]
    ends = anchors(values, kept) if kind == "min_max" else ()
    matrix = normalised(values, kept, kind, ends, for_product=spec.method in OF_PRODUCTS)
    weights = np.array([each.weight for each in kept], dtype=float)
    weights /= weights.max()  # so that no sum of large ones overflows
    return Prepared(
        criteria=kept,
        columns=columns,
        weights=weights / weights.sum(),
        ends=ends,
        matrix=matrix,
        scorer=scorer(matrix, kept, spec.method, spec.parameters),
    )


def places_of(ready: Prepared, count: int) -> list[int]:
    """Each candidate's rank from 1; those whose scores are one, to rounding, share it."""
    if ready.scorer is None:
        return [1] * count
    gain = ready.scorer.gain(ready.weights[None])[0]
    order = np.argsort(-gain, kind="stable")
    apart = gain[order][:-1] - gain[order][1:] > ready.scorer.tolerance
    rank = np.maximum.accumulate(np.concatenate([[1], np.where(apart, np.arange(2, count + 1), 1)]))
    places = np.empty(count, int)
    places[order] = rank
    return [int(place) for place in places]
