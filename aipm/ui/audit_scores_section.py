"""What the report carries of the part on scores, groups of few people hidden; free of Streamlit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aipm.content import number
from aipm.fairness.audit import audit
from aipm.fairness.counts import Counts
from aipm.fairness.disclosure import suppress
from aipm.fairness.intervals import wilson
from aipm.fairness.result import AuditResult, Estimate
from aipm.fairness.section import Section, Table
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.texts import short
from aipm.fairness.texts import texts as fairness_texts
from aipm.fairness.thresholds import Sweep
from aipm.fairness.thresholds_equal import Costs, Prices, prices
from aipm.fairness.thresholds_identity import implied
from aipm.ui.audit_scores_said import (
    COUNTED,
    NEEDED,
    RATES,
    count_rows,
    implied_rows,
    lead,
    price_lines,
    price_rows,
    threshold,
    why_lines,
)
from aipm.ui.audit_scores_texts import ScoresTexts, scores_texts

SOURCES = ("hardt", "chouldechova", "kleinberg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the person last looked at."""

    column: int
    place: int
    costs: Costs | None
    """None without a label."""


def section(counts: Counts, spec: AuditSpec, found: Sweep, shown: Shown, smallest: int) -> Section:
    """The rates at the threshold, the price of equal rates, and what base rates force."""
    texts, edge = scores_texts(), float(found.edges[shown.place])
    combination = found.people.combinations[shown.column]
    groups: list[Group] = [(), *found.people.groups[combination.start : combination.stop]]
    asked = replace(spec, prediction=None, threshold=edge, depth=1, reference=())
    result = suppress(audit(counts, asked), threshold=smallest)
    by_group = {each.group: each.metrics for each in result.groups}
    names = [name for name in (*COUNTED, *RATES, *NEEDED) if name in by_group[()]]
    measured = {name: [by_group[group][name] for group in groups] for name in names}
    if smallest > 1:
        measured = {name: list(map(_in_tens, each)) for name, each in measured.items()}
    head, rows = count_rows(groups, measured)
    lines = [texts.section["lines"].format(column=spec.groups[shown.column]), *lead(edge, groups, measured, texts)]
    tables = [
        Table(caption=texts.section["rates"].format(threshold=threshold(edge, texts)), head=head, rows=tuple(rows))
    ]
    notes = [texts.section["hidden"].format(threshold=smallest)] if smallest > 1 else []
    if shown.costs is None:
        notes.append(texts.lacks["label"])
    else:
        each = prices(found, shown.place, shown.costs)[shown.column]
        lines.append(texts.price.law.format(as_of=fairness_texts().as_of))
        lines += [] if smallest > 1 else price_lines(each, texts)
        tables += _priced(each, shown.costs, measured, texts, rounded=smallest > 1)
        together = [measured[name][0].value for name in ("precision", "false_negative_rate")]
        if together[0] is not None and together[1] is not None:
            forced, told = _forced(groups[1:], measured, result, together[0], together[1], texts)
            lines += told
            tables.append(forced)
        notes += [*texts.price.notes, *texts.why.notes]
    sources = fairness_texts().sources
    return Section(
        title=texts.title,
        lines=tuple(lines),
        tables=tuple(tables),
        notes=tuple(notes),
        sources=tuple((sources[name].title, sources[name].link) for name in SOURCES),
    )


def _in_tens(each: Estimate) -> Estimate:
    """Numbers of people in tens, and the rate that follows from them.

    The report shows the same people by their decisions, and thresholds a step apart differ by a few people: exact
    numbers, of which one is subtracted from the other, would tell of these.
    """
    if each.value is None or each.numerator is None:
        return each
    hits = round(each.numerator, -1)
    if each.denominator is None:
        return replace(each, value=hits, numerator=hits)
    totals = round(each.denominator, -1)
    if not totals:
        return Estimate(None, status="not_computable", reason="no_denominator")
    size = min(totals, each.rows or totals)
    low, high = wilson(np.array(hits / totals * size), np.array(size))
    return replace(each, value=hits / totals, numerator=hits, denominator=totals, low=float(low), high=float(high))


def decided(result: AuditResult, smallest: int) -> Section:
    """Where there is no score: what base rates force, from decisions and labels alone."""
    texts, shown = scores_texts(), suppress(result, threshold=smallest)
    by_group = {each.group: each.metrics for each in shown.groups}
    precision, misses = (by_group[()][name].value for name in ("precision", "false_negative_rate"))
    lines, tables = [texts.lacks["score"]], []
    for column in shown.spec.groups if precision is not None and misses is not None else ():
        groups: list[Group] = [group for group in by_group if len(group) == 1 and group[0][0] == column]
        measured = {name: [by_group[group][name] for group in [(), *groups]] for name in NEEDED}
        table, told = _forced(groups, measured, shown, precision or 0.0, misses or 0.0, texts)
        tables.append(replace(table, caption=f"{column}. {table.caption}"))
        lines += [f"{column}: {told[0]}", *told[1:]]
    sources = fairness_texts().sources
    return Section(
        title=texts.why.title,
        lines=tuple(lines),
        tables=tuple(tables),
        notes=texts.why.notes,
        sources=tuple((sources[name].title, sources[name].link) for name in SOURCES[1:]),
    )


def _priced(
    each: Prices, costs: Costs, measured: dict[str, list[Estimate]], texts: ScoresTexts, *, rounded: bool
) -> list[Table]:
    """Errors and cost of each set of thresholds, and the thresholds of every group that is not hidden."""
    spent = {name: number.on_scale(getattr(costs, name)) for name in ("false_positive", "false_negative")}
    names = (texts.price.equal.format(name=texts.price.names[name]) for name in each.equal)
    totals = Table(
        caption=texts.section["price"].format(**spent),
        head=texts.price.head,
        rows=tuple(price_rows(each, texts, rounded=rounded)),
    )
    shown = [estimate.value is not None for estimate in measured["count"][1:]]
    own = Table(
        caption=texts.price.title,
        head=(texts.price.group_head[0], *names),
        rows=tuple(
            (
                short(group),
                *(
                    threshold(policy.thresholds[k], texts) if shown[k] else number.NONE
                    for policy in each.equal.values()
                ),
            )
            for k, group in enumerate(each.chosen.groups)
        ),
    )
    # Where everybody is hidden, a total less the groups that are shown would tell of the one that is not.
    return [own] if measured["true_positives"][0].value is None else [totals, own]


def _forced(
    groups: Sequence[Group],
    measured: dict[str, list[Estimate]],
    result: AuditResult,
    precision: float,
    misses: float,
    texts: ScoresTexts,
) -> tuple[Table, list[str]]:
    """What equal precision and an equal share missed would force on every group."""
    own = {name: measured[name][1:] for name in NEEDED}
    rows = implied(groups, own, precision=precision, false_negative_rate=misses)
    caption = texts.section["why"].format(precision=number.rate(precision), misses=number.rate(misses))
    table = Table(caption=caption, head=texts.why.head, rows=tuple(implied_rows(rows, texts.why)))
    return table, why_lines(rows, result.comparisons, precision=precision, misses=misses, said=texts.why)
