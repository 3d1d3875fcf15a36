"""Labels that a model, asked about rows it has not seen, finds hard to believe: for a person to look at.

Northcutt, Jiang & Chuang (2021), Confident learning: estimating uncertainty in dataset labels, JAIR 70: a row is
suspect where another label reaches the probability that the rows of that label reach on average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from aipm.prep.baseline import baseline, quietly
from aipm.tables import Refusal

FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """`row` counts from 1 below the header; `label` as it stands, `likely` what the model would have said.

    `confidence`: the probability of the label as it stands, the smaller the more suspect.
    """

    row: int
    label: str
    likely: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelErrors:
    """`agreement`: how often the model says what the label says, each label counting alike (balanced accuracy).

    Where it is hardly above `guessing`, the suspicions are worth nothing. `rare`: labels too rare to judge.
    """

    suspects: tuple[Suspect, ...]
    rows: int
    sampled: bool
    agreement: float
    guessing: float
    rare: tuple[str, ...]


def label_errors(frame: pd.DataFrame, target: str, **options: Any) -> LabelErrors:
    """The rows whose label is suspect, at once; see suspicions."""
    *_, found = suspicions(frame, target, **options)
    assert isinstance(found, LabelErrors)
    return found


def suspicions(
    frame: pd.DataFrame, target: str, *, leave_out: Sequence[str] = (), seed: int = 0
) -> Iterator[int | LabelErrors]:
    """The rows whose label is suspect, the most suspect first, by five-fold cross-validation.

    Says after each fold how many are done, so that the work can be stopped between them, and at last what was found.
    Raises Refusal: a target that is a number, or that baseline refuses, or no two labels with five rows each.
    """
    from sklearn.model_selection import StratifiedKFold

    plan = baseline(frame, target, leave_out=leave_out, seed=seed)
    if plan.task == "regression":
        raise Refusal("no_label", "The target is a number.", advice="Choose a column of labels.")
    counts = plan.target.value_counts()
    common = plan.target.isin(counts.index[counts >= FOLDS])
    label, features = plan.target[common], plan.features[common]
    names = np.array(sorted(label.unique()), dtype=object)
    if len(names) < 2:
        raise Refusal("too_few_rows", "Fewer than two labels have five rows.", advice="Label more rows.")
    codes = np.searchsorted(names, label.to_numpy(dtype=object))
    chances = np.zeros((len(codes), len(names)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(features, codes)
    for done, (learn, check) in enumerate(folds, start=1):
        with quietly():
            plan.model.fit(features.iloc[learn], codes[learn])
            chances[check] = plan.model.predict_proba(features.iloc[check])
        yield done
    said = chances.argmax(axis=1)
    own = chances[np.arange(len(codes)), codes]
    usual = np.array([own[codes == each].mean() for each in range(len(names))])
    reached = np.where(chances >= usual, chances, -1.0)
    likely = reached.argmax(axis=1)
    suspect = np.flatnonzero((likely != codes) & (reached.max(axis=1) >= 0) & (said != codes))
    order = suspect[np.argsort(own[suspect], kind="stable")]
    yield LabelErrors(
        suspects=tuple(
            Suspect(
                row=int(label.index[at]) + 1,
                label=str(names[codes[at]]),
                likely=str(names[likely[at]]),
                confidence=float(own[at]),
            )
            for at in order
        ),
        rows=len(label),
        sampled=plan.sampled,
        agreement=float(np.mean([(said[codes == each] == each).mean() for each in range(len(names))])),
        guessing=1 / len(names),
        rare=tuple(sorted(counts.index[counts < FOLDS])),
    )
