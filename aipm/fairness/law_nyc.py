"""New York City, Local Law 144: selection or scoring rates and impact ratios (6 RCNY § 5-300, § 5-301).

A category's impact ratio is its rate over the highest rate among the categories of the same table; a category under 2 %
of the data may be left out of the ratios and stays listed; people of unknown category are counted beside the tables.
"""

from dataclasses import dataclass

from aipm.fairness.counts import Counts
from aipm.fairness.disclosure import REASON, suppress
from aipm.fairness.law_basis import Basis, basis
from aipm.fairness.law_data import ruled
from aipm.fairness.law_texts import Measure, Part, RowKind
from aipm.fairness.references import SMALL_SHARE
from aipm.fairness.result import AuditResult, Estimate
from aipm.fairness.spec import AuditSpec, Group
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NycAsked:
    """Which column is sex, which race or ethnicity, what is compared, and what stays outside the ratios."""

    sex: str | None
    race: str | None
    measure: Measure = "selection_rate"
    unknown: Group = ()
    """(column, value) pairs that mean that nobody knows, besides empty cells."""
    leave_out_small: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for each in (self.race, self.sex) if each is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A line of a table. `applicants` are those assessed: with a decision, or with a score. None: see `kind`."""

    group: Group
    applicants: float | None
    chosen: float | None
    rate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    share: float | None
    """Of all people in the data."""
    kind: RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NycTable:
    """`unknown`: people outside of this table because a category of theirs is not known; None: not shown."""

    part: Part
    columns: tuple[str, ...]
    categories: tuple[Category, ...]
    highest: Group | None
    unknown: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nyc:
    """The tables, and what a summary of results states beside them; None where it is not shown."""

    asked: NycAsked
    tables: tuple[NycTable, ...]
    people: float | None
    without: float | None
    """People without a decision, or without a score."""
    basis: Basis
    threshold: int


def nyc(counts: Counts, spec: AuditSpec, asked: NycAsked, *, threshold: int = 0) -> Nyc:
    """The tables; with a threshold, groups of fewer people are hidden, and what would tell of them. Raises Refusal."""
    columns = asked.columns
    if not columns:
        raise Refusal(
            "law_needs_columns",
            "No column was named as sex, or as race or ethnicity.",
            advice="Name at least one of them.",
        )
    full = ruled(counts, spec, columns=columns, measure=asked.measure, depth=len(columns), unknown=asked.unknown)
    shown = suppress(full, threshold=threshold)
    parts: list[tuple[Part, tuple[str, ...]]] = []
    if asked.sex is not None:
        parts.append(("sex", (asked.sex,)))
    if asked.race is not None and asked.race != asked.sex:
        parts.append(("race", (asked.race,)))
    if len(columns) == 2:
        parts.append(("both", columns))
    everybody = shown.groups[0].metrics
    assessed, people = everybody[asked.measure].denominator, everybody["count"].value
    return Nyc(
        asked=asked,
        tables=tuple(_table(full, shown, asked, part, by) for part, by in parts),
        people=people,
        without=None if people is None or assessed is None else max(people - assessed, 0.0),
        basis=basis(counts, spec, measure=asked.measure),
        threshold=threshold,
    )


def _table(full: AuditResult, shown: AuditResult, asked: NycAsked, part: Part, columns: tuple[str, ...]) -> NycTable:
    """One table. What is highest is decided on the whole data; a hidden highest rate hides the ratios with it."""
    everybody = full.groups[0].metrics["count"].value or 0.0
    ours = [
        (each.group, each.metrics[asked.measure], (each.metrics["count"].value or 0.0) / everybody, beside.metrics)
        for each, beside in zip(full.groups, shown.groups, strict=True)
        if tuple(column for column, _ in each.group) == columns
    ]
    known = [line for line in ours if all(value is not None for _, value in line[0])]
    unknown = [line[3]["count"].value for line in ours if any(value is None for _, value in line[0])]
    out = {group for group, _, share, _ in known if asked.leave_out_small and share < SMALL_SHARE}
    rates = [
        (estimate.value, share, group)
        for group, estimate, share, _ in known
        if group not in out and estimate.value is not None
    ]
    best, _, highest = max(rates, key=lambda rate: rate[:2], default=(None, 0.0, None))
    visible = any(group == highest and metrics[asked.measure].value is not None for group, _, _, metrics in known)
    return NycTable(
        part=part,
        columns=columns,
        categories=tuple(
            _category(
                group,
                metrics[asked.measure],
                metrics["count"],
                # Where the number of all people is hidden, a share would give it away.
                shown.groups[0].metrics["count"].value,
                best if visible else None,
                left_out=group in out,
                is_highest=group == highest,
            )
            for group, _, _, metrics in known
        ),
        highest=highest if visible else None,
        unknown=None if None in unknown else sum(value for value in unknown if value is not None),
    )


def _category(
    group: Group,
    estimate: Estimate,
    count: Estimate,
    everybody: float | None,
    best: float | None,
    *,
    left_out: bool,
    is_highest: bool,
) -> Category:
    kind: RowKind = "ok" if estimate.status == "ok" else "few"
    if estimate.reason == REASON:
        kind = "suppressed"
    elif estimate.value is None:
        kind = "not_computable"
    elif left_out:
        kind = "left_out"
    elif best is None:
        kind = "ratio_hidden"
    elif not best:
        kind = "no_ratio"
    elif is_highest:
        kind = "highest"
    ratio = estimate.value / best if best and estimate.value is not None and not left_out else None
    return Category(
        group=group,
        applicants=estimate.denominator if kind != "not_computable" else 0.0,
        chosen=estimate.numerator,
        rate=estimate.value,
        low=estimate.low,
        high=estimate.high,
        ratio=ratio,
        share=None if count.value is None or everybody is None else count.value / everybody,
        kind=kind,
    )
