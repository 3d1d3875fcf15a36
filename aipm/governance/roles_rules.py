"""The rules of the grid: what is missing or should be otherwise, and the press that mends it where that is plain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from aipm.governance.roles import (
    ACTIVITIES,
    AUDIT,
    BUILDS,
    LETTERS,
    STATISTICAL,
    Activity,
    Letter,
    Person,
    Raci,
    Role,
    Row,
    fits,
    give,
    holders,
    independent,
    load,
    row,
    without,
)
from aipm.governance.rules import Tier
from aipm.governance.triage import Triage, assess, tags

MOST_SHARE = 0.4
LEAST_ENTRIES = 5
"""Fewer entries of R than this say nothing about shares."""
FEW_PEOPLE = 2
"""With as many people or fewer, more than 40% cannot be helped."""
MOST_FIXES = 3
ENGINEERS: tuple[Role, ...] = ("ml_engineer", "ai_engineer", "data_engineer")
HIGH: tuple[Tier, ...] = ("high", "prohibited")
Level = Literal["must", "think"]
Code = Literal[
    "no_accountable",
    "two_accountable",
    "no_responsible",
    "nobody_fits",
    "unfit",
    "pm_statistical",
    "not_independent",
    "marks_own",
    "no_engineer",
    "no_designer",
    "overload",
    "overload_few",
    "idle",
    "no_role",
    "legal_not_asked",
    "no_legal",
]
MUST: tuple[Code, ...] = (
    *("no_accountable", "two_accountable", "no_responsible", "nobody_fits", "pm_statistical", "not_independent"),
    *("legal_not_asked", "no_legal"),
)
Why = Literal["personal_data", "high_risk", "transparency"]
How = Literal[
    "make_accountable",
    "keep_accountable",
    "make_responsible",
    "consult",
    "move_accountable",
    "move_responsible",
    "remove_person",
]


GIVES: dict[How, Letter] = {
    "make_accountable": "A",
    "keep_accountable": "A",
    "move_accountable": "A",
    "make_responsible": "R",
    "move_responsible": "R",
    "consult": "C",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One press: `how` it mends, whom it is about, and in which activity."""

    how: How
    person: str
    activity: Activity | None = None
    instead: tuple[str, ...] = ()
    """Who gives the part up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: where, about whom (ids), the roles it speaks of, the reason, a share in [0, 1]."""

    code: Code
    activity: Activity | None = None
    people: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    why: Why | None = None
    share: float | None = None
    fixes: tuple[Fix, ...] = ()

    @property
    def level(self) -> Level:
        return "must" if self.code in MUST else "think"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`findings`: those to mend first, then in the order of the activities. `load`: entries of R by person."""

    findings: tuple[Finding, ...]
    load: dict[str, int]
    filled: bool
    """Whether anybody takes any part."""
    counted: int
    """Activities that happen here."""
    own: dict[Activity, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        return sum(self.load.values())

    def share(self, person: str) -> float | None:
        """Share of all R; None where there are too few to say."""
        return self.load[person] / self.entries if self.entries >= LEAST_ENTRIES else None

    def of(self, level: Level) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == level)


def check(raci: Raci, *, triage: Triage, today: date) -> Checked:
    """Every rule on every activity that happens here, and on every person; in whichever order people stand."""
    rows = [row(raci, activity) for activity in ACTIVITIES]
    here = [each for each in rows if each.left_out is None]
    filled = any(getattr(each, part) for each in here for part in LETTERS.values())
    found: list[Finding] = []
    if raci.people and filled:
        for each in here:
            found += [*_sign_off(raci, each), *_work(raci, each), *_room(raci, each)]
        found += [*_legal(raci, here, triage, today), *_people(raci, here)]
    found.sort(key=lambda each: each.level != "must")
    return Checked(
        findings=tuple(found),
        load=load(raci),
        filled=filled,
        counted=len(here),
        own={activity: tuple(each for each in found if each.activity == activity) for activity in ACTIVITIES},
    )


def mend(raci: Raci, fix: Fix) -> Raci:
    """The grid after a fix."""
    if fix.how == "remove_person":
        return without(raci, fix.person)
    if fix.activity is None:
        return raci
    letter = GIVES[fix.how]
    for who in fix.instead:
        raci = give(raci, fix.activity, letter, who, to=False)
    return give(raci, fix.activity, letter, fix.person)


def _best(people: Sequence[Person]) -> tuple[str, ...]:
    """Whom to propose: the few that stand first."""
    return tuple(each.id for each in people[:MOST_FIXES])


def _sign_off(raci: Raci, each: Row) -> Iterator[Finding]:
    """Who answers for it: exactly one, no product manager for figures, no builder for the audit."""
    activity = each.id
    may = independent(raci, activity, holders(raci, fits()[activity].accountable))
    if not each.accountable:
        doing = independent(raci, activity, [who for who in raci.people if who.id in each.responsible])
        fixes = tuple(Fix(how="make_accountable", person=who, activity=activity) for who in _best(doing) or _best(may))
        yield Finding(code="no_accountable", activity=activity, fixes=fixes)
    if len(each.accountable) > 1:
        fixes = tuple(
            Fix(
                how="keep_accountable",
                person=who,
                activity=activity,
                instead=tuple(other for other in each.accountable if other != who),
            )
            for who in each.accountable
        )
        yield Finding(code="two_accountable", activity=activity, people=each.accountable, fixes=fixes[:MOST_FIXES])
    roles = {who.id: who.roles for who in raci.people}
    managers = tuple(who for who in each.accountable if "pm" in roles[who])
    if activity in STATISTICAL and managers:
        yield Finding(code="pm_statistical", activity=activity, people=managers, fixes=_instead(raci, each, managers))
    if activity == AUDIT:
        builders = row(raci, BUILDS).responsible
        own = tuple(who for who in each.accountable if who in builders and who not in managers)
        if own:
            yield Finding(code="not_independent", activity=activity, people=own, fixes=_instead(raci, each, own))
        if each.responsible and set(each.responsible) <= set(builders):
            others = independent(raci, activity, holders(raci, fits()[activity].responsible))
            fixes = tuple(Fix(how="make_responsible", person=who, activity=activity) for who in _best(others))
            yield Finding(code="marks_own", activity=activity, people=each.responsible, fixes=fixes)


def _instead(raci: Raci, each: Row, people: tuple[str, ...]) -> tuple[Fix, ...]:
    """Somebody else signs off: those who fit and may."""
    may = independent(raci, each.id, holders(raci, fits()[each.id].accountable))
    return tuple(Fix(how="move_accountable", person=who, activity=each.id, instead=people) for who in _best(may))


def _work(raci: Raci, each: Row) -> Iterator[Finding]:
    """Who does it: somebody, and somebody whose role fits."""
    roles = fits()[each.id].responsible
    able = holders(raci, roles)
    if not each.responsible:
        fixes = tuple(Fix(how="make_responsible", person=who, activity=each.id) for who in _best(able))
        yield Finding(code="no_responsible" if able else "nobody_fits", activity=each.id, roles=roles, fixes=fixes)
        return
    doing = [who for who in raci.people if who.id in each.responsible]
    if all(who.roles and who not in able for who in doing):
        fixes = tuple(
            Fix(how="move_responsible", person=who, activity=each.id, instead=each.responsible) for who in _best(able)
        )
        yield Finding(code="unfit", activity=each.id, people=each.responsible, roles=roles, fixes=fixes)


def _room(raci: Raci, each: Row) -> Iterator[Finding]:
    """Engineers and designers are there when the problem is framed: asked at least, not only told."""
    if each.id != "framing":
        return
    there = {*each.accountable, *each.responsible, *each.consulted}
    looked_for: tuple[tuple[Code, tuple[Role, ...]], ...] = (
        ("no_engineer", ENGINEERS),
        ("no_designer", ("designer",)),
    )
    for code, roles in looked_for:
        people = holders(raci, roles)
        if not there & {who.id for who in people}:
            fixes = tuple(Fix(how="consult", person=who, activity=each.id) for who in _best(people))
            yield Finding(code=code, activity=each.id, roles=roles, fixes=fixes)


def legal_in(triage: Triage, *, today: date) -> dict[Activity, Why]:
    """Where the triage, as far as it is filled in, asks for law and privacy to be heard, and why."""
    found, said = assess(triage, today=today), tags(triage)
    wanted: dict[Activity, Why] = {}
    if {"personal_data", "special_data"} & said:
        wanted |= {"data_access": "personal_data", "privacy_review": "personal_data"}
    if {"talks", "makes_media"} & said:
        wanted |= {"ux_errors": "transparency"}
    tier = found.high if not found.open else found.low
    if found.begun and tier in HIGH:
        wanted |= {AUDIT: "high_risk", "privacy_review": "high_risk", "release": "high_risk"}
    return wanted


def _legal(raci: Raci, here: Sequence[Row], triage: Triage, today: date) -> Iterator[Finding]:
    wanted, people = legal_in(triage, today=today), holders(raci, ("legal",))
    known = {who.id for who in people}
    asked = [each for each in here if each.id in wanted]
    if asked and not people:
        reasons = [wanted[each.id] for each in asked]
        yield Finding(code="no_legal", why="high_risk" if "high_risk" in reasons else reasons[0])
        return
    for each in asked:
        if not known & {*each.accountable, *each.responsible, *each.consulted}:
            fixes = tuple(Fix(how="consult", person=who, activity=each.id) for who in _best(people))
            names = tuple(who.id for who in people)
            yield Finding(code="legal_not_asked", activity=each.id, people=names, why=wanted[each.id], fixes=fixes)


def _people(raci: Raci, here: Sequence[Row]) -> Iterator[Finding]:
    """Who has too much, who has nothing, who has no role."""
    has = load(raci)
    entries = sum(has.values())
    for who in raci.people:
        share = has[who.id] / entries if entries >= LEAST_ENTRIES else 0.0
        if share > MOST_SHARE:
            few = len(raci.people) <= FEW_PEOPLE
            fixes = () if few else tuple(_relief(raci, here, who, has))[:MOST_FIXES]
            yield Finding(code="overload_few" if few else "overload", people=(who.id,), share=share, fixes=fixes)
        if not any(who.id in getattr(each, part) for each in here for part in LETTERS.values()):
            fix = Fix(how="remove_person", person=who.id)
            yield Finding(code="idle", people=(who.id,), fixes=(fix,))
        if not who.roles:
            yield Finding(code="no_role", people=(who.id,))


def _relief(raci: Raci, here: Sequence[Row], who: Person, has: dict[str, int]) -> Iterator[Fix]:
    """What somebody else whose role fits could take over; not the model nor its audit, which have to stay apart."""
    for each in here:
        if each.responsible != (who.id,) or each.id in (BUILDS, AUDIT):
            continue
        others = [other for other in holders(raci, fits()[each.id].responsible) if other.id != who.id]
        least = min((has[other.id] for other in others), default=0)
        free = [other for other in others if has[other.id] == least and least + 1 < has[who.id]]
        if free:
            chosen = min(free, key=lambda other: other.id)
            yield Fix(how="move_responsible", person=chosen.id, activity=each.id, instead=(who.id,))
