"""Values far outside the rest: flag them, cap them, or leave their rows out of the training part."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Seed
from aipm.prep.operations.cells import (
    add_columns,
    learnable_numbers,
    numbers_of,
)
from aipm.tables import Refusal

Factor = Annotated[float, Meta(ge=0.5, le=20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outliers:
    method: Literal["iqr", "z_score", "isolation_forest"] = "iqr"
    factor: Factor = 1.5
    """iqr: how many times the spread of the middle half a value may lie outside of it."""
    deviations: Factor = 3.0
    """z_score: how many standard deviations a value may lie from the mean."""
    share: Annotated[float, Meta(gt=0, le=0.5)] = 0.01
    """isolation_forest: the share of the training rows that is taken for unusual."""
    seed: Seed = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CapOutliers:
    method: Literal["iqr", "z_score", "percentile"] = "iqr"
    factor: Factor = 1.5
    deviations: Factor = 3.0
    percent: Annotated[float, Meta(gt=0, le=25)] = 1.0
    """percentile: how many percent of the training rows are capped at each end."""


def learned_bounds(
    frame: pd.DataFrame, columns: list[str], method: str, factor: float, deviations: float, percent: float
) -> dict[str, list[float]]:
    """The lowest and highest usual value of each column; without limit where the column has no spread to judge by."""
    numbers = learnable_numbers(frame, columns)
    bounds = {}
    for column in columns:
        values = numbers[column]
        if method == "percentile":
            low, high = values.quantile(percent / 100), values.quantile(1 - percent / 100)
        elif method == "z_score":
            # Divided by n, as StandardScaler does, so that both speak of the same deviations.
            spread = deviations * values.std(ddof=0)
            low, high = values.mean() - spread, values.mean() + spread
        else:
            first, third = values.quantile(0.25), values.quantile(0.75)
            spread = factor * (third - first)
            low, high = first - spread, third + spread
        bounds[column] = [float(low), float(high)] if low < high else [float("-inf"), float("inf")]
    return bounds


def describe_bounds(learned: dict[str, list[float]]) -> dict[str, Any]:
    """As plain data; no limit is null."""
    return {column: [end if abs(end) < float("inf") else None for end in ends] for column, ends in learned.items()}


def learn_outliers(
    frame: pd.DataFrame, columns: list[str], *, method: str, factor: float, deviations: float, share: float, seed: int
) -> dict[str, Any]:
    """Bounds for each column, or a forest that judges rows by all the columns together."""
    if method != "isolation_forest":
        return {"bounds": learned_bounds(frame, columns, method, factor, deviations, 0)}
    from sklearn.ensemble import IsolationForest

    numbers = learnable_numbers(frame, columns)
    middle = numbers.median()
    forest = IsolationForest(contamination=share, random_state=seed).fit(numbers.fillna(middle).to_numpy())
    return {"forest": forest, "medians": middle.to_dict()}


def describe_outliers(learned: dict[str, Any]) -> dict[str, Any]:
    """Bounds, or of the forest its size, its limit, and the medians that stand in for what is missing."""
    if "bounds" in learned:
        return describe_bounds(learned["bounds"])
    forest = learned["forest"]
    return {"trees": len(forest.estimators_), "limit": float(forest.offset_), "medians": learned["medians"]}


def outlying(frame: pd.DataFrame, columns: list[str], learned: dict[str, Any]) -> pd.DataFrame:
    """True where a value is outside its column's bounds, or, in one column, where the forest finds a row unusual."""
    numbers = pd.DataFrame({column: numbers_of(frame, column) for column in columns}, index=frame.index)
    if "forest" in learned:
        filled = numbers.fillna(learned["medians"]).to_numpy()
        unusual = learned["forest"].predict(filled) < 0 if len(frame) else []
        return pd.DataFrame({"rows": unusual}, index=frame.index, dtype="bool")
    bounds = learned["bounds"]
    return pd.DataFrame({c: (numbers[c] < bounds[c][0]) | (numbers[c] > bounds[c][1]) for c in columns})


def flag_outliers(frame: pd.DataFrame, columns: list[str], learned: dict[str, Any], **_: object) -> pd.DataFrame:
    """A column of 0 and 1 for each column, or one for all of them by the forest."""
    flags = outlying(frame, columns, learned).astype("int8")
    if "forest" in learned:
        return add_columns(frame, [("outlier", flags["rows"])])
    return add_columns(frame, [(f"{column}_outlier", flags[column]) for column in columns])


def remove_outliers(frame: pd.DataFrame, columns: list[str], learned: dict[str, Any], **_: object) -> pd.DataFrame:
    """Rows with an unusual value go; meant for the training part alone."""
    kept = frame[~outlying(frame, columns, learned).any(axis=1)]
    if kept.empty and len(frame):
        raise Refusal("nothing_left", "Every row would be removed.", advice="Use a wider limit or fewer columns.")
    return kept


def learn_cap_outliers(
    frame: pd.DataFrame, columns: list[str], *, method: str, factor: float, deviations: float, percent: float
) -> dict[str, list[float]]:
    """The values to cap each column at."""
    return learned_bounds(frame, columns, method, factor, deviations, percent)


def cap_outliers(frame: pd.DataFrame, columns: list[str], learned: dict[str, list[float]], **_: object) -> pd.DataFrame:
    """Values beyond the learned bounds become the bound; whole numbers stay whole where the bounds are."""
    out = frame.copy(deep=False)
    for column in columns:
        low, high = (None if abs(end) == float("inf") else end for end in learned[column])
        whole = all(end is None or end % 1 == 0 for end in (low, high))
        cells = frame[column] if whole and pd.api.types.is_integer_dtype(frame[column]) else numbers_of(frame, column)
        out[column] = cells.clip(low, high)
    return out


OPERATIONS = (
    Operation(
        name="flag_outliers",
        stage="clean",
        scope="columns",
        params=Outliers,
        learn=learn_outliers,
        apply=flag_outliers,
        describe=describe_outliers,
    ),
    Operation(
        name="remove_outliers",
        stage="clean",
        scope="train_only",
        params=Outliers,
        learn=learn_outliers,
        apply=remove_outliers,
        describe=describe_outliers,
    ),
    Operation(
        name="cap_outliers",
        stage="clean",
        scope="columns",
        params=CapOutliers,
        learn=learn_cap_outliers,
        apply=cap_outliers,
        describe=describe_bounds,
    ),
)
