"""Attention in numbers that can be followed by hand, and how to read the heads of a real model.

softmax(Q Kᵀ / √d) V: Vaswani et al. 2017, "Attention is all you need" (arXiv 1706.03762), equation 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal

Row = tuple[float, ...]
Matrix = tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Every step of one head, a row a looking token. A hidden token has the score None and the share 0."""

    products: Matrix
    divisor: float
    scores: tuple[tuple[float | None, ...], ...]
    powers: Matrix
    shares: Matrix
    output: Matrix


def attend(queries: Matrix, keys: Matrix, values: Matrix, *, causal: bool, scaled: bool) -> Attended:
    """One head. `causal` hides the tokens that come later; `scaled` divides by the root of the keys' dimensions.

    (n, d), (n, d), (n, e) -> (n, n) for the steps, (n, e) for the output. Powers are e^score: numbers are small here.
    """
    products = tuple(tuple(dot(query, key) for key in keys) for query in queries)
    divisor = sqrt(len(keys[0])) if scaled else 1.0
    scores = tuple(
        tuple(None if causal and there > here else product / divisor for there, product in enumerate(row))
        for here, row in enumerate(products)
    )
    powers = tuple(tuple(0.0 if score is None else exp(score) for score in row) for row in scores)
    shares = tuple(softmax(row) for row in scores)
    output = tuple(tuple(dot(row, column) for column in zip(*values, strict=True)) for row in shares)
    return Attended(products=products, divisor=divisor, scores=scores, powers=powers, shares=shares, output=output)


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def softmax(scores: Sequence[float | None]) -> Row:
    """Scores to shares that sum to 1: e^score over the sum of all. None, hidden, gets 0. At least one is not hidden."""
    highest = max(score for score in scores if score is not None)
    powers = [0.0 if score is None else exp(score - highest) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One token that looks at another, and how much of its attention goes there."""

    looking: int
    looked_at: int
    share: float


def strongest(shares: Sequence[Sequence[float]], *, most: int, skip: frozenset[int] = frozenset()) -> tuple[Link, ...]:
    """The strongest links between different tokens, each looking token once; `skip` are tokens left out."""
    best = []
    for looking, row in enumerate(shares):
        if looking in skip:
            continue
        others = [place for place in range(len(row)) if place != looking and place not in skip]
        if others:
            at = max(others, key=lambda place: row[place])
            best.append(Link(looking=looking, looked_at=at, share=float(row[at])))
    return tuple(sorted(best, key=lambda each: -each.share)[:most])


Habit = Literal["itself", "before", "after", "start", "end", "elsewhere"]
"""Where a head mostly looks: the token itself, its neighbours, the two marks around the text, or other tokens."""


def habits(shares: Sequence[Sequence[float]]) -> dict[Habit, float]:
    """How the attention of a text's tokens is divided in one head: shares that sum to 1.

    The first and the last token are the marks [CLS] and [SEP]; their own looks do not count.
    """
    last = len(shares) - 1
    sums: dict[Habit, float] = dict.fromkeys(("itself", "before", "after", "start", "end", "elsewhere"), 0.0)
    for here in range(1, last):
        for there, share in enumerate(shares[here]):
            sums[_where(here, there, last)] += float(share)
    looking = max(1, last - 1)
    return {habit: total / looking for habit, total in sums.items()}


def _where(here: int, there: int, last: int) -> Habit:
    if there == 0:
        return "start"
    if there == last:
        return "end"
    if there == here:
        return "itself"
    if there == here - 1:
        return "before"
    return "after" if there == here + 1 else "elsewhere"
