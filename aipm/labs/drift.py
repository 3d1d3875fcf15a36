"""A model at work while the world changes: what it gets right, what its team sees of that, and how late.

Made-up applicants come every week, each with a strength and a line of work; the model says yes or no; what was right
becomes known weeks later, of everybody or only of those who got a yes. A year costs a few hundredths of a second.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shift = Literal["none", "slow", "sudden", "seasonal"]
SHIFTS: tuple[Shift, ...] = get_args(Shift)
What = Literal["people", "meaning", "both"]
WHATS: tuple[What, ...] = get_args(What)
"""Other people come, the same people turn out otherwise, or both."""
Retrain = Literal["never", "weeks", "alarm"]
RETRAINS: tuple[Retrain, ...] = get_args(Retrain)
WEEKS, HISTORY, START = 52, 10, 13
"""Weeks at work, weeks before with every outcome known, and the week in which the change begins."""
DELAYS = (0, 2, 4, 8, 13, 26)
EVERY = (1, 2, 4, 8, 13)
VOLUMES = (100, 300, 1_000)
EXPLORED = (0.0, 0.02, 0.05, 0.1)
MEMORY = 10
"""Weeks of known outcomes that a training uses."""
BASE, POOLED, PAUSE = 8, 4, 4
"""Weeks with a known result that set the level, weeks pooled against it, and weeks between two alarms that retrain."""
YEARLY = 0.05
"""The chance of a false alarm in a year."""
BINS, TRAITS = 10, 4
MOVE, FALL, PART, OTHER, SEASON = -0.7, -6.0, 0.3, 0.2, 26.0
"""How far the strength of all moves, in standard deviations; by how much the log-odds of a bad line of work are lower;
the share of people whose line of work turns bad, and of those whose bad one turns good; weeks of a season.
"""
RIDGE, STEPS, STRIDE, CLOSE = 1.0, 25, 2.5, 1e-6
"""Newton's method: how strongly it is drawn to the model before, steps at most, their length, and when it is there."""
MOST_CASES, LEAST_CASES, LEAST_DRAWN = 3_000, 40, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One year. `every`: weeks between trainings, where these go by the calendar."""

    shift: Shift = "sudden"
    what: What = "both"
    delay: int = 8
    selective: bool = False
    """Whether only those who got a yes are ever known."""
    retrain: Retrain = "never"
    every: int = 4
    explored: float = 0.0
    """The share of those with a no who get a yes by lot, so that they become known."""
    volume: int = 300
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What happened week by week; tuples have WEEKS entries. None: not known in that week."""

    right: tuple[float, ...]
    """The share answered right, which no team can see where outcomes are late or selective."""
    measured: tuple[float | None, ...]
    """What the team sees in a week: the cases of `delay` weeks before, as far as their outcome is known."""
    seen: tuple[float, ...]
    """The share of the people of a week whose outcome will ever be known."""
    said_yes: tuple[float, ...]
    psi: tuple[float, ...]
    """Population stability index of the first model's scores against the weeks before the start."""
    alarms: tuple[int, ...]
    """Weeks, from 1, in which what is measured lies below its level by more than chance."""
    trained: tuple[int, ...]

    @property
    def noticed(self) -> int | None:
        """The first alarm after the change began; None where there was none."""
        return next((week for week in self.alarms if week >= START), None)

    @property
    def false_alarms(self) -> int:
        """Weeks with an alarm before the change."""
        return sum(week < START for week in self.alarms)

    def mean_after(self) -> float:
        """The share answered right from the change on."""
        return float(np.mean(self.right[START - 1 :]))


@dataclass(frozen=True, slots=True)
class _World:
    """Everybody who comes: traits with a leading 1, by week; how each turns out; a lot for each."""

    traits: Floats
    turned_out: Floats
    lots: Floats


def psi(expected: Sequence[float] | Floats, actual: Sequence[float] | Floats) -> float:
    """Population stability index: Σ (aᵢ − eᵢ) ln(aᵢ / eᵢ) over the shares of the bins, from counts.

    The sum of both Kullback-Leibler divergences (Kullback & Leibler 1951; Jeffreys 1946); its name and the bands 0.1
    and 0.25 come from credit scoring (Lewis 1994; Siddiqi 2006). Half a case is put into an empty bin.
    """
    shares = []
    for counts in (expected, actual):
        filled = np.maximum(np.asarray(counts, np.float64), 0.5)
        shares.append(filled / filled.sum())
    before, now = shares
    return float(((now - before) * np.log(now / before)).sum())


def psi_by_chance(expected: int, actual: int, *, bins: int = BINS) -> float:
    """What the index is on average where nothing changed: (bins − 1)(1/n + 1/m) (Yurdakul 2018)."""
    return (bins - 1) * (1 / expected + 1 / actual)


def moved(week: int, shift: Shift) -> float:
    """How far the change has gone in a week, from 0 to 1; weeks at work count from 1."""
    since = week - START + 1
    if shift == "none" or since < 1:
        return 0.0
    if shift == "sudden":
        return 1.0
    if shift == "slow":
        return min(since / (WEEKS - START + 1), 1.0)
    return 0.5 - 0.5 * math.cos(2 * math.pi * since / SEASON)


def year(settings: Settings) -> Year:
    """A year at work. The same settings give the same year; the people who come depend on shift, volume and seed."""
    world = _world(settings.shift, settings.what, settings.volume, settings.seed)
    weights = first = _fit(
        world.traits[:HISTORY].reshape(-1, TRAITS),
        world.turned_out[:HISTORY].ravel(),
        np.ones(HISTORY * settings.volume),
    )
    edges, expected = _bins(world, first)
    known = np.ones_like(world.lots)  # weight of a case among those known: 0 where it never is
    hits = np.zeros_like(world.lots)
    right, said_yes, indexes = [], [], []
    alarms: list[int] = []
    trained: list[int] = []
    for week in range(1, WEEKS + 1):
        place = HISTORY + week - 1
        if _alarm(hits, known, week, settings.delay):
            alarms.append(week)
        if _due(settings, week, alarms, trained):
            found = _refit(world, known, place - settings.delay, before=weights)
            if found is not None:
                weights, trained = found, [*trained, week]
        yes = world.traits[place] @ weights >= 0
        hits[place] = yes == (world.turned_out[place] > 0)
        if settings.selective:
            known[place] = yes
            if settings.explored:
                known[place][~yes & (world.lots[place] < settings.explored)] = 1 / settings.explored
        right.append(float(hits[place].mean()))
        said_yes.append(float(yes.mean()))
        indexes.append(psi(expected, _count(world.traits[place] @ first, edges)))
    measured = [_measured(hits, known, week - settings.delay) for week in range(1, WEEKS + 1)]
    return Year(
        right=tuple(right),
        measured=tuple(measured),
        seen=tuple(float(each) for each in (known[HISTORY:] > 0).mean(axis=1)),
        said_yes=tuple(said_yes),
        psi=tuple(indexes),
        alarms=tuple(alarms),
        trained=tuple(trained),
    )


def beside(settings: Settings, *, retrain: Retrain, every: int) -> Year:
    """The same people, trained on otherwise."""
    return year(replace(settings, retrain=retrain, every=every))


@lru_cache(maxsize=8)
def _world(shift: Shift, what: What, volume: int, seed: int) -> _World:
    chance = np.random.default_rng(seed)
    size = (HISTORY + WEEKS, volume)
    plain, uniform, lots, parts = chance.standard_normal(size), *(chance.random(size) for _ in range(3))
    gone = np.array([moved(week, shift) for week in range(1 - HISTORY, WEEKS + 1)])[:, None]
    people, meaning = gone * (what != "meaning"), gone * (what != "people")
    one = plain + MOVE * people
    falling, rising = parts < PART, parts > 1 - OTHER
    odds = 0.8 + 2.2 * one + FALL * (meaning * falling + (1 - meaning) * rising)
    traits = np.stack([np.ones(size), one, falling, rising], axis=-1)
    turned_out = (uniform < 1 / (1 + np.exp(-odds))).astype(np.float64)
    for each in (traits, turned_out, lots):
        each.flags.writeable = False
    return _World(traits, turned_out, lots)


def _fit(traits: Floats, turned_out: Floats, weights: Floats, *, before: Floats | None = None) -> Floats:
    """Logistic regression by Newton's method, drawn a little to the model before it.

    So what it hears nothing new of stays as it was learned.
    """
    centre = np.zeros(traits.shape[1]) if before is None else before
    found = np.zeros(traits.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(traits @ found, -30, 30)))
        slope = traits.T @ (weights * (turned_out - chance)) - RIDGE * (found - centre)
        bend = (traits * (weights * chance * (1 - chance))[:, None]).T @ traits + RIDGE * np.eye(len(found))
        step = np.linalg.solve(bend, slope)
        found = found + step * min(1.0, STRIDE / max(float(np.linalg.norm(step)), CLOSE))
        if np.linalg.norm(step) < CLOSE:
            break
    return found


def _refit(world: _World, known: Floats, until: int, *, before: Floats) -> Floats | None:
    """A model from the known cases of the MEMORY weeks before place `until`; None where there are too few."""
    since = max(until - MEMORY, 0)
    weights = known[since:until].ravel()
    use = np.flatnonzero(weights)[-MOST_CASES:]
    turned_out = world.turned_out[since:until].ravel()[use]
    if len(use) < LEAST_CASES or not 0 < turned_out.mean() < 1:
        return None
    return _fit(world.traits[since:until].reshape(-1, TRAITS)[use], turned_out, weights[use], before=before)


def _due(settings: Settings, week: int, alarms: list[int], trained: list[int]) -> bool:
    if settings.retrain == "weeks":
        return week > 1 and (week - 1) % settings.every == 0
    return settings.retrain == "alarm" and week in alarms and (not trained or week - trained[-1] >= PAUSE)


def _measured(hits: Floats, known: Floats, week: int) -> float | None:
    """The share right among the known cases of a week; None before the start, and where none is known."""
    place = HISTORY + week - 1
    if week < 1 or not known[place].any():
        return None
    return float(np.average(hits[place], weights=known[place]))


def _alarm(hits: Floats, known: Floats, week: int, delay: int) -> bool:
    """Whether the POOLED last weeks whose outcomes are known lie below the first BASE of them by more than chance.

    Known at the beginning of a week are the cases of `delay` + 1 weeks before. One-sided; the chance of any false alarm
    in a year is at most YEARLY (Šidák over the weeks). With a lot, those with a yes are also looked at apart: the few
    drawn by lot count for many, which makes the whole noisy.
    """
    last = week - 1 - delay
    if last < BASE + POOLED:
        return False
    kinds = [known]
    if known.max() > 1:
        drawn = np.count_nonzero(known[HISTORY + last - POOLED : HISTORY + last] > 1)
        kinds = [known * (known == 1), *([known] if drawn >= LEAST_DRAWN else [])]
    return any(_fell(hits, each, HISTORY + last, _line(1 + (known.max() > 1))) for each in kinds)


def _fell(hits: Floats, known: Floats, until: int, line: float) -> bool:
    base = _level(hits, known, HISTORY, HISTORY + BASE)
    now = _level(hits, known, until - POOLED, until)
    if base is None or now is None:
        return False
    error = math.hypot(base[1], now[1])
    return error > 0 and (now[0] - base[0]) / error < line


def _level(hits: Floats, known: Floats, since: int, until: int) -> tuple[float, float] | None:
    """The weighted share right of some weeks and its standard error."""
    weights, right = known[since:until], hits[since:until]
    total = weights.sum()
    if np.count_nonzero(weights) < LEAST_CASES:
        return None
    share = float((weights * right).sum() / total)
    return share, float(np.sqrt(np.square(weights * (right - share)).sum()) / total)


def _line(checks: float) -> float:
    """Standard errors below which a level must lie, if so many checks are made in each week of a year."""
    return NormalDist().inv_cdf(1 - (1 - YEARLY) ** (1 / (WEEKS * checks)))


def _bins(world: _World, weights: Floats) -> tuple[Floats, Floats]:
    """Tenths of the first model's scores in the weeks before, and how many cases lie in each."""
    scores = world.traits[:HISTORY].reshape(-1, TRAITS) @ weights
    edges = np.quantile(scores, np.arange(1, BINS) / BINS)
    return edges, _count(scores, edges)


def _count(scores: Floats, edges: Floats) -> Floats:
    return np.bincount(np.searchsorted(edges, scores), minlength=BINS).astype(np.float64)
