"""What the finders look at, and how a finding is worded and weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from aipm.content import load, number
from aipm.prep.finding import Finding, Severity
from aipm.prep.profile.column import Column
from aipm.prep.recipe import Scope, Step
from aipm.tables.model import Reading

SEVERITIES: dict[Severity, float] = {"info": 0.0, "advice": 100.0, "warning": 200.0, "critical": 300.0}
MOST_NAMED = 5
VERBS = {
    "are": "is",
    "have": "has",
    **{verb: f"{verb}s" for verb in ("lie", "say", "hold", "look", "spell", "contain", "begin", "repeat")},
}
"""Of what is counted, and how each is said of a single one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as its columns, with how it was read, the column to predict (None: not known), and what day it is."""

    columns: tuple[Column, ...]
    rows: int
    reading: Reading
    target: Column | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """A kind of finding for people, or a variant of one ("leakage.name"). `weight`: 0 to 100 within its severity.

    `message` is a template with cells, rows, share and what the finder adds; `why` says what it does to a model.
    """

    severity: Severity
    weight: float
    message: str
    why: str = ""
    advice: str


@cache
def texts() -> dict[str, FindingText]:
    """content/prep_findings.yaml. Raises ContentError with file, key and reason."""
    found: dict[str, FindingText] = load("prep_findings", dict[str, FindingText])
    return found


def found(
    kind: str,
    columns: Sequence[Column] = (),
    *,
    rows: int,
    count: int | None = None,
    about: Column | None = None,
    variant: str = "",
    severity: Severity | None = None,
    where: Sequence[int] = (),
    values: Sequence[tuple[str, int]] = (),
    fix: Step | None = None,
    safe: bool = False,
    said: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding in words. `about` is the one column it is about, where that is not simply the only one of `columns`.

    `rows` is how many rows the file has; `said` fills what else the message names. Never give it a cell.
    """
    text = texts()[f"{kind}.{variant}" if variant else kind]
    severity = severity or text.severity
    column = about if about is not None else columns[0] if len(columns) == 1 else None
    share = min(count / rows, 1.0) if count is not None and rows else 0.0
    names = {
        "cells": _counted(count, "cell"),
        "rows": _counted(count, "row"),
        "count": number.count(count),
        "columns": named([each.name for each in columns]),
        "share": number.rate(share),
        **{plural: singular if count == 1 else plural for plural, singular in VERBS.items()},
        **(said or {}),
    }
    message = " ".join(part for part in (text.message.format(**names), text.why.format(**names)) if part)
    return Finding(
        kind=kind,
        column=column.name if column else None,
        columns=tuple(each.name for each in columns),
        count=count,
        severity=severity,
        message=message,
        advice=text.advice.format(**names),
        rows=tuple(where),
        values=tuple(values),
        fix=fix,
        safe=safe and fix is not None,
        weight=round(SEVERITIES[severity] + text.weight * (0.5 + 0.5 * share**0.5), 2),
    )


def named(names: Sequence[str]) -> str:
    """Names of columns in a sentence; the first few of many."""
    shown = [f'"{name if len(name) <= 60 else name[:59] + "…"}"' for name in names[:MOST_NAMED]]
    shown += [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1] if shown else "") if part)


def number_of(count: int, one: str, more: str) -> str:
    """A count with its words: 1 group has, 3 groups have."""
    return f"{number.count(count)} {one if count == 1 else more}"


def _counted(count: int | None, thing: str) -> str:
    return f"{number.count(count)} {thing}{'' if count == 1 else 's'}"


def step(op: str, columns: Sequence[Column], *, scope: Scope = "columns", **params: Any) -> Step:
    """A proposed step. Its id is unique among proposals: what is done, and to which columns."""
    places = "-".join(str(each.position + 1) for each in columns[:3]) + ("-etc" if len(columns) > 3 else "")
    return Step(
        id=f"{op}-{places}" if columns else op,
        op=op,
        columns=tuple(each.name for each in columns),
        params=params,
        scope=scope,
    )
