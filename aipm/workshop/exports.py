"""A room's record as data to hand on: CSV to calculate with, JSON for programs; all of it also after an early end."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from aipm.tables.formula import csv_text
from aipm.workshop.cards import DotsResult
from aipm.workshop.checks import ChecksResult
from aipm.workshop.record import Record, minutes_taken

FORMAT = 1
"""To be raised when older files can no longer be read."""
Cell = str | float | None


def plain(record: Record) -> dict[str, Any]:
    """Everything as plain data. People are numbered anew in each activity."""
    found: dict[str, Any] = msgspec.to_builtins(record)
    return {"kind": "aipm-room", "format": FORMAT, **found}


def to_json(record: Record) -> str:
    return json.dumps(plain(record), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def csv_files(record: Record) -> dict[str, str]:
    """Name of a file -> CSV: answers, cards, dots, checks, run-sheet; each with its header also where it is empty."""
    kept = record.activities
    answers: list[Sequence[Cell]] = [("activity", "kind", "respondent", "name", "item", "value")]
    cards: list[Sequence[Cell]] = [
        ("activity", "card", "respondent", "name", "text", "stage", "tag", "merged_into", "hidden")
    ]
    dots: list[Sequence[Cell]] = [("activity", "target", "text", "dots", "people")]
    found: list[Sequence[Cell]] = [
        ("activity", "check", "kind", "question", "table", "status", "owner", "due", "evidence", "note")
    ]
    for each in kept:
        for answer in each.answers:
            value = answer.value if isinstance(answer.value, str | int | float) else json.dumps(answer.value)
            name = each.names.get(answer.person)
            answers.append((each.key, each.kind, answer.person, name, answer.item, value))
        cards += [
            (
                each.key,
                card.id,
                card.person,
                each.names.get(card.person),
                card.text,
                card.stage,
                card.tag,
                card.into,
                str(card.hidden).lower(),
            )
            for card in each.cards
        ]
        result = each.outcome.result
        if isinstance(result, DotsResult):
            dots += [(each.key, total.target, total.name, total.dots, total.people) for total in result.totals]
        if isinstance(result, ChecksResult):
            found += [
                (
                    each.key,
                    one.check.key,
                    one.check.kind,
                    one.check.question,
                    one.table,
                    one.status,
                    one.owner,
                    None if one.due is None else one.due.isoformat(),
                    one.evidence,
                    one.note,
                )
                for one in result.found
            ]
    sheet: list[Sequence[Cell]] = [("phase", "title", "planned_minutes", "extra_minutes", "minutes_taken", "dropped")]
    sheet += [
        (
            phase.key,
            phase.title,
            phase.minutes,
            record.progress.extra.get(phase.key, 0),
            minutes_taken(record, phase.key),
            str(phase.key in record.progress.dropped).lower(),
        )
        for phase in record.sheet
    ]
    files = {"answers": answers, "cards": cards, "dots": dots, "checks": found, "run-sheet": sheet}
    return {f"{name}.csv": csv_text(rows) for name, rows in files.items()}
