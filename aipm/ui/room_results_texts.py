"""The words around what came out of an activity: content/room_results.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.content import number
from aipm.workshop.refusals import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number of things, `{count}` of them."""

    one: Text
    many: Text

    def of(self, count: int, **more: str) -> str:
        return (self.one if count == 1 else self.many).format(count=number.count(count), **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    answers: Counted
    cards: Counted
    groups: Counted
    dots: Counted
    people: Counted
    voices: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredTexts:
    some: Text
    none: Text
    nobody: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessTexts:
    title: Text
    nobody_right: Text
    right: Text
    other: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTexts:
    """What the marks of a strip stand for."""

    title: Text
    voice: Text
    half: Text
    median: Text
    mean: Text
    earlier: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StripTexts:
    """A strip in words, for those who do not see it; `range` and `alone` stand beside it."""

    told: Text
    mean: Text
    each: Text
    earlier: Text
    range: Text
    alone: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    together: Text
    apart: Text
    none: Text
    tags: Text
    tag: Text
    no_stage: Text
    empty: Text
    more: Text
    merged: Text
    hidden: Text
    by: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DotTexts:
    first: Text
    tied: Text
    by: Text
    without: Text
    many_with: Text
    many_without: Text
    none: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PollTexts:
    """`first` where more than half said it, `more` where fewer did and nothing else was said as often."""

    first: Text
    more: Text
    tied: Text
    several: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceTexts:
    first: Text
    before: Text
    now: Text
    change: Text
    still: Text
    title: Text
    up: Text
    same: Text
    down: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchTexts:
    first: Text
    missed: Text
    perfect: Text
    none: Text
    right: Text
    marked: Text
    value: Text
    right_word: Text
    taken_for: Text
    also: Text
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTexts:
    """`weak`, `moderate` and `strong` say how far an order is shared; `none` and `full` are the ends of that scale."""

    first: Text
    tied: Text
    spread: Text
    order: Text
    mean: Text
    disputed: Text
    agreement: Text
    weak: Text
    moderate: Text
    strong: Text
    none: Text
    full: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTexts:
    first: Text
    tied: Text
    open: Text
    no_total: Text
    spread: Text
    round: Text
    far: Text
    far_means: Text
    far_many: Text
    mean: Text
    weighted: Text
    even: Text
    beside: Text
    closer: Text
    closer_only: Text
    moved: Text
    unmoved: Text
    missing: Text
    more_notes: Text
    none: Text
    widest: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTexts:
    first: Text
    stop: Counted
    counts: Text
    unowned: Text
    claimed: Text
    table: Text
    nobody: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTexts:
    counts: Counts
    answered: AnsweredTexts
    of: Text
    quoted: Text
    and_others: Text
    all_voices: Text
    withheld: Counted
    guess: GuessTexts
    key: KeyTexts
    strip: StripTexts
    cards: CardTexts
    dots: DotTexts
    poll: PollTexts
    confidence: ConfidenceTexts
    match: MatchTexts
    weights: WeightTexts
    scores: ScoreTexts
    checks: CheckTexts


@cache
def result_texts() -> ResultTexts:
    """Read once. Raises ContentError."""
    found: ResultTexts = content.load("room_results", ResultTexts)
    return found
