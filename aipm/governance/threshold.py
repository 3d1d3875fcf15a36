"""From which score on the answer is yes: what every choice costs, from counts by score and outcome alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aipm.content.interval import wilson
from aipm.governance.metric_sheet import CostMatrix
from aipm.governance.scored import Scores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NEAR = 0.05
"""Thresholds that cost up to this share more than the least do not differ in practice."""
Ends = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its 95 % interval; None where there is nothing to take a share of."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one threshold does. Counts are those of the cases scored; `per_1000` and all shares hold at `share_of_yes`,
    the share expected in use. Costs are per 1,000 cases; below 0 they are gains.
    """

    threshold: float
    share_of_yes: float
    counts: tuple[int, int, int, int]
    """Right yes, false yes, false no, right no."""
    per_1000: tuple[float, float, float, float]
    precision: Rate
    recall: Rate
    false_alarm: Rate
    f1: float | None
    accuracy: float
    always_the_same: float
    """Accuracy of giving everybody the commoner answer."""
    cost: float
    cost_sampling: Ends
    """95 % interval from the number of cases alone."""
    cost_ranges: Ends
    """From all costs at their kinder end to all at their harsher end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """The threshold of least cost, those that cost up to 5 % more, where the ranges of the costs may move it, and
    where another sample of as many cases might (90 % of the redrawn ones).
    """

    threshold: float
    cost: float
    flat: Ends
    by_ranges: Ends
    by_chance: Ends
    none_at_all: float
    """Cost of answering no to everybody."""
    everybody: float
    """Cost of answering yes to everybody."""


def chosen(scores: Scores, threshold: float, costs: CostMatrix, *, share_of_yes: float | None = None) -> Choice:
    """What this threshold does, with another `share_of_yes` than the cases have where one is expected.

    The shares within the yes and within the no are taken as they are (only the mix changes): the usual correction for
    another prior, right where the cases of each kind look as they will in use.
    """
    place = scores.place(threshold)
    prior = scores.share_of_yes if share_of_yes is None else share_of_yes
    all_yes, all_no = sum(scores.yes), sum(scores.no)
    found, false = sum(scores.yes[place:]), sum(scores.no[place:])
    recall, false_alarm = _rate(found, all_yes), _rate(false, all_no)
    tpr, fpr = found / all_yes, false / all_no
    parts = (prior * tpr, (1 - prior) * fpr, prior * (1 - tpr), (1 - prior) * (1 - fpr))
    precision = _precision(prior, (found, all_yes), (false, all_no), own=share_of_yes is None)
    low, middle, high = (costs.ends(end) for end in ("low", "likely", "high"))
    slopes = _slopes(prior, middle)
    cost = slopes[0] * tpr + slopes[1] * fpr + slopes[2]
    return Choice(
        threshold=scores.edge(place),
        share_of_yes=prior,
        counts=(found, false, all_yes - found, all_no - false),
        per_1000=(1_000 * parts[0], 1_000 * parts[1], 1_000 * parts[2], 1_000 * parts[3]),
        precision=precision,
        recall=recall,
        false_alarm=false_alarm,
        f1=2 * parts[0] / (2 * parts[0] + parts[1] + parts[2]) if parts[0] + parts[1] + parts[2] else None,
        accuracy=parts[0] + parts[3],
        always_the_same=max(prior, 1 - prior),
        cost=cost,
        cost_sampling=_combined(cost, ((slopes[0], tpr, recall), (slopes[1], fpr, false_alarm))),
        cost_ranges=(_cost(prior, low, tpr, fpr), _cost(prior, high, tpr, fpr)),
    )


def costs_by_place(scores: Scores, costs: CostMatrix, *, share_of_yes: float | None = None) -> "Array":
    """Cost per 1,000 cases at each threshold, from the lowest to the highest."""
    prior = scores.share_of_yes if share_of_yes is None else share_of_yes
    return _line(scores, _slopes(prior, costs.ends("likely")))


def precisions(scores: Scores, *, share_of_yes: float | None = None) -> "Array":
    """Precision at each threshold; NaN where nobody is called yes."""
    import numpy as np

    prior = scores.share_of_yes if share_of_yes is None else share_of_yes
    right, false = prior * scores.right_yes, (1 - prior) * scores.false_yes
    with np.errstate(invalid="ignore"):
        precision: Array = right / (right + false)
    return precision


def least(scores: Scores, costs: CostMatrix, *, share_of_yes: float | None = None) -> Least:
    """The threshold of least cost; of several, the middle of the first unbroken run of them."""
    import numpy as np

    prior = scores.share_of_yes if share_of_yes is None else share_of_yes
    slopes = _slopes(prior, costs.ends("likely"))
    line = _line(scores, slopes)
    best = _lowest(line)
    near = np.flatnonzero(line <= line[best] + NEAR * abs(line[best]) + 1e-9)
    moved = [_lowest(_line(scores, _slopes(prior, corner))) for corner in costs.corners()]
    right_yes, false_yes = scores.redrawn
    drawn = [_lowest(each) for each in slopes[0] * right_yes + slopes[1] * false_yes]
    by_chance = np.quantile(drawn, [0.05, 0.95], method="nearest")
    return Least(
        threshold=scores.edge(best),
        cost=float(line[best]),
        flat=(scores.edge(int(near[0])), scores.edge(int(near[-1]))),
        by_ranges=(scores.edge(min([best, *moved])), scores.edge(max([best, *moved]))),
        by_chance=(scores.edge(int(by_chance[0])), scores.edge(int(by_chance[1]))),
        none_at_all=float(line[-1]),
        everybody=float(line[0]),
    )


def _lowest(line: "Array") -> int:
    """The middle of the first run of lowest costs: at its edges one case more would decide."""
    import numpy as np

    low = np.flatnonzero(line <= line.min() + 1e-9)
    run = low[: int(np.argmax(np.append(np.diff(low) > 1, True))) + 1]
    return int(run[len(run) // 2])


def _slopes(prior: float, costs: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """Cost per 1,000 cases as a × share of yes found + b × share of no called yes + c."""
    right_yes, false_yes, false_no, right_no = costs
    return (
        1_000 * prior * (right_yes - false_no),
        1_000 * (1 - prior) * (false_yes - right_no),
        1_000 * (prior * false_no + (1 - prior) * right_no),
    )


def _line(scores: Scores, slopes: tuple[float, float, float]) -> "Array":
    return slopes[0] * scores.right_yes + slopes[1] * scores.false_yes + slopes[2]


def _cost(prior: float, costs: tuple[float, float, float, float], tpr: float, fpr: float) -> float:
    slopes = _slopes(prior, costs)
    return slopes[0] * tpr + slopes[1] * fpr + slopes[2]


def _combined(value: float, parts: tuple[tuple[float, float, Rate], ...]) -> Ends:
    """95 % interval of a sum of independent shares, each times a number (MOVER: Zou & Donner 2008)."""
    arms = [
        sorted((slope * ((rate.low or 0.0) - share), slope * ((1.0 if rate.high is None else rate.high) - share)))
        for slope, share, rate in parts
    ]
    return value - sum(arm[0] ** 2 for arm in arms) ** 0.5, value + sum(arm[1] ** 2 for arm in arms) ** 0.5


def _rate(some: int, of: int, *, alpha: float = 0.05) -> Rate:
    """A share with Wilson's interval (1927)."""
    if not of:
        return Rate(value=None)
    low, high = wilson(some / of, of, confidence=1 - alpha)
    return Rate(value=some / of, low=low, high=high)


def _precision(prior: float, yes: tuple[int, int], no: tuple[int, int], *, own: bool) -> Rate:
    """Of those called yes, the share that is. At another share of yes than the cases have, its interval runs from the
    worst to the best of both rates at 97.5 %, so it holds at 95 % or more.
    """
    if own:
        return _rate(yes[0], yes[0] + no[0])
    if not yes[0] + no[0]:
        return Rate(value=None)
    right, false = _rate(*yes, alpha=0.025), _rate(*no, alpha=0.025)
    assert right.value is not None
    assert false.value is not None

    def share(tpr: float, fpr: float) -> float:
        called = prior * tpr + (1 - prior) * fpr
        return prior * tpr / called if called else 0.0

    return Rate(
        value=share(right.value, false.value),
        low=share(right.low or 0.0, false.high or 0.0),
        high=share(right.high or 0.0, false.low or 0.0) if right.high else None,
    )
