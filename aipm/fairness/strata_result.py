"""What comparing like with like answers, with what each answer rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.estimates import estimates_of
from aipm.fairness.measure import rate
from aipm.fairness.result import Estimate, VerdictKind
from aipm.fairness.spec import Group

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Standard = Literal["everybody", "reference"]
CommonStatus = Literal["ok", "strata_disagree", "not_enough_data", "not_computable"]
REST: Group = (("", ""),)
"""Stands for everybody who is not in the group, where a group is held against the whole population."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A group and its reference on one rate, once: difference = group − reference, ratio = group / reference."""

    group: Estimate
    reference: Estimate
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    ratio: float | None
    low: float | None
    high: float | None
    p_value: float | None
    p_adjusted: float | None
    verdict: VerdictKind
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """One number for all strata; None where they do not agree on one (`agree`: the chance of seeing them as different
    as this if they did, below 5 %: "strata_disagree").
    """

    value: float | None
    low: float | None
    high: float | None
    agree: float | None
    status: CommonStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A group and its reference among people who are alike.

    `share` is what the stratum counts for in the standardised rates; None where one of the two has nobody in it.
    `spread` and `other_spread`: which share of the group's and of the reference's people are here.
    """

    stratum: Group
    group: Estimate
    reference: Estimate
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    share: float | None
    spread: float
    other_spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The numbers of every stratum, an entry each: of the group (first) and of its reference (second)."""

    hits: tuple[Array, Array]
    totals: tuple[Array, Array]
    rows: tuple[Array, Array]
    low: tuple[Array, Array]
    high: tuple[Array, Array]
    difference_low: Array
    difference_high: Array
    share: Array
    comparable: Mask

    def estimates(self, metric: str, side: int) -> list[Estimate]:
        """The rate of the group (0) or of its reference (1), stratum by stratum."""
        hits, totals, rows, low, high = (
            each[side] for each in (self.hits, self.totals, self.rows, self.low, self.high)
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(totals > 0, hits / totals, np.nan)
        return estimates_of(rate(metric, value, hits, totals, low, high, rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeComparison:
    """A group beside its reference: as it stands (`crude`), and among people who are alike (`standardised`).

    `alike` is the crude rate of both, over the strata only in which both have people. `covered` is the share of the
    standard population in those strata; `left_out` how many people (sums of weights) of the group and of its reference
    are in others. `statistic` and `p_value` are Cochran's, Mantel's and Haenszel's.
    """

    metric: str
    group: Group
    reference: Group
    crude: Side
    standardised: Side
    alike: tuple[float | None, float | None]
    statistic: float | None
    odds_ratio: Common
    risk_ratio: Common
    risk_difference: Common
    covered: float
    left_out: tuple[float, float]
    strata: tuple[Group, ...]
    within: Within

    def each(self) -> Iterator[Stratum]:
        """Stratum by stratum."""
        w = self.within
        sums = [float(totals.sum()) or 1.0 for totals in w.totals]
        sides = (w.estimates(self.metric, side) for side in (0, 1))
        for k, (stratum, first, second) in enumerate(zip(self.strata, *sides, strict=True)):
            both = bool(w.comparable[k]) and first.value is not None and second.value is not None
            yield Stratum(
                stratum=stratum,
                group=first,
                reference=second,
                difference=(first.value or 0.0) - (second.value or 0.0) if both else None,
                difference_low=maybe(w.difference_low[k]) if both else None,
                difference_high=maybe(w.difference_high[k]) if both else None,
                share=float(w.share[k]) if both else None,
                spread=float(w.totals[0][k]) / sums[0],
                other_spread=float(w.totals[1][k]) / sums[1],
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeWithLike:
    """Every group beside its reference within the strata of the factors, on every rate that the data allows."""

    factors: tuple[str, ...]
    standard: Standard
    strata: tuple[Group, ...]
    comparisons: tuple[LikeComparison, ...]
    weighted: bool
    clustered: bool


def maybe(number: float | np.floating) -> float | None:
    """A number, or None where it is none or nothing limits it."""
    return float(number) if np.isfinite(number) else None
