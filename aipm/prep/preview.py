"""What a step does, to look at: cells before and after, distributions, and the rows of each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from aipm.prep.changes import Changes, changes, differing

MOST_CELLS = 50
SAMPLE = 20_000
"""Rows that distributions are drawn from; counts are always of all rows."""
BINS = 20
TOP = 10
MOST_DISTRIBUTIONS = 12
MOST_GROUPS = 50
LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class CellChange:
    """`row` is the number in the file, from 1 below the header. None is a missing cell."""

    row: int
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Numbers: `edges` of common bins and the rows in each. Otherwise `labels` with their rows; the last is all others.

    A column that came or went has None on the side where it is not. Counted in the rows of the sample.
    """

    column: str
    edges: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    before: tuple[int, ...] | None
    after: tuple[int, ...] | None
    missing_before: int
    missing_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`sampled` is how many rows the distributions rest on, None where on all. `groups`: value, rows before, after.

    `touched`: of each group, the rows with another cell than before; in a new column, one that is not blank, 0 or no.
    """

    cells: tuple[CellChange, ...]
    changes: Changes
    distributions: tuple[Distribution, ...]
    groups: tuple[tuple[str | None, int, int], ...]
    sampled: int | None
    touched: tuple[int, ...] = ()


def preview(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], *, group: str | None = None
) -> Preview:
    """Compare the parts before a step with those after it; where the step split the data, with all of them."""
    if before.keys() != after.keys():
        before, after = {"all": _together(before)}, {"all": _together(after)}
    found = sum((changes(before[name], after[name]) for name in after), start=Changes({}))
    touched = list(found.by_column) + [name for name in found.removed if name not in found.by_column]
    rows = sum(map(len, after.values()))
    groups = _groups(before, after, group)
    taken = _sample(before), _sample(after)
    return Preview(
        cells=_cells(before, after, [name for name in found.by_column if name not in found.added]),
        changes=found,
        distributions=tuple(_distribution(name, *taken) for name in touched[:MOST_DISTRIBUTIONS]),
        groups=groups,
        touched=_touched(before, after, found, group, groups) if groups and group is not None else (),
        sampled=SAMPLE if max(rows, sum(map(len, before.values()))) > SAMPLE else None,
    )


def _together(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return next(iter(parts.values())) if len(parts) == 1 else pd.concat(list(parts.values())).sort_index()


def _sample(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows drawn evenly over all parts: the same ones every time."""
    every = max(1, -(-sum(map(len, parts.values())) // SAMPLE))
    return (
        pd.concat([part.iloc[::every] for part in parts.values()]) if len(parts) > 1 else _together(parts).iloc[::every]
    )


def _cells(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], columns: list[str]
) -> tuple[CellChange, ...]:
    found = []
    for name, new in after.items():
        old = before[name]
        same = old.index.intersection(new.index, sort=False) if not old.index.equals(new.index) else new.index
        for column in columns:
            was, is_ = old[column], new[column]
            if len(same) != len(was) or len(same) != len(is_):
                was, is_ = was.loc[same], is_.loc[same]
            for place in np.flatnonzero(differing(was, is_))[:MOST_CELLS]:
                row = int(same[place]) + 1
                found.append(CellChange(row, column, _shown(was.iloc[place]), _shown(is_.iloc[place])))
    order = {column: place for place, column in enumerate(columns)}
    return tuple(sorted(found, key=lambda cell: (cell.row, order[cell.column]))[:MOST_CELLS])


def _shown(value: Any) -> str | None:
    if pd.isna(value):
        return None
    text = str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _distribution(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Distribution:
    was = before[name] if name in before.columns else None
    is_ = after[name] if name in after.columns else None
    said: dict[str, Any] = {
        "column": name,
        "missing_before": 0 if was is None else int(was.isna().sum()),
        "missing_after": 0 if is_ is None else int(is_.isna().sum()),
    }
    numbers = [None if cells is None else _numbers(cells) for cells in (was, is_)]
    known = [each for each in numbers if each is not None]
    if len(known) == sum(cells is not None for cells in (was, is_)) and any(map(len, known)):
        edges = np.histogram_bin_edges(np.concatenate(known), bins=BINS)
        counts = [None if each is None else tuple(map(int, np.histogram(each, edges)[0])) for each in numbers]
        return Distribution(**said, edges=tuple(map(float, edges)), before=counts[0], after=counts[1])
    texts = [None if cells is None else cells.dropna().astype("str").value_counts() for cells in (was, is_)]
    both = [each for each in texts if each is not None]
    total = both[0] if len(both) == 1 else both[0].add(both[1], fill_value=0)
    top = list(total.sort_index().sort_values(ascending=False, kind="stable").index[:TOP])
    counts = [None if each is None else _top(each, top) for each in texts]
    labels = (*(_shown(label) or "" for label in top), "other")
    return Distribution(**said, labels=labels, before=counts[0], after=counts[1])


def _numbers(cells: pd.Series) -> Any:
    """The finite numbers of a column; None where most of it is no number."""
    if pd.api.types.is_bool_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells):
        return None
    found = pd.to_numeric(cells, errors="coerce").to_numpy("float64", na_value=np.nan)
    found = found[np.isfinite(found)]
    return found if len(found) >= 0.8 * cells.notna().sum() else None


def _top(counts: pd.Series, top: list[str]) -> tuple[int, ...]:
    told = [int(counts.get(label, 0)) for label in top]
    return (*told, int(counts.sum()) - sum(told))


def _touched(
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
    found: Changes,
    group: str,
    groups: tuple[tuple[str | None, int, int], ...],
) -> tuple[int, ...]:
    """The rows of each group in which something is other than before, by the group of the row before."""
    counts: dict[str | None, int] = {}
    for name, new in after.items():
        old = before[name]
        same = new.index if old.index.equals(new.index) else old.index.intersection(new.index, sort=False)
        was, is_ = (part if part.index is same else part.loc[same] for part in (old, new))
        told = np.zeros(len(same), dtype=bool)
        for column in found.by_column:
            if column not in is_.columns:
                continue
            cells = is_[column]
            if column in was.columns:
                told |= differing(was[column], cells)
            else:
                told |= cells.notna().to_numpy() & ~cells.astype("str").isin(["0", "0.0", "False"]).to_numpy()
        values = was[group][told].astype("str").value_counts(dropna=False)
        for value, count in values.items():
            said = None if pd.isna(value) else _shown(value)
            counts[said] = counts.get(said, 0) + int(count)
    return tuple(counts.get(value, 0) for value, _, _ in groups)


def _groups(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], group: str | None
) -> tuple[tuple[str | None, int, int], ...]:
    """Rows of each group, the largest before first. After a step that drops the column, by the group of the row."""
    if group is None or any(group not in part.columns for part in before.values()):
        return ()
    old = pd.concat([part[group] for part in before.values()])
    came = any(not part.index.isin(old.index).all() for part in after.values())
    if came and all(group in part.columns for part in after.values()):
        new = pd.concat([part[group] for part in after.values()])
    else:
        rows = np.concatenate([part.index.to_numpy() for part in after.values()])
        new = old.loc[old.index.intersection(rows)]
    was, is_ = (cells.astype("str").value_counts(dropna=False) for cells in (old, new))
    return tuple(
        (None if pd.isna(value) else _shown(value), int(count), int(is_.get(value, 0)))
        for value, count in was.head(MOST_GROUPS).items()
    )
