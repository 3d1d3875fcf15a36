"""How feedback comes back into the product: signals, delay, consent, use, and days until a drop is seen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm.governance.detection import QUARTER
from aipm.governance.fields import Answer, Rows, Typed

Asked = Literal["thumbs", "survey", "report", "interview", "appeal"]
Watched = Literal["clicks", "override", "edits", "abandoned", "returned"]
Checked = Literal["outcome", "sample"]
Kind = Literal[Asked, Watched, Checked]
KINDS: tuple[Kind, ...] = get_args(Kind)
Group = Literal["asked", "watched", "checked"]
"""People say it, their behaviour shows it, or the truth is looked up: what became of the case, a sample by hand."""
GROUPS: dict[Group, tuple[Kind, ...]] = {
    "asked": get_args(Asked),
    "watched": get_args(Watched),
    "checked": get_args(Checked),
}
EVENTS: tuple[Kind, ...] = ("report", "appeal", "override", "edits", "abandoned")
"""The signal itself is the bad news: the rest of the uses say nothing, good or bad."""
REPORTS: tuple[Kind, ...] = ("report", "appeal")
Use = Literal["metric", "alert", "retrain", "review"]
USES: tuple[Use, ...] = get_args(Use)
Cadence = Literal["daily", "weekly", "fortnightly", "monthly", "quarterly"]
CADENCES: dict[Cadence, int] = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": QUARTER}
"""Days between two looks."""
Bend = Literal["better", "worse", "no", "unknown"]
"""Which way the silent bend the figure: it looks better, or worse, than the product is."""
BENDS: tuple[Bend, ...] = get_args(Bend)
Basis = Literal["consent", "contract", "interests", "law", "anonymous", "open"]
BASES: tuple[Basis, ...] = get_args(Basis)
"""Why one may keep it (Article 6 of the GDPR, without the two that rarely fit); `open`: not settled yet."""
Share = Annotated[float, Meta(ge=0, le=1)]
Positive = Annotated[float, Meta(ge=0, le=1e9)]
Days = Annotated[int, Meta(ge=0, le=3_650)]
Weekday = Annotated[int, Meta(ge=0, le=4)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One way in which the product hears whether it was right."""

    id: str
    kind: Kind
    name: Typed | None = None
    where: Typed | None = None
    """Where in the product, and when, it is asked or seen."""
    rate: Share | None = None
    """The share of the uses that give it."""
    uses_a_day: Positive | None = None
    """Where it is not asked at every use; None: as many as the plan says."""
    silent: Typed | None = None
    """Who does not answer."""
    bend: Bend | None = None
    only_chosen: Answer | None = None
    """Whether it can only come from those whom the product's own answer let through."""
    delay: Days | None = None
    """Days until the truth is known."""
    stored: Typed | None = None
    keep: Days | None = None
    """Days for which it is stored."""
    personal: Answer | None = None
    basis: Basis | None = None
    uses: tuple[Use, ...] = ()
    cadence: Cadence | None = None
    weekday: Weekday = 0
    """The working day on which it is looked at, from Monday."""
    owner: Typed | None = None
    stop: Typed | None = None
    """At which figure what is switched off or rolled back."""


STARTERS = (
    Signal(id="r1", kind="thumbs", rate=0.02, delay=0, uses=("metric",), cadence="weekly"),
    Signal(id="r2", kind="override", rate=0.05, delay=0, uses=("alert",), cadence="weekly", weekday=1),
)
"""An example to change: with it the first answer stands on the page before anything is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPlan:
    """The plan; figures are an example until they are changed."""

    uses_a_day: Positive | None = 1_000.0
    good: Share | None = 0.9
    """The share of uses in which the product is right, as it is now."""
    drop: Share | None = 0.05
    """The fall of that share that is to be seen."""
    baseline_answers: Positive | None = None
    """How many answers the share of now rests on; None: enough to take it as known. Events are counted at every use,
    so their level is taken as known.
    """
    power: Annotated[float, Meta(ge=0.5, le=0.999)] = 0.8
    alarms: Annotated[float, Meta(ge=0.001, le=0.5)] = 0.1
    """The chance of at least one false alarm in a quarter, of one signal."""
    retrain_weeks: Annotated[int, Meta(ge=1, le=260)] | None = None
    """Weeks between two trainings; None: none planned."""
    signals: Annotated[tuple[Signal, ...], Rows] = STARTERS
    channel: Typed | None = None
    """Where anybody can report an unfair result."""
    reader: Typed | None = None
    """Who reads these reports."""
    answer_days: Days | None = None
    """Within how many days whoever reported hears back."""
    groups: Typed | None = None
    """The groups of people for whom the signals are counted apart."""
    starts: date | None = None


def group(kind: Kind) -> Group:
    return next(name for name, kinds in GROUPS.items() if kind in kinds)


def by_lot(signal: Signal) -> bool:
    return signal.kind == "sample" and signal.only_chosen != "yes"


def add(plan: FeedbackPlan, signal: Signal) -> FeedbackPlan:
    return replace(plan, signals=(*plan.signals, signal))


def put(plan: FeedbackPlan, signal: Signal) -> FeedbackPlan:
    """The plan with this signal in the place of the one with its id."""
    return replace(plan, signals=tuple(signal if each.id == signal.id else each for each in plan.signals))


def remove(plan: FeedbackPlan, row: str) -> FeedbackPlan:
    return replace(plan, signals=tuple(each for each in plan.signals if each.id != row))
