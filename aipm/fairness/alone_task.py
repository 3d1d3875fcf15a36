"""The data by itself, looked at where the file is read: for the command line, so that no row leaves that process."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import pyarrow as pa

from aipm.fairness.spec import AuditSpec
from aipm.tables import light
from aipm.tables.table import ArrowRows, Table


def task(table: Table, arguments: dict[str, Any]) -> tuple[dict[str, Any], pa.Table | None]:
    """What is missing and which columns are proxies, a group column each, and the quick model, as asked."""
    spec = msgspec.convert(arguments["spec"], AuditSpec)
    # The process that reads goes without modules that reading never needs; scikit-learn needs one of them.
    sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != light.__name__]
    if not isinstance(table.rows, ArrowRows):  # several questions: the file is read once
        cells = table.query("SELECT * FROM cells")
        table = replace(table, rows=ArrowRows(cells), row_count=cells.num_rows)
    found: dict[str, Any] = {}
    if arguments["proxies"]:
        from aipm.fairness.alone import missing, scan
        from aipm.fairness.proxies import proxies

        scans = [scan(table, spec, column) for column in spec.groups]
        found["missing"] = [
            {"by": each.column, "columns": msgspec.to_builtins(missing(each))} for each in scans if each.groups
        ]
        found["proxies"] = [
            {**_plain(proxies(each), left_out=True), "together": _together(table, spec, each.column)}
            for each in scans
            if each.groups
        ]
    if arguments["baseline"]:
        found["baseline"] = _baseline(table, spec)
    return found, None


def _plain(answer: Any, *, left_out: bool) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(answer)
    if left_out:
        made["left_out"] = _pairs(answer.left_out)
    return made


def _pairs(left_out: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"column": column, "reason": reason} for column, reason in left_out]


def _together(table: Table, spec: AuditSpec, column: str) -> dict[str, Any]:
    from aipm.fairness.proxies_together import proxies_together
    from aipm.tables import Refusal

    try:
        answer = proxies_together(table, spec, column)
    except Refusal as refusal:
        return {"status": "not_computable", "reason": refusal.code, "message": refusal.message}
    return {"status": "ok", **_plain(answer, left_out=True)}


def _baseline(table: Table, spec: AuditSpec) -> dict[str, Any]:
    from aipm.fairness.baseline import baseline
    from aipm.fairness.exports import to_plain
    from aipm.tables import Refusal

    try:
        answer = baseline(table, spec)
    except Refusal as refusal:
        return {"status": "not_computable", "reason": refusal.code, "message": refusal.message}
    numbers = {name: getattr(answer, name) for name in ("auc", "low", "high", "rows", "of")}
    return {
        "status": "ok",
        **numbers,
        "columns": list(answer.columns),
        "left_out": _pairs(answer.left_out),
        "audit": to_plain(answer.result),
    }
