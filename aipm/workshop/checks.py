"""Checks dealt to tables: what each found, who sees to it until when, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aipm.workshop.entries import Answer, people
from aipm.workshop.specs import STATUSES, Check, Checks, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The last that was said of a check. None: not said. `table`: whom it was dealt to."""

    check: Check
    table: str | None = None
    status: Status = "todo"
    owner: str | None = None
    due: date | None = None
    evidence: str | None = None
    note: str | None = None

    @property
    def unowned(self) -> bool:
        """Whether something is amiss and nobody, or no day, is named for it."""
        return self.status in ("gap", "stop") and (self.owner is None or self.due is None)

    @property
    def claimed(self) -> bool:
        """Whether it is said to be fine with nothing to show for it."""
        return self.status == "fine" and self.evidence is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksResult:
    """In the order of the spec; `statuses` counts them."""

    answered: int
    found: tuple[Found, ...]
    statuses: dict[Status, int]
    unowned: tuple[str, ...]
    claimed: tuple[str, ...]
    leading: tuple[str, ...] = ()


def deal(checks: Sequence[Check], tables: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each check to one table, in turn; those of a kind stay together as far as there are tables for it."""
    if not tables:
        return ()
    kinds = list(dict.fromkeys(each.kind for each in checks))
    if len(tables) <= len(kinds):
        return tuple((each.key, tables[kinds.index(each.kind) % len(tables)]) for each in checks)
    ordered = sorted(checks, key=lambda each: kinds.index(each.kind))
    place = {each.key: number * len(tables) // len(ordered) for number, each in enumerate(ordered)}
    return tuple((each.key, tables[place[each.key]]) for each in checks)


def dealt_to(spec: Checks, check: str, table: str | None) -> Checks:
    """The checks with this one dealt to this table, the others as they were; None: to no table."""
    others = tuple((key, theirs) for key, theirs in spec.dealt if key != check)
    return replace(spec, dealt=others if table is None else (*others, (check, table)))


def checks_result(spec: Checks, answers: Sequence[Answer]) -> ChecksResult:
    """What the tables found; of several answers to a check the last one stands."""
    last = {each.item: each.value for each in sorted(answers, key=lambda each: (each.at, each.person))}
    dealt = dict(spec.dealt)
    found = tuple(_found(check, dealt.get(check.key), last.get(check.key)) for check in spec.checks)
    keys = {check.key for check in spec.checks}
    return ChecksResult(
        answered=people([each for each in answers if each.item in keys]),
        found=found,
        statuses={status: sum(each.status == status for each in found) for status in STATUSES},
        unowned=tuple(each.check.key for each in found if each.unowned),
        claimed=tuple(each.check.key for each in found if each.claimed),
    )


def _found(check: Check, table: str | None, value: dict[str, str] | None) -> Found:
    said = value or {}
    return Found(
        check=check,
        table=table,
        status=next((status for status in STATUSES if status == said.get("status")), "todo"),
        owner=said.get("owner"),
        due=date.fromisoformat(said["due"]) if said.get("due") else None,
        evidence=said.get("evidence"),
        note=said.get("note"),
    )
