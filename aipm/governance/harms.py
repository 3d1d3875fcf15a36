"""Who has a stake in the product, and what could go wrong for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Literal

from aipm import content
from aipm.governance.fields import Rows, Typed
from aipm.governance.form_texts import FormTexts, Gap

Who = Literal["users", "decided", "bystanders", "staff", "society", "left_out", "no_voice"]
Kind = Literal["allocation", "service", "stereotyping", "privacy", "dignity", "safety", "economic", "environment"]
Level = Literal["low", "middle", "high"]
LEVELS: tuple[Level, ...] = ("low", "middle", "high")
Purpose = Literal[
    "decides",
    "talks",
    "makes_media",
    "hiring",
    "credit",
    "health",
    "education",
    "children",
    "public_service",
    "watches",
]
"""What the product does with people; the names are those of the triage's tags where there is one."""
YesNo = Literal["yes", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who have a stake: what they gain, what could harm them, what they were asked and what came of it."""

    id: str
    start: Typed | None = None
    """The proposal it came from: a key of `starts` in content/ethics_people.yaml."""
    kind: Who | None = None
    who: Typed | None = None
    how_many: Typed | None = None
    benefit: Typed | None = None
    benefit_level: Level | None = None
    harm: Typed | None = None
    harm_level: Level | None = None
    harms: Annotated[tuple[Kind, ...], Rows] = ()
    vulnerable: Level | None = None
    vulnerable_why: Typed | None = None
    mitigation: Typed | None = None
    says: Typed | None = None
    """What they would say of it."""
    asked_how: Typed | None = None
    asked_on: date | None = None
    outside: YesNo | None = None
    """Whether those who were asked are no part of the team."""
    changed: Typed | None = None
    """What became different because they were asked."""
    registered: bool = False
    """Whether the harm was taken into the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmCanvas:
    purposes: Annotated[tuple[Purpose, ...], Rows] = ()
    groups: Annotated[tuple[Group, ...], Rows] = ()
    not_asked_why: Typed | None = None
    """Why nobody could be asked yet, and when that is made good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartText:
    """A group to begin with; everywhere where neither capabilities nor purposes are named."""

    kind: Who
    who: str
    benefit: str
    harm: str
    harms: tuple[Kind, ...]
    capabilities: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    obvious: bool = False
    """Whether its absence is a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapText:
    title: str
    sentence: str
    caption: str
    benefit: str
    harm: str
    none: str
    unplaced: str
    levels: dict[Level, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmTexts(FormTexts):
    """content/ethics_people.yaml"""

    starts: dict[str, StartText]
    capability: str
    capability_help: str
    starts_title: str
    starts_help: str
    starts_add: str
    starts_none: str
    map: MapText
    to_register: str
    to_register_help: str
    in_register: str
    see_register: str
    engage_title: str
    engage: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the canvas shows: gaps, and where each group stands between benefit and harm."""

    gaps: tuple[Gap, ...]
    placed: Mapping[tuple[Level, Level], tuple[str, ...]] = field(default_factory=dict)
    """Row ids by (benefit, harm)."""
    unplaced: tuple[str, ...] = ()
    bear: tuple[str, ...] = ()
    """Groups that could be harmed and gain little."""
    gain: tuple[str, ...] = ()
    """Groups that gain much and risk little."""


@cache
def harm_texts() -> HarmTexts:
    """Read once. Raises ContentError."""
    found: HarmTexts = content.load("ethics_people", HarmTexts)
    return found


def proposals(canvas: HarmCanvas, *, capability: str | None) -> tuple[str, ...]:
    """Groups to begin with for this capability and these purposes that are not there yet: keys of `starts`."""
    there = {group.start for group in canvas.groups}
    return tuple(
        key
        for key, start in harm_texts().starts.items()
        if key not in there
        and (
            not (start.capabilities or start.purposes)
            or capability in start.capabilities
            or bool(set(canvas.purposes) & set(start.purposes))
        )
    )


def begun(key: str, *, row: str) -> Group:
    """A proposed group, as a row that can be changed: who, what they gain and what could harm them; not how much."""
    start = harm_texts().starts[key]
    return Group(
        id=row, start=key, kind=start.kind, who=start.who, benefit=start.benefit, harm=start.harm, harms=start.harms
    )


def assess(canvas: HarmCanvas, *, capability: str | None) -> Assessment:
    """What is missing, the weightiest first, and who stands where."""
    if not canvas.groups:
        return Assessment(gaps=(Gap(code="no_groups"),))
    placed: dict[tuple[Level, Level], tuple[str, ...]] = {}
    for group in canvas.groups:
        if group.benefit_level and group.harm_level:
            place = (group.benefit_level, group.harm_level)
            placed[place] = (*placed.get(place, ()), group.id)
    bear = tuple(each.id for each in canvas.groups if _harmed(each) and each.benefit_level == "low")
    gain = tuple(each.id for each in canvas.groups if each.benefit_level == "high" and each.harm_level == "low")
    return Assessment(
        gaps=_gaps(canvas, capability, bear=bear[0] if bear and gain else None),
        placed=placed,
        unplaced=tuple(each.id for each in canvas.groups if not (each.benefit_level and each.harm_level)),
        bear=bear,
        gain=gain,
    )


def _gaps(canvas: HarmCanvas, capability: str | None, *, bear: str | None) -> tuple[Gap, ...]:
    groups = canvas.groups
    gaps = []
    if not any(_asked(each) and each.outside == "yes" for each in groups):
        gaps.append(Gap(code="nobody_asked" if canvas.not_asked_why is None else "nobody_asked_yet"))
    gaps += [_of(each, "no_mitigation") for each in groups if _named_harm(each) and each.mitigation is None]
    if bear is not None:
        gaps.append(Gap(code="split", row=bear))
    gaps += [_of(each, "high_not_asked") for each in groups if each.harm_level == "high" and not _asked(each)]
    gaps += [_of(each, "no_harm_named") for each in groups if each.harm_level == "high" and each.harm is None]
    kinds = {each.kind for each in groups}
    for key in proposals(canvas, capability=capability):
        start = harm_texts().starts[key]
        if start.obvious and start.kind not in kinds:
            gaps.append(Gap(code="missing", values={"who": start.who}))
    gaps += [_of(each, "no_name") for each in groups if each.who is None]
    gaps += [_of(each, "unrated") for each in groups if not (each.benefit_level and each.harm_level)]
    gaps += [_of(each, "nothing_changed") for each in groups if _asked(each) and each.changed is None]
    return tuple(gaps)


def _of(group: Group, code: str) -> Gap:
    return Gap(code=code, row=group.id, values={"who": group.who or group.id})


def _asked(group: Group) -> bool:
    return group.asked_on is not None or group.asked_how is not None


def _named_harm(group: Group) -> bool:
    """A harm that asks for an answer: one that was written down and not rated low."""
    return group.harm is not None and group.harm_level != "low"


def _harmed(group: Group) -> bool:
    return group.harm_level in ("middle", "high")
