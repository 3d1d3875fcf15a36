"""New columns out of others: ratios, lengths of text, interactions, formulas."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ColumnName, Expression, OptionalName
from aipm.prep.operations.cells import (
    add_columns,
    add_named_column,
    countable,
    numbers_of,
    texts_of,
)
from aipm.prep.operations.expression import FormulaReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    name: OptionalName = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLength:
    unit: Literal["characters", "words"] = "characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    kind: Literal["product", "combination"] = "product"
    name: OptionalName = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    name: ColumnName
    expression: Expression


def ratio(frame: pd.DataFrame, columns: list[str], *, name: str) -> pd.DataFrame:
    """The first column divided by the second; by 0 it is missing."""
    top, bottom = (numbers_of(frame, column) for column in columns)
    cells = countable(top / bottom.where(bottom != 0))
    return add_named_column(frame, name, f"{columns[0]}_per_{columns[1]}", cells)


def text_length(frame: pd.DataFrame, columns: list[str], *, unit: str) -> pd.DataFrame:
    """How many characters, or words, each text has; missing where there is none."""
    made = []
    for column in columns:
        texts = texts_of(frame, column)
        lengths = texts.str.len() if unit == "characters" else texts.str.count("[^ \t\r\n\u00a0]+")
        made.append((f"{column}_{unit}", lengths.astype("Int64")))
    return add_columns(frame, made)


def interaction(frame: pd.DataFrame, columns: list[str], *, kind: str, name: str) -> pd.DataFrame:
    """Two columns as one: the product of numbers, or a category for each pair of categories."""
    if kind == "product":
        one, other = (numbers_of(frame, column) for column in columns)
        cells = countable(one * other)
        return add_named_column(frame, name, f"{columns[0]}_x_{columns[1]}", cells)
    one, other = (texts_of(frame, column) for column in columns)
    return add_named_column(frame, name, f"{columns[0]}_and_{columns[1]}", one + " | " + other)


def formula(frame: pd.DataFrame, columns: list[str], *, name: str, expression: str) -> pd.DataFrame:  # noqa: ARG001 - the formula names its own
    """A new column, worked out by a formula over others."""
    return add_named_column(frame, name, name, FormulaReader(frame, expression).read().as_column(frame))


OPERATIONS = (
    Operation(
        name="ratio",
        stage="shape",
        scope="columns",
        params=Ratio,
        apply=ratio,
        least_columns=2,
        most_columns=2,
    ),
    Operation(
        name="text_length",
        stage="shape",
        scope="columns",
        params=TextLength,
        apply=text_length,
    ),
    Operation(
        name="interaction",
        stage="shape",
        scope="columns",
        params=Interaction,
        apply=interaction,
        least_columns=2,
        most_columns=2,
    ),
    Operation(
        name="formula",
        stage="shape",
        scope="columns",
        params=Formula,
        apply=formula,
        least_columns=0,
    ),
)
