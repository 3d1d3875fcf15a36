"""What the room's parts are called, and the headings of what it hands on: content/workshop.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.workshop.refusals import Text
from aipm.workshop.specs import KINDS, STATES, STATUSES, CheckKind, State, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class KindText:
    """A kind of activity: its name, and what people do."""

    name: Text
    does: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StateText:
    name: Text
    means: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    """Headings, names of columns, and templates."""

    eyebrow: Text
    lead: Text
    lead_ended: Text
    note: Text
    sheet: Text
    phase: Text
    minutes: Text
    took: Text
    dropped: Text
    state: Text
    answered: Text
    nothing: Text
    card: Text
    stage: Text
    tag: Text
    dots: Text
    people: Text
    together: Text
    statement: Text
    calls_for: Text
    right: Text
    taken_for: Text
    criterion: Text
    weight: Text
    median: Text
    middle_half: Text
    range: Text
    mean: Text
    agreement: Text
    no_agreement: Text
    disputed: Text
    candidate: Text
    total: Text
    round: Text
    changed: Text
    dissent: Text
    option: Text
    votes: Text
    before: Text
    shift: Text
    check: Text
    kind: Text
    table: Text
    status: Text
    owner: Text
    due: Text
    evidence: Text
    remark: Text
    open: Text
    guesses: Text
    by_table: Text
    withheld: Text
    no_name: Text
    made_by: Text
    voice: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTexts:
    kinds: dict[str, KindText]
    states: dict[State, StateText]
    check_kinds: dict[CheckKind, Text]
    statuses: dict[Status, Text]
    exports: ExportTexts


@cache
def room_texts() -> RoomTexts:
    """Read once. Raises ContentError."""
    found: RoomTexts = content.load("workshop", RoomTexts)
    for name, wanted in (("kinds", KINDS), ("states", STATES), ("statuses", STATUSES)):
        if tuple(getattr(found, name)) != tuple(wanted):
            raise content.ContentError(f"workshop.yaml: {name}: must be {', '.join(wanted)}")
    return found
