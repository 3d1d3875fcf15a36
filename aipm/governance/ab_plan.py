"""How many people an A/B test needs, for how long, to see a difference of what size."""

from dataclasses import dataclass, replace
from math import ceil, isfinite, sqrt
from typing import Literal

from aipm.governance.ab_test import AbTest

Lacks = Literal["baseline", "spread", "difference", "users_a_day", "beyond", "edge", "events"]
"""What stands in the way of a plan; `beyond`: the difference leads out of the possible; `edge`: a share of 0 or 1."""
Caution = Literal["short", "long", "hopeless", "exact", "one_sided", "peeking", "variants", "loss", "cluster", "weak"]
Lever = Literal["difference", "traffic", "variants", "power", "loss"]
WEEK = 7
LONG_DAYS, HOPELESS_DAYS = 56, 365
FEW = 10
"""Expected successes or failures an arm under which the normal formulae are too rough."""
MOST_USERS = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes are of one arm, in users; `events` in what is measured, where that is not users."""

    users: int
    """To be assigned to an arm, those who will be lost included."""
    measured: int
    """Of these, with a result."""
    events: int | None
    simple: float
    """Independent units an arm, before clusters and losses."""
    design_effect: float
    inflation: float
    """Times as many because of looks on the way."""
    alpha: float
    """Significance of one comparison, after the correction for several variants."""
    all_users: int
    days: float | None
    whole_days: int | None
    """Rounded up to whole weeks, so that each day of the week counts alike."""
    power: float
    """At `measured`."""
    target: float
    """The level that the smallest difference that matters leads to."""
    difference: float
    """Absolute, with its sign."""
    relative: float | None
    cautions: tuple[Caution, ...]


def step(test: AbTest) -> float | None:
    """The smallest difference that matters, absolute and with its sign; None where something is missing."""
    if test.baseline is None or not test.difference:
        return None
    size = test.difference * abs(test.baseline) if test.relative else test.difference
    return size if test.better == "higher" else -size


def lacks(test: AbTest) -> tuple[Lacks, ...]:
    """Why there can be no plan yet; empty where there can."""
    found: list[Lacks] = []
    if test.baseline is None:
        found.append("baseline")
    if not test.difference:
        found.append("difference")
    if test.kind == "mean" and not test.spread:
        found.append("spread")
    if test.by_event and (not test.events_each or test.icc is None):
        found.append("events")
    move = step(test)
    if test.baseline is not None and test.kind != "mean":
        top = 1.0 if test.kind == "share" else MOST_USERS
        if not 0 <= test.baseline <= top or (move is not None and not 0 <= test.baseline + move <= top):
            found.append("beyond")
        elif (test.kind == "share" and test.baseline in (0.0, 1.0)) or (test.kind == "count" and test.baseline == 0):
            found.append("edge")
    elif test.kind == "mean" and move == 0:
        found.append("difference")  # a share of a mean of 0
    return tuple(dict.fromkeys(found))


def plan(test: AbTest) -> Plan | None:
    """How many and how long; None where something is missing (see `lacks`)."""
    move = step(test)
    if lacks(test) or move is None or test.baseline is None:
        return None
    alpha = corrected(test)
    simple = _size(test, move, alpha)
    inflation = _inflation(test, alpha)
    effect = design_effect(test)
    units = simple * inflation * effect
    if not isfinite(units) or units > MOST_USERS:
        units = MOST_USERS
    each = (test.events_each or 1.0) if test.by_event else 1.0
    measured = max(ceil(units / each - 1e-9), 2)
    users = ceil(measured / (1 - test.loss) - 1e-9)
    days = _days(test, users * test.variants)
    found = Plan(
        users=users,
        measured=measured,
        events=ceil(measured * each) if test.by_event else None,
        simple=simple,
        design_effect=effect,
        inflation=inflation,
        alpha=alpha,
        all_users=users * test.variants,
        days=days,
        whole_days=None if days is None else max(ceil(days / WEEK - 1e-9), 1) * WEEK,
        power=power_of(test, measured / inflation),
        target=test.baseline + move,
        difference=move,
        relative=move / abs(test.baseline) if test.baseline else None,
        cautions=(),
    )
    return replace(found, cautions=_cautions(test, found))


def corrected(test: AbTest) -> float:
    """Significance of one comparison with the arm in use: shared out evenly (Bonferroni).

    Holm's step-down (1979) then needs no more people than this plan, and may see more.
    """
    return test.significance / (test.variants - 1)


def design_effect(test: AbTest) -> float:
    """1 + (events a user − 1) × ICC (Kish 1965); 1 where users are measured."""
    if not test.by_event or not test.events_each or test.icc is None:
        return 1.0
    return max(1 + (test.events_each - 1) * test.icc, 1.0)


def power_of(test: AbTest, measured: float, *, move: float | None = None) -> float:
    """The chance of a significant result with `measured` users an arm, if the difference is `move`."""
    move = step(test) if move is None else move
    each = (test.events_each or 1.0) if test.by_event else 1.0
    units = measured * each / design_effect(test)
    if move is None or test.baseline is None or units < 2:
        return 0.0
    alpha, two = corrected(test), test.sides == "two"
    if test.kind == "mean":
        from statsmodels.stats.power import TTestIndPower

        if not test.spread:
            return 0.0
        effect = abs(move) / test.spread
        found = TTestIndPower().power(effect, units, alpha, alternative="two-sided" if two else "larger")
        return 1.0 if found != found else float(found)  # noqa: PLR0124 - NaN: the effect is beyond the tables
    from scipy.special import ndtr, ndtri

    null, alternative = _deviations(test, move)
    z = ndtri(1 - (alpha / 2 if two else alpha))
    return float(ndtr((abs(move) * sqrt(units) - z * null) / alternative)) if alternative else 1.0


def detectable(test: AbTest, days: float) -> float | None:
    """The smallest difference that has the wanted power after so many days; None where even the largest has not."""
    if test.baseline is None or not test.users_a_day or not test.traffic or {*lacks(test)} - {"difference", "beyond"}:
        return None
    assigned = days * test.users_a_day * test.traffic / test.variants
    measured = assigned * (1 - test.loss) / _inflation(test, corrected(test))
    sign = 1 if test.better == "higher" else -1
    if test.kind == "mean":
        top = 50 * (test.spread or 1.0)
    elif test.better == "lower":
        top = test.baseline
    else:
        top = 1 - test.baseline if test.kind == "share" else 50 * max(test.baseline, 1.0)
    if measured < 2 or top <= 0 or power_of(test, measured, move=sign * top) < test.power:
        return None
    low, high = 0.0, top
    for _ in range(40):
        middle = (low + high) / 2
        if power_of(test, measured, move=sign * middle) < test.power:
            low = middle
        else:
            high = middle
    return high


def levers(test: AbTest) -> dict[Lever, int]:
    """What would shorten the test: days in whole weeks after one change each, where it is fewer."""
    now = plan(test)
    if now is None or now.whole_days is None:
        return {}
    changes: dict[Lever, AbTest] = {}
    if test.difference:
        changes["difference"] = replace(test, difference=2 * test.difference)
    if test.traffic < 1:
        changes["traffic"] = replace(test, traffic=1.0)
    if test.variants > 2:
        changes["variants"] = replace(test, variants=2)
    if test.power > 0.8:
        changes["power"] = replace(test, power=0.8)
    if test.loss > 0.05:
        changes["loss"] = replace(test, loss=0.0)
    found: dict[Lever, int] = {}
    for lever, changed in changes.items():
        then = plan(changed)
        if then is not None and then.whole_days is not None and then.whole_days < now.whole_days:
            found[lever] = then.whole_days
    return found


def not_worse_size(test: AbTest) -> int | None:
    """Users an arm that show, with the wanted power, that the guardrail is not worse by the margin or more; None where
    something is missing, or where nobody has so many.

    One-sided at half the two-sided significance, if the guardrail does not move at all: (z₁₋ₐ + z_power)² × 2 p (1 − p)
    / margin² (Chow, Shao, Wang & Lokhnygina, chapter on non-inferiority of two proportions).
    """
    share, margin = test.guardrail_share, test.margin
    if share is None or not margin or share in (0.0, 1.0):
        return None
    from statsmodels.stats.power import normal_sample_size_one_tail

    deviation = sqrt(2 * share * (1 - share))
    one_sided = test.significance / 2 if test.sides == "two" else test.significance
    units = normal_sample_size_one_tail(margin, test.power, one_sided, std_null=deviation, std_alternative=deviation)
    each = (test.events_each or 1.0) if test.by_event else 1.0
    users = float(units) * design_effect(test) / each / (1 - test.loss)
    return ceil(users) if users < MOST_USERS else None


def _size(test: AbTest, move: float, alpha: float) -> float:
    """Independent units an arm.

    Shares: Fleiss, Levin & Paik (2003), equation 4.14, without continuity correction; R's power.prop.test agrees.
    Means: Student's t, two samples. Counts: normal, variance of a Poisson count or the given one at both levels.
    """
    from statsmodels.stats import power, proportion

    if test.kind == "share":
        assert test.baseline is not None
        found = proportion.samplesize_proportions_2indep_onetail(
            abs(move),
            test.baseline if move > 0 else test.baseline + move,
            test.power,
            alpha=alpha,
            alternative="two-sided" if test.sides == "two" else "larger",
        )
        return float(found)
    if test.kind == "mean":
        assert test.spread is not None
        effect = abs(move) / test.spread
        rough = _normal_size(test, move, alpha)
        if rough > 5_000 or effect > 8:  # Student's t is the normal here, or two in an arm are enough
            return max(rough, 2.0)
        return float(
            power.TTestIndPower().solve_power(
                effect, alpha=alpha, power=test.power, alternative="two-sided" if test.sides == "two" else "larger"
            )
        )
    return _normal_size(test, move, alpha)


def _normal_size(test: AbTest, move: float, alpha: float) -> float:
    from statsmodels.stats.power import normal_sample_size_one_tail

    null, alternative = _deviations(test, move)
    tail = alpha / 2 if test.sides == "two" else alpha
    return float(normal_sample_size_one_tail(abs(move), test.power, tail, std_null=null, std_alternative=alternative))


def _deviations(test: AbTest, move: float) -> tuple[float, float]:
    """Standard deviation of the difference of two single units, if nothing differs and if `move` does."""
    assert test.baseline is not None
    one, other = test.baseline, test.baseline + move
    if test.kind == "mean":
        deviation = sqrt(2) * (test.spread or 0.0)
        return deviation, deviation
    if test.kind == "share":
        middle = (one + other) / 2
        return sqrt(2 * middle * (1 - middle)), sqrt(max(one * (1 - one) + other * (1 - other), 0.0))
    times = test.spread**2 / one if test.spread and one else 1.0  # variance as a multiple of the mean
    return sqrt(times * (one + other)), sqrt(times * (one + other))


def _inflation(test: AbTest, alpha: float) -> float:
    """How many times as many people a plan with looks and their bounds needs."""
    if test.spending == "none" or test.looks < 2:
        return 1.0
    from aipm.governance.ab_looks import inflation

    return inflation(test.looks, test.spending, alpha=alpha, power=test.power, two_sided=test.sides == "two")


def _days(test: AbTest, users: float) -> float | None:
    a_day = (test.users_a_day or 0.0) * test.traffic
    return users / a_day if a_day > 0 else None


def _cautions(test: AbTest, found: Plan) -> tuple[Caution, ...]:
    days = found.days
    expected = []
    if test.kind == "share" and test.baseline is not None:
        units = found.events or found.measured
        expected = [units * share for level in (test.baseline, found.target) for share in (level, 1 - level)]
    tests: tuple[tuple[Caution, bool], ...] = (
        ("hopeless", days is not None and days > HOPELESS_DAYS),
        ("long", days is not None and LONG_DAYS < days <= HOPELESS_DAYS),
        ("short", days is not None and days < WEEK),
        ("exact", any(each < FEW for each in expected)),
        ("weak", test.power < 0.8),
        ("one_sided", test.sides == "one"),
        ("peeking", test.looks > 1 and test.spending == "none"),
        ("variants", test.variants > 2),
        ("loss", test.loss > 0.2),
        ("cluster", found.design_effect > 2),
    )
    return tuple(caution for caution, there in tests if there)
