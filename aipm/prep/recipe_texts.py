"""What a person reads about recipes, their report and the datasheet, checked when it is loaded."""

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
class Question:
    text: str
    known: str


@dataclass(frozen=True, slots=True)
class DatasheetSection:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DatasheetTexts:
    about: str
    source: str
    link: str
    open: str
    sections: tuple[DatasheetSection, ...]


@dataclass(frozen=True, slots=True)
class RecipeTexts:
    order: dict[str, OrderText]
    mended: str
    no_split: str
    report: ReportTexts
    datasheet: DatasheetTexts


def texts() -> RecipeTexts:
    found: RecipeTexts = load("prep_recipe", RecipeTexts)
    return found
