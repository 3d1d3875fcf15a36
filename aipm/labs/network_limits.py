"""Why a plain network is no good at text: so many numbers go in, order is lost, and what is far off fades."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Numbers that go in, and weights of a first layer with so many neurons (biases included)."""

    inputs: int
    weights: int


def of_picture(*, side: int, neurons: int) -> Size:
    """A square grey picture: a number a pixel."""
    return _size(side * side, neurons)


def of_text(*, words: int, vocabulary: int, neurons: int) -> Size:
    """A text of fixed length: for each place one number for every word there is, all 0 but one (one-hot)."""
    return _size(words * vocabulary, neurons)


def _size(inputs: int, neurons: int) -> Size:
    return Size(inputs=inputs, weights=(inputs + 1) * neurons)


def counted(sentence: str) -> tuple[tuple[str, int], ...]:
    """A sentence as counts of its words, in the order of the alphabet: which word came where is gone."""
    return tuple(sorted(Counter(sentence.lower().split()).items()))


def influence(factor: float, distances: Sequence[int]) -> tuple[float, ...]:
    """What is left of an influence that is multiplied by `factor` at every step in between.

    The vanishing gradient of Bengio, Simard & Frasconi (1994), Learning long-term dependencies with gradient descent
    is difficult, IEEE Transactions on Neural Networks 5(2), for one number instead of a matrix.
    """
    return tuple(factor**each for each in distances)
