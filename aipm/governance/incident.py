"""What happens when it goes wrong, and how somebody can appeal."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Literal, get_args

from aipm import content
from aipm.governance.fields import Rows, Typed, Whole, same_person
from aipm.governance.form_texts import FormTexts, Gap, Known

Phase = Literal["hour", "day", "week"]
PHASES: tuple[Phase, ...] = get_args(Phase)
Whom = Literal["people", "users", "management", "data_authority", "ai_authority", "provider", "supplier", "public"]
Level = Literal["1", "2", "3", "4"]
Within = Literal["hour", "day", "72_hours", "week", "15_days", "month"]
Scenario = Literal["wrong_refusals", "leak", "made_up_advice", "drift", "misuse"]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
HOURS: dict[Within, int] = {"hour": 1, "day": 24, "72_hours": 72, "week": 168, "15_days": 360, "month": 744}
LATEST: dict[Whom, int] = {"data_authority": 72, "ai_authority": 360}
"""Hours after which it is too late: GDPR Article 33(1); AI Act Article 73(2), shorter in 73(3) and (4)."""
DRILL = timedelta(days=365)
ROLLBACK = timedelta(days=183)
"""How old a drill, and a rehearsed rollback, may be: our rule of thumb, no law."""
PARTS: dict[str, tuple[str, ...]] = {
    "levels": ("level_3", "level_4"),
    "notice": ("signals",),
    "report": ("report_where",),
    "stop": ("stop_how", "stop_who"),
    "deputy": ("stop_deputy",),
    "fallback": ("fallback",),
    "rollback": ("rollback_to", "rollback_on"),
    "evidence": ("evidence",),
    "appeal": ("appeal_where", "appeal_decides", "appeal_days"),
    "reverse": ("appeal_reverse",),
    "told": ("appeal_told",),
}
"""What of the plan a question of the exercise asks for. Beside these: `hour`, `day`, `week` for a step, and
`tell_…` for somebody who is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """How it is noticed."""

    id: str
    what: Typed | None = None
    where: Typed | None = None
    looks: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    id: str
    phase: Phase | None = None
    what: Typed | None = None
    owner: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Who is told, from which level on, how soon, by whom."""

    id: str
    whom: Whom | None = None
    level: Level | None = None
    within: Within | None = None
    how: Typed | None = None
    owner: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """An exercise that was walked through."""

    id: str
    scenario: Scenario
    on: date
    open: Whole
    """Questions to which the plan had no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPlan:
    level_1: Typed | None = None
    level_2: Typed | None = None
    level_3: Typed | None = None
    level_4: Typed | None = None
    signals: Annotated[tuple[Signal, ...], Rows] = ()
    report_where: Typed | None = None
    """Where somebody outside reports a wrong or unfair answer."""
    steps: Annotated[tuple[Step, ...], Rows] = ()
    personal_data: Known | None = None
    high_risk: Known | None = None
    """Whether the triage points to a high-risk system under the AI Act."""
    tell: Annotated[tuple[Tell, ...], Rows] = ()
    stop_how: Typed | None = None
    stop_who: Typed | None = None
    stop_deputy: Typed | None = None
    fallback: Typed | None = None
    rollback_to: Typed | None = None
    rollback_on: date | None = None
    evidence: Typed | None = None
    appeal_where: Typed | None = None
    decides_first: Typed | None = None
    appeal_decides: Typed | None = None
    appeal_days: Whole | None = None
    appeal_reverse: Typed | None = None
    appeal_told: Typed | None = None
    drill_on: date | None = None
    drill_next: date | None = None
    played: Annotated[tuple[Played, ...], Rows] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioText:
    """A made-up incident: what is known at first, and what is asked as the hours pass."""

    name: str
    level: Level
    story: str
    asks: tuple["AskText", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText:
    """A turn of the exercise: when, what happens, what the plan should say; `needs` names that part of the plan."""

    when: str
    happens: str
    asks: str
    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseText:
    title: str
    sentence: str
    choose: str
    your_plan: str
    nothing: str
    score: str
    score_all: str
    record: str
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTexts(FormTexts):
    """content/ethics_incident.yaml"""

    exercise: ExerciseText
    scenarios: dict[Scenario, ScenarioText]
    duties_title: str
    duties: tuple[str, ...]


@cache
def incident_texts() -> IncidentTexts:
    """Read once. Raises ContentError."""
    found: IncidentTexts = content.load("ethics_incident", IncidentTexts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question of the exercise and what the plan answers, as the fields or rows that do; none: a gap."""

    asked: AskText
    fields: tuple[str, ...] = ()
    rows: tuple[Step | Tell | Signal, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.fields or self.rows)


def gaps(plan: IncidentPlan, *, today: date) -> tuple[Gap, ...]:
    """What the plan does not say or has not tried, the most pressing first."""
    if plan == IncidentPlan():
        return (Gap(code="empty"),)
    found = []
    if plan.stop_how is None or plan.stop_who is None:
        found.append(Gap(code="no_stop"))
    elif plan.stop_deputy is None or same_person(plan.stop_who, plan.stop_deputy):
        found.append(Gap(code="no_deputy", values={"who": plan.stop_who}))
    if plan.fallback is None:
        found.append(Gap(code="no_fallback"))
    found += _telling(plan)
    found += [Gap(code=f"no_{phase}") for phase in PHASES if not any(each.phase == phase for each in plan.steps)]
    found += [
        Gap(code="step_owner", row=each.id, values={"what": each.what or each.id})
        for each in plan.steps
        if each.owner is None
    ]
    found += _appeal(plan)
    if plan.report_where is None:
        found.append(Gap(code="no_report"))
    if not plan.signals:
        found.append(Gap(code="no_signal"))
    found += [
        Gap(code="signal_looks", row=each.id, values={"what": each.what or each.id})
        for each in plan.signals
        if each.looks is None
    ]
    found += [
        Gap(code="no_level", values={"level": level})
        for level in get_args(Level)
        if getattr(plan, f"level_{level}") is None
    ]
    if plan.evidence is None:
        found.append(Gap(code="no_evidence"))
    return (*found, *_tried(plan, today))


def walk(plan: IncidentPlan, scenario: ScenarioText) -> tuple[Turn, ...]:
    """The made-up incident, turn by turn, with what the plan answers."""
    return tuple(_turn(plan, each, scenario.level) for each in scenario.asks)


def _turn(plan: IncidentPlan, asked: AskText, level: Level) -> Turn:
    needs = asked.needs
    if needs in PHASES:
        return Turn(asked=asked, rows=tuple(each for each in plan.steps if each.phase == needs and each.what))
    if needs == "notice":
        return Turn(asked=asked, rows=tuple(each for each in plan.signals if each.what))
    if needs.startswith("tell_"):
        whom = needs.removeprefix("tell_")
        told = (each for each in plan.tell if each.whom == whom and (each.level or "1") <= level)
        return Turn(asked=asked, rows=tuple(told))
    parts = PARTS[needs]
    known = tuple(each for each in parts if getattr(plan, each) not in (None, ()))
    return Turn(asked=asked, fields=known if len(known) == len(parts) else ())


def _telling(plan: IncidentPlan) -> list[Gap]:
    found = []
    told = {each.whom for each in plan.tell}
    if "people" not in told:
        found.append(Gap(code="tell_people"))
    if plan.personal_data in ("yes", "unsure") and "data_authority" not in told:
        found.append(Gap(code="tell_data"))
    if plan.high_risk in ("yes", "unsure") and not told & {"ai_authority", "provider"}:
        found.append(Gap(code="tell_ai"))
    if plan.personal_data is None or plan.high_risk is None:
        found.append(Gap(code="duties_open"))
    for each in plan.tell:
        latest = LATEST.get(each.whom) if each.whom else None
        if latest is not None and each.within is not None and HOURS[each.within] > latest:
            found.append(Gap(code=f"late_{each.whom}", row=each.id))
        if each.owner is None:
            found.append(Gap(code="tell_owner", row=each.id))
    return found


def _appeal(plan: IncidentPlan) -> list[Gap]:
    found = []
    if plan.appeal_where is None:
        found.append(Gap(code="no_appeal"))
    if plan.appeal_decides is None:
        found.append(Gap(code="no_decider"))
    elif same_person(plan.appeal_decides, plan.decides_first):
        found.append(Gap(code="same_decider", values={"who": plan.appeal_decides}))
    if plan.appeal_days is None:
        found.append(Gap(code="no_days"))
    if plan.appeal_reverse is None:
        found.append(Gap(code="no_reverse"))
    return found


def _tried(plan: IncidentPlan, today: date) -> list[Gap]:
    found = []
    if plan.rollback_on is None:
        found.append(Gap(code="no_rollback"))
    elif plan.rollback_on < today - ROLLBACK:
        found.append(Gap(code="old_rollback", values={"day": plan.rollback_on.isoformat()}))
    tried = max((each.on for each in plan.played), default=None)
    last = max((each for each in (plan.drill_on, tried) if each is not None), default=None)
    if last is None:
        found.append(Gap(code="no_drill"))
    elif last < today - DRILL:
        found.append(Gap(code="old_drill", values={"day": last.isoformat()}))
    if plan.drill_next is not None and plan.drill_next < today:
        found.append(Gap(code="drill_past", values={"day": plan.drill_next.isoformat()}))
    return found
