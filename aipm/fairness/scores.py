"""Metrics of a score: its mean, the share above the median, how well it ranks, and whether it means what it says."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
from aipm.fairness.counts import Counts
from aipm.fairness.groups import Population, added_up
from aipm.fairness.measure import NO, YES, Known, Measured, rate, shares

Array = NDArray[np.float64]
CALIBRATION_BINS = 10


def mean_score(counts: Counts, population: Population, facts: Known) -> Measured:
    """Σ weight × score / Σ weight."""
    scored = counts.bin >= 0
    total, square = _by_group(counts, population, counts.weight * scored, counts.weight_squared * scored)
    sum_, sum_square = _by_group(counts, population, counts.score_sum, counts.score_square)
    bounds = (0.0, 1.0) if counts.scale is not None and counts.scale.is_probability else None
    return _mean("mean_score", sum_, sum_square, total, square * facts.factor, bounds=bounds)


def scoring_rate(counts: Counts, population: Population, facts: Known) -> Measured:
    """The share whose score lies strictly above the median score of all rows (6 RCNY § 5-300, New York)."""
    scored = counts.bin >= 0
    total, square, above = _by_group(
        counts, population, counts.weight * scored, counts.weight_squared * scored, counts.above_median
    )
    return rate("scoring_rate", *shares(above, total, None, square * facts.factor))


def ranking(counts: Counts, population: Population, facts: Known) -> dict[str, Measured]:
    """AUC: the chance that a random yes scores above a random no, ties counting half (Hanley & McNeil 1982)."""
    assert counts.scale is not None
    size = counts.scale.bins + 1
    yes, no = (histograms(counts, population, facts.label == which, size, counts.weight) for which in (YES, NO))
    yes_total, no_total = yes.sum(axis=1), no.sum(axis=1)
    yes_square, no_square = (
        _by_group(counts, population, counts.weight_squared * ((counts.bin >= 0) & (facts.label == which)))[0]
        for which in (YES, NO)
    )
    class_rows = (
        intervals.effective_size(yes_total, yes_square * facts.factor),
        intervals.effective_size(no_total, no_square * facts.factor),
    )
    value, low, high, rows = intervals.area_under_curve(yes, no, *class_rows)
    return {
        "auc": Measured(
            name="auc",
            value=value,
            numerator=np.full(len(value), np.nan),
            denominator=yes_total + no_total,
            low=low,
            high=high,
            rows=np.where(np.isfinite(rows), rows, 0.0),
            share=value,
            support=np.minimum(*class_rows),  # pairs inform more than rows, but not about a class that is hardly there
        )
    }


def calibration(counts: Counts, population: Population, facts: Known) -> dict[str, Measured]:
    """Brier score and expected calibration error, where scores are shares from 0 to 1."""
    assert counts.scale is not None
    if not counts.scale.is_probability:
        return {}
    used = (counts.bin >= 0) & (facts.label != 2)
    yes = facts.label == YES
    # (1 − s)² summed over the yes, s² over the no; within an entry the loss is taken as even.
    loss = counts.score_square + np.where(yes, counts.weight - 2 * counts.score_sum, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        loss_square = np.where(counts.weight > 0, loss**2 / counts.weight, 0.0)
    total, square, losses, losses_square = _by_group(
        counts, population, counts.weight * used, counts.weight_squared * used, loss * used, loss_square * used
    )
    brier = _mean("brier_score", losses, losses_square, total, square * facts.factor, bounds=(0.0, 1.0))
    coarse = np.minimum(np.maximum(counts.bin, 0) * CALIBRATION_BINS // counts.scale.bins, CALIBRATION_BINS - 1)
    size = len(counts.groups) * CALIBRATION_BINS
    place = counts.group * CALIBRATION_BINS + coarse
    weights, promised, came = (
        population.gather(added_up(place, amounts * used, size).reshape(-1, CALIBRATION_BINS))
        for amounts in (counts.weight, counts.score_sum, counts.weight * yes)
    )
    value, low, high, _ = intervals.calibration_error(weights, promised, came, brier.rows)
    return {
        "brier_score": brier,
        "calibration_error": Measured(
            name="calibration_error",
            value=value,
            numerator=np.abs(promised - came).sum(axis=1),
            denominator=total,
            low=low,
            high=high,
            rows=brier.rows,
        ),
    }


def _mean(
    name: str, sums: Array, squares: Array, total: Array, square: Array, *, bounds: tuple[float, float] | None
) -> Measured:
    rows = intervals.effective_size(total, square)
    value, low, high, error = intervals.mean(sums, squares, total, rows, bounds=bounds)
    return Measured(
        name=name, value=value, numerator=sums, denominator=total, low=low, high=high, rows=rows, error=error
    )


def _by_group(counts: Counts, population: Population, *amounts: Array) -> list[Array]:
    size = len(counts.groups)
    return [population.gather(added_up(counts.group, each, size)) for each in amounts]


def histograms(counts: Counts, population: Population, which: NDArray[np.bool_], bins: int, weight: Array) -> Array:
    """Groups × bins: the weight of the entries that are asked for."""
    chosen = which & (counts.bin >= 0)
    group, bin_, amounts = counts.group[chosen], counts.bin[chosen], weight[chosen]
    found = np.empty((len(population.groups), bins))
    found[0] = added_up(bin_, amounts, bins)
    for part in population.combinations:  # never cell groups × bins, which may be very many
        place = (part.member[group] - part.start) * bins + bin_
        found[part.start : part.stop] = added_up(place, amounts, (part.stop - part.start) * bins).reshape(-1, bins)
    return found


def histogram(counts: Counts, *, bars: int = 20) -> dict[str, dict[str | None, tuple[float, ...]]]:
    """How scores are spread: column -> value -> the share of the group in each of `bars` equal parts of the scale."""
    assert counts.scale is not None
    scored = counts.bin >= 0
    place = counts.group[scored] * bars + np.minimum(counts.bin[scored] * bars // counts.scale.bins, bars - 1)
    by_group = added_up(place, counts.weight[scored], len(counts.groups) * bars).reshape(-1, bars)
    found: dict[str, dict[str | None, tuple[float, ...]]] = {}
    for i, column in enumerate(counts.columns):
        rows: dict[str | None, Array] = dict.fromkeys(counts.values[i], np.zeros(bars))
        for group, amounts in zip(counts.groups, by_group, strict=True):
            rows[group[i]] = rows[group[i]] + amounts
        found[column] = {
            value: tuple((amounts / max(amounts.sum(), 1e-300)).tolist()) for value, amounts in rows.items()
        }
    return found
