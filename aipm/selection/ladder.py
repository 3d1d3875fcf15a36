"""How far to climb with a language model, and where it should run: answers -> a step, a source, and the rules why."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from aipm import content
from aipm.selection.evaluation import PassRate
from aipm.selection.rules import Question, Reason, Source, Text, When, check_known, check_when, meets
from aipm.tables import Refusal

Step = Literal["evaluate", "prompt", "retrieval", "fine_tune", "preference", "continued", "own"]
STEPS: tuple[Step, ...] = get_args(Step)
State = Literal["met", "missed", "too_few", "next", "not_called_for", "blocked", "later"]
Option = Literal["api", "hosted_open", "self_hosted"]
OPTIONS: tuple[Option, ...] = get_args(Option)
Axis = Literal["privacy", "lineage", "performance", "functionality", "control", "cost", "team"]
AXES: tuple[Axis, ...] = get_args(Axis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A rule in words, with its source (a key of the file's sources) and, where it has one, its condition."""

    text: Text
    source: Text
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    name: Text
    plain: Text
    needs: Text
    costs: Text
    called_for: Annotated[tuple[Said, ...], Meta(min_length=1)]
    stopped_by: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderTexts:
    """The part `ladder` of content/ladder.yaml. `bar` and `least_tried` are what is used if nobody says otherwise."""

    title: Text
    sentence: Text
    bar: Annotated[float, Meta(gt=0, le=1)]
    least_tried: Annotated[int, Meta(ge=1)]
    questions: dict[str, Question]
    steps: dict[Step, StepText]
    states: dict[State, Text]
    unsaid: Text
    end: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionText:
    name: Text
    plain: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingRule:
    """Which options fail on an axis where `when` is met; a hard failure weighs more than any number of others."""

    axis: Axis
    when: When
    fails: Annotated[tuple[Option, ...], Meta(min_length=1)]
    text: Text
    source: Text
    hard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingTexts:
    """The part `sourcing`: a question an axis."""

    title: Text
    sentence: Text
    default: Said
    later: Said
    compare: Said
    options: dict[Option, OptionText]
    questions: dict[str, Question]
    rules: dict[str, SourcingRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderFile:
    """All of content/ladder.yaml."""

    as_of: Text
    sources: dict[str, Source]
    ladder: LadderTexts
    sourcing: SourcingTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """A step, how it stands, and the rules that say so; `rate` where it was tried."""

    key: Step
    state: State
    reasons: tuple[Reason, ...]
    rate: PassRate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStanding:
    """`stand` is where to be: the first step that meets the bar, or the next one to try.

    Where it is None, `remark` says why: it was not said what goes wrong, or no step is left.
    """

    stand: Step | None
    remark: str | None
    steps: tuple[StepStanding, ...]
    bar: float

    @property
    def here(self) -> StepStanding | None:
        return next((each for each in self.steps if each.key == self.stand), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The axis on which an option failed, and the rule that says so."""

    axis: Axis
    hard: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionStanding:
    key: Option
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """`choice` has the fewest hard failures, then the fewest; `clean` says whether it has none at all.

    `reason` is the rule of the default: it decides among options that fail alike, for the one with the least to run.
    """

    choice: Option
    clean: bool
    options: tuple[OptionStanding, ...]
    reason: Reason
    open_questions: tuple[Axis, ...]


@cache
def ladder_texts() -> LadderFile:
    """Read once. Raises ContentError."""
    found: LadderFile = content.load("ladder", LadderFile)
    ladder, sourcing = found.ladder, found.sourcing
    for where, names, wanted in (
        ("ladder.steps", tuple(ladder.steps), STEPS),
        ("ladder.states", tuple(ladder.states), get_args(State)),
        ("sourcing.options", tuple(sourcing.options), OPTIONS),
        ("sourcing.questions", tuple(sourcing.questions), AXES),
    ):
        if names != wanted:
            raise content.ContentError(f"ladder.yaml: {where}: must be {', '.join(wanted)}, in this order")
    said = [(f"ladder.steps.{key}", rule) for key, step in ladder.steps.items() for rule in _rules(step)]
    said += [(f"sourcing.{name}", getattr(sourcing, name)) for name in ("default", "later", "compare")]
    for where, rule in said:
        check_when(f"ladder.yaml: {where}", rule.when, ladder.questions)
        check_known(f"ladder.yaml: {where}", [rule.source], found.sources, "source")
    for key, each in sourcing.rules.items():
        check_when(f"ladder.yaml: sourcing.rules.{key}", each.when, sourcing.questions)
        check_known(f"ladder.yaml: sourcing.rules.{key}", [each.source], found.sources, "source")
    return found


def stand(
    answers: Mapping[str, str],
    *,
    tried: Mapping[str, tuple[int, int]] | None = None,
    bar: float | None = None,
) -> LadderStanding:
    """Where to stand on the ladder. Questions without an answer speak neither for nor against a step.

    `tried`: step -> (passed, tried) on the team's own examples. `bar` is a share above 0 and at most 1; the file's if
    None. A step counts as tried from the file's `least_tried` examples on. Raises Refusal.
    """
    file = ladder_texts()
    said = file.ladder
    wanted = said.bar if bar is None else bar
    if not (isinstance(wanted, int | float) and math.isfinite(wanted) and 0 < wanted <= 1):
        raise _refusal("The bar is no share above 0 and up to 1.")
    _check(answers, said.questions)
    rates = _rates(tried or {})
    found: list[StepStanding] = []
    here: Step | None = None
    for key, step in said.steps.items():
        rate = rates.get(key)
        state: State = "later"
        rules: tuple[Said, ...] = ()
        if key == "evaluate":
            state, rules = ("met" if answers.get("examples") == "enough" else "next"), step.called_for
        elif here is None:
            state, rules = _state(step, answers, rate, least=said.least_tried, bar=wanted)
        if here is None and (state in ("next", "too_few") or (state == "met" and key != "evaluate")):
            here = key
        found.append(StepStanding(key=key, state=state, reasons=_reasons(file, key, rules), rate=rate))
    remark = None if here else said.unsaid if answers.get("failing") in (None, "untested") else said.end
    return LadderStanding(stand=here, remark=remark, steps=tuple(found), bar=wanted)


def source(answers: Mapping[str, str]) -> Sourcing:
    """Where the model should run, and on which axis every other option failed. Raises Refusal."""
    file = ladder_texts()
    said = file.sourcing
    _check(answers, said.questions)
    spoke = {key: rule for key, rule in said.rules.items() if meets(rule.when, answers)}
    options = tuple(
        OptionStanding(
            key=option,
            failures=tuple(
                Failure(
                    axis=rule.axis,
                    hard=rule.hard,
                    reason=Reason(id=key, text=rule.text, source=file.sources[rule.source]),
                )
                for key, rule in spoke.items()
                if option in rule.fails
            ),
        )
        for option in OPTIONS
    )
    best = min(options, key=lambda each: (sum(one.hard for one in each.failures), len(each.failures)))
    return Sourcing(
        choice=best.key,
        clean=not best.failures,
        options=options,
        reason=Reason(id="default", text=said.default.text, source=file.sources[said.default.source]),
        open_questions=tuple(axis for axis in AXES if axis not in answers),
    )


def _state(
    step: StepText, answers: Mapping[str, str], rate: PassRate | None, *, least: int, bar: float
) -> tuple[State, tuple[Said, ...]]:
    called = tuple(rule for rule in step.called_for if meets(rule.when, answers))
    stopped = tuple(rule for rule in step.stopped_by if meets(rule.when, answers))
    if rate is not None and rate.tried:
        if rate.tried < least:
            return "too_few", called
        return ("met" if rate.passed >= bar * rate.tried - 1e-9 else "missed"), called
    if not called:
        return "not_called_for", ()
    return ("blocked", stopped) if stopped else ("next", called)


def _rules(step: StepText) -> Iterable[Said]:
    return (*step.called_for, *step.stopped_by)


def _reasons(file: LadderFile, key: Step, rules: Iterable[Said]) -> tuple[Reason, ...]:
    every = list(_rules(file.ladder.steps[key]))
    return tuple(
        Reason(id=f"{key}.{every.index(rule) + 1}", text=rule.text, source=file.sources[rule.source]) for rule in rules
    )


def _rates(tried: Mapping[str, tuple[int, int]]) -> dict[str, PassRate]:
    if not set(tried) <= set(STEPS):
        raise _refusal("A step that was tried is none of the ladder's.")
    return {key: PassRate.of(*counts) for key, counts in tried.items()}


def _check(answers: Mapping[str, Any], questions: Mapping[str, Question]) -> None:
    for question, answer in answers.items():
        if question not in questions:
            raise _refusal("A question is none of those asked here.")
        if answer not in questions[question].answers:
            raise _refusal(f"The answer on {question} cannot be chosen there.")


def _refusal(why: str) -> Refusal:
    return Refusal("bad_answer", f"These answers cannot be used. {why}", advice="Choose from the answers offered.")
