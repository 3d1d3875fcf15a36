"""What a person reads about recipes and their report, checked when it is loaded."""

from dataclasses import dataclass

from aipm.content import load


@dataclass(frozen=True, slots=True)
class OrderText:
    message: str
    why: str


@dataclass(frozen=True, slots=True)
class ReportTexts:
    eyebrow: str
    lead: str
    disclaimer: str
    reading_findings: str
    learned: str
    learned_whole: str
    limits: tuple[str, ...]
    failed: str


@dataclass(frozen=True, slots=True)
class RecipeTexts:
    order: dict[str, OrderText]
    mended: str
    no_split: str
    report: ReportTexts


def texts() -> RecipeTexts:
    found: RecipeTexts = load("prep_recipe", RecipeTexts)
    return found
