"""Counts by group and factor -> every group beside its reference among people who are alike, judged."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals, significance, strata_tests
from aipm.fairness.compare import KINDS, LEVEL, ruled
from aipm.fairness.counts import Counts
from aipm.fairness.estimates import estimates_of
from aipm.fairness.measure import rate
from aipm.fairness.pairs import ENOUGH_ROWS, WIDEST
from aipm.fairness.result import Estimate
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.strata import NONE, REST, Amounts, Strata, strata
from aipm.fairness.strata_pairs import Hides, Part, Two, paired
from aipm.fairness.strata_result import REST as EVERYBODY_ELSE
from aipm.fairness.strata_result import (
    Common,
    CommonStatus,
    LikeComparison,
    LikeWithLike,
    Side,
    Standard,
    Within,
    maybe,
)

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def like_with_like(
    counts: Counts,
    spec: AuditSpec,
    factors: tuple[str, ...],
    *,
    standard: Standard = "everybody",
    hides: Hides | None = None,
) -> LikeWithLike:
    """Compare within the strata of the factors; `counts` and `spec` are those of `strata.with_factors`.

    Chance is judged after every look at the same rate: Holm over all groups of all columns. What `hides` says takes no
    part at all. Raises Refusal, or RecountNeededError where the threshold lies within a score bin.
    """
    columns = tuple(name for name in spec.groups if name not in factors)
    parts = [paired(strata(counts, spec, column, factors), standard, hides) for column in columns]
    looks = np.cumsum([0, *(len(part.strata.groups) for part in parts)])
    crude, alike = (
        significance.holm(np.concatenate([getattr(part, name).p_value for part in parts], axis=1))
        for name in ("crude", "standardised")
    )
    found = [
        each
        for part, start, stop in zip(parts, looks, looks[1:], strict=False)
        for each in _comparisons(part, crude[:, start:stop], alike[:, start:stop], spec.tolerance)
    ]
    return LikeWithLike(
        factors=factors,
        standard=standard,
        strata=parts[0].strata.strata,
        comparisons=tuple(found),
        weighted=spec.weight is not None,
        clustered=any(factor > 1 for factor in counts.cluster_factor.values()),
    )


def _comparisons(part: Part, crude: Array, alike: Array, tolerance: float) -> Iterator[LikeComparison]:
    """One a metric and group that has a reference other than itself."""
    found = part.strata
    itself = np.arange(len(found.groups)) == found.reference
    sides = [
        _sides(two, adjusted, found.metrics, tolerance)
        for two, adjusted in ((part.crude, crude), (part.standardised, alike))
    ]
    common = _commons(part)
    low, high = zip(
        *(_wilson(a, rows) for a, rows in ((part.own, part.rows[0]), (part.other, part.rows[1]))), strict=True
    )
    counts = [
        a.hits / np.where(a.totals > 0, a.totals, 1) * rows
        for a, rows in ((part.own, part.rows[0]), (part.other, part.rows[1]))
    ]
    difference = intervals.newcombe(counts[0], part.rows[0], counts[1], part.rows[1])
    for i, metric in enumerate(found.metrics):
        for j, group in enumerate(found.groups):
            if found.reference[i, j] == NONE or itself[i, j]:
                continue
            out = ~part.comparable[i, j]
            yield LikeComparison(
                metric=metric,
                group=group,
                reference=_named(found, i, j),
                crude=sides[0](i, j),
                standardised=sides[1](i, j),
                alike=(maybe(part.alike[0][i, j]), maybe(part.alike[1][i, j])),
                statistic=maybe(part.statistic[i, j]),
                odds_ratio=common[0](i, j),
                risk_ratio=common[1](i, j),
                risk_difference=common[2](i, j),
                covered=float(part.covered[i, j]),
                left_out=(float(part.own.totals[i, j][out].sum()), float(part.other.totals[i, j][out].sum())),
                strata=found.strata,
                within=Within(
                    hits=(part.own.hits[i, j], part.other.hits[i, j]),
                    totals=(part.own.totals[i, j], part.other.totals[i, j]),
                    rows=(part.rows[0][i, j], part.rows[1][i, j]),
                    low=(low[0][i, j], low[1][i, j]),
                    high=(high[0][i, j], high[1][i, j]),
                    difference_low=difference[0][i, j],
                    difference_high=difference[1][i, j],
                    share=part.share[i, j],
                    comparable=part.comparable[i, j],
                ),
            )


def _named(found: Strata, i: int, j: int) -> Group:
    place = int(found.reference[i, j])
    return EVERYBODY_ELSE if place == REST else found.groups[place]


def _wilson(amounts: Amounts, rows: Array) -> tuple[Array, Array]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return intervals.wilson(np.where(amounts.totals > 0, amounts.hits / amounts.totals, 0) * rows, rows)


def _sides(two: Two, adjusted: Array, metrics: tuple[str, ...], tolerance: float) -> Callable[[int, int], Side]:
    """The two rates, what lies between them, and the verdict by the rule of every comparison."""
    (value, other), (rows, other_rows) = two.value, two.rows
    hits, other_hits = (np.nan_to_num(v) * n for v, n in ((value, rows), (other, other_rows)))
    bounds = [intervals.wilson(h, n) for h, n in ((hits, rows), (other_hits, other_rows))]
    difference = intervals.newcombe(hits, rows, other_hits, other_rows)
    low, high = intervals.donner_zou(hits, rows, other_hits, other_rows)
    wide = np.maximum(bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0]) > WIDEST
    thin = (np.minimum(*two.support) < ENOUGH_ROWS) | wide
    ratio, kind = ruled(value, other, (low, high), adjusted, rated=two.rated, thin=thin, tolerance=tolerance)
    estimates = [_estimates(two, bounds[k], k, metrics) for k in (0, 1)]

    def side(i: int, j: int) -> Side:
        verdict, reason = KINDS[kind[i, j]]
        first, second = (each[i][j] for each in estimates)
        known = first.value is not None and second.value is not None
        return Side(
            group=first,
            reference=second,
            difference=maybe(value[i, j] - other[i, j]),
            difference_low=maybe(difference[0][i, j]) if known else None,
            difference_high=maybe(difference[1][i, j]) if known else None,
            ratio=maybe(ratio[i, j]),
            low=maybe(low[i, j]) if np.isfinite(ratio[i, j]) else None,
            high=maybe(high[i, j]) if np.isfinite(ratio[i, j]) else None,
            p_value=maybe(two.p_value[i, j]),
            p_adjusted=maybe(adjusted[i, j]),
            verdict=verdict,
            reason=reason,
        )

    return side


def _estimates(two: Two, bounds: tuple[Array, Array], k: int, metrics: tuple[str, ...]) -> list[list[Estimate]]:
    """One side as numbers; where it was put together from strata it has no numerator and denominator of its own."""
    support = two.support[k]
    hits, totals = (two.value[k] * support, support) if two.sums is None else (two.sums[k].hits, two.sums[k].totals)
    made = [
        estimates_of(rate(name, *each))
        for name, *each in zip(metrics, two.value[k], hits, totals, *bounds, support, strict=True)
    ]
    return made if two.sums else [[replace(each, numerator=None, denominator=None) for each in row] for row in made]


def _commons(part: Part) -> tuple[Callable[[int, int], Common], ...]:
    """One number for all strata, three ways, and whether the strata agree on it."""
    tests = strata_tests
    ways = (
        (tests.odds_ratio(*part.pooled), tests.equal_odds_ratios(*part.pooled)[1]),
        (tests.risk_ratio(*part.pooled), tests.equal_ratios(*part.pooled)),
        (tests.risk_difference(*part.pooled), tests.equal_differences(*part.pooled)),
    )
    return tuple(_common(bounded, agree, part.standardised.rated) for bounded, agree in ways)


def _common(bounded: tuple[Array, Array, Array], agree: Array, enough: Mask) -> Callable[[int, int], Common]:
    def common(i: int, j: int) -> Common:
        value, low, high = (maybe(each[i, j]) for each in bounded)
        status: CommonStatus = "ok" if enough[i, j] else "not_enough_data"
        if value is None:
            status = "not_computable"
        elif agree[i, j] < LEVEL:
            status, value, low, high = "strata_disagree", None, None, None
        return Common(value=value, low=low, high=high, agree=maybe(agree[i, j]), status=status)

    return common
