"""content/capabilities_page.yaml, typed: what the Capabilities page says around the entries, cases and statements."""

from dataclasses import dataclass
from typing import Literal

from aipm import content

View = Literal["glance", "compare", "cases", "find", "quiz"]
"""The parts of the page, one of them in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTexts:
    """What stands around one whole entry. `parts` names the fields of Capability and NoAi."""

    label: str
    back: str
    comes_out: str
    parts: dict[str, str]
    enough_when: str
    metrics: dict[str, str]
    example: str
    instead: str
    evidence: dict[str, str]
    compare: str
    whole: str
    cases: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareTexts:
    title: str
    one: str
    other: str
    tell: str
    seldom: str
    aspect: str
    caption: str
    rows: dict[str, str]
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseListTexts:
    """`first` is how many cases are drawn before somebody asks for all."""

    title: str
    capability: str
    industry: str
    every_capability: str
    every_industry: str
    count: str
    one: str
    nothing: str
    more: str
    first: int
    index_title: str
    index: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTexts:
    title: str
    sentence: str
    label: str
    placeholder: str
    invitation: str
    examples: dict[str, str]
    working: str
    cases: str
    no_cases: str
    entries: str
    statements: str
    calls_for: str
    nothing: str
    nothing_detail: str
    not_english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizTexts:
    title: str
    sentence: str
    label: str
    place: str
    right: str
    wrong: str
    comes_out: str
    not_the: str
    tricky: str
    next: str
    finish: str
    again: str
    score: str
    verdicts: dict[Literal["all", "most", "some"], str]
    mixed: str
    pair: str
    pair_times: str
    compare: str
    open: str
    review: str
    review_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilitiesPageTexts:
    """All of content/capabilities_page.yaml."""

    label: str
    views: dict[View, str]
    glance: dict[str, str]
    start: dict[str, str]
    entry: EntryTexts
    compare: CompareTexts
    cases: CaseListTexts
    find: FindTexts
    quiz: QuizTexts
    next: dict[str, str]


def page_texts() -> CapabilitiesPageTexts:
    """What the file holds. Raises ContentError."""
    found: CapabilitiesPageTexts = content.load("capabilities_page", CapabilitiesPageTexts)
    return found
