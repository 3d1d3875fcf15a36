"""content/lifecycle_test.yaml, typed: the part "A/B test" of the Lifecycle page."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.governance.ab_reading import Guard, Verdict
from aipm.governance.ab_test import Kind
from aipm.ui.lifecycle_method import MethodTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    compared: str
    compared_help: str
    metric: str
    metric_help: str
    from_sheet: str
    kind: str
    kinds: dict[Kind, str]
    baseline: dict[Kind, str]
    spread: str
    spread_help: str
    difference: dict[Kind, str]
    difference_relative: str
    difference_help: str
    relative: str
    relatives: dict[str, str]
    both_ways: str
    better: str
    betters: dict[str, str]
    users_a_day: str
    more: str
    significance: str
    significance_help: str
    power: str
    power_help: str
    sides: str
    sides_options: dict[str, str]
    sides_help: str
    variants: str
    variants_help: str
    traffic: str
    loss: str
    loss_help: str
    by_event: str
    by_events: dict[str, str]
    by_event_help: str
    events_each: str
    icc: str
    icc_help: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTexts:
    title: str
    facts: dict[str, str]
    curve: str
    x_users: str
    y_power: str
    alt_power: str
    alt_point: str
    planned: str
    days_curve: str
    x_days: str
    y_difference: str
    alt_days: str
    alt_days_point: str
    days_there: str
    in_days: str
    in_days_none: str
    matters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverTexts:
    title: str
    difference: str
    traffic: str
    variants: str
    power: str
    loss: str
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTexts:
    title: str
    sentence: str
    looks: str
    told: str
    once: str
    spending: str
    spendings: dict[str, str]
    about: dict[str, str]
    columns: tuple[str, str, str, str, str]
    caption: str
    chart: str
    axis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardTexts:
    title: str
    sentence: str
    name: str
    share: str
    margin: str
    bad: str
    bads: dict[str, str]
    told: str
    more: str
    enough: str
    lacks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    title: str
    sentence: str
    name: str
    names: tuple[str, str, str]
    users: dict[Kind, str]
    events: str
    yes: dict[str, str]
    mean: str
    spread: str
    unfit: str
    nothing: str
    split_ok: str
    split_fault: str
    compared: str
    exact: str
    verdicts: dict[Verdict, str]
    words: dict[Verdict, str]
    early: str
    early_rule: str
    rule: str
    rule_before: str
    guard_title: str
    guarded: str
    guards: dict[Guard, str]
    guard_words: dict[Guard, str]
    decision: str
    decision_help: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTexts:
    title: str
    lines: tuple[str, ...]
    lab_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbTexts:
    """All of the file; `cautions`: a sentence each, its own title, and what is said where there is none."""

    title: str
    sentence: str
    answer: dict[str, str]
    lacks: dict[str, str]
    form: FormTexts
    result: ResultTexts
    cautions: dict[str, str]
    levers: LeverTexts
    looks: LookTexts
    guard: GuardTexts
    read: ReadTexts
    notes: NoteTexts
    method: MethodTexts


@cache
def ab_texts() -> AbTexts:
    """Read once. Raises ContentError."""
    found: AbTexts = content.load("lifecycle_test", AbTexts)
    return found
