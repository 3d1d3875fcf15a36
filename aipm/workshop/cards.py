"""Cards together: groups that were merged, what they are tagged with, and their dots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aipm.workshop.entries import Card, Dot, leading, people, tally
from aipm.workshop.refusals import refused
from aipm.workshop.specs import Cards, Dots, targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A card and those merged into it, itself first; `tag` and `stage` are its own, else of the first that has one."""

    card: Card
    members: tuple[Card, ...]

    @property
    def tag(self) -> str | None:
        return next((each.tag for each in self.members if each.tag), None)

    @property
    def stage(self) -> str | None:
        return next((each.stage for each in self.members if each.stage), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsResult:
    """Groups in the order of their first cards, without hidden ones; `tags`: groups by tag."""

    answered: int
    cards: int
    groups: tuple[Group, ...]
    tags: dict[str, int]
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Dots on a target, and of how many people."""

    target: str
    name: str
    dots: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DotsResult:
    """Totals with the most dots first, those without any too. `dots`: all that count."""

    answered: int
    dots: int
    totals: tuple[Total, ...]
    leading: tuple[str, ...]


def root(cards: dict[int, Card], number: int) -> int:
    """The card that this one's group is known by."""
    while (into := cards[number].into) is not None and into in cards:
        number = into
    return number


def groups(cards: Sequence[Card]) -> tuple[Group, ...]:
    """Merged cards together. Hidden ones are left out; what was merged into one of them stays together without it."""
    known = {each.id: each for each in cards}
    together: dict[int, list[Card]] = {}
    for each in cards:
        together.setdefault(root(known, each.id), []).append(each)
    found = []
    for number, members in together.items():
        seen = sorted((each for each in members if not each.hidden), key=lambda each: (each.id != number, each.id))
        if seen:
            found.append(Group(card=seen[0], members=tuple(seen)))
    return tuple(sorted(found, key=lambda group: min(each.id for each in group.members)))


def merge_into(cards: Sequence[Card], moved: int, target: int) -> tuple[int, int]:
    """Which card is to be put into which, so that the two groups are one. Raises Refusal.

    It is the first card of the moved group that moves: taken out again, both groups are as they were.
    """
    known = {each.id: each for each in cards}
    if moved not in known or target not in known:
        raise refused("no_card")
    first, second = root(known, moved), root(known, target)
    if first == second:
        raise refused("already_together")
    return first, second


def cards_result(spec: Cards, cards: Sequence[Card]) -> CardsResult:
    """What was written."""
    found = tuple(map(_nobodys, groups(cards)))
    tags = tally((group.tag for group in found if group.tag), targets(spec))
    return CardsResult(
        answered=people(cards),
        cards=sum(len(group.members) for group in found),
        groups=found,
        tags=tags,
        leading=leading(tags),
    )


def _nobodys(group: Group) -> Group:
    """Without a trace of who wrote it."""
    members = tuple(replace(each, person=0, table=None) for each in group.members)
    return Group(card=members[0], members=members)


def card_targets(cards: Sequence[Card]) -> dict[str, str]:
    """What dots can be put on: each group by its first card, with the text of the one that is seen."""
    known = {each.id: each for each in cards}
    return {str(root(known, group.card.id)): group.card.text for group in groups(cards)}


def dots_result(spec: Dots, dots: Iterable[Dot], *, cards: Sequence[Card] = ()) -> DotsResult:
    """Totals of options, or of groups of cards: a dot counts for the group its card is in now.

    Dots on what is hidden do not count, and count again when it is shown.
    """
    known = {each.id: each for each in cards}
    names = targets(spec, card_targets(cards))
    given: dict[str, list[Dot]] = {target: [] for target in names}
    for dot in dots:
        target = dot.target
        if spec.source is not None:
            target = str(root(known, int(target))) if target.isdecimal() and int(target) in known else ""
        if target in given:
            given[target].append(dot)
    totals = [
        Total(target=target, name=names[target], dots=len(held), people=people(held)) for target, held in given.items()
    ]
    counting = [dot for held in given.values() for dot in held]
    return DotsResult(
        answered=people(counting),
        dots=len(counting),
        totals=tuple(sorted(totals, key=lambda total: -total.dots)),
        leading=leading({total.target: total.dots for total in totals}),
    )
