"""Reports for laws and rules to hand on: HTML that runs nothing, CSV without formulas, plain data for a pipeline."""

from dataclasses import fields as fields_of
from datetime import date, datetime
from typing import Any

from aipm.content.document import Block, Bullets, Document, Facts, Heading, Table, html
from aipm.fairness.law_basis import basis_lines
from aipm.fairness.law_evidence import Sheet
from aipm.fairness.law_four_fifths import FourFifths, Line
from aipm.fairness.law_nyc import Category, Nyc
from aipm.fairness.law_said import not_advice
from aipm.fairness.law_said_evidence import found_of, said_of
from aipm.fairness.law_texts import Rule, law_texts
from aipm.fairness.section import Section
from aipm.fairness.spec import Group
from aipm.tables.formula import csv_text

Cell = str | float | None
NUMERIC: dict[Rule, frozenset[int]] = {
    "nyc": frozenset({1, 2, 3, 4}),
    "four_fifths": frozenset({2, 3, 4, 5, 6}),
    "ai_act": frozenset(),
}
"""Columns of numbers in the tables of each report."""


def to_html(
    section: Section,
    *,
    rule: Rule,
    file_name: str,
    generated: datetime,
    day: date,
    answers: dict[str, str],
) -> str:
    """One self-contained file. `answers` to the fields of the report; what nobody filled in is shown as open."""
    shared = law_texts().shared
    blocks: list[Block] = [Bullets(section.lines[1:])] if section.lines[1:] else []
    if rule == "nyc":
        given = {name: answers.get(name, "").strip() or None for name in law_texts().nyc.fields}
        pairs = tuple((law_texts().nyc.fields[name].label, said) for name, said in given.items())
        blocks.append(Facts(pairs, shared.to_fill))
    for table in section.tables:
        numeric = NUMERIC[rule]
        blocks.append(Table(table.caption, table.head, table.rows, numeric))
    for point in section.points:
        blocks += [Heading(point.title, level=3), Bullets(point.lines), Facts(point.said, shared.to_fill)]
    links = tuple(f"{name}: {url}" for name, url in section.sources)
    blocks += [Heading(shared.notes), Bullets((*section.notes, *links))]
    document = Document(
        eyebrow=law_texts().names[rule],
        title=file_name,
        lead=section.lines[0],
        note=not_advice(day),
        blocks=tuple(blocks),
    )
    return html(document, generated=generated)


def nyc_csv(found: Nyc, *, day: date, answers: dict[str, str]) -> str:
    """Every category a line, then what is stated beside the tables."""
    say, shared = law_texts().nyc, law_texts().shared
    columns = found.asked.columns
    rows: list[tuple[Cell, ...]] = [("table", *columns, *(name for name in CATEGORY if name != "group"))]
    for table in found.tables:
        for each in table.categories:
            place = dict(each.group)
            cells = (_plain(each, name) for name in CATEGORY if name != "group")
            rows.append((say.tables[table.part], *(place.get(column) for column in columns), *cells))
    rows.append(())
    beside = [("people", _whole(found.people)), ("without", _whole(found.without))]
    beside += [(f"unknown: {say.tables[table.part]}", _whole(table.unknown)) for table in found.tables]
    rows += [(name, shared.hidden if value is None else value) for name, value in beside]
    rows.append(("measure", found.asked.measure))
    if found.basis.median is not None:
        rows.append(("median", found.basis.median))
    rows += [(line,) for line in basis_lines(found.basis, found.asked.measure)]
    for name, field in say.fields.items():
        rows.append((field.label, answers.get(name, "").strip() or shared.to_fill))
    rows.append((not_advice(day),))
    return csv_text(rows)


CATEGORY = tuple(field.name for field in fields_of(Category))
LINE = tuple(field.name for field in fields_of(Line))
PEOPLE = frozenset({"applicants", "chosen", "selected", "people"})


def _plain(line: Category | Line, name: str) -> Any:
    """A cell of a line; numbers of people as whole numbers where they are."""
    return _whole(getattr(line, name)) if name in PEOPLE else getattr(line, name)


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def four_fifths_csv(found: FourFifths, *, day: date) -> str:
    """Every group of every column a line."""
    rows: list[tuple[Cell, ...]] = [("column", "reference", *LINE)]
    for table in found.tables:
        beside = None if table.reference is None else table.reference[0][1]
        for line in table.lines:
            cells = (line.group[0][1] if name == "group" else _plain(line, name) for name in LINE)
            rows.append((table.column, beside, *cells))
    lines = [(line,) for line in basis_lines(found.basis, found.measure)]
    return csv_text([*rows, (), ("measure", found.measure), *lines, (not_advice(day),)])


def evidence_csv(sheet: Sheet, *, day: date) -> str:
    """Every point a line."""
    rows: list[tuple[Cell, ...]] = [law_texts().ai_act.head]
    rows += [
        (point.article, point.asks, "\n".join(found_of(point)), "\n".join(said_of(point))) for point in sheet.points
    ]
    return csv_text([*rows, (), (not_advice(day),)])


def nyc_plain(found: Nyc) -> dict[str, Any]:
    """The tables with the keys of the command line's answer."""
    return {
        "measure": found.asked.measure,
        "sex": found.asked.sex,
        "race": found.asked.race,
        "unknown_values": [{"column": column, "value": value} for column, value in found.asked.unknown],
        "left_out_small": found.asked.leave_out_small,
        "people": _whole(found.people),
        "without": _whole(found.without),
        "median": found.basis.median,
        "tables": [
            {
                "by": table.part,
                "columns": list(table.columns),
                "highest": _group(table.highest),
                "unknown": _whole(table.unknown),
                "categories": [
                    {name: _plain(each, name) for name in CATEGORY if name not in ("group", "kind")}
                    | {"group": dict(each.group), "status": each.kind}
                    for each in table.categories
                ],
            }
            for table in found.tables
        ],
    }


def four_fifths_plain(found: FourFifths) -> dict[str, Any]:
    """Every column with its groups."""
    return {
        "measure": found.measure,
        "tables": [
            {
                "column": table.column,
                "reference": _group(table.reference),
                "unknown": _whole(table.unknown),
                "groups": [
                    {name: _plain(line, name) for name in LINE if name not in ("group", "reading")}
                    | {"group": dict(line.group), "status": line.reading}
                    for line in table.lines
                ],
            }
            for table in found.tables
        ],
    }


def evidence_plain(sheet: Sheet) -> dict[str, Any]:
    """Every point with what was found and what is open."""
    return {
        "points": [
            {
                "key": point.key,
                "article": point.article,
                "asks": point.asks,
                "found": list(point.found),
                "to_fill": [
                    {"name": name, "question": question, "answer": answer or None}
                    for name, question, answer in point.said
                ],
            }
            for point in sheet.points
        ],
    }


def _group(group: Group | None) -> dict[str, str | None] | None:
    return None if group is None else dict(group)
