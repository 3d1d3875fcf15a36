"""A quick, plain model of any table: good enough to say whether there is something to learn, and no better."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from aipm.prep.operations.cells import numbers_of
from aipm.tables import Refusal

Task = Literal["classification", "regression"]

MOST_ROWS = 20_000
MOST_CELLS = 400_000
"""Rows × columns; beyond it fewer rows are looked at, which the results say."""
MOST_COLUMNS = 200
MOST_CATEGORIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A model not yet learned, the rows and columns it may see, and what it is to tell.

    `sampled` says whether there were more rows with a known target. `left_out`: columns not used, being identities,
    empty, constant, or too many.
    """

    task: Task
    model: Any
    features: pd.DataFrame
    target: pd.Series
    rows: int
    sampled: bool
    left_out: tuple[str, ...]


def baseline(frame: pd.DataFrame, target: str, *, leave_out: Sequence[str] = (), seed: int = 0) -> Baseline:
    """Trees by histogram for tables; a linear model where there is running text.

    Numbers are told from categories by their cells, so text that holds numbers will do. Raises Refusal: no such target,
    fewer than 20 rows that have it, one value only, no usable column.
    """
    if target not in frame.columns:
        raise Refusal("no_such_column", f"There is no column {target!r}.", advice="Choose from those there are.")
    known = frame[frame[target].notna()].sort_index()
    if len(known) < 20:
        raise Refusal(
            "too_few_rows",
            f"{len(known)} rows have a known target; 20 are the least.",
            advice="Collect more rows, or label those there are.",
        )
    others = [column for column in frame.columns if column != target and column not in set(leave_out)]
    few = others[:MOST_COLUMNS]
    rows = min(MOST_ROWS, max(MOST_CELLS // max(len(few), 1), 1_000))
    sampled = len(known) > rows
    if sampled:
        known = known.sample(rows, random_state=seed).sort_index()
    answers, task = _answers(known, target)
    kinds = {column: kind for column in few if (kind := _kind(known, column)) is not None}
    if not kinds:
        raise Refusal("no_columns", "No column can be learned from.", advice="Add columns that describe the cases.")
    features = pd.DataFrame({column: _read(known, column, kind) for column, kind in kinds.items()}, index=known.index)
    return Baseline(
        task=task,
        model=_model(kinds, task, seed),
        features=features,
        target=answers,
        rows=len(known),
        sampled=sampled,
        left_out=tuple(column for column in frame.columns if column != target and column not in kinds),
    )


@contextmanager
def quietly() -> Iterator[None]:
    """One thread and no warnings of a search that stopped early: a rough model is what was asked for."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _answers(known: pd.DataFrame, target: str) -> tuple[pd.Series, Task]:
    """The target as numbers where it is one of many numbers, else as text."""
    different = int(known[target].nunique())
    if different < 2:
        raise Refusal("one_class", "The target has one value only.", advice="There is nothing to tell apart.")
    if different > 20 and not pd.api.types.is_bool_dtype(known[target]):
        try:
            numbers = numbers_of(known, target)
        except Refusal:
            pass
        else:
            if numbers.notna().all():
                return numbers, "regression"
    if different > MOST_CATEGORIES:
        raise Refusal(
            "many_classes",
            f"The target has {different:,} different values and is no number.",
            advice="Choose a target with at most 100 values, or turn it into a number.",
        )
    return known[target].astype("str"), "classification"


Kind = Literal["number", "category", "text"]


def _kind(known: pd.DataFrame, column: str) -> Kind | None:
    """None for what nothing can be learned from: identities, blank and constant columns."""
    cells = known[column].dropna()
    different = int(cells.nunique())
    if different < 2:
        return None
    if pd.api.types.is_bool_dtype(cells):
        return "category"
    if pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells):
        return "number"
    texts = cells.astype("str")
    if pd.to_numeric(texts, errors="coerce").notna().mean() >= 0.9:
        return "number"
    if different > MOST_CATEGORIES and texts.str.count(r"\s+").mean() >= 2:
        return "text"
    # A name that stands in hardly more than one row tells a row, not a kind of row.
    return "category" if different <= max(len(cells) // 2, 2) else None


def _read(known: pd.DataFrame, column: str, kind: Kind) -> pd.Series:
    cells = known[column]
    if kind == "number":
        if pd.api.types.is_datetime64_any_dtype(cells):
            return (cells - cells.min()).dt.total_seconds()
        numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
        return numbers.replace([np.inf, -np.inf], np.nan)
    texts = cells.astype("str")
    if kind == "text":
        return texts.fillna("")
    common = texts.value_counts().index[: MOST_CATEGORIES - 1]
    return texts.where(texts.isin(common), "…").where(cells.notna()).astype("category")


def _model(kinds: dict[str, Kind], task: Task, seed: int) -> Any:
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    texts = [column for column, kind in kinds.items() if kind == "text"][:3]
    if not texts:
        trees = HistGradientBoostingClassifier if task == "classification" else HistGradientBoostingRegressor
        return trees(max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=seed)
    numbers = [column for column, kind in kinds.items() if kind == "number"]
    categories = [column for column, kind in kinds.items() if kind == "category"]
    scaled = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    columns = ColumnTransformer(
        [
            ("numbers", scaled, numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore"), categories),
            *((f"text {each}", TfidfVectorizer(max_features=2_000, preprocessor=_plain), each) for each in texts),
        ]
    )
    linear = LogisticRegression(max_iter=100) if task == "classification" else Ridge()
    return make_pipeline(columns, linear)


def _plain(text: str) -> str:
    """Small letters, and never more of a text than a page."""
    return re.sub(r"\s+", " ", text[:3_000].lower())
