"""What a room found, put into gates and a register that are there: nothing that stood there is lost."""

from dataclasses import dataclass, replace
from typing import Any

from aipm.governance import gates as stage_gates
from aipm.governance import register as risks
from aipm.governance.fields import LONGEST, MOST, next_id
from aipm.governance.gates import Gates
from aipm.governance.register import Item, Register


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
