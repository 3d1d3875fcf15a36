"""Fairlearn and AIF360 asked about the same rows as the audit. Both are imported only where a test asks them."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

ROLES = {"label": "label", "prediction": "prediction"}


def people(seed, *, rows=1500, gaps=True):
    """Random people in groups that differ; with gaps, some cells of every column but the weight are empty.

    One race is rare, so that among its intersections some have no rows, no yes or nobody selected.
    """
    rng = np.random.default_rng(seed)
    race = rng.choice(["x", "y", "z"], rows, p=[0.6, 0.38, 0.02])
    sex = rng.choice(["f", "m"], rows)
    age = rng.choice(["old", "young", "middle"], rows, p=[0.1, 0.5, 0.4])
    label = rng.random(rows) < 0.35 + 0.15 * (sex == "m")
    score = np.clip(rng.normal(0.4 + 0.2 * label - 0.1 * (race == "y"), 0.2), 0, 1).round(3)
    columns = {
        "sex": sex,
        "race": race,
        "age": age,
        "label": label.astype(int).astype(str),
        "prediction": (score >= 0.5).astype(int).astype(str),
        "score": score.astype(str),
    }
    if gaps:
        columns = {name: np.where(rng.random(rows) < 0.04, "", cells) for name, cells in columns.items()}
    return {**columns, "weight": rng.choice([0.25, 1.0, 2.5], rows)}


def known(data, *needed):
    """The rows in which none of these columns is empty; label and prediction as 0 and 1, scores as numbers."""
    kept = np.logical_and.reduce([data[name] != "" for name in needed])
    numbers = {name: float if name == "score" else int for name in needed if name not in ("sex", "race", "age")}
    return {name: cells[kept].astype(numbers.get(name, cells.dtype)) for name, cells in data.items()}


def groups_of(data, by):
    """Every combination of values that occurs in these columns; an empty cell is None."""
    return {tuple(str(cell) or None for cell in row) for row in zip(*(data[name] for name in by), strict=True)}


def repeat(data, times):
    """Each row so many times."""
    return {name: np.repeat(cells, times) for name, cells in data.items()}


def by_group(data, metrics, *, true, said, by, within=None, weight=None):
    """Fairlearn's MetricFrame: group (values in the order of `within`, `by`) -> metric -> value, None where it is NaN.

    Values are text, so that an empty cell, which Fairlearn refuses as NaN, is a group of its own as in the audit.
    """
    from fairlearn.metrics import MetricFrame

    frame = MetricFrame(
        metrics=metrics,
        y_true=data[true],
        y_pred=data[said],
        sensitive_features={name: data[name] for name in by},
        control_features={name: data[name] for name in within} if within else None,
        sample_params={name: {"sample_weight": data[weight]} for name in metrics} if weight else None,
    )
    return {
        tuple(value or None for value in (key if isinstance(key, tuple) else (key,))): {
            name: None if math.isnan(value) else float(value) for name, value in row.items()
        }
        for key, row in frame.by_group.to_dict("index").items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """AIF360's two classes for a group ("unprivileged") beside its reference ("privileged")."""

    labels: object
    """BinaryLabelDatasetMetric of the labels."""
    decisions: object
    """The same of the predictions."""
    both: object
    """ClassificationMetric"""


def pair(data, group, reference, *, weight=None, favourable=1):
    """`group` and `reference` are dicts of a value a column; the rows must have label and prediction as numbers."""
    import pandas as pd
    from aif360.datasets import BinaryLabelDataset
    from aif360.metrics import BinaryLabelDatasetMetric, ClassificationMetric

    codes = {name: {value: k for k, value in enumerate(np.unique(data[name]).tolist())} for name in group}
    numbers = {name: [codes[name][value] for value in data[name].tolist()] for name in codes}

    def dataset(said):
        return BinaryLabelDataset(
            df=pd.DataFrame({**numbers, "answer": data[said], **({"weight": data[weight]} if weight else {})}),
            label_names=["answer"],
            protected_attribute_names=list(codes),
            instance_weights_name="weight" if weight else None,
            favorable_label=favourable,
            unfavorable_label=1 - favourable,
        )

    sides = {
        side: [{name: codes[name][value] for name, value in which.items()}]
        for side, which in (("unprivileged_groups", group), ("privileged_groups", reference))
    }
    truth, said = dataset("label"), dataset("prediction")
    return Pair(
        labels=BinaryLabelDatasetMetric(truth, **sides),
        decisions=BinaryLabelDatasetMetric(said, **sides),
        both=ClassificationMetric(truth, said, **sides),
    )


def near(value):
    """Equal to the last bits; None only to None."""
    return None if value is None or math.isnan(value) else pytest.approx(value, rel=1e-9, abs=1e-12)
