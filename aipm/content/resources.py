"""Where to read on (content/resources.yaml): what there is, what fits a wish, and a plan for the hours one has."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm import content

Kind = Literal["lab", "course", "article", "guide", "book", "video", "podcast", "paper", "tool"]
Level = Literal["start", "middle", "deep"]
Checked = Literal["here", "seen", "relayed", "described", "unknown"]
Aim = Literal["basics", "language", "build", "care"]
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Kind, ...] = get_args(Kind)
AIMS: tuple[Aim, ...] = get_args(Aim)

SHORTEST = 15
"""Minutes below which nothing long is begun: the rest of the week stays free."""

Text = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=r"^https://\S+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something to read, hear, do. `source` made it; `minutes` to get through it, `estimate` where that is our guess.

    `checked` and `checked_on` say how and when its address was looked at; `page` is AIPM's own, a key of the registry.
    """

    title: Text
    source: Text
    kind: Kind
    level: Level
    minutes: Annotated[int, Meta(ge=5)]
    about: Text
    checked: Checked
    estimate: bool = False
    url: Url | None = None
    checked_on: dt.date | None = None
    note: Text | None = None
    page: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What somebody wants to get to: what to take up, in this order, and what it is good for."""

    name: Text
    so_what: Text
    page: Text
    link: Text
    items: Annotated[tuple[Text, ...], Meta(min_length=3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    aims: dict[Aim, Route]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step towards the work, what to do for it here, and where."""

    name: Text
    text: Text
    to_do: Text
    page: Text
    query: dict[str, str]
    link: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    title: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    steps: tuple[Step, ...]
    notes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """All of content/resources.yaml."""

    as_of: Text
    note: Text
    kinds: dict[Kind, Text]
    levels: dict[Level, Text]
    checked: dict[Checked, Text]
    items: dict[str, Resource]
    plan: Routes
    career: Career


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one thing within a week; `begun` in an earlier one, `goes_on` in a later one."""

    key: str
    minutes: int
    begun: bool
    goes_on: bool


Week = tuple[Piece, ...]


@cache
def resources() -> Resources:
    """What the file holds, checked. Raises ContentError."""
    found: Resources = content.load("resources", Resources)
    for key, item in found.items.items():
        where = f"resources.yaml: items.{key}"
        if item.url is not None and (item.checked not in {"seen", "relayed"} or item.checked_on is None):
            raise content.ContentError(
                f"{where}: an address needs how (checked) and when (checked_on) it was looked at"
            )
        if (item.kind == "lab") != (item.page is not None) or (item.kind == "lab") != (item.checked == "here"):
            raise content.ContentError(f"{where}: what is AIPM's own has a page and is checked here, and nothing else")
    for aim, route in found.plan.aims.items():
        for key in route.items:
            if key not in found.items:
                raise content.ContentError(f"resources.yaml: plan.aims.{aim}.items: {key!r} is not under items")
    return found


def fitting(
    *, kind: Kind | None = None, level: Level | None = None, minutes: int | None = None
) -> tuple[tuple[str, Resource], ...]:
    """What is of this kind, no harder than this level, and done within this time; the shortest first."""
    found = [
        (key, item)
        for key, item in resources().items.items()
        if (kind is None or item.kind == kind)
        and (level is None or LEVELS.index(item.level) <= LEVELS.index(level))
        and (minutes is None or item.minutes <= minutes)
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].minutes))


def plan(aim: Aim, *, hours: int, level: Level = "deep", weeks: int = 6) -> tuple[Week, ...]:
    """The first weeks of a route, `hours` each, without what is harder than `level`; fewer where it ends before.

    Long things are spread over weeks. Nothing is begun in less than SHORTEST minutes unless it fits in them.
    """
    items = resources().items
    left = [(key, items[key].minutes) for key in resources().plan.aims[aim].items if _within(items[key], level)]
    found: list[Week] = []
    while left and len(found) < weeks:
        week: list[Piece] = []
        room = hours * 60
        while left:
            key, minutes = left[0]
            if minutes > room and room < SHORTEST:
                break
            taken = min(minutes, room)
            week.append(Piece(key=key, minutes=taken, begun=minutes < items[key].minutes, goes_on=taken < minutes))
            room -= taken
            left[0] = (key, minutes - taken)
            if taken == minutes:
                left.pop(0)
            if not room:
                break
        found.append(tuple(week))
    return tuple(found)


def _within(item: Resource, level: Level) -> bool:
    return LEVELS.index(item.level) <= LEVELS.index(level)


def whole(aim: Aim, *, level: Level = "deep") -> int:
    """Minutes of the whole route."""
    items: Sequence[Resource] = [resources().items[key] for key in resources().plan.aims[aim].items]
    return sum(item.minutes for item in items if _within(item, level))
