"""How long until a drop in quality shows in what comes back: from answers a day, delay, and how often one looks."""

from dataclasses import dataclass
from math import exp, inf, isfinite, log, log1p, sqrt
from statistics import NormalDist

QUARTER = 91
"""Days."""
MOST = 10_000_000
"""Answers beyond which a drop counts as never seen."""
JAGGED = 12
"""Counts of bad answers below the one found that may serve too: whole numbers make the boundary jagged."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A running tally (CUSUM) of bad answers: `step` is taken off with every answer, an alarm comes at `line`.

    `answers`: until the alarm, on average, from the drop on; `between`: from one false alarm to the next.
    """

    step: float
    line: float
    answers: float
    between: float


def level(alarms_a_quarter: float, looks_a_quarter: float) -> float:
    """The chance of a false alarm at one look that keeps the chance of any in a quarter (Šidák 1967).

    Looks that share answers are alike, so the chance of any is then smaller than what was asked for.
    """
    return float(1 - (1 - alarms_a_quarter) ** (1 / max(looks_a_quarter, 1.0)))


def answers_needed(
    bad: float, worse: float, *, alpha: float, power: float, baseline_answers: float | None = None
) -> float | None:
    """Answers after the drop that show it: the share of bad ones has risen from `bad` to `worse`.

    Exact binomial test where the share before is taken as known: the fewest answers at which some count of bad ones is
    reached with a chance of at most `alpha` before and at least `power` after. Where it was estimated from
    `baseline_answers`: two proportions, normal, pooled under no change (Fleiss, Levin & Paik 2003, chapter 4). None
    where no number of answers is enough, or more than ten million are.
    """
    if not 0 <= bad < worse <= 1:
        return None
    if baseline_answers is not None:
        return _two(bad, worse, alpha, power, baseline_answers)
    if bad == 0:  # a single bad answer shows it
        return float(max(_ceil(log(1 - power) / log1p(-worse)), 1)) if worse < 1 else 1.0
    low, high = 1, 1
    while not _serves(high, bad, worse, alpha, power):
        low, high = high, 2 * high
        if high > MOST:
            return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _serves(middle, bad, worse, alpha, power) else (middle + 1, high)
    near = range(max(high - JAGGED, 1), high + 1)
    answers = _fewest(next(count for count in near if _serves(count, bad, worse, alpha, power)), worse, power)
    return answers if answers <= MOST else None


def drop_seen(
    good: float, answers: float, *, alpha: float, power: float, baseline_answers: float | None = None
) -> float | None:
    """The smallest drop of the share of good answers that so many answers show; None where not even the largest."""
    needed = answers_needed(1 - good, 1.0, alpha=alpha, power=power, baseline_answers=baseline_answers)
    if needed is None or needed > answers:
        return None
    low, high = 0.0, good
    for _ in range(30):
        middle = (low + high) / 2
        found = answers_needed(1 - good, 1 - good + middle, alpha=alpha, power=power, baseline_answers=baseline_answers)
        low, high = (low, middle) if found is not None and found <= answers else (middle, high)
    return high


def tally(bad: float, worse: float, *, alarms_a_quarter: float, answers_a_quarter: float) -> Tally | None:
    """A running tally with the wanted chance of a false alarm in a quarter; None where there can be none.

    Log-likelihood steps, run lengths after Wald and Siegmund (1985); `line` with the correction for overshoot of
    Reynolds & Stoumbos (1999, Journal of Quality Technology 31, 87-108). Approximate: within a tenth of simulated ones.
    """
    if not 0 < bad < worse < 1 or not 0 < alarms_a_quarter < 1 or answers_a_quarter <= 0:
        return None
    fall, rise = -log((1 - worse) / (1 - bad)), log(worse * (1 - bad) / (bad * (1 - worse)))
    between = answers_a_quarter / -log1p(-alarms_a_quarter)
    before, after = fall - rise * bad, rise * worse - fall  # mean step down before the drop, up after it
    low, high = 0.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if (exp(middle) - middle - 1) / before < between else (low, middle)
    answers = max((exp(-high) + high - 1) / after, 1.0)
    at = log(min(bad, 0.5))
    overshoot = 0.410 - 0.0842 * at - 0.0391 * at**3 - 0.00376 * at**4 - 0.000008 * at**7
    line = max(high / rise - overshoot * sqrt(bad * (1 - bad)), 1 - fall / rise)
    return Tally(step=fall / rise, line=line, answers=answers, between=between)


def bounds(share_good: float, rate: float) -> tuple[float, float]:
    """Between which shares of good uses the truth lies, whatever those think who do not answer (Manski 1989)."""
    return rate * share_good, rate * share_good + 1 - rate


def hidden(drop: float, rate: float) -> float | None:
    """How much worse (in share of good) the silent must be than those who answer for the figure to be off by `drop`."""
    return drop / (1 - rate) if rate < 1 and drop / (1 - rate) <= 1 else None


def _two(bad: float, worse: float, alpha: float, power: float, before: float) -> float | None:
    z, wanted = _NORMAL.inv_cdf(1 - alpha), _NORMAL.inv_cdf(power)

    def missing(after: float) -> float:
        pooled = (bad * before + worse * after) / (before + after)
        null = sqrt(pooled * (1 - pooled) * (1 / before + 1 / after))
        alternative = sqrt(bad * (1 - bad) / before + worse * (1 - worse) / after)
        return z * null + wanted * alternative - (worse - bad)

    if before < 1 or missing(MOST) > 0:
        return None
    low, high = 1, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if missing(middle) <= 0 else (middle + 1, high)
    return float(high)


def _serves(count: int, bad: float, worse: float, alpha: float, power: float) -> bool:
    """Whether so many bad answers are rare enough before where they are likely enough after.

    With the fewest answers that reach the count often enough after the drop: is reaching it before rare enough?
    """
    answers = _fewest(count, worse, power)
    return isfinite(answers) and _at_least(count, answers, bad) <= alpha


def _fewest(count: int, share: float, power: float) -> float:
    """The fewest answers of which at least `count` are bad with a chance of `power`."""
    low, high = count, max(2 * count, 2)
    while _at_least(count, high, share) < power:
        low, high = high, 2 * high
        if high > 4 * MOST:
            return inf
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _at_least(count, middle, share) >= power else (middle + 1, high)
    return float(high)


def _at_least(count: int, answers: float, share: float) -> float:
    """The chance that at least `count` of the answers are bad: a regularised incomplete beta function."""
    from scipy.special import betainc

    return float(betainc(count, answers - count + 1, share)) if answers >= count else 0.0


def _ceil(value: float) -> int:
    return int(-(-value // 1))
