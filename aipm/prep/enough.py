"""Is it enough: rows for each class and group, and whether more rows would make a plain model better."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from aipm.prep.baseline import Task, baseline, quietly
from aipm.tables import Refusal

Verdict = Literal["more_would_help", "levelled_off", "nothing_learned", "unsure"]
FOLDS = 5
SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
"""Of the training rows; each size twice the last, so that the last step answers: what would twice as many give?"""
LITTLE = 0.01
"""A change of the score that is not worth collecting data for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of one value: of a class, or of a group.

    `margin`: by how much a share measured on those in the test part may be off, half the width of its 95 % interval
    where that is widest (Wilson); None without a row in it.
    """

    value: str | None
    rows: int
    share: float
    in_test: int
    margin: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """`ratio`: rows of the most frequent value for each row of the rarest."""

    counts: tuple[Rows, ...]
    ratio: float | None
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The score after learning from `rows` rows: the mean over folds, and the lowest and highest of them."""

    rows: int
    score: float
    low: float
    high: float
    folds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """`score`: roc_auc, balanced_accuracy or r2. `chance`: what it is when nothing was learned.

    `gain`: what the last doubling of rows gave, with a 95 % interval of its own (Nadeau & Bengio 2003, since folds
    share rows). `rows` were used of `rows_known`.
    """

    task: Task
    score: str
    chance: float
    sizes: tuple[Size, ...]
    gain: float
    gain_low: float
    gain_high: float
    verdict: Verdict
    rows: int
    sampled: bool
    left_out: tuple[str, ...]


def rows_of(cells: pd.Series, *, test: float = 0.15, most: int = 100) -> Balance:
    """The rows of every value, the most frequent first; at most `most` of them are listed."""
    from scipy.stats import binomtest

    counts = cells.value_counts(dropna=True, sort=True)
    known = int(counts.sum())
    listed = []
    for value, rows in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))[:most]:
        in_test = round(rows * test)
        interval = binomtest(in_test // 2, in_test).proportion_ci(method="wilson") if in_test else None
        margin = (interval.high - interval.low) / 2 if interval else None
        listed.append(Rows(value=str(value), rows=int(rows), share=rows / known, in_test=in_test, margin=margin))
    ratio = float(counts.max() / counts.min()) if len(counts) > 1 else None
    return Balance(counts=tuple(listed), ratio=ratio, missing=int(cells.isna().sum()))


def sizes(
    frame: pd.DataFrame, target: str, *, groups: str | None = None, leave_out: Sequence[str] = (), seed: int = 0
) -> Iterator[Size | Curve]:
    """The score at each size as it is known, so that the work can be stopped between them, and at last the curve.

    `groups`: who a row belongs to; nobody is then on both sides, and the column itself is not learned from.
    Raises Refusal where baseline does, and where a class or the groups are too few for cross-validation.
    """
    hidden = [*leave_out, *([groups] if groups else [])]
    plan = baseline(frame, target, leave_out=hidden, seed=seed)
    owner = frame.loc[plan.target.index, groups] if groups else None
    answers, features, folds = _folds(plan.task, plan.target, plan.features, owner, seed)
    score, chance = _score_of(plan.task, answers)
    found: list[Size] = []
    for share in SHARES:
        scores = []
        rows = 0
        for learn, check in folds:
            part = learn[: max(round(share * len(learn)), 2)]
            rows = len(part)
            if rows < 10 or (plan.task == "classification" and len(np.unique(answers[part])) < len(np.unique(answers))):
                continue
            with quietly():
                plan.model.fit(features.iloc[part], answers[part])
                scores.append(_scored(score, plan.model, features.iloc[check], answers[check]))
        if len(scores) == len(folds):
            size = Size(rows=rows, score=float(np.mean(scores)), low=min(scores), high=max(scores), folds=tuple(scores))
            found.append(size)
            yield size
    if len(found) < 2:
        raise Refusal(
            "too_few_rows",
            "There are too few rows to compare sizes.",
            advice="Collect or label more rows, above all of the rarest class.",
        )
    gain, low, high = _gain(found[-2], found[-1], tested=1 / (len(folds) - 1))
    yield Curve(
        task=plan.task,
        score=score,
        chance=chance,
        sizes=tuple(found),
        gain=gain,
        gain_low=low,
        gain_high=high,
        verdict=_verdict(found[-1], chance, gain, low, high, folds=len(folds)),
        rows=plan.rows,
        sampled=plan.sampled,
        left_out=tuple(column for column in plan.left_out if column not in hidden),
    )


def learning_curve(frame: pd.DataFrame, target: str, **options: Any) -> Curve:
    """The whole curve at once; see sizes."""
    *_, curve = sizes(frame, target, **options)
    assert isinstance(curve, Curve)
    return curve


def _folds(
    task: Task, target: pd.Series, features: pd.DataFrame, owner: pd.Series | None, seed: int
) -> tuple[Any, pd.DataFrame, list[tuple[Any, Any]]]:
    """Answers as numbers, features, and for each fold the rows to learn from, in random order, and those to check."""
    from sklearn.model_selection import GroupKFold, KFold, StratifiedGroupKFold, StratifiedKFold

    kept = target.notna() if owner is None else owner.notna()
    if task == "classification":
        counts = target[kept].value_counts()
        kept &= target.isin(counts.index[counts >= 2 * FOLDS])
        if target[kept].nunique() < 2:
            raise Refusal(
                "too_few_rows",
                f"Fewer than two classes have {2 * FOLDS} rows.",
                advice="Collect or label more rows of the rare classes.",
            )
    target, features = target[kept], features[kept]
    answers = pd.factorize(target, sort=True)[0] if task == "classification" else target.to_numpy(dtype="float64")
    if owner is None:
        way = StratifiedKFold if task == "classification" else KFold
        pairs = way(FOLDS, shuffle=True, random_state=seed).split(features, answers)
    else:
        belongs = pd.factorize(owner[kept])[0]
        if len(np.unique(belongs)) < FOLDS:
            raise Refusal("too_few_groups", f"There are fewer than {FOLDS} groups.", advice="Leave the group out.")
        # Whoever has few rows is quickly placed; StratifiedGroupKFold takes seconds for thousands of groups.
        few = task == "classification" and belongs.max() < 500
        by_group = StratifiedGroupKFold if few else GroupKFold
        pairs = by_group(FOLDS, shuffle=True, random_state=seed).split(features, answers, belongs)
    random = np.random.default_rng(seed)
    return answers, features, [(random.permutation(learn), check) for learn, check in pairs]


def _score_of(task: Task, answers: Any) -> tuple[str, float]:
    if task == "regression":
        return "r2", 0.0
    classes = len(np.unique(answers))
    return ("roc_auc", 0.5) if classes == 2 else ("balanced_accuracy", 1 / classes)


def _scored(score: str, model: Any, features: pd.DataFrame, answers: Any) -> float:
    from sklearn.metrics import balanced_accuracy_score, r2_score, roc_auc_score

    if score == "r2":
        return float(r2_score(answers, model.predict(features)))
    if score == "balanced_accuracy":
        return float(balanced_accuracy_score(answers, model.predict(features)))
    # A fold made by group may hold one class only, which says nothing either way.
    return float(roc_auc_score(answers, model.predict_proba(features)[:, 1])) if len(np.unique(answers)) == 2 else 0.5


def _gain(half: Size, full: Size, *, tested: float) -> tuple[float, float, float]:
    """The mean difference over folds and its 95 % interval, with the variance corrected for shared rows."""
    from scipy.stats import t

    differences = np.array(full.folds) - np.array(half.folds)
    error = float(np.sqrt((1 / len(differences) + tested) * differences.var(ddof=1)))
    reach = float(t.ppf(0.975, len(differences) - 1)) * error
    gain = float(differences.mean())
    return gain, gain - reach, gain + reach


def _verdict(full: Size, chance: float, gain: float, low: float, high: float, *, folds: int) -> Verdict:
    spread = float(np.std(full.folds, ddof=1)) / np.sqrt(folds)
    if full.score - 2 * spread <= chance + LITTLE:
        return "nothing_learned"
    if gain >= LITTLE and low > 0:
        return "more_would_help"
    return "levelled_off" if high < 2 * LITTLE else "unsure"
