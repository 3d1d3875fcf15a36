"""content/language_models.yaml, typed: what frames the seven parts of the Language models page."""

from dataclasses import dataclass
from typing import Literal

from aipm import content

View = Literal["tokens", "order", "attention", "sampling", "twice", "kinds", "work"]
"""The parts of the page, one of them in view, in the order in which text travels through a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onwards:
    """What to do after a part: a sentence, the part that follows (or none), and a tool of this app."""

    sentence: str
    view: View | None = None
    view_link: str = ""
    page: str
    page_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTexts:
    label: str
    views: dict[View, str]
    next_title: str
    next: dict[View, Onwards]


def page_texts() -> PageTexts:
    """What the file holds. Raises ContentError."""
    found: PageTexts = content.load("language_models", PageTexts)
    return found
