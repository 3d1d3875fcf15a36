"""Why definitions of fairness cannot all hold at once: base rate, precision and misses leave one false alarm rate.

Chouldechova (2017), "Fair prediction with disparate impact": FPR = p / (1 − p) × (1 − PPV) / PPV × (1 − FNR) holds of
any confusion counts. Kleinberg, Mullainathan & Raghavan (2016) show the like of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aipm.fairness.result import Estimate
from aipm.fairness.spec import Group


def false_positive_rate(base_rate: float, precision: float, false_negative_rate: float) -> float | None:
    """The false positive rate that follows from three others; over 1: no model can have them. None: not defined."""
    if base_rate >= 1 or precision <= 0:
        return None
    return base_rate / (1 - base_rate) * (1 - precision) / precision * (1 - false_negative_rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """One group: its own rates, and the false positive rate it would have to have under common ones.

    `low` and `high` follow the 95 % interval of its base rate; what is given for everybody is taken as it is.
    """

    group: Group
    base_rate: Estimate
    precision: Estimate
    false_negative_rate: Estimate
    false_positive_rate: Estimate
    value: float | None
    low: float | None
    high: float | None


def implied(
    groups: Sequence[Group],
    measured: dict[str, list[Estimate]],
    *,
    precision: float,
    false_negative_rate: float,
) -> tuple[Implied, ...]:
    """For every group, the false positive rate that equal precision and an equal share of misses would force on it."""

    def forced(base_rate: float | None) -> float | None:
        return None if base_rate is None else false_positive_rate(base_rate, precision, false_negative_rate)

    return tuple(
        Implied(
            group=group,
            base_rate=measured["base_rate"][k],
            precision=measured["precision"][k],
            false_negative_rate=measured["false_negative_rate"][k],
            false_positive_rate=measured["false_positive_rate"][k],
            value=forced(measured["base_rate"][k].value),
            low=forced(measured["base_rate"][k].low),
            high=forced(measured["base_rate"][k].high),
        )
        for k, group in enumerate(groups)
    )
