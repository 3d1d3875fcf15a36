"""content/resources_page.yaml, typed: what the page Resources and glossary says, and the search box beside all."""

from dataclasses import dataclass
from typing import Literal

from aipm import content

View = Literal["glossary", "read", "plan", "career", "search"]
Time = Literal["half", "hour", "evening", "week", "long"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTexts:
    """`first` is how many words are drawn before somebody asks for all."""

    title: str
    sentence: str
    term: str
    term_placeholder: str
    also: str
    source: str
    pages: str
    family_title: str
    family_links: str
    family: str
    guess_title: str
    guess_sentence: str
    guess_label: str
    guess_right: str
    guess_wrong: str
    guess_so: str
    guess_next: str
    all_title: str
    narrow: str
    narrow_placeholder: str
    theme: str
    every_theme: str
    letter: str
    count: str
    one: str
    nothing: str
    first: int
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    title: str
    sentence: str
    kind: str
    every_kind: str
    level: str
    every_level: str
    time: str
    every_time: str
    times: dict[Time, str]
    count: str
    one: str
    nothing: str
    minutes: str
    hours: str
    about: str
    checked: str
    made: str
    here: str
    here_link: str
    elsewhere: str
    to_plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTexts:
    title: str
    sentence: str
    aim: str
    hours: str
    hours_option: str
    level: str
    guess: str
    guess_options: tuple[str, ...]
    guess_right: str
    guess_high: str
    guess_low: str
    word: str
    answer: str
    piece: str
    piece_first: str
    piece_on: str
    whole: str
    whole_one: str
    week: str
    picture: str
    picture_more: str
    goes_on: str
    free: str
    empty: str
    so_what: str
    begin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerTexts:
    title: str
    sentence: str
    to_do: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTexts:
    title: str
    sentence: str
    label: str
    placeholder: str
    box: str
    box_placeholder: str
    invitation: str
    examples: dict[str, str]
    working: str
    count: str
    one: str
    open: str
    open_at: str
    word: str
    nothing: str
    nothing_detail: str
    not_here: str
    cases: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTexts:
    switch: str
    switch_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTexts:
    sentence: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesPageTexts:
    """All of content/resources_page.yaml."""

    label: str
    views: dict[View, str]
    glossary: GlossaryTexts
    read: ReadTexts
    plan: PlanTexts
    career: CareerTexts
    search: SearchTexts
    words: WordTexts
    next: NextTexts


def page_texts() -> ResourcesPageTexts:
    """What the file holds. Raises ContentError."""
    found: ResourcesPageTexts = content.load("resources_page", ResourcesPageTexts)
    return found
