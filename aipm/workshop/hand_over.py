"""What a room found, in the shapes that the other tools open: weights, pains, options and checks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from aipm.governance.fields import next_id
from aipm.governance.gates import STAGES, Gates
from aipm.governance.gates import with_item as gate_with
from aipm.governance.question_bank import Heading
from aipm.governance.register import Item, Register
from aipm.governance.register import with_item as register_with
from aipm.mapping.exports import FORMAT
from aipm.mapping.journey import Journey, Pain
from aipm.selection.weighing import MOST_PEOPLE, Person, Weighing
from aipm.workshop.cards import CardsResult
from aipm.workshop.checks import ChecksResult, Found
from aipm.workshop.entries import LEAST
from aipm.workshop.record import Kept, Record
from aipm.workshop.specs import CheckKind, Weights
from aipm.workshop.texts import room_texts
from aipm.workshop.weights import WeightsResult, points_of

HEADINGS: dict[CheckKind, Heading] = {
    "data": "training_data",
    "bias": "biases",
    "ethics": "society",
    "roles": "transparency",
}
"""Under which heading of the register a check of the room's own belongs."""


def weighing(kept: Kept) -> dict[str, Any]:
    """For the model scorer: `Weighing` as plain data. Everybody's weights without names; of fewer than three people, or
    more than the scorer takes, only their mean. Criteria that the scorer does not know are left out by it.
    """
    result = kept.outcome.result
    assert isinstance(kept.spec, Weights)
    assert isinstance(result, WeightsResult)
    means = tuple((key, round(weight * 100, 2)) for key, weight in result.weights.items())
    if not LEAST <= result.answered <= MOST_PEOPLE:
        return Weighing(way="sliders", sliders=means).to_dict()
    voice = room_texts().exports.voice
    people = [
        Person(name=voice.format(number=number), points=tuple(points.items()))
        for number, points in enumerate(points_of(kept.spec, kept.answers), start=1)
    ]
    return Weighing(way="group", sliders=means, people=tuple(people)).to_dict()


def order(kept: Kept) -> list[str]:
    """For the model scorer's needs: the criteria that got anything, most first."""
    result = kept.outcome.result
    assert isinstance(result, WeightsResult)
    return sorted((key for key, weight in result.weights.items() if weight > 0), key=lambda key: -result.weights[key])


def journey(kept: Kept, *, day: date) -> dict[str, Any]:
    """For the use-case mapper: a journey's file as plain data, which `mapping.exports.from_json` opens.

    A row a group of cards, those of a stage together, stages as the activity names them. What was hidden is left out;
    further cells hold the room's own tag and what else was said.
    """
    result = kept.outcome.result
    assert isinstance(result, CardsResult)
    stages = [*getattr(kept.spec, "stages", ()), None]
    groups = sorted(
        result.groups, key=lambda group: stages.index(group.stage) if group.stage in stages else len(stages)
    )
    say = room_texts().exports
    rows = tuple(
        Pain(
            row=row,
            stage=group.stage,
            text=group.card.text,
            more=(group.tag or "", "; ".join(each.text for each in group.members[1:])),
        )
        for row, group in enumerate(groups, start=1)
    )
    held = Journey(rows=rows, header=(say.stage, say.card, say.tag, say.together.format(others="").strip(" :")))
    head = {"kind": "journey", "format": FORMAT, "made_by": say.made_by, "day": day.isoformat()}
    return {**head, "journey": held.to_dict(), "answers": []}


def gates(kept: Kept, *, into: Gates | None = None, today: date) -> Gates:
    """For the stage gates: what was found, as owners and days of the criteria that checks belong to.

    A check found in order is said to be done, with what shows it left to be put there: a word is a claim.
    """
    found = into or Gates()
    for each in _checks(kept):
        stage = next((stage for stage in STAGES if stage == each.check.stage), None)
        if each.check.gate is not None and stage is not None and each.status != "todo":
            done = each.status == "fine"
            since = today if done else None
            found = gate_with(found, each.check.gate, stage, done=done, since=since, owner=each.owner, due=each.due)
    return found


def register(kept: Kept, *, into: Register | None = None) -> Register:
    """For the risk register: a row for each check with something missing; of the bank's question where it names one."""
    found = into or Register()
    for each in _checks(kept):
        if each.status not in ("gap", "stop"):
            continue
        known = next((item for item in found.items if each.check.bank and item.question == each.check.bank), None)
        item = known or Item(
            id=next_id(found.items),
            question=each.check.bank,
            text=None if each.check.bank else each.check.question,
            heading=None if each.check.bank else HEADINGS[each.check.kind],
            severe=None if each.check.bank else each.status == "stop",
        )
        said: dict[str, Any] = {"answer": "no", "owner": each.owner, "due": each.due, "note": _note(each)}
        kept_as = {name: value for name, value in said.items() if value is not None}
        found = register_with(found, replace(item, **kept_as))
    return found


def failures(kept: Kept, *, into: Register | None = None) -> Register:
    """For the risk register: a row for each reason of a pre-mortem, as a harm without an answer yet."""
    found = into or Register()
    result = kept.outcome.result
    assert isinstance(result, CardsResult)
    for group in result.groups:
        found = register_with(found, Item(id=next_id(found.items), text=group.card.text, heading="reliability"))
    return found


def hand_overs(record: Record, *, today: date) -> dict[str, Any]:
    """All of it as plain data by tool: `model_scorer`, `use_case_mapper`, `lifecycle`, `ethics`; what there is not is
    left out. Of several activities of a kind the last one that anybody answered counts; checks and reasons all do.
    """
    found: dict[str, Any] = {}
    answered = [each for each in record.activities if each.answered]
    for each in answered:
        if each.kind == "weights":
            found["model_scorer"] = weighing(each)
        elif each.kind == "ideas" and (bool(getattr(each.spec, "stages", None)) or "use_case_mapper" not in found):
            found["use_case_mapper"] = journey(each, day=today)
    held_gates, held_register = Gates(), Register()
    for each in answered:
        if each.kind == "checks":
            held_gates, held_register = gates(each, into=held_gates, today=today), register(each, into=held_register)
        elif each.kind == "premortem":
            held_register = failures(each, into=held_register)
    if held_gates != Gates():
        found["lifecycle"] = msgspec.to_builtins(held_gates)
    if held_register != Register():
        found["ethics"] = msgspec.to_builtins(held_register)
    return found


def _checks(kept: Kept) -> Sequence[Found]:
    result = kept.outcome.result
    assert isinstance(result, ChecksResult)
    return result.found


def _note(found: Found) -> str | None:
    """What shows it and the table's note; evidence itself is put to a row on the page."""
    return "\n".join(each for each in (found.evidence, found.note) if each) or None
