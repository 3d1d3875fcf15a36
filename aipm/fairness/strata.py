"""People alike in something that may rightly count: rates of every group within each stratum of one or two factors.

A factor is one more group column of the same single group-by; what follows works on its counts alone.
"""

from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.audit import DEFAULT_THRESHOLD
from aipm.fairness.columns import MOST_UNBINNED
from aipm.fairness.counts import Counts, answers
from aipm.fairness.groups import Combination, Population
from aipm.fairness.measure import known
from aipm.fairness.metrics import RATES, Cells
from aipm.fairness.references import references
from aipm.fairness.spec import AuditSpec, Group
from aipm.tables import Refusal
from aipm.tables.types import ColumnType

Array = NDArray[np.float64]
Index = NDArray[np.int64]

MOST_FACTORS = 2
FEWEST_VALUES, MOST_VALUES = 2, 30
MOST_PLACES = 20_000
"""Groups of a column × strata: more cannot be looked at with any honesty, nor quickly."""
COMPARED = ("selection_rate", "base_rate", "true_positive_rate", "false_positive_rate", "precision")


def candidates(types: tuple[ColumnType, ...], spec: AuditSpec) -> tuple[str, ...]:
    """Columns that people could be alike in: of few values, or a quantity to be cut into bins; none with a role yet."""
    roles = {*spec.groups, *_answers(spec), *(column for column, _ in spec.where)}
    few = [t.name for t in types if FEWEST_VALUES <= t.distinct <= MOST_VALUES and t.kind != "date"]
    quantities = [
        t.name for t in types if t.kind in ("number", "whole_number") and MOST_UNBINNED < t.distinct < 0.9 * t.filled
    ]
    return tuple(dict.fromkeys(name for name in (*few, *quantities) if name not in roles))


def _answers(spec: AuditSpec) -> tuple[str | None, ...]:
    return spec.label, spec.prediction, spec.score, spec.weight, spec.cluster


def with_factors(
    spec: AuditSpec, factors: tuple[str, ...], bins: tuple[tuple[str, tuple[float, ...]], ...] = ()
) -> AuditSpec:
    """What to count so that people can be compared within the factors' values. Raises Refusal.

    A score is counted only where it decides.
    """
    if not 1 <= len(set(factors)) == len(factors) <= MOST_FACTORS:
        raise Refusal("bad_factors", "People can be compared within one or two different columns.")
    if taken := {*factors} & {*spec.groups, *_answers(spec)}:
        raise Refusal(
            "factor_has_a_role",
            f"{len(taken)} of the columns to compare within already has another role in this audit.",
            advice="Compare within a column that is neither a group, the decision, the outcome nor the score.",
        )
    decides = spec.prediction is None
    return replace(
        spec,
        groups=(*spec.groups, *factors),
        bins=(*spec.bins, *bins),
        depth=1,
        score=spec.score if decides else None,
        threshold=spec.threshold if decides else None,
    )


Place = tuple[Index | slice | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Shares as sums: Σ weight and Σ weight² of the hits and of all; any shape."""

    hits: Array
    totals: Array
    hit_squares: Array
    squares: Array

    def rows(self, factor: Array) -> Array:
        """The effective number of rows under a design effect of clusters."""
        return intervals.effective_size(self.totals, self.squares * factor, self.hits, self.hit_squares * factor)

    def at(self, index: Place) -> "Amounts":
        """Some of them, by any index of an array."""
        hits, totals, hit_squares, squares = (
            np.asarray(each[index], dtype=np.float64)
            for each in (self.hits, self.totals, self.hit_squares, self.squares)
        )
        return Amounts(hits=hits, totals=totals, hit_squares=hit_squares, squares=squares)

    def less(self, part: "Amounts") -> "Amounts":
        """What remains without a part of them."""
        return Amounts(
            hits=np.maximum(self.hits - part.hits, 0),
            totals=np.maximum(self.totals - part.totals, 0),
            hit_squares=np.maximum(self.hit_squares - part.hit_squares, 0),
            squares=np.maximum(self.squares - part.squares, 0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """One group column within the strata: metrics × groups × strata, and the same without strata or groups.

    `reference` is that of every metric and group: its place among `groups`, `REST` for everybody else, `NONE` for none.
    """

    column: str
    groups: tuple[Group, ...]
    strata: tuple[Group, ...]
    metrics: tuple[str, ...]
    within: Amounts
    everybody: Amounts
    """metrics × strata"""
    whole: Amounts
    """metrics × groups"""
    factor: Array
    """Design effect of clusters, groups × strata."""
    whole_factor: Array
    rest_factor: Array
    """Of everybody, strata."""
    whole_rest_factor: float
    reference: Index


NONE, REST = -1, -2


def strata(counts: Counts, spec: AuditSpec, column: str, factors: tuple[str, ...]) -> Strata:
    """Sort the counts into groups and strata. `spec` is the one they were counted by (`with_factors`).

    Raises Refusal where a value's meaning is unknown or there are too many strata, RecountNeededError where the
    threshold lies within a score bin.
    """
    places = [counts.columns.index(name) for name in (column, *factors)]
    values = counts.values[places[0]]
    cells = list(map(itemgetter(*places), counts.groups))
    ranks = [{value: k for k, value in enumerate(counts.values[place])} for place in places[1:]]
    different = sorted(
        {cell[1:] for cell in cells}, key=lambda cell: [rank[v] for rank, v in zip(ranks, cell, strict=True)]
    )
    size, many = len(values), len(different)
    if size * many > MOST_PLACES:
        raise Refusal(
            "too_many_strata",
            f"There are {many:,} different kinds of people to compare within, too many.",
            advice="Choose one column only, or one with fewer values.",
        )
    groups: list[Group] = [((column, value),) for value in values]
    kinds: list[Group] = [tuple(zip(factors, cell, strict=True)) for cell in different]
    group_at, kind_at = ({value: k for k, value in enumerate(each)} for each in (values, different))
    group, kind = np.array([group_at[cell[0]] for cell in cells]), np.array([kind_at[cell[1:]] for cell in cells])
    start = 1 + size
    people = Population(
        groups=((), *groups, *kinds, *((*each, *one) for each in groups for one in kinds)),
        combinations=(
            Combination(columns=(column,), start=1, stop=start, member=1 + group),
            Combination(columns=factors, start=start, stop=start + many, member=start + kind),
            Combination(
                columns=(column, *factors),
                start=start + many,
                stop=start + many + size * many,
                member=start + many + group * many + kind,
            ),
        ),
    )
    label, prediction = answers(counts, spec)
    threshold = spec.threshold if prediction is None else None
    if prediction is None and threshold is None and counts.scale is not None and counts.scale.is_probability:
        threshold = DEFAULT_THRESHOLD
    facts = known(counts, people, label, prediction, threshold)
    asked = sorted(
        (each for each in RATES if each.name in COMPARED and each.need in facts.needs),
        key=lambda each: COMPARED.index(each.name),
    )
    if not asked:
        raise Refusal("nothing_to_compare", "Without a decision or an outcome there is no rate to compare.")

    def sums(of: Cells) -> tuple[Array, Array]:
        return np.stack([each.numerator(of) for each in asked]), np.stack([each.denominator(of) for each in asked])

    hits, totals = sums(facts.weight)
    hit_squares, squares = sums(facts.square)
    every = Amounts(hits=hits, totals=totals, hit_squares=hit_squares, squares=squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = np.where(totals > 0, hits / totals, np.nan)[:, :start]
    alone = Population(groups=people.groups[:start], combinations=people.combinations[:1])
    chosen = references(rates, facts.weight.rows[:start], alone, spec)[:, 1:]
    inner = every.at((slice(None), slice(start + many, None)))
    shape = (len(asked), size, many)
    return Strata(
        column=column,
        groups=tuple(groups),
        strata=tuple(kinds),
        metrics=tuple(each.name for each in asked),
        within=Amounts(
            hits=inner.hits.reshape(shape),
            totals=inner.totals.reshape(shape),
            hit_squares=inner.hit_squares.reshape(shape),
            squares=inner.squares.reshape(shape),
        ),
        everybody=every.at((slice(None), slice(start, start + many))),
        whole=every.at((slice(None), slice(1, start))),
        factor=facts.factor[start + many :].reshape(size, many),
        whole_factor=facts.factor[1:start],
        rest_factor=facts.factor[start : start + many],
        whole_rest_factor=float(facts.factor[0]),
        reference=np.where(chosen == 0, REST, np.where(chosen < 0, NONE, chosen - 1)),
    )
