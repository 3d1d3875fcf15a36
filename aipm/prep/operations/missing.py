"""What is missing: say so, say that it does not apply, fill it with something simple, or drop it."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Expression, Word
from aipm.prep.operations.cells import (
    add_columns,
    learnable_numbers,
    nothing_to_learn,
    numbers_of,
    parsed_numbers,
    texts_of,
)
from aipm.prep.operations.expression import rows_where
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMissing:
    values: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=10_000)]
    any_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    label: Annotated[str, Meta(min_length=1, max_length=200)] = "Not applicable"
    condition: Expression = ""
    """Only where this formula holds; empty: every blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillConstant:
    value: Annotated[str, Meta(min_length=1, max_length=1_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FillStatistic:
    statistic: Literal["median", "mean", "mode"] = "median"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingIndicator:
    suffix: Annotated[str, Meta(min_length=1, max_length=100)] = "_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRowsMissing:
    when: Literal["any", "all"] = "any"


def mark_missing(frame: pd.DataFrame, columns: list[str], *, values: list[str], any_case: bool) -> pd.DataFrame:
    """Cells that only stand for "unknown", such as ? or -999, become missing. Spaces around do not matter."""
    out = frame.copy(deep=False)
    for column in columns:
        texts, tokens = texts_of(frame, column).str.strip(), [value.strip() for value in values]
        if any_case:
            texts, tokens = texts.str.lower(), [token.lower() for token in tokens]
        out[column] = frame[column].mask(texts.isin(tokens))
    return out


def not_applicable(frame: pd.DataFrame, columns: list[str], *, label: str, condition: str) -> pd.DataFrame:
    """Blank cells that are blank because the question does not arise get a category of their own."""
    where = rows_where(frame, condition) if condition else pd.Series(True, index=frame.index)
    out = frame.copy(deep=False)
    for column in columns:
        if not isinstance(frame[column].dtype, pd.StringDtype):
            advice = "Add an indicator of what is missing instead, then fill the numbers."
            raise Refusal("not_text", f"Column {column!r} holds no text, so it cannot hold a category.", advice=advice)
        out[column] = frame[column].mask(frame[column].isna() & where, label)
    return out


def filled(cells: pd.Series, value: Any) -> pd.Series:
    """Missing cells -> the value; whole numbers become floats where the value is none."""
    if pd.api.types.is_integer_dtype(cells) and value % 1:
        cells = cells.astype("float64")
    return cells.fillna(round(value) if pd.api.types.is_integer_dtype(cells) else value)


def fill_constant(frame: pd.DataFrame, columns: list[str], *, value: str) -> pd.DataFrame:
    """Missing cells -> the one value, as what the column holds: text, a number, a date, yes or no."""
    out = frame.copy(deep=False)
    for column in columns:
        cells = frame[column]
        typed: object = value
        if pd.api.types.is_bool_dtype(cells):
            typed = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(value.lower())
        elif pd.api.types.is_numeric_dtype(cells):
            typed = parsed_numbers(pd.Series([value.strip()], dtype="str"))[0]
        elif pd.api.types.is_datetime64_any_dtype(cells):
            typed = pd.to_datetime(pd.Series([value.strip()]), format="ISO8601", errors="coerce")[0]
        if typed is None or pd.isna(typed):
            holds = f"Column {column!r} holds {cells.dtype}, which the value to fill with is not."
            raise Refusal("bad_setting", holds, advice="Write 1.5, 2024-01-31, true or false, or a text.")
        out[column] = filled(cells, typed)
    return out


def learn_fill_statistic(frame: pd.DataFrame, columns: list[str], *, statistic: str) -> dict[str, float | str]:
    """The median, the mean, or the most frequent value (the first by order of several) of each column."""
    if statistic == "mode":
        learned = {}
        for column in columns:
            values = frame[column].mode()
            if values.empty:
                raise nothing_to_learn(column)
            learned[column] = values.iloc[0].item() if hasattr(values.iloc[0], "item") else values.iloc[0]
        return learned
    numbers = learnable_numbers(frame, columns)
    return {column: float(getattr(numbers[column], statistic)()) for column in columns}


def fill_statistic(
    frame: pd.DataFrame, columns: list[str], learned: dict[str, float | str], *, statistic: str
) -> pd.DataFrame:
    """Missing cells -> what was learned of the training part."""
    out = frame.copy(deep=False)
    for column in columns:
        cells = frame[column]
        if statistic != "mode" and not pd.api.types.is_integer_dtype(cells):
            cells = numbers_of(frame, column)
        out[column] = filled(cells, learned[column])
    return out


def describe_fill_statistic(learned: dict[str, float | str]) -> dict[str, object]:
    """As plain data: dates as text."""
    return {column: value if isinstance(value, int | float | str) else str(value) for column, value in learned.items()}


def missing_indicator(frame: pd.DataFrame, columns: list[str], *, suffix: str) -> pd.DataFrame:
    """A column of 0 and 1 for each: whether the cell is missing."""
    return add_columns(frame, [(column + suffix, frame[column].isna().astype("int8")) for column in columns])


def drop_rows_missing(frame: pd.DataFrame, columns: list[str], *, when: str) -> pd.DataFrame:
    """Rows where any, or all, of the columns are missing go."""
    return frame.dropna(subset=list(columns), how=when)


OPERATIONS = (
    Operation(
        name="mark_missing",
        stage="clean",
        scope="columns",
        params=MarkMissing,
        apply=mark_missing,
    ),
    Operation(
        name="not_applicable",
        stage="clean",
        scope="columns",
        params=NotApplicable,
        apply=not_applicable,
    ),
    Operation(
        name="fill_constant",
        stage="clean",
        scope="columns",
        params=FillConstant,
        apply=fill_constant,
    ),
    Operation(
        name="fill_statistic",
        stage="clean",
        scope="columns",
        params=FillStatistic,
        learn=learn_fill_statistic,
        apply=fill_statistic,
        describe=describe_fill_statistic,
    ),
    Operation(
        name="missing_indicator",
        stage="clean",
        scope="columns",
        params=MissingIndicator,
        apply=missing_indicator,
    ),
    Operation(
        name="drop_rows_missing",
        stage="clean",
        scope="rows",
        params=DropRowsMissing,
        apply=drop_rows_missing,
    ),
)
