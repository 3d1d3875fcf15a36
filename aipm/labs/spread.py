"""The same question asked many times: how far answers spread, which break a rule, why 0 is no promise."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aipm.content.interval import wilson
from aipm.labs.decoder import CUSTOMER, SHOP, Decoder, Floats, Ids, logits, normalised
from aipm.labs.sampling import Answer

Interval = tuple[float, float]
UNFINISHED = "unfinished"
"""The rule that every answer ends of its own accord."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """`kinds`: each different answer and how often it came, the commonest first. `bits`: entropy of these shares."""

    runs: int
    kinds: tuple[tuple[Answer, int], ...]
    bits: float

    @property
    def commonest(self) -> float:
        """The share of the answer that came most often."""
        return self.kinds[0][1] / self.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer with the rules it breaks, and its place among those that break none (from 1)."""

    answer: Answer
    broken: tuple[str, ...]
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """Two words compared in many orders of adding up: `gap` between their exact logits, the largest `error` of one
    sum, and how many of the `orders` put the other word first.
    """

    gap: float
    error: float
    flips: int
    orders: int


def spread(answers: Sequence[Answer]) -> Spread:
    """What came out, counted."""
    first = {each.words: each for each in reversed(answers)}
    counted = Counter(each.words for each in answers).most_common()
    shares = [count / len(answers) for _, count in counted]
    bits = sum(share * math.log2(1 / share) for share in shares)
    return Spread(runs=len(answers), kinds=tuple((first[words], count) for words, count in counted), bits=bits)


def broken(answer: Answer, rules: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The rules that an answer breaks: each a list of phrases that must not occur, as whole words.

    `UNFINISHED` needs no phrases; it is broken by an answer that does not end, or goes on to speak for the customer.
    """
    said = f" {' '.join(answer.words).lower()} "
    found = [name for name, phrases in rules.items() if any(f" {phrase.lower()} " in said for phrase in phrases)]
    runs_on = not answer.ended or SHOP in answer.words or CUSTOMER in answer.words
    return tuple([*found, UNFINISHED] if runs_on and UNFINISHED in rules else found)


def ranked(answers: Sequence[Answer], rules: Mapping[str, Sequence[str]]) -> tuple[Candidate, ...]:
    """Different answers, those that break no rule first; among these the one that surprises the model least."""
    checked = [(each, broken(each, rules)) for each in {each.words: each for each in answers}.values()]
    checked.sort(key=lambda pair: (len(pair[1]), pair[0].surprise))
    return tuple(
        Candidate(answer=each, broken=faults, place=None if faults else place)
        for place, (each, faults) in enumerate(checked, start=1)
    )


def difference(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, Interval]:
    """Share of `one` less share of `other` (each passed, runs), with its 95% interval.

    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
    """
    (a, b), ((a_low, a_high), (b_low, b_high)) = (
        (one[0] / one[1], other[0] / other[1]),
        (wilson(one[0] / one[1], one[1]), wilson(other[0] / other[1], other[1])),
    )
    return a - b, (
        a - b - math.hypot(a - a_low, b_high - b),
        a - b + math.hypot(a_high - a, b - b_low),
    )


def one_by_one(numbers: Floats) -> float:
    """A float32 sum, one number after the other, rounded after each."""
    return float(np.add.accumulate(numbers.astype(np.float32), dtype=np.float32)[-1])


def orders(numbers: Floats, count: int, *, seed: int) -> tuple[float, ...]:
    """float32 sums of the same numbers in `count` orders; the first is the order given."""
    chance = np.random.default_rng(seed)
    return tuple(one_by_one(numbers if each == 0 else chance.permutation(numbers)) for each in range(count))


def products(decoder: Decoder, ids: Ids, words: Sequence[int]) -> Floats:
    """What is added up for the logits of some next words: a row a word, its sum is the logit."""
    _, _, _, last = logits(decoder.weights, ids[None])
    final, _ = normalised(last[0, -1], decoder.weights["norm"])
    return np.asarray(final * decoder.weights["words"][list(words)])


def flips(pair: Floats, *, gap: float | None, count: int, seed: int) -> Flips:
    """How often the order of adding up decides which of two words comes first.

    `pair`: two rows of products. With a `gap`, the second row is shifted so that its exact sum lies that far below.
    """
    rows = pair.astype(np.float64)
    if gap is not None:
        rows[1, 0] += math.fsum(rows[0]) - math.fsum(rows[1]) - gap
    rows = rows.astype(np.float32).astype(np.float64)
    exact = [math.fsum(row) for row in rows]
    chance, error, flipped = np.random.default_rng(seed), 0.0, 0
    for _ in range(count):
        order = chance.permutation(rows.shape[1])
        sums = [one_by_one(row[order]) for row in rows]
        error = max(error, *(abs(one - true) for one, true in zip(sums, exact, strict=True)))
        flipped += sums[1] > sums[0] or (sums[1] == sums[0] and exact[0] != exact[1])
    return Flips(gap=exact[0] - exact[1], error=error, flips=flipped, orders=count)
