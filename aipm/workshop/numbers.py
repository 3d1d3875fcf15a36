"""Several people's numbers: middle, spread, and how far they agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles, stdev


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """`quarter` and `three_quarters` are the middle half's ends (inclusive method, as numpy's default).

    `deviation` is the sample's standard deviation: None of one number. `counts`: how often each
    value was given.
    """

    count: int
    low: float
    quarter: float
    median: float
    three_quarters: float
    high: float
    mean: float
    deviation: float | None
    counts: tuple[tuple[float, int], ...]

    @property
    def range(self) -> float:
        return self.high - self.low

    @property
    def middle_half(self) -> float:
        return self.three_quarters - self.quarter


def spread(values: Sequence[float]) -> Spread | None:
    """None where there is nothing."""
    if not values:
        return None
    found = sorted(values)
    lower, _, upper = quantiles(found, n=4, method="inclusive") if len(found) > 1 else found * 3
    return Spread(
        count=len(found),
        low=found[0],
        quarter=lower,
        median=median(found),
        three_quarters=upper,
        high=found[-1],
        mean=fmean(found),
        deviation=stdev(found) if len(found) > 1 else None,
        counts=tuple(Counter(found).items()),
    )


def agreement(people: Sequence[Mapping[str, float]]) -> float | None:
    """Kendall's W, from 0 (no common order) to 1 (all put the things in the same order); more counts as better.

    W = 12 Σ (R_i - R̄)² / (m² (n³ - n) - m Σ (t³ - t)) with R_i the sum of a thing's ranks over m people, n things,
    t things that share a rank with one person (Kendall & Babington Smith 1939; ties: Siegel & Castellan 1988, 9.5).
    None for fewer than two people or things, or where nobody prefers anything.
    """
    if len(people) < 2 or len(people[0]) < 2:
        return None
    names, count = list(people[0]), len(people)
    sums, ties = dict.fromkeys(names, 0.0), 0
    for person in people:
        for name, rank in ranks(person).items():
            sums[name] += rank
        given = list(person.values())
        ties += sum(times**3 - times for times in (given.count(value) for value in set(given)))
    middle = count * (len(names) + 1) / 2
    possible = count**2 * (len(names) ** 3 - len(names)) - count * ties
    if possible <= 0:
        return None
    return min(1.0, 12 * sum((each - middle) ** 2 for each in sums.values()) / possible)


def ranks(points: Mapping[str, float]) -> dict[str, float]:
    """Place of each, the most first, counted from 1; those alike share the mean of their places."""
    given = sorted(points.values(), reverse=True)
    return {name: given.index(value) + (given.count(value) + 1) / 2 for name, value in points.items()}
