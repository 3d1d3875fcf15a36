"""An audit as plain data: the JSON of the command line and the CSV of all numbers. No NaN, no formulas."""

import csv
import io
import json
import math
from dataclasses import fields
from typing import Any

import msgspec

from aipm.fairness.result import AuditResult, Comparison, Estimate
from aipm.fairness.spec import Group
from aipm.fairness.texts import texts
from aipm.tables.formula import formula_safe

Plain = dict[str, Any]
Cell = str | float | None


def to_plain(result: AuditResult) -> Plain:
    """The answer of `aipm audit` with the keys of its contract: dictionaries, lists, text, numbers, truth and None."""
    return {
        "ok": True,
        "rows": result.rows,
        "groups": [
            {
                "group": dict(each.group),
                "metrics": {name: _estimate(estimate) for name, estimate in each.metrics.items()},
            }
            for each in result.groups
        ],
        "comparisons": [_comparison(comparison) for comparison in result.comparisons],
        "verdicts": [
            {
                "question": verdict.question,
                "verdict": verdict.verdict,
                "text": verdict.text,
                "metric": verdict.metric,
                "columns": list(verdict.columns),
                "groups": [dict(group) for group in verdict.groups],
            }
            for verdict in result.verdicts
        ],
        "overall": {name: _estimate(estimate) for name, estimate in result.overall.items()},
        "warnings": [
            {"code": warning.code, "message": warning.message, "count": warning.count} for warning in result.warnings
        ],
        "unanswered": list(result.unanswered),
        "spec": msgspec.json.decode(msgspec.json.encode(result.spec)),
        "fingerprint": result.fingerprint,
    }


def to_json(result: AuditResult, *, indent: int | None = None) -> str:
    """`to_plain` as JSON in ASCII, on one line unless indented. Fails rather than write NaN."""
    return json.dumps(to_plain(result), indent=indent, allow_nan=False)


def to_csv(result: AuditResult) -> str:
    """Every number, a line a group and metric, with the group's comparison beside it. Text cells are formula-safe.

    A group column is blank where the group is not about that column; a missing value is written as people read it.
    """
    columns = result.spec.groups
    beside = {(comparison.metric, comparison.group): comparison for comparison in result.comparisons}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    estimates = [(each.group, name, estimate) for each in result.groups for name, estimate in each.metrics.items()]
    estimates += [((), name, estimate) for name, estimate in result.overall.items()]
    writer.writerow(map(_harmless, ("metric", *(f"group: {column}" for column in columns), *ESTIMATE, *COMPARISON)))
    for group, name, estimate in estimates:
        place = dict(group)
        named = [_value(place[column]) if column in place else None for column in columns]
        numbers = [_number(getattr(estimate, field)) for field in ESTIMATE]
        writer.writerow(map(_harmless, (name, *named, *numbers, *_compared(beside.get((name, group))))))
    return text.getvalue()


ESTIMATE = ("value", "numerator", "denominator", "low", "high", "status", "reason", "rows")
COMPARISON = (
    *("reference", "difference", "difference_low", "difference_high", "ratio", "ratio_low", "ratio_high"),
    *("p_value", "p_adjusted", "verdict", "verdict_reason", "more_rows"),
)


def _compared(comparison: Comparison | None) -> list[Cell]:
    """The cells of the columns COMPARISON."""
    if comparison is None:
        return [None] * len(COMPARISON)
    found = (
        *(comparison.difference, comparison.difference_low, comparison.difference_high),
        *(comparison.ratio, comparison.low, comparison.high, comparison.p_value, comparison.p_adjusted),
        *(comparison.verdict, comparison.reason, comparison.more_rows),
    )
    return [_reference(comparison.reference), *map(_number, found)]


def _reference(group: Group) -> str:
    return ", ".join(f"{column} = {_value(value)}" for column, value in group) or texts().sentences.everyone_short


def _value(value: str | None) -> str:
    return texts().sentences.missing_short if value is None else value


def _estimate(estimate: Estimate) -> Plain:
    plain = {field: _number(getattr(estimate, field)) for field in ESTIMATE}
    return plain | {field: _whole(plain[field]) for field in ("numerator", "denominator")}


def _comparison(comparison: Comparison) -> Plain:
    names = [field.name for field in fields(comparison)]
    plain = {name: _number(getattr(comparison, name)) for name in names}
    return plain | {"group": dict(comparison.group), "reference": dict(comparison.reference)}


def _number(value: Any) -> Any:
    """None in place of what JSON cannot hold."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _whole(value: float | None) -> float | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _harmless(cell: Cell) -> Cell:
    return formula_safe(cell) if isinstance(cell, str) else cell
