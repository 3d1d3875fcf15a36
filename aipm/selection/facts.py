"""One fact of a candidate: a value or None, and how it is known; and a model of the catalogue as a candidate."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aipm.selection import catalogue

UNKNOWN = frozenset({"", "unknown", "unverified"})
"""Words that stand for: nobody knows."""
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`value` is None where it is not known. `evidence` is how it is known, such as vendor, assumed or unverified."""

    value: Any
    evidence: str | None = None


def fact(candidate: Mapping[str, Any], key: str) -> Fact:
    """A fact of a candidate {"facts": {key: {"value", "evidence", …}}}.

    A fact of the catalogue or a bare value will do. What is missing, blank, NaN, or said to be unverified is not known.
    True and False are "yes" and "no".
    """
    facts = candidate.get("facts")
    plain = facts.get(key) if isinstance(facts, Mapping) else None
    if isinstance(plain, catalogue.Fact):
        value, evidence = plain.value, plain.evidence
    elif isinstance(plain, Mapping):
        value, evidence = plain.get("value"), plain.get("evidence")
    else:
        value, evidence = plain, None
    if isinstance(value, bool):
        value = "yes" if value else "no"
    unknown = (
        (isinstance(value, str) and value.strip().casefold() in UNKNOWN)
        or (isinstance(value, int | float | Decimal) and number_of(value) is None)
        or (isinstance(value, list | tuple | set | frozenset) and not value)
    )
    return Fact(value=None if unknown else value, evidence=evidence if isinstance(evidence, str) else None)


def number_of(value: object) -> float | None:
    """A finite number as it is; None for anything else, text and True included."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        found = float(value)
    except (OverflowError, ValueError):
        return None
    return found if math.isfinite(found) else None


def candidate_of(model: catalogue.Model, *, today: date, entered: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A model of the catalogue as a candidate, with its age and the time it has left on a day.

    `entered`: facts that the team or another part adds, such as pass_rate, latency_seconds, monthly_usd or, where it
    is read from the price package, context_window; each a mapping with value and evidence, or a bare value.
    """
    released, ends = model.facts["release_date"], catalogue.ending(model, today)
    months = None
    if released.value is not None:
        months = round((today - catalogue.first_day(released.value)).days / DAYS_A_MONTH, 1)
    worked_out = {
        "kind": model.kind,
        "months_since_release": {"value": months, "evidence": released.evidence},
        "days_to_deprecation": {
            "value": ends.days_left if ends else None,
            "evidence": model.facts["deprecation_date"].evidence,
        },
    }
    return {"name": model.name, "facts": {**model.facts, **worked_out, **(entered or {})}}
