"""content/scorer_approach.yaml, typed: what the view "Which approach?" says around the engines' own words."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from aipm import content
from aipm.selection.families import Capability, Data, Place
from aipm.selection.ladder import AXES, Axis
from aipm.selection.rules import Text

Need = Literal["data", "labels", "rows", "compute", "skills"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    capability: Capability
    data: dict[Capability, Data]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTexts:
    title: Text
    more: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    title: Text
    first: Text
    none: Text
    here: Text
    ahead: Text
    tied: Text
    alone: Text
    method: Text
    points: dict[Literal["one", "many"], Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTexts:
    title: Text
    sentence: Text
    baseline: Text
    possible: Text
    ruled_out: Text
    ruled_out_none: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    good_for: Text
    needs: Text
    need: dict[Need, Text]
    costs: Text
    risks: Text
    explainability: Text
    latency: Text
    when_not: Text
    reasons: Text
    reasons_out: Text
    reasons_none: Text
    against: Text
    changes: Text
    change: Text
    changes_none: Text
    read: Text
    grade: Text
    becomes: dict[Place, Text]
    either: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPageTexts:
    stand: Text
    whole: Text
    questions: Text
    unanswered: Text
    tried: Text
    tried_sentence: Text
    passed: Text
    of: Text
    bar: Text
    bar_help: Text
    rate: Text
    refused: Text
    needs: Text
    costs: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingPageTexts:
    clean: Text
    flawed: Text
    questions: Text
    open: Text
    axes: dict[Axis, Text]
    chosen: Text
    passes: Text
    hard: Text
    soft: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideTexts:
    title: Text
    factors: Text
    training: Text
    measures: Text
    fits: Text
    limit: Text
    language_models: Text
    axes: Text
    notes: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTexts:
    title: Text
    models: Text
    needed: Text
    none: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachPageTexts:
    """All of content/scorer_approach.yaml."""

    start: Start
    questions: QuestionTexts
    answer: AnswerTexts
    list: ListTexts
    card: CardTexts
    ladder: LadderPageTexts
    sourcing: SourcingPageTexts
    guide: GuideTexts
    next: NextTexts


@cache
def page_texts() -> ApproachPageTexts:
    """Read once. Raises ContentError."""
    found: ApproachPageTexts = content.load("scorer_approach", ApproachPageTexts)
    for where, names, wanted in (
        ("start.data", tuple(found.start.data), get_args(Capability)),
        ("card.need", tuple(found.card.need), get_args(Need)),
        ("card.becomes", tuple(found.card.becomes), get_args(Place)),
        ("sourcing.axes", tuple(found.sourcing.axes), AXES),
    ):
        if names != wanted:
            raise content.ContentError(f"scorer_approach.yaml: {where}: must be {', '.join(wanted)}, in this order")
    return found
