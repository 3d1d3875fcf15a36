"""Opportunities with ranges for what is known of them -> an order by simulated rank, with ties said out loud."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aipm import content
from aipm.content import number
from aipm.mapping.capabilities import Text
from aipm.mapping.plain import is_text
from aipm.tables import Refusal

Floats = NDArray[np.float64]

DRAWS = 2_000
SEED = 2026
APART = 0.8
"""One is clearly ahead of another when it is so in at least this share of the draws; otherwise they are tied."""
MOST = 100
MOST_NAMED = 4
LARGEST = 1e9
LEAST_EFFORT = 1e-6
_NODES = 8
"""Of the quadrature that shares a first place among equals: exact for up to sixteen of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What somebody believes: not below `low`, not above `high`, nothing known in between."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A pain worth solving, and what is believed of it.

    `impact` is worth to the product if it works, on any scale from 0 shared by all; `effort` is work, in any unit above
    0 shared by all. `confidence` (that it would work), `readiness` (that the data will carry it) and `risk` (that law,
    ethics or trust stop it) are chances in [0, 1].
    """

    name: str
    impact: Range
    confidence: Range
    effort: Range
    readiness: Range
    risk: Range

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same opportunity back."""
        return asdict(self)

    @staticmethod
    def from_dict(plain: object) -> "Opportunity":
        """The opportunity that plain data hold; whether its ranges make sense is for `prioritise` to say.

        Raises Refusal.
        """
        if not isinstance(plain, Mapping) or set(plain) != {"name", *RANGES} or not is_text(plain["name"]):
            raise _refusal()
        return Opportunity(name=plain["name"], **{name: _range(plain[name]) for name in RANGES})


RANGES = tuple(field.name for field in fields(Opportunity) if field.name != "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an opportunity stands. `place` is 1 and how many are clearly ahead, and never falls down the list."""

    opportunity: Opportunity
    place: int
    best: float
    """Share of the draws in which it comes first; equals share it, so that these add to 1."""
    rank: float
    """Mean rank over the draws, from 1."""
    value: Range
    """Expected worth for each unit of effort: the middle 90 % of the draws."""
    middle: float
    """The median of the same."""

    @property
    def name(self) -> str:
        return self.opportunity.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two neighbours that the ranges cannot tell apart: `ahead` is the share of draws in which `first` is ahead."""

    first: str
    second: str
    ahead: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """`ahead` is the share of draws in which the first standing is ahead of the second; None where there is one.

    `rivals` are those that the first is not clearly ahead of; `ties` those of neighbours.
    """

    standings: tuple[Standing, ...]
    ties: tuple[Tie, ...]
    rivals: tuple[str, ...]
    ahead: float | None


def prioritise(opportunities: Sequence[Opportunity], *, draws: int = DRAWS, seed: int = SEED) -> Priorities:
    """Order opportunities by mean rank over draws of impact x confidence x readiness x (1 - risk) / effort.

    That product is the expected worth of a unit of work when the three chances are independent: RICE's impact x
    confidence / effort (Intercom, 2016), with the chance that the data and the law allow it. Every range is drawn
    uniformly, each on its own, by a Latin hypercube (McKay, Beckman, Conover 1979) that all opportunities share; each
    draw of one meets every draw of the others, as if they were drawn apart. So neither the order in which they are
    given nor a further one changes how two of them compare, and what is better in every range is never behind.
    Raises Refusal where a range is upside down or out of bounds.
    """
    if len(opportunities) > MOST:
        raise Refusal(
            "too_many",
            f"There are {len(opportunities):,} opportunities; at most {MOST} are put in order.",
            advice="Leave out those that are out of the question.",
        )
    if not opportunities:
        return Priorities(standings=(), ties=(), rivals=(), ahead=None)
    for row, each in enumerate(opportunities, start=1):
        _check(each, row)
    # One order, however they were given: sums of fractions depend on it in the last digit.
    known = sorted(opportunities, key=lambda each: (each.name, astuple(each)))
    uniforms = _uniforms(draws, seed)
    worth = np.sort(np.stack([_worth(each, uniforms) for each in known]), axis=1)
    ahead, first = _compare(worth)
    mean_rank = np.round(0.5 + ahead.sum(axis=0), 9)  # everybody is half ahead of itself
    low, middle, high = np.quantile(worth, (0.05, 0.5, 0.95), axis=1)
    order = sorted(range(len(known)), key=lambda i: (mean_rank[i], -middle[i], i))
    leader = order[0]
    ties = tuple(
        Tie(first=known[a].name, second=known[b].name, ahead=float(ahead[a, b]))
        for a, b in pairwise(order)
        if ahead[a, b] < APART
    )
    places = np.maximum.accumulate([1 + int((ahead[:, i] >= APART).sum()) for i in order])
    standings = tuple(
        Standing(
            opportunity=known[i],
            place=int(place),
            best=float(first[i]),
            rank=float(mean_rank[i]),
            value=Range(low=float(low[i]), high=float(high[i])),
            middle=float(middle[i]),
        )
        for i, place in zip(order, places, strict=True)
    )
    return Priorities(
        standings=standings,
        ties=ties,
        rivals=tuple(known[i].name for i in order[1:] if ahead[leader, i] < APART),
        ahead=float(ahead[leader, order[1]]) if len(order) > 1 else None,
    )


@cache
def _uniforms(draws: int, seed: int) -> Floats:
    """(5, draws) numbers in (0, 1): in each row one from every slice of equal width, in an order of its own."""
    random = np.random.default_rng(seed)
    return np.stack([random.permutation(draws) + 0.5 for _ in range(5)]) / draws


def _worth(each: Opportunity, uniforms: Floats) -> Floats:
    impact, confidence, effort, readiness, risk = (
        given.low + drawn * (given.high - given.low)
        for given, drawn in zip(
            (each.impact, each.confidence, each.effort, each.readiness, each.risk), uniforms, strict=True
        )
    )
    worth: Floats = impact * confidence * readiness * (1 - risk) / effort
    return worth


def _compare(worth: Floats) -> tuple[Floats, Floats]:
    """From sorted draws (n, d): how often i is ahead of j (n, n), equals counted half; how often i is first (n).

    The chance to be first among independent draws, equals drawing lots, is the mean over i's draws x of the integral
    over t in [0, 1] of the product over the others of P(other < x) + t P(other = x), by Gauss-Legendre quadrature.
    """
    count, draws = worth.shape
    everything = worth.ravel()
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    lots = (nodes[:, None] + 1) / 2
    ahead = np.empty((count, count))
    below = np.ones((_NODES, count * draws))
    for j in range(count):
        less = np.searchsorted(worth[j], everything, side="left") / draws
        equal = np.searchsorted(worth[j], everything, side="right") / draws - less
        ahead[:, j] = (less + equal / 2).reshape(count, draws).mean(axis=1)
        less[j * draws : (j + 1) * draws], equal[j * draws : (j + 1) * draws] = 1, 0
        below *= less + lots * equal
    first = (weights / 2) @ below.reshape(_NODES, count, draws).mean(axis=2)
    return ahead, first / first.sum()


def _range(plain: object) -> Range:
    if not isinstance(plain, Mapping) or set(plain) != {"low", "high"}:
        raise _refusal()
    if not all(type(bound) in (int, float) and abs(bound) <= LARGEST for bound in plain.values()):
        raise _refusal()
    return Range(low=float(plain["low"]), high=float(plain["high"]))


def _refusal() -> Refusal:
    return Refusal(
        "bad_opportunity",
        "An opportunity in this file lacks its name or a range, or holds something else there.",
        advice="Choose a JSON file that the order was exported to, as it was.",
    )


def _check(each: Opportunity, row: int) -> None:
    for name, given, lowest, highest in (
        ("impact", each.impact, 0.0, LARGEST),
        ("confidence", each.confidence, 0.0, 1.0),
        ("effort", each.effort, LEAST_EFFORT, LARGEST),
        ("readiness", each.readiness, 0.0, 1.0),
        ("risk", each.risk, 0.0, 1.0),
    ):
        if not lowest <= given.low <= given.high <= highest:
            raise Refusal(
                "bad_range",
                f"Opportunity {row}: the range for {name} runs from {given.low:g} to {given.high:g}.",
                advice="Give the lower number first; chances lie between 0 and 100 %, effort is above 0, "
                "impact is not below 0.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTexts:
    """How the answer begins."""

    nothing: Text
    single: Text
    clear: Text
    tied: Text
    more: Text
    worthless: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityTexts:
    """The part `priorities` of content/canvas.yaml: templates."""

    order: OrderTexts
    tie: Text
    method: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    priorities: PriorityTexts


@cache
def priority_texts() -> PriorityTexts:
    """Read once. Raises ContentError."""
    found: PriorityTexts = content.load("canvas", _File).priorities
    return found


def order_said(priorities: Priorities) -> str:
    """The order in one sentence. It holds names as people typed them: escape it where it is drawn."""
    say, standings = priority_texts().order, priorities.standings
    if not standings:
        return say.nothing
    if not any(standing.value.high for standing in standings):
        return say.worthless
    if priorities.ahead is None:
        return say.single.format(first=standings[0].name)
    leader = standings[0].name
    if not priorities.rivals:
        return say.clear.format(first=leader, second=standings[1].name, ahead=number.rate(priorities.ahead))
    shown = ", ".join((leader, *priorities.rivals)[:MOST_NAMED])
    more = 1 + len(priorities.rivals) - MOST_NAMED
    return say.tied.format(names=say.more.format(shown=shown, more=more) if more > 0 else shown)


def ties_said(priorities: Priorities) -> tuple[str, ...]:
    """A sentence for each tie. They hold names as people typed them: escape them where they are drawn."""
    say = priority_texts().tie
    return tuple(
        say.format(first=tie.first, second=tie.second, ahead=number.rate(tie.ahead), apart=number.rate(APART))
        for tie in priorities.ties
    )
