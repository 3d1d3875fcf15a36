"""content/workshop_host.yaml, typed: the words of the facilitator's console."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.workshop.refusals import Words
from aipm.workshop.specs import State, Way

Turn = Literal["now", "sheet", "people", "activities", "links", "after"]
"""The parts of the console, one of them in view."""
Place = Literal["past", "here", "dropped", "coming"]
"""Where a phase stands in the run-sheet."""
Missing = Literal["title", "more", "numbers", "statement"]
"""Why an activity cannot be kept as it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLeadingTexts:
    message: str
    advice: str
    join: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarTexts:
    """What always stands on top. Times are clock times, minutes are rounded."""

    phase: str
    not_begun: str
    not_begun_more: str
    ended: str
    ended_more: str
    left: str
    left_last: str
    over: str
    over_first: str
    until: str
    until_was: str
    in_time: str
    early: str
    late: str
    nobody: str
    one: str
    people: str
    answered: str
    more_open: str
    nothing_open: str
    begin: str
    next: str
    next_help: str
    back: str
    back_help: str
    longer: str
    longer_help: str
    shorter: str
    shorter_help: str
    resume: str
    last_help: str
    drop: str
    drop_press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NowTexts:
    not_begun: str
    not_begun_words: str
    links: str
    files: str
    words: str
    result: str
    tool: str
    nothing: str
    later: str
    own: str
    ended: str
    ended_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTexts:
    """An activity's steps, each called by what it does; `back`: by the state that it leads out of.

    Out of a closed one leads `reopen`.
    """

    answered: str
    guess: str
    round: str
    named: str
    anonymous: str
    open: str
    close: str
    reveal: str
    lock: str
    reopen: str
    next_round: str
    back: dict[State, str]
    deal: str
    deal_again: str
    not_dealt: str
    no_tables: str
    which_table: str
    every_table: str
    needs_cards: str
    only_you: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTexts:
    title: str
    sentence: str
    sentence_dropped: str
    states: dict[Place, str]
    minutes: str
    minutes_changed: str
    took: str
    instead: str
    starts: str
    drop: str
    restore: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTexts:
    title: str
    none: str
    seated: str
    table: str
    count: str
    elsewhere: str
    tables: str
    tables_help: str
    tables_save: str
    add: str
    add_sentence: str
    name: str
    name_help: str
    at: str
    at_none: str
    add_press: str
    enter: str
    enter_none: str
    unnamed: str
    unnamed_at: str
    named_at: str
    entering: str
    nothing_open: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTexts:
    """The fields of an activity, of all kinds."""

    title: str
    question: str
    named: str
    guess: str
    guess_help: str
    stages: str
    tags: str
    cards_each: str
    each: str
    several: str
    source: str
    source_own: str
    source_cards: str
    dot_options: str
    statements: str
    criteria: str
    scores_criteria: str
    way: str
    ways: dict[Way, str]
    candidates: str
    low: str
    high: str
    rounds: str
    weights: str
    weights_none: str
    options: str
    poll_several: str
    before: str
    before_none: str
    checks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesTexts:
    title: str
    sentence: str
    which: str
    option: str
    add_title: str
    change_title: str
    kind: str
    add_press: str
    change_press: str
    secret: str
    added: str
    fields: FieldTexts
    missing: dict[Missing, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTexts:
    title: str
    sentence: str
    end: str
    sure: str
    sure_one: str
    sure_open: str
    confirm: str
    ended: str
    resume: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTexts:
    label: str
    turns: dict[Turn, str]
    eyebrow: str
    not_leading: NotLeadingTexts
    bar: BarTexts
    now: NowTexts
    activity: ActivityTexts
    sheet: SheetTexts
    people: PeopleTexts
    activities: ActivitiesTexts
    after: AfterTexts


@cache
def host_texts() -> HostTexts:
    """What the file holds. Raises ContentError."""
    found: HostTexts = content.load("workshop_host", HostTexts)
    return found
