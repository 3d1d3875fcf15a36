"""The models a team can choose from, every fact with its source and how well it is known.

Nothing here needs the price package: prices and context windows are read by `aipm.selection.prices`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from aipm.selection.model_entries import (
    FACTS,
    CommercialUse,
    Evidence,
    Kind,
    ModelEntry,
    ModelTexts,
    PriceEntry,
    Stated,
    texts,
)

STALE_DAYS = 180
"""A fact older than this gets an age badge."""
NOTICE_DAYS = 90
"""A model that ends within this many days is flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value with what it rests on. `value` None is unknown, and `note` says why; it is never 0 or empty."""

    value: Any
    evidence: Evidence | None = None
    source: str | None = None
    url: str | None = None
    as_of: date | None = None
    note: str | None = None

    def age_days(self, today: date) -> int | None:
        """Days since the fact was read; None where that is not known."""
        return None if self.as_of is None else (today - self.as_of).days

    def stale(self, today: date) -> bool:
        """Is it over 180 days old?"""
        age = self.age_days(today)
        return age is not None and age > STALE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """A model with its facts. `prices` holds what the price package lacks; `price_fact` what they rest on."""

    id: str
    name: str
    provider: str
    kind: Kind
    sold_by: str
    facts: Mapping[str, Fact]
    genai_id: str | None = None
    litellm_id: str | None = None
    prices: tuple[PriceEntry, ...] = ()
    price_source: Fact | None = None

    def value(self, name: str) -> Any:
        """The value of a fact, None where it is unknown."""
        return self.facts[name].value


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """When a model ends, and how many days are left (negative: it has ended)."""

    day: date
    days_left: int
    state: str


@cache
def models() -> tuple[Model, ...]:
    """Every model, in the order of the file."""
    whole = texts()
    return tuple(_model(entry, whole) for entry in whole.models)


def model(ref: str) -> Model | None:
    """The model with this id or `genai_id`, if the catalogue has it."""
    return _by_ref().get(ref)


@cache
def _by_ref() -> dict[str, Model]:
    return {ref: each for each in models() for ref in (each.id, each.genai_id) if ref is not None}


def ending(found: Model, today: date) -> Ending | None:
    """When the model ends: past, soon (within 90 days) or later; None where no end is known."""
    if (said := found.value("deprecation_date")) is None:
        return None
    day = first_day(said)
    left = (day - today).days
    return Ending(day=day, days_left=left, state="past" if left < 0 else "soon" if left <= NOTICE_DAYS else "later")


def first_day(partial: str) -> date:
    """The first day that 2026, 2026-06 or 2026-06-30 can mean."""
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _model(entry: ModelEntry, whole: ModelTexts) -> Model:
    reasons = {fact: whole.reasons[reason] for reason, facts in entry.unknown.items() for fact in facts}
    facts = {
        name: Fact(value=None, note=reasons.get(name))
        if (given := getattr(entry.facts, name)) is None
        else _fact(given if isinstance(given, Stated) else Stated(value=given), entry, whole)
        for name in FACTS
    }
    licence = entry.licence
    stated: Stated[Any] = Stated(value=licence.commercial_use, source=licence.source, note=licence.note)
    use = _fact(stated, entry, whole)
    said = " ".join(filter(None, (licence.condition, use.note))) or None
    facts["commercial_use"] = Fact(
        value=_proven(use), evidence=use.evidence, source=use.source, url=use.url, as_of=use.as_of, note=said
    )
    facts["licence"] = Fact(
        value=licence.name, evidence=use.evidence, source=use.source, url=use.url, as_of=use.as_of, note=said
    )
    return Model(
        id=entry.id,
        name=entry.name,
        provider=entry.provider,
        kind=entry.kind,
        sold_by=entry.sold_by,
        facts=facts,
        genai_id=entry.genai_id,
        litellm_id=entry.litellm_id,
        prices=entry.prices,
        price_source=_fact(Stated(value=None), entry, whole) if entry.prices else None,
    )


def _proven(use: Fact) -> CommercialUse:
    """A licence known from memory alone counts as unverified, whatever memory says; what it says stays in the name."""
    proven: CommercialUse = "unverified" if use.evidence == "unverified" else use.value
    return proven


def _fact(stated: Stated[Any], entry: ModelEntry, whole: ModelTexts) -> Fact:
    source = whole.sources[stated.source or entry.source]
    own = stated.source in (None, entry.source)
    return Fact(
        value=stated.value,
        evidence=stated.evidence or source.evidence,
        source=source.name,
        url=(entry.url if own else None) or source.url,
        as_of=stated.as_of or source.as_of,
        note=None if stated.note is None else whole.notes[stated.note],
    )
