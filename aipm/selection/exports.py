"""A decision record as files to hand on: Markdown to read, CSV to calculate with, JSON to open again.

Nothing here looks at the clock: who made a file, and on which day, is passed in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from aipm.content import number
from aipm.content.markdown import bullets, drawn, paragraph, table
from aipm.selection.needs import need_texts
from aipm.selection.record import DecisionRecord, record_texts, refusal
from aipm.tables.formula import csv_text

FORMAT = 1
"""To be raised when older files can no longer be opened."""
LONGEST_FILE = 20_000_000
Cell = str | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a JSON file holds."""

    kind: Literal["model_decision"]
    format: int
    made_by: str
    day: str
    record: DecisionRecord


def record_markdown(record: DecisionRecord, *, made_by: str, day: date) -> str:
    """A heading a part; parts that are empty are left out."""
    say, columns = record_texts(), record_texts().columns

    def heads(*names: str) -> list[str]:
        return [columns[name] for name in names]

    blocks = [
        f"# {drawn(say.title.format(question=record.question))}",
        f"## {drawn(say.decision)}",
        paragraph(record.decision) or drawn(say.open),
    ]
    if record.approach:
        blocks += [f"## {drawn(say.approach)}", paragraph(record.approach)]
    if record.needs:
        rows = [(each.need, each.answer) for each in record.needs]
        blocks += [f"## {drawn(say.needs)}", table(heads("need", "answer"), rows)]
    if record.workload:
        asked = [(each.need, each.answer) for each in record.workload]
        blocks += [f"## {drawn(say.workload)}", table(heads("item", "value"), asked)]
    if record.filters:
        names = heads("filter", "left", "brings_back")
        lines = [(each.name, str(each.left), ", ".join(each.brings_back)) for each in record.filters]
        blocks += [f"## {drawn(say.filters)}", table(names, lines)]
    if record.filters or record.excluded:
        out = [f"{each.name}: {'; '.join(each.reasons)}" for each in record.excluded]
        blocks += [f"## {drawn(say.excluded)}", bullets(out) or drawn(say.nobody)]
    if record.criteria:
        weighed = [
            (each.name, number.rate(each.weight), _figure(each.worst), _figure(each.best), each.unit)
            for each in record.criteria
        ]
        blocks += [
            f"## {drawn(say.criteria)}",
            table(heads("criterion", "weight", "worst", "best", "unit"), weighed),
        ]
    if record.ranking:
        parts = _contributors(record)
        ranked = [
            (
                number.NONE if each.rank is None else str(each.rank),
                each.name,
                _score(each.score),
                *(_score((each.contributions or {}).get(part)) for part in parts),
            )
            for each in record.ranking
        ]
        names = [*heads("rank", "name", "score"), *(_criterion_name(part) for part in parts)]
        blocks += [f"## {drawn(say.ranking)}", table(names, ranked)]
        if record.method:
            blocks.append(drawn(say.method.format(method=record.method)))
    if record.reasons:
        blocks += [f"## {drawn(say.reasons)}", bullets(record.reasons)]
    if record.robustness:
        blocks += [f"## {drawn(say.robustness)}", paragraph(record.robustness)]
    if record.cost:
        costs = [
            (each.item, number.NONE if each.value is None else f"{each.value:,f}", each.unit, each.source, each.as_of)
            for each in record.cost
        ]
        blocks += [f"## {drawn(say.cost)}", table(heads("item", "value", "unit", "source", "as_of"), costs)]
    if record.assumptions:
        blocks += [f"## {drawn(say.assumptions)}", bullets(record.assumptions)]
    if record.sources:
        taken = [
            (each.source, each.evidence, each.as_of, ", ".join(each.facts), ", ".join(each.models), each.url)
            for each in record.sources
        ]
        blocks += [
            f"## {drawn(say.sources)}",
            table(heads("source", "evidence", "as_of", "facts", "models", "url"), taken),
        ]
    if record.versions:
        blocks += [f"## {drawn(say.versions)}", bullets(f"{key}: {value}" for key, value in record.versions.items())]
    made = say.made.format(made_by=made_by, day=day.isoformat())
    return "\n\n".join([*blocks, "---", drawn(made)]) + "\n"


def record_csv(record: DecisionRecord, *, made_by: str, day: date) -> str:
    """A row a statement: the part it belongs to, of what or whom, which figure, its value, unit and a note."""
    head = ("part", "item", "key", "value", "unit", "note", "made_by", "day")
    return csv_text([head, *((*row, made_by, day.isoformat()) for row in _statements(record))])


def record_json(record: DecisionRecord, *, made_by: str, day: date) -> str:
    """For `from_json`. A figure that is no number is null."""
    file = File(kind="model_decision", format=FORMAT, made_by=made_by, day=day.isoformat(), record=record)
    return msgspec.json.format(msgspec.json.encode(file), indent=1).decode() + "\n"


def from_json(text: str | bytes) -> DecisionRecord:
    """The record that a JSON file of this module holds. Raises Refusal."""
    return opened(text).record


def opened(text: str | bytes) -> File:
    """What a JSON file of this module holds; who made it and when is what it says, and may be blank. Raises Refusal."""
    if len(text) > LONGEST_FILE:
        raise refusal("It is far larger than any such file.")
    try:
        head = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise refusal("It is not JSON.") from None
    if not isinstance(head, dict) or head.get("kind") != "model_decision":
        raise refusal("It does not say that it holds one.")
    if head.get("format") != FORMAT:
        raise refusal("It was written by another version.")
    made_by, day = (str(head.get(name) or "") for name in ("made_by", "day"))
    record = DecisionRecord.from_dict(head.get("record"))
    return File(kind="model_decision", format=FORMAT, made_by=made_by, day=day, record=record)


def _statements(record: DecisionRecord) -> Iterator[Sequence[Cell]]:
    yield "question", record.question, None, None, None, None
    yield "decision", record.decision, None, None, None, None
    yield "approach", record.approach, None, None, None, None
    for need in record.needs:
        yield "need", need.need, None, need.answer, None, None
    for line in record.workload:
        yield "workload", line.need, None, line.answer, None, None
    for filtered in record.filters:
        yield "filter", filtered.name, "left", filtered.left, None, ", ".join(filtered.brings_back)
    for out in record.excluded:
        for reason in out.reasons:
            yield "excluded", out.name, None, None, None, reason
    for criterion in record.criteria:
        for key, value, unit in (
            ("weight", criterion.weight, None),
            ("worst", criterion.worst, criterion.unit),
            ("best", criterion.best, criterion.unit),
        ):
            yield "criterion", criterion.name, key, _finite(value), unit, None
    yield "method", record.method, None, None, None, None
    for ranked in record.ranking:
        yield "ranking", ranked.name, "rank", ranked.rank, None, None
        yield "ranking", ranked.name, "score", _finite(ranked.score), None, None
        for part, share in (ranked.contributions or {}).items():
            yield "contribution", ranked.name, part, _finite(share), None, None
    for reason in record.reasons:
        yield "reason", reason, None, None, None, None
    yield "robustness", record.robustness, None, None, None, None
    for cost in record.cost:
        value = None if cost.value is None else float(cost.value)
        yield "cost", cost.item, cost.as_of, value, cost.unit, cost.source
    for assumption in record.assumptions:
        yield "assumption", assumption, None, None, None, None
    for source in record.sources:
        for name in source.models:
            yield "source", name, source.evidence, source.as_of, source.source, ", ".join(source.facts)
    for name, version in record.versions.items():
        yield "version", name, None, version, None, None


def _contributors(record: DecisionRecord) -> list[str]:
    """The criteria that contribute anywhere, in the order in which they are first met."""
    found: dict[str, None] = {}
    for each in record.ranking:
        found |= dict.fromkeys(each.contributions or {})
    return list(found)


def _criterion_name(key: str) -> str:
    said = need_texts().criteria
    return said[key].name if key in said else key


def _finite(value: float | None) -> float | None:
    return value if value is not None and abs(value) < float("inf") else None


def _score(value: float | None) -> str:
    return number.decimal(_finite(value))


def _figure(value: float | None) -> str:
    """An end of a criterion: thousands apart, and as many digits as it needs."""
    known = _finite(value)
    if known is None:
        return number.NONE
    return number.count(known) if float(known).is_integer() else f"{known:g}"
