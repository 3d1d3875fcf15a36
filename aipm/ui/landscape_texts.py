"""content/landscape.yaml and content/landscape_learn.yaml, typed: all that the AI landscape page says."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from aipm import content
from aipm.ui.registry import FILES

View = Literal["map", "learn", "choose", "roadmap", "why"]
Box = Literal["ai", "ml", "deep", "generative", "language"]
Way = Literal["supervised", "unsupervised", "reinforcement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessTexts:
    """One question to answer before the answer is shown; `right` is a key of `options`, `because` the reason."""

    question: str
    options: dict[str, str]
    right: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """A link to another page of the app; `known` goes along in its address."""

    page: str
    link: str
    known: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Something said with its source: the day it was published, and whether the source was looked at, and when."""

    text: str
    title: str
    url: str
    date: str
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxTexts:
    name: str
    short: str
    sentence: str
    known_by: str
    examples: tuple[Cited, ...]
    not_in_it: tuple[str, ...]
    for_you: str
    onward: Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class SortItem:
    """Something to put into the innermost box that holds it, or into none."""

    text: str
    box: Literal["ai", "ml", "deep", "generative", "language", "none"]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SortTexts:
    title: str
    sentence: str
    none: str
    place: str
    items: tuple[SortItem, ...]
    next: str
    again: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    name: str
    plain: str
    for_you: str
    onward: Onward | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTexts:
    title: str
    definition: str
    definition_source: Cited
    creates: str
    how: str
    boxes: dict[Box, BoxTexts]
    beside: str
    beside_note: str
    parts: dict[str, str]
    cited: str
    across_title: str
    across: str
    across_caption: str
    across_columns: tuple[str, ...]
    across_rows: tuple[tuple[str, str, str], ...]
    sort: SortTexts
    terms_title: str
    terms_sentence: str
    terms: dict[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer and where it leads: another question or an outcome."""

    text: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    text: str
    help: str
    options: dict[str, Option]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    name: str
    because: str
    first: str
    beware: str
    onward: Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTexts:
    """`first` is the key of the first question."""

    title: str
    sentence: str
    guess: GuessTexts
    first: str
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]
    answer: str
    first_step: str
    beware: str
    again: str
    conditions_title: str
    conditions: str
    conditions_list: tuple[str, ...]
    conditions_link: Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the roadmap; `proof` is what would show that it is done."""

    name: str
    text: str
    proof: str
    trap: str
    onward: Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapTexts:
    title: str
    guess: GuessTexts
    flow_title: str
    flow: tuple[tuple[str, str], ...]
    flow_alt: str
    steps_title: str
    steps_sentence: str
    steps: dict[str, Step]
    proof: str
    trap: str
    done: str
    next: str
    all_done: str
    gap: str
    touches_title: str
    touches_sentence: str
    touches_caption: str
    touches: tuple[tuple[str, str, str], ...]
    touches_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTexts:
    title: str
    guess: GuessTexts
    scope: str
    reasons_title: str
    reasons: tuple[tuple[str, str], ...]
    same_title: str
    same_sentence: str
    same_caption: str
    same_columns: tuple[str, ...]
    same: tuple[tuple[str, str, str], ...]
    pay_title: str
    pay: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeTexts:
    """All of content/landscape.yaml."""

    label: str
    views: dict[View, str]
    guess: dict[str, str]
    map: MapTexts
    choose: ChooseTexts
    roadmap: RoadmapTexts
    why: WhyTexts
    next_title: str
    next: dict[View, tuple[str, Onward]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTexts:
    """What stands around each of the three labs; `says` holds the lab's own words, in which {names} are filled in."""

    name: str
    title: str
    plain: str
    like: str
    examples: tuple[Cited, ...]
    guess: GuessTexts
    says: dict[str, str]
    choices: dict[str, dict[str, str]]
    so_what: str
    onward: tuple[Onward, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnTexts:
    """All of content/landscape_learn.yaml."""

    title: str
    sentence: str
    label: str
    so_what: str
    example: str
    cited: str
    deep: str
    self_supervised: str
    labs: dict[Way, LabTexts]


@cache
def page_texts() -> LandscapeTexts:
    """What the file holds. Raises ContentError."""
    found: LandscapeTexts = content.load("landscape", LandscapeTexts)
    for name, guess in (("choose", found.choose.guess), ("roadmap", found.roadmap.guess), ("why", found.why.guess)):
        _one_of("landscape", f"{name}.guess.right", guess.right, guess.options)
    _one_of("landscape", "choose.first", found.choose.first, found.choose.questions)
    for name, question in found.choose.questions.items():
        for option, answer in question.options.items():
            where = f"choose.questions.{name}.options.{option}.to"
            _one_of("landscape", where, answer.to, {**found.choose.questions, **found.choose.outcomes})
    for onward in (
        *(box.onward for box in found.map.boxes.values()),
        *(term.onward for term in found.map.terms.values() if term.onward),
        *(outcome.onward for outcome in found.choose.outcomes.values()),
        *(step.onward for step in found.roadmap.steps.values()),
        *(onward for _, onward in found.next.values()),
        found.choose.conditions_link,
    ):
        _one_of("landscape", "page of a link", onward.page, FILES)
    return found


@cache
def learn_texts() -> LearnTexts:
    """What the file holds. Raises ContentError."""
    found: LearnTexts = content.load("landscape_learn", LearnTexts)
    for way, lab in found.labs.items():
        _one_of("landscape_learn", f"labs.{way}.guess.right", lab.guess.right, lab.guess.options)
        for onward in lab.onward:
            _one_of("landscape_learn", f"labs.{way}.onward", onward.page, FILES)
    return found


def _one_of(file: str, where: str, value: str, options: Collection[str]) -> None:
    if value not in options:
        raise content.ContentError(f"{file}.yaml: {where}: {value!r} is none of {', '.join(options)}")
