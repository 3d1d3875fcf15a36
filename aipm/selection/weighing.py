"""How somebody says what matters, in one of six ways, and the weights that this makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from aipm.selection.needs import Needs, criteria, need_texts
from aipm.selection.needs import weights as of_order
from aipm.tables import Refusal

if TYPE_CHECKING:
    from aipm.selection.pairwise import PairwiseWeights

Way = Literal["order", "sliders", "swing", "pairs", "data", "group"]
WAYS: tuple[Way, ...] = get_args(Way)
Measure = Literal["critic", "entropy", "merec"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

LARGEST = 100
"""Points of a slider, a swing, or one person."""
MOST_COMPARED = 7
"""Criteria up to which pairs are compared: 21 answers; beyond, nobody stays consistent (Saaty 1980)."""
MOST_PEOPLE = 50

Name = Annotated[str, Meta(max_length=200)]
Points = Annotated[tuple[tuple[Name, Annotated[float, Meta(ge=0, le=1e6)]], ...], Meta(max_length=100)]
"""Criterion -> points, of which only the proportion counts."""
Pairs = Annotated[
    tuple[tuple[Name, Name, Annotated[float, Meta(ge=0.111, le=9)]], ...],
    Meta(max_length=500),
]
"""First criterion, second, and how many times as much the first counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: Name
    points: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What was given in each of the ways; only `way` counts now. `first` is the largest swing."""

    way: Way = "order"
    sliders: Points = ()
    swing: Points = ()
    first: Name = ""
    pairs: Pairs = ()
    measure: Measure = "critic"
    people: Annotated[tuple[Person, ...], Meta(max_length=MOST_PEOPLE)] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same back."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def from_dict(cls, plain: object) -> "Weighing":
        """From plain data; criteria that there are not are left aside. Raises Refusal."""
        try:
            found: Weighing = msgspec.convert(plain, cls, strict=True)
        except msgspec.ValidationError:
            raise Refusal(
                "bad_weighing",
                "These weights cannot be used: a part is missing or holds something else than it should.",
                advice="Say on the page what matters more.",
            ) from None
        known = need_texts().criteria
        return replace(
            found,
            sliders=_known(found.sliders),
            swing=_known(found.swing),
            first=found.first if found.first in known else "",
            pairs=tuple(each for each in found.pairs if each[0] in known and each[1] in known and each[0] != each[1]),
            people=tuple(Person(name=each.name, points=_known(each.points)) for each in found.people),
        )


def _known(points: Points) -> Points:
    return tuple(each for each in points if each[0] in need_texts().criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """Weights by criterion that add to 1. `spread` (lowest, highest) and `people` (each one's) are a group's.

    `pairwise` speaks of criteria by the names that people read.
    """

    weights: dict[str, float]
    remarks: tuple[str, ...] = ()
    pairwise: "PairwiseWeights | None" = None
    spread: dict[str, tuple[float, float]] | None = None
    people: dict[str, dict[str, float]] | None = None


def weigh(asked: Weighing, needs: Needs, rows: Sequence[Mapping[str, Any]]) -> Weighted:
    """The weights of what is preferred; `rows` are those who are left, as `needs.rows` gives them. Raises Refusal."""
    names = list(of_order(needs))
    if asked.way == "order" or len(names) < 2:
        return Weighted(weights=of_order(needs))
    match asked.way:
        case "sliders":
            return _sliders(asked, needs)
        case "swing":
            return _swing(asked, needs)
        case "pairs":
            return _pairs(asked, names)
        case "data":
            return _from_data(asked.measure, needs, rows)
        case "group":
            return _group(asked.people, names)


def sliders_now(asked: Weighing, needs: Needs) -> dict[str, float]:
    """What stands on each slider: what was given, and for others their weight by the order, in per cent."""
    given = dict(asked.sliders)
    return {name: given.get(name, float(round(weight * LARGEST))) for name, weight in of_order(needs).items()}


def largest_swing(asked: Weighing, needs: Needs) -> str:
    """The criterion that was chosen as the largest swing, the first of the order where none was."""
    names = list(of_order(needs))
    return asked.first if asked.first in names else names[0]


def swings_now(asked: Weighing, needs: Needs) -> dict[str, float]:
    """What each move from worst to best is worth: what was given, else in proportion to the order; the largest 100."""
    given, start = dict(asked.swing), of_order(needs)
    most = max(start.values())
    found = {name: given.get(name, float(round(weight / most * LARGEST))) for name, weight in start.items()}
    return {**found, largest_swing(asked, needs): float(LARGEST)}


def _sliders(asked: Weighing, needs: Needs) -> Weighted:
    from aipm.selection.weights import direct

    return Weighted(weights=direct(sliders_now(asked, needs)).weights)


def _swing(asked: Weighing, needs: Needs) -> Weighted:
    from aipm.selection.weights import swing

    return Weighted(weights=swing(swings_now(asked, needs)).weights)


def _pairs(asked: Weighing, names: Sequence[str]) -> Weighted:
    from aipm.selection.pairwise import comparisons, pairwise_weights

    if len(names) > MOST_COMPARED:
        raise Refusal(
            "too_many_pairs",
            f"Comparing pairs is for {MOST_COMPARED} things at most, and {len(names)} count here.",
            advice="Use sliders or swings, or prefer fewer things.",
        )
    shown = _shown(names)
    given = {(first, second): ratio for first, second, ratio in asked.pairs}
    cells = [(shown[row], [given.get((row, column)) for column in names]) for row in names]
    found = pairwise_weights(comparisons(list(shown.values()), cells))
    return Weighted(
        weights={name: found.weights[shown[name]] for name in names},
        remarks=tuple(each.message for each in found.remarks if each.code == "incomplete"),
        pairwise=found,
    )


def _from_data(measure: Measure, needs: Needs, rows: Sequence[Mapping[str, Any]]) -> Weighted:
    from aipm.selection.candidates import candidates_from_rows, problem
    from aipm.selection.criteria import criteria_from_plain
    from aipm.selection.weights import objective

    plain = criteria(needs)
    shown = _shown([each["name"] for each in plain])
    stated = criteria_from_plain([{**each, "name": shown[each["name"]]} for each in plain]).criteria
    found = objective(problem(candidates_from_rows(rows), stated), measure)
    return Weighted(
        weights={key: found.weights[name] for key, name in shown.items()},
        remarks=tuple(each.message for each in found.remarks if each.code == "constant"),
    )


def _group(people: Sequence[Person], names: Sequence[str]) -> Weighted:
    from aipm.selection.weights import direct, together

    if not people:
        raise Refusal("nobody", "Nobody has given weights yet.", advice="Add a person, or open a file.")
    shown = _shown(names)
    found = []
    for person in people:
        points = dict(person.points)
        if lacking := [shown[name] for name in names if name not in points]:
            raise Refusal(
                "lacking_points",
                f"{person.name} has given nothing for {', '.join(lacking)}.",
                advice="Add the person again with all of it, or take the person out.",
            )
        if not any(points[name] for name in names):
            raise Refusal(
                "zero_weights",
                f"All weights of {person.name} are 0.",
                advice="Give at least one more than 0, or take the person out.",
            )
        found.append({name: points[name] for name in names})
    joint = together(found)
    return Weighted(
        weights=joint.weights,
        spread=joint.spread,
        people={person.name: direct(points).weights for person, points in zip(people, found, strict=True)},
    )


def _shown(names: Sequence[str]) -> dict[str, str]:
    said = need_texts().criteria
    return {name: said[name].name for name in names}
