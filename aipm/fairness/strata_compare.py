"""Counts by group and factor -> every group beside its reference among people who are alike, judged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals, significance, strata_tests
from aipm.fairness.compare import KINDS, LEVEL
from aipm.fairness.counts import Counts
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS, WIDEST
from aipm.fairness.result import Estimate
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.strata import NONE, REST, Amounts, Strata, strata
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
    rated,
)

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Hides = Callable[[Strata], Mask]
"""Which places, metrics × groups × strata, must not be shown."""


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
    parts = [_paired(strata(counts, spec, column, factors), standard, hides) for column in columns]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Two:
    """A rate of the group and of its reference, metrics × groups: value, effective rows and, apart, people."""

    value: tuple[Array, Array]
    rows: tuple[Array, Array]
    support: tuple[Array, Array]
    sums: tuple[Amounts, Amounts] | None
    p_value: Array
    rated: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One group column: arrays metrics × groups (× strata), each group beside its reference."""

    strata: Strata
    own: Amounts
    other: Amounts
    rows: tuple[Array, Array]
    pooled: tuple[Array, Array, Array, Array]
    """hits, rows, reference's hits, reference's rows, 0 where there is nothing to compare with."""
    comparable: Mask
    share: Array
    covered: Array
    crude: _Two
    alike: tuple[Array, Array]
    standardised: _Two
    statistic: Array


def _paired(found: Strata, standard: Standard, hides: Hides | None) -> _Part:
    shown = np.ones(found.within.totals.shape, dtype=bool) if hides is None else ~hides(found)
    place = np.maximum(found.reference, 0)
    rest = (found.reference == REST)[:, :, None]
    metric = np.arange(len(found.metrics))[:, None]
    named = found.within.at((metric, place))
    everybody = found.everybody.at((slice(None), None))
    others = everybody.less(found.within)
    other = Amounts(**{name: np.where(rest, getattr(others, name), getattr(named, name)) for name in Amounts.__slots__})
    factor = np.broadcast_to(found.factor, found.within.totals.shape)
    other_factor = np.where(rest, found.rest_factor, found.factor[place])
    whole, whole_other = found.whole_factor, found.whole_factor[place]
    rows = found.within.rows(factor), other.rows(other_factor)
    seen = shown & np.where(rest, shown, shown[metric, place])
    comparable = (rows[0] > 0) & (rows[1] > 0) & seen & (found.reference != NONE)[:, :, None]
    # A person with rows in several strata: all of them together count as the group's clusters do.
    sizes = (
        found.within.rows(np.maximum(factor, whole[:, None])),
        other.rows(np.maximum(other_factor, np.where(rest, 1.0, whole_other[..., None]))),
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = [np.where(a.totals > 0, a.hits / a.totals, 0.0) for a in (found.within, other)]
        used = [np.where(comparable, size, 0.0) for size in sizes]
        pooled = (rates[0] * used[0], used[0], rates[1] * used[1], used[1])
        people = everybody.totals if standard == "everybody" else other.totals
        people = np.broadcast_to(people, comparable.shape)
        weight = np.where(comparable, people, 0.0)
        covered = weight.sum(-1) / people.sum(-1)
        share = weight / weight.sum(-1, keepdims=True)
        alike = tuple(
            np.where(comparable, a.hits, 0).sum(-1) / np.where(comparable, a.totals, 0).sum(-1)
            for a in (found.within, other)
        )
    support = (used[0].sum(-1), used[1].sum(-1))
    statistic, p_value = strata_tests.cochran_mantel_haenszel(*pooled)
    first, second = (strata_tests.standardised(pooled[i], pooled[i + 1], weight) for i in (0, 2))
    itself = found.reference == np.arange(len(found.groups))
    enough = (support[0] >= FEWEST_ROWS) & (support[1] >= FEWEST_ROWS) & ~itself
    return _Part(
        strata=found,
        own=found.within,
        other=other,
        rows=rows,
        pooled=pooled,
        comparable=comparable,
        share=share,
        covered=np.nan_to_num(covered),
        crude=_crude(found, other),
        alike=(alike[0], alike[1]),
        standardised=_Two(
            value=(first[0], second[0]),
            rows=(first[1], second[1]),
            support=support,
            sums=None,
            p_value=np.where(enough, p_value, np.nan),
            rated=enough,
        ),
        statistic=statistic,
    )


def _crude(found: Strata, other: Amounts) -> _Two:
    """Both as they stand, whoever they are."""
    sums = (
        found.whole,
        Amounts(**{name: getattr(other, name).sum(-1) for name in Amounts.__slots__}),
    )
    rest = found.reference == REST
    factors = (
        np.broadcast_to(found.whole_factor, found.reference.shape),
        np.where(rest, 1.0, found.whole_factor[np.maximum(found.reference, 0)]),
    )
    rows = tuple(each.rows(factor) for each, factor in zip(sums, factors, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = tuple(np.where(each.totals > 0, each.hits / each.totals, np.nan) for each in sums)
    compared = (found.reference != NONE) & (found.reference != np.arange(len(found.groups)))
    enough = (rows[0] >= FEWEST_ROWS) & (rows[1] >= FEWEST_ROWS) & compared
    p_value = significance.two_proportions(value[0] * rows[0], rows[0], value[1] * rows[1], rows[1])
    return _Two(
        value=(value[0], value[1]),
        rows=(rows[0], rows[1]),
        support=(rows[0], rows[1]),
        sums=sums,
        p_value=np.where(enough, p_value, np.nan),
        rated=enough,
    )


def _comparisons(part: _Part, crude: Array, alike: Array, tolerance: float) -> Iterator[LikeComparison]:
    """One a metric and group that has a reference other than itself."""
    found = part.strata
    itself = np.arange(len(found.groups)) == found.reference
    sides = _sides(part.crude, crude, tolerance), _sides(part.standardised, alike, tolerance)
    common = _commons(part)
    low, high = zip(
        *(_wilson(a, rows) for a, rows in ((part.own, part.rows[0]), (part.other, part.rows[1]))), strict=True
    )
    counts = [
        np.where(a.totals > 0, a.hits / np.where(a.totals > 0, a.totals, 1) * rows, 0)
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


def _sides(two: _Two, adjusted: Array, tolerance: float) -> Callable[[int, int], Side]:
    """The two rates, what lies between them, and the verdict by the rule of `compare`: gap, within tolerance, open."""
    (value, other), (rows, other_rows) = two.value, two.rows
    hits, other_hits = (np.nan_to_num(v) * n for v, n in ((value, rows), (other, other_rows)))
    bounds = [intervals.wilson(h, n) for h, n in ((hits, rows), (other_hits, other_rows))]
    difference = intervals.newcombe(hits, rows, other_hits, other_rows)
    low, high = intervals.donner_zou(hits, rows, other_hits, other_rows)
    floor, ceiling = tolerance, 1 / tolerance
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(other > 0, value / other, np.nan)
        outside = ~((ratio >= floor) & (ratio <= ceiling)) & (value != other)
        gap = two.rated & outside & (adjusted < LEVEL)
        within = two.rated & ~gap & (low >= floor) & (high <= ceiling)
        wide = np.maximum(bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0]) > WIDEST
    thin = (np.minimum(*two.support) < ENOUGH_ROWS) | wide
    unknown = ~(np.isfinite(value) & np.isfinite(other))
    kind = np.argmax([gap, within, unknown, ~two.rated, ~np.isfinite(ratio), thin, np.ones_like(gap)], axis=0)

    def side(i: int, j: int) -> Side:
        verdict, reason = KINDS[kind[i, j]]
        first, second = (_estimate(two, bounds[k], k, (i, j)) for k in (0, 1))
        known = not unknown[i, j]
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


def _estimate(two: _Two, bounds: tuple[Array, Array], k: int, at: tuple[int, int]) -> Estimate:
    """One side as a number; where it was put together from strata it has no numerator and denominator of its own."""
    value, support = float(two.value[k][at]), float(two.support[k][at])
    found = rated(value * support, support, float(bounds[0][at]), float(bounds[1][at]), support)
    if not np.isfinite(value):
        found = rated(0.0, 0.0, 0.0, 0.0, support)
    if two.sums is None:
        return replace(found, numerator=None, denominator=None)
    return replace(found, numerator=float(two.sums[k].hits[at]), denominator=float(two.sums[k].totals[at]))


def _commons(part: _Part) -> tuple[Callable[[int, int], Common], ...]:
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
