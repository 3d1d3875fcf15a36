"""Numbers for the data set as a whole: the widest gap between groups, and inequality between individuals."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import intervals
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
    """Generalised entropy and Theil index of the benefits b = decision − desert + 1.

    Speicher et al. 2018: a good decision that was not deserved counts 2, one that was missed 0, any right one 1.
    """
    cells, squares = facts.weight, facts.square
    missed, undeserved = (cells.fn, cells.fp) if favourable == "positive" else (cells.fp, cells.fn)
    counts, benefits = np.array([missed[0], cells.tp[0] + cells.tn[0], undeserved[0]]), np.array([0.0, 1.0, 2.0])
    square = (squares.tp + squares.fp + squares.tn + squares.fn)[0] * facts.factor[0]
    rows = intervals.effective_size(counts.sum(), square)
    return {
        name: _estimate(*map(float, index(counts, benefits, rows)))
        for name, index in (
            ("generalized_entropy_index", intervals.generalized_entropy),
            ("theil_index", intervals.theil),
        )
    }


def _estimate(value: float, low: float = np.nan, high: float = np.nan) -> Estimate:
    if not np.isfinite(value):
        return Estimate(value=None, status="not_computable", reason="no_denominator")
    bounded = bool(np.isfinite(low) and np.isfinite(high))
    return Estimate(value=float(value), low=low if bounded else None, high=high if bounded else None)
