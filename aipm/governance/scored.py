"""Cases by their score and how they turned out: counted once from a table, or made up.

A case lies in one of a thousand bins of the score; after that no row is looked at again. A threshold is the lower edge
of a bin: what scores that much or more is answered with yes.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aipm.tables import Refusal
from aipm.tables.table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BINS = 1_000
SAMPLES, SEED = 200, 1
MOST_OUTCOMES = 50
LEAST_EACH = 10
"""Cases of either outcome, under which a curve says too little to choose by."""
NO_ANSWER = ("", "na", "n/a", "nan", "null", "none", "nil", "?", "-")
CROWDED = 20
"""Fewer filled bins than this, and most thresholds are the same one."""


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Cases by bin of their score: how many turned out yes, and how many no. `step` is the width of a bin."""

    low: float
    step: float
    yes: tuple[int, ...]
    no: tuple[int, ...]
    left_out: int = 0
    """Rows without a number for a score, or without an outcome."""

    @cached_property
    def cases(self) -> int:
        return sum(self.yes) + sum(self.no)

    @cached_property
    def share_of_yes(self) -> float:
        return sum(self.yes) / self.cases

    @property
    def high(self) -> float:
        return self.edge(len(self.yes))

    def edge(self, place: int) -> float:
        """The threshold at a place from 0 (all are yes) to the number of bins (none is)."""
        return round(self.low + place * self.step, 10)

    def place(self, threshold: float) -> int:
        """The place of the threshold that lies nearest."""
        return min(max(round((threshold - self.low) / self.step), 0), len(self.yes))

    @cached_property
    def right_yes(self) -> "Array":
        """The share of the true yes that is found, by place: from 1 down to 0."""
        return at_least(self.yes)

    @cached_property
    def false_yes(self) -> "Array":
        """The share of the true no that is called yes, by place: from 1 down to 0."""
        return at_least(self.no)

    @cached_property
    def redrawn(self) -> "tuple[Array, Array]":
        """`right_yes` and `false_yes` of other samples drawn from these cases, as many of each outcome; a row each."""
        import numpy as np

        chance = np.random.default_rng(SEED)
        found = []
        for part in (self.yes, self.no):
            shares = np.array(part) / sum(part)
            found.append(np.array([at_least(each) for each in chance.multinomial(sum(part), shares, SAMPLES)]))
        return found[0], found[1]

    @cached_property
    def ranks(self) -> float:
        """Of a yes and a no drawn by chance, how often the yes scores higher (area under the ROC curve)."""
        import numpy as np

        return float(-np.trapezoid(self.right_yes, self.false_yes))


def counted(table: Table, *, score: str, outcome: str, yes: tuple[str, ...]) -> Scores:
    """Count a table's cases by bin. `yes`: the values of the outcome that mean yes. Raises Refusal.

    Numbers may be written 0.5, 0,5 or 50%.
    """
    import numpy as np

    with table.opened() as open_table:
        return _counted(open_table, score, outcome, yes, np)


def _counted(table: Table, score: str, outcome: str, yes: tuple[str, ...], np: Any) -> Scores:
    cell, answer = table.column(score), table.column(outcome)
    sql = f"""
        SELECT s, trim(a) IN (SELECT unnest(?)) AS y, lower(trim(a)) IN (SELECT unnest(?)) AS gone, n
        FROM (SELECT {_number(cell)} AS s, {answer} AS a, count(*) AS n FROM cells GROUP BY ALL)"""  # noqa: S608 - holds the engine's own names of columns (c0, c1, …) only
    found = table.query(sql, [list(yes), list(NO_ANSWER)])
    values = found.column("s").to_numpy(zero_copy_only=False).astype(float)
    kept = np.isfinite(values) & ~found.column("gone").to_numpy(zero_copy_only=False).astype(bool)
    amounts = found.column("n").to_numpy().astype(np.int64)
    if not kept.any():
        raise Refusal(
            "no_scores",
            "No row holds both a score and an outcome.",
            advice="Choose a column of numbers as the score and one with the true answer as the outcome.",
        )
    is_yes = found.column("y").to_numpy(zero_copy_only=False).astype(bool)
    low, step, bins = _scale(values[kept], np)
    place = np.clip(np.floor((values[kept] - low) / step + 1e-9).astype(np.int64), 0, bins - 1)
    by_outcome = [
        np.bincount(place[of], weights=amounts[kept][of], minlength=bins).astype(np.int64)
        for of in (is_yes[kept], ~is_yes[kept])
    ]
    if not all(each.any() for each in by_outcome):
        raise Refusal(
            "one_outcome",
            "All cases have the same outcome, so there is nothing to tell apart.",
            advice="Choose the values that mean yes again, or another outcome column.",
        )
    return Scores(
        low=low,
        step=step,
        yes=tuple(by_outcome[0].tolist()),
        no=tuple(by_outcome[1].tolist()),
        left_out=int(amounts[~kept].sum()),
    )


def outcomes(table: Table, column: str) -> tuple[str, ...]:
    """The values of an outcome column, the commonest first, without those that are no answer. Raises Refusal."""
    cell = table.column(column)
    found = table.query(
        f"SELECT trim({cell}) AS v FROM cells WHERE lower(trim({cell})) NOT IN (SELECT unnest(?)) "  # noqa: S608 - c0, c1, …
        f"GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MOST_OUTCOMES + 1}",
        [list(NO_ANSWER)],
    )
    values = tuple(found.column("v").to_pylist())
    if len(values) > MOST_OUTCOMES:
        raise Refusal(
            "many_outcomes",
            f"The outcome has more than {MOST_OUTCOMES} different values; it must say yes or no.",
            advice="Choose the column that says how each case turned out.",
        )
    return values


def made_up(*, cases: int = 4_000, share_of_yes: float = 0.1, seed: int = 20261101) -> Scores:
    """A made-up sample: the yes score higher on average, by 1.8 standard deviations of a bell curve, and overlap."""
    import numpy as np

    chance = np.random.default_rng(seed)
    yes = round(cases * share_of_yes)
    parts = []
    for count, centre in ((yes, 0.6), (cases - yes, -1.2)):
        scores = 1 / (1 + np.exp(-chance.normal(centre, 1.0, count)))
        parts.append(np.bincount(np.minimum((scores * BINS).astype(int), BINS - 1), minlength=BINS))
    return Scores(low=0.0, step=1 / BINS, yes=tuple(parts[0].tolist()), no=tuple(parts[1].tolist()))


def at_least(counts: Any) -> "Array":
    """The share of all that lies in a bin or above it, by bin, and 0 at the end."""
    import numpy as np

    above = np.concatenate([np.cumsum(np.asarray(counts)[::-1])[::-1], [0]])
    shares: Array = above / above[0]
    return shares


def _number(cell: str) -> str:
    """SQL for a cell as a number, written 0.5, 0,5 or 50%."""
    bare = f"trim(replace(replace({cell}, '%', ''), ',', '.'))"
    share = f"CASE WHEN {cell} LIKE '%\\%' ESCAPE '\\' THEN 100 ELSE 1 END"
    return f"COALESCE(TRY_CAST({cell} AS DOUBLE), TRY_CAST({bare} AS DOUBLE) / ({share}))"


def _scale(values: Any, np: Any) -> tuple[float, float, int]:
    """Lowest score, width of a bin and number of bins: shares from 0 to 1, whole numbers one by one, else the range."""
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 1:
        return 0.0, 1 / BINS, BINS
    if (values == np.round(values)).all() and high - low <= BINS:
        return low, 1.0, int(high - low) + 1
    return low, (high - low or 1.0) / BINS, BINS
