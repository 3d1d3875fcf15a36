"""The answers and forest plots of the audit report: what stands in each row as text, and where its marks go."""

from collections.abc import Sequence
from dataclasses import dataclass

from aipm.content import number
from aipm.fairness.forest import Axis, Mark, axis
from aipm.fairness.result import AuditResult, Comparison, Estimate, Verdict
from aipm.fairness.spec import Group
from aipm.fairness.texts import formatted, metrics_of, short, texts
from aipm.fairness.verdicts import ORDER, worst_first

THIN = ("too_few_rows", "not_enough_data")
MOST_INTERSECTIONS = 20
"""Intersections shown a question; the CSV has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A verdict as sign and word; `kind` chooses the colour."""

    kind: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict in words."""

    badge: Badge
    question: str
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group on one metric, beside its reference."""

    name: str
    value: str
    counted: str
    ratio: str
    interval: str
    p_value: str
    badge: Badge
    note: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The groups of one combination of columns, and whom they are compared with."""

    by: str
    reference: str
    rows: tuple[Row, ...]
    left_out: int = 0
    suppressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """One metric over several combinations of columns, on one axis."""

    axis: Axis
    sections: tuple[Section, ...]


def badge(kind: str) -> Badge:
    """A verdict, or what a group can be besides, as sign and word."""
    said = texts()
    for verdict_kind, verdict in said.verdicts.items():
        if kind == verdict_kind:
            return Badge(kind=kind, sign=verdict.symbol, word=verdict.name)
    for other, (sign, word) in said.other_signs.items():
        if kind == other:
            return Badge(kind=kind, sign=sign, word=word)
    raise KeyError(kind)


def by(columns: Sequence[str]) -> str:
    return " × ".join(columns)


def answers(result: AuditResult) -> tuple[Answer, ...]:
    """The verdicts, worst first; within a kind in the order of the audit."""
    ordered = sorted(result.verdicts, key=lambda verdict: ORDER.index(verdict.verdict))
    return tuple(
        Answer(
            badge=badge(verdict.verdict),
            question=texts().questions[verdict.question].title,
            by=by(verdict.columns),
            text=verdict.text,
        )
        for verdict in ordered
    )


def overview(result: AuditResult) -> tuple[tuple[str, ...], tuple[tuple[str, str, tuple[Badge | None, ...]], ...]]:
    """Column combinations, and a row for each measure that was asked for: its question, name and a badge a column."""
    columns = list(dict.fromkeys(verdict.columns for verdict in result.verdicts))
    asked = dict.fromkeys((verdict.question, verdict.metric) for verdict in result.verdicts if verdict.metric)
    place: dict[tuple[str, str | None, tuple[str, ...]], Verdict] = {
        (verdict.question, verdict.metric, verdict.columns): verdict for verdict in result.verdicts
    }
    rows = tuple(
        (
            texts().questions[question].title,
            texts().metrics[metric].name,
            tuple(
                badge(found.verdict) if (found := place.get((question, metric, each))) is not None else None
                for each in columns
            ),
        )
        for question, metric in asked
    )
    return tuple(map(by, columns)), rows


def lead_metrics(result: AuditResult) -> tuple[str, ...]:
    """The metrics with a verdict, in the order of the questions; the scoring rate as well where it is compared."""
    named = {verdict.metric for verdict in result.verdicts}
    compared = {comparison.metric for comparison in result.comparisons}
    ordered = [metric for question in texts().questions for metric in metrics_of(question, result.spec)]
    extra = ["scoring_rate"] if "scoring_rate" in compared else []
    return tuple(dict.fromkeys([*(metric for metric in ordered if metric in named), *extra]))


def forest(result: AuditResult, metric: str) -> Forest | None:
    """A metric over the groups of every single column; None where nothing is compared."""
    return _forest(result, metric, deep=False)


def intersections(result: AuditResult, metric: str) -> Forest | None:
    """A metric over the intersections, the worst served first; None where there are none."""
    return _forest(result, metric, deep=True)


def _forest(result: AuditResult, metric: str, *, deep: bool) -> Forest | None:
    compared = {c.group: c for c in result.comparisons if c.metric == metric and (len(c.group) > 1) == deep}
    if not compared:
        return None
    estimates = {each.group: each.metrics[metric] for each in result.groups}
    better = texts().metrics[metric].better.of(result.spec.favourable)
    ours = axis(list(compared.values()), tolerance=result.spec.tolerance)
    sections = []
    for columns in dict.fromkeys(tuple(column for column, _ in group) for group in compared):
        here = [group for group in estimates if tuple(column for column, _ in group) == columns]
        beside = [compared[group] for group in here if group in compared]
        kept = [c for c in beside if c.reason != "suppressed"]
        worst: list[Group] = [c.group for c in sorted(kept, key=lambda c: _served(c, better))]
        shown = worst[:MOST_INTERSECTIONS] if deep else here
        sections.append(
            Section(
                by=by(columns),
                reference=named(beside[0].reference),
                rows=tuple(_row(metric, group, estimates[group], compared.get(group), ours) for group in shown),
                left_out=len(worst) - len(shown) if deep else 0,
                suppressed=tuple(short(c.group) for c in beside if c.reason == "suppressed") if deep else (),
            )
        )
    return Forest(axis=ours, sections=tuple(sections))


def _served(comparison: Comparison, better: str) -> tuple[bool, int, float]:
    """Sorts the worst served first, those too small to rate last."""
    unrated = comparison.reason in ("too_few_rows", "no_denominator")
    ratio = comparison.ratio if comparison.ratio is not None else 1.0
    served = ratio if better == "higher" else -ratio if better == "lower" else worst_first(comparison)
    return unrated, ORDER.index(comparison.verdict), served


def _row(metric: str, group: Group, estimate: Estimate, comparison: Comparison | None, ours: Axis) -> Row:
    if "suppressed" in (estimate.reason, comparison.reason if comparison is not None else None):
        return _line(metric, group, estimate, badge=badge("suppressed"), note="", mark=None)
    if comparison is None:
        mark = Mark(point=ours.one, low=None, high=None)
        return _line(metric, group, estimate, badge=badge("reference"), note="", mark=mark)
    thin = comparison.verdict == "inconclusive" and comparison.reason in THIN
    note = "" if comparison.verdict in ("gap", "within_tolerance") else _reason(comparison.reason)
    if comparison.more_rows:
        note = f"{note} {texts().more_rows.format(more_rows=number.count(comparison.more_rows))}".strip()
    return _line(
        metric,
        group,
        estimate,
        badge=badge("not_enough_data" if thin else comparison.verdict),
        note=note,
        mark=ours.mark(comparison),
        comparison=comparison,
    )


def _line(
    metric: str,
    group: Group,
    estimate: Estimate,
    *,
    badge: Badge,
    note: str,
    mark: Mark | None,
    comparison: Comparison | None = None,
) -> Row:
    return Row(
        name=short(group),
        value=formatted(metric, estimate.value),
        counted=counted(estimate),
        ratio="" if comparison is None else number.ratio(comparison.ratio),
        interval="" if comparison is None else number.interval(comparison.low, comparison.high, form=number.ratio),
        p_value="" if comparison is None or comparison.p_adjusted is None else number.p_value(comparison.p_adjusted),
        badge=badge,
        note=note,
        mark=mark,
    )


def counted(estimate: Estimate) -> str:
    """What a share was counted from: 189 of 900."""
    if estimate.numerator is None or estimate.denominator is None:
        return ""
    return f"{number.count(estimate.numerator)} of {number.count(estimate.denominator)}"


def _reason(code: str | None) -> str:
    return texts().reasons[code] if code else ""


def named(group: Group) -> str:
    return texts().sentences.and_.join(f"{column} = {short(((column, value),))}" for column, value in group) or short(
        ()
    )
