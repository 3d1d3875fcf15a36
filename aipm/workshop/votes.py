"""Polls, confidence before and after, and statements to match: what was chosen how often."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aipm.workshop.entries import LEAST, Answer, leading, people, tally
from aipm.workshop.numbers import Spread, spread
from aipm.workshop.specs import GUESS, Confidence, Match, Poll, targets

CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """Votes by option."""

    answered: int
    names: dict[str, str]
    votes: dict[str, int]
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Of those who answered both times, where they are at least LEAST: how many, the mean change, how many went up
    and how many down.
    """

    people: int
    mean: float
    up: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceResult:
    """Votes by number, as text; `before` is the earlier vote, where there was one."""

    answered: int
    votes: dict[str, int]
    spread: Spread | None
    before: dict[str, int] | None
    before_spread: Spread | None
    shift: Shift | None
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A statement, what it calls for, what was chosen how often, and what it was most often taken for."""

    statement: str
    label: str
    right: int
    answered: int
    chosen: dict[str, int]
    taken_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """`leading`: the statements that were missed most often."""

    answered: int
    matched: dict[str, Matched]
    right: int
    given: int
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """What people guessed would come first, how many guessed, and how many were right."""

    answered: int
    votes: dict[str, int]
    right: int


def poll_result(spec: Poll, answers: Sequence[Answer]) -> PollResult:
    """Where several can be chosen, each of them counts as a vote."""
    given = [each for each in answers if each.item == CHOICE]
    chosen = [key for each in given for key in (each.value if isinstance(each.value, list) else [each.value])]
    votes = tally(chosen, targets(spec))
    return PollResult(answered=people(given), names=targets(spec), votes=votes, leading=leading(votes))


def confidence_result(
    spec: Confidence, answers: Sequence[Answer], *, before: Sequence[Answer] | None = None
) -> ConfidenceResult:
    """What was given, beside `before`: the answers to the earlier vote."""
    now = {each.person: float(each.value) for each in answers if each.item == CHOICE}
    then = {each.person: float(each.value) for each in before or () if each.item == CHOICE}
    changes = [now[person] - then[person] for person in now.keys() & then.keys()]
    numbers = targets(spec)
    votes = tally((str(int(value)) for value in now.values()), numbers)
    shift = Shift(
        people=len(changes),
        mean=sum(changes) / max(1, len(changes)),
        up=sum(change > 0 for change in changes),
        down=sum(change < 0 for change in changes),
    )
    return ConfidenceResult(
        answered=len(now),
        votes=votes,
        spread=spread(list(now.values())),
        before=None if before is None else tally((str(int(value)) for value in then.values()), numbers),
        before_spread=spread(list(then.values())),
        shift=shift if len(changes) >= LEAST else None,
        leading=leading(votes),
    )


def match_result(spec: Match, answers: Sequence[Answer]) -> MatchResult:
    """How each statement was told apart."""
    found = {}
    for statement in spec.statements:
        assert statement.label is not None, "results are made of the whole spec, not of its public part"
        given = [each.value for each in answers if each.item == statement.key]
        wrong = Counter(sorted(each for each in given if each != statement.label))
        found[statement.key] = Matched(
            statement=statement.text,
            label=statement.label,
            right=given.count(statement.label),
            answered=len(given),
            chosen=tally(given, (each.key for each in spec.options)),
            taken_for=wrong.most_common(1)[0][0] if wrong else None,
        )
    return MatchResult(
        answered=people([each for each in answers if each.item in found]),
        matched=found,
        right=sum(each.right for each in found.values()),
        given=sum(each.answered for each in found.values()),
        leading=leading({key: each.answered - each.right for key, each in found.items()}),
    )


def guesses(answers: Sequence[Answer], *, known: Sequence[str], first: Sequence[str]) -> Guesses:
    """What was guessed among `known`; right is whoever named one of those that came `first`."""
    given = [each.value for each in answers if each.item == GUESS and each.value in known]
    return Guesses(answered=len(given), votes=tally(given, known), right=sum(each in first for each in given))
