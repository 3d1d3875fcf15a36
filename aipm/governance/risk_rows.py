"""The state of one row of the register, what keeps it from being settled, and whether it holds the gate shut.

A tick without fresh evidence is a claim. A "not sure" is a task, never a pass. A risk counts as dealt with where the
mitigation is in place, what is left is rated below high and fresh evidence shows it; or where somebody accepts it by
name, with a reason and until a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from aipm.governance.evidence import Result, Standing, Tool, standing
from aipm.governance.fields import same_person
from aipm.governance.product import Product
from aipm.governance.question_bank import Asked, Bank, Heading, Question, Step
from aipm.governance.register import Item

State = Literal["risk_open", "unsure", "open", "claimed", "evidenced", "mitigated", "accepted", "not_applicable"]
STATES: tuple[State, ...] = get_args(State)
SETTLED: frozenset[State] = frozenset({"evidenced", "mitigated", "accepted", "not_applicable"})
Problem = Literal[
    "no_reason",
    "no_evidence",
    "stale",
    "failed",
    "no_mitigation",
    "not_done",
    "no_residual",
    "residual_high",
    "residual_above",
    "unrated",
    "acceptance_incomplete",
    "acceptance_past",
    "own_acceptance",
    "own_reviewer",
    "no_reviewer",
    "no_owner",
    "no_due",
    "overdue",
]
Block = Literal["unanswered", "unsure", "no_fresh_evidence", "risk_open", "own_reviewer"]
BLOCKS: tuple[Block, ...] = get_args(Block)
Level = Literal["low", "middle", "high"]
MIDDLE, HIGH = 4, 8
"""Severity times likelihood from which a risk is middle and high; 16 is the most."""
GRAVEST = 4
"""A risk of this severity is severe, whatever its question says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    severity: Step
    likelihood: Step

    @property
    def score(self) -> int:
        return self.severity * self.likelihood

    @property
    def level(self) -> Level:
        return "high" if self.score >= HIGH else "middle" if self.score >= MIDDLE else "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question that is asked, or a row of the register. `key`: the id of the row, or the key of the question.

    `before`, `after`: the risk without and with its mitigation, for a "no"; `after` is `before` where nothing was said.
    `standing`: of the evidence, where an answer needs some.
    """

    key: str
    item: Item | None
    question: Question | None
    asked: Asked | None
    heading: Heading | None
    severe: bool
    state: State
    problems: tuple[Problem, ...]
    block: Block | None
    before: Rating | None = None
    after: Rating | None = None
    standing: Standing | None = None

    @property
    def overdue(self) -> bool:
        return "overdue" in self.problems


def judged(
    item: Item,
    bank: Bank,
    asked: Asked | None,
    latest: Mapping[Tool, Result],
    product: Product,
    today: date,
) -> Row:
    question = bank.questions.get(item.question or "")
    before = _rating(item.severity, item.likelihood) if item.answer == "no" else None
    after = (_rating(item.residual_severity, item.residual_likelihood) or before) if before else None
    severe = bool(question.severe if question else item.severe) or bool(before and before.severity == GRAVEST)
    evidence = None
    if item.answer == "yes" or (item.answer == "no" and item.done):
        evidence = standing(item.evidence, latest=latest, product=product, today=today)
    state, problems = _state(item, before, evidence, severe=severe, today=today)
    problems += _people(item, state, severe=severe, today=today)
    return Row(
        key=item.id,
        item=item,
        question=question,
        asked=asked,
        heading=question.heading if question else item.heading,
        severe=severe,
        state=state,
        problems=tuple(problems),
        block=_block(state, problems) if severe else None,
        before=before,
        after=after,
        standing=evidence,
    )


def unasked(key: str, question: Question, asked: Asked | None) -> Row:
    """A question that has no row yet; `asked` None: it does not apply, and nothing depends on it."""
    return Row(
        key=key,
        item=None,
        question=question,
        asked=asked,
        heading=question.heading,
        severe=question.severe,
        state="open",
        problems=(),
        block="unanswered" if question.severe and asked else None,
    )


def _state(
    item: Item, before: Rating | None, evidence: Standing | None, *, severe: bool, today: date
) -> tuple[State, list[Problem]]:
    match item.answer:
        case None:
            return "open", []
        case "unsure":
            return "unsure", []
        case "not_applicable":
            return ("not_applicable", []) if item.reason else ("open", ["no_reason"])
        case "yes":
            lacking = _lacking(evidence)
            return ("claimed", [lacking]) if lacking else ("evidenced", [])
    problems = _acceptance(item, severe=severe, today=today)
    if item.accepted_by and not problems:
        return "accepted", []
    treated = bool(item.mitigations or item.mitigation)
    left = _rating(item.residual_severity, item.residual_likelihood)
    if before is None:
        problems.append("unrated")
    if left and before and left.score > before.score:
        problems.append("residual_above")
    if not treated:
        problems.append("no_mitigation")
    elif not item.done:
        problems.append("not_done")
    elif left is None:
        problems.append("no_residual")
    elif left.level == "high":
        problems.append("residual_high")
    elif before is not None:
        lacking = _lacking(evidence)
        return ("claimed", [*problems, lacking]) if lacking else ("mitigated", problems)
    return "risk_open", problems


def _lacking(evidence: Standing | None) -> Problem | None:
    if evidence is None or evidence.freshness == "missing":
        return "no_evidence"
    if evidence.freshness == "fresh":
        return None
    return "failed" if evidence.freshness == "failed" else "stale"


def _acceptance(item: Item, *, severe: bool, today: date) -> list[Problem]:
    """What keeps a risk from being accepted, once somebody began to say so."""
    if not (item.accepted_by or item.accepted_why or item.accepted_until):
        return []
    if not (item.accepted_by and item.accepted_why and item.accepted_until):
        return ["acceptance_incomplete"]
    if item.accepted_until < today:
        return ["acceptance_past"]
    return ["own_acceptance"] if severe and same_person(item.accepted_by, item.owner) else []


def _people(item: Item, state: State, *, severe: bool, today: date) -> list[Problem]:
    """Who is missing, who checks their own work, what is late."""
    problems: list[Problem] = []
    if same_person(item.owner, item.reviewer):
        problems.append("own_reviewer")
    elif severe and item.reviewer is None and state in ("evidenced", "mitigated"):
        problems.append("no_reviewer")
    if state in ("unsure", "risk_open"):
        problems += ["no_owner"] if item.owner is None else []
        problems += ["no_due"] if item.due is None else []
    if item.due is not None and item.due < today and state not in SETTLED:
        problems.append("overdue")
    return problems


def _block(state: State, problems: list[Problem]) -> Block | None:
    if state == "not_applicable":
        return None
    if state in SETTLED:
        return "own_reviewer" if "own_reviewer" in problems else None
    names: dict[State, Block] = {
        "open": "unanswered",
        "unsure": "unsure",
        "claimed": "no_fresh_evidence",
        "risk_open": "risk_open",
    }
    return names[state]


def _rating(severity: Step | None, likelihood: Step | None) -> Rating | None:
    return Rating(severity=severity, likelihood=likelihood) if severity and likelihood else None


def guess(row: Row) -> Rating | None:
    """The rating of a row; of a question that is not answered with "no", what the bank says of a "no"."""
    if row.before is not None:
        return row.before
    return _rating(row.question.severity, row.question.likelihood) if row.question else None
