"""content/models.yaml as it stands: its entries, typed, and the rules they must keep."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Generic, Literal, TypeVar, get_args

from msgspec import Meta

from aipm import content

Evidence = Literal["vendor", "aggregator", "secondary", "unverified", "assumed"]
"""How well a fact is known: on the vendor's own page; in a collection that names one; in an article; from memory or not
at all; concluded from something else."""

Kind = Literal["llm", "embedding", "rerank", "image", "video", "speech-to-text", "text-to-speech", "realtime-voice"]
CommercialUse = Literal["yes", "conditional", "no", "unverified"]
Modality = Literal["text", "image", "pdf", "audio", "video", "vector", "score"]
Unit = Literal[
    "input_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "input_audio_tokens",
    "output_audio_tokens",
    "input_image_tokens",
    "output_image_tokens",
    "images",
    "audio_seconds",
    "video_seconds",
    "characters",
    "requests",
    "web_searches",
]
"""What a price can be for."""

Text = Annotated[str, Meta(min_length=1)]
PartialDate = Annotated[str, Meta(pattern=r"^\d{4}(-\d\d){0,2}$")]
"""A day, or only its month or year, where no more is published."""
Natural = Annotated[int, Meta(gt=0)]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """Where facts come from; `as_of` is the day they were read there, or that of the collection."""

    name: Text
    as_of: date
    evidence: Evidence
    url: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Generic[T]):
    """A value that rests on something else than the model's own source."""

    value: T
    source: Text | None = None
    evidence: Evidence | None = None
    as_of: date | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntries:
    """What is recorded of a model. None: unknown, or for `context_window` read from the price package."""

    family: Text | Stated[Text] | None = None
    in_modalities: tuple[Modality, ...] | Stated[tuple[Modality, ...]] | None = None
    out_modalities: tuple[Modality, ...] | Stated[tuple[Modality, ...]] | None = None
    context_window: Natural | Stated[Natural] | None = None
    max_output: Natural | Stated[Natural] | None = None
    open_weights: bool | Stated[bool] | None = None
    release_date: PartialDate | Stated[PartialDate] | None = None
    knowledge_cutoff: PartialDate | Stated[PartialDate] | None = None
    reasoning: bool | Stated[bool] | None = None
    tool_use: bool | Stated[bool] | None = None
    fine_tunable: bool | Stated[bool] | None = None
    deprecation_date: PartialDate | Stated[PartialDate] | None = None


FACTS: tuple[str, ...] = tuple(field.name for field in fields(FactEntries))
"""The facts a model can have, in order; `commercial_use` and `licence` stand beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceEntry:
    """What may be done with the model. `conditional` says under which `condition`."""

    commercial_use: CommercialUse
    source: Text
    name: Text | None = None
    condition: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceEntry:
    """US dollars for `per` units, where the price package has none."""

    unit: Unit
    usd: Decimal
    per: Natural


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A model as the file holds it. `unknown` gives a reason for every fact that is not there."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    name: Text
    provider: Text
    kind: Kind
    sold_by: Text
    source: Text
    facts: FactEntries
    licence: LicenceEntry
    unknown: dict[Text, tuple[Text, ...]]
    genai_id: Annotated[str, Meta(pattern=r"^[^/]+/.+$")] | None = None
    litellm_id: Text | None = None
    url: Text | None = None
    prices: tuple[PriceEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The version of the price package that the catalogue was checked with, and when."""

    package: Text
    version: Text
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTexts:
    """All of content/models.yaml. `gaps` says what the catalogue does not know of any model."""

    as_of: date
    prices_checked: Checked
    gaps: dict[Text, Text]
    sources: dict[Text, SourceEntry]
    reasons: dict[Text, Text]
    notes: dict[Text, Text]
    models: Annotated[tuple[ModelEntry, ...], Meta(min_length=1)]


@cache
def texts() -> ModelTexts:
    """Everything the file holds, read once. Raises ContentError."""
    found: ModelTexts = content.load("models", ModelTexts)
    seen: set[str] = set()
    for entry in found.models:
        where = f"models.yaml: models.{entry.id}"
        for ref in filter(None, (entry.id, entry.genai_id)):
            if ref in seen:
                raise content.ContentError(f"{where}: {ref} is there twice")
            seen.add(ref)
        _check(entry, found, where)
    return found


def _check(entry: ModelEntry, whole: ModelTexts, where: str) -> None:
    stated = [given for name in FACTS if isinstance(given := getattr(entry.facts, name), Stated)]
    sources = [entry.source, entry.licence.source, *(each.source for each in stated if each.source)]
    notes = [note for note in (entry.licence.note, *(each.note for each in stated)) if note]
    for names, known, kind in ((sources, whole.sources, "sources"), (notes, whole.notes, "notes")):
        for name in names:
            if name not in known:
                raise content.ContentError(f"{where}: {name!r} is not under {kind}")
    reasons = [(fact, reason) for reason, facts in entry.unknown.items() for fact in facts]
    if missing := {reason for _, reason in reasons} - whole.reasons.keys():
        raise content.ContentError(f"{where}.unknown: {', '.join(sorted(missing))} not under reasons")
    absent = {name for name in FACTS if getattr(entry.facts, name) is None}
    if entry.genai_id is not None:
        absent.discard("context_window")  # the price package may have it
    given = {fact for fact, _ in reasons}
    if (
        len(given) != len(reasons)
        or not absent <= given
        or any(name not in FACTS or getattr(entry.facts, name) is not None for name in given)
    ):
        raise content.ContentError(f"{where}.unknown: must name each absent fact once, and no other")
    if (entry.licence.condition is not None) != (entry.licence.commercial_use == "conditional"):
        raise content.ContentError(f"{where}.licence.condition: is there exactly where commercial use is conditional")
    if entry.genai_id is not None and entry.prices:
        raise content.ContentError(f"{where}.prices: come from the price package where there is a genai_id")
    if any(not price.usd > 0 for price in entry.prices):
        raise content.ContentError(f"{where}.prices: must be above 0; what costs nothing is left out")
    if entry.genai_id is None and not entry.prices:
        raise content.ContentError(f"{where}: needs a genai_id or prices")


EVIDENCES: tuple[Evidence, ...] = get_args(Evidence)
UNITS: tuple[Unit, ...] = get_args(Unit)
KINDS: tuple[Kind, ...] = get_args(Kind)
