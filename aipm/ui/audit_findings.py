"""What an audit found, as pieces of the page: the answers, the picture, the numbers, the intersections."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from aipm.content import number
from aipm.content.visible import visible
from aipm.fairness import texts as words
from aipm.fairness.compare import PRIMARY
from aipm.fairness.report_tables import representation
from aipm.fairness.result import AuditResult, Comparison, Estimate, Verdict
from aipm.fairness.spec import Group
from aipm.fairness.verdicts import ORDER, worst_first
from aipm.ui.audit_texts import AuditPage
from aipm.ui.forest import ForestPlot, ForestRow, forest
from aipm.ui.fragments import LONG, Column, answer, badge, join, notes, scrolling, table
from aipm.ui.matrix import MatrixCell, MatrixRow, matrix
from aipm.ui.safe import Html, markup

MOST_ANSWERS = 4
MOST_ROWS = 200
SHOWN_INTERSECTIONS = 15
COUNTED = ("count", "true_positives", "false_positives", "true_negatives", "false_negatives")


@dataclass(frozen=True, slots=True)
class Findings:
    """An audit, looked up by metric and group."""

    result: AuditResult
    page: AuditPage
    estimates: dict[Group, dict[str, Estimate]]
    comparisons: dict[tuple[str, Group], Comparison]

    @property
    def lead_metrics(self) -> tuple[str, ...]:
        """The metrics that answer the questions, where there is data for them; else whatever else can be compared."""
        measured = self.estimates[()]
        lead = tuple(metric for metric in PRIMARY if metric in measured)
        return (*lead, *(metric for metric in ("scoring_rate", "auc", "mean_score") if metric in measured))


def findings(result: AuditResult, page: AuditPage) -> Findings:
    return Findings(
        result,
        page,
        {each.group: dict(each.metrics) for each in result.groups},
        {(comparison.metric, comparison.group): comparison for comparison in result.comparisons},
    )


def answers(found: Findings) -> Html:
    """The worst answer to each question in a sentence, then every question by every column as a table of verdicts."""
    if not found.result.verdicts:
        return _who_is_in_it(found)
    lead = sorted(_worst_a_question(found.result.verdicts), key=lambda verdict: ORDER.index(verdict.verdict))
    said = join(answer(verdict.verdict, verdict.text) for verdict in lead[:MOST_ANSWERS])
    return Html(said + _verdict_table(found))


def _who_is_in_it(found: Findings) -> Html:
    """Where nothing was decided and nothing is known to be true: how many rows each group has."""
    question = words.texts().questions["representation"]
    return join(
        (
            Html(f"<h3>{markup(question.title)}</h3>"),
            notes(representation(found.result)),
            Html(f'<p class="quiet">{markup(question.about, limit=LONG)}</p>'),
        )
    )


def _worst_a_question(verdicts: Iterable[Verdict]) -> list[Verdict]:
    worst: dict[tuple[str, str | None], Verdict] = {}
    for verdict in verdicts:
        key = (verdict.question, verdict.metric)
        if key not in worst or ORDER.index(verdict.verdict) < ORDER.index(worst[key].verdict):
            worst[key] = verdict
    return list(worst.values())


def _verdict_table(found: Findings) -> Html:
    metrics = list(dict.fromkeys(verdict.metric for verdict in found.result.verdicts if verdict.metric))
    columns = list(dict.fromkeys(verdict.columns for verdict in found.result.verdicts))
    by_place = {(verdict.metric, verdict.columns): verdict for verdict in found.result.verdicts}
    named = words.texts().metrics
    head = "".join(f'<th scope="col">{markup(named[metric].name)}</th>' for metric in metrics)
    rows = "".join(
        f'<tr><th scope="row">{markup(" × ".join(visible(column) for column in place))}</th>'
        + "".join(
            f"<td>{badge(by_place[metric, place].verdict) if (metric, place) in by_place else ''}</td>"
            for metric in metrics
        )
        + "</tr>"
        for place in columns
    )
    caption = found.page.answers["table"]
    return scrolling(
        Html(f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"),
        label=caption,
    )


def picture(found: Findings, metric: str) -> Html:
    """A forest plot a group column: every group beside its reference on one metric."""
    parts = []
    for column in found.result.spec.groups:
        groups: list[Group] = [group for group in found.estimates if len(group) == 1 and group[0][0] == column]
        plot = _forest(found, metric, groups)
        if plot is not None:
            parts.append(Html(f"<h3>{markup(column)}</h3>{plot}"))
    return join(parts)


def _forest(found: Findings, metric: str, groups: list[Group]) -> Html | None:
    compared = [found.comparisons[metric, group] for group in groups if (metric, group) in found.comparisons]
    if not compared:
        return None
    tolerance = found.result.spec.tolerance
    rows = tuple(_forest_row(found, metric, group) for group in groups)
    beside = tuple(_forest_row(found, metric, c.group) for c in found.result.comparisons if _alone(c, metric))
    said = found.page.picture
    label = said["caption"].format(
        metric=words.texts().metrics[metric].name, low=number.ratio(tolerance), high=number.ratio(1 / tolerance)
    )
    reference = said["reference"].format(reference=words.people(compared[0].reference))
    caption = Html(f'<p class="quiet">{markup(f"{label} {reference}", limit=600)}</p>')
    plot = ForestPlot(label=label, rows=rows, band=(tolerance, 1 / tolerance), beside=beside)
    return Html(caption + forest(plot))


def _alone(comparison: Comparison, metric: str) -> bool:
    """Whether it compares a group of one column on this metric: those share an axis."""
    return comparison.metric == metric and len(comparison.group) == 1


def _forest_row(found: Findings, metric: str, group: Group) -> ForestRow:
    estimate = found.estimates[group][metric]
    comparison = found.comparisons.get((metric, group))
    name, detail = words.short(group), _detail(found, metric, estimate)
    if comparison is None:
        return ForestRow(name=name, value=1.0, low=None, high=None, verdict="reference", detail=detail)
    return ForestRow(
        name=name,
        value=comparison.ratio,
        low=comparison.low,
        high=comparison.high,
        verdict=_shown_verdict(comparison),
        detail=detail,
        note=_note(found, comparison),
    )


def _detail(found: Findings, metric: str, estimate: Estimate) -> str:
    value = words.formatted(metric, estimate.value)
    if estimate.numerator is None or estimate.denominator is None or metric not in PRIMARY:
        return value
    counted = found.page.picture["detail"].format(
        numerator=number.count(estimate.numerator), denominator=number.count(estimate.denominator)
    )
    return f"{value} · {counted}"


def _shown_verdict(comparison: Comparison) -> str:
    """A comparison that is open for want of rows is drawn as such, in grey."""
    thin = comparison.reason in ("too_few_rows", "not_enough_data")
    return "not_enough_data" if comparison.verdict == "inconclusive" and thin else comparison.verdict


def _note(found: Findings, comparison: Comparison) -> str:
    if comparison.verdict in ("gap", "within_tolerance"):
        return ""
    reason = words.texts().reasons.get(comparison.reason or "", "")
    if comparison.more_rows:
        more = found.page.picture["more_rows"].format(rows=number.count(comparison.more_rows))
        return f"{reason} {more}".strip()
    return reason


def metric_matrix(found: Findings, *, all_metrics: bool, order: str | None = None) -> Html:
    """Metrics × groups of single columns, each number with its distance from the reference.

    `order` is the metric to sort the groups by, lowest first; None: column by column.
    """
    measured = found.estimates[()]
    metrics = [metric for metric in measured if metric not in COUNTED] if all_metrics else list(found.lead_metrics)
    groups: list[Group] = [group for group in found.estimates if len(group) <= 1]
    if order is not None:
        values = {group: found.estimates[group][order].value for group in groups}
        groups.sort(key=lambda group: (values[group] is None, values[group] or 0.0))
    rows = [
        MatrixRow(
            name=words.short(group) if group else words.short(()),
            detail=group[0][0] if group else "",
            cells=tuple(_matrix_cell(found, metric, group) for metric in metrics),
        )
        for group in groups
    ]
    named = words.texts().metrics
    return matrix([named[metric].name for metric in metrics], rows, caption=found.page.matrix["caption"])


def _matrix_cell(found: Findings, metric: str, group: Group) -> MatrixCell:
    estimate = found.estimates[group].get(metric)
    if estimate is None:
        return MatrixCell(value=number.NONE)
    share = words.texts().metrics[metric].unit == "share"
    form = number.rate if share else number.decimal
    interval = number.interval(estimate.low, estimate.high, form=form)
    comparison = found.comparisons.get((metric, group))
    reason = words.texts().reasons.get(estimate.reason or "", "")
    if comparison is None:
        verdict = estimate.status if estimate.status != "ok" else None
        return MatrixCell(value=form(estimate.value), verdict=verdict, note=f"{interval} {reason}".strip())
    points = number.points if share else number.decimal
    tolerance = found.result.spec.tolerance
    rated = comparison.verdict in ("gap", "within_tolerance", "inconclusive")
    ratio = comparison.ratio or 0.0
    judged = estimate.status == "ok" or comparison.verdict == "gap"
    return MatrixCell(
        value=form(estimate.value),
        difference=points(comparison.difference) if comparison.difference is not None else "",
        distance=math.log(ratio) / -math.log(tolerance) / 2 if rated and ratio > 0 else None,
        verdict=_shown_verdict(comparison) if judged else estimate.status,
        note=f"{interval} {reason or _note(found, comparison)}".strip(),
    )


def intersections(found: Findings, metric: str) -> tuple[Html | None, int]:
    """Intersections on one metric, the worst served first, and how many there are."""
    compared = [c for c in found.result.comparisons if c.metric == metric and len(c.group) > 1]
    better = words.texts().metrics[metric].better.of(found.result.spec.favourable)

    def worst(comparison: Comparison) -> tuple[bool, int, float]:
        ratio = comparison.ratio if comparison.ratio is not None else 1.0
        served = ratio if better == "higher" else -ratio if better == "lower" else worst_first(comparison)
        unrated = comparison.reason in ("too_few_rows", "no_denominator")
        return unrated, ORDER.index(comparison.verdict), served

    compared.sort(key=worst)
    if not compared:
        return None, 0
    tolerance = found.result.spec.tolerance
    rows = tuple(_forest_row(found, metric, comparison.group) for comparison in compared[:SHOWN_INTERSECTIONS])
    label = found.page.picture["caption"].format(
        metric=words.texts().metrics[metric].name, low=number.ratio(tolerance), high=number.ratio(1 / tolerance)
    )
    return forest(ForestPlot(label=label, rows=rows, band=(tolerance, 1 / tolerance))), len(compared)


def count_table(found: Findings) -> Html:
    """The counts behind every number, a group a row."""
    named = words.texts().metrics
    metrics = [metric for metric in (*COUNTED, "selection_rate", "base_rate") if metric in found.estimates[()]]
    columns = [Column(name=""), *(Column(name=named[metric].name, number=True) for metric in metrics)]
    rows = [
        [" · ".join(f"{column} = {words.short(((column, value),))}" for column, value in group) or words.short(())]
        + [_counted(metric, found.estimates[group][metric]) for metric in metrics]
        for group in list(found.estimates)[:MOST_ROWS]
    ]
    return table(columns, rows, caption=found.page.counts["caption"])


def _counted(metric: str, estimate: Estimate) -> str:
    if metric in COUNTED:
        return number.count(estimate.value)
    return f"{number.count(estimate.numerator)} / {number.count(estimate.denominator)}"
