"""The risk register: question, risk, mitigation, owner, evidence. The form; what follows from it is in risk.py."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from msgspec import Meta

from aipm.governance.evidence import Evidence
from aipm.governance.fields import Answer, Rows, Typed, next_id
from aipm.governance.question_bank import Bank, Heading, Reversible, Step
from aipm.governance.triage import Tag

Id = Annotated[str, Meta(pattern=r"^r[1-9][0-9]{0,5}$")]
"""r1, r2 …: of a row within the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row: a question of the bank (`question`), or an own one (`text`). None: not said.

    `done`: the mitigation is in place. A "no" with `done` and fresh evidence is mitigated; `accepted_…` say who lives
    with what is left, why, and until when. `removed`: why it no longer counts; the row stays.
    """

    id: Id
    question: Typed | None = None
    text: Typed | None = None
    heading: Heading | None = None
    severe: bool | None = None
    """Of an own question; a question of the bank says it itself."""
    answer: Answer | None = None
    reason: Typed | None = None
    """Why it does not apply."""
    who: Typed | None = None
    harm: Typed | None = None
    severity: Step | None = None
    likelihood: Step | None = None
    reversible: Reversible | None = None
    tags: Typed | None = None
    """What it touches, in one's own words or article numbers; beside the bank's references."""
    mitigations: Annotated[tuple[Typed, ...], Rows] = ()
    """Keys of the library."""
    mitigation: Typed | None = None
    done: bool = False
    residual_severity: Step | None = None
    residual_likelihood: Step | None = None
    owner: Typed | None = None
    due: date | None = None
    reviewer: Typed | None = None
    evidence: Evidence | None = None
    accepted_by: Typed | None = None
    accepted_why: Typed | None = None
    accepted_until: date | None = None
    removed: Typed | None = None
    note: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`tags`: what the product is like, chosen by hand; None: taken from the triage."""

    items: Annotated[tuple[Item, ...], Rows] = ()
    tags: Annotated[tuple[Tag, ...], Rows] | None = None


RISK = ("who", "harm", "severity", "likelihood", "reversible")
"""What a "no" fills in from the bank where nothing was typed."""


def find(register: Register, key: str) -> Item | None:
    """The row of this question of the bank, or of this id."""
    return next((each for each in register.items if key in (each.question, each.id)), None)


def with_item(register: Register, item: Item) -> Register:
    """The register with this row, in the place of the one with its id or at the end."""
    items = list(register.items)
    place = next((place for place, each in enumerate(items) if each.id == item.id), len(items))
    items[place : place + 1] = [item]
    return replace(register, items=tuple(items))


def started(register: Register, key: str) -> Item:
    """The row of a question of the bank, a new one where there is none yet; or the row of an id."""
    return find(register, key) or Item(id=next_id(register.items), question=key)


def seeded(register: Register, keys: tuple[str, ...]) -> Register:
    """The register with a row for each of these questions; those that are there stay as they are."""
    for key in keys:
        if find(register, key) is None:
            register = with_item(register, started(register, key))
    return register


def answered(item: Item, answer: Answer | None, *, bank: Bank) -> Item:
    """The row with this answer. A "no" to a question of the bank brings its risk along where nothing was typed."""
    changed = replace(item, answer=answer)
    question = bank.questions.get(item.question or "")
    if answer != "no" or question is None:
        return changed
    return replace(changed, **{name: getattr(question, name) for name in RISK if getattr(item, name) is None})


def add_risk(register: Register, *, who: str | None, harm: str | None) -> Register:
    """The register with a risk that was found elsewhere, as an own row answered with "no"."""
    item = Item(id=next_id(register.items), text=harm or who, who=who, harm=harm, answer="no")
    return with_item(register, item)
