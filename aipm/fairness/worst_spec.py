"""What the person asks of the search for the worst-served people, and what it answers."""

from dataclasses import dataclass, field

from aipm.fairness.result import VerdictKind
from aipm.fairness.spec import Group

SUPPORT = 30
SHUFFLES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstSpec:
    """`columns` are searched, up to `depth` at once, for the subgroups that fare worst on `metric`.

    A subgroup needs `support` people in the metric's denominator (effective number, where rows are weighted or belong
    to one person) and `share` of all people in it. With `hold_out` a random half is searched and what is found is
    tested on the other half. The same seed gives the same halves and shuffles.
    """

    metric: str
    columns: tuple[str, ...]
    depth: int = 3
    support: int = SUPPORT
    share: float = 0.0
    hold_out: bool = False
    seed: int = 0
    shuffles: int = SHUFFLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rate with its 95 % interval. `rows` is the effective number it rests on."""

    group: Group
    value: float
    numerator: float
    denominator: float
    rows: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A subgroup with one condition less, and how likely chance alone makes the subgroup this much worse than the rest
    of it (one-sided; None where nobody is left).
    """

    rate: Rated
    p_value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The other half of the people: subgroup and everybody else there, the one-sided p-value after Holm's correction
    for every subgroup that was listed. `confirmed` is None where the half holds too few of them to say.
    """

    here: Rated | None
    others: Rated | None
    p_adjusted: float | None
    confirmed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroup:
    """One listed subgroup beside everybody else.

    `gap` = its rate − that of everybody else, `bound` how large it is for certain (95 %; below 0: it may be none),
    by which the list is ranked. `p_value` is one-sided, the largest of the tests against everybody else and against the
    rest of each parent; `p_adjusted` Benjamini and Yekutieli's over every subgroup looked at. `stands_out` is the score
    statistic of the gap, and `shuffles_at_least` in how many shuffles any subgroup stood out as far (None: not yet).
    `enough`: whether its rate rests on enough people to be read, as anywhere in an audit; a gap may be beyond chance
    all the same. `same` are other descriptions of (nearly) the same people; `carries` larger groups whose gap comes
    from this one.
    """

    here: Rated
    others: Rated
    gap: float
    gap_low: float
    gap_high: float
    bound: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    p_value: float
    p_adjusted: float
    stands_out: float
    found: bool
    verdict: VerdictKind
    enough: bool
    parents: tuple[Parent, ...]
    same: tuple[Group, ...] = ()
    carries: tuple[Group, ...] = ()
    shuffles_at_least: int | None = None
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The answer. `subgroups` are ranked, those found first; `looked` is how many were tested, `small` how many had too
    few people, `found` how many were beyond chance, of which `explained` are not listed: no worse than a group they
    belong to, or the reason why a larger group is; `unlisted` are further ones beyond the length of the list.
    """

    spec: WorstSpec
    everybody: Rated | None
    higher_is_worse: bool
    looked: int
    small: int
    found: int
    explained: int
    unlisted: int
    shuffles: int
    subgroups: tuple[Subgroup, ...]
    folded: dict[str, tuple[int, float]] = field(default_factory=dict)
    halves: tuple[float, float] | None = None
    """People in the half that was searched and in the other one."""
