"""Every group at every threshold at once: what is selected at or above each edge of the score, from counts alone."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import scores
from aipm.fairness.counts import Counts, answers
from aipm.fairness.estimates import estimates_of
from aipm.fairness.groups import Population, added_up, population
from aipm.fairness.measure import NO, UNKNOWN, YES, Measured, known, rate, shares
from aipm.fairness.metrics import COUNTS, RATES, Cells
from aipm.fairness.result import Estimate
from aipm.fairness.spec import AuditSpec

Array = NDArray[np.float64]
Index = NDArray[np.int64]
WITHOUT_LABEL = ("selection_rate",)
MOST_PLACES = 101
RATES_BY_NAME = {each.name: each for each in RATES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Scores at or above each edge count as a yes. Only people who have a score are in it.

    `edges`, ascending, are the thresholds that the counts can tell apart; the last is inf: nobody is selected.
    `weight` and `square`, shape 3 × groups × edges, are Σ weight and Σ weight² at or above each edge of those whose
    label says yes, no, nothing known. `factor` is the design effect of clusters, a group.
    """

    people: Population
    edges: Array
    weight: Array
    square: Array
    factor: Array
    labelled: bool
    start: int
    """The place of the threshold to begin with: the one asked for; else the one that comes nearest to the decisions."""

    def place(self, threshold: float) -> int:
        """The place of the edge nearest to a threshold; never the last, at which nobody is selected."""
        return int(np.abs(self.edges[:-1] - threshold).argmin())

    def of(self, groups: slice) -> "Sweep":
        """The same for some of the groups, as they stand in `people.groups`."""
        return replace(self, weight=self.weight[:, groups], square=self.square[:, groups], factor=self.factor[groups])


def sweep(counts: Counts, spec: AuditSpec, *, depth: int = 1) -> Sweep:
    """Add the counts up from the highest score down. `counts.scale` must be there. Raises Refusal."""
    assert counts.scale is not None
    label, prediction = answers(counts, spec)
    people = population(counts, depth)
    facts = known(counts, people, label, prediction, None)
    bins, edges = _places(counts)
    placed = replace(counts, bin=bins)

    def above(weight: Array) -> Array:
        """Label × groups × edges: what lies at or above each edge."""
        kinds = [
            scores.histograms(placed, people, facts.label == which, len(edges), weight) for which in (YES, NO, UNKNOWN)
        ]
        return np.cumsum(np.stack(kinds)[..., ::-1], axis=-1)[..., ::-1]

    weight = above(counts.weight)
    made = Sweep(
        people=people,
        edges=edges,
        weight=weight,
        square=weight if counts.weight_squared is counts.weight else above(counts.weight_squared),
        factor=facts.factor,
        labelled=label is not None,
        start=0,
    )
    if spec.threshold is not None:
        return replace(made, start=made.place(spec.threshold))
    if prediction is not None:
        return replace(made, start=_nearest(bins, facts.prediction, counts.weight, len(edges)))
    return replace(made, start=made.place(0.5 if counts.scale.is_probability else counts.median or 0.0))


def _places(counts: Counts) -> tuple[Index, Array]:
    """Where each entry's scores stand among the edges, and the edges.

    A threshold the rows were counted with may lie within a bin, which is then two: one below it and one from it on.
    """
    scale, threshold = counts.scale, counts.threshold
    assert scale is not None
    edges = np.array([*(scale.edge(number) for number in range(scale.bins + 1)), np.inf])
    if threshold is None or not scale.low < threshold < scale.high or threshold in edges:
        return counts.bin, edges
    place = int(np.searchsorted(edges, threshold))
    later = (counts.bin >= place) | ((counts.bin == place - 1) & counts.over)
    return counts.bin + later, np.insert(edges, place, threshold)


def _nearest(bins: Index, decided: Index, weight: Array, size: int) -> int:
    """The place at which scores say the same as the decisions for the most people; in a tie the highest."""

    def by_place(decision: int) -> Array:
        chosen = (decided == decision) & (bins >= 0)
        return added_up(bins[chosen], weight[chosen], size)

    yes, no = by_place(YES), by_place(NO)
    agreeing = np.cumsum(yes[::-1])[::-1] + np.cumsum(no) - no
    best = agreeing[:-1].max()
    return int(np.flatnonzero(agreeing[:-1] >= best * (1 - 1e-9))[-1])


def cells(above: Array, places: Index | None = None) -> Cells:
    """Confusion counts from what lies above each edge: groups × edges, or groups × 1 at each group's own place."""
    total = above[..., :1]
    over = above if places is None else np.take_along_axis(above, places[None, :, None], axis=-1)
    under = np.maximum(total - over, 0)  # sums of weights differ in their last bit
    everybody = np.broadcast_to(total, over.shape)
    return Cells(
        rows=everybody.sum(axis=0),
        tp=over[YES],
        fp=over[NO],
        tn=under[NO],
        fn=under[YES],
        selected=over.sum(axis=0),
        not_selected=under.sum(axis=0),
        positive=everybody[YES],
        negative=everybody[NO],
    )


def rates(found: Sweep, names: tuple[str, ...] | None = None, *, places: Index | None = None) -> dict[str, Measured]:
    """Rates of every group with their intervals: groups × edges, or groups × 1 at each group's own place."""
    if names is None:
        names = tuple(RATES_BY_NAME) if found.labelled else WITHOUT_LABEL
    weight, square = cells(found.weight, places), cells(found.square, places)
    factor = found.factor[:, None]
    made = {}
    for name in names:
        each = RATES_BY_NAME[name]
        squares = (part * factor for part in (each.numerator(square), each.denominator(square)))
        made[name] = rate(name, *shares(each.numerator(weight), each.denominator(weight), *squares))
    return made


def estimates(found: Sweep, places: Index) -> dict[str, list[Estimate]]:
    """Counts and rates of every group, each at its own place, with what is too thin to rate marked as such."""
    weight = cells(found.weight, places)
    nothing = np.full(len(places), np.nan)
    measured = {
        each.name: Measured(
            name=each.name, value=value, numerator=value, denominator=nothing, low=nothing, high=nothing, rows=value
        )
        for each in COUNTS
        if found.labelled or each.name == "count"
        for value in [each.of(weight).ravel()]
    }
    for name, each in rates(found, places=places).items():
        arrays = (each.value, each.numerator, each.denominator, each.low, each.high, each.rows)
        measured[name] = rate(name, *(array.ravel() for array in arrays))
    return {name: estimates_of(each) for name, each in measured.items()}


def at(found: Sweep, place: int) -> dict[str, list[Estimate]]:
    """Counts and rates of every group at one common place."""
    return estimates(found, np.full(found.weight.shape[1], place))


def thinned(found: Sweep, most: int = MOST_PLACES) -> Index:
    """At most so many places where anybody is won or lost, spread evenly, and besides the one to begin with."""
    selected = found.weight[:, 0].sum(axis=0)
    steps = np.flatnonzero(selected[:-1] > selected[1:])
    if len(steps) > most:
        even = np.linspace(found.edges[steps[0]], found.edges[steps[-1]], most)
        steps = np.unique([found.place(float(edge)) for edge in even])
    return np.union1d(steps, [found.start])
