"""Counts -> every metric of every group, with its interval: arrays over groups, no judgement yet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.answers import Answers
from aipm.fairness.counts import Counts
from aipm.fairness.groups import Population, added_up
from aipm.fairness.metrics import COUNTS, METRICS, RATES, Cells, Need

Array = NDArray[np.float64]
YES, NO, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One metric of every group, an entry each. NaN: not computable; a bound that nothing limits is inf.

    `rows` is the effective number that the value rests on. `share` is the proportion of those rows by which groups are
    tested for being equal (the value itself for a rate); `error` the standard error of a mean. A metric with neither
    is tested by its interval; one without denominators is a plain count and never compared.
    """

    name: str
    value: Array
    numerator: Array
    denominator: Array
    low: Array
    high: Array
    rows: Array
    share: Array | None = None
    error: Array | None = None
    support: Array | None = None
    """The rows by which a value is too thin to rate, where these are not `rows`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the counts tell about each group of the population: confusion counts, their Σ weight² design effect."""

    needs: frozenset[Need]
    weight: Cells
    square: Cells
    factor: Array
    label: NDArray[np.int64]
    """An entry of the counts: YES, NO or UNKNOWN."""
    prediction: NDArray[np.int64]


class RecountNeededError(Exception):
    """The threshold lies within a score bin: the rows must be counted again with it as an edge."""


def known(
    counts: Counts, population: Population, label: Answers | None, prediction: Answers | None, threshold: float | None
) -> Known:
    """Sort the counts into yes, no and unknown, and add them up to the groups of the population."""
    needs: set[Need] = {"rows"}
    said = _meanings(counts.labels, counts.label, label)
    if label is not None:
        needs.add("label")
    if prediction is not None:
        decided = _meanings(counts.predictions, counts.prediction, prediction)
    elif threshold is not None and counts.scale is not None:
        decided = np.where(counts.bin < 0, UNKNOWN, np.where(_over(counts, threshold), YES, NO))
    else:
        decided = np.full(len(counts.rows), UNKNOWN)
    if prediction is not None or (threshold is not None and counts.scale is not None):
        needs.add("prediction")
    if {"label", "prediction"} <= needs:
        needs.add("confusion")
    if counts.scale is not None:
        needs |= {"score", "label_score"} if label is not None else {"score"}
    size = len(counts.groups)
    place = (counts.group * 3 + said) * 3 + decided
    weight, square = (
        population.gather(added_up(place, amounts, size * 9).reshape(size, 3, 3))
        for amounts in (counts.weight, counts.weight_squared)
    )
    return Known(
        needs=frozenset(needs),
        weight=cells_of(weight),
        square=cells_of(square),
        factor=np.array([counts.cluster_factor.get(group, 1.0) for group in population.groups]),
        label=said,
        prediction=decided,
    )


def _meanings(cells: tuple[str, ...], index: NDArray[np.int64], answers: Answers | None) -> NDArray[np.int64]:
    if answers is None:
        return np.full(len(index), UNKNOWN)
    code = {True: YES, False: NO, None: UNKNOWN}
    return np.array([code[answers.meaning[cell]] for cell in cells])[index]


def _over(counts: Counts, threshold: float) -> NDArray[np.bool_]:
    """Whether each entry's scores reach the threshold. Raises RecountNeededError where its bin would be split."""
    assert counts.scale is not None
    if threshold == counts.threshold:
        return counts.over
    scale = counts.scale
    bin_ = round((threshold - scale.low) / (scale.high - scale.low) * scale.bins)
    if scale.edge(bin_) != threshold:
        raise RecountNeededError
    return counts.bin >= bin_


def cells_of(table: Array) -> Cells:
    """Groups × label × prediction -> the confusion counts by their names."""
    return Cells(
        rows=table.sum(axis=(1, 2)),
        tp=table[:, YES, YES],
        fp=table[:, NO, YES],
        tn=table[:, NO, NO],
        fn=table[:, YES, NO],
        selected=table[:, :, YES].sum(axis=1),
        not_selected=table[:, :, NO].sum(axis=1),
        positive=table[:, YES, :].sum(axis=1),
        negative=table[:, NO, :].sum(axis=1),
    )


def measure(counts: Counts, population: Population, facts: Known) -> dict[str, Measured]:
    """Every metric that the counts allow, by name."""
    from aipm.fairness.scores import calibration, mean_score, ranking, scoring_rate

    found: dict[str, Measured] = {}
    for count in COUNTS:
        if count.need in facts.needs:
            found[count.name] = _counted(count.name, count.of(facts.weight))
    found |= _rates(facts)
    if "confusion" in facts.needs:
        found |= _likelihood_ratios(found)
        found["f1"] = _f1(facts)
    if "score" in facts.needs:
        found["mean_score"] = mean_score(counts, population, facts)
        found["scoring_rate"] = scoring_rate(counts, population, facts)
    if "label_score" in facts.needs:
        found |= ranking(counts, population, facts) | calibration(counts, population, facts)
    return {name: found[name] for name in METRICS if name in found}


def _rates(facts: Known) -> dict[str, Measured]:
    """All rates that the counts allow, worked out together."""
    asked = [each for each in RATES if each.need in facts.needs]
    if not asked:
        return {}
    hits, hit_squares = (np.stack([each.numerator(x) for each in asked]) for x in (facts.weight, facts.square))
    totals, squares = (np.stack([each.denominator(x) for each in asked]) for x in (facts.weight, facts.square))
    whole = shares(hits, totals, hit_squares * facts.factor, squares * facts.factor)
    return {each.name: rate(each.name, *(part[i] for part in whole)) for i, each in enumerate(asked)}


def shares(hits: Array, totals: Array, hit_squares: Array | None, squares: Array) -> tuple[Array, ...]:
    """Shares of any shape with their intervals: the numbers that make a `rate`.

    `squares` is Σ weight² of the total, times the design effect of clusters; `hit_squares` that of the hits, if known.
    """
    rows = intervals.effective_size(totals, squares, None if hit_squares is None else hits, hit_squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(totals > 0, hits / totals, np.nan)
    low, high = intervals.wilson(value * rows, rows)
    return value, hits, totals, low, high, rows


def rate(name: str, value: Array, hits: Array, totals: Array, low: Array, high: Array, rows: Array) -> Measured:
    """A share, by which groups can be tested as they stand."""
    return Measured(
        name=name, value=value, numerator=hits, denominator=totals, low=low, high=high, rows=rows, share=value
    )


def _counted(name: str, value: Array) -> Measured:
    nothing = np.full(len(value), np.nan)
    return Measured(name=name, value=value, numerator=value, denominator=nothing, low=nothing, high=nothing, rows=value)


def _likelihood_ratios(found: dict[str, Measured]) -> dict[str, Measured]:
    """LR+ = TPR / FPR and LR− = FNR / TNR: ratios of two independent shares."""
    made = {}
    for name, above, below in (
        ("positive_likelihood_ratio", "true_positive_rate", "false_positive_rate"),
        ("negative_likelihood_ratio", "false_negative_rate", "true_negative_rate"),
    ):
        top, bottom = found[above], found[below]
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(bottom.value > 0, top.value / bottom.value, np.nan)
        low, high = intervals.donner_zou(top.value * top.rows, top.rows, bottom.value * bottom.rows, bottom.rows)
        made[name] = Measured(
            name=name,
            value=value,
            numerator=top.value,
            denominator=bottom.value,
            low=np.where(np.isfinite(value), low, np.nan),
            high=np.where(np.isfinite(value), high, np.nan),
            rows=np.minimum(top.rows, bottom.rows),
        )
    return made


def _f1(facts: Known) -> Measured:
    """F1 from q = TP / (TP + FP + FN), a rate: F1 = 2q / (1 + q)."""
    hits, errors = facts.weight.tp, facts.weight.fp + facts.weight.fn
    hit_square, error_square = facts.square.tp * facts.factor, (facts.square.fp + facts.square.fn) * facts.factor
    rows = intervals.effective_size(hits + errors, hit_square + error_square, hits, hit_square)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(rows > 0, hits / (hits + errors), np.nan)
    value, low, high = intervals.f1(share * rows, (1 - share) * rows)
    return Measured(
        name="f1",
        value=value,
        numerator=2 * hits,
        denominator=2 * hits + errors,
        low=low,
        high=high,
        rows=rows,
        share=share,
    )
