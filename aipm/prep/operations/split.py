"""Training, validation and test part: who goes where, decided before anything is learned."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import Seed
from aipm.prep.operations.cells import dates_of, numbers_of
from aipm.tables import Refusal

How = Literal["random", "stratified", "group", "stratified_group", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Shares of the rows (of the persons where it is by group); what is left is for training.

    The step's columns: none for random; the label for stratified; who a row belongs to for group; both, in the order
    group, label, for stratified_group; the date or number to go by for time.
    """

    how: How = "random"
    validation: Annotated[float, Meta(ge=0, le=0.45)] = 0.15
    test: Annotated[float, Meta(ge=0, le=0.45)] = 0.15
    seed: Seed = 0


def split(frame: pd.DataFrame, columns: list[str], *, how: str, validation: float, test: float, seed: int) -> pd.Series:
    """The part of every row: train, validation or test. The order of the rows in the frame makes no difference."""
    columns = list(columns)
    if len(columns) != {"random": 0, "stratified": 1, "group": 1, "stratified_group": 2, "time": 1}[how]:
        raise Refusal(
            "wrong_columns",
            f"A split of the kind {how} names other columns.",
            advice="Name for random none, for stratified the label, for group who a row belongs to, for "
            "stratified_group both in the order group, label, and for time the date to go by.",
        )
    rows = frame.sort_index()
    if how == "time":
        number = pd.api.types.is_numeric_dtype(rows[columns[0]])
        when = numbers_of(rows, columns[0]) if number else dates_of(rows, columns[0])
        parts = parts_by_time(when, validation=validation, test=test)
    else:
        owner = rows[columns[0]].dropna() if "group" in how else rows.index.to_series()
        strata = label_strata(rows[columns[-1]]) if "stratified" in how else pd.Series(0, index=rows.index)
        if how == "stratified_group":
            # A person stands for the rarest label among their rows, so that rare labels reach every part.
            rarest = strata.map(strata.value_counts()).loc[owner.index].sort_values(kind="stable")
            firsts = owner.loc[rarest.index].drop_duplicates()
            strata = pd.Series(strata.loc[firsts.index].to_numpy(), index=firsts.to_numpy())
            strata = strata.loc[owner.unique()]
        elif how == "group":
            strata = pd.Series(0, index=owner.unique())
        parts = owner.map(parts_of_units(strata, validation=validation, test=test, seed=seed))
    # Rows without a person or a date stay in training: nobody can say that they are strangers to it, or later.
    return parts.reindex(frame.index).fillna("train").astype("str").rename("part")


def label_strata(label: pd.Series) -> pd.Series:
    """A number for every label; missing labels are one of their own, and many numbers become ten bands."""
    if pd.api.types.is_numeric_dtype(label) and label.nunique() > 20:
        numbers = label.astype("float64").replace([np.inf, -np.inf], np.nan)
        return pd.qcut(numbers, 10, labels=False, duplicates="drop").fillna(-1).astype("int64")
    return pd.Series(pd.factorize(label)[0], index=label.index)


def parts_of_units(strata: pd.Series, *, validation: float, test: float, seed: int) -> pd.Series:
    """The part of every row or person (the index of strata), with each stratum shared out alike."""
    from sklearn.model_selection import train_test_split

    parts = pd.Series("train", index=strata.index)
    for part, share in (("test", test), ("validation", validation)):
        if share == 0:
            continue
        size = max(1, round(share * len(strata)))
        left = strata[(parts == "train").to_numpy()]
        # A label with a single row or person left cannot be on two sides: it stays in training.
        several = left.map(left.value_counts()) > 1
        left = left[several.to_numpy()]
        if min(size, len(left) - size) < max(left.nunique(), 1):
            raise Refusal(
                "too_few_rows",
                f"The {part} part would have {size:,} of {len(left):,} rows or persons: too few to hold some of each "
                f"of {max(left.nunique(), 1):,} labels and to leave some for training.",
                advice="Take larger parts, fewer parts, or a split that is not by label.",
            )
        taken = train_test_split(left.index.to_numpy(), test_size=size, random_state=seed, stratify=left.to_numpy())[1]
        parts[taken] = part
    return parts


def parts_by_time(when: pd.Series, *, validation: float, test: float) -> pd.Series:
    """The oldest rows for training, the newest for the test. Rows of the same time stay together, in the older part."""
    known = when.dropna().sort_values(kind="stable")
    parts = pd.Series("train", index=known.index)
    newest = 0
    for part, share in (("test", test), ("validation", validation)):
        if share == 0:
            continue
        size = max(1, round(share * len(known)))
        if newest + size >= len(known):
            raise Refusal("too_few_rows", "There are too few rows with a time.", advice="Take fewer or smaller parts.")
        later = (known > known.iloc[len(known) - newest - size - 1]) & (parts == "train")
        if not later.any():
            raise Refusal(
                "too_few_times",
                f"The {part} part would be empty: too many rows have the same time.",
                advice="Take a larger part, or a column that tells times more finely.",
            )
        parts[later] = part
        newest += size
    return parts


OPERATIONS = (
    Operation(
        name="split",
        stage="format",
        scope="rows",
        params=Split,
        apply=split,
        least_columns=0,
        most_columns=2,
    ),
)
