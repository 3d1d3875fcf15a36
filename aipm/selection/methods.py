"""Seven ways to rank: from a normalised matrix to scores, for one weighting or ten thousand at once.

Every method is a function of weights (samples x criteria, each row adding to 1) to scores (samples x candidates), so
that a ranking and its robustness are the same arithmetic.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from aipm.selection.criteria import Criterion, Parameters, Preference
from aipm.selection.normalise import SAME, Normalisation
from aipm.tables import Refusal

Floats = NDArray[np.float64]

Method = Literal["weighted_sum", "weighted_product", "topsis", "vikor", "promethee_ii", "waspas", "spotis"]
METHODS: tuple[Method, ...] = get_args(Method)

TEXTBOOK: dict[Method, Normalisation] = {
    "weighted_sum": "min_max",
    "weighted_product": "none",
    "topsis": "vector",
    "vikor": "min_max",
    "promethee_ii": "none",
    "waspas": "max",
    "spotis": "min_max",
}
"""Weighted product: ratios need none (Miller & Starr 1969). TOPSIS: Hwang & Yoon 1981. VIKOR: Opricovic & Tzeng 2004.
PROMETHEE: Brans & Vincke 1985. WASPAS: Zavadskas et al. 2012. SPOTIS: Dezert et al. 2020, between stated ends."""
FIXED: frozenset[Method] = frozenset({"spotis"})
"""Methods that are their normalisation."""
OF_PRODUCTS: frozenset[Method] = frozenset({"weighted_product", "waspas"})
ASCENDING: frozenset[Method] = frozenset({"vikor", "spotis"})
"""Methods whose score is a distance or regret: lower is better."""
_ROWS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """`of` gives the scores of weights. `parts` (candidates x criteria): score = parts · weights, where it is a sum.

    `factors`: score = the product of factors to the power of weights, where it is one. Scores closer than `tolerance`
    are tied.
    """

    of: Callable[[Floats], Floats]
    ascending: bool
    tolerance: float
    parts: Floats | None = None
    factors: Floats | None = None

    def gain(self, weights: Floats) -> Floats:
        """Scores turned so that more is better."""
        scores = self.of(weights)
        return -scores if self.ascending else scores


def scorer(matrix: Floats, criteria: Sequence[Criterion], method: Method, parameters: Parameters) -> Scorer:
    """The method on a normalised matrix of which more is better. Raises Refusal for what it cannot take."""
    if method in OF_PRODUCTS and (matrix < 0).any():
        raise Refusal(
            "not_positive",
            f"The method {method} multiplies, and takes no value below 0.",
            advice="Use weighted_sum or topsis.",
        )
    if method == "weighted_product":
        whole = _product(matrix)
        return Scorer(of=whole, ascending=False, tolerance=SAME * _largest(matrix), factors=matrix)
    if method == "waspas":
        return Scorer(of=_waspas(matrix, parameters.lambda_), ascending=False, tolerance=SAME * _largest(matrix))
    if method == "topsis":
        return Scorer(of=_topsis(matrix), ascending=False, tolerance=SAME)
    if method == "vikor":
        return Scorer(of=_vikor(matrix, parameters.v), ascending=True, tolerance=SAME)
    parts = matrix
    if method == "spotis":
        parts = 1 - matrix
    elif method == "promethee_ii":
        parts = np.stack([_net_flow(matrix[:, k], each.preference) for k, each in enumerate(criteria)], axis=1)
    return Scorer(
        of=lambda weights: weights @ parts.T,
        ascending=method in ASCENDING,
        tolerance=SAME * _largest(parts),
        parts=parts,
    )


def _largest(matrix: Floats) -> float:
    return float(np.abs(matrix).max())


def _product(matrix: Floats) -> Callable[[Floats], Floats]:
    """∏ z^w, by logarithms; where a factor that counts is 0, so is the product."""
    nothing = (matrix == 0).T.astype(float)
    logarithms = np.log(np.where(matrix == 0, 1.0, matrix)).T

    def scores(weights: Floats) -> Floats:
        found = np.exp(weights @ logarithms)
        return np.where(weights @ nothing > 0, 0.0, found) if nothing.any() else found

    return scores


def _waspas(matrix: Floats, share: float) -> Callable[[Floats], Floats]:
    """λ Σ wz + (1 - λ) ∏ z^w (Zavadskas et al. 2012)."""
    product = _product(matrix)
    return lambda weights: share * (weights @ matrix.T) + (1 - share) * product(weights)


def _topsis(matrix: Floats) -> Callable[[Floats], Floats]:
    """D⁻ / (D⁻ + D⁺), the distances of w·z from the worst and the best of each column (Hwang & Yoon 1981)."""
    to_best = np.square(matrix.max(axis=0) - matrix).T
    to_worst = np.square(matrix - matrix.min(axis=0)).T

    def scores(weights: Floats) -> Floats:
        squared = np.square(weights)
        best, worst = np.sqrt(squared @ to_best), np.sqrt(squared @ to_worst)
        total = best + worst
        # All alike in all that counts: as near to the best as to the worst.
        return np.asarray(np.divide(worst, total, out=np.full_like(total, 0.5), where=total > 0))

    return scores


def _vikor(matrix: Floats, v: float) -> Callable[[Floats], Floats]:
    """Q = v (S - S*) / (S⁻ - S*) + (1 - v) (R - R*) / (R⁻ - R*) (Opricovic & Tzeng 2004).

    S adds the weighted regrets w (f* - f) / (f* - f⁻), R is the largest. Where all have one S or one R, that part is 0.
    """
    best, worst = matrix.max(axis=0), matrix.min(axis=0)
    regret = np.ascontiguousarray(((best - matrix) / (best - worst)).T)

    def scores(weights: Floats) -> Floats:
        most = weights[:, :1] * regret[0]
        piece = np.empty_like(most)
        for k in range(1, len(regret)):
            np.maximum(most, np.multiply(weights[:, k, None], regret[k], out=piece), out=most)
        return v * _spread(weights @ regret) + (1 - v) * _spread(most)

    return scores


def _spread(values: Floats) -> Floats:
    """Each row from 0 (its least) to 1 (its most); 0 where all are one, to rounding."""
    low = values.min(axis=1, keepdims=True)
    width = values.max(axis=1, keepdims=True) - low
    width = np.where(width <= SAME, np.inf, width)
    return np.asarray((values - low) / width)


def _net_flow(column: Floats, preference: Preference) -> Floats:
    """Mean over the others b of P(a - b) - P(b - a), for each candidate a (Brans & Vincke 1985)."""
    count = len(column)
    flow = np.empty(count)
    step = max(1, _ROWS_AT_ONCE // count)
    for start in range(0, count, step):
        difference = column[start : start + step, None] - column[None, :]
        both = _preferred(difference, preference) - _preferred(-difference, preference)
        flow[start : start + step] = both.sum(axis=1)
    return flow / (count - 1)


def _preferred(difference: Floats, preference: Preference) -> Floats:
    q, p = preference.q, preference.p
    if preference.kind == "usual":
        return (difference > 0).astype(float)
    if preference.kind == "u_shape":
        return (difference > q).astype(float)
    if preference.kind == "level":
        return 0.5 * (difference > q) + 0.5 * (difference > p)
    if preference.kind == "gaussian":
        far = np.clip(difference / preference.s, 0.0, 1e3)
        return np.asarray(-np.expm1(-np.square(far) / 2))
    start = q if preference.kind == "linear" else 0.0
    return np.clip((difference - start) / (p - start), 0.0, 1.0)
