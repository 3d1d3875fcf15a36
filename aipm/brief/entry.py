"""What one tool decided, as far as a brief keeps it: an answer, figures, and what they rest on; never rows of data."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta

from aipm.content.chart import Chart
from aipm.governance.evidence import Result
from aipm.governance.evidence import Tool as Evidenced
from aipm.governance.fields import Digest, Typed

Tool = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}(\.[a-z][a-z0-9_]{0,40})?$")]
"""A page as the registry names it, with its part where it answers several questions: `model_scorer.cost`."""
Named = Annotated[str, Meta(max_length=400)]
LONGEST_LIST = 200
RECORDS = 30
"""Records of the same shape that a question may hold (candidates, pains); more look like a table."""
LINES = 20
"""Lines of one text with the same number of separators; more look like a table."""
DEEPEST = 12
LARGEST = 200_000
"""Bytes of one entry."""


class EntryError(ValueError):
    """An entry that a brief does not keep. `code` stands in content/brief.yaml, `place` says where in the entry."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(f"{code}: {place}" if place else code)
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its interval; `n`: how many people or rows it rests on. A share of 0.42 is 42 with the unit %."""

    name: Named
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: Annotated[str, Meta(max_length=40)] = ""
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a tool decided. Sentences are those of the tool; `spec` is what it was asked, as plain data."""

    tool: Tool
    title: Named
    summary: Typed
    """The answer in one sentence."""
    at: datetime
    """When, with a time zone."""
    settings: Digest
    """sha256 of what was asked."""
    spec: dict[str, Any] = field(default_factory=dict)
    figures: Annotated[tuple[Figure, ...], Meta(max_length=LONGEST_LIST)] = ()
    warnings: Annotated[tuple[Typed, ...], Meta(max_length=LONGEST_LIST)] = ()
    charts: Annotated[tuple[Chart, ...], Meta(max_length=20)] = ()
    data: Digest | None = None
    """sha256 of the file it rests on; None where it rests on none."""
    data_name: Typed | None = None
    model: Typed | None = None
    threshold: float | None = None
    against: bool | None = None
    """Whether it speaks against going on; None where it cannot tell."""
    versions: dict[str, Named] = field(default_factory=dict)
    """Of the app, the catalogue, the encoder: whatever the answer depends on besides data and question."""
    suppressed: bool = False
    """Whether small groups were left out."""

    @property
    def result(self) -> Result:
        """As evidence needs it."""
        return Result(
            tool=cast("Evidenced", self.tool),
            said=self.summary,
            at=self.at,
            settings=self.settings,
            data=self.data,
            data_name=self.data_name,
            model=self.model,
            threshold=self.threshold,
            against=self.against,
        )

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of what it rests on."""
        return self.result.fingerprint


def of_result(result: Result, *, title: str, spec: dict[str, Any] | None = None, **more: Any) -> Entry:
    """An entry from what a tool hands over as evidence; `more`: the other fields of an entry, by name."""
    known = {name: getattr(result, name) for name in ("tool", "at", "settings", *_SHARED)}
    return Entry(summary=result.said, title=title, spec=spec or {}, **known, **more)


_SHARED = ("data", "data_name", "model", "threshold", "against")


def disclosure_threshold() -> int:
    """People that a figure must rest on; the one that the bias audit's report keeps to."""
    from aipm.fairness.disclosure import DEFAULT_THRESHOLD

    return DEFAULT_THRESHOLD


def check(entry: Entry) -> Entry:
    """The entry as a file holds it, if a brief may keep it.

    Raises EntryError: not_plain, no_zone, small_group, rows, too_large.
    """
    try:
        written = msgspec.json.encode(entry)
        plain = msgspec.json.decode(written)
        kept = msgspec.convert(plain, Entry, strict=True)
        if not _same(msgspec.to_builtins(entry), plain):
            raise EntryError("not_plain")
    except (msgspec.MsgspecError, UnicodeError, TypeError, OverflowError, RecursionError) as problem:
        raise EntryError("not_plain") from problem
    if entry.at.tzinfo is None:
        raise EntryError("no_zone", "at")
    if len(written) > LARGEST:
        raise EntryError("too_large")
    threshold = disclosure_threshold()
    for place, count in _counts(entry):
        if count is not None and 0 < count < threshold:
            raise EntryError("small_group", place)
    texts = {"summary": entry.summary, "title": entry.title, "warnings": list(entry.warnings)}
    for place in chain(_rows(entry.spec, "spec"), *(_rows(value, name) for name, value in texts.items())):
        raise EntryError("rows", place)
    return kept


def _same(one: object, other: object) -> bool:
    """Whether nothing was lost on the way through JSON, as what is no number is, or a key that is no text."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(each, other[name]) for name, each in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _counts(entry: Entry) -> Iterator[tuple[str, int | None]]:
    for place, figure in enumerate(entry.figures):
        yield f"figures[{place}]", figure.n
    for place, chart in enumerate(entry.charts):
        yield from ((f"charts[{place}]", count) for each in chart.series for count in each.counts)


def _rows(value: object, place: str, depth: int = 0) -> Iterator[str]:
    """Places that hold what looks like rows of a table, whichever way it is turned."""
    if depth > DEEPEST:
        yield place
    elif isinstance(value, str):
        if _tabular(value):
            yield place
    elif isinstance(value, dict):
        columns = [len(each) for each in value.values() if isinstance(each, list | tuple)]
        if len(value) > LONGEST_LIST or any(columns.count(size) > 1 for size in columns if size > RECORDS):
            yield place
        for name, each in value.items():
            yield from _rows(each, f"{place}.{name}"[:200], depth + 1)
    elif isinstance(value, list | tuple):
        if len(value) > LONGEST_LIST or _records(value):
            yield place
        for index, each in enumerate(value[:LONGEST_LIST]):
            yield from _rows(each, f"{place}[{index}]", depth + 1)


def _records(values: list[Any] | tuple[Any, ...]) -> bool:
    """Whether many of these are dictionaries of the same keys, lists of the same length, or lines of separated text."""
    shapes = [
        frozenset(each) if isinstance(each, dict) else len(each)
        for each in values
        if isinstance(each, dict | list | tuple) and len(each) > 1
    ]
    lines = [each for each in values if isinstance(each, str)]
    return any(shapes.count(shape) > RECORDS for shape in set(shapes)) or _separated(lines)


def _tabular(text: str) -> bool:
    return text.count("\n") > LINES and _separated(text.splitlines())


def _separated(lines: list[str]) -> bool:
    """Whether more than LINES of these have the same number, at least two, of one separator."""
    for sign in (",", ";", "\t", "|"):
        counts = [line.count(sign) for line in lines if line.count(sign) > 1]
        if len(counts) > LINES and max(map(counts.count, set(counts))) > LINES:
            return True
    return False
