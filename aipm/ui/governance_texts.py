"""The texts that the Lifecycle and Ethics pages share: content/governance.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.governance.evidence import Freshness, Reason
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceTexts:
    day: DayTexts
    keep: KeepTexts
    answers: dict[Answer, str]
    freshness: dict[Freshness, str]
    reasons: dict[Reason, str]
    not_advice: str


@cache
def governance_texts() -> GovernanceTexts:
    """Read once. Raises ContentError."""
    found: GovernanceTexts = content.load("governance", GovernanceTexts)
    return found
