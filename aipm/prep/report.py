"""The preparation as one HTML file to hand on: nothing in it runs, nothing is fetched, every text is escaped."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aipm.content import html_report
from aipm.content.datasheet import datasheet_texts
from aipm.prep.datasheet import datasheet
from aipm.prep.finding import Finding
from aipm.prep.prepared import WHOLE, Prepared
from aipm.prep.recipe import Recipe
from aipm.prep.recipe_texts import texts
from aipm.prep.script import versions
from aipm.prep.source import Source
from aipm.tables import Reading

MOST_COLUMNS_OF_STEP = 8
LONGEST_LIST = 12
"""Values of what was learned that the report shows; fitted.json has them all."""
SIGNS = {"critical": "◆", "warning": "▲", "advice": "●", "info": "○"}


def render(
    recipe: Recipe,
    prepared: Prepared,
    source: Source,
    *,
    fitted: Mapping[str, Any],
    reading: Reading,
    generated: datetime,
    findings: Iterable[Finding] = (),
    known: Mapping[str, str] | None = None,
) -> str:
    """The report as HTML. `known` are answers of people to the datasheet's questions; `generated` knows its zone."""
    said = texts()
    done = sum(step.status == "ok" for step in prepared.steps)
    return html_report.report(
        "prep_report.html",
        "audit_report.css",
        "prep_report.css",
        said=said,
        file_name=source.file,
        generated=generated,
        source=source,
        reading=_reading(reading),
        warnings=reading.warnings,
        findings=tuple(findings),
        signs=SIGNS,
        target=recipe.target,
        steps=list(zip(recipe.steps, prepared.steps, strict=False)),
        most=MOST_COLUMNS_OF_STEP,
        done=done,
        failed=len(prepared.failed),
        parts={
            ("all rows" if name == WHOLE else name): (len(part), len(part.columns), int(part.isna().sum().sum()))
            for name, part in prepared.parts.items()
        },
        left=sum(map(len, prepared.parts.values())),
        is_split=WHOLE not in prepared.parts,
        learned=[
            (step, [(" ".join(place), value) for place, value in _flat(step["learned"])]) for step in fitted["steps"]
        ],
        sheet=datasheet_texts(),
        datasheet=datasheet(recipe, prepared, source, said=known),
        versions=versions(),
    )


def _flat(value: Any, place: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """What was learned as lines: where, and the value in words."""
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in _flat(inner, (*place, str(key)))]
    if isinstance(value, list):
        shown = ", ".join(_number(each) for each in value[:LONGEST_LIST])
        more = f" and {len(value) - LONGEST_LIST:,} more" if len(value) > LONGEST_LIST else ""
        return [(place, f"{shown}{more}")]
    return [(place, _number(value))]


def _number(value: Any) -> str:
    return "–" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _reading(reading: Reading) -> tuple[tuple[str, str], ...]:
    """How the file was read: what, and how."""
    facts = {
        "Kind of file": reading.container,
        "Sheet": reading.sheet,
        "Encoding": reading.encoding,
        "Between cells": {"\t": "tab", " ": "blank"}.get(reading.delimiter or "", reading.delimiter),
        "Names of the columns": "none" if reading.header_row is None else f"row {reading.header_row}",
        "Rows before the table": str(reading.preamble_rows or ""),
        "Rows after the table": str(reading.footer_rows or ""),
        "Short rows filled up": str(reading.padded_rows or ""),
        "Long rows cut": str(reading.trimmed_rows or ""),
    }
    return tuple((name, value) for name, value in facts.items() if value)
