"""One decision about a model, as plain data: what was asked, who was left out, the ranking, how sure, and the cost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from aipm import content
from aipm.selection.needs import Needs, need_texts
from aipm.selection.rules import Text
from aipm.selection.screening import Screening, shown
from aipm.tables import Refusal

LARGEST = 10_000
"""Lines of one part: more than any list of candidates that is allowed."""
Lines = Meta(max_length=LARGEST)
SOURCE = ("source", "evidence", "as_of", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """A question and its answer, in words."""

    need: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterLine:
    """A filter, how many were left after it and those before it, and who would be back in without it."""

    name: str
    left: int
    brings_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedLine:
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """A criterion, its weight as a share, and its two ends as they count 0 and 1 (None without fixed ends)."""

    name: str
    weight: float | None
    worst: float | None = None
    best: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankLine:
    """A candidate in the ranking; contributions by criterion where the method has them."""

    name: str
    rank: int | None = None
    score: float | None = None
    contributions: dict[str, float | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    item: str
    value: Decimal | None
    unit: str = ""
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source, how well it is known, when it was read, what was taken from it, and on whom."""

    source: str
    evidence: str = ""
    as_of: str = ""
    url: str = ""
    facts: Annotated[tuple[str, ...], Lines] = ()
    models: Annotated[tuple[str, ...], Lines] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, for a program to ask it again: each part as plain data, to be checked by whoever takes it up.

    `needs` for Needs, `workload` for Workload, `weighing` for Weighing; `entered`: the team's own candidates and
    findings, by name and field.
    """

    needs: dict[str, Any] = field(default_factory=dict)
    workload: dict[str, Any] = field(default_factory=dict)
    weighing: dict[str, Any] = field(default_factory=dict)
    entered: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """Everything that makes a decision about a model traceable. Parts that were not used are empty."""

    question: str
    decision: str = ""
    approach: str = ""
    needs: Annotated[tuple[NeedLine, ...], Lines] = ()
    workload: Annotated[tuple[NeedLine, ...], Lines] = ()
    filters: Annotated[tuple[FilterLine, ...], Lines] = ()
    excluded: Annotated[tuple[ExcludedLine, ...], Lines] = ()
    criteria: Annotated[tuple[CriterionLine, ...], Lines] = ()
    method: str = ""
    ranking: Annotated[tuple[RankLine, ...], Lines] = ()
    robustness: str = ""
    reasons: Annotated[tuple[str, ...], Lines] = ()
    cost: Annotated[tuple[CostLine, ...], Lines] = ()
    assumptions: Annotated[tuple[str, ...], Lines] = ()
    sources: Annotated[tuple[SourceLine, ...], Lines] = ()
    versions: dict[str, str] = field(default_factory=dict)
    asked: Asked | None = None

    @classmethod
    def from_dict(cls, plain: object) -> "DecisionRecord":
        """From plain data; keys it does not know are left aside. Raises Refusal."""
        try:
            found: DecisionRecord = msgspec.convert(plain, cls, strict=True)
            msgspec.json.encode(found).decode()  # half a character cannot be kept in a file
        except msgspec.ValidationError as problem:
            raise refusal(f"{_part(problem)} is missing or holds something else than it should.") from problem
        except UnicodeError as problem:
            raise refusal("It holds half a character.") from problem
        if not all(_writable(each.value) for each in found.cost if each.value is not None):
            raise refusal("A cost is no number that can be written out.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTexts:
    """The part `record` of content/needs.yaml: headings, and templates."""

    title: Text
    decision: Text
    open: Text
    approach: Text
    needs: Text
    workload: Text
    filters: Text
    excluded: Text
    nobody: Text
    criteria: Text
    ranking: Text
    method: Text
    robustness: Text
    reasons: Text
    cost: Text
    assumptions: Text
    sources: Text
    versions: Text
    made: Text
    stance: Text
    preferred: Text
    columns: dict[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    record: RecordTexts


@cache
def record_texts() -> RecordTexts:
    """Read once. Raises ContentError."""
    found: RecordTexts = content.load("needs", _File).record
    return found


def decision_record(
    question: str,
    *,
    needs: Needs,
    screening: Screening,
    criteria: Iterable[Mapping[str, Any]] = (),
    ranking: Iterable[Mapping[str, Any]] = (),
    excluded: Iterable[Mapping[str, Any]] = (),
    cost: Iterable[Mapping[str, Any]] = (),
    **more: Any,
) -> DecisionRecord:
    """A record from needs and screening, and from plain dicts for what other parts worked out.

    `criteria` as the ranking takes them (name, weight, worst, best); `ranking` as it gives them (name, rank, score,
    contributions); `excluded` by the ranking (name, reason); `cost` lines (item, value, unit, source, as_of). `more`
    are the other fields of DecisionRecord. Raises Refusal.
    """
    known = need_texts().criteria
    lines = [_criterion(each, known[each["name"]].unit if each.get("name") in known else "") for each in criteria]
    out = [
        *({"name": each.name, "reasons": [one.text for one in each.failures]} for each in screening.excluded),
        *({"name": each.get("name"), "reasons": [each.get("reason", "")]} for each in excluded),
    ]
    return DecisionRecord.from_dict(
        {
            "question": question,
            "needs": [{"need": each.need, "answer": each.answer} for each in need_lines(needs)],
            "filters": [
                {
                    "name": need_texts().questions[each.question].question,
                    "left": each.left,
                    "brings_back": each.brings_back,
                }
                for each in screening.filters
            ],
            "excluded": out,
            "criteria": lines,
            "ranking": list(ranking),
            "cost": list(cost),
            **more,
        }
    )


def source_lines(candidates: Iterable[Mapping[str, Any]], facts: Iterable[str]) -> list[dict[str, Any]]:
    """The sources of these facts of these candidates, each once, with what was taken from it and of whom."""
    words, found = need_texts().facts, dict[tuple[str, ...], tuple[dict[str, None], dict[str, None]]]()
    wanted = list(dict.fromkeys(facts))
    for each in candidates:
        for name in wanted:
            known = each["facts"].get(name, {})
            if known.get("value") is not None and known.get("source"):
                line = tuple(str(known.get(part) or "") for part in SOURCE)
                taken, models = found.setdefault(line, ({}, {}))
                taken[words[name]] = models[each["name"]] = None
    return [
        dict(zip(SOURCE, line, strict=True)) | {"facts": list(taken), "models": list(models)}
        for line, (taken, models) in found.items()
    ]


def need_lines(needs: Needs) -> Sequence[NeedLine]:
    """The answers in words: every "must" with what it asks for, every "prefer" with its place."""
    said, words = need_texts(), record_texts()
    musts = dict(needs.musts)
    found = []
    for key, asked in said.questions.items():
        answers = []
        if key in musts:
            wanted = asked.options[str(musts[key])].label if asked.options else shown(musts[key])
            if asked.number:
                wanted = f"{getattr(said.said, asked.number.compare).format(bound=wanted)} {asked.number.unit}"
            answers.append(words.stance.format(stance=said.stances["must"], wanted=wanted))
        if key in needs.order:
            place = needs.order.index(key) + 1
            answers.append(words.preferred.format(stance=said.stances["prefer"], place=place, count=len(needs.order)))
        found.append(NeedLine(need=asked.question, answer="; ".join(answers) or said.stances["no_matter"]))
    return found


def refusal(why: str) -> Refusal:
    return Refusal(
        "bad_record",
        f"This is not a decision record that can be opened. {why}",
        advice="Choose a JSON file that this page has written, as it was.",
    )


def _part(problem: msgspec.ValidationError) -> str:
    """Which part of a record it is about: a name of ours, never what stands there."""
    named = re.search(r"at `\$\.(\w+)", str(problem))
    return f"The part “{named[1]}”" if named else "A part"


def _writable(value: Decimal) -> bool:
    """Whether a figure can be written out digit by digit; 1E+999999999 could not."""
    return value.is_finite() and value.adjusted() <= 15 and -15 <= int(value.as_tuple().exponent) <= 15


def _criterion(plain: Mapping[str, Any], unit: str) -> dict[str, Any]:
    kept = {key: plain.get(key) for key in ("name", "weight", "worst", "best")}
    said = need_texts().criteria.get(str(kept["name"]))
    return {**kept, "name": said.name if said else kept["name"], "unit": plain.get("unit", unit)}
