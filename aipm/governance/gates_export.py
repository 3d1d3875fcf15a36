"""The stage-gate board as files to hand on: Markdown to read, CSV to sort. Nothing here looks at the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from aipm import content
from aipm.content.day import day
from aipm.content.markdown import bullets, drawn, table
from aipm.governance import gate_words
from aipm.governance.board import Board, Checked, Gate, stage_texts
from aipm.governance.evidence import Evidence, mark
from aipm.governance.gates import Gates
from aipm.governance.product import Product
from aipm.tables.formula import csv_text

Cell = str | float | None
COLUMNS = (
    *("stage", "criterion_id", "criterion", "severe", "own", "state", "why", "owner", "due"),
    *("evidence", "evidence_kind", "evidence_shows", "evidence_standing", "fingerprint", "sha256"),
    *("evidence_added", "evidence_by", "evidence_review_by", "waived_by", "waiver_reason", "waiver_until"),
    *("decision", "decided_on", "decided_by", "day"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    """The part `export` of content/lifecycle_gates.yaml."""

    heading: str
    product: str
    unknown: str
    made: str
    columns: dict[Literal["criterion", "state", "why", "evidence", "owner", "due"], str]
    severe: str
    decisions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    export: ExportTexts


@cache
def export_texts() -> ExportTexts:
    """Read once. Raises ContentError."""
    found: ExportTexts = content.load("lifecycle_gates", _File).export
    return found


def markdown(board: Board, gates: Gates, *, product: Product, today: date) -> str:
    """The answer, a table a stage, and the log of decisions."""
    say = export_texts()
    lead, *more = gate_words.answer(board, today=today)
    blocks = [f"# {drawn(say.heading)}", f"**{drawn(lead)}**", drawn(_product(product))]
    if more:
        blocks.append(bullets(more))
    for gate in board.gates:
        text = stage_texts()[gate.stage]
        outcome = gate_words.gate_words().board.outcomes[gate.outcome]
        blocks += [
            f"## {drawn(f'{text.name}: {outcome}')}",
            drawn(f"{text.question} {gate_words.counts(gate)}."),
            table(list(say.columns.values()), [_line(each) for each in gate.criteria]),
            *([bullets(gate_words.since(gate))] if gate.since else []),
        ]
    if gates.decisions:
        blocks.append(f"## {drawn(say.decisions)}")
        for each in gates.decisions:
            name = stage_texts()[each.stage].name
            blocks.append(drawn(f"{name}. {gate_words.entry(each)}{f' {each.note}' if each.note else ''}"))
            blocks.append(bullets(gate_words.rested_on(each)))
    return "\n\n".join([*blocks, "---", drawn(say.made.format(day=day(today)))]) + "\n"


def csv(board: Board, *, today: date) -> str:
    """A row a criterion; text that a spreadsheet would calculate is made plain text."""
    rows: list[Sequence[Cell]] = [COLUMNS]
    rows += [_row(each, gate, today) for gate in board.gates for each in gate.criteria]
    return csv_text(rows)


def _product(product: Product) -> str:
    say = export_texts()
    return say.product.format(
        name=product.name or say.unknown,
        owner=product.owner or say.unknown,
        model=product.model or say.unknown,
        threshold=say.unknown if product.threshold is None else f"{product.threshold:g}",
    )


def _line(each: Checked) -> tuple[str, ...]:
    say, item = export_texts(), each.item
    told = gate_words.why(each)
    if each.state == "waived" and item.waiver is not None:
        told = (gate_words.waived(item.waiver),)
    return (
        say.severe.format(said=each.said) if each.severe else each.said,
        gate_words.gate_words().states[each.state],
        " ".join(told),
        _evidence(item.evidence),
        item.owner or "",
        day(item.due) if item.due else "",
    )


def _evidence(found: Evidence | None) -> str:
    if found is None:
        return ""
    known = mark(found)
    return "; ".join(each for each in (_what(found), found.says, known) if each)


def _what(found: Evidence) -> str | None:
    """The result's sentence, the file's name, or the place."""
    return {"result": found.result.said if found.result else None, "file": found.file_name, "link": found.link}[
        found.kind
    ]


def _row(each: Checked, gate: Gate, today: date) -> Sequence[Cell]:
    item, taken, own = each.item, gate.decision, each.good is None
    found, waiver = item.evidence, item.waiver
    shown: tuple[Cell, ...] = (None,) * 9
    if found is not None:
        stands = gate_words.evidence_words().freshness[each.standing.freshness]
        shown = (
            _what(found),
            found.kind,
            found.says,
            stands,
            mark(found),
            found.file_sha256,
            found.added.isoformat(),
            found.by,
            _iso(found.review_by),
        )
    waived = (waiver.by, waiver.reason, _iso(waiver.until)) if waiver else (None,) * 3
    decided = (taken.choice, taken.day.isoformat(), taken.by) if taken else (None,) * 3
    about = (gate.stage, each.id, each.said, _yes(each.severe), _yes(own), each.state, " ".join(gate_words.why(each)))
    return (*about, item.owner, _iso(item.due), *shown, *waived, *decided, today.isoformat())


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def _yes(found: bool) -> str:  # noqa: FBT001 - it only says it
    return "yes" if found else "no"
