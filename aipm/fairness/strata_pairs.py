"""Every group of a column beside its reference within the strata, in numbers: as they stand and standardised."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import significance, strata_tests
from aipm.fairness.pairs import FEWEST_ROWS
from aipm.fairness.strata import NONE, REST, Amounts, Strata
from aipm.fairness.strata_result import Standard

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Hides = Callable[[Strata], Mask]
"""Which places, metrics × groups × strata, must not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """A rate of the group and of its reference, metrics × groups: value, effective rows and, apart, people."""

    value: tuple[Array, Array]
    rows: tuple[Array, Array]
    support: tuple[Array, Array]
    sums: tuple[Amounts, Amounts] | None
    p_value: Array
    rated: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
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
    crude: Two
    alike: tuple[Array, Array]
    standardised: Two
    statistic: Array


def paired(found: Strata, standard: Standard, hides: Hides | None) -> Part:
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
        other.rows(np.maximum(other_factor, np.where(rest, found.whole_rest_factor, whole_other[..., None]))),
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
    return Part(
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
        standardised=Two(
            value=(first[0], second[0]),
            rows=(first[1], second[1]),
            support=support,
            sums=None,
            p_value=np.where(enough, p_value, np.nan),
            rated=enough,
        ),
        statistic=statistic,
    )


def _crude(found: Strata, other: Amounts) -> Two:
    """Both as they stand, whoever they are."""
    sums = (
        found.whole,
        Amounts(**{name: getattr(other, name).sum(-1) for name in Amounts.__slots__}),
    )
    rest = found.reference == REST
    factors = (
        np.broadcast_to(found.whole_factor, found.reference.shape),
        np.where(rest, found.whole_rest_factor, found.whole_factor[np.maximum(found.reference, 0)]),
    )
    rows = tuple(each.rows(factor) for each, factor in zip(sums, factors, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = tuple(np.where(each.totals > 0, each.hits / each.totals, np.nan) for each in sums)
    compared = (found.reference != NONE) & (found.reference != np.arange(len(found.groups)))
    enough = (rows[0] >= FEWEST_ROWS) & (rows[1] >= FEWEST_ROWS) & compared
    p_value = significance.two_proportions(value[0] * rows[0], rows[0], value[1] * rows[1], rows[1])
    return Two(
        value=(value[0], value[1]),
        rows=(rows[0], rows[1]),
        support=(rows[0], rows[1]),
        sums=sums,
        p_value=np.where(enough, p_value, np.nan),
        rated=enough,
    )
