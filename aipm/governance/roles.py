"""Who does what: responsible, accountable, consulted, informed, for twelve activities; changed by pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal, get_args

from aipm import content
from aipm.governance.fields import Rows, Typed, next_id

Role = Literal[
    "pm",
    "designer",
    "data_scientist",
    "ml_engineer",
    "ai_engineer",
    "data_engineer",
    "legal",
    "domain_expert",
    "support",
]
ROLES: tuple[Role, ...] = get_args(Role)
Activity = Literal[
    "framing",
    "metric",
    "data_access",
    "labelling",
    "model_choice",
    "evaluation_set",
    "bias_audit",
    "ux_errors",
    "privacy_review",
    "release",
    "monitoring",
    "incident",
]
ACTIVITIES: tuple[Activity, ...] = get_args(Activity)
Letter = Literal["A", "R", "C", "I"]
LETTERS: dict[Letter, str] = {"A": "accountable", "R": "responsible", "C": "consulted", "I": "informed"}
"""By letter the field of a row that holds who takes that part."""
STATISTICAL: tuple[Activity, ...] = ("evaluation_set", "bias_audit")
"""Signed off by somebody other than the product manager."""
BUILDS: Activity = "model_choice"
AUDIT: Activity = "bias_audit"
PersonId = Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the team; without a name they go by their roles."""

    id: Typed
    name: Typed | None = None
    roles: Annotated[tuple[Role, ...], Rows] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Who takes which part in one activity, by the ids of the people. `left_out`: why it does not happen here."""

    id: Activity
    accountable: Annotated[tuple[PersonId, ...], Rows] = ()
    responsible: Annotated[tuple[PersonId, ...], Rows] = ()
    consulted: Annotated[tuple[PersonId, ...], Rows] = ()
    informed: Annotated[tuple[PersonId, ...], Rows] = ()
    left_out: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raci:
    people: Annotated[tuple[Person, ...], Rows] = ()
    rows: Annotated[tuple[Row, ...], Rows] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """The part of an activity in content/lifecycle_roles.yaml that says which roles fit, the best first."""

    accountable: tuple[Role, ...]
    responsible: tuple[Role, ...]
    consulted: tuple[Role, ...]
    informed: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    activities: dict[Activity, Fits]


@cache
def fits() -> Mapping[Activity, Fits]:
    """Read once. Raises ContentError."""
    found: dict[Activity, Fits] = content.load("lifecycle_roles", _File).activities
    if tuple(found) != ACTIVITIES:
        raise content.ContentError(f"lifecycle_roles.yaml: activities: must be {', '.join(ACTIVITIES)}, in this order")
    return found


def row(raci: Raci, activity: Activity) -> Row:
    """The row of an activity with people who are in the team only, each once a part; an empty one where there is none.

    Of several rows of one activity, as in a file that somebody edited, the first counts.
    """
    found = next((each for each in raci.rows if each.id == activity), Row(id=activity))
    known = {each.id for each in raci.people}
    parts: dict[str, Any] = {
        part: tuple(dict.fromkeys(who for who in getattr(found, part) if who in known)) for part in LETTERS.values()
    }
    return replace(found, **parts)


def letters(raci: Raci, activity: Activity, person: str) -> tuple[Letter, ...]:
    """The parts somebody takes in an activity."""
    found = row(raci, activity)
    return tuple(letter for letter, part in LETTERS.items() if person in getattr(found, part))


def with_row(raci: Raci, changed: Row) -> Raci:
    """The grid with this row in place of the earlier one; a row that says nothing is left out."""
    others = {each: row(raci, each) for each in ACTIVITIES} | {changed.id: changed}
    return replace(raci, rows=tuple(each for each in others.values() if each != Row(id=each.id)))


def with_part(raci: Raci, activity: Activity, letter: Letter, people: Iterable[str]) -> Raci:
    """Exactly these people take this part. Who newly takes it gives up parts that do not go with it.

    To answer for something and to do it go together; to be asked or told does not go with either, nor with the other.
    """
    wanted, found = tuple(people), row(raci, activity)
    new = set(wanted) - set(getattr(found, LETTERS[letter]))
    parts: dict[str, Any] = {
        part: tuple(who for who in getattr(found, part) if who not in new)
        for other, part in LETTERS.items()
        if other != letter and {letter, other} != {"A", "R"}
    }
    return with_row(raci, replace(found, **parts | {LETTERS[letter]: wanted}))


def with_letters(raci: Raci, activity: Activity, person: str, wanted: Sequence[Letter]) -> Raci:
    """Somebody takes exactly these parts in an activity; of parts that do not go together, the last one pressed."""
    before = letters(raci, activity, person)
    for letter in before:
        if letter not in wanted:
            raci = give(raci, activity, letter, person, to=False)
    for letter in wanted:
        if letter not in before:
            raci = give(raci, activity, letter, person)
    return raci


def give(raci: Raci, activity: Activity, letter: Letter, person: str, *, to: bool = True) -> Raci:
    """Give somebody a part, or take it away."""
    others = tuple(who for who in getattr(row(raci, activity), LETTERS[letter]) if who != person)
    return with_part(raci, activity, letter, (*others, person) if to else others)


def add(raci: Raci, *roles: Role) -> Raci:
    return replace(raci, people=(*raci.people, Person(id=next_id(raci.people), roles=roles)))


def without(raci: Raci, person: str) -> Raci:
    """The team without somebody, who is taken out of every activity, too: another may get the id one day."""
    people = tuple(each for each in raci.people if each.id != person)
    rows = [row(replace(raci, people=people), activity) for activity in ACTIVITIES]
    return replace(raci, people=people, rows=tuple(each for each in rows if each != Row(id=each.id)))


def holders(raci: Raci, roles: Sequence[Role]) -> tuple[Person, ...]:
    """Who has one of these roles: first those with the first role, then the second; within a role by their ids."""
    people = sorted(raci.people, key=lambda each: (len(each.id), each.id))
    return tuple(dict.fromkeys(each for role in roles for each in people if role in each.roles))


def load(raci: Raci) -> dict[str, int]:
    """In how many activities each person is responsible."""
    found = [row(raci, each) for each in ACTIVITIES]
    return {each.id: sum(each.id in one.responsible for one in found if one.left_out is None) for each in raci.people}


def share_out(raci: Raci) -> Raci:
    """Fill by role what is empty; what was set stays, and so does what does not happen here.

    Who fits better does it, unless they have much already; who built the model neither audits nor signs off on that,
    and a product manager signs off on no figures, as long as there is somebody else.
    """
    for activity in ACTIVITIES:
        found = row(raci, activity)
        if found.left_out is not None:
            continue
        if not found.responsible and (who := _doer(raci, activity)):
            raci = give(raci, activity, "R", who.id)
        if not found.accountable and (who := _answers(raci, activity)):
            raci = give(raci, activity, "A", who.id)
        if not found.consulted and not found.informed:
            raci = _others(raci, activity)
    return raci


def independent(raci: Raci, activity: Activity, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who may sign off: no product manager on figures, nobody on the audit of what they built."""
    builders = row(raci, BUILDS).responsible if activity == AUDIT else ()
    return tuple(
        each for each in people if not (activity in STATISTICAL and "pm" in each.roles) and each.id not in builders
    )


def _doer(raci: Raci, activity: Activity) -> Person | None:
    every = holders(raci, fits()[activity].responsible)
    people = (independent(raci, activity, every) if activity == AUDIT else ()) or every
    has = load(raci)
    return min(people, key=lambda each: people.index(each) + has[each.id], default=None)


def _answers(raci: Raci, activity: Activity) -> Person | None:
    people = independent(raci, activity, holders(raci, fits()[activity].accountable))
    return people[0] if people else None


def _others(raci: Raci, activity: Activity) -> Raci:
    """Those who take no part yet are asked or told, as their roles say."""
    asked: tuple[Letter, ...] = ("C", "I")
    for letter in asked:
        for who in holders(raci, getattr(fits()[activity], LETTERS[letter])):
            if not letters(raci, activity, who.id):
                raci = give(raci, activity, letter, who.id)
    return raci
