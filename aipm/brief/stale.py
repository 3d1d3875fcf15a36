"""Whether what a brief holds still stands: its data, question, model, threshold, and the versions it was made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aipm.brief.entry import Entry
from aipm.governance.evidence import Evidence, Freshness, Result, standing
from aipm.governance.product import Product

NO_MATTER = frozenset({"app"})
"""Versions whose change alone does not make an answer old: the app's own changes with every release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What is known today: the tools' latest results by their name, the versions in use, the day."""

    today: date
    latest: Mapping[str, Result]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How an entry stands. `reasons`: those of evidence (data, settings, model …), then names of changed versions."""

    freshness: Freshness
    reasons: tuple[str, ...] = ()
    compared: bool = False
    """Whether there was anything newer to hold it against."""


def stands(entry: Entry, *, now: Now, product: Product) -> Stands:
    """How this entry stands today."""
    evidence = Evidence(kind="result", added=entry.at.date(), result=entry.result)
    latest = {entry.result.tool: now.latest[entry.tool]} if entry.tool in now.latest else {}
    found = standing(evidence, latest=latest, product=product, today=now.today)
    shared = [name for name in entry.versions if name in now.versions and name not in NO_MATTER]
    changed = [name for name in shared if entry.versions[name] != now.versions[name]]
    compared = found.compared or bool(shared)
    if changed:
        reasons = found.reasons if found.freshness == "stale" else ()
        return Stands(freshness="stale", reasons=(*reasons, *sorted(changed)), compared=compared)
    return Stands(freshness=found.freshness, reasons=found.reasons, compared=compared)
