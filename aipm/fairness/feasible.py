"""What somebody who sees a table with holes can work out about them: the range of every hidden amount.

Groups add up to their parents, outcomes to their margins, and nothing is below zero. Which values the hidden amounts
could take is a linear programme; its exact bounds are those of the attacker model that statistical offices audit their
tables with (Fischetti & Salazar, Operations Research 49, 2001).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SLACK = 1e-6
"""What rounding may do to a bound."""
GUESSES = 12
"""Random directions tried before each amount is looked at by itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group and the groups of one more column that add up to it, by number."""

    parent: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """A sum of outcomes that is known for some groups although the outcomes are hidden."""

    outcomes: tuple[int, ...]
    known: Flags


def narrow(
    amounts: Array,
    hidden: Flags,
    lines: Sequence[Line],
    margins: Sequence[Margin],
    *,
    width: float,
    only_first: bool = False,
) -> list[int]:
    """Hidden groups of which something can be worked out to within less than `width`; at most one, if `only_first`.

    `amounts` is groups × outcomes, the truth. Looked at is every hidden amount, and every margin that is not known. A 0
    that follows from a shown 0 is no finding: zeros may be shown.
    """
    from scipy.optimize import linprog

    groups = np.flatnonzero(hidden)
    if not len(groups):
        return []
    place = np.full(len(amounts), -1)
    place[groups] = np.arange(len(groups))
    equations, constants = _equations(amounts, place, lines, margins)
    whose, goals = _goals(amounts, hidden, place, lines, margins)
    truth = amounts[groups].reshape(-1)
    low, high = goals @ truth, goals @ truth
    most = 2 * float(amounts.max()) + 10 * width

    def push(goal: Array) -> None:
        """Find the values that go farthest in a direction: they tell something of everything looked at."""
        nonlocal low, high
        found = linprog(-goal, A_eq=equations, b_eq=constants, bounds=(0.0, most), method="highs")
        if found.x is not None:
            values = goals @ found.x
            low, high = np.minimum(low, values), np.maximum(high, values)

    random = np.random.default_rng(0)
    for _ in range(GUESSES):  # most are found wide enough by chance
        push(random.choice([-1.0, 1.0], len(truth)) * random.random(len(truth)) / (1 + truth))
    for k in range(len(whose)):
        for sign in (1.0, -1.0):
            if high[k] - low[k] < width - SLACK:
                push(sign * goals[k])
        if only_first and high[k] - low[k] < width - SLACK:
            return [whose[k]]
    return sorted({whose[k] for k in np.flatnonzero(high - low < width - SLACK)})


def _goals(
    amounts: Array, hidden: Flags, place: NDArray[np.int64], lines: Sequence[Line], margins: Sequence[Margin]
) -> tuple[list[int], Array]:
    """What an attacker is after: whose it is, and which hidden amounts make it up (a row each)."""
    outcomes = amounts.shape[1]
    forced = _forced_zeros(amounts, hidden, lines, margins)
    others = [tuple(sorted({*range(outcomes)} - {*margin.outcomes})) for margin in margins]
    sums = [(m.known, part) for m, other in zip(margins, others, strict=True) for part in (m.outcomes, other)]
    whose: list[int] = []
    goals: list[Array] = []
    for group in np.flatnonzero(hidden):
        wanted: list[tuple[int, ...]] = [(outcome,) for outcome in range(outcomes)]
        wanted += [part for known, part in sums if part and not known[group]]
        for part in wanted:
            if forced[group, list(part)].all():
                continue
            goal = np.zeros(int(hidden.sum()) * outcomes)
            goal[[int(place[group]) * outcomes + outcome for outcome in part]] = 1.0
            whose.append(int(group))
            goals.append(goal)
    return whose, np.array(goals).reshape(len(goals), int(hidden.sum()) * outcomes)


def _equations(
    amounts: Array, place: NDArray[np.int64], lines: Sequence[Line], margins: Sequence[Margin]
) -> tuple[object, Array]:
    """What is known of the hidden amounts, as matrix @ amounts = constants."""
    from scipy.sparse import csr_array

    outcomes = amounts.shape[1]
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    constants: list[float] = []

    def equation(terms: list[tuple[int, float]], constant: float) -> None:
        rows.extend([len(constants)] * len(terms))
        columns.extend(column for column, _ in terms)
        signs.extend(sign for _, sign in terms)
        constants.append(constant)

    for line in lines:
        members = [(line.parent, -1.0), *((child, 1.0) for child in line.children)]
        if all(place[group] < 0 for group, _ in members):
            continue
        for outcome in range(outcomes):
            unknown = [(int(place[g]) * outcomes + outcome, sign) for g, sign in members if place[g] >= 0]
            equation(unknown, -sum(sign * amounts[g, outcome] for g, sign in members if place[g] < 0))
    for margin in margins:
        for group in np.flatnonzero(margin.known & (place >= 0)):
            unknown = [(int(place[group]) * outcomes + outcome, 1.0) for outcome in margin.outcomes]
            equation(unknown, float(amounts[group, list(margin.outcomes)].sum()))
    if not constants:  # nothing is known: one equation that says nothing
        constants.append(0.0)
    shape = (len(constants), int((place >= 0).sum()) * outcomes)
    return csr_array((signs, (rows, columns)), shape=shape), np.array(constants)


def _forced_zeros(amounts: Array, hidden: Flags, lines: Sequence[Line], margins: Sequence[Margin]) -> Flags:
    """Amounts that are 0 because something shown is 0: a parent, a margin, or the amount itself."""
    forced: Flags = (amounts == 0) & ~hidden[:, None]
    for margin in margins:
        nothing = margin.known & (amounts[:, list(margin.outcomes)].sum(axis=1) == 0)
        forced[np.ix_(nothing, list(margin.outcomes))] = True
    for line in sorted(lines, key=lambda line: line.parent):  # parents stand before their children
        forced[list(line.children)] |= forced[line.parent]
    return forced
