"""Numbers brought to one scale, by scikit-learn's scalers as learned on the training part."""

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.cells import learnable_numbers, numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MinMax:
    clip: bool = False
    """Keep what lies outside of the training part's range at 0 or 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZScore:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RobustScale:
    low: Annotated[float, Meta(ge=1, le=49)] = 25.0
    high: Annotated[float, Meta(ge=51, le=99)] = 75.0
    """The percentiles whose distance becomes 1."""


def learn_min_max(frame: pd.DataFrame, columns: list[str], *, clip: bool) -> Any:
    """The least and greatest value of each column."""
    from sklearn.preprocessing import MinMaxScaler

    return MinMaxScaler(clip=clip).fit(learnable_numbers(frame, columns).to_numpy())


def learn_z_score(frame: pd.DataFrame, columns: list[str]) -> Any:
    """The mean and standard deviation of each column."""
    from sklearn.preprocessing import StandardScaler

    return StandardScaler().fit(learnable_numbers(frame, columns).to_numpy())


def learn_robust_scale(frame: pd.DataFrame, columns: list[str], *, low: float, high: float) -> Any:
    """The median of each column and the distance of two percentiles."""
    from sklearn.preprocessing import RobustScaler

    return RobustScaler(quantile_range=(low, high)).fit(learnable_numbers(frame, columns).to_numpy())


def rescale(frame: pd.DataFrame, columns: list[str], learned: Any, **_: object) -> pd.DataFrame:
    """The columns on the learned scale; missing stays missing."""
    numbers = np.column_stack([numbers_of(frame, column) for column in columns])
    scaled = learned.transform(numbers) if len(frame) else numbers
    out = frame.copy(deep=False)
    for place, column in enumerate(columns):
        out[column] = scaled[:, place]
    return out


def describe_min_max(learned: Any) -> dict[str, Any]:
    return {"least": learned.data_min_.tolist(), "greatest": learned.data_max_.tolist()}


def describe_z_score(learned: Any) -> dict[str, Any]:
    return {"means": learned.mean_.tolist(), "deviations": learned.scale_.tolist()}


def describe_robust_scale(learned: Any) -> dict[str, Any]:
    return {"medians": learned.center_.tolist(), "distances": learned.scale_.tolist()}


OPERATIONS = (
    Operation(
        name="min_max",
        stage="shape",
        scope="columns",
        params=MinMax,
        learn=learn_min_max,
        apply=rescale,
        describe=describe_min_max,
    ),
    Operation(
        name="z_score",
        stage="shape",
        scope="columns",
        params=ZScore,
        learn=learn_z_score,
        apply=rescale,
        describe=describe_z_score,
    ),
    Operation(
        name="robust_scale",
        stage="shape",
        scope="columns",
        params=RobustScale,
        learn=learn_robust_scale,
        apply=rescale,
        describe=describe_robust_scale,
    ),
)
