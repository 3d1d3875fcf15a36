"""Which columns the search for the worst-served people can use, which it proposes, and why others are left out."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec
import pyarrow as pa

from aipm.fairness.columns import MOST_UNBINNED, check_columns, group_edges
from aipm.fairness.roles import suggest_roles
from aipm.fairness.scale import ScoreScale
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst_cube import cube, sent
from aipm.tables import Refusal
from aipm.tables.table import Table
from aipm.tables.types import ColumnType, column_types

PROPOSED = 6
FEW_VALUES = 30
LeftOut = Literal["role", "empty", "one_value", "date", "identifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """`could` can be searched, `proposed` are a good beginning; `left_out` says why of each other column."""

    could: tuple[str, ...]
    proposed: tuple[str, ...]
    left_out: dict[str, LeftOut]


def candidates(table: Table, spec: AuditSpec) -> Candidates:
    """Judge every column by its first rows: groups and categories first, then quantities, which are cut into bins.

    A column that looks like a score, a decision or an outcome is never proposed: it would only find itself.
    """
    roles = {spec.label, spec.prediction, spec.score, spec.weight, spec.cluster} - {None}
    left_out: dict[str, LeftOut] = {}
    could = []
    with table.opened() as opened:
        for each in column_types(opened):
            why = _why_not(opened, each, spec, is_role=each.name in roles)
            if why is None:
                could.append(each)
            else:
                left_out[each.name] = why
        guess = suggest_roles(opened).spec
    doubtful = {guess.label, guess.prediction, guess.score, guess.weight, guess.cluster} - {*spec.groups}
    groups = [name for name in spec.groups if name not in left_out]
    others = sorted(
        (
            each
            for each in could
            if each.name not in groups
            and each.name not in doubtful
            and (_is_number(each) or each.distinct <= FEW_VALUES)
        ),
        key=_is_number,
    )
    return Candidates(
        could=(*groups, *(each.name for each in could if each.name not in groups)),
        proposed=(*groups, *(each.name for each in others))[:PROPOSED],
        left_out=left_out,
    )


def task(table: Table, arguments: dict[str, Any]) -> tuple[dict[str, Any], pa.Table]:
    """`cube` of the columns that were asked for, else of those proposed, as the child process runs it beside the file.

    Raises Refusal.
    """
    spec = msgspec.convert(arguments["spec"], AuditSpec)
    could = candidates(table, spec)
    columns = tuple(arguments["columns"] or could.proposed)
    answer, cells = sent(cube(table, spec, columns, scale=msgspec.convert(arguments["scale"], ScoreScale | None)))
    return {**answer, "left_out": could.left_out}, cells


def _why_not(table: Table, column: ColumnType, spec: AuditSpec, *, is_role: bool) -> LeftOut | None:
    if is_role:
        return "role"
    if column.kind == "empty":
        return "empty"
    if column.name in spec.groups:
        return None
    if column.distinct == 1 and not column.blank:
        return "one_value"
    if column.kind == "date":
        return "date"
    try:
        alone = replace(spec, groups=(column.name,), bins=())
        edges = group_edges(check_columns(table, alone), alone)
    except Refusal:
        return "identifier"
    binned = column.name in edges
    return (
        "identifier"
        if binned and column.kind == "whole_number" and column.distinct == column.filled > FEW_VALUES
        else None
    )


def _is_number(column: ColumnType) -> bool:
    return column.kind in ("number", "whole_number") and column.distinct > MOST_UNBINNED
