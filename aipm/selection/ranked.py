"""What is asked of a ranking, and what it answers."""

from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from aipm.selection.candidates import Excluded
from aipm.selection.criteria import Criterion, Parameters, Remark, check_criteria
from aipm.selection.methods import Method
from aipm.selection.normalise import Anchor, Normalisation
from aipm.selection.robustness import SAMPLES, SEED, Weightings
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RankSpec:
    """What is asked. `normalisation` None: the method's own. `samples` 0: no shares
    of weightings. `tipping`: also what would unseat the winner (a search, where the method has no formula).

    `unknown`: a candidate with an unknown value is left out (exclude), or also scored with the unknown at its best and
    at its worst (range). It is never given a number of its own.
    """

    criteria: tuple[Criterion, ...]
    method: Method = "weighted_sum"
    normalisation: Normalisation | None = None
    parameters: Parameters = field(default_factory=Parameters)
    unknown: Literal["exclude", "range"] = "exclude"
    samples: int = SAMPLES
    tipping: bool = True
    seed: int = SEED
    weightings: Weightings = "any"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same back."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @staticmethod
    def from_dict(plain: object) -> "RankSpec":
        """The specification that plain data hold. Raises Refusal."""
        try:
            spec = msgspec.convert(plain, RankSpec, strict=True)
        except msgspec.ValidationError as problem:
            raise Refusal("bad_spec", f"This is no question to rank by: {problem}.") from None
        check_criteria(spec.criteria)
        return spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """`score` is None where there is nothing to compare. `contributions`: see `RankResult.decomposition`."""

    name: str
    score: float | None
    rank: int
    contributions: dict[str, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A candidate with unknown values: its score and rank with all of them at their worst, and at their best."""

    name: str
    unknown: tuple[str, ...]
    score_worst: float | None
    score_best: float | None
    rank_worst: int
    rank_best: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTipping:
    """The winner is level with `by` when this weight is `at` (others in proportion), and behind beyond it."""

    criterion: str
    weight: float
    at: float
    change: float
    by: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTipping:
    """The winner is level with `by` when its own value is `at`. `relative`: the change as a share of the value."""

    criterion: str
    value: float
    at: float
    change: float
    relative: float | None
    by: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """Shares of ranks by name, the mean of the weights that put a name first (None: never first), and confidence."""

    samples: int
    seed: int
    weightings: Weightings
    error: float
    rank_acceptability: dict[str, list[float]]
    central_weights: dict[str, dict[str, float] | None]
    confidence: dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The answer in data for one sentence. `first`: who shares rank 1. `share`: of weightings that the first leads in.

    `margin` is the lead over the next as a share of the first's score. `clear` unless several are first, or one of
    them is below its edge; then `rivals` are those it may as well be.
    """

    first: tuple[str, ...]
    second: str | None
    margin: float | None
    share: float | None
    clear: bool
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankResult:
    """The answer, with what it rests on.

    `decomposition` says what the contributions are: of a "sum", weight x value, adding to the score; of a "product",
    value to the power of weight, multiplying to it; None: the method's score cannot be taken apart. `weights` are those
    used, adding to 1; `dropped` are criteria in which the method sees no difference.
    """

    spec: RankSpec
    normalisation: Normalisation
    lower_is_better: bool
    decomposition: Literal["sum", "product"] | None
    weights: dict[str, float]
    dropped: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    ranking: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]
    ranged: tuple[Ranged, ...]
    robustness: Robustness | None
    weight_tipping: tuple[WeightTipping, ...]
    value_tipping: tuple[ValueTipping, ...]
    lead: Lead
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How many methods put `name` first. `winners`: by method; `refused`: methods that cannot take this, and why."""

    name: str | None
    count: int
    of: int
    winners: dict[Method, tuple[str, ...]]
    refused: dict[Method, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Everybody's rank by each method, with its textbook normalisation; `refused`: methods that cannot, and why."""

    places: dict[Method, dict[str, int]]
    refused: dict[Method, str]
