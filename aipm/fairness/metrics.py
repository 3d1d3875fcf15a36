"""Every metric as a line over counts: rates, ratios, intervals and tables are derived from this list.

A metric over the confusion counts names its numerator and denominator as functions of `Cells` and broadcasts over any
shape. What each metric means, its question, direction and source are in content/fairness.yaml under the same names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Need = Literal["rows", "label", "prediction", "confusion", "score", "label_score"]


@dataclass(frozen=True, slots=True)
class Cells:
    """Confusion counts of each group, each of one shape; `rows` counts every row, known or not."""

    rows: Array
    tp: Array
    fp: Array
    tn: Array
    fn: Array
    selected: Array
    not_selected: Array
    """by the prediction alone, whether or not the label is known"""
    positive: Array
    negative: Array
    """by the label alone, whether or not the prediction is known"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows."""

    name: str
    need: Need
    of: Callable[[Cells], Array]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share: numerator / denominator, a proportion with binomial noise."""

    name: str
    need: Need
    numerator: Callable[[Cells], Array]
    denominator: Callable[[Cells], Array]


@dataclass(frozen=True, slots=True)
class Derived:
    """A number of groups that is no proportion; measured by its own function in aipm.fairness.measure."""

    name: str
    need: Need


COUNTS = (
    Count("count", "rows", lambda c: c.rows),
    Count("true_positives", "confusion", lambda c: c.tp),
    Count("false_positives", "confusion", lambda c: c.fp),
    Count("true_negatives", "confusion", lambda c: c.tn),
    Count("false_negatives", "confusion", lambda c: c.fn),
)

RATES = (
    Rate("base_rate", "label", lambda c: c.positive, lambda c: c.positive + c.negative),
    Rate("selection_rate", "prediction", lambda c: c.selected, lambda c: c.selected + c.not_selected),
    Rate("accuracy", "confusion", lambda c: c.tp + c.tn, lambda c: c.tp + c.fp + c.tn + c.fn),
    Rate("error_rate", "confusion", lambda c: c.fp + c.fn, lambda c: c.tp + c.fp + c.tn + c.fn),
    Rate("true_positive_rate", "confusion", lambda c: c.tp, lambda c: c.tp + c.fn),
    Rate("false_positive_rate", "confusion", lambda c: c.fp, lambda c: c.fp + c.tn),
    Rate("true_negative_rate", "confusion", lambda c: c.tn, lambda c: c.fp + c.tn),
    Rate("false_negative_rate", "confusion", lambda c: c.fn, lambda c: c.tp + c.fn),
    Rate("precision", "confusion", lambda c: c.tp, lambda c: c.tp + c.fp),
    Rate("negative_predictive_value", "confusion", lambda c: c.tn, lambda c: c.tn + c.fn),
    Rate("false_discovery_rate", "confusion", lambda c: c.fp, lambda c: c.tp + c.fp),
    Rate("false_omission_rate", "confusion", lambda c: c.fn, lambda c: c.tn + c.fn),
)

DERIVED = (
    Derived("positive_likelihood_ratio", "confusion"),
    Derived("negative_likelihood_ratio", "confusion"),
    Derived("f1", "confusion"),
    Derived("auc", "label_score"),
    Derived("brier_score", "label_score"),
    Derived("calibration_error", "label_score"),
    Derived("mean_score", "score"),
    Derived("scoring_rate", "score"),
)

METRICS: dict[str, Count | Rate | Derived] = {metric.name: metric for metric in (*COUNTS, *RATES, *DERIVED)}

OVERALL = (
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equalized_odds_difference",
    "equalized_odds_ratio",
    "generalized_entropy_index",
    "theil_index",
)
