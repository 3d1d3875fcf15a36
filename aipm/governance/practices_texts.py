"""content/lifecycle_repeat.yaml, typed: the words around the practices against varying answers."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.content.practices import Practice
from aipm.governance.practices import Level, State, Who

Question = Literal["makes", "repeat", "cost", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    """Where one stands, in a sentence; `{check}` of `{practice}` is the next to do."""

    start: str
    some: str
    none_most: str
    done: str
    all_done: str
    open: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureText:
    label: str
    example: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """`short` names it in a sentence."""

    short: str
    label: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatForText:
    label: str
    options: dict[Who, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabText:
    """Where to try a practice: a page of the registry, and what of its address is set."""

    page: str
    text: str
    known: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsTexts:
    """The number of runs."""

    title: str
    sentence: str
    share: str
    half_width: str
    half_width_help: str
    answer: str
    ladder: str
    columns: tuple[str, str, str]
    either: str
    caption: str
    perfect: str
    notes: tuple[str, ...]
    test_link: str
    method: str
    method_url: str
    method_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTexts:
    """The document to hand on."""

    eyebrow: str
    title: str
    unnamed: str
    feature: str
    state: str
    open: str
    answers: str
    advice: str
    practice: str
    check: str
    owner: str
    runs_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatTexts:
    """All of the file."""

    title: str
    sentence: str
    answer: AnswerTexts
    feature: FeatureText
    questions: dict[Question, QuestionText]
    repeat_for: RepeatForText
    advice_title: str
    advice: dict[str, str]
    levels: dict[Level, str]
    unsorted: str
    practices_title: str
    practices_sentence: str
    counted: str
    reasons: dict[str, str]
    why: str
    does: str
    does_not: str
    open_question: str
    facts_title: str
    facts: dict[Practice, str]
    labs: dict[Practice, LabText]
    checks_title: str
    states: dict[State, str]
    note: str
    note_help: str
    owner: str
    needs_reason: str
    checks: dict[Practice, dict[str, str]]
    runs: RunsTexts
    known_title: str
    sources_title: str
    take_title: str
    take: str
    download: str
    document: PaperTexts

    def said(self, check: str) -> str:
        """The words of a check."""
        return next(checks[check] for checks in self.checks.values() if check in checks)


@cache
def repeat_texts() -> RepeatTexts:
    """Read once. Raises ContentError."""
    found: RepeatTexts = content.load("lifecycle_repeat", RepeatTexts)
    return found
