"""Weights without comparing pairs: from an order, from swings, typed in, of several people, or from the values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.selection.amounts import listed
from aipm.selection.candidates import Problem
from aipm.selection.criteria import Remark
from aipm.selection.normalise import constant
from aipm.tables import Refusal

Floats = NDArray[np.float64]
ObjectiveMethod = Literal["entropy", "critic", "merec"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Weights that add to 1, and what to know of them."""

    weights: dict[str, float]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The mean of several people's weights, and for each criterion the lowest and highest of theirs."""

    weights: dict[str, float]
    spread: dict[str, tuple[float, float]]


def rank_order_centroid(order: Sequence[str | Sequence[str]]) -> Weighed:
    """Weights from an order, most important first; a group of names shares a place.

    w_k = (1/n) Σ_{i=k..n} 1/i, the centre of all weights that keep the order (Barron & Barrett 1996); names that share
    places get the mean of theirs. Raises Refusal.
    """
    groups = [[each] if isinstance(each, str) else list(each) for each in order]
    names = [name.strip() for group in groups for name in group]
    if not names:
        raise Refusal("no_criterion", "The order names nothing.", advice="Name what counts, most important first.")
    if not all(names) or len(set(names)) < len(names):
        raise Refusal("bad_order", "The order has a blank, or names something twice.", advice="Name each once.")
    count = len(names)
    places = np.cumsum(1 / np.arange(count, 0, -1))[::-1] / count
    weights, start = {}, 0
    for group in groups:
        mean = float(places[start : start + len(group)].mean())
        weights.update(dict.fromkeys((name.strip() for name in group), mean))
        start += len(group)
    return Weighed(weights=weights)


def swing(points: Mapping[str, float]) -> Weighed:
    """Weights from swings: what moving each criterion from its worst to its best is worth, the largest being 100.

    Von Winterfeldt & Edwards (1986). Raises Refusal.
    """
    found = direct(points)
    if max(points.values()) == 100:
        return found
    return Weighed(
        weights=found.weights,
        remarks=(Remark("largest_swing", "The largest swing is not 100: taken in proportion to it."),),
    )


def direct(points: Mapping[str, float]) -> Weighed:
    """Weights as typed, divided by their sum. Raises Refusal."""
    if not points:
        raise Refusal("no_criterion", "There are no weights.")
    if wrong := [name for name, value in points.items() if not 0 <= value < np.inf]:
        raise Refusal("bad_weight", f"{listed(wrong)}: a weight is below 0, or no number.")
    largest = max(points.values())
    if not largest > 0:
        raise Refusal("zero_weights", "All weights are 0.", advice="Give at least one more than 0.")
    parts = {name: value / largest for name, value in points.items()}
    total = sum(parts.values())
    return Weighed(weights={name: value / total for name, value in parts.items()})


def together(people: Sequence[Mapping[str, float]]) -> Together:
    """The mean of several people's weights, each made to add to 1, and how far they lie apart. Raises Refusal."""
    if not people:
        raise Refusal("nobody", "There are no weights.")
    if any(set(person) != set(people[0]) for person in people):
        raise Refusal("names_differ", "Not everybody weighs the same criteria.")
    alone = [direct(person).weights for person in people]
    found = {name: [one[name] for one in alone] for name in people[0]}
    return Together(
        weights={name: sum(values) / len(values) for name, values in found.items()},
        spread={name: (min(values), max(values)) for name, values in found.items()},
    )


def objective(given: Problem, method: ObjectiveMethod) -> Weighed:
    """Weights from the values alone: how much each criterion tells the candidates apart. Raises Refusal.

    They say nothing of what matters, and change with every candidate. A constant column gets 0.
    """
    names = [each.name for each in given.criteria]
    if len(given.names) < 2:
        raise Refusal("one_candidate", "Weights from the values need at least two candidates.")
    alike = constant(given.values)
    if alike.all():
        raise Refusal("all_alike", "All candidates are alike in every criterion: nothing tells them apart.")
    less = np.array([each.direction == "min" for each in given.criteria])
    weights = np.zeros(len(names))
    of = {"entropy": _entropy, "critic": _critic, "merec": _merec}[method]
    kept = [name for name, same in zip(names, alike, strict=True) if not same]
    weights[~alike] = of(given.values[:, ~alike], less[~alike], kept)
    if not weights.sum() > 0:
        raise Refusal("no_weights", f"The method {method} finds nothing that tells the candidates apart.")
    remarks = list(given.remarks)
    if alike.any():
        idle = [name for name, same in zip(names, alike, strict=True) if same]
        remarks.append(Remark("constant", f"All candidates are alike in {listed(idle)}: weight 0."))
    return Weighed(weights=dict(zip(names, map(float, weights / weights.sum()), strict=True)), remarks=tuple(remarks))


def _entropy(values: Floats, _less: NDArray[np.bool_], names: Sequence[str]) -> Floats:
    """1 + Σ p ln p / ln n with p = x / Σx (Shannon's entropy; Zeleny 1982); 0 ln 0 is 0."""
    _positive(values, names, "entropy", zero=True)
    shares = values / values.sum(axis=0)
    terms = shares * np.log(np.where(shares > 0, shares, 1.0))
    return np.asarray(np.maximum(1 + terms.sum(axis=0) / np.log(len(values)), 0.0))


def _critic(values: Floats, less: NDArray[np.bool_], _names: Sequence[str]) -> Floats:
    """Standard deviation of the min-max column x Σ (1 - correlation) with the others (Diakoulaki et al. 1995)."""
    low, high = values.min(axis=0), values.max(axis=0)
    placed = (values - low) / (high - low)
    placed = np.where(less, 1 - placed, placed)
    centred = placed - placed.mean(axis=0)
    lengths = np.sqrt(np.square(centred).sum(axis=0))
    conflict = (1 - (centred.T @ centred) / np.outer(lengths, lengths)).sum(axis=0)
    return np.asarray(lengths * np.maximum(conflict, 0.0)) if len(lengths) > 1 else np.ones(1)


def _merec(values: Floats, less: NDArray[np.bool_], names: Sequence[str]) -> Floats:
    """What leaving one out takes from S = ln(1 + mean |ln z|), z = min/x or x/max (Keshavarz-Ghorabaee et al. 2021)."""
    _positive(values, names, "merec", zero=False)
    placed = np.where(less, values / values.max(axis=0), values.min(axis=0) / values)
    parts = np.abs(np.log(placed)) / values.shape[1]
    whole = parts.sum(axis=1, keepdims=True)
    return np.asarray(np.abs(np.log1p(np.maximum(whole - parts, 0)) - np.log1p(whole)).sum(axis=0))


def _positive(values: Floats, names: Sequence[str], method: str, *, zero: bool) -> None:
    low = values.min(axis=0)
    wrong = low < 0 if zero else low <= 0
    if wrong.any():
        named = [name for name, bad in zip(names, wrong, strict=True) if bad]
        raise Refusal(
            "not_positive",
            f"{listed(named)}: the method {method} takes no value below 0{'' if zero else ', and no 0'}.",
            advice="Use critic, which does.",
        )
