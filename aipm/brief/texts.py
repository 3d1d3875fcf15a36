"""The words of the brief (content/brief.yaml), and names that stand in other files."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.brief.brief import ChapterKey, State
from aipm.governance.forms import FORMS
from aipm.governance.hand_on_texts import Part, name_of, shared

Rest = Literal["complete", "missing", "stale"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTexts:
    eyebrow: str
    title: str
    unnamed: str
    lead: str
    rest: dict[Rest, str]
    note: str
    suppressed: str
    versions: str
    version: str
    source: str
    on_data: str
    no_data: str
    stale: str
    against: str
    uncompared: str
    warning: str
    figures: str
    columns: tuple[str, str, str, str]
    not_needed: str
    note_title: str
    missing_title: str
    decisions: str
    decision: str
    nobody: str
    no_day: str
    mind: str
    product: str
    open: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterTexts:
    name: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTexts:
    """What to do about it, and the page and its view where."""

    text: str
    page: str
    view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTexts:
    continued: str
    full: str
    sources: str
    in_notes: str
    empty: str
    page: str
    chart: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTexts:
    document: DocumentTexts
    chapters: dict[ChapterKey, ChapterTexts]
    states: dict[State, str]
    missing: dict[str, MissingTexts]
    tools: dict[str, str]
    versions: dict[str, str]
    reasons: dict[str, str]
    lines: dict[ChapterKey, tuple[Part, ...]]
    changes: dict[str, str]
    parts: dict[str, str]
    refused: dict[str, str]
    files: FileTexts


@cache
def brief_texts() -> BriefTexts:
    """Read once. Raises ContentError."""
    found: BriefTexts = content.load("brief", BriefTexts)
    return found


def tool_name(tool: str) -> str:
    """A tool, or its part, as people know it; a key of its own making where nobody named it."""
    names = brief_texts().tools
    for key in (tool, tool.partition(".")[0]):
        if key in names:
            return names[key]
        if key in shared().evidence.tools or key in FORMS:
            return name_of(key)
    return tool.replace("_", " ").replace(".", ": ")


def reason_name(reason: str) -> str:
    """Why something no longer stands, in words."""
    known: dict[str, str] = {str(key): text for key, text in shared().reasons.items()}
    name = brief_texts().versions.get(reason, reason)
    return known.get(reason) or brief_texts().reasons["version"].format(name=name)
