"""The cells of generated data sets: fixed numbers of each, in an order and with spellings that a seed decides."""

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.str_]
Numbers = NDArray[np.float64]
Cells = dict[str, Texts]
"""Column -> its cells, all of one length, as they are written to a file."""


def normal_quantiles(count: int) -> Numbers:
    """`count` values that are spread as a normal distribution is, none of them drawn."""
    quantile = NormalDist().inv_cdf
    return np.array([quantile((k + 0.5) / count) for k in range(count)])


def split(count: int, shares: dict[str, float]) -> list[str]:
    """`count` names in the given shares, the last one taking what rounding leaves."""
    names: list[str] = []
    edge = 0.0
    for name, share in shares.items():
        edge += share
        names += [name] * (round(edge * count) - len(names))
    return names


def numbered(letter: str, rows: int) -> Texts:
    """Running numbers: A-00001, A-00002 …"""
    return np.char.add(f"{letter}-", np.char.zfill(np.arange(1, rows + 1).astype(str), 5))


def shared(random: np.random.Generator, rows: int, counts: dict[str, int]) -> Texts:
    """Names in fixed numbers, in random order."""
    names = np.repeat(list(counts), list(counts.values()))
    assert len(names) == rows
    return names[random.permutation(rows)]


def respelled(random: np.random.Generator, answers: Texts, *, every: int) -> Texts:
    """One answer in `every` written as people write: " Yes", "YES"."""
    chosen = random.choice(len(answers), len(answers) // every, replace=False)
    found = answers.astype(f"<U{answers.itemsize // 4 + 1}")
    spellings: Sequence[Callable[[Texts], Texts]] = (np.char.capitalize, np.char.upper, _after_space)
    for k, spell in enumerate(spellings):
        found[chosen[k::3]] = spell(answers[chosen[k::3]])
    return found


def _after_space(answers: Texts) -> Texts:
    return np.char.add(" ", np.char.capitalize(answers))
