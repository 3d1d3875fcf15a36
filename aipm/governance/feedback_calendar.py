"""The feedback plan as a calendar: who looks at what on which day, and the same as a file for calendar programs.

iCalendar after RFC 5545. Nothing here looks at the clock: the day and the moment are passed in.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from aipm.governance.feedback import Cadence, FeedbackPlan, Signal

Task = Literal["look", "retrain", "reports", "delete"]
DAYS = ("MO", "TU", "WE", "TH", "FR")
RULES: dict[Cadence, str] = {
    "daily": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY;BYDAY={day}",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    "monthly": "FREQ=MONTHLY;BYDAY=1{day}",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3;BYDAY=1{day}",
}
YEAR = 365
OCTETS = 75
LATEST = date(2900, 1, 1)
"""So that no day after it leaves the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that is done again and again. `every` None: a training, each `weeks` weeks, or once."""

    task: Task
    first: date
    every: Cadence | None = None
    weekday: int = 0
    weeks: int | None = None
    signal: Signal | None = None
    who: str | None = None


def entries(plan: FeedbackPlan, *, today: date) -> tuple[Entry, ...]:
    """What is done when, the often ones first."""
    start = min(plan.starts or today, LATEST)
    looks = [
        Entry(
            task="look",
            first=_first(start, each.cadence, each.weekday),
            every=each.cadence,
            weekday=each.weekday,
            signal=each,
            who=each.owner,
        )
        for each in plan.signals
        if each.cadence
    ]
    looks.sort(key=lambda each: (list(RULES).index(each.every or "daily"), each.weekday))
    found = list(looks)
    if plan.channel:
        first = _first(start, "weekly", 0)
        found.append(Entry(task="reports", first=first, every="weekly", who=plan.reader))
    if plan.retrain_weeks:
        first = _first(start + timedelta(weeks=plan.retrain_weeks), "weekly", 0)
        found.append(Entry(task="retrain", first=first, weeks=plan.retrain_weeks))
    found += [
        Entry(task="delete", first=start + timedelta(days=each.keep), signal=each, who=each.owner)
        for each in plan.signals
        if each.keep is not None
    ]
    return tuple(found)


def days(found: Entry, *, until: date) -> Iterator[date]:
    """The days of an entry, up to and with `until`."""
    if found.every is None:
        step = timedelta(weeks=found.weeks) if found.weeks else None
        day = found.first
        while day <= until:
            yield day
            if step is None:
                return
            day += step
    elif found.every in ("monthly", "quarterly"):
        month = found.first.year * 12 + found.first.month - 1
        while (day := _in_month(month, found.weekday)) <= until:
            yield day
            month += 1 if found.every == "monthly" else 3
    else:
        gap = {"daily": 1, "weekly": 7, "fortnightly": 14}[found.every]
        day = found.first
        while day <= until:
            if day.weekday() < len(DAYS):
                yield day
            day += timedelta(days=gap)


def ics(
    found: tuple[Entry, ...], *, titles: Mapping[int, str], notes: Mapping[int, str], name: str, stamp: datetime
) -> bytes:
    """The entries as whole-day events for a year. `titles` and `notes` by their place; `stamp`: when, in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AIPM//Feedback plan//EN", f"X-WR-CALNAME:{_text(name)}"]
    for place, each in enumerate(found):
        key = f"{name}|{place}|{titles[place]}|{each.first.isoformat()}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@aipm.invalid",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.first + timedelta(days=1):%Y%m%d}",
            *_rule(each),
            f"SUMMARY:{_text(titles[place])}",
            *([f"DESCRIPTION:{_text(notes[place])}"] if notes.get(place) else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _rule(found: Entry) -> list[str]:
    until = f";UNTIL={found.first + timedelta(days=YEAR):%Y%m%d}"
    if found.every is not None:
        return [f"RRULE:{RULES[found.every].format(day=DAYS[found.weekday])}{until}"]
    return [f"RRULE:FREQ=WEEKLY;INTERVAL={found.weeks}{until}"] if found.weeks else []


def _first(start: date, cadence: Cadence | None, weekday: int) -> date:
    """The first day from `start` on that fits."""
    if cadence == "daily":
        return start + timedelta(days=max(7 - start.weekday(), 0) if start.weekday() >= len(DAYS) else 0)
    if cadence in ("monthly", "quarterly"):
        month = start.year * 12 + start.month - 1
        here = _in_month(month, weekday)
        return here if here >= start else _in_month(month + 1, weekday)
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _in_month(month: int, weekday: int) -> date:
    """The first such weekday of a month, counted from year 0."""
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _text(value: str) -> str:
    """A text value (RFC 5545, 3.3.11): backslash, semicolon, comma and line ends escaped; other controls dropped."""
    lines = "\n".join(value.splitlines())
    kept = "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line of at most 75 octets (3.1), folded between characters, with its line end."""
    parts: list[bytes] = []
    now = b""
    for each in line:
        octets = each.encode()
        if len(now) + len(octets) > OCTETS:
            parts.append(now)
            now = b" "
        now += octets
    return b"\r\n".join([*parts, now]) + b"\r\n"
