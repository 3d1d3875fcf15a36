"""content/model_scorer.yaml, typed: what the Model scorer page says around the engines' own words."""

from dataclasses import dataclass
from typing import Any, Literal

from aipm import content
from aipm.selection.needs import Needs, need_texts

View = Literal["approach", "model", "cost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    label: str
    names: dict[View, str]


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
class FactTexts:
    title: str
    caption: str
    model: str
    unknown: str
    stale: str
    ends: str
    ended: str
    evidence: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTexts:
    """What is said around a workload and its cost. `columns` are headings of the table."""

    title: str
    sentence: str
    requests: str
    input: str
    output: str
    cached: str
    cached_help: str
    growth: str
    users: str
    more: str
    thinking: str
    thinking_help: str
    paste: str
    paste_in: str
    paste_out: str
    paste_help: str
    counted: str
    take: str
    refused: str
    models: str
    models_placeholder: str
    answer: str
    answer_exact: str
    answer_one: str
    times: str
    word: str
    basis: str
    empty: str
    table: str
    columns: tuple[str, ...]
    dash: str
    unpriced: str
    changes: str
    change: str
    no_changes: str
    own: str
    own_sentence: str
    own_model: str
    gpu: str
    speed: str
    gpus: str
    use: str
    peak: str
    spare: str
    ops: str
    own_never: str
    own_settled: str
    own_none: str
    own_refused: str
    stairs: str
    stairs_x: str
    stairs_y: str
    api: str
    machines: str
    you: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorerPage:
    """All of content/model_scorer.yaml."""

    views: Views
    start: Start
    groups: dict[str, GroupTexts]
    needs: dict[str, str]
    left: dict[str, str]
    answer: dict[str, str]
    bars: dict[str, str]
    why: dict[str, str]
    fragile: dict[str, str]
    pareto: dict[str, str]
    facts: FactTexts
    export: dict[str, str]
    cost: CostTexts
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
