"""The label: what a model is to tell, in the words it is to use."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Mapping, Word
from aipm.prep.operations.cells import texts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTargetMissing:
    """Nothing to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabel:
    """Labels as they stand, each with its new name; what is not named is kept or becomes missing."""

    mapping: Mapping
    others: Literal["keep", "missing"] = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLabels:
    """`labels`: the number of a row in the file, from 1 below the header, and its label; an empty one is missing."""

    labels: Annotated[
        dict[Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,11}\Z")], Word], Meta(min_length=1, max_length=10_000)
    ]


def drop_target_missing(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Only the rows whose label is known: a model cannot learn from the others, nor be tested on them."""
    return frame.dropna(subset=list(columns))


def relabel(frame: pd.DataFrame, columns: list[str], *, mapping: dict[str, str], others: str) -> pd.DataFrame:
    """New names for labels; two labels given one name become one."""
    changed = {}
    for column in columns:
        text = texts_of(frame, column)
        new = text.map(mapping).astype("str")
        changed[column] = new if others == "missing" else new.where(text.isin(mapping), text)
    return frame.assign(**changed)


def correct_labels(frame: pd.DataFrame, columns: list[str], *, labels: dict[str, str]) -> pd.DataFrame:
    """Other labels for single rows that a person has looked at. Rows that are not there any more are passed over."""
    text = texts_of(frame, columns[0]).astype("object")
    by_row = pd.Series({int(row) - 1: label or None for row, label in labels.items()}, dtype="object")
    there = by_row.index.intersection(frame.index)
    text.loc[there] = by_row.loc[there]
    return frame.assign(**{columns[0]: text.astype("str")})


OPERATIONS = (
    Operation(
        name="drop_target_missing",
        stage="format",
        scope="rows",
        params=DropTargetMissing,
        apply=drop_target_missing,
        most_columns=1,
    ),
    Operation(
        name="relabel",
        stage="format",
        scope="columns",
        params=Relabel,
        apply=relabel,
    ),
    Operation(
        name="correct_labels",
        stage="format",
        scope="columns",
        params=CorrectLabels,
        apply=correct_labels,
        most_columns=1,
    ),
)
