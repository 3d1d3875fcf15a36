"""The search for the worst-served people, step one: rows -> how many of each combination of values had each outcome.

After it no row is touched again. Values too rare to be searched are put together under one name, never dropped.
"""

from dataclasses import dataclass, replace
from math import comb, prod
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aipm.fairness.answers import read_answers
from aipm.fairness.audit import DEFAULT_THRESHOLD
from aipm.fairness.columns import check_columns, group_edges
from aipm.fairness.counting import (
    WIDE,
    exact_sum,
    exponent_of,
    group_columns,
    heaviest_weight,
    where_clause,
)
from aipm.fairness.groups import added_up
from aipm.fairness.measure import NO, UNKNOWN, YES
from aipm.fairness.scale import SPACE, ScoreScale, constant, number, numbers_as
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst_values import Digits, Seen, digits_of, frequencies
from aipm.tables import Refusal
from aipm.tables.table import Table

Array = NDArray[np.float64]
Index = NDArray[np.int64]

DEEPEST = 4
MOST_COLUMNS = 10
MOST_SUBGROUPS = 300_000
"""Subgroups that values could make; beyond, rare values are put together."""
MOST_PLACES = 40_000_000
"""Combinations of values that occur × combinations of columns: what is kept in memory, four bytes each."""
CAPS = (40, 30, 24, 20, 16, 12, 10, 8, 6, 5, 4, 3)
"""Values a column may keep, tried in turn."""
STATES = 9
"""Label (yes, no, unknown) × decision (the same)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """Counts of every combination of values that occurs: cells × states (label × decision, each yes, no, unknown).

    `codes` are mixed-radix numbers: the first column's value is the highest digit; `values[i]` names the digits of
    column i. `rows` counts rows; `weight` is Σ weight and `square` Σ weight² (the rows, where there is no weight).
    `persons` is, a cell, the sum over its rows of how many rows their person has in all (the rows, where every row is
    a person): over the rows it is never less than Kish's Σ m² / Σ m within a subgroup, and adds up.
    """

    columns: tuple[str, ...]
    values: tuple[tuple[str | None, ...], ...]
    has_label: bool
    has_decision: bool
    weighted: bool
    clustered: bool
    codes: Index
    rows: Array
    weight: Array
    square: Array
    persons: Array
    folded: dict[str, tuple[int, float]]
    """Column -> how many of its values were put together as rare, and how many rows hold them."""

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.values))

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self.rows.sum())


def cube(table: Table, spec: AuditSpec, columns: tuple[str, ...], *, scale: ScoreScale | None = None) -> Cube:
    """Count every combination of the columns' values. `scale` is that of the audit's counts. Raises Refusal."""
    if len(columns) > MOST_COLUMNS:
        raise Refusal(
            "too_many_search_columns",
            f"At most {MOST_COLUMNS} columns can be searched at once.",
            advice="Leave out those that matter least.",
        )
    if {*columns} & {spec.label, spec.prediction, spec.score, spec.weight, spec.cluster}:
        raise Refusal(
            "search_of_role",
            "A column that has a role in the audit cannot be searched: what it says is what is looked for.",
            advice="Choose other columns.",
        )
    bins = tuple((column, inner) for column, inner in spec.bins if column in columns)
    asked = replace(spec, groups=columns, bins=bins)
    with table.opened() as opened:
        return _cube(opened, asked, scale)


def _cube(table: Table, spec: AuditSpec, scale: ScoreScale | None) -> Cube:
    edges = group_edges(check_columns(table, spec), spec)
    where, where_values = where_clause(table, spec)
    counted = frequencies(table, spec, edges, where, where_values)
    state, state_lists = _state(spec, scale, counted)
    tried: list[int] = []
    for cap in CAPS:
        digits = [digits_of(counted.get(f"g{i}"), edges.get(column), cap) for i, column in enumerate(spec.groups)]
        sizes = [len(each.names) for each in digits]
        if _subgroups(sizes) > MOST_SUBGROUPS or sizes == tried:
            continue
        tried = sizes
        most = MOST_PLACES // comb(len(sizes), min(DEEPEST, len(sizes)))
        query, lists = _query(table, spec, edges, digits, state, state_lists, where, scale)
        cells = table.query(f"{query} LIMIT {(most + 1) * STATES}", [*lists, *where_values])
        if cells.num_rows == 0:
            raise Refusal("no_rows", "No row is left to search.", advice="Check the column and value of the filter.")
        made = _made(cells, spec, digits, has_decision=state["p"] != str(UNKNOWN))
        if len(made.codes) <= most:
            return made
    raise Refusal(
        "search_too_large",
        "The chosen columns have too many combinations of values to be searched.",
        advice="Choose fewer columns, or ones with fewer values.",
    )


def sent(found: Cube) -> tuple[dict[str, Any], pa.Table]:
    """A cube on its way out of the child process."""
    parts = {f"{name}{k}": getattr(found, name)[:, k] for name in ("rows", "weight", "square") for k in range(STATES)}
    names = ("columns", "values", "has_label", "has_decision", "weighted", "clustered", "folded")
    rest = {name: msgspec.to_builtins(getattr(found, name)) for name in names}
    return rest, pa.table({"codes": found.codes, "persons": found.persons, **parts})


def cube_of(answer: dict[str, Any], cells: pa.Table) -> Cube:
    """What was `sent`."""

    def amounts(name: str) -> Array:
        return np.stack([cells.column(f"{name}{k}").to_numpy() for k in range(STATES)], axis=1)

    return Cube(
        codes=np.asarray(cells.column("codes").to_numpy()),
        persons=np.asarray(cells.column("persons").to_numpy()),
        rows=amounts("rows"),
        weight=amounts("weight"),
        square=amounts("square"),
        columns=tuple(answer["columns"]),
        values=tuple(map(tuple, answer["values"])),
        folded={column: (int(count), float(rows)) for column, (count, rows) in answer["folded"].items()},
        has_label=answer["has_label"],
        has_decision=answer["has_decision"],
        weighted=answer["weighted"],
        clustered=answer["clustered"],
    )


def _subgroups(sizes: list[int]) -> int:
    """How many subgroups of up to four columns such values make: elementary symmetric sums."""
    sums = [1, *[0] * DEEPEST]
    for size in sizes:
        sums = [1, *(sums[k] + size * sums[k - 1] for k in range(1, DEEPEST + 1))]
    return sum(sums)


def _state(spec: AuditSpec, scale: ScoreScale | None, counted: dict[str, Seen]) -> tuple[dict[str, str], list[Any]]:
    """SQL for what a row's label (l) and decision (p) say, and its parameters: YES, NO or UNKNOWN. Raises Refusal."""
    made, lists = {"l": str(UNKNOWN), "p": str(UNKNOWN)}, []
    for key, role, positive in (
        ("l", "label", spec.label_positive),
        ("p", "prediction", spec.prediction_positive),
    ):
        if key in counted:
            meaning = read_answers((cell for cell, _ in counted[key].cells), positive, role=role).meaning
            made[key] = _looked_up(key, UNKNOWN)
            lists += [[{True: YES, False: NO, None: UNKNOWN}[said] for said in meaning.values()], [*meaning]]
    if spec.prediction is None and spec.score is not None and scale is not None:
        threshold = spec.threshold
        if threshold is None and scale.is_probability:
            threshold = DEFAULT_THRESHOLD
        if threshold is not None:
            made["p"] = (
                f"CASE WHEN v BETWEEN {constant(scale.low)} AND {constant(scale.high)} "
                f"THEN CASE WHEN v >= {constant(threshold)} THEN {YES} ELSE {NO} END ELSE {UNKNOWN} END"
            )
    return made, lists


def _looked_up(cell: str, other: int) -> str:
    """SQL for the number that a cell has in a pair of lists."""
    return f"coalesce(list_extract(?::INTEGER[], list_position(?::VARCHAR[], {cell})), {other})"


def _query(
    table: Table,
    spec: AuditSpec,
    edges: dict[str, tuple[float, ...]],
    digits: list[Digits],
    state: dict[str, str],
    state_lists: list[Any],
    where: str,
    scale: ScoreScale | None,
) -> tuple[str, list[Any]]:
    """The group-by. Names and values never go into the text."""
    cells, inner = group_columns(table, spec, edges)
    code, lists = "0::BIGINT", list[Any]()
    for i, each in enumerate(digits):
        code = f"({code}) * {len(each.names)} + {_looked_up(f'g{i}', each.other)}"
        lists += [list(each.digits), list(each.spellings)]
    for key, column in (("l", spec.label), ("p", spec.prediction)):
        cells += [f"{table.column(column)} AS {key}"] if column is not None else []
    if "v BETWEEN" in state["p"]:
        assert spec.score is not None
        assert scale is not None
        cells.append(f"{number(table.column(spec.score), scale)} AS v")
    sums = ["count(*)::DOUBLE AS n"]
    if spec.weight is not None:
        cell = table.column(spec.weight)
        heaviest = exponent_of(heaviest_weight(table, cell))
        cells.append(f"{numbers_as(cell, 'plain')} AS x")
        inner.append("CASE WHEN isfinite(x) AND x >= 0 THEN x ELSE 0 END AS w")
        sums += [f"{exact_sum('w', heaviest, WIDE)} AS w", f"{exact_sum('w * w', 2 * heaviest, WIDE)} AS w2"]
    if spec.cluster is not None:
        cells.append(f"trim({table.column(spec.cluster)}, {SPACE}) AS c")
        inner.append("CASE WHEN c = '' THEN 1 ELSE count(*) OVER (PARTITION BY c) END AS m")
        sums.append("sum(m)::DOUBLE AS m")
    source = f"(SELECT {', '.join(['*', *inner])} FROM (SELECT {', '.join(cells)} FROM cells {where}))"
    said = f"({state['l']}) * 3 + {state['p']}"
    return (
        f"SELECT {code} AS code, {said} AS said, {', '.join(sums)} FROM {source} GROUP BY code, said",
        [*lists, *state_lists],
    )


def _made(cells: pa.Table, spec: AuditSpec, digits: list[Digits], *, has_decision: bool) -> Cube:
    """The group-by as arrays, in an order that does not hang on the engine's threads."""
    codes, place = np.unique(np.asarray(cells.column("code").to_numpy()), return_inverse=True)
    place = place * STATES + np.asarray(cells.column("said").to_numpy())

    def spread(name: str) -> Array:
        amounts = np.asarray(cells.column(name).to_numpy(), dtype=np.float64)
        return added_up(place, amounts, len(codes) * STATES).reshape(-1, STATES)

    rows = spread("n")
    folded = {}
    for i, (column, each) in enumerate(zip(spec.groups, digits, strict=True)):
        if each.folded:
            digit = codes // prod(len(other.names) for other in digits[i + 1 :]) % len(each.names)
            folded[column] = each.folded, float(rows[digit == each.other].sum())
    return Cube(
        columns=spec.groups,
        values=tuple(each.names for each in digits),
        has_label=spec.label is not None,
        has_decision=has_decision,
        weighted=spec.weight is not None,
        clustered=spec.cluster is not None,
        codes=codes.astype(np.int64),
        rows=rows,
        weight=spread("w") if spec.weight is not None else rows,
        square=spread("w2") if spec.weight is not None else rows,
        persons=(spread("m") if spec.cluster is not None else rows).sum(axis=1),
        folded=folded,
    )
