"""Six plain questions and a role: the tier and the duties they point to, and tags by which others pick questions."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any, Literal, get_args

from aipm.content.law import laws
from aipm.governance.dpia import Criterion as Counted
from aipm.governance.fields import Rows
from aipm.governance.rules import (
    HIGH_RISK,
    LEADS_TO,
    MAYBE,
    NO,
    RULES,
    TIERS,
    YES,
    Facts,
    Role,
    Tier,
    Truth,
    annex_i,
    annex_iii,
    at_work,
    criteria,
    dpia,
)

Known = Literal["yes", "no", "unsure"]
KNOWN: tuple[Known, ...] = get_args(Known)
Area = Literal[
    "hiring",
    "education",
    "credit",
    "insurance",
    "public_service",
    "health",
    "biometrics",
    "emotions",
    "infrastructure",
    "police",
    "justice",
    "product",
]
"""Where it is used: the fields of Annex III in plain words; `health` and `product` for those of Annex I."""
AREAS: tuple[Area, ...] = get_args(Area)
Practice = Literal[
    "manipulates",
    "weakness",
    "social_score",
    "predicts_crime",
    "scrapes_faces",
    "emotions_at_work",
    "sorts_bodies",
    "public_recognition",
    "intimate_images",
    "child_abuse",
]
"""What Article 5 of the AI Act bans, in plain words; the last two from 2 December 2026 on."""
PRACTICES: tuple[Practice, ...] = get_args(Practice)
Criterion = Literal["large_scale", "matching", "monitoring", "innovative"]
"""Of the nine criteria for an impact assessment (dpia.CRITERIA), those that the six questions do not tell."""
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
Tag = Literal[
    "people",
    "personal_data",
    "special_data",
    "decides",
    "contestable",
    "talks",
    "makes_media",
    "children",
    "hiring",
    "credit",
    "health",
    "education",
    "biometrics",
    "public_service",
    "eu",
    "nyc",
    "third_party_model",
    "trains_own",
]
TAGS: tuple[Tag, ...] = get_args(Tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The answers; None: not answered yet. `areas`, `practices` say which, where the answer before them is not no."""

    people: Known | None = None
    """Does what it says or does touch people?"""
    decides: Known | None = None
    """Does it decide about people, or sway a decision about them?"""
    eu: Known | None = None
    nyc: Known | None = None
    elsewhere: Known | None = None
    area: Known | None = None
    """Is it used in one of AREAS?"""
    areas: Annotated[tuple[Area, ...], Rows] = ()
    talks: Known | None = None
    makes_media: Known | None = None
    personal_data: Known | None = None
    special_data: Known | None = None
    children: Known | None = None
    criteria: Annotated[tuple[Criterion, ...], Rows] = ()
    contestable: Known | None = None
    """Can somebody have the decision looked at and changed by a person?"""
    practice: Known | None = None
    """Does it do one of PRACTICES?"""
    practices: Annotated[tuple[Practice, ...], Rows] = ()
    roles: Annotated[tuple[Role, ...], Rows] = ()
    changes: Known | None = None
    """Is something bought changed substantially, given a new purpose or one's own name?"""
    third_party_model: Known | None = None
    """Does it rest on a model of somebody else?"""
    trains_own: Known | None = None
    general: Known | None = None
    """Is a model that can be used for nearly anything put on the market?"""


def tags(triage: Triage) -> frozenset[Tag]:
    """What holds or may hold ("yes" and "not sure"), for picking questions: what is not known is asked about, too.

    `contestable`: a person can look at the decision again. What was not answered gives no tag.
    """
    held = {tag for tag in TAGS if getattr(triage, tag, None) in ("yes", "unsure")}
    if triage.area in ("yes", "unsure"):
        held |= {tag for tag in TAGS if tag in triage.areas}
        if {"emotions", "biometrics"} & set(triage.areas):
            held.add("biometrics")
    return frozenset(held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something a law may ask for. `sure`: the answers point to it; else it depends on what is not known yet."""

    key: str
    sure: bool
    applies: str
    """Since when: a key of `applies` in content/law.yaml."""
    since: date | None
    in_force: bool
    """Whether it applies today; a duty without one day counts as applying."""
    owed: bool | None
    """Whether somebody in one of the roles named owes it; None: no role was named, or it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageResult:
    """What the answers point to, never a verdict: the tier lies between `low` and `high`."""

    begun: bool
    """Whether anything was answered."""
    reach: Truth
    """Whether the AI Act reaches it at all, by where the people are."""
    tiers: dict[Tier, Truth]
    """Whether each tier holds: who is high-risk can have to tell people as well."""
    low: Tier
    high: Tier
    general: Truth
    """Whether it runs on the track of general-purpose models, too."""
    duties: tuple[Duty, ...]
    counted: dict[Counted, Truth]
    """The criteria for an impact assessment that hold or may hold."""
    assessment: Truth
    """Whether an impact assessment is likely needed."""
    unsure: tuple[str, ...]
    """Questions that somebody has to find out about."""
    open: tuple[str, ...]
    """Questions not answered yet, and lists of which nothing was chosen."""
    narrows: tuple[str, ...]
    """Of those two, what would move an end of the range by its answer alone."""
    at_work: bool
    """Emotions seem to be read at work or school, which may be banned, and no ban was ticked."""


CHAIN: frozenset[Role] = frozenset({"importer", "distributor", "representative"})
"""Roles so rare in a product team that their duties are named only to those who have them."""
LISTS = {"area": "areas", "practice": "practices"}
"""A question, and the list that says which where the answer is not no."""


def asked(triage: Triage) -> tuple[str, ...]:
    """The questions that the answers so far leave to be asked, in the order of the page."""
    hidden = set()
    if triage.people not in ("yes", "unsure"):
        hidden |= {"decides", "children"}
    if triage.people == "no" or triage.decides == "no":
        hidden.add("contestable")
    if triage.personal_data not in ("yes", "unsure"):
        hidden.add("special_data")
    if triage.trains_own not in ("yes", "unsure"):
        hidden.add("general")
    return tuple(name for name in QUESTIONS if name not in hidden)


LISTED = ("areas", "practices", "criteria", "roles")
QUESTIONS = tuple(each.name for each in fields(Triage) if each.name not in LISTED)
"""Those answered by yes, no or not sure."""
TRUTHS: dict[Known | None, Truth] = {"yes": YES, "no": NO, "unsure": MAYBE, None: MAYBE}


def facts(triage: Triage) -> Facts:
    """What holds, may hold or does not. What was answered before and is not asked any more does not count."""
    found = {name: TRUTHS[getattr(triage, name)] for name in QUESTIONS}
    for name, within in (
        ("decides", "people"),
        ("children", "people"),
        ("special_data", "personal_data"),
        ("general", "trains_own"),
    ):
        found[name] = min(found[within], found[name])
    for name, every in (("area", AREAS), ("practice", PRACTICES)):
        said, chosen = getattr(triage, name), getattr(triage, LISTS[name])
        if said is None or not chosen:
            found |= dict.fromkeys(every, min(found[name], MAYBE))
        else:
            found |= {each: found[name] if each in chosen else NO for each in every}
    return found | {each: YES if each in triage.criteria else NO for each in CRITERIA}


def assess(triage: Triage, *, today: date) -> TriageResult:
    """What the answers point to today. What is not answered may hold: it widens the range, it never clears anything."""
    f = facts(triage)
    held = {tier: LEADS_TO[tier](f) for tier in TIERS}
    low, high = _range(f)
    visible = asked(triage)
    unsure = tuple(name for name in visible if getattr(triage, name) == "unsure")
    unknown = tuple(_open(triage, visible))
    return TriageResult(
        begun=triage != Triage(),
        reach=f["eu"],
        tiers=held | {"minimal": YES if high == "minimal" else MAYBE if low == "minimal" else NO},
        low=low,
        high=high,
        general=f["general"],
        duties=tuple(_duties(triage, f, today)),
        counted={each: truth for each, truth in criteria(f).items() if truth != NO},
        assessment=dpia(f),
        unsure=unsure,
        open=unknown,
        narrows=tuple(name for name in (*unsure, *unknown) if _narrows(triage, name)),
        at_work=at_work(f) != NO and "emotions" in triage.areas and triage.practice != "yes",
    )


def _range(f: Facts) -> tuple[Tier, Tier]:
    """The highest tier that holds, and the highest that may."""
    held = {tier: LEADS_TO[tier](f) for tier in TIERS}
    low = max((tier for tier in TIERS if held[tier] == YES), key=TIERS.index)
    return low, max((tier for tier in TIERS if held[tier] != NO), key=TIERS.index)


def _narrows(triage: Triage, name: str) -> bool:
    if name not in QUESTIONS:
        return True
    now = _range(facts(triage))
    answers: tuple[dict[str, Any], ...] = ({name: "yes"}, {name: "no"})
    return any(_range(facts(replace(triage, **each))) != now for each in answers)


def roles(triage: Triage) -> frozenset[Role]:
    """The roles one has: who changes something bought, or puts a name to it, takes the place of its maker."""
    return frozenset(triage.roles) | ({"provider"} if triage.changes == "yes" else set())


def _duties(triage: Triage, f: Facts, today: date) -> Iterator[Duty]:
    mine = roles(triage)
    for key, rule in RULES.items():
        truth = rule.when(f)
        if truth == NO:
            continue
        applies = rule.applies
        if applies == HIGH_RISK:
            applies = "annex_iii" if annex_iii(f) >= annex_i(f) else "annex_i"
        since = laws().since(applies)
        owed = None if not mine else bool(mine & set(rule.roles))
        if owed is False and triage.changes == "unsure" and "provider" in rule.roles:
            owed = None
        if owed is not True and set(rule.roles) <= CHAIN and rule.roles:
            continue
        yield Duty(
            key=key,
            sure=truth == YES,
            applies=applies,
            since=since,
            in_force=since is None or since <= today,
            owed=True if not rule.roles else owed,
        )


def _open(triage: Triage, visible: tuple[str, ...]) -> Iterator[str]:
    for name in visible:
        said = getattr(triage, name)
        if said is None:
            yield name
        elif said == "yes" and name in LISTS and not getattr(triage, LISTS[name]):
            yield LISTS[name]
