"""Thresholds that differ by group so that a rate is alike in all of them, and what they cost beside a common one."""

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS
from aipm.fairness.result import Estimate
from aipm.fairness.spec import Group
from aipm.fairness.special import Z
from aipm.fairness.thresholds import Sweep, at, cells, estimates, rates

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
Equal = Literal["selection_rate", "true_positive_rate", "false_positive_rate"]
EQUAL: tuple[Equal, ...] = ("selection_rate", "true_positive_rate", "false_positive_rate")
ALIKE = 0.01
"""Rates within one percentage point of each other count as alike."""
MOST_LEVELS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What one error costs, in any unit: only their ratio changes which thresholds are cheapest."""

    false_positive: float = 1.0
    false_negative: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A threshold for each group and what comes of it. `thresholds` are inf where nobody is selected.

    Errors and cost are of everybody in the groups together, None without a label; `extra` is the cost beyond that of
    the cheapest common threshold with its 95 % interval, as if the thresholds had been chosen beforehand.
    """

    groups: tuple[Group, ...]
    places: tuple[int, ...]
    thresholds: tuple[float, ...]
    rates: dict[Equal, tuple[Estimate, ...]]
    thin: tuple[bool, ...]
    """Groups with too few people for a threshold of their own: they keep the common one."""
    false_positives: float | None
    false_negatives: float | None
    cost: float | None
    extra: tuple[float, float | None, float | None] | None

    @property
    def errors(self) -> float | None:
        """All errors together."""
        if self.false_positives is None or self.false_negatives is None:
            return None
        return self.false_positives + self.false_negatives

    def gap(self, rate: Equal) -> float | None:
        """The largest difference of a rate between two groups that are large enough for a threshold of their own."""
        known = [each.value for each in self.rates[rate] if each.value is not None and (each.rows or 0) >= ENOUGH_ROWS]
        return max(known) - min(known) if len(known) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The groups of one column (or combination) under common thresholds and under those that make a rate alike."""

    columns: tuple[str, ...]
    chosen: Policy
    cheapest: Policy | None
    """None without a label."""
    equal: dict[Equal, Policy]


def cheapest(found: Sweep, costs: Costs) -> int:
    """The common place with the least total cost; in a tie the highest."""
    spent = _spent(found.weight[:, :1], costs)[0]
    return int(np.flatnonzero(spent <= spent.min() * (1 + 1e-9))[-1])


def prices(found: Sweep, chosen: int, costs: Costs) -> tuple[Prices, ...]:
    """Every column's (and combination's) groups under the thresholds that equalise each rate, and their cost.

    Where there is a label each level of the rate is tried and the cheapest taken; without one, the level is that of
    everybody at the chosen threshold. Only attainable scores serve as thresholds: nobody is drawn by lot (Hardt, Price
    & Srebro 2016 mix two thresholds at random to make rates exactly equal).
    """
    best = cheapest(found, costs) if found.labelled else chosen
    level = None if found.labelled else at(found, chosen)["selection_rate"][0].value
    asked = EQUAL if found.labelled else EQUAL[:1]
    made = []
    for part in found.people.combinations:
        groups = slice(part.start, part.stop)
        some, names = found.of(groups), found.people.groups[groups]
        common = np.full(len(names), best)

        def policy(places: Index, thin: Mask, some: Sweep = some, names: tuple[Group, ...] = names) -> Policy:
            return _policy(some, names, places, thin, best=best, costs=costs)

        none = np.zeros(len(names), dtype=bool)
        made.append(
            Prices(
                columns=part.columns,
                chosen=policy(np.full(len(names), chosen), none),
                cheapest=policy(common, none) if found.labelled else None,
                equal={name: policy(*equalised(some, name, costs, common=best, level=level)) for name in asked},
            )
        )
    return tuple(made)


def equalised(
    found: Sweep, name: Equal, costs: Costs, *, common: int, level: float | None = None
) -> tuple[Index, Mask]:
    """Each group's place at which a rate is most alike, and which groups are too thin and keep the common place.

    Of every level that a group attains, each group takes the place that comes nearest to it. Among the levels at which
    the groups lie within `ALIKE` of each other (or as near as they come), the cheapest is taken.
    """
    size = found.weight.shape[1]
    values = rates(found, (name,))[name]
    thin = ~(values.rows[:, 0] >= ENOUGH_ROWS)
    places = np.full(size, common)
    own = np.flatnonzero(~thin)
    if len(own) < 2:
        return places, np.ones(size, dtype=bool)
    attained = [_attained(found, values.value[g], int(g), lowest=name == "false_positive_rate") for g in own]
    levels = np.unique(np.concatenate([rate for rate, _ in attained])) if level is None else np.array([level])
    if len(levels) > MOST_LEVELS:
        levels = levels[np.linspace(0, len(levels) - 1, MOST_LEVELS).astype(np.int64)]
    nearest = [_nearest(rate, levels) for rate, _ in attained]
    reached = np.stack([rate[k] for (rate, _), k in zip(attained, nearest, strict=True)])
    taken = np.stack([place[k] for (_, place), k in zip(attained, nearest, strict=True)])
    gap = reached.max(axis=0) - reached.min(axis=0)
    inner = (reached.min(axis=0) < 1) & (reached.max(axis=0) > 0)
    limit = max(ALIKE, gap[inner].min()) if inner.any() else ALIKE
    spent = np.take_along_axis(_spent(found.weight[:, own], costs), taken, axis=1).sum(axis=0)
    spent = np.where(gap <= limit + 1e-12, spent, np.inf)
    best = np.lexsort((gap, spent))[0]
    places[own] = taken[:, best]
    return places, thin


def _attained(found: Sweep, rate: Array, group: int, *, lowest: bool) -> tuple[Array, Index]:
    """The rates that a group can have, ascending, and the place of each.

    Of places with the same rate the cheaper one: the highest, as it selects the fewest by mistake; where that mistake
    is the rate itself, the lowest, as it misses the fewest. A place stands for all below that select the same people.
    """
    selected = found.weight[:, group].sum(axis=0)
    steps = np.flatnonzero(np.append(selected[:-1] > selected[1:], True))
    ordered = steps if lowest else steps[::-1]
    values, first = np.unique(rate[ordered], return_index=True)
    return values, ordered[first]


def _nearest(values: Array, levels: Array) -> Index:
    """For each level which of the ascending values lies nearest."""
    above = np.clip(np.searchsorted(values, levels), 0, len(values) - 1)
    below = np.maximum(above - 1, 0)
    return np.where(np.abs(values[above] - levels) <= np.abs(values[below] - levels), above, below)


def _spent(weight: Array, costs: Costs) -> Array:
    """The cost of both errors, groups × places."""
    counted = cells(weight)
    return costs.false_positive * counted.fp + costs.false_negative * counted.fn


def _policy(found: Sweep, names: tuple[Group, ...], places: Index, thin: Mask, *, best: int, costs: Costs) -> Policy:
    measured = estimates(found, places)
    wrong = [sum(each.value or 0.0 for each in measured[name]) for name in ERRORS] if found.labelled else [None, None]
    spent = None
    if wrong[0] is not None and wrong[1] is not None:
        spent = costs.false_positive * wrong[0] + costs.false_negative * wrong[1]
    return Policy(
        groups=names,
        places=tuple(places.tolist()),
        thresholds=tuple(found.edges[places].tolist()),
        rates={name: tuple(measured[name]) for name in EQUAL if name in measured},
        thin=tuple(thin.tolist()),
        false_positives=wrong[0],
        false_negatives=wrong[1],
        cost=spent,
        extra=extra_cost(found, places, np.full(len(names), best), costs) if found.labelled else None,
    )


ERRORS = ("false_positives", "false_negatives")


def extra_cost(found: Sweep, places: Index, others: Index, costs: Costs) -> tuple[float, float | None, float | None]:
    """By how much one set of thresholds costs more than another, with a 95 % interval; paired: the people are the same.

    A person whom both decide alike adds nothing; each other one adds or saves the cost of an error. The variance of the
    sum is Σ (weight × cost)² less what its mean takes up. No interval where under ten people are decided differently.
    """

    def between(above: Array) -> Array:
        """What lies from the one place to the other, label × groups; negative where the first is the stricter one."""
        first, second = (np.take_along_axis(above, each[None, :, None], axis=-1)[..., 0] for each in (places, others))
        return first - second

    yes, no, _ = between(found.weight)
    yes_square, no_square, _ = np.abs(between(found.square)) * found.factor
    value = float((costs.false_positive * no - costs.false_negative * yes).sum())
    square = float((costs.false_positive**2 * no_square + costs.false_negative**2 * yes_square).sum())
    changed, changed_square = float(np.abs(yes).sum() + np.abs(no).sum()), float((yes_square + no_square).sum())
    if not changed:
        return 0.0, 0.0, 0.0
    if changed < sqrt(FEWEST_ROWS * changed_square):  # the square of a sum may be beyond a float
        return value, None, None
    total, total_square = found.weight[:2, :, 0].sum(), (found.square[:2, :, 0] * found.factor).sum()
    half = Z * sqrt(max(square - float(value / total) ** 2 * float(total_square), 0.0))
    return (value, value - half, value + half) if isfinite(half) else (value, None, None)
