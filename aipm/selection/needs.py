"""Needs in plain questions: what must be becomes filters over facts, what is preferred an order and its weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta

from aipm import content
from aipm.content import number
from aipm.selection.facts import fact, number_of
from aipm.selection.rules import Text, check_known
from aipm.tables import Refusal

Candidate = Mapping[str, Any]
"""{"name": …, "facts": {fact: {"value": … or None, "evidence": …, …}}}"""
Must = str | int | float
"""An option of a question, or the number it asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Something to prefer by: a fact as a number between two fixed ends. `levels` are numbers for words."""

    name: Text
    plain: Text
    fact: Text
    unit: Text
    direction: Literal["max", "min"]
    scale: Literal["linear", "log"]
    worst: float
    best: float
    why: Text
    levels: dict[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One condition on one fact. `unknown` says what becomes of a candidate of which the fact is not known."""

    fact: Text
    one_of: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    evidence_not: tuple[str, ...] = ()
    unknown: Literal["fails", "passes"] = "fails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer to choose: all of `all` and, where there are any, one of `any` must hold."""

    label: Text
    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A bound to enter, from `low` to `high`."""

    fact: Text
    compare: Literal["at_least", "at_most"]
    unit: Text
    low: float
    high: float
    suggest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: options or a number for "must", criteria for "prefer"."""

    question: Text
    help: Text
    criteria: Annotated[tuple[str, ...], Meta(min_length=1)]
    options: dict[str, Option] | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    unknown: Text
    fails: Text
    evidence: Text
    at_least: Text
    at_most: Text
    one_of: Text
    contains: Text
    left: Text
    nothing: Text
    empty: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedTexts:
    """All of content/needs.yaml."""

    title: Text
    sentence: Text
    swing: Text
    stances: dict[Literal["must", "prefer", "no_matter"], Text]
    facts: dict[str, Text]
    criteria: dict[str, Criterion]
    questions: Annotated[dict[str, Asked], Meta(min_length=8, max_length=12)]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What somebody answered. A question may be in both, in one, or in none: then it does not matter.

    `musts`: question -> the option chosen or the number entered. `order`: what is preferred, most wanted first.
    """

    musts: tuple[tuple[str, Must], ...] = ()
    order: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"musts": dict(self.musts), "order": list(self.order)}

    @classmethod
    def from_dict(cls, plain: object) -> "Needs":
        """Raises Refusal for what the questions do not offer."""
        if not isinstance(plain, Mapping) or not set(plain) <= {"musts", "order"}:
            raise _refusal("They do not consist of what must be and what is preferred.")
        musts, order, asked = plain.get("musts", {}), plain.get("order", []), need_texts().questions
        if not isinstance(musts, Mapping) or not set(musts) <= set(asked):
            raise _refusal("What must be names a question that is none.")
        if not isinstance(order, list | tuple) or not all(isinstance(each, str) and each in asked for each in order):
            raise _refusal("What is preferred names a question that is none.")
        if len(set(order)) < len(order):
            raise _refusal("What is preferred names a question twice.")
        for key, answer in musts.items():
            asked_of(key, answer)
        return cls(musts=tuple((key, musts[key]) for key in asked if key in musts), order=tuple(order))


@cache
def need_texts() -> NeedTexts:
    """Read once. Raises ContentError."""
    found: NeedTexts = content.load("needs", NeedTexts)
    for key, criterion in found.criteria.items():
        where = f"needs.yaml: criteria.{key}"
        check_known(where, [criterion.fact], found.facts, "fact")
        low, high = sorted((criterion.worst, criterion.best))
        if (
            low == high
            or (criterion.scale == "log" and low <= 0)
            or (criterion.direction == "max") != (low == criterion.worst)
        ):
            raise content.ContentError(f"{where}: worst and best do not fit direction and scale")
        if criterion.levels and not all(low <= level <= high for level in criterion.levels.values()):
            raise content.ContentError(f"{where}.levels: outside worst and best")
    for key, asked in found.questions.items():
        where = f"needs.yaml: questions.{key}"
        check_known(f"{where}.criteria", asked.criteria, found.criteria, "criterion")
        if (asked.options is None) == (asked.number is None):
            raise content.ContentError(f"{where}: either options or a number")
        for option in (asked.options or {}).values():
            check_known(where, [each.fact for each in (*option.all, *option.any)], found.facts, "fact")
        if asked.number:
            check_known(where, [asked.number.fact], found.facts, "fact")
    return found


def weights(needs: Needs) -> dict[str, float]:
    """Rank-order-centroid weights by criterion; they add up to 1. Criteria of one question share its place equally.

    The k-th of n weighs (1/k + … + 1/n) / n: the centre of all weights that keep the order (Barron & Barrett 1996,
    Management Science 42, 1515-1523). Nothing preferred: nothing weighs.
    """
    groups = [need_texts().questions[key].criteria for key in needs.order]
    count = sum(map(len, groups))
    centroid = [sum(1 / place for place in range(first, count + 1)) / count for first in range(1, count + 1)]
    found: dict[str, float] = {}
    at = 0
    for group in groups:
        shared = sum(centroid[at : at + len(group)]) / len(group)
        found |= dict.fromkeys(group, shared)
        at += len(group)
    return found


def criteria(needs: Needs) -> list[dict[str, Any]]:
    """What is preferred as criteria with fixed ends, heaviest first, in the form the ranking takes."""
    said = need_texts().criteria
    return [
        {
            "name": key,
            "column": key,
            "direction": said[key].direction,
            "weight": weight,
            "worst": said[key].worst,
            "best": said[key].best,
            "scale": said[key].scale,
        }
        for key, weight in weights(needs).items()
    ]


def cell(key: str, candidate: Candidate) -> float | None:
    """A candidate's number on a criterion; None where the fact is not known. Raises KeyError for no criterion."""
    criterion = need_texts().criteria[key]
    known = fact(candidate, criterion.fact)
    if criterion.levels is not None and isinstance(known.value, str):
        return criterion.levels.get(known.value)
    return number_of(known.value)


def ends(key: str) -> tuple[str, str]:
    """A criterion's worst and best as people say them: a word where it has levels, else a number with its unit."""
    criterion = need_texts().criteria[key]
    words = {level: word for word, level in (criterion.levels or {}).items()}

    def said(end: float) -> str:
        amount = number.count(end) if float(end).is_integer() else f"{end:g}"
        return words.get(end, f"{amount} {criterion.unit}")

    return said(criterion.worst), said(criterion.best)


def rows(candidates: Iterable[Candidate], needs: Needs) -> list[dict[str, Any]]:
    """The candidates as rows for the ranking: the name, and a number or None for each criterion that is preferred."""
    keys = list(weights(needs))
    return [{"name": candidate_name(each), **{key: cell(key, each) for key in keys}} for each in candidates]


def asked_of(key: str, answer: object) -> Option:
    """What a "must" asks of a candidate. Raises Refusal."""
    asked = need_texts().questions.get(key)
    if asked is None:
        raise _refusal("What must be names a question that is none.")
    if asked.options is not None:
        if not isinstance(answer, str) or answer not in asked.options:
            raise _refusal(f"The answer on “{asked.question}” cannot be chosen there.")
        return asked.options[answer]
    assert asked.number is not None
    bounds, bound = asked.number, number_of(answer)
    if bound is None or not bounds.low <= bound <= bounds.high:
        raise _refusal(f"The answer on “{asked.question}” is no number from {bounds.low:g} to {bounds.high:g}.")
    least = bound if asked.number.compare == "at_least" else None
    most = bound if asked.number.compare == "at_most" else None
    return Option(label=asked.question, all=(Test(fact=asked.number.fact, at_least=least, at_most=most),))


def candidate_name(candidate: Candidate) -> str:
    name = candidate.get("name")
    if not isinstance(name, str) or not name:
        raise Refusal("no_name", "A candidate has no name.", advice="Give every candidate a name.")
    return name


def _refusal(why: str) -> Refusal:
    return Refusal("bad_needs", f"These needs cannot be used. {why}", advice="Choose from the answers offered.")
