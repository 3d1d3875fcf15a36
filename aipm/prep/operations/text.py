"""Tidying texts: spaces, spelling variants, replacements, and cells that hold several values."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Mapping
from aipm.prep.operations.cells import add_columns, nothing_to_learn, texts_of
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class StripText:
    inner: bool = False
    """Also make one space of several within a text."""
    case: Literal["keep", "lower", "upper"] = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeVariants:
    mapping: Mapping
    """Old spelling -> the one to keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceValues:
    mapping: Mapping
    inside: bool = False
    """Replace wherever the text stands within a cell, not only where it is the whole cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitValues:
    separator: Annotated[str, Meta(min_length=1, max_length=10)] = ";"
    most: Annotated[int, Meta(ge=1, le=200)] = 30


def words_of(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column of texts. Raises Refusal for one that has become numbers or dates."""
    if not isinstance(frame[column].dtype, pd.StringDtype):
        advice = "Do this step before the one that changes what the column holds."
        raise Refusal("not_text", f"Column {column!r} does not hold text any more.", advice=advice)
    return frame[column]


def strip_text(frame: pd.DataFrame, columns: list[str], *, inner: bool, case: str) -> pd.DataFrame:
    """Spaces around texts go; what is empty then is missing."""
    out = frame.copy(deep=False)
    for column in columns:
        texts = words_of(frame, column).str.strip()
        if inner:
            texts = texts.str.replace("[ \t\r\n\u00a0\u2009\u202f]+", " ", regex=True)
        if case != "keep":
            texts = texts.str.lower() if case == "lower" else texts.str.upper()
        out[column] = texts.where(texts != "")
    return out


def replace_values(frame: pd.DataFrame, columns: list[str], *, mapping: dict[str, str], inside: bool) -> pd.DataFrame:
    """Whole cells (or, inside, parts of them, in the order given) -> other text; an empty text means missing."""
    out = frame.copy(deep=False)
    for column in columns:
        texts = words_of(frame, column)
        if inside:
            for old, new in mapping.items():
                texts = texts.str.replace(old, new, regex=False) if old else texts
        else:
            codes, different = pd.factorize(texts)
            replaced = pd.Series([mapping.get(text, text) for text in different], dtype="str")
            texts = pd.Series(replaced.reindex(codes).array, index=frame.index)
        out[column] = texts.where(texts != "")
    return out


def merge_variants(frame: pd.DataFrame, columns: list[str], *, mapping: dict[str, str]) -> pd.DataFrame:
    """Spelling variants of a category -> the one spelling to keep."""
    return replace_values(frame, columns, mapping=mapping, inside=False)


def values_within(frame: pd.DataFrame, column: str, separator: str) -> pd.Series:
    """The single values of a column, one a row, under the index of the row that they stand in."""
    values = texts_of(frame, column).str.split(separator, regex=False).explode().astype("str").str.strip()
    return values[values.notna() & (values != "")]


def learn_split_values(frame: pd.DataFrame, columns: list[str], *, separator: str, most: int) -> dict[str, list[str]]:
    """The most frequent single values of each column; equally frequent ones by name."""
    learned = {}
    for column in columns:
        counts = values_within(frame, column, separator).value_counts()
        if counts.empty:
            raise nothing_to_learn(column)
        learned[column] = sorted(counts.index, key=lambda value: (-counts[value], value))[:most]
    return learned


def split_values(
    frame: pd.DataFrame, columns: list[str], learned: dict[str, list[str]], *, separator: str, **_: object
) -> pd.DataFrame:
    """One column of 0 and 1 for each learned value, instead of the cells that hold several. A blank cell has none."""
    made = []
    for column in columns:
        values = values_within(frame, column, separator)
        rows = frame.index.get_indexer(values.index)
        places = pd.Index(learned[column], dtype="str").get_indexer(values)
        has = np.zeros((len(frame), len(learned[column])), dtype="int8")
        has[rows[places >= 0], places[places >= 0]] = 1
        made += [(f"{column}_{v}", pd.Series(has[:, k], index=frame.index)) for k, v in enumerate(learned[column])]
    return add_columns(frame.drop(columns=list(columns)), made)


OPERATIONS = (
    Operation(
        name="strip_text",
        stage="clean",
        scope="columns",
        params=StripText,
        apply=strip_text,
    ),
    Operation(
        name="merge_variants",
        stage="clean",
        scope="columns",
        params=MergeVariants,
        apply=merge_variants,
    ),
    Operation(
        name="replace_values",
        stage="clean",
        scope="columns",
        params=ReplaceValues,
        apply=replace_values,
    ),
    Operation(
        name="split_values",
        stage="clean",
        scope="columns",
        params=SplitValues,
        learn=learn_split_values,
        apply=split_values,
        describe=dict,
    ),
)
