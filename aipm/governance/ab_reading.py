"""An A/B test read once it is over: was the traffic split as planned, how large is the difference, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite, sqrt
from typing import Literal

from aipm.governance.ab_plan import corrected, design_effect, step
from aipm.governance.ab_test import AbTest, Arm

Verdict = Literal["ship", "small", "not_shown", "not_enough", "harmful"]
"""`ship`: better, perhaps by as much as matters. `small`: better, but by less than matters. `not_shown`: a difference
that matters is ruled out. `not_enough`: both nothing and a difference that matters are possible. `harmful`: worse.
"""
Guard = Literal["held", "not_shown", "broken"]
SPLIT_ALARM = 0.001
"""A split this unlikely by chance is taken for a fault in the test."""
EXACT_BELOW = 5.0
"""Expected counts under which Fisher's exact test takes the place of the normal one."""

LATE = 0.05
"""A look may come this share of the way between two looks too early."""
MEANWHILE = 1e-6
"""Level of a reading before the first look of the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The look of the rule that is due: its number, 0 before the first; the p-value it takes; users of the first."""

    look: int
    p: float | None
    first: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Users that came in each arm against equal shares. `fault`: too unlikely to be luck."""

    p: float
    shares: tuple[float, ...]
    fault: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A variant against the arm in use: difference (variant less arm in use) with its interval at `level`."""

    arm: str
    one: float
    """In the arm in use."""
    other: float
    difference: float
    low: float
    high: float
    level: float
    p: float
    """Holm's adjustment included where there are several variants."""
    exact: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """The guardrail of a variant; `worse` is how much worse it is, with a 95 % interval (or that of the plan)."""

    arm: str
    worse: float
    low: float
    high: float
    level: float
    guard: Guard


def split(arms: Sequence[Arm]) -> Split | None:
    """Pearson's chi-square of the arms' users against equal shares (sample-ratio mismatch)."""
    users = [arm.users for arm in arms if arm.users is not None]
    if len(users) < 2 or len(users) < len(arms) or not sum(users):
        return None
    from scipy.stats import chisquare

    p = float(chisquare(users).pvalue)
    return Split(p=p, shares=tuple(each / sum(users) for each in users), fault=p < SPLIT_ALARM)


def unfit(test: AbTest, arm: Arm) -> bool:
    """Whether what was entered cannot be: no users, more yes than users, no spread."""
    if not arm.users or arm.users < 2:
        return True
    if test.kind == "mean":
        return arm.mean is None or not arm.spread
    return arm.yes is None or (test.kind == "share" and arm.yes > arm.users)


def due(test: AbTest, planned: float | None) -> Due | None:
    """Which look of the plan's rule this is; None without a rule. `planned`: what an arm is to measure at the end."""
    came = min((arm.users for arm in test.arms if arm.users is not None), default=None)
    if test.spending == "none" or test.looks < 2 or not planned or came is None:
        return None
    from aipm.governance.ab_looks import bounds

    rule = bounds(test.looks, test.spending, alpha=corrected(test), two_sided=test.sides == "two")
    look = min(int(came / planned * test.looks + LATE), test.looks)
    return Due(look=look, p=rule.p[look - 1] if look else None, first=planned / test.looks)


def readings(test: AbTest, *, planned: float | None = None) -> tuple[Comparison, ...]:
    """Each variant against the first arm; nothing where numbers are missing (see `unfit`).

    Where the plan has a rule for looks, intervals and verdicts are those of the look that is due (see `due`).
    """
    if len(test.arms) < 2 or unfit(test, test.arms[0]):
        return ()
    variants = [arm for arm in test.arms[1:] if not unfit(test, arm)]
    if not variants:
        return ()
    look = due(test, planned)
    alpha = corrected(test) if look is None else look.p or MEANWHILE
    tail = alpha if test.sides == "two" else 2 * alpha
    raw = [_compared(test, test.arms[0], arm, tail) for arm in variants]
    adjusted = holm([p for *_, p, _ in raw])
    move = step(test)
    overall = test.significance if test.sides == "two" else 2 * test.significance
    sure = [p <= overall for p in adjusted] if look is None else [p <= tail for *_, p, _ in raw]
    return tuple(
        Comparison(
            arm=arm.id,
            one=one,
            other=other,
            difference=other - one,
            low=low,
            high=high,
            level=1 - tail,
            p=float(p),
            exact=exact,
            verdict=_verdict(test, low, high, sure=known, matters=abs(move) if move else 0.0),
        )
        for arm, (one, other, low, high, _, exact), p, known in zip(variants, raw, adjusted, sure, strict=True)
    )


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """p-values adjusted for being several: the smallest × their number, the next × one less, … (Holm 1979).

    Written out because the library's function has all memory searched for garbage on every call (60 ms).
    """
    adjusted, highest = [0.0] * len(p), 0.0
    for rank, place in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        highest = max(highest, min((len(p) - rank) * p[place], 1.0))
        adjusted[place] = highest
    return tuple(adjusted)


def guarded(test: AbTest) -> tuple[Guarded, ...]:
    """The guardrail, a share in each arm: held where the interval of how much worse it is ends below the margin."""
    arms = test.guardrail_arms
    if test.margin is None or len(arms) < 2 or _unfit_share(arms[0]):
        return ()
    tail = test.significance if test.sides == "two" else 2 * test.significance
    found = []
    for arm in arms[1:]:
        if _unfit_share(arm):
            continue
        one, other, low, high, _, _ = _shares(arms[0], arm, design_effect(test), tail)
        worse, ends = other - one, (low, high)
        if not test.guardrail_bad:
            worse, ends = -worse, (-high, -low)
        guard: Guard = "held" if ends[1] < test.margin else "broken" if ends[0] > test.margin else "not_shown"
        found.append(Guarded(arm=arm.id, worse=worse, low=ends[0], high=ends[1], level=1 - tail, guard=guard))
    return tuple(found)


def _unfit_share(arm: Arm) -> bool:
    return not arm.users or arm.users < 2 or arm.yes is None or arm.yes > arm.users


Raw = tuple[float, float, float, float, float, bool]
"""Level of one and of the other, interval of the difference, p-value, whether that is exact."""


def _compared(test: AbTest, one: Arm, other: Arm, tail: float) -> Raw:
    effect = design_effect(test)
    if test.kind == "share":
        return _shares(one, other, effect, tail)
    if test.kind == "mean":
        return _means(one, other, effect, tail)
    return _counts(test, one, other, effect, tail)


def _shares(one: Arm, other: Arm, effect: float, tail: float) -> Raw:
    """Newcombe's interval (1998, method 10) and the pooled test; Fisher's exact p-value where a count is small.

    Events of the same users count as as many fewer as their design effect says.
    """
    from scipy.stats import fisher_exact
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    yes, users = (
        [(each.yes or 0.0) / effect for each in (other, one)],
        [(each.users or 0.0) / effect for each in (other, one)],
    )
    low, high = confint_proportions_2indep(
        yes[0], users[0], yes[1], users[1], method="newcomb", compare="diff", alpha=tail
    )
    share = sum(yes) / sum(users)
    exact = min(share, 1 - share) * min(users) < EXACT_BELOW
    if exact:
        table = [[round(y), round(n - y)] for y, n in zip(yes, users, strict=True)]
        p = float(fisher_exact(table).pvalue)
    else:
        p = float(proportions_ztest(yes, users)[1])
    return yes[1] / users[1], yes[0] / users[0], float(low), float(high), p, exact


def _means(one: Arm, other: Arm, effect: float, tail: float) -> Raw:
    """Welch's interval and test, from means, standard deviations and numbers."""
    from scipy.special import stdtr, stdtrit

    parts = [(arm.spread or 0.0) ** 2 * effect / (arm.users or 1.0) for arm in (one, other)]
    error = sqrt(sum(parts))
    freedom = sum(parts) ** 2 / sum(
        part**2 / max((arm.users or 2.0) / effect - 1, 1.0) for part, arm in zip(parts, (one, other), strict=True)
    )
    first, second = one.mean or 0.0, other.mean or 0.0
    arm_length = float(stdtrit(freedom, 1 - tail / 2)) * error
    difference = second - first
    p = float(2 * stdtr(freedom, -abs(difference) / error))
    return first, second, difference - arm_length, difference + arm_length, p, False


def _counts(test: AbTest, one: Arm, other: Arm, effect: float, tail: float) -> Raw:
    """Counts a user: score intervals of both rates put together (MOVER: Zou & Donner 2008), the pooled test.

    The variance is that of a Poisson count, or as many times that as the plan's spread says; so many events, each as
    good as one of its own.
    """
    from scipy.special import ndtr, ndtri

    times = (test.spread**2 / test.baseline if test.spread and test.baseline else 1.0) * effect
    z = float(ndtri(1 - tail / 2))
    ends = []
    for arm in (one, other):
        events, users = (arm.yes or 0.0) / times, (arm.users or 1.0) / times
        middle, arm_length = events + z**2 / 2, z * sqrt(events + z**2 / 4)
        ends.append((events / users, (middle - arm_length) / users, (middle + arm_length) / users, events, users))
    (first, first_low, first_high, events, users), (second, low, high, more, others) = ends
    difference = second - first
    pooled = (events + more) / (users + others)
    error = sqrt(pooled * (1 / users + 1 / others))
    return (
        first,
        second,
        difference - hypot(second - low, first_high - first),
        difference + hypot(high - second, first - first_low),
        float(2 * ndtr(-abs(difference) / error)) if error else 1.0,
        False,
    )


def _verdict(test: AbTest, low: float, high: float, *, sure: bool, matters: float) -> Verdict:
    """In the direction that is better. A p-value that is not `sure` overrules an interval that leaves out 0."""
    if test.better == "lower":
        low, high = -high, -low
    if not (isfinite(low) and isfinite(high)):
        return "not_enough"
    if high < 0 and sure:
        return "harmful"
    if low > 0 and sure:
        return "ship" if high >= matters else "small"
    return "not_shown" if high < matters else "not_enough"
