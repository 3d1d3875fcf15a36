"""Candidates and criteria -> the matrix to rank, with who is left out and why; an unknown value is never a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.selection.amounts import amounts, listed, says_nothing
from aipm.selection.criteria import Criterion, Remark
from aipm.tables import Refusal
from aipm.tables.table import Table

Floats = NDArray[np.float64]

MOST_CANDIDATES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What can be chosen: names, each once, and named columns of cells as long."""

    names: tuple[str, ...]
    columns: Mapping[str, Sequence[object]]
    remarks: tuple[Remark, ...] = ()

    def without(self, *names: str) -> "Candidates":
        """The same without some of them."""
        keep = [k for k, name in enumerate(self.names) if name not in names]
        columns = {column: tuple(cells[k] for k in keep) for column, cells in self.columns.items()}
        return Candidates(names=tuple(self.names[k] for k in keep), columns=columns, remarks=self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A candidate that is not ranked. `criteria` are those whose value is missing."""

    name: str
    reason: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`values` (candidates x criteria) of those whose values are all known; `partly` those of the others, NaN inside.

    `partly` never leaves the engine: each NaN is named in `excluded`, in the same order.
    """

    names: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    values: Floats
    excluded: tuple[Excluded, ...]
    partly: Floats
    remarks: tuple[Remark, ...]


def candidates_from_table(table: Table) -> Candidates:
    """Candidates from a file's table: the first column is the name. Raises Refusal."""
    if len(table.columns) < 2:
        raise Refusal(
            "one_column", "The candidates need a column of names and at least one of values.", advice="Add a column."
        )
    rows = table.head(MOST_CANDIDATES + 1)
    cells = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    # The column of names may be a criterion too: an identifier that counts is odd, but not ours to forbid.
    return _candidates([str(name) for name in cells[0]], dict(zip(table.columns, cells, strict=True)))


def candidates_from_rows(rows: Sequence[Mapping[str, object]], *, name: str = "name") -> Candidates:
    """Candidates from plain mappings, such as a catalogue's; a key that a row lacks is an unknown value."""
    columns = dict.fromkeys(key for row in rows for key in row)
    return _candidates(
        [str(row.get(name) or "") for row in rows], {key: tuple(row.get(key) for row in rows) for key in columns}
    )


def _candidates(names: Sequence[str], columns: Mapping[str, Sequence[object]]) -> Candidates:
    if not names:
        raise Refusal("no_candidate", "There is no candidate.", advice="Give at least one row below the names.")
    if len(names) > MOST_CANDIDATES:
        raise Refusal("too_many_candidates", f"There are more than {MOST_CANDIDATES:,} candidates.")
    found: dict[str, None] = {}
    blank = repeated = 0
    taken = {name.strip() for name in names}
    for row, given in enumerate(names, start=1):
        name = given.strip()
        if not name:
            name, blank = f"row {row}", blank + 1
        if name in found:
            repeated += 1
            number = 2
            while f"{name} ({number})" in found or f"{name} ({number})" in taken:
                number += 1
            name = f"{name} ({number})"
        found[name] = None
    remarks = []
    if blank:
        remarks.append(Remark("blank_name", f"{blank} without a name: called by their row."))
    if repeated:
        remarks.append(Remark("duplicate_name", f"{repeated} with the name of another: numbered."))
    return Candidates(names=tuple(found), columns=columns, remarks=tuple(remarks))


def problem(candidates: Candidates, criteria: Sequence[Criterion]) -> Problem:
    """The matrix to rank. Raises Refusal where a column is not there or holds no number, or nobody is left."""
    remarks = list(candidates.remarks)
    if idle := [each.name for each in criteria if each.weight == 0]:
        remarks.append(Remark("zero_weight", f"Weight 0, so not counted: {listed(idle)}."))
        criteria = [each for each in criteria if each.weight > 0]
    cells = [_column(candidates, each) for each in criteria]
    numbers = [amounts(column, column=each.column) for each, column in zip(criteria, cells, strict=True)]
    for each, column, found in zip(criteria, cells, numbers, strict=True):
        if all(number is None for number in found) and not all(says_nothing(cell) for cell in column):
            raise Refusal(
                "not_numbers",
                f"The column of “{each.name}” holds text, no numbers.",
                advice="Turn its answers into numbers, such as 0 for no and 1 for yes.",
            )
    values = np.array([[np.nan if x is None else x for x in column] for column in numbers]).T
    known = ~np.isnan(values).any(axis=1)
    excluded = tuple(
        _excluded(candidates.names[k], k, criteria, cells, numbers) for k in np.flatnonzero(~known).tolist()
    )
    if not known.any():
        raise _nobody(criteria, values)
    return Problem(
        names=tuple(candidates.names[k] for k in np.flatnonzero(known)),
        criteria=tuple(criteria),
        values=values[known],
        excluded=excluded,
        partly=values[~known],
        remarks=tuple(remarks),
    )


def _column(candidates: Candidates, criterion: Criterion) -> Sequence[object]:
    if criterion.column in candidates.columns:
        return candidates.columns[criterion.column]
    alike = [name for name in candidates.columns if _plain(name) == _plain(criterion.column)]
    if len(alike) == 1:
        return candidates.columns[alike[0]]
    raise Refusal(
        "no_such_column",
        f"Criterion “{criterion.name}” names a column that the candidates do not have.",
        advice="Name the column as the file does; `aipm read` lists them.",
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _excluded(
    name: str,
    row: int,
    criteria: Sequence[Criterion],
    cells: Sequence[Sequence[object]],
    numbers: Sequence[Sequence[float | None]],
) -> Excluded:
    lacks = [k for k in range(len(criteria)) if numbers[k][row] is None]
    unknown = [criteria[k].name for k in lacks if says_nothing(cells[k][row])]
    text = [criteria[k].name for k in lacks if not says_nothing(cells[k][row])]
    said = [f"unknown: {', '.join(unknown)}"] * bool(unknown) + [f"not a number: {', '.join(text)}"] * bool(text)
    return Excluded(name=name, reason="; ".join(said), criteria=tuple(criteria[k].name for k in lacks))


def _nobody(criteria: Sequence[Criterion], values: Floats) -> Refusal:
    """Every candidate lacks something: which criterion, left out, would bring most of them back."""
    missing = np.isnan(values)
    back = [int((missing[:, k] & (missing.sum(axis=1) == 1)).sum()) for k in range(len(criteria))]
    most = int(np.argmax(back))
    advice = "Fill in what is unknown, or leave out the criteria that few candidates have a value for."
    if back[most]:
        advice = f"Without the criterion “{criteria[most].name}” {back[most]} of {len(values)} could be ranked."
    return Refusal("no_candidate_left", "No candidate has a value for every criterion.", advice=advice)
