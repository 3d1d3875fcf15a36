"""The texts of the view "What goes wrong" of the Ethics page: content/ethics_cases.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.ui.ethics_links import LinkText

Entry = Literal["racism", "privacy", "biases", "training_data"]
Group = Literal["darker_women", "darker_men", "lighter_women", "lighter_men"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionText:
    """Something to do, and where (a key of `links`)."""

    name: str
    text: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRailsTexts:
    title: str
    sentence: str
    lines: tuple[ActionText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureText:
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """Where a case was read, when, and how far: `state`."""

    name: str
    url: str
    read: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText:
    name: str
    place: str
    when: str
    happened: str
    mistake: str
    figures: tuple[FigureText, ...]
    sources: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryText:
    """One of the four; `check` is the tool to check one's own with (a key of `links`)."""

    name: str
    sentence: str
    cases: tuple[CaseText, ...]
    actions: tuple[ActionText, ...]
    check: str
    question: str
    guess: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWords:
    mistake: str
    now: str
    check: str
    question: str
    question_help: str
    register: str
    case: str
    source: str
    read: str
    our: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessTexts:
    first: str
    question: str
    options: dict[str, str]
    right: str
    skip: str
    correct: str
    wrong: str
    answer: str
    under: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRates:
    """Wrong answers out of 100, by group."""

    name: str
    darker_women: float
    darker_men: float
    lighter_women: float
    lighter_men: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsTexts:
    title: str
    alt: str
    groups: dict[Group, str]
    vendors: tuple[VendorRates, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesTexts:
    title: str
    sentence: str
    label: str
    guard_rails: GuardRailsTexts
    entry: EntryWords
    guess: GuessTexts
    bars: BarsTexts
    entries: dict[Entry, EntryText]
    links: dict[str, LinkText]


@cache
def cases_texts() -> CasesTexts:
    """Read once. Raises ContentError."""
    found: CasesTexts = content.load("ethics_cases", CasesTexts)
    for key, entry in found.entries.items():
        for link in (entry.check, *(each.link for each in entry.actions)):
            if link not in found.links:
                raise content.ContentError(f"ethics_cases.yaml: entries.{key}: {link!r} is not under links")
    for line in found.guard_rails.lines:
        if line.link not in found.links:
            raise content.ContentError(f"ethics_cases.yaml: guard_rails: {line.link!r} is not under links")
    return found
