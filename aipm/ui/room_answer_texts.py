"""The words beside the fields of a room's activities: content/room_answers.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchTexts:
    """`{done}` of `{count}` statements."""

    progress: str
    done: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsTexts:
    """`{count}` stands for points."""

    how: str
    left: str
    over: str
    full: str
    not_yet: str
    earlier: str
    even: str
    fit: str
    back: str
    clear: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTexts:
    """`{name}`: of a criterion."""

    first: str
    up: str
    down: str
    keep: str
    take_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresTexts:
    """`{name}` and `{score}`: a candidate, and what one gave it in the first round."""

    place: str
    scale: str
    round: str
    second: str
    row: str
    same: str
    same_rest: str
    progress: str
    done: str
    back: str
    next: str
    missing: str
    dissent: str
    dissent_how: str
    dissent_kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesTexts:
    """`{low}` and `{high}`: the ends of a scale."""

    several: str
    ends: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    kept: str
    nothing: str
    match: MatchTexts
    weights: WeightsTexts
    order: OrderTexts
    scores: ScoresTexts
    votes: VotesTexts


@cache
def answer_texts() -> AnswerTexts:
    """Read once. Raises ContentError."""
    found: AnswerTexts = content.load("room_answers", AnswerTexts)
    return found
