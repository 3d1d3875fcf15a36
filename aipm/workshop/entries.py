"""What people gave, as it is stored: answers, cards and dots, of people who are numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

LEAST = 3
"""Answers from which a table's result is shown."""


class Given(Protocol):
    """Something of a person who sits at a table, or at none."""

    @property
    def person(self) -> int: ...
    @property
    def table(self) -> str | None: ...


G = TypeVar("G", bound=Given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`item` says to what; `value` is plain data that was checked when it was given; `at` orders them."""

    person: int
    item: str
    value: Any
    table: str | None = None
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`into`: the card it was merged into; that one may itself be merged into another."""

    id: int
    person: int
    text: str
    stage: str | None = None
    tag: str | None = None
    hidden: bool = False
    into: int | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """On a card, by its number as text, or on an option, by its key."""

    person: int
    target: str
    table: str | None = None


def people(given: Iterable[Given]) -> int:
    """How many people gave something."""
    return len({each.person for each in given})


def by_table(given: Sequence[G]) -> tuple[dict[str, list[G]], int]:
    """What each table gave, of tables with at least LEAST people; and how many tables are withheld.

    Those withheld could be told from the whole, less the tables that are shown: so together they have LEAST people
    too, or further tables, the smallest first, are withheld with them.
    """
    tables: dict[str | None, list[G]] = {}
    for each in given:
        tables.setdefault(each.table, []).append(each)
    counts = {name: people(held) for name, held in tables.items()}
    named = sorted((count, name) for name, count in counts.items() if name is not None)
    withheld = [name for count, name in named if count < LEAST]
    rest = sum(counts[name] for name in withheld) + counts.get(None, 0)
    shown = [name for count, name in named if count >= LEAST]
    while shown and 0 < rest < LEAST:
        withheld.append(shown.pop(0))
        rest += counts[withheld[-1]]
    return {name: tables[name] for name in sorted(shown)}, len(withheld)


def tally(values: Iterable[str], keys: Iterable[str]) -> dict[str, int]:
    """How often each key was given, in the order of the keys."""
    counts = dict.fromkeys(keys, 0)
    for value in values:
        if value in counts:
            counts[value] += 1
    return counts


def leading(counts: Mapping[str, float]) -> tuple[str, ...]:
    """The keys with the highest count, in their order; none where nothing counts."""
    most = max(counts.values(), default=0)
    return tuple(key for key, count in counts.items() if most > 0 and count == most)
