"""What Data prep and the Bias audit put into a brief: answers about a file, never a cell of it.

Of an audit there are the groups that its own report shows: small ones are suppressed here as they are there.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from aipm.brief.entry import Entry, Figure, disclosure_threshold
from aipm.content import number
from aipm.content.chart import MOST_LABELS, Chart, Series
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.brief_entries_parts import chart, made, short

if TYPE_CHECKING:
    from aipm.fairness.result import AuditResult, Estimate
    from aipm.fairness.section import Section
    from aipm.fairness.spec import AuditSpec, Group
    from aipm.ui.prep_work import Work

MOST_REMARKS = 12
MOST_GROUPS = 30
MOST_CHARTS = 3
MOST_LINES = 3


def preparation(work: "Work") -> Entry:
    """How large the file is, what is open, how many steps of which kind there are, how large the parts are."""
    said, ready = brief_add_texts().prep, work.ready
    steps = Counter(step.op for step in work.recipe.steps if step.enabled)
    open_ = [each.finding for each in ready.findings if each.is_open and each.group != "note"]
    remarks = list(dict.fromkeys(f"{each.column}: {each.message}" if each.column else each.message for each in open_))
    left = len(remarks) - MOST_REMARKS
    figures = [
        Figure(name=said["rows"], value=float(work.profile.rows)),
        Figure(name=said["columns"], value=float(len(work.table.columns))),
        Figure(name=said["open"], value=float(ready.fixes)),
        Figure(name=said["steps"], value=float(sum(steps.values()))),
    ]
    if len(work.prepared.parts) > 1:
        named = ((short(str(name)), part) for name, part in work.prepared.parts.items())
        figures += [Figure(name=said["part"].format(name=name), value=float(len(part))) for name, part in named]
    return made(
        "data_prep",
        spec={"target": work.recipe.target, "steps": dict(steps), "failed": len(work.prepared.failed)},
        figures=figures,
        warnings=[
            *remarks[:MOST_REMARKS],
            *([said["left"].format(count=number.count(left))] if left > 0 else []),
        ],
    )


def audit(found: "AuditResult", besides: "Iterable[Section]" = (), *, parts: Iterable[str] = ()) -> Entry:
    """The verdicts in words, and the metric that decided each question by group, with interval and number of rows.

    `besides`: what was looked at in depth (`parts`, by name), with the groups hidden that a brief may not show; its
    first lines are kept.
    """
    from aipm.fairness.disclosure import suppress

    shown = suppress(found, threshold=disclosure_threshold())
    estimates = {each.group: each.metrics for each in shown.groups}
    decided = dict.fromkeys(verdict.metric for verdict in _worst_first(shown) if verdict.metric)
    charts, figures = [], []
    for metric in decided:
        for column in shown.spec.groups:
            groups: list[Group] = [group for group in estimates if len(group) == 1 and group[0][0] == column]
            known = [(group, estimates[group][metric]) for group in groups if metric in estimates[group]]
            counted = [(group, estimate) for group, estimate in known if _tellable(estimate)][:MOST_GROUPS]
            figures += [_figure(metric, group, estimate) for group, estimate in counted]
            charts.append(_chart(metric, column, counted))
    said = brief_add_texts().audit
    people = [said["people"].format(count=number.count(shown.rows))] if shown.rows >= disclosure_threshold() else []
    return made(
        "bias_audit",
        spec={**_asked(found.spec), "parts": [*parts]},
        warnings=[
            *people,
            *[verdict.text for verdict in _worst_first(shown)][:MOST_REMARKS],
            *(f"{each.title}: {' '.join(each.lines[:MOST_LINES])}" for each in besides if each.lines),
            *(warning.message for warning in shown.warnings),
        ],
        figures=figures[:MOST_GROUPS],
        charts=[each for each in charts if each is not None][:MOST_CHARTS],
        suppressed=shown != found,
    )


def _asked(spec: "AuditSpec") -> dict[str, Any]:
    """Which columns played which role, and what was tolerated; no value of any of them."""
    return {
        "groups": list(spec.groups),
        "label": spec.label,
        "prediction": spec.prediction,
        "score": spec.score,
        "weight": spec.weight,
        "cluster": spec.cluster,
        "threshold": spec.threshold,
        "tolerance": spec.tolerance,
    }


def _worst_first(found: "AuditResult") -> Iterator[Any]:
    from aipm.fairness.verdicts import ORDER

    yield from sorted(found.verdicts, key=lambda verdict: ORDER.index(verdict.verdict))


def _tellable(estimate: "Estimate") -> bool:
    """Whether it rests on enough people; the engine has left out what would give others away."""
    if estimate.value is None or estimate.status != "ok" or not math.isfinite(estimate.value):
        return False
    return estimate.rows is not None and math.floor(estimate.rows) >= disclosure_threshold()


def _in_unit(metric: str, value: float | None) -> float | None:
    from aipm.fairness.texts import texts

    if value is None:
        return None
    return round(100 * value, 1) if texts().metrics[metric].unit == "share" else round(value, 4)


def _unit(metric: str) -> str:
    from aipm.fairness.texts import texts

    return "%" if texts().metrics[metric].unit == "share" else ""


def _figure(metric: str, group: "Group", estimate: "Estimate") -> Figure:
    from aipm.fairness.texts import short as people
    from aipm.fairness.texts import texts

    name = brief_add_texts().audit["figure"].format(metric=texts().metrics[metric].name, group=short(people(group)))
    low, value, high = (_in_unit(metric, each) for each in (estimate.low, estimate.value, estimate.high))
    return Figure(name=name, value=value, low=low, high=high, unit=_unit(metric), n=math.floor(estimate.rows or 0))


def _chart(metric: str, column: str, counted: "list[tuple[Group, Estimate]]") -> Chart | None:
    from aipm.fairness.texts import short as people
    from aipm.fairness.texts import texts

    if len(counted) < 2:
        return None
    said, shown = brief_add_texts().audit, counted[:MOST_LABELS]
    return chart(
        "intervals",
        title=said["chart"].format(metric=texts().metrics[metric].name, column=short(column)),
        labels=[people(group) for group, _ in shown],
        series=[
            Series(
                name=texts().metrics[metric].name,
                values=tuple(_in_unit(metric, each.value) for _, each in shown),
                low=tuple(_in_unit(metric, each.low) for _, each in shown),
                high=tuple(_in_unit(metric, each.high) for _, each in shown),
                counts=tuple(math.floor(each.rows or 0) for _, each in shown),
            )
        ],
        alternative=said["chart_alternative"],
        unit=_unit(metric),
        named=said["group"],
    )
