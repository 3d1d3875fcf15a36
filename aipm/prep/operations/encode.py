"""Categories as numbers, and numbers as bins, by what the training part holds."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Word
from aipm.prep.operations.cells import (
    free_names,
    learnable_numbers,
    nothing_to_learn,
    numbers_of,
    texts_of,
)
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class OneHot:
    most: Annotated[int, Meta(ge=2, le=500)] = 50
    """The most columns that one column becomes; the rarest categories share the last."""
    drop_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinal:
    order: Annotated[tuple[Word, ...], Meta(max_length=1_000)] = ()
    """The categories from lowest to highest; empty: by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyEncode:
    count: bool = False
    """How many training rows rather than which share of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    how: Literal["quantile", "uniform", "edges"] = "quantile"
    bins: Annotated[int, Meta(ge=2, le=100)] = 5
    edges: Annotated[tuple[float, ...], Meta(max_length=100)] = ()
    """The limits between bins, rising; a bin holds its lower limit."""
    label: Literal["number", "range"] = "number"


def learn_one_hot(frame: pd.DataFrame, columns: list[str], *, most: int, **_: object) -> dict[str, dict[str, Any]]:
    """The most frequent categories of each column, by name; None is a missing cell. `other`: whether there are more."""
    learned, made = {}, 0
    for column in columns:
        counts = texts_of(frame, column).value_counts(dropna=False)
        if counts.empty:
            raise nothing_to_learn(column)
        often = {category if isinstance(category, str) else None: int(count) for category, count in counts.items()}
        ranked = sorted(often, key=lambda category: (-often[category], category is None, category or ""))
        kept = ranked[: most if len(ranked) <= most else most - 1]
        kept.sort(key=lambda category: (category is None, category or ""))
        learned[column] = {"categories": kept, "other": len(ranked) > most}
        made += len(kept) + (len(ranked) > most)
    if made > 1_000:
        advice = "Let fewer categories have a column of their own, or encode by frequency."
        raise Refusal("too_many", f"The step would make {made} columns; 1,000 are the most.", advice=advice)
    return learned


def one_hot(
    frame: pd.DataFrame, columns: list[str], learned: dict[str, dict[str, Any]], *, drop_first: bool, **_: object
) -> pd.DataFrame:
    """One column of 0 and 1 for each category instead of the column itself. An unknown category is 0 in all of them,
    or belongs to "other" where rare ones share a column.
    """
    names, parts = [], []
    for column in columns:
        categories, other = learned[column]["categories"], learned[column]["other"]
        called = ["missing" if category is None else category for category in categories] + ["other"] * other
        names += [f"{column}_{each}" for each in called[drop_first:]]
        codes, different = pd.factorize(texts_of(frame, column), use_na_sentinel=False)
        places = pd.Index(categories, dtype="str").get_indexer(different)
        places[places < 0] = len(categories)
        # One row for each different category, then as often as it occurs; the last column is for the unknown.
        encoded = np.eye(len(categories) + 1, dtype="int8")[places][codes]
        parts.append(encoded[:, int(drop_first) : len(called)])
    kept = frame.drop(columns=list(columns))
    names = free_names(list(kept.columns), names)
    return pd.concat([kept, pd.DataFrame(np.hstack(parts), columns=names, index=frame.index)], axis=1)


def learn_ordinal(frame: pd.DataFrame, columns: list[str], *, order: list[str]) -> dict[str, list[str]]:
    """The categories of each column in order: as given, otherwise by name."""
    if len(set(order)) < len(order):
        raise Refusal("bad_setting", "A category stands twice in the order.", advice="Name each once.")
    learned = {}
    for column in columns:
        learned[column] = list(order) or sorted(texts_of(frame, column).dropna().unique())
        if not learned[column]:
            raise nothing_to_learn(column)
    return learned


def ordinal(frame: pd.DataFrame, columns: list[str], learned: dict[str, list[str]], **_: object) -> pd.DataFrame:
    """The place of each category, from 0; an unknown one is -1, a missing one stays missing."""
    out = frame.copy(deep=False)
    for column in columns:
        codes, different = pd.factorize(texts_of(frame, column))  # each different category is looked up once
        places = pd.Series(pd.Index(learned[column], dtype="str").get_indexer(different), dtype="Int64")
        out[column] = pd.Series(places.reindex(codes).array, index=frame.index)
    return out


def learn_frequency_encode(frame: pd.DataFrame, columns: list[str], *, count: bool) -> dict[str, dict[str, float]]:
    """How often each category of each column occurs."""
    learned = {}
    for column in columns:
        counts = texts_of(frame, column).value_counts(normalize=not count)
        if counts.empty:
            raise nothing_to_learn(column)
        learned[column] = counts.sort_index().to_dict()
    return learned


def frequency_encode(
    frame: pd.DataFrame, columns: list[str], learned: dict[str, dict[str, float]], *, count: bool
) -> pd.DataFrame:
    """How often the category occurs in the training part; 0 for an unknown one, missing stays missing."""
    out = frame.copy(deep=False)
    for column in columns:
        codes, different = pd.factorize(texts_of(frame, column))
        often = pd.Series([learned[column].get(category, 0) for category in different], dtype="float64")
        cells = pd.Series(often.reindex(codes).array, index=frame.index)
        out[column] = cells.astype("Int64") if count else cells
    return out


def learn_bins(
    frame: pd.DataFrame, columns: list[str], *, how: str, bins: int, edges: list[float], **_: object
) -> dict[str, list[float]]:
    """The limits between the bins of each column; fewer where many values are the same."""
    if how == "edges":
        if not edges or any(one >= other for one, other in pairwise(edges)):
            raise Refusal("bad_setting", "The limits between bins must be given, each larger than the one before.")
        return {column: [float(edge) for edge in edges] for column in columns}
    numbers = learnable_numbers(frame, columns)
    learned = {}
    for column in columns:
        values = numbers[column].dropna()
        inner = np.linspace(0, 1, bins + 1)[1:-1]
        limits = values.quantile(inner) if how == "quantile" else values.min() + inner * (values.max() - values.min())
        # A limit at the least value would leave the bin below it empty.
        learned[column] = [limit for limit in np.unique(limits).tolist() if limit > values.min()]
    return learned


def bins(
    frame: pd.DataFrame, columns: list[str], learned: dict[str, list[float]], *, label: str, **_: object
) -> pd.DataFrame:
    """The number of the bin, from 0, or its range as text; the first and last bin have no end."""
    out = frame.copy(deep=False)
    for column in columns:
        limits, numbers = learned[column], numbers_of(frame, column)
        places = np.searchsorted(limits, numbers, side="right")
        if label == "number":
            out[column] = pd.Series(places, index=frame.index).astype("Int64").mask(numbers.isna())
        else:
            ends = [f"{limit:.6g}" for limit in limits]
            between = [f"{one} to below {other}" for one, other in pairwise(ends)]
            ranges = [f"below {ends[0]}", *between, f"{ends[-1]} and above"] if ends else ["any"]
            texts = pd.Series(np.array(ranges, dtype=object)[places], index=frame.index, dtype="str")
            out[column] = texts.mask(numbers.isna())
    return out


OPERATIONS = (
    Operation(
        name="one_hot",
        stage="shape",
        scope="columns",
        params=OneHot,
        learn=learn_one_hot,
        apply=one_hot,
        describe=dict,
    ),
    Operation(
        name="ordinal",
        stage="shape",
        scope="columns",
        params=Ordinal,
        learn=learn_ordinal,
        apply=ordinal,
        describe=dict,
    ),
    Operation(
        name="frequency_encode",
        stage="shape",
        scope="columns",
        params=FrequencyEncode,
        learn=learn_frequency_encode,
        apply=frequency_encode,
        describe=dict,
    ),
    Operation(
        name="bins",
        stage="shape",
        scope="columns",
        params=Bins,
        learn=learn_bins,
        apply=bins,
        describe=dict,
    ),
)
