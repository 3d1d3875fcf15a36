"""Small tables in memory and audits of them, for tests that read as examples."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from aipm.fairness.audit import audit
from aipm.fairness.counting import count
from aipm.fairness.counts import Counts, normalised
from aipm.fairness.result import AuditResult, Comparison, Estimate
from aipm.fairness.spec import AuditSpec
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table

Columns = Mapping[str, Iterable[object]]


def table(columns: Columns) -> Table:
    """A table of text cells, as the reader gives it."""
    cells = {
        f"c{i}": pa.array([str(cell) for cell in column], pa.string()) for i, column in enumerate(columns.values())
    }
    data = pa.table(cells)
    return Table(tuple(columns), ArrowRows(data), Reading(container="csv"), data.num_rows)


def repeated(*rows: tuple[object, ...], names: str) -> Table:
    """Rows that each stand many times: (times, cell, cell, …) under blank-separated names."""
    columns: dict[str, list[object]] = {name: [] for name in names.split()}
    for times, *cells in rows:
        for name, cell in zip(columns, cells, strict=True):
            columns[name] += [cell] * int(str(times))
    return table(columns)


def cells(data: Table, name: str) -> list[str]:
    """One column of a table."""
    assert data.row_count is not None
    return [row[data.columns.index(name)] for row in data.head(data.row_count)]


def counted(data: Table | Columns, **spec: Any) -> tuple[Counts, AuditSpec]:
    data = data if isinstance(data, Table) else table(data)
    asked = AuditSpec(**spec)
    return normalised(count(data, asked), asked), asked


def audited(data: Table | Columns, **spec: Any) -> AuditResult:
    return audit(*counted(data, **spec))


def estimate(result: AuditResult, metric: str, **group: str | None) -> Estimate:
    """One metric of one group; no group: everybody."""
    wanted = tuple(group.items())
    return next(dict(each.metrics)[metric] for each in result.groups if each.group == wanted)


def value(result: AuditResult, metric: str, **group: str | None) -> float | None:
    return estimate(result, metric, **group).value


def comparison(result: AuditResult, metric: str, **group: str | None) -> Comparison:
    wanted = tuple(group.items())
    return next(each for each in result.comparisons if each.metric == metric and each.group == wanted)


def codes(result: AuditResult) -> set[str]:
    return {warning.code for warning in result.warnings}


def flat(result: AuditResult) -> dict[tuple[object, ...], float | None]:
    """Every number of an audit by its place, for comparing two audits."""
    found: dict[tuple[object, ...], float | None] = {}
    for each in result.groups:
        for name, number in each.metrics.items():
            for part in ("value", "numerator", "denominator", "low", "high"):
                found["group", frozenset(each.group), name, part] = getattr(number, part)
    for one in result.comparisons:
        for part in ("difference", "ratio", "low", "high", "p_value", "p_adjusted"):
            found["pair", frozenset(one.group), frozenset(one.reference), one.metric, part] = getattr(one, part)
    for name, number in result.overall.items():
        found["overall", name] = number.value
    return found


def same(first: Mapping[Any, float | None], second: Mapping[Any, float | None], *, within: float = 1e-9) -> bool:
    """Whether two audits hold the same numbers, to the last few bits."""
    return first.keys() == second.keys() and all(
        (a is None) == (b is None) and (a is None or b is None or math.isclose(a, b, rel_tol=within, abs_tol=within))
        for a, b in ((first[key], second[key]) for key in first)
    )


HIRING = repeated(  # applicants, selected: men 1,200 of 2,000, women 900 of 2,000, others 30 of 40, unknown 10 of 3,000
    (1200, "m", "x", 1), (800, "m", "y", 0), (900, "f", "x", 1), (1100, "f", "y", 0),
    (30, "o", "x", 1), (10, "o", "y", 0), (10, "", "x", 1), (2990, "", "x", 0),
    names="sex site hired",
)  # fmt: skip


def hiring(**spec: Any) -> AuditResult:
    return audited(HIRING, **{"groups": ("sex",), "prediction": "hired", **spec})
