"""Own machines against an API: a staircase of whole GPUs, and the volume from which it pays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

import msgspec

from aipm.selection.assumptions import cost_texts
from aipm.selection.cost import CORNERS, HOURS_PER_MONTH, MOST, MOST_PEAK, Corner, Cost, Estimate, Workload
from aipm.tables import Refusal

SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600
MILLION = Decimal(1_000_000)
MOST_STEPS = 200
NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Machines of one's own. A replica is the smallest set of GPUs that runs the model: `gpus_per_replica`.

    `tokens_per_second` is what one replica does at full load, prompt and answer together; `utilisation` the share of it
    that is planned for; `peak_factor` how many times the average the busiest hour brings; `redundancy` is how many
    replicas stand by. `ops_usd_per_month` is people, storage and network.
    """

    gpu_usd_per_hour: Estimate
    tokens_per_second: Decimal
    gpus_per_replica: int = 1
    utilisation: Decimal = Decimal("0.5")
    peak_factor: Decimal = Decimal(1)
    redundancy: int = 0
    ops_usd_per_month: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if not 0 < self.utilisation <= 1:
            raise Refusal("hosting", "utilisation must be above 0, at most 1.")
        if not 1 <= self.peak_factor <= MOST_PEAK:
            raise Refusal("hosting", "peak_factor must be at least 1: the busiest hour is no quieter than the average.")
        if not 0 < self.tokens_per_second <= MOST:
            raise Refusal("hosting", "tokens_per_second must be above 0.")
        if self.gpus_per_replica < 1 or self.redundancy < 0:
            raise Refusal("hosting", "A replica needs at least one GPU, and redundancy is at least 0.")
        if not 0 <= self.ops_usd_per_month <= MOST or not self.gpu_usd_per_hour.bounds[0] > 0:
            raise Refusal("hosting", "A GPU costs more than 0 an hour, and running it at least 0 a month.")

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Hosting":
        """From `to_plain`, or typed by hand. Raises Refusal."""
        try:
            return msgspec.convert(plain, cls, strict=False)
        except msgspec.ValidationError as problem:
            raise Refusal("hosting", f"The machines cannot be read: {problem}") from problem

    def to_plain(self) -> dict[str, Any]:
        """As plain data; numbers as text, so that nothing is rounded."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @property
    def tokens_per_replica(self) -> Decimal:
        """Tokens a month that one replica is planned for: it must carry the busiest hour."""
        return self.tokens_per_second * self.utilisation * SECONDS_PER_MONTH / self.peak_factor

    def replica_usd(self, corner: Corner = "likely") -> Decimal:
        """One replica for a month, busy or not."""
        return self.gpu_usd_per_hour.at(corner) * self.gpus_per_replica * HOURS_PER_MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class HostingCost:
    """A month of own machines. `used` is the share of what the replicas on duty could do at full load."""

    replicas: int
    gpus: int
    monthly: Estimate
    used: Decimal
    usd_per_million_tokens: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Up to `tokens` a month this many GPUs do, at this bill."""

    tokens: Decimal
    gpus: int
    monthly: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Tokens a month from which own machines first cost no more than the API (`first`), and from which they never do
    again (`settled`: a further machine may cost more than it saves at first). Both None: never, however many.
    """

    usd_per_million_tokens: Decimal
    first: Decimal | None
    settled: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A month behind an API (`api`) and on machines of one's own, for the same tokens (prompt, answer and thinking)."""

    tokens_per_month: Decimal
    api: Estimate
    own: HostingCost
    machines_usd: Decimal
    api_usd_per_million_tokens: Decimal
    break_even: BreakEven
    break_even_requests: Decimal | None

    @property
    def left_for_people(self) -> Decimal:
        """What people and the rest may cost a month for own machines to pay at this volume; at 0 or less they do not,
        whatever people cost.
        """
        return self.api.likely - self.machines_usd


def usd_per_million_tokens(*, gpu_usd_per_hour: Decimal, tokens_per_second: Decimal, utilisation: Decimal) -> Decimal:
    """A million tokens on one GPU: its price an hour over what it does in an hour."""
    return gpu_usd_per_hour / (tokens_per_second * 3600 * utilisation) * MILLION


def hosting_cost(hosting: Hosting, *, tokens_per_month: Decimal) -> HostingCost:
    """A month of own machines for so many tokens (prompt and answer together)."""
    if not 0 <= tokens_per_month <= MOST * MOST:
        raise Refusal("hosting", "tokens a month must be at least 0.")
    needed = max(1, _ceiling(tokens_per_month / hosting.tokens_per_replica))
    monthly = _monthly(hosting, needed)
    full = hosting.tokens_per_second * SECONDS_PER_MONTH * needed
    return HostingCost(
        replicas=needed + hosting.redundancy,
        gpus=(needed + hosting.redundancy) * hosting.gpus_per_replica,
        monthly=monthly,
        used=tokens_per_month / full,
        usd_per_million_tokens=monthly.times(MILLION / tokens_per_month) if tokens_per_month else None,
    )


def staircase(hosting: Hosting, *, tokens_per_month: Decimal) -> tuple[Step, ...]:
    """The steps up to this volume, at most 200: where there would be more, the last one is where the picture ends."""
    last = hosting_cost(hosting, tokens_per_month=tokens_per_month).replicas - hosting.redundancy
    return tuple(
        Step(
            tokens=hosting.tokens_per_replica * number,
            gpus=(number + hosting.redundancy) * hosting.gpus_per_replica,
            monthly=_monthly(hosting, number),
        )
        for number in range(1, min(last, MOST_STEPS) + 1)
    )


def break_even(hosting: Hosting, *, usd_per_million_tokens: Decimal, corner: Corner = "likely") -> BreakEven:
    """From which volume own machines pay, against an API with this price for the team's mix of tokens.

    With n replicas on duty, r standing by, g dollars a replica, o for running them, capacity c and price p a token:
    the first n with p·c·n ≥ (n + r)·g + o, and the first with p·c·n ≥ (n + 1 + r)·g + o: the next replica may come too.
    Within that n it pays from ((n + r)·g + o) / p tokens on.
    """
    if not 0 <= usd_per_million_tokens <= MOST:
        raise Refusal("hosting", "The price of a million tokens must be at least 0.")
    per_token = usd_per_million_tokens / MILLION
    replica, capacity = hosting.replica_usd(corner), hosting.tokens_per_replica
    gain = per_token * capacity - replica
    if gain <= 0:
        return BreakEven(usd_per_million_tokens=usd_per_million_tokens, first=None, settled=None)
    fixed = hosting.redundancy * replica + hosting.ops_usd_per_month
    first, settled = (
        (fixed + replica * max(1, _ceiling(needed / gain))) / per_token for needed in (fixed, fixed + replica)
    )
    return BreakEven(usd_per_million_tokens=usd_per_million_tokens, first=first, settled=settled)


def break_even_by_people(
    hosting: Hosting, *, usd_per_million_tokens: Decimal, steps: Iterable[Decimal]
) -> tuple[tuple[Decimal, BreakEven], ...]:
    """The break-even for each of these costs a month of people, storage and network."""
    return tuple(
        (ops, break_even(replace(hosting, ops_usd_per_month=ops), usd_per_million_tokens=usd_per_million_tokens))
        for ops in steps
    )


def against_api(bill: Cost, workload: Workload, hosting: Hosting) -> Comparison:
    """The same workload behind an API and on own machines. Raises Refusal where the API has no price for tokens."""
    tokens = NONE if bill.usage is None else bill.usage.input_tokens + bill.usage.output_tokens
    if bill.per_request is None or bill.monthly is None or not tokens:
        raise Refusal(
            "hosting", "There is no price for tokens to compare with.", advice="Choose a model that is sold by tokens."
        )
    per_million = bill.per_request.likely / tokens * MILLION
    even = break_even(hosting, usd_per_million_tokens=per_million)
    month = workload.requests_per_month.likely * tokens
    own = hosting_cost(hosting, tokens_per_month=month)
    return Comparison(
        tokens_per_month=month,
        api=bill.monthly,
        own=own,
        machines_usd=own.monthly.likely - hosting.ops_usd_per_month,
        api_usd_per_million_tokens=per_million,
        break_even=even,
        break_even_requests=None if even.first is None else even.first / tokens,
    )


def suggested_hosting() -> Hosting:
    """Machines to start from, from content/costs.yaml, where the sources stand too."""
    given = cost_texts().hosting
    low, likely, high = (Decimal(getattr(given.gpu_usd_per_hour, corner) or 0) for corner in CORNERS)
    return Hosting(
        gpu_usd_per_hour=Estimate(likely=likely, low=low, high=high),
        tokens_per_second=Decimal(given.tokens_per_second.likely or 0),
    )


def _ceiling(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _monthly(hosting: Hosting, needed: int) -> Estimate:
    low, likely, high = (
        hosting.replica_usd(corner) * (needed + hosting.redundancy) + hosting.ops_usd_per_month for corner in CORNERS
    )
    return Estimate(likely=likely, low=low, high=high)
