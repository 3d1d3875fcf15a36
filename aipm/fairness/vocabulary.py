"""What content/fairness.yaml holds, typed and checked: metrics, questions, verdicts, reasons, warnings, laws."""

from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Literal

from aipm.content import ContentError, load
from aipm.fairness.result import VerdictKind
from aipm.fairness.spec import Favourable, WorseError

Better = Literal["higher", "lower", "none"]
Unit = Literal["count", "share", "number"]
Family = Literal["people", "selection", "errors", "trust", "score", "dataset"]
CountUnit = Literal["rows", "groups", "values", "comparisons"]


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, law or document."""

    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing said in two ways: where a yes is good for the person, and where it is bad."""

    positive: str
    negative: str

    def of(self, favourable: Favourable) -> str:
        return self.positive if favourable == "positive" else self.negative


@dataclass(frozen=True, slots=True)
class Direction:
    """What is better for the person, where a yes is good for her and where it is bad."""

    positive: Better
    negative: Better

    def of(self, favourable: Favourable) -> Better:
        return self.positive if favourable == "positive" else self.negative


@dataclass(frozen=True, slots=True)
class MetricText:
    """A metric for people. `finding` is a template with value, group, reference_value and reference."""

    name: str
    family: Family
    unit: Unit
    definition: str
    question: str
    formula: str
    better: Direction
    caution: str
    source: str
    subject: Wording | None = None
    finding: Wording | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question. `decides` is the metric that carries the verdict; `metrics` are all that answer it."""

    title: str
    about: str
    decides: Wording
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictText:
    """A kind of verdict: its word, its sign (never colour alone), what it means, what to do next."""

    name: str
    symbol: str
    means: str
    summary: str
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The parts of a verdict in words, as templates."""

    relation: str
    relation_without_interval: str
    relation_without_ratio: str
    beyond_chance: str
    gap_below: str
    gap_above: str
    gap_below_four_fifths: str
    gap_above_four_fifths: str
    gap_without_ratio: str
    disadvantage: str
    within_tolerance: str
    others_closer: str
    inconclusive_outside: str
    inconclusive_four_fifths: str
    inconclusive_inside: str
    more_rows: str
    other_gaps: str
    also_open: str
    unrated: str
    all_unrated: str
    nothing_to_compare: str
    spread_half: str
    spread_none: str
    suppressed: str
    suppressed_within: str
    suppressed_all: str
    worse_error: dict[WorseError, str]
    representation: str
    missing_label: str
    missing_prediction: str
    everyone: str
    people_with: str
    no_value: str
    value: str
    and_: str
    more_groups: str
    missing_short: str
    everyone_short: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Something that this data cannot answer, and why."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class WarningText:
    """A warning: a sentence that stands alone, what its count counts, and what to do about it ("": nothing)."""

    text: str
    unit: CountUnit
    advice: str


@dataclass(frozen=True, slots=True)
class Law:
    """A rule that audits like this one serve: what it asks, and as of when and how that was checked."""

    name: str
    text: str
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """What a suppressed report says of itself."""

    note: str
    caution: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessTexts:
    """All of content/fairness.yaml."""

    as_of: str
    sources: dict[str, Source]
    metrics: dict[str, MetricText]
    families: dict[Family, str]
    questions: dict[str, Question]
    verdicts: dict[VerdictKind, VerdictText]
    other_signs: dict[Literal["not_enough_data", "reference", "suppressed"], tuple[str, str]]
    sentences: Sentences
    reasons: dict[str, str]
    more_rows: str
    unanswered: dict[str, Unanswered]
    never_answered: tuple[Unanswered, ...]
    units: dict[CountUnit, tuple[str, str]]
    warnings: dict[str, WarningText]
    how_to_read: tuple[str, ...]
    trade_offs: tuple[str, ...]
    method: tuple[str, ...]
    method_sources: tuple[str, ...]
    links_note: str
    laws: tuple[Law, ...]
    suppression: Suppression
    disclaimer: str


@cache
def texts() -> FairnessTexts:
    """The texts, read once. Raises ContentError with file, key and reason."""
    found: FairnessTexts = load("fairness", FairnessTexts)
    named = {f"metrics.{name}": metric.source for name, metric in found.metrics.items()}
    named |= {f"laws[{i}]": law.source for i, law in enumerate(found.laws)}
    named["suppression"] = found.suppression.source
    named |= {f"method_sources[{i}]": source for i, source in enumerate(found.method_sources)}
    for key, source in named.items():
        if source not in found.sources:
            raise ContentError(f"fairness.yaml: {key}: no source is called {source!r}")
    for name, question in found.questions.items():
        for metric in (*question.metrics, question.decides.positive, question.decides.negative):
            if metric not in found.metrics:
                raise ContentError(f"fairness.yaml: questions.{name}: no metric is called {metric!r}")
    for name, metric_text in found.metrics.items():
        if metric_text.finding is not None:
            for template in (metric_text.finding.positive, metric_text.finding.negative):
                if fields(template) != {"value", "group", "reference_value", "reference"}:
                    raise ContentError(f"fairness.yaml: metrics.{name}.finding: not the four names it must have")
    return found


def fields(template: str) -> set[str]:
    """The names in braces of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
