"""content/model_scorer.yaml, typed: what the Model scorer page says around the engines' own words."""

from dataclasses import dataclass
from typing import Any, Literal

from aipm import content
from aipm.selection.needs import Needs, need_texts
from aipm.ui.page import ViewTexts
from aipm.ui.scorer_weights_texts import MethodTexts, SureTexts, WeightTexts

View = Literal["approach", "model", "cost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Needs before anybody has answered, as Needs.from_dict takes them."""

    musts: dict[str, str | float]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTexts:
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """What is said around entering candidates and facts; `did_…` name what can be undone."""

    title: str
    sentence: str
    needed: str
    empty: str
    way: str
    ways: dict[Literal["add", "table", "upload"], str]
    table: str
    alt: str
    rows: str
    rows_placeholder: str
    candidate: str
    paid: str
    paids: dict[Literal["tokens", "requests", "month", "unknown"], str]
    add: str
    add_more: str
    added: str
    upload: str
    upload_invitation: str
    reading: str
    template: str
    template_name: str
    taken: str
    replaced: str
    used: str
    more: str
    refused: str
    refused_cell: str
    yours: str
    takes_part: str
    out: str
    unranked: str
    remove: str
    remove_placeholder: str
    removed: str
    changed: str
    change: str
    back: str
    back_help: str
    undo: str
    did_add: str
    did_upload: str
    did_table: str
    did_remove: str
    did_back: str
    record_own: str
    record_nothing: str
    record_changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTexts:
    """`more` names facts that no filter asks for; `words` are values that stand for themselves."""

    title: str
    licences: str
    caption: str
    sources: str
    glance: str
    model: str
    unknown: str
    stale: str
    ends: str
    ended: str
    evidence: dict[str, str]
    more: dict[str, str]
    words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorerPage:
    """All of content/model_scorer.yaml."""

    views: ViewTexts[View]
    start: Start
    groups: dict[str, GroupTexts]
    needs: dict[str, str]
    weights: WeightTexts
    own: OwnTexts
    left: dict[str, str]
    answer: dict[str, str]
    bars: dict[str, str]
    why: dict[str, str]
    fragile: dict[str, str]
    sure: SureTexts
    methods: MethodTexts
    pareto: dict[str, str]
    facts: FactTexts
    export: dict[str, str]
    taken: dict[str, str]
    reopen: dict[str, str]
    since: dict[str, str]
    next: dict[str, str]


def scorer_page() -> ScorerPage:
    """What the file holds. Raises ContentError where a question stands in no group, or in two."""
    found: ScorerPage = content.load("model_scorer", ScorerPage)
    grouped = [key for group in found.groups.values() for key in group.questions]
    if sorted(grouped) != sorted(need_texts().questions):
        raise content.ContentError("model_scorer.yaml: groups: every question of needs.yaml must stand in one group")
    return found


def start_needs() -> Needs:
    """The needs that stand before anybody has answered. Raises Refusal."""
    start = scorer_page().start
    plain: dict[str, Any] = {"musts": dict(start.musts), "order": list(start.order)}
    return Needs.from_dict(plain)
