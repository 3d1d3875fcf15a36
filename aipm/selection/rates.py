"""What the units of a model cost at a moment: the one place that knows `genai-prices`; nothing is fetched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from aipm.selection.catalogue import Fact, Model, model
from aipm.selection.model_entries import Unit, texts

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo

PACKAGE = "genai-prices"
HOME = "https://github.com/pydantic/genai-prices"
KEYS: dict[str, tuple[Unit, int]] = {
    "input_mtok": ("input_tokens", 1_000_000),
    "cache_read_mtok": ("cached_tokens", 1_000_000),
    "cache_write_mtok": ("cache_write_tokens", 1_000_000),
    "output_mtok": ("output_tokens", 1_000_000),
    "output_reasoning_mtok": ("reasoning_tokens", 1_000_000),
    "input_audio_mtok": ("input_audio_tokens", 1_000_000),
    "output_audio_mtok": ("output_audio_tokens", 1_000_000),
    "input_image_mtok": ("input_image_tokens", 1_000_000),
    "output_image_mtok": ("output_image_tokens", 1_000_000),
    "audio_hours": ("audio_seconds", 3600),
    "input_audio_hours": ("audio_seconds", 3600),
    "input_mchars": ("characters", 1_000_000),
    "requests_kcount": ("requests", 1000),
    "web_searches_kcount": ("web_searches", 1000),
}
"""The package's price keys that are used, our unit for each, and for how many units the price is."""

PART_OF: dict[Unit, Unit] = {
    "cached_tokens": "input_tokens",
    "cache_write_tokens": "input_tokens",
    "input_audio_tokens": "input_tokens",
    "input_image_tokens": "input_tokens",
    "reasoning_tokens": "output_tokens",
    "output_audio_tokens": "output_tokens",
    "output_image_tokens": "output_tokens",
}
"""Units that are counted in another one too: what has no price of its own is charged as that one."""

BATCH = {"processing": "batch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """US dollars for `per` units. `tiers`: (n, price) for the whole request where its input has more than n tokens."""

    usd: Decimal
    per: int
    tiers: tuple[tuple[int, Decimal], ...] = ()

    def at(self, input_tokens: Decimal) -> Decimal:
        """The price that holds for a request with so many input tokens."""
        return next((usd for start, usd in reversed(self.tiers) if input_tokens > start), self.usd)


Rates = Mapping[Unit, Rate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A stretch of the day (UTC) with the same rates; `end` 00:00 is midnight."""

    start: time
    end: time
    rates: Rates

    @property
    def hours(self) -> Decimal:
        """How long it lasts."""
        minutes = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return Decimal(minutes if minutes > 0 else minutes + 24 * 60) / 60


@cache
def package_version() -> str:
    """The installed version of the price package."""
    return version(PACKAGE)


def rates(which: Model | str, *, at: datetime, batch: bool = False) -> Rates | None:
    """The rates of a model at a moment; None where nothing is known of it."""
    found = model(which) if isinstance(which, str) else which
    if found is not None and found.prices:
        return {each.unit: Rate(usd=each.usd, per=each.per) for each in found.prices}
    info = lookup(which if found is None and isinstance(which, str) else found.genai_id if found else None)
    return None if info is None else _rates(info, utc(at), batch)


def day_rates(which: Model | str, *, day: date, batch: bool = False) -> tuple[Hours, ...]:
    """The rates over one day (UTC), one entry for each stretch of the same rates, from midnight on."""
    info = _info(which)
    edges = {time(0)} | {edge for each in _conditions(info) for edge in _times(each.constraint)}
    stretches: list[Hours] = []
    starts = sorted(edges)
    for start, end in zip(starts, [*starts[1:], time(0)], strict=True):
        here = rates(which, at=datetime.combine(day, start, UTC), batch=batch)
        if here is None:
            return ()
        if stretches and stretches[-1].rates == here:
            stretches[-1] = Hours(start=stretches[-1].start, end=end, rates=here)
        else:
            stretches.append(Hours(start=start, end=end, rates=here))
    return tuple(stretches)


def change_days(which: Model | str, *, after: date) -> tuple[date, ...]:
    """The days after this one from which other rules are known to hold."""
    days = {
        start
        for each in _conditions(_info(which))
        if (start := getattr(each.constraint, "start_date", None)) is not None
    }
    return tuple(sorted(day for day in days if day > after))


@cache
def newest_rule(*, until: date) -> date | None:
    """The last day up to this one from which the price package knows a new price: how fresh it is at least."""
    from genai_prices.data_snapshot import get_snapshot

    days = (
        start
        for provider in get_snapshot().providers
        for info in provider.models
        for each in _conditions(info)
        if (start := getattr(each.constraint, "start_date", None)) is not None and start <= until
    )
    return max(days, default=None)


def has_batch(which: Model | str, *, at: datetime) -> bool:
    """Is there a lower price for work that may wait, at this moment?"""
    return rates(which, at=at, batch=True) != rates(which, at=at)


def context_window(found: Model) -> Fact:
    """How many tokens the model reads at once: from the price package, or from the file where that has none."""
    info = lookup(found.genai_id)
    if info is None or info.context_window is None:
        return found.facts["context_window"]
    checked = texts().prices_checked
    return Fact(
        value=info.context_window,
        evidence="aggregator",
        source=f"{PACKAGE} {package_version()}",
        url=HOME,
        as_of=checked.as_of if checked.version == package_version() else None,
    )


@cache
def lookup(genai_id: str | None) -> "ModelInfo | None":
    """The package's entry of provider/model, found by that very id; None where it has none."""
    if genai_id is None or "/" not in genai_id:
        return None
    from genai_prices.data_snapshot import get_snapshot

    provider, name = genai_id.split("/", 1)
    try:
        info = get_snapshot().find_provider_model(name, None, provider, None)[1]
    except LookupError:
        return None
    return info if info.id.lower() == name.lower() else None


def utc(at: datetime) -> datetime:
    """The same moment in UTC; without a zone it is taken for UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _info(which: Model | str) -> "ModelInfo | None":
    found = model(which) if isinstance(which, str) else which
    return lookup(which if found is None and isinstance(which, str) else found.genai_id if found else None)


def source_of(found: Model | None) -> tuple[str, date | None]:
    if found is not None and found.price_source is not None:
        return found.price_source.source or "", found.price_source.as_of
    checked = texts().prices_checked
    return f"{PACKAGE} {package_version()}", checked.as_of if checked.version == package_version() else None


def _conditions(info: "ModelInfo | None") -> list[Any]:
    """Every dated or hourly rule of an entry, batch ones included."""
    if info is None:
        return []
    standard = info.prices if isinstance(info.prices, list) else []
    return [each for each in (*standard, *(info.price_variants or ())) if each.constraint is not None]


def _times(constraint: Any) -> tuple[time, ...]:
    """The moments of the day (UTC) at which a rule begins and ends to hold."""
    if not hasattr(constraint, "start_time"):
        return ()
    return tuple(
        datetime.combine(date(2000, 1, 1), each, each.tzinfo or UTC).astimezone(UTC).time()
        for each in (constraint.start_time, constraint.end_time)
    )


def _rates(info: "ModelInfo", at: datetime, batch: bool) -> Rates:  # noqa: FBT001 - internal
    given = info.get_prices(at, BATCH if batch else None)
    found: dict[Unit, Rate] = {}
    for key, value in vars(given).items():
        if value is not None and key in KEYS:
            unit, per = KEYS[key]
            tiers = tuple((tier.start, tier.price) for tier in getattr(value, "tiers", ()))
            found[unit] = Rate(usd=getattr(value, "base", value), per=per, tiers=tiers)
    return found


def price_list(which: Model | str, *, at: datetime) -> list[dict[str, Any]]:
    """The rates of the day as plain data: unit, US dollars for how many, thresholds, hours (UTC) where they differ."""
    day = day_rates(which, day=utc(at).date())
    return [
        {
            "unit": unit,
            "usd": str(rate.usd),
            "per": rate.per,
            "tiers": [{"above_input_tokens": start, "usd": str(usd)} for start, usd in rate.tiers],
            "hours": None if len(day) == 1 else [each.start.isoformat("minutes"), each.end.isoformat("minutes")],
        }
        for each in day
        for unit, rate in each.rates.items()
    ]
