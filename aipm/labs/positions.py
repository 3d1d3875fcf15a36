"""Where a token stands, as numbers: the sines of the first transformer, and why something of the kind is needed.

Vaswani et al. 2017, "Attention is all you need" (arXiv 1706.03762), section 3.5.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, exp, pi, sin, sqrt

Vector = tuple[float, ...]
BASE = 10_000.0
"""As in the paper: the slowest wave comes round after about 63,000 positions."""
MOST_POSITIONS = 96
MOST_WORDS = 12
WORD_DIMENSIONS = 16


def encoding(length: int, *, dimensions: int, base: float = BASE) -> tuple[Vector, ...]:
    """One vector a position: PE(p, 2i) = sin(p / base^(2i/d)), PE(p, 2i+1) = cos(p / base^(2i/d)).

    (length, dimensions) with an even number of dimensions; every value lies in [-1, 1].
    """
    if dimensions < 2 or dimensions % 2:
        raise ValueError("an even number of dimensions is wanted")
    speeds = [base ** (-2 * pair / dimensions) for pair in range(dimensions // 2)]
    return tuple(tuple(wave(position * speed) for speed in speeds for wave in (sin, cos)) for position in range(length))


def wavelengths(*, dimensions: int, base: float = BASE) -> tuple[float, ...]:
    """After how many positions each pair of columns comes round: 2π · base^(2i/d)."""
    return tuple(2 * pi * base ** (2 * pair / dimensions) for pair in range(dimensions // 2))


def similarity(a: Vector, b: Vector) -> float:
    """Cosine of the angle between two vectors: 1 for the same direction. 0 where one of them is nothing."""
    sizes = sqrt(sum(x * x for x in a)) * sqrt(sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / sizes if sizes else 0.0


def by_distance(length: int, *, dimensions: int, base: float = BASE) -> tuple[float, ...]:
    """Similarity of two positions that lie 0, 1, 2 … apart: for sines and cosines the same wherever they stand.

    It is the mean over the pairs of cos(distance / base^(2i/d)).
    """
    speeds = [base ** (-2 * pair / dimensions) for pair in range(dimensions // 2)]
    return tuple(sum(cos(distance * speed) for speed in speeds) / len(speeds) for distance in range(length))


def word_vector(word: str) -> Vector:
    """A made-up vector for a word, the same for the same word: drawn by lot from its letters, of length 1."""
    draw = random.Random(hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest())  # noqa: S311 - a lesson's
    vector = [draw.gauss(0, 1) for _ in range(WORD_DIMENSIONS)]
    size = sqrt(sum(x * x for x in vector))
    return tuple(x / size for x in vector)


def mixed(vectors: Sequence[Vector]) -> tuple[Vector, ...]:
    """Each vector after one look at all: the plainest attention, softmax(X Xᵀ) X, with nothing learned in it."""
    found = []
    for one in vectors:
        looks = [exp(sum(x * y for x, y in zip(one, other, strict=True))) for other in vectors]
        total = sum(looks)
        found.append(
            tuple(
                sum(look * value for look, value in zip(looks, column, strict=True)) / total
                for column in zip(*vectors, strict=True)
            )
        )
    return tuple(found)


def shuffled(words: Sequence[str], *, seed: int) -> tuple[int, ...]:
    """Another order of the words: for each new place, the old one. Seed 0 leaves them as they are."""
    places = list(range(len(words)))
    if seed == 0 or len(set(words)) < 2:
        return tuple(places)
    draw = random.Random(seed)  # noqa: S311 - a lesson's
    while [words[place] for place in places] == list(words):
        draw.shuffle(places)
    return tuple(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How far a word's vector after attention moves when the words are put into another order."""

    word: str
    before: int
    after: int
    without_positions: float
    with_positions: float


def moved(words: Sequence[str], order: Sequence[int]) -> tuple[Moved, ...]:
    """A line a word, in the first order: how far its vector after attention moves, with positions left out and put in.

    Without positions every distance is 0 but for rounding: attention alone sees a bag of words.
    """
    plain = [word_vector(word) for word in words]
    places = encoding(len(words), dimensions=WORD_DIMENSIONS)

    def look(at: Sequence[int], *, positions: bool) -> dict[int, Vector]:
        rows = [
            tuple(x + y for x, y in zip(plain[old], places[new], strict=True)) if positions else plain[old]
            for new, old in enumerate(at)
        ]
        return dict(zip(at, mixed(rows), strict=True))

    first = range(len(words))
    without = (look(first, positions=False), look(order, positions=False))
    within = (look(first, positions=True), look(order, positions=True))
    return tuple(
        Moved(
            word=words[old],
            before=old,
            after=tuple(order).index(old),
            without_positions=_distance(without[0][old], without[1][old]),
            with_positions=_distance(within[0][old], within[1][old]),
        )
        for old in first
    )


def _distance(a: Vector, b: Vector) -> float:
    return sqrt(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)))
