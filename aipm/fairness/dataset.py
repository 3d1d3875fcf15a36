"""Numbers for the data set as a whole: the widest gap between groups, and inequality between individuals."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.groups import Combination
from aipm.fairness.measure import Known, Measured
from aipm.fairness.result import Estimate

Array = NDArray[np.float64]


def overall(
    measured: dict[str, Measured], parts: tuple[Combination, ...], facts: Known, *, favourable: str
) -> dict[str, Estimate]:
    """Every dataset-wide number that the counts allow. Where several columns are audited, the widest gap of any."""
    found: dict[str, Estimate] = {}
    deepest = max(len(part.columns) for part in parts)
    slices = [slice(part.start, part.stop) for part in parts if len(part.columns) == deepest]
    if "selection_rate" in measured:
        rates = measured["selection_rate"].value
        found["demographic_parity_difference"] = _estimate(_widest(rates, slices))
        found["demographic_parity_ratio"] = _estimate(_lowest(rates, slices))
    if "true_positive_rate" in measured:
        both = [measured[name].value for name in ("true_positive_rate", "false_positive_rate")]
        # Where one of the two cannot be computed nobody knows which is the larger: no number, rather than half of it.
        found["equalized_odds_difference"] = _estimate(np.max([_widest(rates, slices) for rates in both]))
        found["equalized_odds_ratio"] = _estimate(np.min([_lowest(rates, slices) for rates in both]))
        found |= _inequality(facts, favourable=favourable)
    return found


def _widest(rates: Array, slices: list[slice]) -> float:
    """The largest difference between two groups of one combination; NaN where no combination has two rates."""
    known = [rates[ours][np.isfinite(rates[ours])] for ours in slices]
    return max((float(np.ptp(each)) for each in known if len(each) > 1), default=np.nan)


def _lowest(rates: Array, slices: list[slice]) -> float:
    """The smallest ratio of two groups of one combination; NaN where no combination has two rates, or all are 0."""
    known = [rates[ours][np.isfinite(rates[ours])] for ours in slices]
    return min((float(each.min() / each.max()) for each in known if len(each) > 1 and each.max() > 0), default=np.nan)


def _inequality(facts: Known, *, favourable: str) -> dict[str, Estimate]:
    """Generalised entropy index (α = 2) and Theil index (α = 1) of the benefits b = decision − desert + 1.

    Speicher et al. 2018: a good decision that was not deserved counts 2, one that was missed 0, any right one 1.
    """
    cells = facts.weight
    right = float(cells.tp[0] + cells.tn[0])
    undeserved, missed = float(cells.fp[0]), float(cells.fn[0])
    if favourable == "negative":
        undeserved, missed = missed, undeserved
    total = right + undeserved + missed
    mean = (right + 2 * undeserved) / total if total else 0.0
    if not mean:
        return {name: _estimate(float("nan")) for name in ("generalized_entropy_index", "theil_index")}
    two = 2 / mean
    one = 1 / mean
    entropy = (right * (one**2 - 1) + undeserved * (two**2 - 1) - missed) / (2 * total)
    theil = (right * one * np.log(one) + undeserved * two * np.log(two)) / total
    return {"generalized_entropy_index": _estimate(entropy), "theil_index": _estimate(float(theil))}


def _estimate(value: float) -> Estimate:
    if np.isfinite(value):
        return Estimate(value=float(value))
    return Estimate(value=None, status="not_computable", reason="no_denominator")
