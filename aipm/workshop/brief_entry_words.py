"""How a brief speaks of a room: content/workshop_brief.yaml, and figures of what people chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.brief.entry import Figure
from aipm.content import number
from aipm.content.visible import visible
from aipm.workshop.refusals import Text
from aipm.workshop.specs import Confidence, Spec

LONGEST_NAME, LONGEST_TEXT = 120, 300
FIRST, MOST = 3, 20
"""Names in a sentence; figures, bars and texts of an entry."""
Pairs = Sequence[tuple[str, float]]
"""What was chosen, and how often; two may have the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTexts:
    title: Text
    named: Text
    series: Text
    alternative: Text
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTexts:
    """Sentences; `{names}` stands for what comes first, in quotes."""

    cards: Text
    first_cards: Text
    premortem: Text
    stage: Text
    tag: Text
    dots: Text
    match: Text
    match_missed: Text
    weights: Text
    disputed: Text
    scores: Text
    scores_tie: Text
    scores_open: Text
    dissent: Text
    poll: Text
    confidence: Text
    confidence_before: Text
    shift: Text
    checks: Text
    missing: Text
    stop: Text
    claimed: Text
    nobody: Text
    no_day: Text
    quoted: Text
    and_more: Text
    few: Text
    charts: dict[str, ChartTexts]
    before: Text
    vote_before: Text
    vote_after: Text


@cache
def entry_texts() -> EntryTexts:
    """Read once. Raises ContentError."""
    found: EntryTexts = content.load("workshop_brief", EntryTexts)
    return found


def figures(values: Pairs, *, count: int, unit: str = "") -> tuple[Figure, ...]:
    return tuple(Figure(name=short(name), value=value, unit=unit, n=count) for name, value in values[:MOST])


def listed(texts: Sequence[str]) -> str:
    """The first of them in quotes, and how many more there are."""
    say = entry_texts()
    names = ", ".join(say.quoted.format(text=short(each)) for each in texts[:FIRST])
    return names if len(texts) <= FIRST else say.and_more.format(names=names, count=number.count(len(texts) - FIRST))


def short(text: str) -> str:
    return visible(" ".join(text.split()), limit=LONGEST_NAME)


def line(text: str) -> str:
    return visible(" ".join(text.split()), limit=LONGEST_TEXT)


def vote_title(spec: Spec, title: str, *, first: bool) -> str:
    """An activity's title; of two votes on the same question it says which is which. `first`: another one follows."""
    say = entry_texts()
    if first:
        return say.vote_before.format(title=title)
    again = isinstance(spec, Confidence) and spec.before is not None
    return say.vote_after.format(title=title) if again else title
