"""content/lifecycle_roles.yaml, typed: the roles, the activities, and the words of the grid and its rules."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance.roles import ACTIVITIES, ROLES, Activity, Letter, Role
from aipm.governance.roles_rules import Code, How, Level, Why

Part = Literal["team", "roles"]
Show = Literal["activity", "person", "grid"]
Aspect = Literal["line", "asks", "brings", "does_not", "misunderstood", "questions", "expect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    """Where the team stands; `{first}` is the first finding."""

    start: str
    nothing: str
    one: str
    good: str
    must: str
    think: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartText:
    """A team to begin with: the roles of each of its people."""

    name: str
    people: tuple[tuple[Role, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    name: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTexts:
    """The team and its grid."""

    title: str
    sentence: str
    answer: AnswerTexts
    starts_title: str
    starts: dict[str, StartText]
    starts_help: str
    share_out: str
    share_out_help: str
    again: str
    people_title: str
    people_open: str
    nobody: str
    add_person: str
    remove_person: str
    name: str
    name_help: str
    roles: str
    roles_help: str
    unnamed: str
    grid_title: str
    views_label: str
    views: dict[Show, str]
    activity_sentence: str
    person_sentence: str
    grid_sentence: str
    parts: dict[Letter, LetterText]
    nobody_yet: str
    left_out: str
    left_out_help: str
    is_left_out: str
    good_for: str
    ready: str
    to_mend: str
    to_think: str
    findings_title: str
    findings_none: str
    findings_more: str
    levels: dict[Level, str]
    mend: str
    load_title: str
    load_sentence: str
    load_few: str
    load_line: str
    load_over: str
    grid_caption: str
    grid_activity: str
    person_parts: str
    sources_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityText:
    """An activity; which roles fit is read by aipm.governance.roles."""

    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleText:
    """What somebody in this role does, and what to ask them."""

    name: str
    line: str
    asks: str
    brings: tuple[str, ...]
    does_not: tuple[str, ...]
    misunderstood: tuple[str, ...]
    questions: tuple[str, ...]
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTexts:
    """The roles for reading, and how to work with them."""

    title: str
    sentence: str
    pick: str
    compare: str
    compare_none: str
    as_of: str
    rows: dict[Aspect, str]
    flow_title: str
    flow: tuple[NamedText, ...]
    tips_title: str
    tips: tuple[NamedText, ...]
    tips_links: dict[Literal["glossary", "tools", "landscape"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    title: str
    unnamed: str
    eyebrow: str
    state: str
    people: str
    grid: str
    findings: str
    load: str
    left_out: str
    columns: dict[Literal["activity", "person", "roles", "count", "share"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesTexts:
    """All of the file."""

    choose: str
    parts: dict[Part, str]
    team: TeamTexts
    findings: dict[Code, str]
    why_legal: dict[Why, str]
    fixes: dict[How, str]
    activities: dict[Activity, ActivityText]
    people: PeopleTexts
    roles: dict[Role, RoleText]
    export: ExportTexts
    take_title: str
    take: str
    markdown: str
    csv: str


@cache
def roles_texts() -> RolesTexts:
    """Read once. Raises ContentError."""
    found: RolesTexts = content.load("lifecycle_roles", RolesTexts)
    if tuple(found.roles) != ROLES or tuple(found.activities) != ACTIVITIES:
        raise content.ContentError("lifecycle_roles.yaml: roles: and activities: must be those of the form, in order")
    return found
