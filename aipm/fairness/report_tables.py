"""The tables of the audit report as text in cells: every measure of every group, and the counts behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aipm.content import number
from aipm.fairness.report_findings import by, counted, named
from aipm.fairness.result import AuditResult, Estimate, GroupResult
from aipm.fairness.spec import Group
from aipm.fairness.texts import formatted, people, short, texts

COUNTED = ("count", "true_positives", "false_positives", "true_negatives", "false_negatives")
MOST_COLUMNS = 6
"""Metrics side by side in one table, so that it fits on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number of the matrix with its interval; `note` says why it is greyed or missing."""

    value: str
    interval: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Metrics × groups. `rows` holds, a group column, its groups; a row is a name and one cell a metric."""

    title: str
    metrics: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]], ...]


def matrices(result: AuditResult) -> tuple[Matrix, ...]:
    """Every metric of everybody and of the groups of single columns, a family of metrics a table."""
    measured = result.groups[0].metrics
    said = texts()
    found = []
    for family, title in said.families.items():
        ours = [name for name in measured if said.metrics[name].family == family and name not in COUNTED]
        for start in range(0, len(ours), MOST_COLUMNS):
            metrics = tuple(ours[start : start + MOST_COLUMNS])
            found.append(
                Matrix(
                    title=title,
                    metrics=tuple(said.metrics[name].name for name in metrics),
                    rows=tuple(_matrix_rows(result, metrics)),
                )
            )
    return tuple(found)


def _matrix_rows(
    result: AuditResult, metrics: tuple[str, ...]
) -> Iterator[tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]]]:
    verdicts = {(comparison.metric, comparison.group): comparison.verdict for comparison in result.comparisons}
    single: dict[str, list[tuple[str, tuple[Cell, ...]]]] = {"": []}
    for each in result.groups:
        if len(each.group) <= 1:
            cells = tuple(_cell(name, each.metrics[name], verdicts.get((name, each.group))) for name in metrics)
            single.setdefault(by([column for column, _ in each.group]), []).append((short(each.group), cells))
    yield from ((column, tuple(rows)) for column, rows in single.items())


def _cell(metric: str, estimate: Estimate, verdict: str | None) -> Cell:
    form = number.rate if texts().metrics[metric].unit == "share" else number.decimal
    grey = estimate.status == "not_enough_data"
    return Cell(
        value=formatted(metric, estimate.value),
        interval=number.interval(estimate.low, estimate.high, form=form),
        note=estimate.reason or "",
        kind="gap" if verdict == "gap" else "grey" if grey or estimate.value is None else "",
    )


def counts(result: AuditResult) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The counts behind every number: names of the columns, then a group a row."""
    measured = result.groups[0].metrics
    names = [name for name in COUNTED if name in measured]
    shares = [name for name in ("selection_rate", "base_rate") if name in measured]
    head = (*(texts().metrics[name].name for name in names), *(texts().metrics[name].name for name in shares))
    rows = tuple(
        (
            named(each.group),
            (
                *(number.count(each.metrics[name].value) for name in names),
                *(counted(each.metrics[name]) or number.NONE for name in shares),
            ),
        )
        for each in result.groups
    )
    return head, rows


def representation(result: AuditResult) -> tuple[str, ...]:
    """Who is in the data: the largest and the smallest group of every column whose groups are all shown."""
    found = []
    everybody = result.groups[0].metrics["count"].value
    for column in result.spec.groups:
        sizes = [(each.metrics["count"].value, each.group) for each in result.groups if by_column(each.group) == column]
        known = [(size, group) for size, group in sizes if size is not None]
        if not everybody or len(known) < 2 or len(known) < len(sizes):
            continue
        (least, smallest), (most, largest) = min(known, key=_size), max(known, key=_size)
        found.append(
            texts().sentences.representation.format(
                columns=column,
                largest=short(largest),
                largest_rows=number.count(most),
                largest_share=number.rate(most / everybody),
                smallest=short(smallest),
                smallest_rows=number.count(least),
                smallest_share=number.rate(least / everybody),
                rows=number.count(everybody),
            )
        )
    return tuple(found)


def by_column(group: Group) -> str | None:
    """The column of a group of a single one."""
    return group[0][0] if len(group) == 1 else None


def _size(sized: tuple[float, Group]) -> float:
    return sized[0]


def missingness(result: AuditResult) -> tuple[str, ...]:
    """For whom labels and predictions are missing most often; nothing where none is, or where groups are hidden."""
    say = texts().sentences
    found = []
    for metric, template in (("base_rate", say.missing_label), ("selection_rate", say.missing_prediction)):
        shares = [(share, each.group) for each in result.groups if (share := _missing(each, metric)) is not None]
        if len(shares) == len(result.groups) and shares[0][0]:
            most, group = max(((share, group) for share, group in shares if len(group) == 1), key=_size)
            beside = number.rate(shares[0][0])
            found.append(
                template.format(
                    group=people(group), value=number.rate(most), reference_value=beside, reference=people(())
                )
            )
    return tuple(found)


def _missing(each: GroupResult, metric: str) -> float | None:
    """The share of a group's rows without an answer."""
    rows, answered = each.metrics["count"].value, each.metrics.get(metric)
    if answered is None or not rows or answered.reason == "suppressed":
        return None
    return 1 - (answered.denominator or 0.0) / rows


def reasons_used(result: AuditResult) -> tuple[str, ...]:
    """Why numbers are greyed or missing, each reason once."""
    codes: Iterable[str | None] = (estimate.reason for each in result.groups for estimate in each.metrics.values())
    return tuple(texts().reasons[code] for code in dict.fromkeys(codes) if code)
