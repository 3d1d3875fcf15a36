"""How firm a ranking is under other weights: stochastic multicriteria acceptability analysis, with exact values.

SMAA-2 (Lahdelma & Salminen 2001): weights are drawn from all that are plausible; a candidate's rank acceptability is
the share of them that give it each rank, its central weights are the mean of those that put it first.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from aipm.selection.methods import Scorer

Floats = NDArray[np.float64]

Weightings = Literal["any", "order", "stated"]
WEIGHTINGS: tuple[Weightings, ...] = get_args(Weightings)

SAMPLES, SEED = 10_000, 2026
MOST_SAMPLES = 1_000_000
FACTOR = 2.0
"""`stated`: in nine draws of ten a weight is between half and twice what was said, before they are made to add to 1."""
ALL_RANKS = 200
"""Up to so many candidates every rank is counted; beyond, the first `FIRST_RANKS`."""
FIRST_RANKS = 10
_CELLS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptability:
    """Per candidate (rows, as in the matrix): shares of ranks, central weights, confidence.

    `ranks` (candidates x ranks): equals share the ranks that they take up, so that rows and full columns add to 1.
    `central` (candidates x criteria): NaN where a candidate is never first. `confidence`: whether the candidate is
    first under its own central weights (1), shares it (a fraction), or is not (0); NaN where there are none. Values
    are taken as exact, so that for sums it is 1 wherever there are central weights.
    """

    samples: int
    ranks: Floats
    central: Floats
    confidence: Floats

    @property
    def error(self) -> float:
        """Half of a 95 % interval of a share near one half, from sampling alone."""
        return 1.96 * 0.5 / math.sqrt(self.samples)


def draw_weights(stated: Floats, weightings: Weightings, *, samples: int = SAMPLES, seed: int = SEED) -> Floats:
    """(samples, criteria) plausible weights, each row adding to 1; the same seed gives the same.

    any: uniform over all weights (Dirichlet with ones). order: uniform over those that keep the stated order, equals
    free among themselves; the mean is the rank-order centroid. stated: each stated weight times a log-normal factor.
    """
    random = np.random.default_rng(seed)
    if weightings == "stated":
        spread = math.log(FACTOR) / 1.6448536269514722  # the 95 % point of the normal distribution
        drawn = stated * np.exp(spread * random.standard_normal((samples, len(stated))))
        return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))
    drawn = random.standard_exponential((samples, len(stated)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    if weightings == "any":
        return drawn
    drawn = -np.sort(-drawn, axis=1)
    order = np.argsort(-stated, kind="stable")
    found = np.empty_like(drawn)
    ends = [*(np.flatnonzero(np.diff(stated[order])) + 1), len(stated)]
    start = 0
    for end in ends:
        block = drawn[:, start:end]
        found[:, order[start:end]] = random.permuted(block, axis=1) if end - start > 1 else block
        start = end
    return found


def acceptability(scorer: Scorer, weights: Floats) -> Acceptability:
    """Rank acceptability, central weights and confidence over samples of weights (samples x criteria)."""
    count = scorer.of(weights[:1]).shape[1]
    shown = count if count <= ALL_RANKS else FIRST_RANKS
    ranks = np.zeros((count, shown))
    first_weights = np.zeros((count, weights.shape[1]))
    step = max(1, _CELLS_AT_ONCE // count)
    for start in range(0, len(weights), step):
        some = weights[start : start + step]
        gain = scorer.gain(some)
        order, top = _best(gain, shown)
        ranks += _shares(order, top, scorer.tolerance, count, shown)
        _add_first(first_weights, some, order, top, scorer.tolerance)
    ranks /= len(weights)
    first = ranks[:, :1] * len(weights)
    central = np.divide(first_weights, first, out=np.full_like(first_weights, np.nan), where=first > 0)
    return Acceptability(samples=len(weights), ranks=ranks, central=central, confidence=_confidence(scorer, central))


def _best(gain: Floats, shown: int) -> tuple[NDArray[np.intp], Floats]:
    """Candidates in order of gain, best first, and their gain; the `shown` best, and one more where there is one."""
    wanted = shown + 1
    if wanted < gain.shape[1]:
        some = np.argpartition(-gain, wanted, axis=1)[:, :wanted]
        inner = np.argsort(-np.take_along_axis(gain, some, axis=1), axis=1)
        order = np.take_along_axis(some, inner, axis=1)
    else:
        order = np.argsort(-gain, axis=1)
    return order, np.take_along_axis(gain, order, axis=1)


def _shares(order: NDArray[np.intp], top: Floats, tolerance: float, count: int, shown: int) -> Floats:
    """(candidates, ranks): how often each candidate takes each rank; k equals take 1/k of each of their k ranks.

    Of equals that reach below the ranks shown only those among the best that were looked at share.
    """
    cells = count * shown
    found = np.bincount((order[:, :shown] * shown + np.arange(shown)).ravel(), minlength=cells).astype(float)
    tied = top[:, :-1] - top[:, 1:] <= tolerance
    if tied.any():
        edge = np.zeros((len(tied), 1), bool)
        row, first = np.nonzero(tied & ~np.hstack([edge, tied[:, :-1]]))
        size = np.nonzero(tied & ~np.hstack([tied[:, 1:], edge]))[1] - first + 2
        for equals in np.unique(size).tolist():
            runs = size == equals
            start = first[runs]
            ranks = start[:, None] + np.arange(equals)
            given = np.zeros(cells)
            for member in range(equals):
                who = order[row[runs], start + member] * shown
                own = start + member < shown
                found -= np.bincount((who + start + member)[own], minlength=cells)
                given += np.bincount((who[:, None] + ranks)[ranks < shown], minlength=cells)
            found += given / equals
    return found.reshape(count, shown)


def _add_first(total: Floats, weights: Floats, order: NDArray[np.intp], top: Floats, tolerance: float) -> None:
    """Add each sample's weights to those who are first under them; equals share them."""
    level = top[:, :1] - top <= tolerance
    share = 1 / level.sum(axis=1)
    for place in range(int(level.sum(axis=1).max())):
        here = level[:, place]
        for k in range(weights.shape[1]):
            total[:, k] += np.bincount(order[here, place], weights=weights[here, k] * share[here], minlength=len(total))


def _confidence(scorer: Scorer, central: Floats) -> Floats:
    """Whether each candidate with central weights is first under them."""
    found = np.full(len(central), np.nan)
    some = np.flatnonzero(~np.isnan(central).any(axis=1))
    step = max(1, _CELLS_AT_ONCE // len(central))
    for start in range(0, len(some), step):
        rows = some[start : start + step]
        gain = scorer.gain(central[rows])
        level = gain.max(axis=1, keepdims=True) - gain <= scorer.tolerance
        found[rows] = level[np.arange(len(rows)), rows] / level.sum(axis=1)
    return found
