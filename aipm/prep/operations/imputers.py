"""Filling numbers from the other columns: by the most similar rows, or by regression."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import SampleRows, Seed
from aipm.prep.operations.cells import learnable_numbers, nothing_to_learn, numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FillNeighbours:
    neighbours: Annotated[int, Meta(ge=1, le=100)] = 5
    weights: Literal["uniform", "distance"] = "uniform"
    rows: SampleRows = 5_000
    """The most training rows that are compared with: the work grows with their number for every row."""
    seed: Seed = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRegression:
    rounds: Annotated[int, Meta(ge=1, le=50)] = 10
    rows: SampleRows = 20_000
    seed: Seed = 0


def training_sample(frame: pd.DataFrame, columns: list[str], rows: int, seed: int) -> pd.DataFrame:
    """The columns as floats, of at most so many rows drawn by the seed. Raises Refusal for a column without a value."""
    numbers = learnable_numbers(frame, columns)
    sample = numbers if len(numbers) <= rows else numbers.sample(n=rows, random_state=seed)
    for column in columns:
        if sample[column].isna().all():
            raise nothing_to_learn(column)
    return sample


def put_estimates(frame: pd.DataFrame, columns: list[str], estimates: np.ndarray[Any, Any]) -> pd.DataFrame:
    """Missing cells -> estimates of six significant digits: more would be noise, and differ between machines."""
    out = frame.copy(deep=False)
    for place, column in enumerate(columns):
        cells = numbers_of(frame, column)
        gaps = cells.isna().to_numpy()
        if gaps.any():
            rounded = [float(f"{value:.6g}") for value in estimates[gaps, place]]
            cells = cells.to_numpy(copy=True)
            cells[gaps] = rounded
            out[column] = cells
        elif not pd.api.types.is_integer_dtype(frame[column]):
            out[column] = cells
    return out


def learn_fill_neighbours(
    frame: pd.DataFrame, columns: list[str], *, neighbours: int, weights: str, rows: int, seed: int
) -> dict[str, Any]:
    """Training rows to compare with, in standard deviations so that no column outweighs the others by its unit."""
    from sklearn.impute import KNNImputer
    from sklearn.preprocessing import StandardScaler

    sample = training_sample(frame, columns, rows, seed).to_numpy()
    scaler = StandardScaler().fit(sample)
    imputer = KNNImputer(n_neighbors=neighbours, weights=weights).fit(scaler.transform(sample))
    return {"scaler": scaler, "imputer": imputer, "rows": len(sample)}


def fill_neighbours(frame: pd.DataFrame, columns: list[str], learned: dict[str, Any], **_: object) -> pd.DataFrame:
    """Missing numbers -> the mean of the most similar training rows."""
    numbers = np.column_stack([numbers_of(frame, column) for column in columns])
    gaps = np.isnan(numbers).any(axis=1)
    if gaps.any():
        scaled = learned["imputer"].transform(learned["scaler"].transform(numbers[gaps]))
        numbers[gaps] = learned["scaler"].inverse_transform(scaled)
    return put_estimates(frame, columns, numbers)


def describe_fill_neighbours(learned: dict[str, Any]) -> dict[str, Any]:
    """How many rows were compared with, and the scale; never the rows."""
    scaler = learned["scaler"]
    return {"rows": learned["rows"], "means": scaler.mean_.tolist(), "deviations": scaler.scale_.tolist()}


def learn_fill_regression(frame: pd.DataFrame, columns: list[str], *, rounds: int, rows: int, seed: int) -> Any:
    """A regression for each column on the others, repeated; no estimate lies outside of what the part holds."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401 - importing it makes the next line work
    from sklearn.impute import IterativeImputer

    sample = training_sample(frame, columns, rows, seed).to_numpy()
    lows, highs = np.nanmin(sample, axis=0), np.nanmax(sample, axis=0)
    # A constant column needs room between its bounds.
    lows, highs = np.where(lows < highs, lows, lows - 1), np.where(lows < highs, highs, highs + 1)
    imputer = IterativeImputer(max_iter=rounds, random_state=seed, min_value=lows, max_value=highs)
    with warnings.catch_warnings():
        # Rounds are limited on purpose.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return imputer.fit(sample)


def fill_regression(frame: pd.DataFrame, columns: list[str], learned: Any, **_: object) -> pd.DataFrame:
    """Missing numbers -> what the other columns let expect."""
    numbers = np.column_stack([numbers_of(frame, column) for column in columns])
    gaps = np.isnan(numbers).any(axis=1)
    if gaps.any():
        numbers[gaps] = learned.transform(numbers[gaps])
    return put_estimates(frame, columns, numbers)


def describe_fill_regression(learned: Any) -> dict[str, Any]:
    """The regressions in the order in which they were made, of the last round: which column from which others."""
    count = learned.n_features_in_
    steps = learned.imputation_sequence_[-count:] if learned.imputation_sequence_ else []
    return {
        "rounds": int(learned.n_iter_),
        "regressions": [
            {
                "column": int(step.feat_idx),
                "others": [int(other) for other in step.neighbor_feat_idx],
                "coefficients": step.estimator.coef_.tolist(),
                "intercept": float(step.estimator.intercept_),
            }
            for step in steps
        ],
    }


OPERATIONS = (
    Operation(
        name="fill_neighbours",
        stage="clean",
        scope="columns",
        params=FillNeighbours,
        learn=learn_fill_neighbours,
        apply=fill_neighbours,
        describe=describe_fill_neighbours,
        least_columns=2,
        most_columns=100,
    ),
    Operation(
        name="fill_regression",
        stage="clean",
        scope="columns",
        params=FillRegression,
        learn=learn_fill_regression,
        apply=fill_regression,
        describe=describe_fill_regression,
        least_columns=2,
        most_columns=100,
    ),
)
