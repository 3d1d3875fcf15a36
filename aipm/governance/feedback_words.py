"""A feedback plan in words: the answer, what a signal shows, what is missing, the calendar's lines."""

from datetime import date, timedelta

from aipm.content.day import day
from aipm.content.number import NONE, rate
from aipm.content.visible import visible
from aipm.governance.feedback import EVENTS, FeedbackPlan, Signal
from aipm.governance.feedback_calendar import Entry, days
from aipm.governance.feedback_reading import WITHIN, Assessment, Finding, Watch
from aipm.governance.feedback_texts import feedback_texts

SHORT = 80
"""Characters of a name inside a sentence."""
WEEKS_SHOWN = 8


def name(signal: Signal) -> str:
    """What a signal is called: as it was typed, or by its kind."""
    return visible(signal.name, limit=SHORT) if signal.name else feedback_texts().signals.kinds[signal.kind].name


def whole(value: float | None) -> str:
    """2,000; one decimal under 10, as in 2.5."""
    if value is None:
        return NONE
    text = f"{value:,.1f}" if value < 9.95 else f"{value:,.0f}"
    return text.removesuffix(".0")


def up(value: float) -> str:
    """Rounded up to a whole number."""
    return f"{-(-value // 1):,.0f}"


def in_days(value: float) -> str:
    """Days, rounded up, with their unit."""
    say = feedback_texts().watch
    return say["one_day"] if value <= 1 else say["some_days"].format(count=up(value))


def share(value: float) -> str:
    """A share as 90% or 12.3%."""
    return rate(value).replace(".0%", "%")


def points(value: float) -> str:
    """A difference of shares in percentage points."""
    return f"{value * 100:.1f}".removesuffix(".0")


def answer(plan: FeedbackPlan, found: Assessment) -> tuple[str, ...]:
    """The plan's answer in a sentence, then how much has to be mended."""
    say = feedback_texts().answer
    if not plan.signals:
        return (say["empty"],)
    if plan.good is None or not plan.drop or plan.drop > plan.good or not plan.uses_a_day:
        return (say["lacks"],)
    values = {"good": share(plan.good), "after": share(plan.good - plan.drop), "within": str(WITHIN)}
    first = found.first
    if first is None or first.days is None:
        lead = say["none"].format(**values)
    else:
        lead = say["sees" if first.sees else "late"].format(
            **values, days=in_days(first.days), signal=name(first.signal)
        )
    mend = sum(each.level == "mend" for each in found.findings)
    told = say["sound"] if not mend else say["mend_one"] if mend == 1 else say["mend"].format(count=mend)
    return (lead, told)


def finding(found: Finding, plan: FeedbackPlan) -> str:
    """What is missing, as a sentence."""
    say = feedback_texts().findings
    row = next((each for each in plan.signals if each.id == found.row), None)
    return say.codes[found.code].format(
        signal=name(row) if row else "",
        within=WITHIN,
        cure=_cure(found) if found.code == "too_small" else "",
        delay=whole(found.values.get("delay")),
        weeks=whole(found.values.get("weeks")),
    )


def _cure(found: Finding) -> str:
    say, known = feedback_texts().findings.cures, found.values
    if "baseline" in known:
        return say["baseline"]
    ways = []
    if "rate" in known:
        ways.append(say["rate"].format(rate=share(known["rate"])))
    if "uses" in known:
        ways.append(say["uses"].format(uses=up(known["uses"])))
    if "drop" in known:
        ways.append(say["drop"].format(drop=points(known["drop"])))
    return say["lead"].format(ways="; ".join(ways)) if ways else say["none"]


def watch(found: Watch) -> tuple[str, ...]:
    """What a signal shows and what it cannot say, a sentence each."""
    say, events = feedback_texts().watch, found.signal.kind in EVENTS
    lines = []
    if found.answers_a_week is not None:
        lines.append(say["week_events" if events else "week"].format(count=whole(found.answers_a_week)))
    if found.bad is not None and found.worse is not None and found.counted_a_day:
        if found.needed is None or found.collect is None or found.days is None:
            lines.append(say["never"])
        else:
            values = {"bad": share(found.bad), "worse": share(found.worse), "needed": whole(found.needed)}
            lines.append(say["events" if events else "rated"].format(**values, collect=in_days(found.collect)))
            waits = {"delay": in_days(found.delay), "wait": in_days(found.wait), "days": in_days(found.days)}
            lines.append(say["days" if found.delay else "days_now"].format(**waits))
        if found.tally_days is not None:
            lines.append(say["tally"].format(days=in_days(found.tally_days)))
    if found.bounds is not None and found.signal.rate is not None:
        low, high = (share(each) for each in found.bounds)
        lines.append(say["bounds"].format(rate=share(found.signal.rate), low=low, high=high))
    if found.by_lot:
        lines.append(say["by_lot"])
    if found.hidden is not None:
        lines.append(say["hidden"].format(points=points(found.hidden)))
    return tuple(lines)


def when(entry: Entry) -> str:
    say = feedback_texts().calendar
    if entry.every is not None:
        return say.every[entry.every].format(day=feedback_texts().options.weekday[entry.weekday])
    return say.weeks.format(weeks=entry.weeks) if entry.weeks else say.once


def what(entry: Entry) -> str:
    signal = entry.signal
    return (
        feedback_texts()
        .calendar.tasks[entry.task]
        .format(
            signal=name(signal) if signal else "",
            days="" if signal is None or signal.keep is None else f"{signal.keep:,}",
        )
    )


def who(entry: Entry) -> str:
    return visible(entry.who, limit=SHORT) if entry.who else feedback_texts().calendar.nobody


def note(entry: Entry) -> str:
    """Who does it, and its stop rule."""
    say = feedback_texts().calendar
    stop = entry.signal.stop if entry.signal and entry.task == "look" else None
    lines = [say.note_who.format(who=who(entry)), *([say.note_stop.format(stop=stop)] if stop else [])]
    return "\n".join(lines)


def calendar_rows(entries: tuple[Entry, ...]) -> list[tuple[str, str, str, str]]:
    """When, what, who, and the first day."""
    return [(when(each), what(each), who(each), day(each.first)) for each in entries]


def next_days(entries: tuple[Entry, ...], *, today: date) -> list[tuple[str, str]]:
    """The days of the next weeks on which something is done, with what; daily looks are left out."""
    until = min((each.first for each in entries), default=today) + timedelta(weeks=WEEKS_SHOWN)
    found: dict[date, list[str]] = {}
    for each in entries:
        if each.every != "daily":
            for one in days(each, until=until):
                found.setdefault(one, []).append(what(each))
    weekdays = feedback_texts().options.weekday
    return [
        (f"{weekdays[one.weekday()]}, {day(one)}" if one.weekday() < len(weekdays) else day(one), "; ".join(found[one]))
        for one in sorted(found)
    ]
