"""The arithmetic of a run-sheet: how long a phase has gone on, what is left, how late we are, and what to drop.

Nothing here looks at the clock: now is passed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta

from aipm.workshop.refusals import refused
from aipm.workshop.specs import Key, Long, Short

MOST_EXTRA = 240
"""Minutes that a phase can be extended by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A page of the app, and a view of it."""

    page: Key
    view: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """`activities`: keys of what is done in it; `words`: what the host says; `result`: what there is at its end.

    `drop`: 1 for what goes first when it gets late; None: never. `instead`: what becomes of it then.
    """

    key: Key
    title: Short
    minutes: Annotated[int, Meta(ge=1, le=240)]
    words: Long
    result: Short
    activities: Annotated[tuple[Key, ...], Meta(max_length=10)] = ()
    tool: Tool | None = None
    drop: Annotated[int, Meta(ge=1, le=20)] | None = None
    instead: Short | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a room is. `spent`: seconds in each phase before it was entered last; `extra`: minutes added to it."""

    phase: Key | None = None
    started: datetime | None = None
    since: datetime | None = None
    """When the present phase was entered last."""
    spent: Mapping[str, float] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)
    dropped: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`left` is below zero when the phase has gone on for too long. `behind`: how much later than planned it will end,
    if what is to come takes as long as planned; below zero: earlier. `drop`: what to leave out to be in time again.
    """

    elapsed: timedelta
    in_phase: timedelta
    left: timedelta
    behind: timedelta
    ends: datetime
    drop: tuple[Phase, ...]


def begin(sheet: Sequence[Phase], now: datetime) -> Progress:
    """Into the first phase. Raises Refusal for a sheet without any."""
    if not sheet:
        raise refused("no_phase")
    return Progress(phase=sheet[0].key, started=now, since=now)


def on(sheet: Sequence[Phase], progress: Progress, now: datetime) -> Progress:
    """Into the next phase that is not dropped. Raises Refusal after the last."""
    return _enter(sheet, progress, _after(sheet, progress), now)


def back(sheet: Sequence[Phase], progress: Progress, now: datetime) -> Progress:
    """Into the phase before, where the clock goes on from where it stood. Raises Refusal before the first."""
    place = _place(sheet, progress)
    earlier = [each for each in sheet[:place] if each.key not in progress.dropped]
    return _enter(sheet, progress, earlier[::-1], now)


def extend(progress: Progress, minutes: int) -> Progress:
    """The present phase longer, or shorter where `minutes` is below 0. Raises Refusal."""
    if progress.phase is None:
        raise refused("not_started")
    extra = progress.extra.get(progress.phase, 0) + minutes
    if not -MOST_EXTRA <= extra <= MOST_EXTRA:
        raise refused("too_long", most=MOST_EXTRA)
    return replace(progress, extra={**progress.extra, progress.phase: extra})


def drop(sheet: Sequence[Phase], progress: Progress, key: str) -> Progress:
    """Without a phase that is still to come. Raises Refusal."""
    if key not in {each.key for each in _coming(sheet, progress)}:
        raise refused("not_to_come")
    return replace(progress, dropped=(*progress.dropped, key))


def restore(progress: Progress, key: str) -> Progress:
    """With a phase that was dropped. Raises Refusal."""
    if key not in progress.dropped:
        raise refused("not_dropped")
    return replace(progress, dropped=tuple(each for each in progress.dropped if each != key))


def clock(sheet: Sequence[Phase], progress: Progress, now: datetime) -> Clock | None:
    """How the room stands. None before it began."""
    if progress.phase is None or progress.started is None or progress.since is None:
        return None
    here = sheet[_place(sheet, progress)]
    in_phase = timedelta(seconds=progress.spent.get(here.key, 0)) + (now - progress.since)
    left = _planned(here, progress) - in_phase
    coming = sum((_planned(each, progress) for each in _after(sheet, progress)), timedelta())
    ends = now + max(left, timedelta()) + coming
    behind = ends - (progress.started + timedelta(minutes=sum(each.minutes for each in sheet)))
    return Clock(
        elapsed=now - progress.started,
        in_phase=in_phase,
        left=left,
        behind=behind,
        ends=ends,
        drop=_to_drop(_after(sheet, progress), behind),
    )


def _to_drop(coming: Sequence[Phase], behind: timedelta) -> tuple[Phase, ...]:
    found: list[Phase] = []
    for each in sorted((each for each in coming if each.drop is not None), key=lambda each: each.drop or 0):
        if behind <= timedelta():
            break
        found.append(each)
        behind -= timedelta(minutes=each.minutes)
    return tuple(found)


def _planned(phase: Phase, progress: Progress) -> timedelta:
    return timedelta(minutes=max(0, phase.minutes + progress.extra.get(phase.key, 0)))


def _place(sheet: Sequence[Phase], progress: Progress) -> int:
    if progress.phase is None:
        raise refused("not_started")
    return next(place for place, each in enumerate(sheet) if each.key == progress.phase)


def _coming(sheet: Sequence[Phase], progress: Progress) -> list[Phase]:
    start = 0 if progress.phase is None else _place(sheet, progress) + 1
    return [each for each in sheet[start:] if each.key not in progress.dropped]


def _after(sheet: Sequence[Phase], progress: Progress) -> list[Phase]:
    _place(sheet, progress)
    return _coming(sheet, progress)


def _enter(sheet: Sequence[Phase], progress: Progress, candidates: Sequence[Phase], now: datetime) -> Progress:
    here = sheet[_place(sheet, progress)].key
    if not candidates:
        raise refused("no_phase")
    assert progress.since is not None
    spent = progress.spent.get(here, 0) + max(0.0, (now - progress.since).total_seconds())
    return replace(progress, phase=candidates[0].key, since=now, spent={**progress.spent, here: spent})
