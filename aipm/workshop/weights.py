"""What matters to a group: everybody's weights, middle and spread, how far they agree, and where they do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aipm.workshop.entries import Answer, leading
from aipm.workshop.numbers import Spread, agreement, spread
from aipm.workshop.specs import Weights, targets

ITEM = "weights"
APART = 10.0
"""Points over which the middle half of a group must spread before a criterion counts as disputed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsResult:
    """`weights` are the means as shares that add to 1; `spreads` in points out of a hundred.

    `agreement`: Kendall's W. `disputed`: criteria over which people differ most; none where they hardly do.
    """

    answered: int
    names: dict[str, str]
    weights: dict[str, float]
    spreads: dict[str, Spread]
    agreement: float | None
    disputed: tuple[str, ...]
    leading: tuple[str, ...]


def points_of(spec: Weights, answers: Iterable[Answer]) -> list[dict[str, float]]:
    """Each person's points out of a hundred, in no order that says whose they are; an order makes centroid weights."""
    keys = list(targets(spec))
    given = [each.value for each in answers if each.item == ITEM]
    if spec.way == "order":
        found = [dict(zip(order, centroid(len(order)), strict=True)) for order in given]
    else:
        found = [{key: float(points[key]) for key in keys} for points in given]
    return sorted(({key: points[key] for key in keys} for points in found), key=lambda each: tuple(each.values()))


def centroid(count: int) -> list[float]:
    """Rank-order centroid weights, in points: (100/n) Σ_{i=k..n} 1/i (Barron & Barrett 1996)."""
    return [100 / count * sum(1 / place for place in range(first, count + 1)) for first in range(1, count + 1)]


def weights_result(spec: Weights, answers: Sequence[Answer]) -> WeightsResult:
    """What was given."""
    names = targets(spec)
    people = points_of(spec, answers)
    spreads = {key: found for key in names if (found := spread([person[key] for person in people])) is not None}
    total = sum(each.mean for each in spreads.values())
    weights = {key: each.mean / total for key, each in spreads.items()} if total else {}
    halves = {key: each.middle_half for key, each in spreads.items() if each.middle_half >= APART}
    return WeightsResult(
        answered=len(people),
        names=names,
        weights=weights,
        spreads=spreads,
        agreement=agreement(people),
        disputed=leading(halves),
        leading=leading({key: round(weight, 9) for key, weight in weights.items()}),
    )


def what_if(weights: Mapping[str, float], key: str, share: float) -> dict[str, float]:
    """The weights with this one at `share`, and the others in the proportions they had; they add to 1.

    Where the others had nothing they share the rest evenly.
    """
    share = min(1.0, max(0.0, share))
    others = {name: weight for name, weight in weights.items() if name != key}
    total = sum(others.values())
    if not others:
        return {key: 1.0}
    rest = {name: (weight / total if total else 1 / len(others)) * (1 - share) for name, weight in others.items()}
    return {name: share if name == key else rest[name] for name in weights}
