"""The texts of the view "Which rules" of the Ethics page: content/ethics_triage.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.content.law import laws
from aipm.governance.dpia import CRITERIA as COUNTED
from aipm.governance.dpia import Criterion as Counted
from aipm.governance.rules import ROLES, RULES, TIERS, Role, Tier
from aipm.governance.triage import AREAS, PRACTICES, QUESTIONS, Area, Known, Practice
from aipm.ui.ethics_links import LinkText

State = Literal["here", "maybe", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    """`{tier}`, `{low}`, `{high}` are names of tiers, `{open}` questions; the rest are counts."""

    empty: str
    fixed: str
    range: str
    range_done: str
    outside: str
    counts: str
    general: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierText:
    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """One of the plain questions, and the fields of the form that belong to it."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """`short` names it within a sentence; `which` asks for the list behind it."""

    question: str
    short: str
    examples: str
    task: str
    which: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleText(NamedText):
    """`noun` is the role within a sentence."""

    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOutTexts:
    title: str
    sentence: str
    list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesTexts:
    title: str
    sentence: str
    none: str
    now: str
    later: str
    maybe: str
    others: str
    sure: str
    unsure: str
    owed: str
    where: str
    at_work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentTexts:
    title: str
    needed: dict[Known, str]
    law: str
    held: str
    may: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyText:
    title: str
    says: str
    law: str
    article: str
    serves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineTexts:
    title: str
    sentence: str
    alt: str
    today: str
    past: str
    coming: str
    touches: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledText:
    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsTexts:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesTexts:
    title: str
    line: str
    relayed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageTexts:
    title: str
    not_advice: str
    answer: AnswerTexts
    tiers: dict[Tier, TierText]
    tiers_title: str
    tier_signs: dict[State, str]
    sections: tuple[SectionText, ...]
    answers: dict[Known, str]
    questions: dict[str, QuestionText]
    areas: dict[Area, NamedText]
    practices: dict[Practice, NamedText]
    criteria_label: str
    criteria: dict[Counted, str]
    roles_label: str
    roles_help: str
    roles: dict[Role, RoleText]
    find_out: FindOutTexts
    duties: DutiesTexts
    assessment: AssessmentTexts
    list: dict[str, DutyText]
    serves: dict[str, LinkText]
    timeline: TimelineTexts
    fines: TitledText
    limits: LimitsTexts
    sources: SourcesTexts
    away: dict[Literal["days", "months", "years"], str]


@cache
def triage_texts() -> TriageTexts:
    """Read once and checked against the rules. Raises ContentError."""
    found: TriageTexts = content.load("ethics_triage", TriageTexts)
    for name, wanted in (
        ("tiers", TIERS),
        ("questions", QUESTIONS),
        ("areas", AREAS),
        ("practices", PRACTICES),
        ("criteria", COUNTED),
        ("roles", ROLES),
        ("list", tuple(RULES)),
    ):
        if set(getattr(found, name)) != set(wanted):
            raise content.ContentError(f"ethics_triage.yaml: {name}: must be {', '.join(wanted)}")
    if sorted(field for section in found.sections for field in section.fields) != sorted(QUESTIONS):
        raise content.ContentError("ethics_triage.yaml: sections: must hold every question once")
    for key, duty in found.list.items():
        if duty.law not in laws().laws:
            raise content.ContentError(
                f"ethics_triage.yaml: list.{key}.law: {duty.law!r} is not under laws in law.yaml"
            )
        if duty.serves not in found.serves:
            raise content.ContentError(f"ethics_triage.yaml: list.{key}.serves: {duty.serves!r} is not under serves")
    return found
