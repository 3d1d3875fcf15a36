"""The words of content/prep_guard.yaml: what the measures of the collect, format and guard steps mean."""

from dataclasses import dataclass

from aipm.content import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    explain: str
    verdicts: dict[str, str]
    limits: tuple[str, ...]
    scores: dict[str, str]
    rows: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    agreement: str
    bands: dict[str, str]
    coefficients: dict[str, str]
    errors: str
    errors_weak: str
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    explain: str
    reached: str
    not_reached: str
    uniform: str
    coarser: str
    not_exact: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    hash: str
    secret: str
    anonymity: Crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverse:
    explain: str
    verdicts: dict[str, str]
    misplaced: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    why_first: str
    parts: dict[str, str]
    ways: dict[str, str]
    oddities: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardTexts:
    enough: Enough
    labels: Labels
    privacy: Privacy
    balance: dict[str, str]
    diversity: Diverse
    split: Parts


def guard_texts() -> GuardTexts:
    found: GuardTexts = load("prep_guard", GuardTexts)
    return found
