"""The words of what is handed on: content/ethics_hand_on.yaml, and names that stand in other files."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from aipm import content
from aipm.content.datasheet import Question, Section, datasheet_texts
from aipm.governance.evidence import TOOLS, Freshness, Reason, Tool
from aipm.governance.fields import Answer
from aipm.governance.form_texts import FieldText, SourceText
from aipm.governance.forms import FORMS
from aipm.governance.metric_sheet import Gap, Role
from aipm.governance.roles import Activity
from aipm.governance.rules import Tier

State = Literal["filled", "begun", "empty"]
Paper = Literal["brief", "card", "sheet"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
Review = Literal["dpia", "drill", "accepted", "evidence"]
Part = Literal[
    "what",
    "rules",
    "risks",
    "people",
    "stage",
    "measures",
    "feedback",
    "owners",
    "wrong",
    "appeal",
    "change",
    "unknown",
    "stale",
]
"""Rows of the brief, in its order."""
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    none: str
    filled: str
    severe: str
    severe_one: str
    no_severe: str
    register: str
    lines: str
    stale: str
    stale_one: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsTexts:
    title: str
    sentence: str
    states: dict[State, str]
    open: str
    nothing: str
    empty: str
    product: str
    stack: str
    ab_test: str
    ab_owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTexts:
    """`short`: fields of the product within a sentence."""

    title: str
    sentence: str
    fields: dict[str, FieldText]
    short: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersTexts:
    title: str
    preview: str
    markdown: str
    html: str
    names: dict[Paper, str]
    sentences: dict[Paper, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTexts:
    title: str
    sentence: str
    zip: str
    register_csv: str
    register_markdown: str
    gates_csv: str
    gates_markdown: str
    readme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the registry, and the view of it."""

    page: str
    view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTexts:
    """Where a line comes from."""

    line: str
    row: str
    item: str
    stage: str
    result: str
    held: str
    stale: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the model card; `known` is the topic that answers it, `where` the places that fill it in."""

    text: str
    known: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSection:
    title: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    eyebrow: str
    title: str
    lead: str
    note: str
    open: str
    source: str
    link: str
    more: str
    sections: tuple[CardSection, ...]
    nothing_stale: str
    nothing_unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTexts:
    eyebrow: str
    title: str
    lead: str
    note: str
    where: dict[str, tuple[str, ...]]

    @property
    def sections(self) -> tuple[Section, ...]:
        return datasheet_texts().sections

    def places(self, question: Question) -> tuple[str, ...]:
        return self.where[question.known]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTexts:
    """`rows` names the parts, `things` says what is missing where one is; `lines` are its sentences."""

    eyebrow: str
    title: str
    lead: str
    note: str
    missing: str
    more: str
    rows: dict[Part, str]
    things: dict[Part, str]
    places: dict[Part, str]
    lines: dict[str, str]
    activities: tuple[Activity, ...]
    reviews: dict[Review, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOnTexts:
    """content/ethics_hand_on.yaml"""

    title: str
    sentence: str
    answer: AnswerTexts
    contents: ContentsTexts
    product: ProductTexts
    papers: PapersTexts
    all: AllTexts
    names: dict[str, str]
    places: dict[str, Place]
    source: SourceTexts
    lines: dict[str, str]
    levels: dict[str, str]
    card: CardTexts
    sheet: SheetTexts
    brief: BriefTexts
    state: str
    unnamed: str
    sources_title: str
    sources: tuple[SourceText, ...]


@cache
def hand_on_texts() -> HandOnTexts:
    """Read once. Raises ContentError."""
    found: HandOnTexts = content.load("ethics_hand_on", HandOnTexts)
    for where, wanted, has in (
        ("places", set(FORMS), set(found.places)),
        ("sheet.where", set(datasheet_texts().keys), set(found.sheet.where)),
        ("brief.rows", set(PARTS), set(found.brief.rows)),
    ):
        if missing := wanted ^ has:
            raise content.ContentError(f"ethics_hand_on.yaml: {where}: {', '.join(sorted(missing))}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    tools: dict[Tool, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What of content/governance.yaml a paper says."""

    answers: dict[Answer, str]
    freshness: dict[Freshness, str]
    reasons: dict[Reason, str]
    evidence: _Evidence
    not_advice: str


@cache
def shared() -> Shared:
    found: Shared = content.load("governance", Shared)
    return found


FORM_OF: dict[str, Tool] = {tool.partition(".")[2]: tool for tool in TOOLS if tool.partition(".")[2] in FORMS}


def name_of(place: str) -> str:
    """What a form or a tool is called."""
    texts = hand_on_texts()
    if place in texts.names:
        return texts.names[place]
    tools: dict[str, str] = {str(tool): name for tool, name in shared().evidence.tools.items()}
    return tools[FORM_OF.get(place, place)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _TierText:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShortText:
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Titled:
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageWords:
    """What of content/ethics_triage.yaml a paper says."""

    tiers: dict[Tier, _TierText]
    questions: dict[str, _ShortText]
    list: dict[str, _Titled]


@cache
def triage_words() -> TriageWords:
    found: TriageWords = content.load("ethics_triage", TriageWords)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _RoleText:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goals:
    roles: dict[Role, _RoleText]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    gaps: dict[Gap, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricWords:
    """What of content/lifecycle_metrics.yaml a paper says."""

    goals: _Goals
    open: _Open


@cache
def metric_words() -> MetricWords:
    found: MetricWords = content.load("lifecycle_metrics", MetricWords)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capabilities:
    capabilities: dict[str, _RoleText]


@cache
def capability_name(key: str) -> str:
    """What a kind of AI is called; the key itself where there is none of that name."""
    found = content.load("capabilities", _Capabilities).capabilities
    return found[key].name if key in found else key
