"""The catalogue as candidates for filters and a ranking: one row a model, with the facts behind every number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from aipm.selection.catalogue import Fact, Model, ending, first_day, models
from aipm.selection.cost import Cost, Workload, cost
from aipm.selection.rates import HOME, context_window, utc

DAYS_PER_MONTH = 365 / 12
CRITERIA = (
    "usd_per_1000_requests",
    "monthly_usd",
    "context_window",
    "max_output",
    "months_since_release",
    "days_to_deprecation",
)
"""What is a number for every model that has it."""
STATED = (
    "in_modalities",
    "out_modalities",
    "family",
    "max_output",
    "open_weights",
    "commercial_use",
    "licence",
    "release_date",
    "knowledge_cutoff",
    "reasoning",
    "tool_use",
    "fine_tunable",
    "deprecation_date",
)
WHY = {
    "unpriced_unit": "It is sold by something else than what your workload counts.",
    "no_usage": "Your workload says nothing of what it is sold by.",
    "unknown_model": "No price is known for it.",
}
"""Why a workload has no price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A model with everything a filter or a criterion can ask; `cost` is the bill behind the two cost facts."""

    model: Model
    facts: dict[str, Fact]
    cost: Cost

    @property
    def numbers(self) -> dict[str, float | None]:
        """The criteria that are numbers; None where unknown."""
        return {name: None if (value := self.facts[name].value) is None else float(value) for name in CRITERIA}

    def to_plain(self) -> dict[str, Any]:
        """{"name", "id", "provider", "facts": {fact: {"value", "evidence", "source", "url", "as_of", "note"}}}"""
        return {
            "name": self.model.name,
            "id": self.model.id,
            "provider": self.model.provider,
            "facts": {name: plain(fact) for name, fact in self.facts.items()},
        }


def candidates(workload: Workload, *, at: datetime, which: Iterable[Model] | None = None) -> tuple[Candidate, ...]:
    """Every model (or `which`), priced for this workload at this moment; ages count from its day (UTC)."""
    return tuple(candidate(each, workload, at=at) for each in (models() if which is None else which))


def candidate(model: Model, workload: Workload, *, at: datetime) -> Candidate:
    """One model as a candidate."""
    bill = cost(model, workload, at=at)
    today = utc(at).date()
    facts = {
        "kind": Fact(value=model.kind, evidence="assumed", source="What the model is for"),
        **{name: model.facts[name] for name in STATED},
        "context_window": context_window(model),
        "usd_per_1000_requests": _priced(bill, "per_1000_requests", model),
        "monthly_usd": _priced(bill, "monthly", model),
        "months_since_release": _derived(
            model.facts["release_date"],
            lambda said: round((today - first_day(said)).days / DAYS_PER_MONTH, 1),
        ),
        "days_to_deprecation": _derived(
            model.facts["deprecation_date"],
            lambda _: None if (end := ending(model, today)) is None else end.days_left,
        ),
    }
    return Candidate(model=model, facts=facts, cost=bill)


def plain(fact: Fact) -> dict[str, Any]:
    """A fact as plain data; a list where there are several values."""
    value = fact.value
    return {
        "value": list(value) if isinstance(value, tuple) else value,
        "evidence": fact.evidence,
        "source": fact.source,
        "url": fact.url,
        "as_of": None if fact.as_of is None else fact.as_of.isoformat(),
        "note": fact.note,
    }


def _priced(bill: Cost, name: str, model: Model) -> Fact:
    estimate = getattr(bill, name)
    if estimate is None:
        return Fact(value=None, source=bill.source, note=WHY[bill.status])
    value: Decimal = estimate.likely
    url = HOME if model.price_source is None else model.price_source.url
    return Fact(value=value, evidence="aggregator", source=bill.source, url=url, as_of=bill.source_as_of)


def _derived(fact: Fact, work: Any) -> Fact:
    """Another value that rests on the same."""
    value = None if fact.value is None else work(fact.value)
    return Fact(value=value, evidence=fact.evidence, source=fact.source, url=fact.url, as_of=fact.as_of, note=fact.note)
