"""The stage-gate board: every criterion as it stands today, every gate, and the stage the product is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance.evidence import Result, Standing, Tool, plain, standing
from aipm.governance.gates import STAGES, Decision, Frozen, Gates, Item, Stage, State, Waiver
from aipm.governance.product import Product

Outcome = Literal["passed", "passed_with_waivers", "not_yet"]
Why = Literal[
    "not_said",
    "evidence_unsaid",
    "no_evidence",
    "stale",
    "failed",
    "waiver_reason",
    "waiver_by",
    "waiver_owner_unknown",
    "waiver_owner",
    "waiver_over",
]
"""Why a criterion is neither evidenced nor waived; those that begin with waiver say why a waiver does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What helps with a criterion: a page as the registry names it, a view of it, and how the link reads."""

    page: str
    text: str
    view: str | None = None
    tool: Tool | None = None
    """What of it can be evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What must be shown; `severe`: people could be harmed where it is not met."""

    said: str
    good: str
    """What good evidence looks like."""
    where: Where
    severe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StageText:
    name: str
    question: str
    """What this gate asks."""
    criteria: dict[str, Criterion]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    stages: dict[Stage, StageText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A criterion as it stands. `said` may be what somebody typed; `good` and `where` are None for an added one."""

    id: str
    stage: Stage
    said: str
    severe: bool
    state: State
    why: tuple[Why, ...]
    standing: Standing
    item: Item
    """What was said of it; a bare one where nothing was."""
    good: str | None = None
    where: Where | None = None
    since: date | None = None
    """How long it has been missing, as far as that is known: since it was said to be done, or evidence was added."""

    @property
    def missing(self) -> bool:
        return self.state in ("open", "claimed")

    def overdue(self, today: date) -> bool:
        return self.missing and self.item.due is not None and self.item.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What has become of the evidence a gate was passed on."""

    stale: tuple[Frozen, ...]
    renewed: tuple[Frozen, ...]
    """Those of them for which there is fresh evidence by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A stage, its criteria, and whether the product may go on."""

    stage: Stage
    criteria: tuple[Checked, ...]
    outcome: Outcome
    missing: tuple[Checked, ...]
    """The longest known first; then those of which nothing was ever said."""
    decision: Decision | None
    """The last one."""
    since: Since | None
    """Where the last decision was to go on."""

    def count(self, state: State) -> int:
        return sum(each.state == state for each in self.criteria)

    @property
    def behind(self) -> bool:
        """Whether the product is past this gate: it is passed, or it was decided to go on."""
        if self.decision is not None:
            return self.decision.choice == "go"
        return self.outcome != "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All gates in order, and the stage the product is in: the first whose gate is not behind it; None after all."""

    gates: tuple[Gate, ...]
    current: Stage | None

    def gate(self, stage: Stage) -> Gate:
        return self.gates[STAGES.index(stage)]


@cache
def stage_texts() -> dict[Stage, StageText]:
    """The part `stages` of content/lifecycle_gates.yaml. Raises ContentError."""
    found: dict[Stage, StageText] = content.load("lifecycle_gates", _File).stages
    names = [name for each in found.values() for name in each.criteria]
    if tuple(found) != STAGES or len(set(names)) < len(names):
        raise content.ContentError(f"lifecycle_gates.yaml: stages: must be {', '.join(STAGES)}, no criterion twice")
    return found


def board(gates: Gates, *, latest: Mapping[Tool, Result], product: Product, today: date) -> Board:
    """How everything stands, given each tool's latest result, what is to go live, and the day."""
    items: dict[str, Item] = {}
    for each in gates.items:
        items.setdefault(each.id, each)
    found = tuple(_gate(stage, gates, items, latest, product, today) for stage in STAGES)
    return Board(gates=found, current=next((each.stage for each in found if not each.behind), None))


def _gate(
    stage: Stage,
    gates: Gates,
    items: Mapping[str, Item],
    latest: Mapping[Tool, Result],
    product: Product,
    today: date,
) -> Gate:
    known = stage_texts()[stage].criteria
    everywhere = {name for text in stage_texts().values() for name in text.criteria}

    def checked(item: Item, text: Criterion | None) -> Checked:
        stands = standing(item.evidence, latest=latest, product=product, today=today)
        severe = text.severe if text else item.severe
        state, why = _state(item, stands, severe=severe, owner=product.owner, today=today)
        return Checked(
            id=item.id,
            stage=stage,
            said=text.said if text else item.said or item.id,
            severe=severe,
            state=state,
            why=why,
            standing=stands,
            item=item,
            good=text.good if text else None,
            where=text.where if text else None,
            since=item.since or (item.evidence.added if item.evidence else None),
        )

    criteria = (
        *(checked(items.get(name) or Item(id=name, stage=stage), text) for name, text in known.items()),
        *(checked(item, None) for name, item in items.items() if item.stage == stage and name not in everywhere),
    )
    missing = sorted((each for each in criteria if each.missing), key=lambda each: each.since or date.max)
    waived = any(each.state == "waived" for each in criteria)
    decision = next((each for each in reversed(gates.decisions) if each.stage == stage), None)
    since = None
    if decision is not None and decision.choice == "go":
        stale = tuple(
            each
            for each in decision.stood
            if each.evidence is not None
            and standing(each.evidence, latest=latest, product=product, today=today).freshness != "fresh"
        )
        fresh = {each.id for each in criteria if each.state == "evidenced"}
        since = Since(stale=stale, renewed=tuple(each for each in stale if each.id in fresh))
    return Gate(
        stage=stage,
        criteria=criteria,
        outcome="not_yet" if missing else "passed_with_waivers" if waived else "passed",
        missing=tuple(missing),
        decision=decision,
        since=since,
    )


def _state(
    item: Item, stands: Standing, *, severe: bool, owner: str | None, today: date
) -> tuple[State, tuple[Why, ...]]:
    """Evidence comes before a waiver; a waiver that does not count is among the reasons."""
    if item.done and stands.freshness == "fresh":
        return "evidenced", ()
    against = () if item.waiver is None else _against(item.waiver, severe=severe, owner=owner, today=today)
    if item.waiver is not None and not against:
        return "waived", ()
    if not item.done:
        said: Why = "not_said" if stands.freshness == "missing" else "evidence_unsaid"
        return "open", (said, *against)
    lacks: dict[str, Why] = {"missing": "no_evidence", "stale": "stale", "failed": "failed"}
    return "claimed", (lacks[stands.freshness], *against)


def _against(waiver: Waiver, *, severe: bool, owner: str | None, today: date) -> tuple[Why, ...]:
    """Why a waiver does not count."""
    found: list[Why] = []
    if waiver.reason is None:
        found.append("waiver_reason")
    if waiver.by is None:
        found.append("waiver_by")
    elif severe and owner is None:
        found.append("waiver_owner_unknown")
    elif severe and plain(waiver.by) == plain(owner):
        found.append("waiver_owner")
    if waiver.until is not None and waiver.until < today:
        found.append("waiver_over")
    return tuple(found)


def frozen(gate: Gate) -> tuple[Frozen, ...]:
    """How every criterion of a gate stands now, for its decision."""
    return tuple(
        Frozen(id=each.id, said=each.said, state=each.state, evidence=each.item.evidence, waiver=each.item.waiver)
        for each in gate.criteria
    )
