"""What a training run amounts to: the pattern, too little, or its own examples by heart; and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aipm.content.interval import wilson
from aipm.labs.network_spec import NetworkSpec
from aipm.labs.network_training import Confusion, Trained

Outcome = Literal["fits", "by_heart", "too_little", "partly"]
"""What a run amounts to."""
Measure = Literal["test", "gap"]
"""Accuracy on unseen points, or by how much that on the learned ones is above it."""

WIDE_GAP, GOOD, POOR = 0.1, 0.9, 0.7
"""Rules of thumb, as shares: a gap that is worth a word, and accuracies above and below which a word is due."""
EARLY = 0.8
"""Where the lowest loss is below this share of the last one, stopping there would have been better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """`low` to `high`: where the accuracy on unseen points may really lie (95 %); `stop_at`: the better epoch."""

    outcome: Outcome
    train: float
    test: float
    low: float
    high: float
    tested: int
    stop_at: int | None

    @property
    def gap(self) -> float:
        return self.train - self.test


def outlook(run: Trained) -> Outlook:
    train, test = run.train[-1].confusion.accuracy, run.test[-1].confusion.accuracy
    tested = total(run.test[-1].confusion)
    low, high = wilson(test, tested)
    best = run.test[run.best].loss
    early = best < EARLY * run.test[-1].loss and run.best > 0
    return Outlook(
        outcome=_outcome(train, test),
        train=train,
        test=test,
        low=low,
        high=high,
        tested=tested,
        stop_at=run.epochs[run.best] if early else None,
    )


def _outcome(train: float, test: float) -> Outcome:
    if train - test >= WIDE_GAP:
        return "by_heart"
    if test >= GOOD:
        return "fits"
    return "too_little" if train < POOR else "partly"


def total(counts: Confusion) -> int:
    return counts.one_one + counts.one_zero + counts.zero_one + counts.zero_zero


def value(measure: Measure, found: Outlook) -> float:
    return found.test if measure == "test" else found.gap


def band(starts: Sequence[float], measured: float) -> int:
    """In which of the bands a number lies; `starts` are their lower ends, rising."""
    return max((place for place, start in enumerate(starts) if measured >= start - 1e-9), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a challenge asks for; None and () ask for nothing. Shares are in [0, 1]."""

    data: str
    least_test: float | None = None
    least_gap: float | None = None
    most_neurons: int | None = None
    least_neurons: int | None = None
    features: tuple[str, ...] = ()
    least_noise: int | None = None
    least_wrong: int | None = None
    most_points: int | None = None


def met(goal: Goal, spec: NetworkSpec, found: Outlook) -> bool:
    """Whether a run does what a challenge asks for."""
    bounds = (
        (goal.least_test, found.test),
        (goal.least_gap, found.gap),
        (goal.least_neurons, spec.neurons),
        (goal.least_noise, spec.noise),
        (goal.least_wrong, spec.wrong),
    )
    ceilings = ((goal.most_neurons, spec.neurons), (goal.most_points, spec.points))
    return (
        spec.data == goal.data
        and all(least is None or got >= least - 1e-9 for least, got in bounds)
        and all(most is None or got <= most for most, got in ceilings)
        and (not goal.features or set(spec.features) <= set(goal.features))
    )
