"""What a room found, in the shapes that the other tools open: weights, pains, options and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from aipm.governance.gates import STAGES, Gates
from aipm.governance.gates import Item as Criterion
from aipm.governance.question_bank import Heading
from aipm.governance.register import Item, Register
from aipm.mapping.exports import FORMAT
from aipm.mapping.journey import Journey, Pain
from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import MOST_PEOPLE, Person, Weighing
from aipm.workshop import merging
from aipm.workshop.cards import CardsResult
from aipm.workshop.checks import ChecksResult, Found
from aipm.workshop.entries import LEAST
from aipm.workshop.record import Kept, Record
from aipm.workshop.specs import CheckKind, Weights, targets
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Weights and the order of the model scorer's questions. `unknown`: criteria that it does not know."""

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


def gates(kept: Kept, *, today: date) -> Gates:
    """For the stage gates: what was found, as owners and days of the criteria that checks belong to.

    A check found in order is said to be done, with what shows it left to be put there: a word is a claim.
    """
    found = Gates()
    for each in _checks(kept):
        stage = next((stage for stage in STAGES if stage == each.check.stage), None)
        if each.check.gate is not None and stage is not None and each.status != "todo":
            done = each.status == "fine"
            since = today if done else None
            said = Criterion(id=each.check.gate, stage=stage, done=done, since=since, owner=each.owner, due=each.due)
            found = merging.gates(Gates(items=(said,)), into=found)
    return found


def register(kept: Kept) -> Register:
    """For the risk register: a row for each check with something missing; of the bank's question where it names one."""
    rows = []
    for each in _checks(kept):
        if each.status in ("gap", "stop"):
            said: dict[str, Any] = {"answer": "no", "owner": each.owner, "due": each.due, "note": _note(each)}
            own: dict[str, Any] = {
                "text": each.check.question,
                "heading": HEADINGS[each.check.kind],
                "severe": each.status == "stop",
            }
            asked = {"question": each.check.bank} if each.check.bank else own
            rows.append(Item(id="r1", **asked, **said))
    return _rows(rows)


def failures(kept: Kept) -> Register:
    """For the risk register: a row for each reason of a pre-mortem, as a harm without an answer yet."""
    result = kept.outcome.result
    assert isinstance(result, CardsResult)
    return _rows([Item(id="r1", text=group.card.text, heading="reliability") for group in result.groups])


def _rows(rows: Sequence[Item]) -> Register:
    """Each as a row with a number of its own; the same question, or the same words, is one row."""
    return merging.register(Register(items=tuple(rows)), into=Register()).register


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
            held_gates = merging.gates(gates(each, today=today), into=held_gates)
        if each.kind in ("checks", "premortem"):
            rows = register(each) if each.kind == "checks" else failures(each)
            held_register = merging.register(rows, into=held_register).register
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
