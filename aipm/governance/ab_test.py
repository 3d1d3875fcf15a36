"""An A/B test: what is compared, by which metric, with what certainty, and what came of it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from aipm.governance.fields import Rows, Typed

Kind = Literal["share", "mean", "count"]
Number = Annotated[float, Meta(ge=-1e12, le=1e12)]
Positive = Annotated[float, Meta(ge=0, le=1e12)]
Share = Annotated[float, Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """What came in one variant; the first arm is the one that is in use now."""

    id: str
    name: Typed | None = None
    users: Positive | None = None
    """Users, or events where these are counted, that were measured."""
    yes: Positive | None = None
    """Users with a yes, or the count of all events for a measure that counts."""
    mean: Number | None = None
    spread: Positive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbTest:
    """The plan, and what came."""

    compared: Typed | None = None
    metric: Typed | None = None
    kind: Kind = "share"
    baseline: Number | None = 0.1
    """The share, mean, or count a user, as it is now."""
    spread: Positive | None = None
    """Standard deviation between users; of counts, None for that of a Poisson count (the root of its mean)."""
    difference: Positive | None = 0.02
    """The smallest difference that matters."""
    relative: bool = False
    """Whether `difference` is a share of the baseline."""
    better: Literal["higher", "lower"] = "higher"
    significance: Annotated[float, Meta(ge=0.0001, le=0.5)] = 0.05
    power: Annotated[float, Meta(ge=0.5, le=0.999)] = 0.8
    sides: Literal["two", "one"] = "two"
    variants: Annotated[int, Meta(ge=2, le=10)] = 2
    """Arms, with the one in use now."""
    users_a_day: Positive | None = 1_000.0
    traffic: Share = 1.0
    """The share of them that takes part."""
    loss: Annotated[float, Meta(ge=0, le=0.95)] = 0.0
    """The share whose result never comes."""
    by_event: bool = False
    """Whether events are measured while users are assigned."""
    events_each: Positive | None = 5.0
    icc: Share | None = 0.1
    """Intra-class correlation: how alike the events of one user are."""
    looks: Annotated[int, Meta(ge=1, le=60)] = 1
    """How often the result is tested on the way, the last time included."""
    spending: Literal["none", "obrien_fleming", "pocock"] = "none"
    days: Annotated[int, Meta(ge=1, le=3_650)] | None = 14
    """Days there are, for what is detectable in them."""
    guardrail: Typed | None = None
    guardrail_share: Share | None = None
    margin: Share | None = None
    """How much worse the guardrail may get, as a difference of shares."""
    guardrail_bad: bool = True
    """Whether a higher guardrail is worse (complaints), not better."""
    arms: Annotated[tuple[Arm, ...], Rows] = ()
    guardrail_arms: Annotated[tuple[Arm, ...], Rows] = ()
    owner: Typed | None = None
    decision: Typed | None = None
    """What will be done at which result, written before the test."""
