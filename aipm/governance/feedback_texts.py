"""content/lifecycle_feedback.yaml, typed: what the page and the files to hand on say of a feedback plan."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance.feedback import Basis, Bend, Cadence, Group, Kind, Use
from aipm.governance.feedback_calendar import Task
from aipm.governance.feedback_reading import Code, Level
from aipm.governance.form_texts import FieldText

Part = Literal["plan", "drift"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read, and how far that was checked."""

    name: str
    url: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTexts:
    title: str
    parts: dict[Literal["collect", "delay", "wait"], str]
    never: str
    unknown: str
    alt: str
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityTexts:
    title: str
    fields: dict[str, FieldText]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupText:
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindText:
    """A kind of signal; `rate` and `delay` are a start for whoever adds one, `silent` is an example."""

    name: str
    group_note: str
    rate: float
    delay: int
    silent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsTexts:
    title: str
    sentence: str
    choose: str
    add: str
    added: str
    groups: dict[Group, GroupText]
    kinds: dict[Kind, KindText]
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTexts:
    bend: dict[Bend, str]
    basis: dict[Basis, str]
    uses: dict[Use, str]
    cadence: dict[Cadence, str]
    weekday: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTexts:
    title: str
    none: str
    levels: dict[Level, str]
    codes: dict[Code, str]
    cures: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTexts:
    title: str
    sentence: str
    fields: dict[str, FieldText]
    audit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTexts:
    title: str
    sentence: str
    columns: dict[str, str]
    every: dict[Cadence, str]
    weeks: str
    once: str
    tasks: dict[Task, str]
    nobody: str
    line: str
    note_stop: str
    note_who: str
    next: str
    next_columns: dict[str, str]
    none: str
    name: str
    unnamed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTexts:
    title: str
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTexts:
    eyebrow: str
    title: str
    note: str
    open: str
    signals: str
    watches: str
    columns: dict[str, str]
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesTexts:
    title: str
    lines: tuple[str, ...]
    sources_title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTexts:
    title: str
    sentence: str
    part: str
    parts: dict[Part, str]
    answer: dict[str, str]
    picture: PictureTexts
    quality: QualityTexts
    signals: SignalsTexts
    fields: dict[str, FieldText]
    steps: dict[str, str]
    options: OptionTexts
    watch: dict[str, str]
    findings: FindingTexts
    reports: ReportTexts
    calendar: CalendarTexts
    take: TakeTexts
    document: DocumentTexts
    why: LinesTexts
    method: LinesTexts


@cache
def feedback_texts() -> FeedbackTexts:
    """Read once. Raises ContentError."""
    found: FeedbackTexts = content.load("lifecycle_feedback", FeedbackTexts)
    return found
