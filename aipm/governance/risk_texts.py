"""The words of the risk register: content/ethics_register.yaml, typed."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance.question_bank import Reversible, Step
from aipm.governance.risk import Gate, TaskKind
from aipm.governance.risk_rows import Block, Level, Problem, State
from aipm.governance.triage import Tag

Part = Literal["work", "risks", "tasks", "out"]
Mode = Literal["one", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTexts:
    """`{asked}` questions are asked of `{all}`; `{count}` of `{severe}` severe ones block, for `{reasons}`."""

    names: dict[Gate, str]
    not_begun: str
    not_ready: str
    not_ready_one: str
    ready_with_rest: str
    ready: str
    detail: str
    blocks: dict[Block, str]
    list: str
    more: str
    and_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickTexts:
    title: str
    from_triage: str
    by_hand: str
    unknown: str
    tags_label: str
    no_capability: str
    capability_label: str
    always: str
    unsure_kind: str
    because: str
    again: str
    triage: str
    seed: str
    seed_help: str
    all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTexts:
    mode: str
    modes: dict[Mode, str]
    progress: str
    state: str
    heading: str
    every_heading: str
    own_heading: str
    count: str
    count_one: str
    none: str
    open: str
    close: str
    before: str
    after: str
    next_open: str
    place: str
    earlier: str
    later: str
    add: str
    add_label: str
    add_placeholder: str
    add_severe: str
    added_question: str
    added_risk: str
    untitled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTexts:
    asked: str
    not_asked: str
    refs: str
    check: str
    check_view: str
    answer: str
    text: str
    heading: str
    is_severe: str
    reason: str
    reason_help: str
    unsure_note: str
    unsure_help: str
    risk_title: str
    prefilled: str
    who: str
    harm: str
    severity: str
    likelihood: str
    reversible: str
    tags: str
    tags_help: str
    rating: str
    treat_title: str
    mitigations: str
    suggested: str
    placeholder: str
    mitigation: str
    done: str
    done_help: str
    residual_severity: str
    residual_likelihood: str
    checks: str
    people_title: str
    owner: str
    due: str
    reviewer: str
    reviewer_help: str
    evidence_title: str
    accept_title: str
    accepted_by: str
    accepted_why: str
    accepted_until: str
    note: str
    remove: str
    remove_reason: str
    remove_help: str
    remove_now: str
    remove_missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksTexts:
    empty: str
    sentence: str
    sentence_one: str
    switch: str
    before: str
    after: str
    caption_before: str
    caption_after: str
    corner: str
    press: str
    cell: str
    high_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksTexts:
    empty: str
    sentence: str
    sentence_one: str
    kinds: dict[TaskKind, str]
    no_owner: str
    no_due: str
    overdue: str
    days_over: str
    day_over: str
    loads_title: str
    loads_caption: str
    load_columns: dict[Literal["owner", "tasks", "severe", "overdue"], str]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutTexts:
    sentence: str
    csv: str
    markdown: str
    removed_title: str
    bring_back: str
    sources_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    title: str
    title_of: str
    made: str
    gate: str
    blockers: str
    tasks: str
    items: str
    removed: str
    task: str
    removed_item: str
    counts: str
    table: dict[str, str]
    yes: str
    no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTexts:
    """All of content/ethics_register.yaml."""

    label: str
    parts: dict[Part, str]
    yes_is_good: str
    gate: GateTexts
    overdue_name: str
    removed_name: str
    states: dict[State, str]
    severe: str
    problems: dict[Problem, str]
    levels: dict[Level, str]
    severities: dict[Step, str]
    likelihoods: dict[Step, str]
    reversible: dict[Reversible, str]
    pick: PickTexts
    tags: dict[Tag, str]
    work: WorkTexts
    item: ItemTexts
    risks: RisksTexts
    tasks: TasksTexts
    out: OutTexts
    exports: ExportTexts


@cache
def register_texts() -> RegisterTexts:
    """Read once. Raises ContentError."""
    found: RegisterTexts = content.load("ethics_register", RegisterTexts)
    return found
