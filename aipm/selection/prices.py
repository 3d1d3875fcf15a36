"""What a call costs at a given moment: one adapter over the package `genai-prices`, offline, and over our own prices.

Money is Decimal, in US dollars. Prices depend on the moment (hours of the day, known future changes), on the length of
the prompt, and on batch processing; so every question names a moment, and every answer says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from aipm.selection.catalogue import Model, model
from aipm.selection.model_entries import UNITS, Unit
from aipm.selection.rates import PART_OF, Rates, change_days, day_rates, has_batch, rates, source_of, utc
from aipm.tables import Refusal

CURRENCY = "USD"
Status = Literal["ok", "unknown_model", "unpriced_unit", "no_usage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one request uses. Parts are counted in the whole: cached, cache writes, audio and image in `input_tokens`;
    reasoning, audio and image in `output_tokens`. Raises Refusal where a number is negative or parts exceed the whole.
    """

    input_tokens: Decimal = Decimal(0)
    cached_tokens: Decimal = Decimal(0)
    cache_write_tokens: Decimal = Decimal(0)
    output_tokens: Decimal = Decimal(0)
    reasoning_tokens: Decimal = Decimal(0)
    input_audio_tokens: Decimal = Decimal(0)
    output_audio_tokens: Decimal = Decimal(0)
    input_image_tokens: Decimal = Decimal(0)
    output_image_tokens: Decimal = Decimal(0)
    images: Decimal = Decimal(0)
    audio_seconds: Decimal = Decimal(0)
    video_seconds: Decimal = Decimal(0)
    characters: Decimal = Decimal(0)
    web_searches: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for field in fields(self):
            number = Decimal(getattr(self, field.name))
            if not number.is_finite() or number < 0:
                raise Refusal("usage", f"{field.name} must be a number of at least 0.")
            object.__setattr__(self, field.name, number)
        for whole in set(PART_OF.values()):
            parts = [getattr(self, part) for part, other in PART_OF.items() if other == whole]
            if sum(parts) > getattr(self, whole):
                raise Refusal(
                    "usage", f"The parts of {whole} are more than {whole}.", advice="Count parts in the whole."
                )

    def counts(self) -> dict[Unit, Decimal]:
        """Only what is used."""
        return {unit: number for unit in UNITS if (number := getattr(self, unit, None))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the bill: `count` units at `usd` for `per` make `amount`."""

    unit: Unit
    count: Decimal
    usd: Decimal
    per: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HourPrice:
    """What the same usage costs in this stretch of the day (UTC)."""

    start: time
    end: time
    usd: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From `day` (UTC) on the same usage costs `after` instead of `before`, at the same hour."""

    day: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The price of one usage, or the reason why there is none; `usd` is None then, never 0.

    `as_of` is the moment priced for, `source` the package with its version or the collection; `source_as_of` the day
    that was checked, None where the package differs from the checked one. `tier`: the threshold of input tokens
    that was passed. `hours` has several entries where the price depends on the hour. `batch` None: not asked for.
    """

    status: Status
    as_of: datetime
    source: str
    usd: Decimal | None = None
    currency: str = CURRENCY
    lines: tuple[Line, ...] = ()
    source_as_of: date | None = None
    tier: int | None = None
    batch: Literal["applied", "not_offered"] | None = None
    hours: tuple[HourPrice, ...] = ()
    changes: tuple[Change, ...] = ()
    unpriced: tuple[Unit, ...] = ()

    @property
    def peak(self) -> Decimal | None:
        """The dearest hour of the day."""
        return max((each.usd for each in self.hours), default=self.usd)

    @property
    def off_peak(self) -> Decimal | None:
        """The cheapest hour of the day."""
        return min((each.usd for each in self.hours), default=self.usd)


def price(which: Model | str, usage: Usage, *, at: datetime, batch: bool = False) -> Price:
    """What `usage` costs of this model (or id, or genai_id) at this moment; a moment without a zone is UTC."""
    at = utc(at)
    found = model(which) if isinstance(which, str) else which
    reference = which if isinstance(which, str) and found is None else None
    source, source_as_of = source_of(found)
    here = rates(found or reference or "", at=at, batch=batch)
    if here is None:
        return Price(status="unknown_model", as_of=at, source=source, source_as_of=source_as_of)
    counts = usage.counts()
    if not counts:
        return Price(status="no_usage", as_of=at, source=source, source_as_of=source_as_of)
    if missing := unpriced(here, usage):
        return Price(status="unpriced_unit", as_of=at, source=source, source_as_of=source_as_of, unpriced=missing)
    subject = found or reference or ""
    lines = bill(here, usage)
    day = day_rates(subject, day=at.date(), batch=batch)
    crossed = [start for rate in here.values() for start, _ in rate.tiers if usage.input_tokens > start]
    return Price(
        status="ok",
        as_of=at,
        source=source,
        source_as_of=source_as_of,
        usd=total(lines),
        lines=lines,
        tier=max(crossed, default=None),
        batch=("applied" if has_batch(subject, at=at) else "not_offered") if batch else None,
        hours=tuple(
            HourPrice(start=each.start, end=each.end, usd=total(bill(each.rates, usage)))
            for each in day
            if len(day) > 1
        ),
        changes=changes(subject, usage, at=at, batch=batch),
    )


def bill(here: Rates, usage: Usage) -> tuple[Line, ...]:
    """The lines of the bill. A part without a price of its own is charged as the whole it is part of."""
    counts = usage.counts()
    for part, whole in PART_OF.items():
        if part in counts and part in here:
            counts[whole] = counts.get(whole, Decimal(0)) - counts[part]
        else:
            counts.pop(part, None)
    if "requests" in here:
        counts["requests"] = Decimal(1)
    lines = []
    for unit, count in counts.items():
        if count and unit in here:
            usd = here[unit].at(usage.input_tokens)
            lines.append(Line(unit=unit, count=count, usd=usd, per=here[unit].per, amount=usd * count / here[unit].per))
    return tuple(lines)


def total(lines: Iterable[Line]) -> Decimal:
    """The sum of a bill, in US dollars."""
    return sum((line.amount for line in lines), Decimal(0))


def unpriced(here: Rates, usage: Usage) -> tuple[Unit, ...]:
    """What is used and has no price, not even that of the whole it is part of."""
    counts = usage.counts()
    for part, whole in PART_OF.items():
        if part in counts and part in here and counts[whole] == counts[part]:
            counts.pop(whole)  # all of it is priced by the part
    return tuple(unit for unit in counts if unit not in here and PART_OF.get(unit) not in here)


def changes(which: Model | str, usage: Usage, *, at: datetime, batch: bool = False) -> tuple[Change, ...]:
    """The known future changes of the price of this usage, at the hour of `at`."""
    found = []
    at = utc(at)
    for day in change_days(which, after=at.date()):
        new = datetime.combine(day, at.timetz())
        old, late = (rates(which, at=moment, batch=batch) for moment in (new - timedelta(days=1), new))
        if old is None or late is None or unpriced(old, usage) or unpriced(late, usage):
            continue
        before, after = total(bill(old, usage)), total(bill(late, usage))
        if before != after:
            found.append(Change(day=day, before=before, after=after))
    return tuple(found)
