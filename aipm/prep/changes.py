"""What is other after a step than before it, counted on all rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

PLAIN_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
"""A text that says a number as a number is written; such a text that becomes a number has not changed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Cells by column, columns that came, went and have another name, rows that came and went."""

    by_column: Mapping[str, int]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rows_added: int = 0
    rows_removed: int = 0
    renamed: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "Changes") -> "Changes":
        names = dict.fromkeys((*self.by_column, *other.by_column))
        return Changes(
            {name: self.by_column.get(name, 0) + other.by_column.get(name, 0) for name in names},
            tuple(dict.fromkeys((*self.added, *other.added))),
            tuple(dict.fromkeys((*self.removed, *other.removed))),
            self.rows_added + other.rows_added,
            self.rows_removed + other.rows_removed,
            tuple(dict.fromkeys((*self.renamed, *other.renamed))),
        )


def changes(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Rows are the same where their numbers are; cells are compared in the rows that stayed."""
    gone = came = 0
    if not before.index.equals(after.index):
        stay = after.index.isin(before.index)
        came = int((~stay).sum())
        gone = len(before) - (len(after) - came)
        if came:
            after = after[stay]
        before = before.loc[after.index]
    renamed = _renamed(before, after)
    added = tuple(name for name in after.columns if name not in before.columns and name not in dict(renamed).values())
    removed = tuple(name for name in before.columns if name not in after.columns and name not in dict(renamed))
    counts = {name: int(after[name].count()) for name in added}
    for name in after.columns:
        if name in before.columns and not (gone or came) and _untouched(before[name], after[name]):
            continue
        if name in before.columns and (count := int(differing(before[name], after[name]).sum())):
            counts[name] = count
    return Changes(counts, added, removed, came, gone, renamed)


def _renamed(before: pd.DataFrame, after: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Columns that hold the same cells at the same place under another name."""
    if before.shape != after.shape:
        return ()
    pairs = zip(before.columns, after.columns, strict=True)
    return tuple(
        (old, new)
        for old, new in pairs
        if old != new and new not in before.columns and old not in after.columns and before[old].equals(after[new])
    )


def differing(before: pd.Series, after: pd.Series) -> npt.NDArray[np.bool_]:
    """Which cells of a column are other than they were. A number is the text that says it; missing equals missing."""
    was, is_ = before.notna().to_numpy(), after.notna().to_numpy()
    both = was & is_
    found: npt.NDArray[np.bool_] = was != is_
    if before.dtype == after.dtype:
        told = (before != after).fillna(True).to_numpy(dtype=bool)
    elif isinstance(before.dtype, pd.StringDtype) and pd.api.types.is_numeric_dtype(after):
        plain = before.str.fullmatch(PLAIN_NUMBER, na=False)
        said = before.where(plain).astype("Float64").to_numpy("float64", na_value=np.nan)
        told = ~plain.to_numpy(dtype=bool) | (said != after.to_numpy("float64", na_value=np.nan))
        if pd.api.types.is_bool_dtype(after):
            told[:] = True
    elif pd.api.types.is_numeric_dtype(before) and pd.api.types.is_numeric_dtype(after):
        told = before.to_numpy("float64", na_value=np.nan) != after.to_numpy("float64", na_value=np.nan)
    else:
        told = before.astype("str").to_numpy() != after.astype("str").to_numpy()
    found |= both & told
    return found


def _untouched(before: pd.Series, after: pd.Series) -> bool:
    """Whether a column of texts is the very same cells, which needs no look at them."""
    dtype = before.dtype
    if not (isinstance(dtype, pd.StringDtype) and dtype == after.dtype and dtype.storage == "pyarrow"):
        return False
    return bool(before.array.__arrow_array__() is after.array.__arrow_array__())
