"""An audit as one HTML file to hand on: nothing in it runs, nothing is fetched, every text is escaped."""

import platform
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata

from aipm.content import html_report, number
from aipm.fairness import report_findings as findings
from aipm.fairness import report_tables as tables
from aipm.fairness.forest import HEIGHT, WIDTH
from aipm.fairness.result import AuditResult
from aipm.fairness.section import Section
from aipm.fairness.spec import AuditSpec
from aipm.fairness.texts import texts, unanswered
from aipm.fairness.vocabulary import FairnessTexts, Source
from aipm.tables import Reading


def render(
    result: AuditResult,
    *,
    reading: Reading,
    file_name: str,
    command: str,
    generated: datetime,
    threshold: int = 0,
    versions: Mapping[str, str] | None = None,
    sections: tuple[Section, ...] = (),
) -> str:
    """The report of an audit as HTML.

    `result` is drawn as it is: suppress it before, and say here with which `threshold` (0: nothing was suppressed).
    `sections`: what was looked at besides, with the same groups hidden. `command` repeats the audit from a terminal.
    `generated` should know its time zone.
    """
    said = texts()
    sources = _sources(result, said, suppressed=threshold > 1)
    numbered = {key: place for place, key in enumerate(sources, start=1)}
    return html_report.report(
        "audit_report.html",
        "audit_report.css",
        file_name=file_name,
        generated=generated,
        result=result,
        rows_exact=result.groups[0].metrics["count"].value is not None,
        said=said,
        threshold=threshold,
        answers=findings.answers(result),
        overview=findings.overview(result),
        leads=findings.lead_metrics(result),
        findings=findings,
        tables=tables,
        sections=sections,
        unanswered=unanswered(result.unanswered),
        reading=_reading(reading),
        reading_warnings=reading.warnings,
        roles=_roles(result.spec),
        numbered=numbered,
        sources=list(sources.values()),
        versions=versions if versions is not None else _versions(),
        command=command,
        width=WIDTH,
        height=HEIGHT,
        any_grey=any(e.status != "ok" for each in result.groups for e in each.metrics.values()),
    )


def _sources(result: AuditResult, said: FairnessTexts, *, suppressed: bool) -> dict[str, Source]:
    """What the report cites, in order of appearance."""
    measured = [*result.groups[0].metrics, *result.overall]
    keys = [said.suppression.source] if suppressed else []
    keys += [*said.method_sources, *(said.metrics[name].source for name in measured)]
    keys += [law.source for law in said.laws]
    return {key: said.sources[key] for key in dict.fromkeys(keys)}


def _reading(reading: Reading) -> tuple[tuple[str, str], ...]:
    """How the file was read: what, and how."""
    signs = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank", ":": "colon"}
    header = "none" if reading.header_row is None else f"row {reading.header_row}"
    facts = {
        "Kind of file": reading.container,
        "Sheet": reading.sheet,
        "Encoding": reading.encoding,
        "Between cells": signs.get(reading.delimiter or "", reading.delimiter),
        "Names of the columns": header if reading.header_rows < 2 else f"{header}, {reading.header_rows} rows joined",
        "Rows before the table": str(reading.preamble_rows) if reading.preamble_rows else None,
        "Rows after the table": str(reading.footer_rows) if reading.footer_rows else None,
        "Short rows filled up": str(reading.padded_rows) if reading.padded_rows else None,
        "Long rows cut": str(reading.trimmed_rows) if reading.trimmed_rows else None,
    }
    return tuple((name, value) for name, value in facts.items() if value)


def _roles(spec: AuditSpec) -> tuple[tuple[str, str], ...]:
    """Which column plays which role, and every choice that the numbers depend on."""
    named = ", ".join(f"{column} = {value if value is not None else '(missing)'}" for column, value in spec.reference)
    rules = {"largest": "the largest group", "highest": "the group with the highest rate", "overall": "all people"}
    rule = rules[spec.reference_rule]
    facts = {
        "Compared by": ", ".join(spec.groups),
        "Label (what was true)": spec.label,
        "Label means yes": " or ".join(spec.label_positive) or ("the usual words for it" if spec.label else None),
        "Prediction (what was decided)": spec.prediction,
        "Prediction means yes": " or ".join(spec.prediction_positive)
        or ("the usual words for it" if spec.prediction else None),
        "Score": spec.score,
        "A score counts as yes from": None if spec.threshold is None else number.on_scale(spec.threshold),
        "For the person, a yes is": "good" if spec.favourable == "positive" else "bad",
        "Error that hurts more": {"false_positive": "a wrong yes", "false_negative": "a wrong no", None: None}[
            spec.worse_error
        ],
        "Compared with": f"{named}; otherwise {rule}" if named else rule,
        "Tolerance": f"{spec.tolerance:g} to {1 / spec.tolerance:.4g} times the reference",
        "Intersections": "none" if spec.depth == 1 else f"of up to {spec.depth} columns",
        "Edges of numeric groups": "; ".join(
            f"{column}: {', '.join(f'{e:g}' for e in edges)}" for column, edges in spec.bins
        ),
        "Weight": spec.weight,
        "Rows that belong together": spec.cluster,
        "Only rows with": " and ".join(f"{column} = {value}" for column, value in spec.where),
    }
    return tuple((name, value) for name, value in facts.items() if value)


def _versions() -> dict[str, str]:
    """What computed the numbers."""
    return {"Python": platform.python_version()} | {
        name: metadata.version(name) for name in ("numpy", "duckdb", "pyarrow")
    }
