"""The texts that the Lifecycle and Ethics pages share: content/governance.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.governance.evidence import Freshness, Kind, Reason, Tool
from aipm.governance.fields import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTexts:
    example: str
    unread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTexts:
    """The forms as one file; `{count}` and `{places}` stand for what was opened and what could not be read."""

    title: str
    sentence: str
    empty: str
    download: str
    open: str
    opened: str
    unread: str
    newer: str
    refused: str
    undo: str
    redo: str
    sample: str
    sample_help: str
    sampled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTexts:
    """One piece of evidence; `{tool}` and `{name}` stand for what a tool or a form is called."""

    kind: str
    kind_help: str
    kinds: dict[Kind, str]
    tools: dict[Tool, str]
    no_results: str
    take: str
    form: str
    which: str
    which_none: str
    again: str
    newer: str
    renew: str
    file: str
    file_help: str
    no_name: str
    compare: str
    same: str
    other: str
    link: str
    link_help: str
    says: str
    says_help: str
    by: str
    review_by: str
    review_help: str
    remove: str
    added: str
    at: str
    data_name: str
    model: str
    threshold: str
    fingerprint: str
    sha256: str
    not_compared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedTexts:
    """What the tools hand over in a sentence, as aipm.ui.hand_over fills it in."""

    audit_gap: str
    audit_within: str
    audit_open: str
    audit_nothing: str
    audit_groups: str
    capability: str
    no_ai: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceTexts:
    day: DayTexts
    keep: KeepTexts
    answers: dict[Answer, str]
    freshness: dict[Freshness, str]
    reasons: dict[Reason, str]
    evidence: EvidenceTexts
    handed: HandedTexts
    not_advice: str


@cache
def governance_texts() -> GovernanceTexts:
    """Read once. Raises ContentError."""
    found: GovernanceTexts = content.load("governance", GovernanceTexts)
    return found
