"""What a cost estimate assumes where nobody knows better: content/costs.yaml, typed and checked."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from aipm import content

Share = Annotated[str, Meta(pattern=r"^-?\d+(\.\d+)?$")]
Grade = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeEntry:
    """How many tokens more or fewer (as shares) another tokenizer may make, and who says so."""

    low: Share
    high: Share
    grade: Grade
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenizerTexts:
    why: str
    caution: str
    ranges: dict[str, RangeEntry]
    others: RangeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry:
    """A number to start from, with the range it is quoted in, and its source."""

    grade: Grade
    source: str
    low: Share | None = None
    likely: Share | None = None
    high: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleEntry:
    """No figure of people and the rest is sourced: why, and amounts a month (US dollars) to show the break-even at."""

    why: str
    steps: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostingTexts:
    hours_per_month: Share
    gpu_usd_per_hour: NumberEntry
    tokens_per_second: NumberEntry
    break_even_tokens_per_month: NumberEntry
    people: PeopleEntry
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTexts:
    """What a bill to hand on says: its headings, the names of what it assumes and of what it adds up."""

    title: str
    assumptions: str
    bill: str
    months: str
    own: str
    sources: str
    cautions: str
    made: str
    columns: dict[str, str]
    workload: dict[str, str]
    hosting: dict[str, str]
    compared: dict[str, str]
    figures: dict[str, str]
    change: str
    no_price: str
    no_room: str
    source: str
    prices_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTexts:
    """All of content/costs.yaml."""

    as_of: date
    tokenizers: TokenizerTexts
    hosting: HostingTexts
    bill: BillTexts


def cost_texts() -> CostTexts:
    """The assumptions, read once. Raises ContentError."""
    found: CostTexts = content.load("costs", CostTexts)
    return found
