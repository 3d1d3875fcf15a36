"""The stage-gate board in words: the answer in a sentence, why a criterion does not stand, what a decision rests on."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from aipm import content
from aipm.content import number
from aipm.content.day import day
from aipm.content.visible import visible
from aipm.governance.board import Board, Checked, Gate, Outcome, Why, stage_texts
from aipm.governance.evidence import Freshness, Reason, mark
from aipm.governance.gates import STATES, Choice, Decision, Frozen, State, Waiver

MOST = 3
"""Criteria named in one sentence."""
SHORT = 160
"""Characters of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    at: str
    at_one: str
    ready: str
    ready_waived: str
    begin: str
    over: str
    stopped: str
    undecided: str
    oldest: str
    behind: str
    behind_many: str
    overdue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceWords:
    none: str
    one: str
    many: str
    renewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWords:
    entry: dict[Choice, str]
    stale_since: SinceWords
    frozen_line: str
    frozen_mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardWords:
    outcomes: dict[Outcome, str]
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    waived: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWords:
    """The parts of content/lifecycle_gates.yaml that the page and its files share."""

    answer: AnswerWords
    board: BoardWords
    states: dict[State, str]
    why: dict[Why, str]
    stage: StageWords
    decide: DecisionWords


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWords:
    """The parts of content/governance.yaml that say how evidence stands."""

    freshness: dict[Freshness, str]
    reasons: dict[Reason, str]


@cache
def gate_words() -> GateWords:
    """Read once. Raises ContentError."""
    found: GateWords = content.load("lifecycle_gates", GateWords)
    return found


@cache
def evidence_words() -> EvidenceWords:
    """Read once. Raises ContentError."""
    found: EvidenceWords = content.load("governance", EvidenceWords)
    return found


def answer(board: Board, *, today: date) -> tuple[str, ...]:
    """Where the product stands in one sentence, then what to bear in mind."""
    say = gate_words().answer
    told = [_lead(board)]
    ready = [stage_texts()[each.stage].name for each in board.gates if each.behind and each.decision is None]
    if ready:
        told.append(say.undecided.format(stages=", ".join(ready)))
    here = None if board.current is None else board.gate(board.current)
    if here is not None and here.missing and here.missing[0].since is not None:
        oldest = here.missing[0]
        told.append(say.oldest.format(said=short(oldest.said)) + f" ({day(oldest.since or today)}).")
    fallen = [
        each
        for gate in board.gates
        if gate.since is not None
        for each in gate.since.stale
        if each not in gate.since.renewed
    ]
    if fallen:
        form = say.behind if len(fallen) == 1 else say.behind_many
        told.append(form.format(count=number.count(len(fallen)), said=listed(fallen)))
    late = [each for gate in board.gates for each in gate.missing if each.overdue(today)]
    if late:
        told.append(say.overdue.format(said=listed(late)))
    return tuple(told)


def _lead(board: Board) -> str:
    say = gate_words().answer
    if board.current is None:
        return say.over
    gate, name = board.gate(board.current), stage_texts()[board.current].name
    if gate.decision is not None and gate.decision.choice == "stop":
        return say.stopped.format(stage=name, day=day(gate.decision.day), by=short(gate.decision.by))
    if not any(each.state != "open" for one in board.gates for each in one.criteria):
        return say.begin
    count, missing = len(gate.criteria), len(gate.missing)
    if not missing:
        return (say.ready_waived if gate.count("waived") else say.ready).format(stage=name)
    form = say.at_one if missing == 1 else say.at
    return form.format(stage=name, done=number.count(count - missing), count=number.count(count), missing=missing)


def listed(found: "list[Checked] | list[Frozen] | tuple[Frozen, ...]") -> str:
    """The first few, and how many more."""
    names = [short(each.said) for each in found[:MOST]]
    more = [f"+{len(found) - MOST}"] if len(found) > MOST else []
    return "; ".join([*names, *more])


def short(said: str) -> str:
    """What somebody typed, as a part of a sentence."""
    return visible(said, limit=SHORT)


def counts(gate: Gate) -> str:
    """How many criteria are in each state: "3 evidenced, 1 open"."""
    say = gate_words()
    found = ((state, gate.count(state)) for state in STATES)
    return ", ".join(
        say.board.count.format(count=number.count(count), state=say.states[state]) for state, count in found if count
    )


def why(checked: Checked) -> tuple[str, ...]:
    """Why a criterion is neither evidenced nor waived, a sentence a reason."""
    reasons = ", ".join(evidence_words().reasons[each] for each in checked.standing.reasons)
    return tuple(gate_words().why[each].format(reasons=reasons) for each in checked.why)


def waived(waiver: Waiver) -> str:
    """Who left it out, and why."""
    return gate_words().stage.waived.format(by=short(waiver.by or ""), reason=waiver.reason or "")


def entry(decision: Decision) -> str:
    """A line of the log."""
    found = {state: sum(each.state == state for each in decision.stood) for state in STATES}
    return (
        gate_words()
        .decide.entry[decision.choice]
        .format(
            day=day(decision.day),
            by=short(decision.by),
            evidenced=number.count(found["evidenced"]),
            waived=number.count(found["waived"]),
            missing=number.count(found["open"] + found["claimed"]),
        )
    )


def since(gate: Gate) -> tuple[str, ...]:
    """What has become of the evidence on which the gate was passed."""
    say = gate_words().decide.stale_since
    if gate.since is None:
        return ()
    stale = gate.since.stale
    form = say.one if len(stale) == 1 else say.many if stale else say.none
    told = [form.format(count=number.count(len(stale)), said=listed(stale))]
    if gate.since.renewed:
        told.append(say.renewed.format(said=listed(gate.since.renewed)))
    return tuple(told)


def rested_on(decision: Decision) -> tuple[str, ...]:
    """A line a criterion, with what its evidence can be known by."""
    say = gate_words()
    lines = []
    for each in decision.stood:
        known = mark(each.evidence) if each.evidence else None
        form = say.decide.frozen_mark if known else say.decide.frozen_line
        lines.append(form.format(said=short(each.said), state=say.states[each.state], mark=known))
    return tuple(lines)
