"""What would unseat the winner of a ranking, in the words of the question: criteria, values and names."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aipm.selection.candidates import Problem
from aipm.selection.criteria import Criterion
from aipm.selection.normalise import Normalisation, value_at
from aipm.selection.prepared import Prepared, prepare
from aipm.selection.ranked import RankSpec, ValueTipping, WeightTipping
from aipm.selection.tipping import searched_value, value_lead, weight_tips
from aipm.tables import Refusal

Floats = NDArray[np.float64]

MOST_SEARCHED = 300
"""Candidates up to which the winner's values are searched for what unseats it, where no formula says it."""
_STEPS = np.geomspace(1e-3, 1, 60)


def tipping(
    ready: Prepared, given: Problem, spec: RankSpec, kind: Normalisation, places: Sequence[int]
) -> tuple[tuple[WeightTipping, ...], tuple[ValueTipping, ...]]:
    """What unseats the winner; nothing where several share the first place, or nobody else is there."""
    if not spec.tipping or ready.scorer is None or len(places) < 2 or places.count(1) != 1:
        return (), ()
    winner = places.index(1)
    weights = tuple(
        WeightTipping(
            criterion=ready.criteria[tip.criterion].name,
            weight=tip.weight,
            at=tip.at,
            change=tip.change,
            by=given.names[tip.by],
            exact=tip.exact,
        )
        for tip in weight_tips(ready.scorer, ready.weights, winner)
    )
    found = [
        tip for k in range(len(ready.criteria)) if (tip := _value_tip(ready, given, spec, kind, k, winner)) is not None
    ]
    return weights, tuple(sorted(found, key=lambda tip: np.inf if tip.relative is None else abs(tip.relative)))


def _value_tip(
    ready: Prepared, given: Problem, spec: RankSpec, kind: Normalisation, k: int, winner: int
) -> ValueTipping | None:
    """Solved for a sum between stated ends; otherwise searched, with everything scored anew at each step."""
    scorer, criterion = ready.scorer, ready.criteria[k]
    assert scorer is not None
    column = int(ready.columns[k])
    value = float(given.values[winner, column])
    if scorer.parts is not None and kind == "min_max" and ready.ends[k].stated:
        lead = value_lead(-scorer.parts if scorer.ascending else scorer.parts, ready.weights, winner)
        assert lead is not None
        place = float(ready.matrix[winner, k] - lead[0][k])
        if place < 0:
            return None
        at, by, exact = value_at(place, ready.ends[k]), lead[1], True
    elif len(given.names) > MOST_SEARCHED:
        return None
    else:
        values = given.values.copy()

        def first(level: float) -> int | None:
            values[winner, column] = level
            try:
                now = prepare(values, given.criteria, spec, kind)
            except Refusal:
                return None
            if now.scorer is None:
                return winner
            gain = now.scorer.gain(now.weights[None])[0]
            return int(gain.argmax()) if gain.max() - gain[winner] > now.scorer.tolerance else winner

        tip = searched_value(first, value, _worse(given.values[:, column], value, criterion), winner)
        if tip is None:
            return None
        at, by, exact = *tip, False
    return ValueTipping(
        criterion=criterion.name,
        value=value,
        at=at,
        change=at - value,
        relative=(at - value) / abs(value) if value else None,
        by=given.names[by],
        exact=exact,
    )


def _worse(column: Floats, value: float, criterion: Criterion) -> Floats:
    """Steps from a value to worse ones: up to ten times itself or the spread, but not below 0 where nothing is."""
    reach = 10 * max(abs(value), float(np.ptp(column)))
    if criterion.direction == "min":
        return np.asarray(value + reach * _STEPS)
    return np.asarray(value - (value if column.min() >= 0 else reach) * _STEPS)
