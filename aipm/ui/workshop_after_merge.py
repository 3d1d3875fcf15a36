"""What a room found, put into what a session has of the tools: pure, and nothing that stood there is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aipm.governance import gates as stage_gates
from aipm.governance import register as risks
from aipm.governance.fields import LONGEST, MOST, next_id
from aipm.governance.gates import Gates
from aipm.governance.register import Item, Register
from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import Person, Weighing
from aipm.workshop.entries import LEAST
from aipm.workshop.hand_over import order
from aipm.workshop.record import Kept
from aipm.workshop.specs import targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """For the model scorer: weights and the order of its questions. `unknown`: criteria that it does not know."""

    weighing: Weighing
    order: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def people(self) -> int:
        """Whose weights are there one by one; 0 where there is only the mean."""
        return len(self.weighing.people) if self.weighing.way == "group" else 0


def weighed(kept: Kept, plain: object) -> Weighed:
    """From the plain data of the hand-over. The scorer weighs all that it prefers: what the room was not asked is 0.

    Whoever gave nothing to what the scorer knows has no say there; of fewer than LEAST people the mean stands alone.
    Raises Refusal.
    """
    found = Weighing.from_dict(plain)
    asks = {criterion: name for name, asked in need_texts().questions.items() for criterion in asked.criteria}
    wanted = tuple(dict.fromkeys(asks[name] for name in order(kept) if name in asks))
    nothing = dict.fromkeys(of_order(Needs(order=wanted)), 0.0)
    counted = (Person(name=each.name, points=_only(nothing, each.points)) for each in found.people)
    people = tuple(each for each in counted if any(points for _, points in each.points))
    way = found.way if len(people) >= LEAST else "sliders"
    return Weighed(
        weighing=replace(
            found, way=way, sliders=_only(nothing, found.sliders), people=people if way == "group" else ()
        ),
        order=wanted,
        unknown=tuple(name for key, name in targets(kept.spec).items() if key not in asks),
    )


def _only(names: Mapping[str, float], points: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    given = dict(points)
    return tuple((name, given.get(name, nothing)) for name, nothing in names.items())


def gates(found: Gates, *, into: Gates) -> Gates:
    """What the tables found counts; an owner, a day or evidence that they did not name stays."""
    for each in found.items:
        known = stage_gates.item_of(into, each.id)
        parts: dict[str, Any] = {name: value for name in ("owner", "due") if (value := getattr(each, name)) is not None}
        if known is None or known.done != each.done:
            parts |= {"done": each.done, "since": each.since}
        into = stage_gates.with_item(into, each.id, each.stage, **parts)
    return into


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The register with what the room found; how many rows are new or changed, and how many do not fit."""

    register: Register
    added: int
    changed: int
    left: int


def register(found: Register, *, into: Register) -> Registered:
    """A row of the same question, or of the same words, is that row; what was taken out and is amiss counts again."""
    added = changed = left = 0
    for each in found.items:
        known = next((item for item in into.items if _same(item, each)), None)
        if known is None:
            if len(into.items) >= MOST:
                left += 1
                continue
            into = risks.with_item(into, replace(each, id=next_id(into.items)))
            added += 1
        elif (now := _with(known, each)) != known:
            into = risks.with_item(into, now)
            changed += 1
    return Registered(register=into, added=added, changed=changed, left=left)


def _same(one: Item, other: Item) -> bool:
    return one.question == other.question if other.question else one.question is None and one.text == other.text


def _with(known: Item, found: Item) -> Item:
    said: dict[str, Any] = {
        name: value for name in ("answer", "owner", "due") if (value := getattr(found, name)) is not None
    }
    if found.note and found.note not in (known.note or ""):
        said["note"] = "\n".join(filter(None, (known.note, found.note)))[:LONGEST]
    if found.answer == "no":
        said["removed"] = None
    return replace(known, **said)
