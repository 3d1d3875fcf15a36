"""Own entries as candidates: the catalogue with what was entered of its models, own candidates, and their bills."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from aipm.selection.catalogue import Fact, Model
from aipm.selection.cost import Cost, Estimate, Workload, cost
from aipm.selection.model_entries import Kind, PriceEntry, Unit
from aipm.selection.offers import CRITERIA, STATED, WHY, Candidate
from aipm.selection.own import Entered, Value, own_texts, tasks, value
from aipm.selection.rates import rates
from aipm.selection.screening import shown

TOKENS: dict[str, Unit] = {"usd_per_million_input": "input_tokens", "usd_per_million_output": "output_tokens"}
PRICES = ("monthly_usd", "usd_per_1000_requests", *TOKENS)
"""Fields that say what it costs; the first that is entered counts."""
MILLION = 1_000_000
Prices = tuple[tuple[Unit, Decimal, int], ...]
"""US dollars for so many of a unit."""


def offered(
    catalogue: Sequence[Candidate], entered: Entered, workload: Workload, *, at: datetime
) -> tuple[Candidate, ...]:
    """The catalogue with what was entered of its models, and behind it the team's own candidates."""
    names = {each.model.name for each in catalogue}
    changed = (_changed(each, entered.get(each.model.name, {}), workload, at) for each in catalogue)
    own = (_own(name, values, workload, at) for name, values in entered.items() if name not in names)
    return (*changed, *own)


def stated(candidate: Candidate, field: str, *, at: datetime) -> Value | None:
    """What the catalogue says of a model, as it would be entered; None where that is not known."""
    if field == "task":
        kind, reads = candidate.model.kind, set(candidate.facts["in_modalities"].value or ())
        fitting = [key for key, (each, needed, _) in tasks().items() if each == kind and set(needed) <= reads]
        return fitting[-1] if fitting else None
    if field == "provider":
        return candidate.model.provider
    if field in TOKENS:
        rate = (rates(candidate.model, at=at) or {}).get(TOKENS[field])
        return None if rate is None else float(rate.usd * MILLION / rate.per)
    known = candidate.facts.get(field, Fact(value=None)).value
    try:
        return value(field, known)
    except ValueError:
        return None


def usual(offer: Candidate, field: str, *, at: datetime) -> Fact:
    """What the catalogue says of a field, with where it says so."""
    if field not in TOKENS:
        return offer.facts.get("kind" if field == "task" else field, Fact(value=None))
    return Fact(value=stated(offer, field, at=at), source=offer.cost.source, as_of=offer.cost.source_as_of)


def own_fact(found: Any, *, note: str | None = None) -> Fact:
    """A fact that rests on what the team entered."""
    return Fact(value=found, evidence="assumed", source=own_texts().source, note=note)


def _facts(values: Mapping[str, Value]) -> dict[str, Any]:
    """What was entered as values of facts: yes and no of the catalogue's own facts, and what a task stands for."""
    found: dict[str, Any] = {}
    for key, entered in values.items():
        if key == "task":
            kind, ins, outs = tasks()[str(entered)]
            found |= {"kind": kind, "in_modalities": ins or None, "out_modalities": outs or None}
        elif own_texts().fields[key].options == ("yes", "no"):
            found[key] = entered == "yes"
        elif key not in (*PRICES, "provider"):
            found[key] = int(entered) if isinstance(entered, float) and entered.is_integer() else entered
    return found


def _own(name: str, values: Mapping[str, Value], workload: Workload, at: datetime) -> Candidate:
    entered = {key: found for key, found in _facts(values).items() if found is not None}
    nothing = Fact(value=None)
    facts = dict.fromkeys((*STATED, *CRITERIA), nothing) | {key: own_fact(found) for key, found in entered.items()}
    kind: Kind = entered.get("kind", "llm")
    bill = _bill(values, kind=kind, thinks=None, workload=workload, at=at)
    model = Model(
        id=f"own:{name}",
        name=name,
        provider=str(values.get("provider") or own_texts().source),
        kind=kind,
        sold_by="",
        facts={key: facts[key] for key in STATED} | {"context_window": facts["context_window"]},
    )
    if bill is None:
        note = own_texts().said["half_price" if TOKENS.keys() & values.keys() else "no_price"]
        bill = Cost(status="unknown_model", as_of=at, source=own_texts().source)
        return Candidate(model=model, facts=facts | _priced(bill, note=note), cost=bill)
    return Candidate(model=model, facts=facts | _priced(bill), cost=bill)


def _changed(offer: Candidate, values: Mapping[str, Value], workload: Workload, at: datetime) -> Candidate:
    """A model of the catalogue with what was entered of it; what the catalogue says stays in the note."""
    if not values:
        return offer
    facts = dict(offer.facts)
    for key, found in _facts(values).items():
        if found is not None:
            facts[key] = own_fact(found, note=instead(offer.facts.get(key)))
    bill = offer.cost
    if not values.keys().isdisjoint(PRICES):
        whole = dict(values)
        if TOKENS.keys() & values.keys():  # a quote for one of the two leaves the other as it is
            usual = {key: stated(offer, key, at=at) for key in TOKENS}
            whole = {key: price for key, price in usual.items() if price is not None} | whole
        thinks = offer.model.value("reasoning")
        bill = _bill(whole, kind=offer.model.kind, thinks=thinks, workload=workload, at=at) or bill
        if bill is not offer.cost:
            priced = _priced(bill)
            facts |= {key: replace(found, note=instead(offer.facts[key])) for key, found in priced.items()}
    model = replace(offer.model, facts={**offer.model.facts, **{key: facts[key] for key in offer.model.facts}})
    return Candidate(model=model, facts=facts, cost=bill)


def instead(fact: Fact | None) -> str:
    """What the catalogue says where the team entered something else, in words."""
    said = own_texts().said
    if fact is None or fact.value is None:
        return said["catalogue_unknown"]
    day = f", {fact.as_of.isoformat()}" if fact.as_of else ""
    known = {True: "yes", False: "no"}.get(fact.value, fact.value) if isinstance(fact.value, bool) else fact.value
    return said["catalogue"].format(value=shown(known), source=fact.source or fact.evidence or "", day=day)


def _priced(bill: Cost, *, note: str | None = None) -> dict[str, Fact]:
    """The two facts of a bill."""
    found = {"usd_per_1000_requests": bill.per_1000_requests, "monthly_usd": bill.monthly}
    if note is None:
        note = WHY.get(bill.status, own_texts().said["no_requests"])
    return {
        key: own_fact(estimate.likely) if estimate else Fact(value=None, source=bill.source, note=note)
        for key, estimate in found.items()
    }


def _bill(
    values: Mapping[str, Value], *, kind: Kind, thinks: bool | None, workload: Workload, at: datetime
) -> Cost | None:
    """The bill of what was entered: a fixed one, one by the request, or one by tokens; None where no price is."""

    def usd(field: str) -> Decimal:
        return Decimal(str(values[field]))

    for key in ("monthly_usd", "usd_per_1000_requests"):
        if key in values:
            by_request = Decimal(0) if key == "monthly_usd" else usd(key)
            prices: Prices = (("requests", by_request, 1_000), ("input_tokens", Decimal(0), 1))
            one = Estimate(likely=Decimal(1))  # tokens cost nothing here, but without any there is nothing to bill
            bare = replace(workload, input_tokens=one, output_tokens=one.times(Decimal(0)), counted=False)
            found = cost(_nameless("llm", None, prices), bare, at=at)
            return _fixed(usd(key), found, workload) if key == "monthly_usd" else found
    tokens = tuple((unit, usd(key), MILLION) for key, unit in TOKENS.items() if key in values)
    if not tokens:
        return None
    found = cost(_nameless(kind, thinks, tokens), workload, at=at)
    return found if found.status != "unpriced_unit" or len(tokens) == len(TOKENS) else None


@lru_cache(maxsize=1_000)
def _nameless(kind: Kind, thinks: bool | None, prices: Prices) -> Model:  # noqa: FBT001
    """A model of which nothing is known but what it costs: shared between sessions, it holds no name."""
    return Model(
        id="",
        name="",
        provider="",
        kind=kind,
        sold_by="",
        facts={"reasoning": Fact(value=thinks)},
        prices=tuple(PriceEntry(unit=unit, usd=usd, per=per) for unit, usd, per in prices),
        price_source=Fact(value=None, source=own_texts().source),
    )


def _fixed(usd: Decimal, free: Cost, workload: Workload) -> Cost:
    """A bill that is the same at any volume; `free` has the months of the plan with their requests."""
    flat, requests = Estimate(likely=usd), workload.requests_per_month
    low, high = requests.bounds
    share: Estimate | None = None
    if requests.likely:
        share = Estimate(likely=usd / requests.likely, low=usd / high, high=usd / (low or requests.likely))
    return replace(
        free,
        per_request=share,
        per_1000_requests=None if share is None else share.times(Decimal(1000)),
        monthly=flat,
        per_user=None if workload.users is None else flat.times(1 / workload.users),
        whole=flat.times(Decimal(len(free.months))),
        months=tuple(replace(each, usd=flat) for each in free.months),
    )
