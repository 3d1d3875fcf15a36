"""Which approach? Families of models in order for a task and its data, each with the rules that put it there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from aipm.selection.families import (
    ANSWERS,
    ApproachTexts,
    Capability,
    Compute,
    Data,
    Explainability,
    Labels,
    Latency,
    Place,
    Rows,
    Rule,
    Skills,
    YesNo,
    approach_texts,
)
from aipm.selection.rules import Reason, meets
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What somebody answered about a task; the questions in words are in content/approaches.yaml."""

    capability: Capability
    data: Data
    labels: Labels = "few"
    rows: Rows = "under_10k"
    latency: Latency = "seconds"
    explainability: Explainability = "not_needed"
    skills: Skills = "data_science"
    compute: Compute = "server"
    regulated: YesNo = "no"

    def to_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ANSWERS}

    @classmethod
    def from_dict(cls, plain: object) -> "Spec":
        """Raises Refusal for a question or an answer that is none; only capability and data must be there."""
        if not isinstance(plain, Mapping) or not {"capability", "data"} <= set(plain) <= set(ANSWERS):
            raise _refusal("A question is missing, or is none of those asked here.")
        for name, answer in plain.items():
            if not isinstance(answer, str) or answer not in ANSWERS[name]:
                raise _refusal(f"The answer on {name} cannot be chosen there.")
        return cls(**plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a family if one answer were another."""

    question: str
    answer: str
    becomes: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """A family where it stands: the rules that put it there, those against it, and the answers that would move it.

    Of a family that is ruled out, `reasons` are the rules that did it.
    """

    key: str
    place: Place
    points: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What needs no learning and has to be beaten: the family, and what it would be here."""

    key: str
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """`shortlist`: the baseline, then what rules speak for, most points first and the simpler first at a tie.

    `possible` would work but nothing speaks for it; `ruled_out` serve the task, but not under these answers.
    """

    spec: Spec
    baseline: Baseline
    shortlist: tuple[Approach, ...]
    possible: tuple[Approach, ...]
    ruled_out: tuple[Approach, ...]

    @property
    def first(self) -> str | None:
        """The first choice beyond the baseline, if there is one."""
        return next((each.key for each in self.shortlist if each.place == "first"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the families that serve a task stand, by the rules alone; rules by their ids."""

    baseline: str
    listed: tuple[str, ...]
    possible: tuple[str, ...]
    points: dict[str, int]
    support: dict[str, list[str]]
    against: dict[str, list[str]]
    ruled_out: dict[str, list[str]]

    def place(self, key: str) -> Place | None:
        """None where it does not serve the task at all."""
        if key in self.ruled_out:
            return "ruled_out"
        if key in self.listed:
            return "first" if key == self.listed[0] else "listed"
        return "possible" if key in self.possible else None


def recommend(spec: Spec) -> Recommendation:
    """An ordered shortlist for what was answered; it always begins with a baseline, and equal answers give equals."""
    said, now = approach_texts(), standing(spec)
    base = said.baseline_for(spec.capability, spec.data)
    assert base is not None
    others = list(_others(spec))

    def drawn(key: str) -> Approach:
        out = now.ruled_out.get(key)
        place = now.place(key) or "listed"
        why = [_reason(said, rule) for rule in (out or now.support.get(key, []))]
        if key == base.family:
            why.insert(0, _first_reason(said))
        return Approach(
            key=key,
            place="listed" if key == base.family else place,
            points=now.points.get(key, 0),
            reasons=tuple(why),
            against=() if out else tuple(_reason(said, rule) for rule in now.against.get(key, [])),
            changes=() if key == base.family else _changes(key, place, others),
        )

    return Recommendation(
        spec=spec,
        baseline=Baseline(key=base.family, text=base.text, reason=_first_reason(said)),
        shortlist=tuple(map(drawn, (base.family, *now.listed))),
        possible=tuple(map(drawn, now.possible)),
        ruled_out=tuple(map(drawn, now.ruled_out)),
    )


def standing(spec: Spec) -> Standing:
    """The rules alone, in one pass: points for and against, what is ruled out, and the order that follows."""
    said, answers = approach_texts(), spec.to_dict()
    able, rules = _able(spec.capability, spec.data)
    base = said.baseline_for(spec.capability, spec.data)
    assert base is not None
    points = dict.fromkeys(able, 0)
    support: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for key, rule in rules:
        if not meets(rule.when, answers):
            continue
        for family in rule.out:
            if family in points:
                out.setdefault(family, []).append(key)
        for family, count in rule.support.items():
            if family in points:
                points[family] += count
                support.setdefault(family, []).append(key)
        for family, count in rule.against.items():
            if family in points:
                points[family] -= count
                against.setdefault(family, []).append(key)
    left = [family for family in able if family not in out and family != base.family]
    return Standing(
        baseline=base.family,
        listed=tuple(sorted((family for family in left if points[family] > 0), key=lambda each: -points[each])),
        possible=tuple(family for family in left if points[family] <= 0),
        points=points,
        support=support,
        against=against,
        ruled_out={family: out[family] for family in able if family in out},
    )


@cache
def _able(capability: str, data: str) -> tuple[tuple[str, ...], tuple[tuple[str, Rule], ...]]:
    """The families that serve a task, from simple to strong, and the rules that can speak of it."""
    said, asked = approach_texts(), {"capability": capability, "data": data}
    return (
        tuple(key for key, family in said.families.items() if family.can(capability, data)),
        tuple(
            (key, rule)
            for key, rule in said.rules.items()
            if meets({question: rule.when[question] for question in asked if question in rule.when}, asked)
        ),
    )


def _others(spec: Spec) -> Iterator[tuple[str, str, Standing]]:
    """Every single answer changed: the question, the other answer, and where families stand then."""
    for question, answers in ANSWERS.items():
        if question in ("capability", "data"):
            continue  # another task altogether
        for answer in answers:
            if answer != getattr(spec, question):
                change: dict[str, Any] = {question: answer}
                yield question, answer, standing(replace(spec, **change))


def _changes(key: str, place: Place, others: Iterable[tuple[str, str, Standing]]) -> tuple[Change, ...]:
    found = ((question, answer, then.place(key)) for question, answer, then in others)
    return tuple(
        Change(question=question, answer=answer, becomes=becomes)
        for question, answer, becomes in found
        if becomes is not None and becomes != place
    )


def _reason(said: ApproachTexts, key: str) -> Reason:
    rule = said.rules[key]
    return Reason(id=key, text=rule.text, source=said.sources[rule.source])


def _first_reason(said: ApproachTexts) -> Reason:
    return Reason(id="baseline", text=said.baseline.text, source=said.sources[said.baseline.source])


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_answer", f"This does not say which approach to look for. {why}", advice="Choose from the answers offered."
    )
