"""What came out of an activity, of any kind: for the whole room, by tables, and what was guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aipm.workshop import scores, votes
from aipm.workshop.cards import CardsResult, DotsResult, card_targets, cards_result, dots_result
from aipm.workshop.checks import ChecksResult, checks_result
from aipm.workshop.entries import Answer, Card, Dot, by_table
from aipm.workshop.scores import ScoresResult
from aipm.workshop.specs import GUESS, Cards, Checks, Confidence, Dots, Match, Poll, Scores, Spec, Weights, targets
from aipm.workshop.votes import ConfidenceResult, Guesses, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult, weights_result

Result = (
    CardsResult | DotsResult | MatchResult | WeightsResult | ScoresResult | PollResult | ConfidenceResult | ChecksResult
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Everything of one activity, and what it takes from others: `source` cards, `weights`, the answers `before`.

    `round`: the one that is on; None: nothing is held back.
    """

    answers: Sequence[Answer] = ()
    cards: Sequence[Card] = ()
    dots: Sequence[Dot] = ()
    source: Sequence[Card] = ()
    weights: Mapping[str, float] | None = None
    before: Sequence[Answer] | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`tables`: results by table, of those with enough answers; `withheld`: how many tables are not shown."""

    result: Result
    tables: dict[str, Result] = field(default_factory=dict)
    withheld: int = 0
    guesses: Guesses | None = None


def outcome(spec: Spec, given: Given) -> Outcome:
    """What came out."""
    whole = result(spec, given)
    tables, withheld = _tables(spec, given)
    names = targets(spec, card_targets(given.source))
    guessed = votes.guesses(given.answers, known=list(names), first=whole.leading) if spec.guess is not None else None
    return Outcome(result=whole, tables=tables, withheld=withheld, guesses=guessed)


def result(spec: Spec, given: Given) -> Result:
    """Of the whole room."""
    match spec:
        case Cards():
            return cards_result(spec, given.cards)
        case Dots():
            return dots_result(spec, given.dots, cards=given.source)
        case Match():
            return votes.match_result(spec, given.answers)
        case Weights():
            return weights_result(spec, given.answers)
        case Scores():
            return scores.scores_result(spec, given.answers, weights=given.weights, number=given.round)
        case Poll():
            return votes.poll_result(spec, given.answers)
        case Confidence():
            return votes.confidence_result(spec, given.answers, before=given.before)
        case Checks():
            return checks_result(spec, given.answers)
    raise TypeError(type(spec).__name__)


def _tables(spec: Spec, given: Given) -> tuple[dict[str, Result], int]:
    """By table. Cards are read as what they say, and checks belong to a table anyway: neither is split."""
    if isinstance(spec, Cards | Checks):
        return {}, 0
    if isinstance(spec, Dots):
        dots, withheld = by_table(given.dots)
        return {name: dots_result(spec, held, cards=given.source) for name, held in dots.items()}, withheld
    answers, withheld = by_table([each for each in given.answers if each.item != GUESS])
    before, _ = by_table(given.before or ())
    found = {}
    for name, held in answers.items():
        earlier = before.get(name) if given.before is not None else None
        found[name] = result(spec, Given(answers=held, weights=given.weights, before=earlier, round=given.round))
    return found, withheld
