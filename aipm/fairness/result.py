"""What a bias audit answers, with what each answer rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aipm.fairness.spec import AuditSpec, Group

Status = Literal["ok", "not_enough_data", "not_computable"]
VerdictKind = Literal["gap", "within_tolerance", "inconclusive", "not_computable"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number for one group: value = numerator / denominator where it is a rate; low and high bound it at 95 %.

    Counts are weighted sums where there is a weight. `rows` is how many rows (effective number, where weighted or
    clustered) the denominator rests on. `reason` is a code of content/fairness.yaml where status is not "ok".
    """

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status = "ok"
    reason: str | None = None
    rows: float | None = None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """All metrics of one group."""

    group: Group
    metrics: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group beside its reference on one metric.

    ratio = group / reference, difference = group − reference; low and high bound the ratio, difference_low and
    difference_high the difference. p_adjusted is Holm's, over every look taken in the same audit. `more_rows` is how
    many more rows of this group would settle the question if the rates stay as they are; None: none would, or settled.
    """

    metric: str
    group: Group
    reference: Group
    difference: float | None
    ratio: float | None
    low: float | None
    high: float | None
    difference_low: float | None
    difference_high: float | None
    p_value: float | None
    p_adjusted: float | None
    verdict: VerdictKind
    reason: str | None = None
    more_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one plain question ("who gets selected?"), over every group of one column combination.

    `question` is a key of content/fairness.yaml, `metric` the metric that decided it, `columns` the group columns,
    `groups` those the verdict is about, worst first.
    """

    question: str
    verdict: VerdictKind
    text: str
    metric: str | None = None
    columns: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditWarning:
    """Something odd about the data or the question: a stable code, a sentence for people, and how often."""

    code: str
    message: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The audit: every group (the whole population is the group ()), every comparison, the verdicts in words."""

    spec: AuditSpec
    rows: int
    groups: tuple[GroupResult, ...]
    comparisons: tuple[Comparison, ...]
    verdicts: tuple[Verdict, ...]
    overall: Mapping[str, Estimate]
    warnings: tuple[AuditWarning, ...] = ()
    unanswered: tuple[str, ...] = ()
    """Codes of questions that this data cannot answer, with the reason in content/fairness.yaml."""
    fingerprint: str = ""
    """sha256 of the data that was audited."""
