"""Evidence: what shows that something was done, and whether that still stands.

A result of another tool is known by its fingerprint. It is stale when the data, the settings, the model or the
threshold it rests on are no longer those of today, or when its day of review is past.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from aipm.governance.fields import Digest, Typed
from aipm.governance.product import Product

Tool = Literal[
    "use_case_mapper",
    "model_scorer.approach",
    "model_scorer",
    "data_prep",
    "bias_audit",
    "lifecycle",
    "lifecycle.stack",
    "lifecycle.metrics",
    "lifecycle.ab_test",
    "lifecycle.feedback",
    "lifecycle.practices",
    "lifecycle.roles",
    "ethics.triage",
    "ethics.harms",
    "ethics.dpia",
    "ethics.privacy",
    "ethics.notice",
    "ethics.incident",
]
"""What can be evidence: a page's result, as the page registry names it, with its part where it answers two questions
(`lifecycle` is the metric sheet's threshold), or one of the forms by its name (aipm.governance.forms). The register is
none of them: it holds evidence itself, and is never the same for long.
"""
TOOLS: tuple[Tool, ...] = get_args(Tool)
Kind = Literal["result", "file", "link"]
Freshness = Literal["fresh", "stale", "failed", "missing"]
Reason = Literal["data", "settings", "model", "threshold", "review", "spoke_against", "nothing"]

PARTS: tuple[Reason, ...] = ("data", "settings", "model", "threshold")
LIVE: tuple[Reason, ...] = ("model", "threshold")
"""What of a result is held against the latest one, and what against the product that is to go live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a tool found, as far as evidence needs it: never rows."""

    tool: Tool
    said: Typed
    """The answer in one sentence."""
    at: datetime
    """When, with a time zone."""
    settings: Digest
    """sha256 of what was asked (the tool's Spec)."""
    data: Digest | None = None
    """sha256 of the file it rests on; None where it rests on none."""
    data_name: Typed | None = None
    model: Typed | None = None
    threshold: float | None = None
    against: bool | None = None
    """Whether it speaks against going on; None where it cannot tell."""

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of what it rests on; the same question on the same data gives the same ones."""
        rests_on = (self.tool, self.settings, self.data, self.model, self.threshold)
        return hashlib.sha256(repr(rests_on).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence: a tool's result, a file known by its sha256, or a place where it can be read."""

    kind: Kind
    added: date
    says: Typed | None = None
    """What it shows, in the words of whoever added it."""
    result: Result | None = None
    file_name: Typed | None = None
    file_sha256: Digest | None = None
    link: Typed | None = None
    by: Typed | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a piece of evidence stands today, and why."""

    freshness: Freshness
    reasons: tuple[Reason, ...] = ()
    compared: bool = False
    """Whether there was a newer state to hold it against: a later result of the same tool, or what the product says
    of its model and threshold. Without one, "fresh" only means that nothing is known to have changed.
    """


def standing(evidence: Evidence | None, *, latest: Mapping[Tool, Result], product: Product, today: date) -> Standing:
    """How this evidence stands, given each tool's latest result and what is to go live."""
    if evidence is None or _empty(evidence):
        return Standing(freshness="missing", reasons=("nothing",))
    reasons: list[Reason] = []
    compared = False
    result = evidence.result if evidence.kind == "result" else None
    if result is not None:
        if (now := latest.get(result.tool)) is not None:
            compared = True
            reasons += [part for part in PARTS if plain(getattr(now, part)) != plain(getattr(result, part))]
        live = {
            part: getattr(product, part) for part in LIVE if None not in (getattr(product, part), getattr(result, part))
        }
        compared |= bool(live)
        reasons += [part for part in LIVE if part in live and plain(live[part]) != plain(getattr(result, part))]
    if evidence.review_by is not None and evidence.review_by < today:
        reasons.append("review")
    if reasons:
        return Standing(freshness="stale", reasons=tuple(dict.fromkeys(reasons)), compared=compared)
    if result is not None and result.against:
        return Standing(freshness="failed", reasons=("spoke_against",), compared=compared)
    return Standing(freshness="fresh", compared=compared)


def plain(part: str | float | None) -> str | float | None:
    """A name as it counts: capital letters and blanks make neither another model nor another person."""
    return " ".join(unicodedata.normalize("NFKC", part).casefold().split()) if isinstance(part, str) else part


def mark(evidence: Evidence) -> str | None:
    """What it can be known by again: a result's fingerprint, the first digits of a file's sha256; none for a place."""
    if evidence.kind == "result":
        return evidence.result.fingerprint if evidence.result else None
    return evidence.file_sha256[:12] if evidence.kind == "file" and evidence.file_sha256 else None


def _empty(evidence: Evidence) -> bool:
    held = {"result": evidence.result, "file": evidence.file_sha256, "link": evidence.link}[evidence.kind]
    return held is None
