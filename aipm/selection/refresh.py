"""What in the catalogue has aged: the file beside the installed price package and other collections. Changes nothing.

The report is for a person, who checks each line with the vendor and edits content/models.yaml by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from aipm.selection.catalogue import Fact, Model, ending, models
from aipm.selection.model_entries import texts
from aipm.selection.prices import Usage, changes
from aipm.selection.rates import PACKAGE, context_window, day_rates, lookup, package_version

AGREE = Decimal("0.01")
"""Prices that differ by no more than one per cent agree."""
MILLION = Decimal(1_000_000)
LITELLM_FLAGS = {"reasoning": "supports_reasoning", "tool_use": "supports_function_calling"}
LITELLM_PRICES = {
    "input_tokens": "input_cost_per_token",
    "output_tokens": "output_cost_per_token",
    "cached_tokens": "cache_read_input_token_cost",
}
MODELS_DEV_NAMES = {"x-ai": "xai", "together": "togetherai", "voyageai": "voyage"}
"""Providers that models.dev calls otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two sources say different things of a model; `there` is the other source."""

    model: str
    fact: str
    here: Any
    there: Any
    source: str


def refresh_report(
    *, today: date, litellm: Mapping[str, Any] | None = None, models_dev: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Everything a person should look at. `ok` is false where the price package has lost a model of the catalogue."""
    every = models()
    vanished = [
        {"model": each.id, "genai_id": each.genai_id} for each in every if each.genai_id and not lookup(each.genai_id)
    ]
    checked = texts().prices_checked
    differences = [*_package(every), *_litellm(every, litellm or {}, today), *_models_dev(every, models_dev or {})]
    return {
        "ok": not vanished,
        "today": today.isoformat(),
        "catalogue_as_of": texts().as_of.isoformat(),
        "package": {
            "name": PACKAGE,
            "installed": package_version(),
            "checked": checked.version,
            "same": checked.version == package_version(),
        },
        "compared_with": [
            name for name, given in (("litellm", litellm), ("models_dev", models_dev)) if given is not None
        ],
        "vanished": vanished,
        "changes": [
            {"model": each.model, "fact": each.fact, "here": each.here, "there": each.there, "source": each.source}
            for each in differences
        ],
        "price_changes_ahead": list(_ahead(every, today)),
        "deprecations": [
            {"model": each.id, "day": end.day.isoformat(), "days_left": end.days_left, "state": end.state}
            for each in every
            if (end := ending(each, today)) is not None and end.state != "later"
        ]
        + [
            {"model": each.id, "day": None, "days_left": None, "state": "marked"}
            for each in every
            if (info := lookup(each.genai_id)) is not None and info.deprecated
        ],
        "stale": list(_stale(every, today)),
        "not_found": {
            "litellm": [each.id for each in every if litellm is not None and each.litellm_id not in litellm],
            "models_dev": [
                each.id for each in every if models_dev is not None and _their_model(each, models_dev) is None
            ],
        },
        "advice": "Nothing was changed. Check each line with the vendor, then edit content/models.yaml by hand.",
    }


def _package(every: tuple[Model, ...]) -> Iterator[Difference]:
    """What the file holds although the package has it now, and does it agree?"""
    for each in every:
        info = lookup(each.genai_id)
        kept = each.value("context_window")
        if info is not None and info.context_window is not None and kept is not None:
            yield Difference(model=each.id, fact="context_window", here=kept, there=info.context_window, source=PACKAGE)


def _litellm(every: tuple[Model, ...], given: Mapping[str, Any], today: date) -> Iterator[Difference]:
    """Beside litellm's model list (model_prices_and_context_window.json)."""
    for each in every:
        theirs = given.get(each.litellm_id or "")
        if not isinstance(theirs, Mapping):
            continue
        found: dict[str, Any] = {ours: theirs.get(name) for ours, name in LITELLM_FLAGS.items()}
        found["max_output"] = theirs.get("max_output_tokens")
        found["deprecation_date"] = theirs.get("deprecation_date")
        window, answer = theirs.get("max_input_tokens"), theirs.get("max_output_tokens")
        ours = context_window(each).value
        if isinstance(window, int) and window != ours and (not isinstance(answer, int) or window + answer != ours):
            yield Difference(model=each.id, fact="context_window", here=ours, there=window, source="litellm")
        yield from _facts(each, found, "litellm")
        for unit, name in LITELLM_PRICES.items():
            there = _number(theirs.get(name))
            here = sorted(
                {rates[unit].usd * MILLION / rates[unit].per for rates in _rates(each, today) if unit in rates}
            )
            if there is None or not there or not here:
                continue
            there *= MILLION
            if all(abs(usd - there) > AGREE * there for usd in here):
                yield Difference(
                    model=each.id,
                    fact=f"usd_per_million_{unit}",
                    here=" or ".join(f"{usd.normalize():f}" for usd in here),
                    there=f"{there.normalize():f}",
                    source="litellm",
                )


def _models_dev(every: tuple[Model, ...], given: Mapping[str, Any]) -> Iterator[Difference]:
    """Beside models.dev's api.json: {provider: {"models": {id: {…}}}}."""
    for each in every:
        theirs = _their_model(each, given)
        if theirs is None:
            continue
        limit, kinds = theirs.get("limit"), theirs.get("modalities")
        limit, kinds = (value if isinstance(value, Mapping) else {} for value in (limit, kinds))
        found = {
            "release_date": theirs.get("release_date"),
            "knowledge_cutoff": theirs.get("knowledge"),
            "open_weights": theirs.get("open_weights"),
            "reasoning": theirs.get("reasoning"),
            "tool_use": theirs.get("tool_call"),
            "max_output": limit.get("output") or None,
            "in_modalities": kinds.get("input"),
            "out_modalities": kinds.get("output"),
        }
        ours = context_window(each).value
        if isinstance(limit.get("context"), int) and limit["context"] != ours:
            yield Difference(
                model=each.id, fact="context_window", here=ours, there=limit["context"], source="models.dev"
            )
        yield from _facts(each, found, "models.dev")


def _their_model(each: Model, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if each.genai_id is None:
        return None
    provider, name = each.genai_id.split("/", 1)
    there = given.get(MODELS_DEV_NAMES.get(provider, provider))
    found = there.get("models") if isinstance(there, Mapping) else None
    theirs = found.get(name) if isinstance(found, Mapping) else None
    return theirs if isinstance(theirs, Mapping) else None


def _facts(each: Model, found: Mapping[str, Any], source: str) -> Iterator[Difference]:
    """Facts that differ; where we know nothing, what the other one says is news."""
    for name, there in found.items():
        here = each.value(name)
        told = there
        if isinstance(there, list):
            told, here = sorted(map(str, there)), sorted(here or ())
        if there is not None and told != here and not _not_applicable(each.facts[name]):
            yield Difference(model=each.id, fact=name, here=here or each.value(name), there=told, source=source)


def _not_applicable(fact: Fact) -> bool:
    return fact.value is None and fact.note == texts().reasons["not_applicable"]


def _rates(each: Model, today: date) -> list[Any]:
    return [hours.rates for hours in day_rates(each, day=today)]


def _ahead(every: tuple[Model, ...], today: date) -> Iterator[dict[str, Any]]:
    """Known changes of the price of a million tokens in and out."""
    usage = Usage(input_tokens=MILLION, output_tokens=MILLION)
    for each in every:
        for change in changes(each, usage, at=datetime.combine(today, time(12), UTC)):
            yield {
                "model": each.id,
                "day": change.day.isoformat(),
                "usd_per_million_in_and_out": {"before": str(change.before), "after": str(change.after)},
            }


def _stale(every: tuple[Model, ...], today: date) -> Iterator[dict[str, Any]]:
    for each in every:
        old = {name: fact.age_days(today) for name, fact in each.facts.items() if fact.stale(today)}
        if each.price_source is not None and each.price_source.stale(today):
            old["prices"] = each.price_source.age_days(today)
        if old:
            yield {"model": each.id, "facts": old}


def _number(given: Any) -> Decimal | None:
    try:
        found = Decimal(str(given))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
