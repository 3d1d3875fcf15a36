"""Which tools fit at each stage of building and running a model, and why: needs and a catalogue -> short lists.

An answer that is not given rules nothing out. A tool is left out by name of the answers that speak against it, so that
whoever misses it knows what to change; retired tools are never proposed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import Literal, cast, get_args

from aipm import content

Stage = Literal["data", "development", "training", "evaluation", "deployment", "monitoring", "automation"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""The five stages of the deployment cycle, the data before them, and what carries a model from one to the next."""
Approach = Literal["api", "adapt", "train", "classical"]
Cloud = Literal["aws", "azure", "google"]
Place = Literal["aws", "azure", "google", "own", "device", "any"]
Runs = Literal["aws", "azure", "google", "own", "device", "vendor"]
"""Where a tool can run; `vendor` is the machines of whoever sells it."""
Skills = Literal["analyst", "engineer", "platform"]
Wish = Literal["open", "any"]
Budget = Literal["none", "small", "funded"]
Volume = Literal["low", "middle", "high"]
Regulated = Literal["yes", "no", "unsure"]
Part = Literal["approach", "place", "skills", "licence", "budget", "volume", "regulated"]
PARTS: tuple[Part, ...] = get_args(Part)
Licence = Literal["open", "source", "commercial"]
"""An open-source licence; the source can be read but use is restricted; sold under terms."""
Cost = Literal["machines", "free_tier", "use", "seat"]
Status = Literal["active", "renamed", "maintenance", "retired", "bought", "not_checked"]
Checked = Literal["first", "second", "memory"]
"""Read at its makers', read elsewhere, or not looked up."""
Reason = Literal["place", "cloud", "open", "skills", "price", "volume", "records", "approach", "managed"]
Caution = Literal["renamed", "bought", "maintenance", "not_checked", "source"]
Clash = Literal["api_own", "api_device", "train_analyst", "train_free", "own_analyst", "high_free"]

CLOUDS: tuple[Cloud, ...] = get_args(Cloud)
SKILLS: tuple[Skills, ...] = get_args(Skills)
BUDGETS: tuple[Budget, ...] = get_args(Budget)
MOST = 3
"""Tools of a short list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackNeeds:
    """What the team needs; None: not answered."""

    approach: Approach | None = None
    """An API is bought, an open model adapted, one of our own trained, or a classical one made on tables."""
    place: Place | None = None
    """Where it has to run."""
    skills: Skills | None = None
    """Who there is to look after it, at most."""
    licence: Wish | None = None
    budget: Budget | None = None
    volume: Volume | None = None
    """Answers a day."""
    regulated: Regulated | None = None
    """Whether somebody outside may ask for records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackTool:
    """A row of the catalogue. The first stage is the one it is for above all; `replaced_by` where it is retired."""

    id: str
    name: str
    stages: tuple[Stage, ...]
    job: str
    """What it is for within a stage: a short list holds one tool of each job before it holds two of one."""
    does: str
    approaches: tuple[Approach, ...] = ("api", "adapt", "train", "classical")
    licence: Licence
    licence_name: str
    licence_checked: Checked
    licence_source: str | None = None
    licence_note: str | None = None
    runs: tuple[Runs, ...]
    skills: Skills
    """The least that is needed to run it."""
    cost: Cost
    budget: Budget = "none"
    """The least that it needs, machines apart."""
    volumes: tuple[Volume, ...] = ("low", "middle", "high")
    records: bool = False
    """Whether it keeps a record that can be shown later: of runs, versions, answers or changes."""
    status: Status
    status_why: str
    checked: Checked
    """How far the status was checked."""
    source: str
    checked_on: str
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A proposed tool: the answers it suits, and what to look at before one decides."""

    tool: StackTool
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A tool that was left out, and the answers that spoke against it; none where it is retired."""

    tool: StackTool
    by: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """What would be proposed if these answers were taken back."""

    parts: tuple[Part, ...]
    back: tuple[StackTool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageList:
    """One stage. `hidden`: it is not needed with this way of coming by a model."""

    stage: Stage
    hidden: bool = False
    picks: tuple[Pick, ...] = ()
    more: tuple[StackTool, ...] = ()
    """What fits as well."""
    left: tuple[Left, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    """Only where nothing fits: the smallest changes that bring something back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    needs: StackNeeds
    stages: tuple[StageList, ...]
    answered: tuple[Part, ...]
    clashes: tuple[Clash, ...] = ()

    def stage(self, name: Stage) -> StageList:
        return next(each for each in self.stages if each.stage == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    tools: tuple[StackTool, ...] = field(default_factory=tuple)


@cache
def tools() -> tuple[StackTool, ...]:
    """The catalogue (content/lifecycle_stack.yaml), in the order in which equals are proposed. Raises ContentError."""
    found: tuple[StackTool, ...] = content.load("lifecycle_stack", _File).tools
    known = {each.id for each in found}
    for each in found:
        if not known.issuperset(each.replaced_by):
            raise content.ContentError(f"lifecycle_stack.yaml: {each.id}: replaced_by names no tool")
    return found


def named(name: str) -> StackTool:
    return next(each for each in tools() if each.id == name)


def shortlist(needs: StackNeeds, catalogue: Sequence[StackTool] | None = None) -> Shortlist:
    """Up to three tools a stage, what was left out and by which answer, and what would bring something back."""
    known = tools() if catalogue is None else tuple(catalogue)
    answered = tuple(part for part in PARTS if getattr(needs, part) is not None)
    return Shortlist(
        needs=needs,
        stages=tuple(_stage(stage, needs, known) for stage in STAGES),
        answered=answered,
        clashes=tuple(_clashes(needs)),
    )


def against(tool: StackTool, stage: Stage, needs: StackNeeds) -> tuple[Part, ...]:
    """The answers that rule the tool out at this stage.

    What runs on a device is only held against what is deployed: nobody trains or watches on the device itself.
    """
    place = needs.place
    if place == "any" or (place == "device" and stage != "deployment"):
        place = None
    ruled: dict[Part, bool] = {
        "approach": needs.approach is not None and needs.approach not in tool.approaches,
        "place": place is not None and place not in tool.runs,
        "skills": needs.skills is not None and SKILLS.index(tool.skills) > SKILLS.index(needs.skills),
        "licence": needs.licence == "open" and tool.licence != "open",
        "budget": needs.budget is not None and BUDGETS.index(tool.budget) > BUDGETS.index(needs.budget),
        "volume": needs.volume is not None and needs.volume not in tool.volumes,
        "regulated": needs.regulated == "yes" and tool.status == "maintenance",
    }
    return tuple(part for part in PARTS if ruled[part])


def _stage(stage: Stage, needs: StackNeeds, known: Sequence[StackTool]) -> StageList:
    if stage == "training" and needs.approach == "api":
        return StageList(stage=stage, hidden=True)
    here = [each for each in known if stage in each.stages]
    fits = _fitting(stage, needs, here)
    chosen = fits[:MOST]
    left = [
        Left(tool=each, by=against(each, stage, needs) if each.status != "retired" else ())
        for each in here
        if each not in fits
    ]
    return StageList(
        stage=stage,
        picks=tuple(
            Pick(tool=each, reasons=_reasons(each, stage, needs), cautions=tuple(_cautions(each))) for each in chosen
        ),
        more=tuple(fits[MOST:]),
        left=tuple(left),
        relaxed=() if fits else _relaxed(stage, needs, here),
    )


def _fitting(stage: Stage, needs: StackNeeds, here: Iterable[StackTool]) -> list[StackTool]:
    """What nothing speaks against, best first; one of each job before the second of any."""
    fits = [each for each in here if each.status != "retired" and not against(each, stage, needs)]
    fits.sort(key=lambda each: -_points(each, stage, needs))  # a stable sort: equals stay in the catalogue's order
    seen: dict[str, int] = {}
    turns = {}
    for each in fits:
        turns[each.id] = seen[each.job] = seen.get(each.job, -1) + 1
    return sorted(fits, key=lambda each: turns[each.id])


def _points(tool: StackTool, stage: Stage, needs: StackNeeds) -> int:
    """How much speaks for a tool beyond that nothing speaks against it."""
    reasons = _reasons(tool, stage, needs)
    own_place = 2 * ("cloud" in reasons) + ("managed" in reasons)
    suits = 2 * ("records" in reasons) + (len(tool.approaches) == 1 and "approach" in reasons)
    one_cloud = len(tool.runs) == 1 and tool.runs[0] in CLOUDS and needs.place not in CLOUDS
    return own_place + suits + (tool.stages[0] == stage) - 2 * one_cloud - 3 * (tool.status == "maintenance")


def _reasons(tool: StackTool, stage: Stage, needs: StackNeeds) -> tuple[Reason, ...]:
    clouds = [each for each in CLOUDS if each in tool.runs]
    one_cloud = needs.place in CLOUDS and clouds == [needs.place] and "own" not in tool.runs
    at_place = needs.place in tool.runs and not (needs.place == "device" and stage != "deployment")
    holds: dict[Reason, bool] = {
        "cloud": one_cloud,
        "place": at_place and not one_cloud,
        "open": needs.licence == "open" and tool.licence == "open",
        "skills": needs.skills is not None,
        "managed": one_cloud and needs.skills in ("analyst", "engineer"),
        "price": needs.budget in ("none", "small"),
        "volume": needs.volume == "high" and len(tool.volumes) < len(get_args(Volume)),
        "records": needs.regulated in ("yes", "unsure") and tool.records,
        "approach": needs.approach is not None and len(tool.approaches) < len(get_args(Approach)),
    }
    return tuple(reason for reason in cast("tuple[Reason, ...]", get_args(Reason)) if holds[reason])


def _cautions(tool: StackTool) -> Iterator[Caution]:
    if tool.status in ("renamed", "bought", "maintenance", "not_checked"):
        yield tool.status
    if tool.licence == "source":
        yield "source"


def _relaxed(stage: Stage, needs: StackNeeds, here: Sequence[StackTool]) -> tuple[Relaxed, ...]:
    """Single answers that bring something back when they are taken back; pairs where no single one does, and so on."""
    given = [part for part in PARTS if getattr(needs, part) is not None]
    for count in range(1, len(given) + 1):
        found = []
        for parts in combinations(given, count):
            back = _fitting(stage, replace(needs, **dict.fromkeys(parts)), here)
            if back:
                found.append(Relaxed(parts=parts, back=tuple(back[:MOST])))
        if found:
            return tuple(found)
    return ()


def _clashes(needs: StackNeeds) -> Iterator[Clash]:
    """Answers that hardly go together, whatever tools there are."""
    if needs.approach == "api" and needs.place == "own":
        yield "api_own"
    if needs.approach == "api" and needs.place == "device":
        yield "api_device"
    if needs.approach in ("train", "adapt") and needs.skills == "analyst":
        yield "train_analyst"
    if needs.approach in ("train", "adapt") and needs.budget == "none":
        yield "train_free"
    if needs.approach != "api" and needs.place == "own" and needs.skills == "analyst":
        yield "own_analyst"
    if needs.volume == "high" and needs.budget == "none":
        yield "high_free"
