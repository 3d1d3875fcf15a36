"""From a workload to money: a month's bill with its range, month by month, for a thousand requests, for a user."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import msgspec

from aipm.selection.assumptions import cost_texts
from aipm.selection.catalogue import Model
from aipm.selection.model_entries import Kind, Unit
from aipm.selection.prices import CURRENCY, Change, HourPrice, Price, Status, Usage, bill, price, total
from aipm.selection.rates import Hours, change_days, day_rates, utc
from aipm.selection.tokens import token_range
from aipm.tables import Refusal

DAYS_PER_MONTH = Decimal(730) / 24
"""365 / 12 days, so that a month has 730 hours here and for own machines alike."""
HOURS_PER_MONTH = Decimal(730)
ONE, NONE = Decimal(1), Decimal(0)
MOST_MONTHS = 60
MOST_PEAK = 1000
MOST = Decimal(10) ** 15
"""More of anything than anybody asks for."""
LARGEST = Decimal(10) ** 40
"""No product of things asked for comes near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with the range it may lie in; low and high are `likely` where nobody gave them."""

    likely: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        low, high = self.bounds
        if not all(each.is_finite() and 0 <= each <= LARGEST for each in (low, self.likely, high)):
            raise Refusal("estimate", "A number is negative, too large or none at all.")
        if not low <= self.likely <= high:
            raise Refusal("estimate", "The likely value must lie between the low and the high one.")

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Low and high."""
        low = self.likely if self.low is None else self.low
        return low, self.likely if self.high is None else self.high

    def at(self, corner: "Corner") -> Decimal:
        """The value in one of the three cases."""
        return self.likely if corner == "likely" else self.bounds[corner == "high"]

    def times(self, factor: Decimal) -> "Estimate":
        """All three values times a factor."""
        low, high = self.bounds
        return Estimate(likely=self.likely * factor, low=low * factor, high=high * factor)


Corner = Literal["low", "likely", "high"]
CORNERS: tuple[Corner, ...] = ("low", "likely", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What the team will ask of the model.

    `input_tokens` and `output_tokens` are those of one request: prompt, and visible answer. `cached_share` of the
    prompt is the same as before and read from a cache. `reasoning_share` is the share of all billed output that is
    thinking nobody sees: an answer of n tokens is billed as n / (1 - share). `counted` says that tokens were counted
    with OpenAI's tokenizer, so other vendors' counts get a range. `busy_share` of the requests falls into a vendor's
    dear hours (None: evenly over the day). `growth_per_month` 0.1 is 10 % more each month. Images, seconds and
    characters are those of one request, for models that are sold by them. `peak_factor` is how many times the average
    the busiest hour brings: it changes no bill of an API, but its limits, and how many machines of one's own it takes.
    """

    requests: Estimate
    period: Literal["day", "month"] = "month"
    input_tokens: Estimate = Estimate(likely=NONE)
    output_tokens: Estimate = Estimate(likely=NONE)
    cached_share: Decimal = NONE
    reasoning_share: Decimal = NONE
    images: Decimal = NONE
    audio_seconds: Decimal = NONE
    video_seconds: Decimal = NONE
    characters: Decimal = NONE
    counted: bool = False
    batch: bool = False
    busy_share: Decimal | None = None
    growth_per_month: Decimal = NONE
    peak_factor: Decimal = ONE
    months: int = 12
    users: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("requests", "input_tokens", "output_tokens"):
            if getattr(self, name).bounds[1] > MOST:
                raise Refusal("workload", f"{name} is more than there is of anything.")
        if not 1 <= self.peak_factor <= MOST_PEAK:
            raise Refusal("workload", f"peak_factor must lie between 1 and {MOST_PEAK}.")
        for name in ("cached_share", "busy_share"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise Refusal("workload", f"{name} must lie between 0 and 1.")
        if not 0 <= self.reasoning_share < 1:
            raise Refusal("workload", "reasoning_share must be at least 0 and below 1.")
        if not -1 < self.growth_per_month <= 10:
            raise Refusal("workload", "growth_per_month must lie between -1 and 10: 0.1 is 10 % a month.")
        if not 1 <= self.months <= MOST_MONTHS:
            raise Refusal("workload", f"months must lie between 1 and {MOST_MONTHS}.")
        if self.users is not None and not 0 < self.users <= MOST:
            raise Refusal("workload", "users must be above 0.")
        for name in ("images", "audio_seconds", "video_seconds", "characters"):
            if not 0 <= getattr(self, name) <= MOST:
                raise Refusal("workload", f"{name} must be at least 0.")

    @property
    def requests_per_month(self) -> Estimate:
        """Requests a month of 730 hours."""
        return self.requests.times(DAYS_PER_MONTH) if self.period == "day" else self.requests

    @property
    def busiest_hour(self) -> Decimal:
        """Requests in the busiest hour."""
        return self.requests_per_month.likely / HOURS_PER_MONTH * self.peak_factor

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Workload":
        """From `to_plain`, or typed by hand. Raises Refusal."""
        try:
            return msgspec.convert(plain, cls, strict=False)
        except msgspec.ValidationError as problem:
            raise Refusal("workload", f"The workload cannot be read: {problem}") from problem

    def to_plain(self) -> dict[str, Any]:
        """As plain data; money and numbers as text, so that nothing is rounded."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the plan, from `start` on: requests and bill (US dollars)."""

    start: date
    requests: Estimate
    usd: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a workload costs with one model. Money is in US dollars; all None where `status` is not ok.

    `per_request` and what follows from it hold from `as_of` on; `months` follows known price changes and growth.
    `hours` are the prices of a request over the day (UTC), several where it has dear hours.
    """

    status: Status
    as_of: datetime
    source: str
    source_as_of: date | None = None
    currency: str = CURRENCY
    usage: Usage | None = None
    per_request: Estimate | None = None
    per_1000_requests: Estimate | None = None
    monthly: Estimate | None = None
    per_user: Estimate | None = None
    whole: Estimate | None = None
    months: tuple[Month, ...] = ()
    batch: Literal["applied", "not_offered"] | None = None
    hours: tuple[HourPrice, ...] = ()
    changes: tuple[Change, ...] = ()
    unpriced: tuple[Unit, ...] = ()
    cautions: tuple[str, ...] = ()


COUNTED: dict[Kind, tuple[Unit, ...]] = {
    "image": ("images",),
    "video": ("video_seconds",),
    "speech-to-text": ("audio_seconds",),
    "text-to-speech": ("characters",),
    "embedding": ("input_tokens",),
    "rerank": ("input_tokens",),
}
"""What of a workload a kind of model is charged by; all others are by tokens in and out."""


def cost(model: Model, workload: Workload, *, at: datetime) -> Cost:
    """What this workload costs with this model from this moment on."""
    at = utc(at)
    usages = {corner: usage_of(model, workload, corner) for corner in CORNERS}
    asked: Price = price(model, usages["likely"], at=at, batch=workload.batch)
    if asked.status != "ok":
        return Cost(
            status=asked.status,
            as_of=at,
            source=asked.source,
            source_as_of=asked.source_as_of,
            usage=usages["likely"],
            unpriced=asked.unpriced,
        )
    per_request = _per_request(model, workload, usages, at.date())
    requests = workload.requests_per_month
    monthly = _product(requests, per_request)
    months = tuple(_months(model, workload, usages, at.date()))
    return Cost(
        status="ok",
        as_of=at,
        source=asked.source,
        source_as_of=asked.source_as_of,
        usage=usages["likely"],
        per_request=per_request,
        per_1000_requests=per_request.times(Decimal(1000)),
        monthly=monthly,
        per_user=None if workload.users is None else monthly.times(ONE / workload.users),
        whole=_sum(month.usd for month in months),
        months=months,
        batch=asked.batch,
        hours=asked.hours,
        changes=asked.changes,
        cautions=(cost_texts().tokenizers.caution,) if workload.counted and usages["likely"].input_tokens else (),
    )


def usage_of(model: Model, workload: Workload, corner: Corner) -> Usage:
    """What one request uses of this kind of model, in the low, likely or high case."""
    spread = token_range(model.provider)
    factor = ONE + (Decimal(getattr(spread, corner)) if workload.counted and corner != "likely" else NONE)
    prompt, answer = (each.at(corner) * factor for each in (workload.input_tokens, workload.output_tokens))
    if model.kind in ("image", "video"):
        return Usage(images=workload.images, video_seconds=workload.video_seconds)
    if model.kind == "speech-to-text":
        return Usage(audio_seconds=workload.audio_seconds)
    if model.kind == "text-to-speech":
        return Usage(characters=workload.characters)
    if model.kind in ("embedding", "rerank"):
        return Usage(input_tokens=prompt)
    if model.kind == "realtime-voice":  # spoken tokens: dearer than written ones, and many more of them
        return Usage(input_tokens=prompt, input_audio_tokens=prompt, output_tokens=answer, output_audio_tokens=answer)
    thinking = NONE if model.value("reasoning") is False else workload.reasoning_share
    output = answer / (ONE - thinking)
    return Usage(
        input_tokens=prompt,
        cached_tokens=prompt * workload.cached_share,
        output_tokens=output,
        reasoning_tokens=max(output - answer, NONE),
    )


def _per_request(model: Model, workload: Workload, usages: dict[Corner, Usage], day: date) -> Estimate:
    """One request on this day. Low and high take the cheap and the dear hours, unless `busy_share` is given."""
    hours = _day(model, day, workload.batch)
    low, likely, high = sorted(_over_the_day(hours, usages[corner], workload.busy_share, corner) for corner in CORNERS)
    return Estimate(low=low, likely=likely, high=high)


def _over_the_day(hours: tuple[Hours, ...], usage: Usage, busy_share: Decimal | None, corner: Corner) -> Decimal:
    amounts = [total(bill(each.rates, usage)) for each in hours]
    cheap, dear = min(amounts), max(amounts)
    if cheap == dear:
        return cheap
    if busy_share is not None:
        return cheap + (dear - cheap) * busy_share
    if corner == "likely":
        whole = sum((each.hours for each in hours), NONE)
        return sum((each.hours * amount for each, amount in zip(hours, amounts, strict=True)), NONE) / whole
    return cheap if corner == "low" else dear


def _months(model: Model, workload: Workload, usages: dict[Corner, Usage], start: date) -> Iterator[Month]:
    """Each month of the plan; a price that changes within one counts by the days before and after."""
    changing = change_days(model, after=start)
    paid = {day: _per_request(model, workload, usages, day) for day in (start, *changing)}
    grown = ONE
    for number in range(workload.months):
        first, last = later(start, number), later(start, number + 1)
        edges = [first, *(day for day in changing if first < day < last), last]
        each = _sum(
            paid[max(since for since in paid if since <= day)].times(Decimal((end - day).days) / (last - first).days)
            for day, end in pairwise(edges)
        )
        requests = workload.requests_per_month.times(grown)
        yield Month(start=first, requests=requests, usd=_product(requests, each))
        grown *= ONE + workload.growth_per_month


@lru_cache(maxsize=4096)
def _day(model_: Model, day: date, batch: bool) -> tuple[Hours, ...]:  # noqa: FBT001 - internal
    return day_rates(model_, day=day, batch=batch)


def later(start: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(start.month - 1 + months, 12)
    year += start.year
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _product(first: Estimate, second: Estimate) -> Estimate:
    low, likely, high = (first.at(corner) * second.at(corner) for corner in CORNERS)
    return Estimate(likely=likely, low=low, high=high)


def _sum(parts: Iterator[Estimate] | Any) -> Estimate:
    every = list(parts)
    low, likely, high = (sum((each.at(corner) for each in every), NONE) for corner in CORNERS)
    return Estimate(likely=likely, low=low, high=high)
