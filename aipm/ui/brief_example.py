"""The worked example of a brief (content/brief_example.yaml), with the forms of the worked example of Ethics."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from aipm import content
from aipm.brief.brief import Brief, ChapterKey, Decision
from aipm.brief.entry import Entry, EntryError, Figure, check
from aipm.content.chart import Chart
from aipm.governance.example import example as forms
from aipm.ui.results import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleEntry:
    """An entry without its fingerprints: those are made from what stands here."""

    tool: str
    title: str
    summary: str
    at: datetime
    data_name: str | None = None
    model: str | None = None
    threshold: float | None = None
    against: bool | None = None
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFile:
    entries: tuple[ExampleEntry, ...]
    notes: dict[ChapterKey, str]
    decisions: tuple[Decision, ...]
    mind: tuple[str, ...]


@cache
def example() -> Brief:
    """Read once. Raises ContentError, also where a brief would not keep an entry."""
    found: ExampleFile = content.load("brief_example", ExampleFile)
    try:
        entries = tuple(map(_entry, found.entries))
    except EntryError as problem:
        raise content.ContentError(f"brief_example.yaml: {problem}") from problem
    return Brief(
        entries=entries,
        forms=dict(forms().forms),
        notes=found.notes,
        decisions=found.decisions,
        mind=found.mind,
    )


def _entry(each: ExampleEntry) -> Entry:
    known: dict[str, Any] = {name: getattr(each, name) for name in ExampleEntry.__slots__}
    data = digest(each.data_name) if each.data_name else None
    return check(Entry(**known, settings=digest([each.tool, each.title]), data=data))
