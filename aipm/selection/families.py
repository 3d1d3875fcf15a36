"""The families of models, the questions, and the rules between them: content/approaches.yaml, typed and checked."""

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm import content
from aipm.selection.rules import Checked, Grade, Question, Source, Text, Texts, When, check_known, check_when, meets

Capability = Literal[
    "recommendations", "rankings", "classification", "regression", "clustering", "anomalies", "creation"
]
Data = Literal["tabular", "text", "image", "audio", "video", "interactions", "time_series"]
Labels = Literal["none", "few", "many"]
Rows = Literal["under_50", "under_1k", "under_10k", "under_100k", "more"]
Latency = Literal["realtime", "seconds", "batch"]
Explainability = Literal["not_needed", "reasons", "full"]
Skills = Literal["none", "developers", "data_science", "deep_learning"]
Compute = Literal["laptop", "server", "gpu"]
YesNo = Literal["no", "yes"]
Place = Literal["first", "listed", "possible", "ruled_out"]
"""First beyond the baseline; on the shortlist; would work but nothing speaks for it; ruled out."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "capability": get_args(Capability),
    "data": get_args(Data),
    "labels": get_args(Labels),
    "rows": get_args(Rows),
    "latency": get_args(Latency),
    "explainability": get_args(Explainability),
    "skills": get_args(Skills),
    "compute": get_args(Compute),
    "regulated": get_args(YesNo),
}
"""Every question and its answers, in order: their product is all that can be asked."""

Points = dict[str, Annotated[int, Meta(ge=1, le=4)]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """What a family can be used for: each of these capabilities from each of these kinds of data."""

    capability: Annotated[tuple[Capability, ...], Meta(min_length=1)]
    data: Annotated[tuple[Data, ...], Meta(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNeeds:
    data: Text
    labels: Text
    rows: Text
    compute: Text
    skills: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The card of a family. `catalogue` names the kinds of models in the catalogue that belong to it."""

    name: Text
    plain: Text
    good_for: Texts
    needs: FamilyNeeds
    costs: Text
    risks: Texts
    explainability: Text
    latency: Text
    when_not: Text
    serves: Annotated[tuple[Serves, ...], Meta(min_length=1)]
    sources: Texts
    catalogue: tuple[Text, ...] = ()

    def can(self, capability: str, data: str) -> bool:
        return any(capability in each.capability and data in each.data for each in self.serves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where `when` is met: points for some families, points against others, and those it rules out."""

    when: When
    text: Text
    source: Text
    support: Points = field(default_factory=dict)
    against: Points = field(default_factory=dict)
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineText:
    """What has to be beaten where `when` is met."""

    when: When
    family: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """Why a baseline comes first; of `by_capability` the first that is met holds."""

    text: Text
    source: Text
    by_capability: tuple[BaselineText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something to weigh. `source` is a key of the file's sources."""

    name: Text
    text: Text
    source: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    key: Text
    name: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of quality: what it means, where it fits, and where it misleads."""

    name: Text
    means: Text
    fits: Text
    limit: Text
    source: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Questions about a model that are often mixed up."""

    text: Text
    list: tuple[Point, ...]
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What to weigh, how a model is made, how it is judged, and what to look at in a language model."""

    factors: tuple[Point, ...]
    training: tuple[Step, ...]
    measures: tuple[Measure, ...]
    language_models: tuple[Point, ...]
    axes: Axes
    notes: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachTexts:
    """All of content/approaches.yaml. Families stand from simple to strong."""

    as_of: Text
    grades: dict[Grade, Text]
    checked: dict[Checked, Text]
    places: dict[Place, Text]
    questions: dict[str, Question]
    sources: dict[str, Source]
    baseline: Baselines
    families: dict[str, Family]
    rules: dict[str, Rule]
    guide: Guide

    def baseline_for(self, capability: str, data: str) -> BaselineText | None:
        answers = {"capability": capability, "data": data}
        return next((each for each in self.baseline.by_capability if meets(each.when, answers)), None)


@cache
def approach_texts() -> ApproachTexts:
    """Read once. Raises ContentError."""
    found: ApproachTexts = content.load("approaches", ApproachTexts)
    where = "approaches.yaml"
    if {key: tuple(question.answers) for key, question in found.questions.items()} != ANSWERS:
        raise content.ContentError(f"{where}: questions: must be {', '.join(ANSWERS)}, with the answers the rules know")
    for key, words, wanted in (
        ("grades", tuple(found.grades), get_args(Grade)),
        ("checked", tuple(found.checked), get_args(Checked)),
        ("places", tuple(found.places), get_args(Place)),
    ):
        if words != wanted:
            raise content.ContentError(f"{where}: {key}: must be {', '.join(wanted)}, in this order")
    cited = [("baseline", [found.baseline.source]), ("guide.axes", [found.guide.axes.source])]
    cited += [(f"families.{key}", list(family.sources)) for key, family in found.families.items()]
    cited += [(f"rules.{key}", [rule.source]) for key, rule in found.rules.items()]
    cited += [(f"guide: {each.name}", [each.source]) for each in found.guide.factors if each.source]
    cited += [(f"guide: {each.name}", [each.source]) for each in found.guide.measures if each.source]
    cited += [(f"guide: {each.name}", [each.source]) for each in found.guide.language_models if each.source]
    for key, sources in cited:
        check_known(f"{where}: {key}", sources, found.sources, "source")
    for key, rule in found.rules.items():
        check_when(f"{where}: rules.{key}.when", rule.when, found.questions)
        check_known(f"{where}: rules.{key}", (*rule.support, *rule.against, *rule.out), found.families, "family")
    for place, base in enumerate(found.baseline.by_capability):
        check_when(f"{where}: baseline.by_capability[{place}].when", base.when, found.questions)
        check_known(f"{where}: baseline.by_capability[{place}]", [base.family], found.families, "family")
    for capability in ANSWERS["capability"]:
        for data in ANSWERS["data"]:
            chosen = found.baseline_for(capability, data)
            if chosen is None or not found.families[chosen.family].can(capability, data):
                raise content.ContentError(f"{where}: baseline: none that serves {capability} from {data}")
    return found
