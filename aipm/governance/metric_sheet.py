"""Offline, online and guardrail metric, what each error costs, and the threshold that follows."""

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import sqrt
from typing import Annotated, Literal

from msgspec import Meta

from aipm.governance.fields import Digest, Typed

End = Literal["low", "likely", "high"]
Share = Annotated[float, Meta(ge=0, le=1)]
Money = Annotated[float, Meta(ge=-1e12, le=1e12)]
Many = Annotated[float, Meta(ge=0, le=1e12)]
Count = Annotated[int, Meta(ge=0)]
Role = Literal["offline", "online", "guardrail"]
Gap = Literal[
    "nothing",
    "offline",
    "online",
    "guardrail",
    "guardrail_floor",
    "target",
    "how",
    "same",
    "loss",
    "accuracy_rare",
    "image_mse",
    "perplexity",
    "costs_example",
    "share_unknown",
    "share_far",
    "not_settled",
    "product_differs",
    "old",
]
"""What is missing on the sheet, or deserves a second look."""
RARE = 0.2
FAR = 2.0
"""A share of yes in use this many times that of the cases, or less than its inverse."""
OLD_DAYS = 180
LOSS_WORDS = ("loss", "cross-entropy", "cross entropy", "log-loss", "logloss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A metric that was chosen. `target`: what is aimed at; `floor`: what it must not fall under (or rise over)."""

    name: Typed | None = None
    why: Typed | None = None
    target: Typed | None = None
    floor: Typed | None = None
    how: Typed | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of money, or of whatever unit was typed; the ends are known where somebody gave them."""

    likely: Money | None = None
    low: Money | None = None
    high: Money | None = None

    def end(self, which: End) -> float:
        """The end, or the likely amount where it was not given; never on the wrong side of it."""
        likely = self.likely or 0.0
        given = getattr(self, which)
        if given is None:
            return likely
        return min(given, likely) if which == "low" else max(given, likely) if which == "high" else likely


Four = tuple[float, float, float, float]
OTHER_END: dict[End, End] = {"low": "high", "likely": "likely", "high": "low"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostMatrix:
    """What each of the four outcomes costs a case; values of right answers are gains, so they count against costs."""

    false_yes: Amount = Amount(likely=1.0)
    false_no: Amount = Amount(likely=5.0)
    right_yes: Amount = Amount(likely=0.0)
    """What a right yes is worth."""
    right_no: Amount = Amount(likely=0.0)

    def ends(self, which: End) -> Four:
        """Costs of a right yes, a false yes, a false no and a right no; `low` is the end that costs least."""
        other = OTHER_END[which]
        return (
            -self.right_yes.end(other),
            self.false_yes.end(which),
            self.false_no.end(which),
            -self.right_no.end(other),
        )

    def corners(self) -> tuple[Four, ...]:
        """Every combination of low and high ends: a threshold that holds in all of them holds in between."""
        low, high = self.ends("low"), self.ends("high")
        return tuple(dict.fromkeys((a, b, c, d) for a, b, c, d in product(*zip(low, high, strict=True))))

    @property
    def breaks_even(self) -> float | None:
        """The chance of yes from which a yes costs less than a no, for a score that is a true probability.

        (false yes − right no) / (false yes − right no + false no − right yes): Elkan (2001), IJCAI, equation 2.
        """
        right_yes, false_yes, false_no, right_no = self.ends("likely")
        wrong_yes, wrong_no = false_yes - right_no, false_no - right_yes
        return wrong_yes / (wrong_yes + wrong_no) if wrong_yes > 0 and wrong_no > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The threshold as it was chosen for the product, with what it rested on."""

    threshold: float
    day: date
    cases: Count
    share_of_yes: Share
    counts: tuple[Count, Count, Count, Count]
    """Right yes, false yes, false no, right no among the cases."""
    cost: float
    """Per 1,000 cases."""
    least: float
    data: Digest | None = None
    """sha256 of the file with the scores; None for the made-up sample."""
    data_name: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSheet:
    """How success is measured, what errors cost, and from which score the answer is yes."""

    offline: Measure = Measure()
    online: Measure = Measure()
    guardrail: Measure = Measure()
    answer: Literal["yes_no", "number"] = "yes_no"
    costs: CostMatrix = field(default_factory=CostMatrix)
    unit: Typed | None = None
    share_of_yes: Share | None = None
    volume: Many | None = None
    """Cases a month."""
    threshold: float | None = None
    """Where the slider stands; None for the threshold of least cost."""
    settled: Settled | None = None
    errors: Typed | None = None
    """For a product that answers with a number: errors of a few cases, prediction less truth."""
    too_high: Amount = Amount(likely=1.0)
    """What one unit too much costs."""
    too_low: Amount = Amount(likely=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberErrors:
    """How far a number is off: mean absolute error, mean squared error and its root, the mean error (which way it
    leans), and the cost a case.
    """

    cases: int
    mae: float
    mse: float
    rmse: float
    lean: float
    cost: float
    cost_ranges: tuple[float, float]
    unread: int


def number_errors(written: str, *, too_high: Amount, too_low: Amount) -> NumberErrors | None:
    """The errors in a text, in any order, between blanks, semicolons or lines; None where there is no number."""
    found, unread = [], 0
    for word in written.replace(";", " ").replace("−", "-").split():
        try:
            value = float(word.strip(","))
        except ValueError:
            unread += 1
            continue
        if abs(value) < 1e12:  # also leaves out inf and NaN
            found.append(value)
        else:
            unread += 1
    if not found:
        return None
    count = len(found)
    squared = sum(each**2 for each in found) / count
    over, under = sum(max(each, 0) for each in found) / count, sum(max(-each, 0) for each in found) / count
    return NumberErrors(
        cases=count,
        mae=sum(map(abs, found)) / count,
        mse=squared,
        rmse=sqrt(squared),
        lean=sum(found) / count,
        cost=over * too_high.end("likely") + under * too_low.end("likely"),
        cost_ranges=(
            over * too_high.end("low") + under * too_low.end("low"),
            over * too_high.end("high") + under * too_low.end("high"),
        ),
        unread=unread,
    )


def gaps(
    sheet: MetricSheet, *, today: date, product_threshold: float | None = None, sample_share: float | None = None
) -> tuple[Gap, ...]:
    """What is missing or deserves a second look, the most important first."""
    named = {role: getattr(sheet, role).name for role in ("offline", "online", "guardrail")}
    if not any(named.values()):
        return ("nothing",)
    roles: tuple[Role, ...] = ("guardrail", "online", "offline")
    found: list[Gap] = [role for role in roles if not named[role]]
    names = [name.casefold().strip() for name in named.values() if name]
    share = sheet.share_of_yes
    tests: tuple[tuple[Gap, bool], ...] = (
        ("guardrail_floor", bool(named["guardrail"]) and sheet.guardrail.floor is None),
        (
            "target",
            any(name and not getattr(sheet, role).target for role, name in named.items() if role != "guardrail"),
        ),
        ("how", any(name and not getattr(sheet, role).how for role, name in named.items())),
        ("same", len(set(names)) < len(names)),
        ("loss", any(word in name for name in names for word in LOSS_WORDS)),
        ("accuracy_rare", any("accuracy" in name for name in names) and share is not None and _rare(share)),
        ("image_mse", any("mse" in name.split() and "image" in name for name in names)),
        ("perplexity", any("perplexity" in name for name in names)),
        ("costs_example", sheet.answer == "yes_no" and sheet.costs == CostMatrix()),
        ("share_unknown", sheet.answer == "yes_no" and share is None),
        ("share_far", bool(share and sample_share and not 1 / FAR <= share / sample_share <= FAR)),
        ("not_settled", sheet.answer == "yes_no" and sheet.settled is None),
        (
            "product_differs",
            sheet.settled is not None
            and product_threshold is not None
            and abs(product_threshold - sheet.settled.threshold) > 1e-9,
        ),
        ("old", sheet.settled is not None and (today - sheet.settled.day).days > OLD_DAYS),
    )
    return (*found, *(gap for gap, there in tests if there))


def _rare(share: float) -> bool:
    return min(share, 1 - share) < RARE
