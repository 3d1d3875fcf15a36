"""Which rows and which columns there are: duplicates, conditions, dropping and renaming."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ColumnName, Expression
from aipm.prep.operations.expression import rows_where
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDuplicates:
    keep: Literal["first", "last", "none"] = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    condition: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSettings:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameColumns:
    names: Annotated[tuple[ColumnName, ...], Meta(min_length=1, max_length=10_000)]
    """The new names, in the order of the step's columns."""


def drop_duplicates(frame: pd.DataFrame, columns: list[str], *, keep: str) -> pd.DataFrame:
    """Of rows that are the same in the columns (all, where none is named) only the first, the last or none stays."""
    return frame.drop_duplicates(subset=list(columns) or None, keep=False if keep == "none" else keep)


def keep_rows(frame: pd.DataFrame, columns: list[str], *, condition: str) -> pd.DataFrame:  # noqa: ARG001 - the condition names its own
    """Only the rows stay for which the formula holds; where it is missing, it does not."""
    return frame[rows_where(frame, condition)]


def drop_rows(frame: pd.DataFrame, columns: list[str], *, condition: str) -> pd.DataFrame:  # noqa: ARG001 - the condition names its own
    """The rows go for which the formula holds; where it is missing, they stay."""
    return frame[~rows_where(frame, condition)]


def drop_columns(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns go; one at least must stay."""
    if len(set(columns)) >= frame.shape[1]:
        raise Refusal("nothing_left", "No column would be left.", advice="Keep one at least.")
    return frame.drop(columns=list(columns))


def rename_columns(frame: pd.DataFrame, columns: list[str], *, names: list[str]) -> pd.DataFrame:
    """Columns get new names, in order; no two columns may end up with the same."""
    if len(names) != len(columns):
        raise Refusal("bad_setting", f"There are {len(columns)} columns but {len(names)} new names.")
    out = frame.rename(columns=dict(zip(columns, names, strict=True)))
    if out.columns.has_duplicates:
        raise Refusal("name_taken", "Two columns would have the same name.", advice="Give each a name of its own.")
    return out


OPERATIONS = (
    Operation(
        name="drop_duplicates",
        stage="clean",
        scope="rows",
        params=DropDuplicates,
        apply=drop_duplicates,
        least_columns=0,
    ),
    Operation(
        name="keep_rows",
        stage="clean",
        scope="rows",
        params=Where,
        apply=keep_rows,
        least_columns=0,
    ),
    Operation(
        name="drop_rows",
        stage="clean",
        scope="rows",
        params=Where,
        apply=drop_rows,
        least_columns=0,
    ),
    Operation(
        name="drop_columns",
        stage="clean",
        scope="columns",
        params=NoSettings,
        apply=drop_columns,
    ),
    Operation(
        name="rename_columns",
        stage="clean",
        scope="columns",
        params=RenameColumns,
        apply=rename_columns,
    ),
)
