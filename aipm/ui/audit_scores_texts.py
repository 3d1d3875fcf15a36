"""content/audit_scores.yaml, typed: what the part on scores and thresholds says."""

from dataclasses import dataclass

from aipm import content
from aipm.fairness.thresholds_equal import Equal


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    lead: str
    start: str
    range: dict[str, str]
    thin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTexts:
    column: str
    slider: str
    nobody: str
    at: str
    everybody: str
    unrated: str
    thin: str
    unknown: str
    more: str
    note: str
    about: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveTexts:
    title: str
    pick: str
    names: dict[str, str]
    about: dict[str, str]
    x: dict[str, str]
    y: dict[str, str]
    point: str
    alt: str
    alt_calibration: str
    caption: str
    largest: str
    pieces: str
    none: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTexts:
    title: str
    sentence: str
    law: str
    false_positive: str
    false_negative: str
    cost_help: str
    answer: str
    cheapest_equal: str
    dearer: str
    cheaper: str
    interval: str
    same: str
    cheaper_note: str
    names: dict[Equal, str]
    chosen: str
    cheapest: str
    equal: str
    head: tuple[str, ...]
    caption: str
    pick: str
    group_head: tuple[str, ...]
    group_head_short: tuple[str, ...]
    group_caption: str
    kept: str
    no_label: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTexts:
    title: str
    answer: str
    same: str
    impossible: str
    alike: str
    differ: str
    unknown: str
    thin: str
    precision: str
    misses: str
    assumed_help: str
    head: tuple[str, ...]
    caption: str
    over: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresTexts:
    """All of content/audit_scores.yaml."""

    title: str
    lacks: dict[str, str]
    answer: AnswerTexts
    film: FilmTexts
    counts: dict[str, str]
    curves: CurveTexts
    price: PriceTexts
    why: WhyTexts
    sources: str
    section: dict[str, str]


def scores_texts() -> ScoresTexts:
    found: ScoresTexts = content.load("audit_scores", ScoresTexts)
    return found
