"""Where data comes from, what to ask before using it, and what good data is: content/prep_collect.yaml."""

from dataclasses import dataclass
from typing import Literal

from aipm.content import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source of a statement; `url` is empty for our own judgement."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """To be answered before data of an origin is used. `kind`: what the answer settles."""

    kind: Literal["permission", "consent", "licence", "quality"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    name: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One way of coming by data, with examples, what speaks for and against it, and what to ask first."""

    title: str
    text: str
    examples: tuple[str, ...]
    good_for: str
    beware: str
    questions: tuple[Question, ...]
    places: tuple[Place, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A thing to know about the data, with the step of the wizard that does something about it."""

    title: str
    text: str
    step: Literal["collect", "clean", "shape", "format", "guard"]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    as_of: str
    start: str
    origins: dict[str, Origin]
    advice: dict[str, Advice]
    example: tuple[Advice, ...]
    sources: dict[str, Reference]


def collect() -> Collect:
    found: Collect = load("prep_collect", Collect)
    return found
