"""The work behind the threshold slider, from counts alone: `python tests/benchmarks/audit_scores.py [ROWS]`.

Where fairlearn can be imported, its post-processing and its rates at one threshold stand beside it.
"""

import importlib.util
import sys
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from measure import ROOT

sys.path.insert(0, str(ROOT))
from aipm.fairness.counting import count
from aipm.fairness.counts import normalised
from aipm.fairness.curves import precision_recall, reliability, roc
from aipm.fairness.spec import AuditSpec
from aipm.fairness.thresholds import at, sweep
from aipm.fairness.thresholds_equal import Costs, prices
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table
from aipm.ui.audit_scores_film import reel
from aipm.ui.audit_scores_texts import scores_texts

TIMES, PEER_TIMES = 9, 3
MOST_PEER_ROWS = 200_000


def best(name: str, work: Callable[[], object], *, times: int = TIMES) -> None:
    """Print the median and the least of a few runs, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(1_000 * (time.perf_counter() - began))
    print(f"{name:<44} median {np.median(took):9.1f} ms   least {min(took):9.1f} ms")


def main(rows: int) -> None:
    rng = np.random.default_rng(0)
    label, group = rng.integers(0, 2, rows), rng.integers(0, 8, rows)
    score = np.clip(rng.normal(0.4 + 0.2 * label - 0.01 * group, 0.2), 0, 1).round(4)
    cells = {"c0": group.astype(str), "c1": label.astype(str), "c2": score.astype(str)}
    data = pa.table({name: pa.array(values.tolist(), pa.string()) for name, values in cells.items()})
    table = Table(("group", "label", "score"), ArrowRows(data), Reading(container="csv"), rows)
    spec = AuditSpec(groups=("group",), label="label", score="score", threshold=0.5)
    counts = normalised(count(table, spec), spec)
    found, costs = sweep(counts, spec), Costs(false_positive=5)
    print(f"{rows:,} rows, {found.weight.shape[1]} groups, {found.weight.shape[2]:,} thresholds")
    best("all groups at all thresholds, once", lambda: sweep(counts, spec))
    best("what the browser is given, once a column", lambda: reel(found, slice(1, 9), scores_texts()))
    best("a move: counts, rates, intervals at one", lambda: at(found, found.start))
    best("ROC, precision-recall, calibration", lambda: _curves(found, counts, spec))
    best("prices of three ways to make rates equal", lambda: prices(found, found.start, costs))
    if importlib.util.find_spec("fairlearn") is None:
        print("fairlearn is not installed here")
    elif rows > MOST_PEER_ROWS:
        print(f"fairlearn is asked up to {MOST_PEER_ROWS:,} rows only: it takes half a minute for a million")
    else:
        _fairlearn(label, group, score)


def _curves(found, counts, spec):
    return roc(found), precision_recall(found), reliability(counts, spec, found.people)


def _fairlearn(label: np.ndarray, group: np.ndarray, score: np.ndarray) -> None:
    from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
    from fairlearn.postprocessing import ThresholdOptimizer
    from sklearn.base import BaseEstimator, ClassifierMixin

    class Given(ClassifierMixin, BaseEstimator):
        """A model whose score is the column it is given."""

        def fit(self, x: np.ndarray, y: np.ndarray) -> "Given":
            del x
            self.classes_ = np.unique(y)
            return self

        def predict_proba(self, x: np.ndarray) -> np.ndarray:
            return np.column_stack([1 - x[:, 0], x[:, 0]])

    rates = {"selection": selection_rate, "tpr": true_positive_rate, "fpr": false_positive_rate}
    best(
        "fairlearn MetricFrame, three rates at one",
        lambda: MetricFrame(metrics=rates, y_true=label, y_pred=score >= 0.5, sensitive_features=group).by_group,
        times=PEER_TIMES,
    )
    x = score[:, None]
    model = Given().fit(x, label)
    for constraint in ("demographic_parity", "true_positive_rate_parity", "false_positive_rate_parity"):
        best(
            f"fairlearn ThresholdOptimizer, {constraint}",
            lambda constraint=constraint: ThresholdOptimizer(
                estimator=model, constraints=constraint, prefit=True, predict_method="predict_proba"
            ).fit(x, label, sensitive_features=group),
            times=PEER_TIMES,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
