"""A feedback plan read: what each signal can show, how soon, what silence hides, and what is missing."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from aipm.governance import detection
from aipm.governance.detection import QUARTER, Tally
from aipm.governance.feedback import CADENCES, EVENTS, REPORTS, FeedbackPlan, Signal, by_lot, group

WITHIN = 90
"""Days within which the drop is to be seen."""
Level = Literal["mend", "think"]
Broken = Literal["no_signals", "none_sees", "loop", "no_stop", "no_reports", "unread", "no_owner", "no_consent"]
"""What must be mended before the plan can work."""
Weak = Literal["all_asked", "outruns", "no_groups", "no_keep", "silent", "too_small", "no_use", "alert_alone"]
Code = Literal[Broken, Weak]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What one signal can show. Days are None where it cannot show the drop."""

    signal: Signal
    answers_a_week: float | None
    bad: float | None
    """The share of bad news among what is counted, before the drop; `worse`: after it."""
    worse: float | None
    counted_a_day: float | None
    """Answers, or for events the uses of which some give bad news."""
    needed: float | None
    collect: float | None
    """Days until enough has been counted."""
    delay: int
    wait: int
    """Days that may pass until the next look."""
    days: float | None
    tally: Tally | None
    tally_days: float | None
    bounds: tuple[float, float] | None
    hidden: float | None
    by_lot: bool
    """Whether those counted were drawn by lot, so that they speak for all."""

    @property
    def sees(self) -> bool:
        """Whether the drop is seen in time."""
        return self.days is not None and self.days <= WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What would make a drop visible within WITHIN days; None where that alone cannot."""

    rate: float | None
    uses: float | None
    drop: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is missing or does not fit, by its code; `row`: of which signal."""

    code: Code
    row: str | None = None
    values: dict[str, float] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        return "mend" if self.code in get_args(Broken) else "think"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The plan read: a watch a signal, in their order, and what was found, what must be mended first."""

    watches: tuple[Watch, ...]
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Watch | None:
        """The signal that sees the drop soonest."""
        seen = [each for each in self.watches if each.days is not None]
        return min(seen, key=lambda each: each.days or 0.0, default=None)


def shares(plan: FeedbackPlan, signal: Signal) -> tuple[float, float] | None:
    """The share of bad news in what a signal counts, before the drop and after it; None where something is missing.

    Ratings, outcomes and samples: bad among those that answer. Events: bad news among all uses, which rises as bad
    uses do, as long as a bad use is reported as often as before.
    """
    if plan.good is None or not plan.drop or plan.drop > plan.good:
        return None
    bad = 1 - plan.good
    if signal.kind not in EVENTS:
        return bad, bad + plan.drop
    if not signal.rate:
        return None
    told = min(signal.rate / bad, 1.0) if bad else 1.0
    return signal.rate, min(signal.rate + told * plan.drop, 1.0)


def watch(plan: FeedbackPlan, signal: Signal) -> Watch:
    """What a signal can show, how soon, and how far silence can bend it."""
    uses = plan.uses_a_day if signal.uses_a_day is None else signal.uses_a_day
    given = None if uses is None or signal.rate is None else uses * signal.rate
    counted = uses if signal.kind in EVENTS else given
    found, delay = shares(plan, signal), signal.delay or 0
    wait = CADENCES[signal.cadence] if signal.cadence else 0
    needed = collect = steps = None
    rated = signal.kind not in EVENTS
    if found is not None and counted:
        needed = detection.answers_needed(
            *found,
            alpha=detection.level(plan.alarms, QUARTER / max(wait, 1)),
            power=plan.power,
            baseline_answers=plan.baseline_answers if rated else None,
        )
        if not rated or plan.baseline_answers is None:
            steps = detection.tally(*found, alarms_a_quarter=plan.alarms, answers_a_quarter=counted * QUARTER)
        collect = None if needed is None else needed / counted
    good = plan.good if rated else 0.0
    lot = by_lot(signal)
    silent = signal.rate if signal.rate is not None and signal.rate < 1 and not lot else None
    return Watch(
        signal=signal,
        answers_a_week=None if given is None else given * 7,
        bad=found[0] if found else None,
        worse=found[1] if found else None,
        counted_a_day=counted,
        needed=needed,
        collect=collect,
        delay=delay,
        wait=wait,
        days=None if collect is None else collect + delay + wait,
        tally=steps,
        tally_days=steps.answers / counted + delay if steps and counted else None,
        bounds=None if silent is None or good is None else detection.bounds(good, silent),
        hidden=detection.hidden(plan.drop, silent) if rated and plan.drop and silent is not None else None,
        by_lot=lot,
    )


def cure(plan: FeedbackPlan, found: Watch) -> Cure:
    """What would let a signal show the drop within WITHIN days: a higher rate, more uses, or a larger drop."""
    left = WITHIN - found.delay - found.wait
    if left <= 0 or found.needed is None or not found.counted_a_day or found.signal.rate is None:
        return Cure(rate=None, uses=None, drop=None)
    times = found.needed / left / found.counted_a_day
    uses = plan.uses_a_day if found.signal.uses_a_day is None else found.signal.uses_a_day
    drop = None
    if found.signal.kind not in EVENTS and plan.good is not None:
        drop = detection.drop_seen(
            plan.good,
            found.counted_a_day * left,
            alpha=detection.level(plan.alarms, QUARTER / max(found.wait, 1)),
            power=plan.power,
            baseline_answers=plan.baseline_answers,
        )
    rate = found.signal.rate * times
    by_rate = rate if rate <= 1 and found.signal.kind not in EVENTS else None
    return Cure(rate=by_rate, uses=uses * times if uses else None, drop=drop)


def assess(plan: FeedbackPlan) -> Assessment:
    """Read the plan."""
    watches = tuple(watch(plan, each) for each in plan.signals)
    found = [*_of_plan(plan, watches), *(each for one in watches for each in _of_signal(plan, one))]
    found.sort(key=lambda each: each.level != "mend")
    return Assessment(watches=watches, findings=tuple(found))


def _of_plan(plan: FeedbackPlan, watches: tuple[Watch, ...]) -> list[Finding]:
    signals = plan.signals
    if not signals:
        return [Finding(code="no_signals")]
    found: list[Finding] = []
    watched = [each for each in watches if {"metric", "alert"} & {*each.signal.uses}]
    known = plan.good is not None and plan.drop and plan.uses_a_day
    if known and not any(each.sees for each in watched):
        found.append(Finding(code="none_sees"))
    if all(group(each.kind) == "asked" for each in signals):
        found.append(Finding(code="all_asked"))
    fed = [each for each in signals if "retrain" in each.uses]
    bent = [each for each in fed if each.only_chosen in ("yes", "unsure") or group(each.kind) != "checked"]
    if bent and not any(map(by_lot, signals)):
        found.append(Finding(code="loop", row=bent[0].id))
    if not any(each.stop for each in signals):
        found.append(Finding(code="no_stop"))
    late = [each for each in fed if plan.retrain_weeks and (each.delay or 0) > 7 * plan.retrain_weeks]
    found += [
        Finding(code="outruns", row=each.id, values={"delay": each.delay or 0, "weeks": plan.retrain_weeks or 0})
        for each in late
    ]
    if not plan.channel:
        found.append(Finding(code="no_reports"))
    if (plan.channel or any(each.kind in REPORTS for each in signals)) and not plan.reader:
        found.append(Finding(code="unread"))
    if not plan.groups:
        found.append(Finding(code="no_groups"))
    return found


def _of_signal(plan: FeedbackPlan, found: Watch) -> list[Finding]:
    each = found.signal
    codes: list[Code] = []
    if not each.owner:
        codes.append("no_owner")
    if each.personal in ("yes", "unsure") and each.basis in (None, "open"):
        codes.append("no_consent")
    if each.personal in ("yes", "unsure") and each.keep is None:
        codes.append("no_keep")
    if group(each.kind) == "asked" and not each.silent:
        codes.append("silent")
    if not each.uses or each.cadence is None:
        codes.append("no_use")
    if "alert" in each.uses and not each.stop:
        codes.append("alert_alone")
    told = [Finding(code=code, row=each.id) for code in codes]
    if {"metric", "alert"} & {*each.uses} and found.counted_a_day and found.bad is not None and not found.sees:
        ways = cure(plan, found)
        blurred = 1.0 if found.needed is None and plan.baseline_answers is not None else None
        known = {"baseline": blurred, "rate": ways.rate, "uses": ways.uses, "drop": ways.drop, "days": found.days}
        values = {name: value for name, value in known.items() if value is not None}
        told.insert(0, Finding(code="too_small", row=each.id, values=values))
    return told
