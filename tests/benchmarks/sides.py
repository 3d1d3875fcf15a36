"""One side of the audit comparison, alone in a process: `python sides.py SIDE once|engine FILE CASE`.

`once` does the work one time, as a script would: "from_csv" is the time from the closed file to the last number,
imports not counted; "engine" the part after loading. `engine` times that part again and again after a first call.
"rates" are the selection rates by the first column, so that the sides can be checked against one another. Prints JSON.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CASES = {
    # name: (group columns, has score, values of the first column)
    "race": (["race"], False, 6),
    "cube": (["race", "sex", "age"], True, 6),
    "forty": (["race"], False, 40),
}
Rates = dict[str, float]


@dataclass(frozen=True, slots=True)
class Side:
    load: Callable[[str], Any]
    work: Callable[[Any], Rates]
    """What was loaded -> selection rates by the first column."""
    whole: Callable[[str], Rates] | None = None
    """From the file to the rates, where that is not simply loading and working."""


def duckdb_scan(groups: list[str], *, score: bool) -> Side:
    """The floor: the same counts by one group-by over the file, dialect and types given; no metric, no interval."""
    import duckdb

    types = {"id": "BIGINT", "label": "TINYINT", "prediction": "TINYINT", "score": "DOUBLE"}
    types |= dict.fromkeys(("race", "sex", "age"), "VARCHAR")
    keys = [*groups, "label", "prediction", *(["floor(score * 100)"] if score else [])]

    def scan(path: str) -> Rates:
        cells = duckdb.sql(
            f"SELECT {', '.join(keys)}, count(*) FROM read_csv('{path}', auto_detect = false, header = true, "  # noqa: S608 - our own file
            f"delim = ',', quote = '\"', columns = {types}) GROUP BY {', '.join(keys)}"
        ).fetchall()
        yes: dict[str, int] = {}
        total: dict[str, int] = {}
        for cell in cells:
            total[cell[0]] = total.get(cell[0], 0) + cell[-1]
            yes[cell[0]] = yes.get(cell[0], 0) + cell[-1] * cell[len(groups) + 1]
        return {group: yes[group] / total[group] for group in total}

    return Side(lambda path: path, scan)


def aipm(groups: list[str], *, score: bool) -> Side:
    """This product in the process: counted where the file is read, or over a table that is loaded; then the audit."""
    from aipm.fairness.audit import audit
    from aipm.fairness.counting import count, counted_file
    from aipm.fairness.counts import normalised
    from aipm.fairness.spec import AuditSpec
    from aipm.tables import read, run_task

    spec = AuditSpec(groups=tuple(groups), label="label", prediction="prediction", score="score" if score else None)

    def rates(raw: Any) -> Rates:
        first = [one for one in audit(normalised(raw, spec), spec).groups if dict(one.group).keys() == {groups[0]}]
        return {one.group[0][1]: one.metrics["selection_rate"].value for one in first}

    return Side(
        load=lambda path: read(Path(path)),
        work=lambda table: rates(count(table, spec)),
        whole=lambda path: rates(counted_file(*run_task(Path(path), "aipm.fairness.counting:task", asdict(spec))).raw),
    )


def _frame(path: str) -> Any:
    import pandas as pd

    return pd.read_csv(path)


def fairlearn(groups: list[str], *, n_boot: int | None = None) -> Side:
    """MetricFrame by group, six metrics, one frame a group column; intervals where n_boot is given."""
    from fairlearn import metrics as fl
    from sklearn.metrics import accuracy_score, precision_score

    chosen = {
        "selection_rate": fl.selection_rate,
        "true_positive_rate": fl.true_positive_rate,
        "false_positive_rate": fl.false_positive_rate,
        "false_negative_rate": fl.false_negative_rate,
        "accuracy": accuracy_score,
        "precision": precision_score,
    }
    boot = {"n_boot": n_boot, "ci_quantiles": [0.025, 0.975], "random_state": 0} if n_boot else {}

    def work(frame: Any) -> Rates:
        rates: list[Rates] = []
        for group in groups:
            found = fl.MetricFrame(
                metrics=chosen, y_true=frame.label, y_pred=frame.prediction, sensitive_features=frame[group], **boot
            )
            found.difference(), found.ratio()
            rates.append(found.by_group["selection_rate"].to_dict())
        return rates[0]

    return Side(_frame, work)


def aequitas(groups: list[str], *, significance: bool = False) -> Side:
    """Crosstabs, disparities to the largest group and fairness flags; t-tests where significance is asked for."""
    from aequitas.bias import Bias
    from aequitas.fairness import Fairness
    from aequitas.group import Group

    def work(frame: Any) -> Rates:
        renamed = frame[["prediction", "label", *groups]].set_axis(["score", "label_value", *groups], axis=1)
        table, _ = Group().get_crosstabs(renamed, attr_cols=groups)
        asked = {"check_significance": significance, "mask_significance": significance}
        bias = Bias().get_disparity_major_group(table, original_df=renamed, **asked)
        fair = Fairness().get_group_value_fairness(bias)
        first = fair[fair.attribute_name == groups[0]]
        return dict(zip(first.attribute_value, first.pprev, strict=True))

    return Side(_frame, work)


def aif360(groups: list[str]) -> Side:
    """ClassificationMetric for one pair: the largest group of the first column against all others."""
    from aif360.datasets import BinaryLabelDataset
    from aif360.metrics import ClassificationMetric

    column = groups[0]

    def work(frame: Any) -> Rates:
        numbers = frame[["label", "prediction"]].assign(
            group=(frame[column] == frame[column].value_counts().index[0]).astype(int)
        )
        common = {"favorable_label": 1, "unfavorable_label": 0, "protected_attribute_names": ["group"]}
        truth = BinaryLabelDataset(df=numbers[["group", "label"]], label_names=["label"], **common)
        said = truth.copy()
        said.labels = numbers[["prediction"]].to_numpy()
        metric = ClassificationMetric(truth, said, unprivileged_groups=[{"group": 0}], privileged_groups=[{"group": 1}])
        metric.statistical_parity_difference(), metric.disparate_impact(), metric.average_odds_difference()
        metric.equal_opportunity_difference(), metric.false_positive_rate_ratio(), metric.error_rate_ratio()
        return {frame[column].value_counts().index[0]: metric.selection_rate(privileged=True)}

    return Side(_frame, work)


def make(side: str, case: str) -> Side:
    groups, score, _ = CASES[case]
    match side:
        case "aipm":
            return aipm(groups, score=score)
        case "duckdb scan":
            return duckdb_scan(groups, score=score)
        case "fairlearn":
            return fairlearn(groups)
        case "fairlearn n_boot=10":
            return fairlearn(groups, n_boot=10)
        case "aequitas":
            return aequitas(groups)
        case "aequitas + t-tests":
            return aequitas(groups, significance=True)
        case "aif360 one pair":
            return aif360(groups)
        case _:
            raise ValueError(side)


def timed(work: Callable[[Any], Rates], loaded: Any) -> tuple[float, Rates]:
    start = time.perf_counter()
    rates = work(loaded)
    return time.perf_counter() - start, rates


if __name__ == "__main__":
    import logging
    import warnings

    logging.disable()
    warnings.simplefilter("ignore")
    side, mode, path, case = sys.argv[1:]
    asked = make(side, case)
    if mode == "once" and asked.whole:
        from_csv, rates = timed(asked.whole, path)
        engine = 0.0
    else:
        start = time.perf_counter()
        loaded = asked.load(path)
        engine, rates = timed(asked.work, loaded)
        from_csv = time.perf_counter() - start
        if mode == "engine":
            # The first call also paid for what is made once (late imports, caches).
            engine = statistics.median(timed(asked.work, loaded)[0] for _ in range(5))
    json.dump({"engine": engine, "from_csv": from_csv, "rates": rates}, sys.stdout)
