"""What somebody who sees a table with holes can work out about them: the range of every hidden amount.

Groups add up to their parents, outcomes to their margins, and nothing is below zero. Which values the hidden amounts
could take is a linear programme; its exact bounds are those of the attacker model that statistical offices audit their
tables with (Fischetti & Salazar, Operations Research 49, 2001). A programme is asked only where simpler proofs fail:
two possible tables that differ by enough show a range to be wide, bounds from one equation at a time show it narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

SLACK = 1e-6
"""What rounding may do to a bound."""
AT_ONCE = 6
"""Directions looked into by one call of the solver: the call itself takes longer than a small programme."""
PASSES = 4
"""How often the bounds of single equations are used to narrow one another."""


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


@dataclass(frozen=True, slots=True)
class _Equations:
    """Sums of hidden amounts that are known, each a few terms: equation, amount (by number) and sign of each term.

    Amounts are looked at as differences from the truth, so every sum is 0.
    """

    equation: Numbers
    amount: Numbers
    sign: Array
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """Knows which groups add up to which and, of a table with holes, everything shown; remembers what is possible.

    `amounts` is groups × outcomes, the truth. Something is worked out where it is known to within less than `width`.
    """

    amounts: Array
    lines: Sequence[Line]
    margins: Sequence[Margin]
    width: float
    possible: list[Array] = field(default_factory=list)
    """Tables found so far, as differences from the truth; each serves wherever it changes hidden amounts alone."""

    def told(self, hidden: Flags, *, only_first: bool = False) -> list[int]:
        """Hidden groups of which something can be worked out; those of the first proof, if `only_first`.

        Looked at is every hidden amount, and every margin that is not known. A 0 that follows from a shown 0 is no
        finding: zeros may be shown.
        """
        if not hidden.any():
            return []
        parts, wanted = self._goals(hidden)
        equations = self._equations(hidden)
        enough = self.width - SLACK
        told = wanted & (self._at_most(equations) @ parts.T < enough)
        if told.any() and only_first:
            return np.flatnonzero(told.any(axis=1)).tolist()
        low, high = np.zeros(wanted.shape), np.zeros(wanted.shape)

        def learn(tables: Sequence[Array]) -> None:
            for table in tables:
                values = table @ parts.T
                np.minimum(low, values, out=low)
                np.maximum(high, values, out=high)

        def unsettled() -> Flags:
            return wanted & ~told & (high - low < enough)

        learn([table for table in self.possible if (np.abs(table[~hidden]) <= SLACK).all()])
        random, before = np.random.default_rng(0), wanted.size + AT_ONCE
        while 0 < (left := unsettled()).sum() <= before - AT_ONCE:  # as long as chance settles more than asking would
            before = left.sum()
            sizes = left / (1 + self.amounts @ parts.T)
            learn(self._farthest(hidden, equations, random.uniform(-1, 1, (AT_ONCE, *left.shape)) * sizes @ parts))
        for sign in (1.0, -1.0):
            asked = np.zeros(wanted.shape, dtype=bool)
            while (left := unsettled() & ~asked).any():
                some = np.argwhere(left)[:AT_ONCE]
                asked[tuple(some.T)] = True
                goals = np.zeros((len(some), *self.amounts.shape))
                goals[np.arange(len(some)), some[:, 0]] = sign * parts[some[:, 1]]
                learn(self._farthest(hidden, equations, goals))
        return np.flatnonzero((told | unsettled()).any(axis=1)).tolist()

    def _goals(self, hidden: Flags) -> tuple[Array, Flags]:
        """Outcomes alone and the parts of margins (parts × outcomes), and which are looked at (groups × parts)."""
        outcomes = self.amounts.shape[1]
        parts = [np.eye(outcomes)]
        wanted = [np.repeat(hidden[:, None], outcomes, axis=1)]
        for margin in self.margins:
            inside = np.isin(np.arange(outcomes), margin.outcomes)
            for part in (inside, ~inside):
                if part.any():
                    parts.append(part[None].astype(float))
                    wanted.append((hidden & ~margin.known)[:, None])
        every = np.concatenate(parts)
        open_ = (~self._forced_zeros(hidden)).astype(float)
        return every, np.concatenate(wanted, axis=1) & (open_ @ every.T > 0)

    def _forced_zeros(self, hidden: Flags) -> Flags:
        """Amounts that are 0 because something shown is 0: a parent, a margin, or the amount itself."""
        forced: Flags = (self.amounts == 0) & ~hidden[:, None]
        for margin in self.margins:
            nothing = margin.known & (self.amounts[:, list(margin.outcomes)].sum(axis=1) == 0)
            forced[np.ix_(nothing, list(margin.outcomes))] = True
        for line in sorted(self.lines, key=lambda line: line.parent):  # parents stand before their children
            if forced[line.parent].any():
                forced[list(line.children)] |= forced[line.parent]
        return forced

    def _equations(self, hidden: Flags) -> _Equations:
        """What is known of the hidden amounts."""
        outcomes = self.amounts.shape[1]
        terms: list[tuple[int, int, float]] = []
        count = 0
        for line in self.lines:
            members = [(child, 1.0) for child in line.children if hidden[child]]
            members += [(line.parent, -1.0)] if hidden[line.parent] else []
            for outcome in range(outcomes if members else 0):
                terms += [(count, group * outcomes + outcome, sign) for group, sign in members]
                count += 1
        for margin in self.margins:
            for group in np.flatnonzero(margin.known & hidden).tolist():
                terms += [(count, group * outcomes + outcome, 1.0) for outcome in margin.outcomes]
                count += 1
        equation, amount, sign = np.array(terms).reshape(-1, 3).T
        return _Equations(equation.astype(int), amount.astype(int), sign, max(count, 1))

    def _bounds(self) -> tuple[Array, Array]:
        """The least and the most that each amount can differ from the truth, before anything else is known."""
        truth = self.amounts.reshape(-1)
        return -truth, 2 * float(truth.max()) + 10 * self.width - truth

    def _at_most(self, equations: _Equations) -> Array:
        """How wide open each amount is at most (groups × outcomes), by equations looked at one at a time."""
        low, high = self._bounds()
        of, k, sign = equations.equation, equations.amount, equations.sign
        for _ in range(PASSES):
            least, most = np.where(sign > 0, low[k], -high[k]), np.where(sign > 0, high[k], -low[k])
            # A term is what the others leave of 0; they are at least, and at most, their bounds.
            above, below = least - np.bincount(of, least)[of], most - np.bincount(of, most)[of]
            np.minimum.at(high, k, np.where(sign > 0, above, -below))
            np.maximum.at(low, k, np.where(sign > 0, below, -above))
        return (high - low).reshape(self.amounts.shape)

    def _farthest(self, hidden: Flags, equations: _Equations, goals: Array) -> list[Array]:
        """For each goal (goals × groups × outcomes) a possible table that goes as far in its direction as any can."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import block_diag, csc_array

        amounts = np.flatnonzero(np.repeat(hidden, self.amounts.shape[1]))
        column = np.searchsorted(amounts, equations.amount)
        shape = (equations.count, len(amounts))
        matrix = csc_array((equations.sign, (equations.equation, column)), shape=shape)
        low, high = (np.tile(bound[amounts], len(goals)) for bound in self._bounds())
        wanted = goals.reshape(len(goals), -1)[:, amounts].reshape(-1)
        answer = milp(
            -wanted,
            constraints=LinearConstraint(block_diag([matrix] * len(goals), format="csc"), 0.0, 0.0),
            bounds=Bounds(low, high),
        )
        if answer.x is None:
            return []
        found = np.zeros((len(goals), self.amounts.size))
        found[:, amounts] = answer.x.reshape(len(goals), -1)
        tables = list(found.reshape(len(goals), *self.amounts.shape))
        self.possible.extend(tables)
        return tables
