"""content/lifecycle_gates.yaml, typed, but for what the engine reads of it: the words around the board."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.governance.gates import Choice, State


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTexts:
    title: str
    sentence: str
    here: str
    shown: str
    behind: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTexts:
    severe: str
    severe_help: str
    own: str
    missing: str
    missing_line: str
    missing_since: str
    missing_due: str
    missing_overdue: str
    missing_rest: str
    missing_rest_one: str
    missing_all: str
    nothing_missing: str
    criteria: str
    good: str
    done: str
    evidence: str
    waive: str
    waive_sentence: str
    waive_reason: str
    waive_by: str
    waive_until: str
    waive_until_help: str
    waive_remove: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTexts:
    title: str
    sentence: str
    said: str
    placeholder: str
    severe: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTexts:
    title: str
    sentence: str
    choice: str
    choices: dict[Choice, str]
    not_open: str
    not_open_one: str
    by: str
    note: str
    button: str
    needs: str
    next: str
    log: str
    log_empty: str
    frozen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTexts:
    title: str
    sentence: str
    name: str
    owner: str
    model: str
    threshold: str
    threshold_help: str
    threshold_unread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTexts:
    title: str
    markdown: str
    csv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesTexts:
    board: BoardTexts
    means: dict[State, str]
    stage: StageTexts
    add: AddTexts
    decide: DecideTexts
    product: ProductTexts
    export: TakeTexts
    note: str


@cache
def gates_texts() -> GatesTexts:
    """Read once. Raises ContentError."""
    found: GatesTexts = content.load("lifecycle_gates", GatesTexts)
    return found
