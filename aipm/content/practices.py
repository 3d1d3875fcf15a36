"""Practices for answers that vary: what each does, and what it does not. Two pages read them from one file."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from aipm import content

One = Literal["notice", "human_feedback", "sampling", "form", "filter_rank", "compare", "user_loop", "rules"]
Engineering = Literal["freeze", "spread", "save"]
Practice = Literal[One, Engineering]
PRACTICES: tuple[Practice, ...] = get_args(Practice)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeText:
    """A practice, and what it does not do."""

    name: str
    text: str
    does_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Where a claim comes from, and when that was read or published."""

    name: str
    url: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeTexts:
    """All of content/practices.yaml. `evidence`: what is known of temperature 0; `random_start`: why images vary."""

    eight: dict[One, PracticeText]
    engineering: dict[Engineering, PracticeText]
    random_start: str
    evidence: str
    sources: tuple[Read, ...]

    @property
    def every(self) -> dict[Practice, PracticeText]:
        found: dict[Practice, PracticeText] = dict(self.eight.items())
        found.update(self.engineering.items())
        return found


@cache
def practice_texts() -> PracticeTexts:
    """Read once. Raises ContentError."""
    found: PracticeTexts = content.load("practices", PracticeTexts)
    if tuple(found.every) != PRACTICES:
        raise content.ContentError(f"practices.yaml: must hold {', '.join(PRACTICES)}, in this order")
    return found
