"""What an activity asks: frozen specs of plain values, by kind.

An activity refers to another one of its room by that one's key (`source`, `weights`, `before`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Meta

from aipm.workshop.refusals import refused

Key = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,40}$")]
"""Of an activity, an option, a criterion, a check."""
Short = Annotated[str, Meta(min_length=1, max_length=300)]
Long = Annotated[str, Meta(min_length=1, max_length=1_000)]
MOST_OPTIONS = 40
Role = Literal["facilitator", "participant", "presenter"]
State = Literal["draft", "open", "closed", "revealed", "locked"]
SEEN_BY_ALL: frozenset[State] = frozenset({"revealed", "locked"})
SEEN_BY_HOST: frozenset[State] = SEEN_BY_ALL | {"closed"}
STATES: tuple[State, ...] = get_args(State)
Way = Literal["points", "order"]
CheckKind = Literal["data", "bias", "ethics", "roles"]
Status = Literal["todo", "fine", "gap", "stop"]
STATUSES: tuple[Status, ...] = get_args(Status)
POINTS = 100
"""To be shared out over the criteria."""
GUESS = "guess"
"""The item under which a guess is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose, to weigh or to score."""

    key: Key
    name: Short


Options = Annotated[tuple[Option, ...], Meta(max_length=MOST_OPTIONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What all activities have. `named`: names stand beside what people wrote, once it is revealed.

    `guess`: the question what will come out first, asked before anything is revealed; None: nobody is asked.
    """

    title: Short
    question: Long
    named: bool = False
    guess: Long | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards(Spec):
    """Cards that nobody but their author sees until they are revealed: ideas, pains, or reasons why it failed.

    `stages`: parts of a journey to put a card to; `tags`: what a card can be tagged with.
    """

    stages: Annotated[tuple[Short, ...], Meta(max_length=MOST_OPTIONS)] = ()
    tags: Options = ()
    each: Annotated[int, Meta(ge=1, le=50)] = 20
    """Cards a person can write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots(Spec):
    """So many dots each, on the cards of `source` or on options; `several`: more than one on the same."""

    each: Annotated[int, Meta(ge=1, le=20)] = 3
    several: bool = True
    source: Key | None = None
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something people say, and which of the options it calls for: a secret until the answers are revealed."""

    key: Key
    text: Long
    label: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Spec):
    """Statements to tell apart."""

    statements: Annotated[tuple[Statement, ...], Meta(max_length=MOST_OPTIONS)]
    options: Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Spec):
    """A hundred points over the criteria, or an order of them."""

    criteria: Options
    way: Way = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores(Spec):
    """Every candidate scored by every criterion, twice; between the rounds those who differ may say why.

    `weights`: the activity whose mean weights make totals of the scores.
    """

    candidates: Options
    criteria: Options
    low: Annotated[int, Meta(ge=0, le=10)] = 1
    high: Annotated[int, Meta(ge=1, le=10)] = 5
    rounds: Annotated[int, Meta(ge=1, le=2)] = 2
    weights: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll(Spec):
    """One option, or `several` of them."""

    options: Options
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence(Spec):
    """A number from `low` to `high`; `before`: the activity that asked the same before."""

    low: Annotated[int, Meta(ge=0, le=10)] = 1
    high: Annotated[int, Meta(ge=1, le=10)] = 5
    before: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look at. `gate`: a criterion of a stage gate; `bank`: a question of the risk register."""

    key: Key
    kind: CheckKind
    question: Long
    gate: Key | None = None
    stage: Key | None = None
    bank: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks(Spec):
    """Checks dealt to tables: `dealt` says which table has which, one table a check."""

    checks: Annotated[tuple[Check, ...], Meta(max_length=MOST_OPTIONS)]
    dealt: Annotated[tuple[tuple[Key, Short], ...], Meta(max_length=MOST_OPTIONS)] = ()


KINDS: dict[str, type[Spec]] = {
    "ideas": Cards,
    "premortem": Cards,
    "dots": Dots,
    "match": Match,
    "weights": Weights,
    "scores": Scores,
    "poll": Poll,
    "confidence": Confidence,
    "checks": Checks,
}
"""By the name under which an activity is kept."""
S = TypeVar("S", bound=Spec)


def spec_from(kind: str, plain: object) -> Spec:
    """The spec that plain data hold. Raises Refusal."""
    if kind not in KINDS:
        raise refused("bad_activity")
    try:
        found = msgspec.convert(plain, KINDS[kind], strict=True)
    except msgspec.ValidationError:
        raise refused("bad_activity") from None
    for keys in (_keys(found), _checks(found)):
        if len(set(keys)) < len(keys):
            raise refused("bad_activity")
    if isinstance(found, Scores | Confidence) and found.low >= found.high:
        raise refused("bad_activity")
    return found


def to_plain(spec: Spec) -> dict[str, Any]:
    """Plain data for `spec_from`."""
    found: dict[str, Any] = msgspec.to_builtins(spec)
    return found


def public(spec: S) -> S:
    """The spec without what nobody is to know before it is revealed: the right answers."""
    if isinstance(spec, Match):
        return replace(spec, statements=tuple(replace(each, label=None) for each in spec.statements))
    return spec


def targets(spec: Spec, cards: Mapping[str, str] | None = None) -> dict[str, str]:
    """What can come first, and so be guessed, as key -> name. `cards`: those of the source, where it is one."""
    match spec:
        case Dots(source=str()):
            return dict(cards or {})
        case Dots(options=options) | Poll(options=options) | Cards(tags=options):
            return _named(options)
        case Weights(criteria=options) | Scores(candidates=options):
            return _named(options)
        case Match(statements=statements):
            return {each.key: each.text for each in statements}
        case Confidence(low=low, high=high):
            return {str(each): str(each) for each in range(low, high + 1)}
    return {}


def _named(options: tuple[Option, ...]) -> dict[str, str]:
    return {each.key: each.name for each in options}


def _keys(spec: Spec) -> list[str]:
    return [each.key for name in ("options", "criteria", "tags") for each in getattr(spec, name, ())]


def _checks(spec: Spec) -> list[str]:
    return [each.key for name in ("checks", "statements", "candidates") for each in getattr(spec, name, ())]
