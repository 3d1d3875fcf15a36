"""What follows from a register: whether one may go on, where the risks lie, the tasks, and who has how much of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from aipm.governance.evidence import Result, Tool
from aipm.governance.fields import person
from aipm.governance.product import Product
from aipm.governance.question_bank import HEADINGS, Asked, Bank, Step
from aipm.governance.register import Item, Register
from aipm.governance.risk_rows import BLOCKS, SETTLED, STATES, Block, Rating, Row, State, guess, judged, unasked

TaskKind = Literal["answer", "find_out", "show", "treat", "review", "decide_again"]
Gate = Literal["not_begun", "not_ready", "ready_with_rest", "ready"]
AHEAD = timedelta(days=30)
"""How long before its end an acceptance is to be decided again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    row: Row
    kind: TaskKind
    owner: str | None
    due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many tasks somebody has; `owner` as first written, None for those without one."""

    owner: str | None
    tasks: int
    severe: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`rows` are those that count, the gravest first; `blocks` the keys of severe rows that hold the gate shut."""

    gate: Gate
    rows: tuple[Row, ...]
    removed: tuple[Item, ...]
    counts: dict[State, int]
    blocks: dict[Block, tuple[str, ...]]
    severe: int
    overdue: int
    answered: int
    before: dict[tuple[Step, Step], tuple[str, ...]]
    after: dict[tuple[Step, Step], tuple[str, ...]]
    """Keys of rows by severity and likelihood."""
    tasks: tuple[Task, ...]
    loads: tuple[Load, ...]


def assess(
    register: Register,
    *,
    bank: Bank,
    applies: Mapping[str, Asked],
    latest: Mapping[Tool, Result],
    product: Product,
    today: date,
) -> Assessment:
    """What follows from the register today. `applies`: the questions that are asked of this product.

    A question that is asked counts as open until it is answered, whether it has a row or not. A row that was answered
    counts also where its question is no longer asked: only a reason takes it out.
    """
    rows = []
    known = {each.question for each in register.items}
    for item in register.items:
        asked = applies.get(item.question or "")
        gone = item.question is not None and asked is None and item.answer is None
        if item.removed is None and not gone:
            rows.append(judged(item, bank, asked, latest, product, today))
    rows += [unasked(key, bank.questions[key], asked) for key, asked in applies.items() if key not in known]
    order = {key: place for place, key in enumerate(bank.questions)}
    rows.sort(key=lambda row: _gravity(row, order))
    blocks = {block: tuple(row.key for row in rows if row.block == block) for block in BLOCKS}
    tasks = _tasks(rows, today)
    return Assessment(
        gate=_gate(rows, blocked=any(blocks.values())),
        rows=tuple(rows),
        removed=tuple(each for each in register.items if each.removed is not None),
        counts={state: sum(row.state == state for row in rows) for state in STATES},
        blocks=blocks,
        severe=sum(row.severe for row in rows),
        overdue=sum(row.overdue for row in rows),
        answered=sum(row.item is not None and row.item.answer is not None for row in rows),
        before=_placed([(row.key, row.before) for row in rows]),
        after=_placed([(row.key, row.after) for row in rows]),
        tasks=tasks,
        loads=_loads(tasks),
    )


def _gate(rows: list[Row], *, blocked: bool) -> Gate:
    if not any(row.item is not None and row.item.answer is not None for row in rows):
        return "not_begun"
    if blocked:
        return "not_ready"
    return "ready" if all(row.state in SETTLED for row in rows) else "ready_with_rest"


def _gravity(row: Row, order: Mapping[str, int]) -> tuple[bool, int, int, int]:
    rated = guess(row)
    heading = HEADINGS.index(row.heading) if row.heading else len(HEADINGS)
    name = row.item.question if row.item else row.key
    return not row.severe, -(rated.score if rated else 0), heading, order.get(name or "", len(order))


def _placed(rated: list[tuple[str, Rating | None]]) -> dict[tuple[Step, Step], tuple[str, ...]]:
    found: dict[tuple[Step, Step], tuple[str, ...]] = {}
    for key, rating in rated:
        if rating is not None:
            cell = (rating.severity, rating.likelihood)
            found[cell] = (*found.get(cell, ()), key)
    return found


def _tasks(rows: list[Row], today: date) -> tuple[Task, ...]:
    """What is to be done, by day; what has no day comes last, the gravest first within a day."""
    found = []
    for row in rows:
        if row.item is None or (kind := _kind(row, today)) is None:
            continue
        due = row.item.accepted_until if kind == "decide_again" else row.item.due
        late = due is not None and due < today
        found.append(Task(row=row, kind=kind, owner=row.item.owner, due=due, overdue=late))
    return tuple(sorted(found, key=lambda task: (task.due is None, task.due or date.max)))


def _kind(row: Row, today: date) -> TaskKind | None:
    assert row.item is not None
    if row.state == "open":
        return "answer" if row.item.owner or row.item.due or row.problems else None
    kinds: dict[State, TaskKind] = {"unsure": "find_out", "claimed": "show", "risk_open": "treat"}
    if row.state in kinds:
        return kinds[row.state]
    if row.state == "accepted" and row.item.accepted_until and row.item.accepted_until <= today + AHEAD:
        return "decide_again"
    return "review" if row.block == "own_reviewer" else None


def _loads(tasks: tuple[Task, ...]) -> tuple[Load, ...]:
    """By person, whoever has most first; those without an owner last."""
    names: dict[str | None, str | None] = {}
    for task in tasks:
        names.setdefault(person(task.owner), task.owner)
    count = Counter(person(task.owner) for task in tasks)
    severe = Counter(person(task.owner) for task in tasks if task.row.severe)
    late = Counter(person(task.owner) for task in tasks if task.overdue)
    loads = [Load(owner=names[each], tasks=count[each], severe=severe[each], overdue=late[each]) for each in names]
    return tuple(sorted(loads, key=lambda load: (load.owner is None, -load.tasks, person(load.owner) or "")))
