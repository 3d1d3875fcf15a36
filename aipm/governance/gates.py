"""Stage gates: what must be shown before a product goes on to the next stage, and how far it is.

A criterion is what its people say and what the evidence shows: said to be done without fresh evidence it is claimed,
with it evidenced; left out with a reason and a name it is waived. Nothing else is done.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from aipm.governance.evidence import Evidence
from aipm.governance.fields import MOST, Rows, Typed

Stage = Literal["discovery", "definition", "design", "development", "delivery", "distribution"]
STAGES: tuple[Stage, ...] = get_args(Stage)
State = Literal["evidenced", "waived", "claimed", "open"]
STATES: tuple[State, ...] = get_args(State)
Name = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,60}$")]
"""Of a criterion or a decision."""
Choice = Literal["go", "not_yet", "stop"]
"""What a meeting decides at a gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A criterion is left out: it counts with a reason and a name only."""

    reason: Typed | None = None
    by: Typed | None = None
    """Of a severe criterion, somebody other than the product's owner."""
    until: date | None = None
    """The last day on which it counts; None: for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What was said of a criterion; of one that the team added, also the criterion itself."""

    id: Name
    """A key of content/lifecycle_gates.yaml, or r1, r2, … of a criterion that the team added."""
    stage: Stage
    said: Typed | None = None
    """The criterion, where the team added it."""
    severe: bool = False
    """Of an added one: whether people could be harmed where it is not met."""
    done: bool = False
    since: date | None = None
    """The day on which somebody said that it is done."""
    evidence: Evidence | None = None
    waiver: Waiver | None = None
    owner: Typed | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """How a criterion stood when a decision was taken."""

    id: Name
    said: Typed
    state: State
    evidence: Evidence | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided at a gate, by whom, when, and on what."""

    id: Name
    stage: Stage
    choice: Choice
    day: date
    by: Typed
    note: Typed | None = None
    stood: Annotated[tuple[Frozen, ...], Rows] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Items in no particular order, at most one a criterion; decisions as they were taken, the latest last."""

    items: Annotated[tuple[Item, ...], Rows] = ()
    decisions: Annotated[tuple[Decision, ...], Rows] = ()


def item_of(gates: Gates, name: str) -> Item | None:
    """What was said of this criterion; None where nothing was."""
    return next((each for each in gates.items if each.id == name), None)


def with_item(gates: Gates, name: str, stage: Stage, **parts: Any) -> Gates:
    """The gates with this said of a criterion; a full list stays as it is."""
    known = item_of(gates, name)
    if known is not None:
        changed = replace(known, **parts)
        return replace(gates, items=tuple(changed if each is known else each for each in gates.items))
    if len(gates.items) >= MOST:
        return gates
    return replace(gates, items=(*gates.items, Item(id=name, stage=stage, **parts)))


def claim(gates: Gates, name: str, stage: Stage, *, done: bool, today: date) -> Gates:
    """Say that a criterion is met, or take that back."""
    return with_item(gates, name, stage, done=done, since=today if done else None)


def show(gates: Gates, name: str, stage: Stage, evidence: Evidence | None, *, today: date) -> Gates:
    """Put evidence to a criterion: whoever shows something says that it is done. Taken away, the word stays."""
    known = item_of(gates, name)
    if evidence is None or (known is not None and known.done):
        return with_item(gates, name, stage, evidence=evidence)
    if known is not None and known.evidence is not None:  # it was said not to be done, whatever is shown
        return with_item(gates, name, stage, evidence=evidence)
    return with_item(gates, name, stage, evidence=evidence, done=True, since=today)


def add(gates: Gates, stage: Stage, said: str, *, severe: bool) -> Gates:
    """A criterion of the team's own; it can be waived, not taken away. A full list stays as it is."""
    if len(gates.items) >= MOST:
        return gates
    item = Item(id=_free({each.id for each in gates.items}), stage=stage, said=said, severe=severe)
    return replace(gates, items=(*gates.items, item))


def decide(
    gates: Gates, stage: Stage, choice: Choice, stood: tuple[Frozen, ...], *, by: str, note: str | None, today: date
) -> Gates:
    """Put a decision into the log with how everything stood; a full log stays as it is."""
    if len(gates.decisions) >= MOST:
        return gates
    name = _free({each.id for each in gates.decisions})
    taken = Decision(id=name, stage=stage, choice=choice, day=today, by=by, note=note, stood=stood)
    return replace(gates, decisions=(*gates.decisions, taken))


def _free(taken: set[str]) -> str:
    """r1, r2, …: the next one after all that were ever given and are still there."""
    given = (int(each[1:]) for each in taken if each[:1] == "r" and each[1:].isdecimal() and len(each) < 10)
    return f"r{max(given, default=0) + 1}"
