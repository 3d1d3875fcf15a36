"""What a year with drift shows, as figures and codes: words for them stand in content/lifecycle_drift.yaml."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from aipm.labs.drift import START, WEEKS, Settings, Year

Lesson = Literal[
    "late", "silent_psi", "loud_psi", "blind", "rosy", "narrow", "helps", "helps_a", "idle", "season", "quiet", "lot"
]
LESSONS: tuple[Lesson, ...] = get_args(Lesson)
LAST = 8
"""Weeks at the end of the year that are taken together."""
SOME, LITTLE = 0.03, 0.015
"""Shares by which something counts as fallen, or as much the same."""
LOW, HIGH = 0.1, 0.25
"""The usual bands of the population stability index: a rule of thumb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A year in a few figures; shares of people. None: nothing was known, or nothing noticed."""

    before: float
    after: float
    end: float
    measured_end: float | None
    noticed: int | None
    late: int | None
    """Weeks from the change to the first alarm."""
    trained: int
    seen_before: float
    seen_end: float
    psi_most: float
    """The middle value of the third with the highest index after the change."""
    wrong: int
    """People answered wrongly after the change beyond those there would have been at the level before."""


def side(found: Year, *, volume: int) -> Side:
    """The year in figures."""
    before = float(np.mean(found.right[: START - 1]))
    after = found.mean_after()
    last = [each for each in found.measured[-LAST:] if each is not None]
    since = np.sort(found.psi[START - 1 :])
    return Side(
        before=before,
        after=after,
        end=float(np.mean(found.right[-LAST:])),
        measured_end=float(np.mean(last)) if last else None,
        noticed=found.noticed,
        late=None if found.noticed is None else found.noticed - START,
        trained=len(found.trained),
        seen_before=float(np.mean(found.seen[: START - 1])),
        seen_end=float(np.mean(found.seen[-LAST:])),
        psi_most=float(np.median(since[-(len(since) // 3) :])),
        wrong=max(round((before - after) * volume * (WEEKS - START + 1)), 0),
    )


def lessons(settings: Settings, one: Side, other: Side) -> tuple[Lesson, ...]:
    """What these two years teach, the weightiest first. `settings` are those of the first side."""
    found: list[Lesson] = []
    fell = one.before - one.after >= SOME
    if settings.shift == "none":
        return ("quiet",)
    if fell and settings.delay and (one.noticed is None or (one.late or 0) > 0):
        found.append("late")
    if fell and one.psi_most < LOW:
        found.append("silent_psi")
    if not fell and one.before - one.end < SOME and one.psi_most >= LOW:
        found.append("loud_psi")
    for each in (one, other):
        if each.measured_end is not None and settings.selective and not settings.explored:
            found += ["blind"] if each.end - each.measured_end >= SOME else []
            found += ["rosy"] if each.measured_end - each.end >= SOME else []
    if settings.selective and min(one.seen_end, other.seen_end) <= one.seen_before - 0.1:
        found.append("narrow")
    if settings.selective and settings.explored:
        found.append("lot")
    if other.after - one.after >= SOME:
        found.append("helps")
    elif one.after - other.after >= SOME:
        found.append("helps_a")
    elif fell and not one.trained and other.trained and abs(other.after - one.after) < LITTLE:
        found.append("idle")
    if settings.shift == "seasonal":
        found.append("season")
    return tuple(dict.fromkeys(found))
