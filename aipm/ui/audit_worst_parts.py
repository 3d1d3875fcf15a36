"""The worst-served people as pieces of the page: the answer, the ranked picture, and what stands behind each row."""

import math

from aipm.content import number
from aipm.fairness import texts as words
from aipm.fairness.report_findings import named
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.worst_spec import Subgroup, Worst
from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import basis, confirmation, detail, headline, hits, looked, same, state, verdict
from aipm.ui.fragments import LONG, badge, join, notes, verdict_class
from aipm.ui.fragments import answer as said_answer
from aipm.ui.page import quiet
from aipm.ui.safe import Html, markup

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
MOST_TICKS = 5


def lead(found: Worst, spec: AuditSpec) -> Html:
    """The answer, under its verdict."""
    if not found.subgroups:
        return quiet(headline(found, spec))
    worst = found.subgroups[0]
    sure = f"{basis(found)} {confirmation(worst)}".strip()
    judged = verdict(worst) if worst.found or not worst.enough else "inconclusive"
    return said_answer(judged, headline(found, spec), detail=sure)


def picture(found: Worst) -> Html:
    """The listed groups as a table with bars: each rate with its interval, and a line where everybody else is."""
    if not found.subgroups:
        return Html("")
    say = worst_texts()
    label = say.caption.format(metric=words.texts().metrics[found.spec.metric].name.lower())
    most = max(max(each.here.value, each.others.value, min(each.here.high, 1.0)) for each in found.subgroups)
    step = next(step for step in STEPS if step * MOST_TICKS >= most)
    axis = step * math.ceil(most / step - 1e-9)
    ticks = "".join(
        f'<i class="tick" style="left:{100 * k * step / axis:.1f}%">{number.rate(k * step).replace(".0%", "%")}</i>'
        for k in range(round(axis / step) + 1)
    )
    group, rate, sure = (markup(say.head[k]) for k in (0, 1, 5))
    head = (
        f'<div role="row" class="head"><span role="columnheader" class="name">{group}</span>'
        f'<span role="cell" class="plot" aria-hidden="true">{ticks}</span>'
        f'<span role="columnheader" class="value">{rate} ({markup(say.head[2])})</span>'
        f'<span role="columnheader" class="verdict">{sure}</span></div>'
    )
    rows = "".join(_row(each, axis) for each in found.subgroups)
    name = markup(label, limit=LONG)
    return join(
        [
            quiet(f"{label}. {say.page.picture}"),
            Html(f'<div class="forest worst" role="table" aria-label="{name}">{head}{rows}</div>'),
        ]
    )


def _name(group: Group) -> str:
    return named(tuple((words.cut(column), value and words.cut(value)) for column, value in group))


def _row(each: Subgroup, axis: float) -> str:
    here, others = each.here, each.others
    left, right, end, line = (100 * min(x / axis, 1.0) for x in (here.low, here.high, here.value, others.value))
    plot = (
        f'<i class="whole" style="width:{end:.1f}%"></i>'
        f'<i class="bar" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>'
        f'<i class="line" style="left:{line:.1f}%"></i>'
    )
    say, judged = worst_texts(), verdict(each)
    beside_ = say.against.format(value=number.rate(others.value), gap=number.points(each.gap))
    notes_ = same(each)
    interval = number.interval(here.low, here.high, form=number.rate)
    said = "" if judged == "not_enough_data" else f"<small>{markup(state(each))}</small>"  # else it is said twice
    note = f'<span role="cell" class="note">{markup(notes_, limit=LONG)}</span>' if notes_ else ""
    return (
        f'<div role="row" class="row {verdict_class(judged)}">'
        f'<span role="rowheader" class="name">{markup(_name(here.group), limit=LONG)}'
        f"<small>{markup(hits(here))}</small></span>"
        f'<span role="cell" class="plot" aria-hidden="true">{plot}</span>'
        f'<span role="cell" class="value">{number.rate(here.value)} '
        f"<small>{interval}</small><small>{markup(beside_)}</small></span>"
        f'<span role="cell" class="verdict">{badge(judged)}{said}</span>{note}</div>'
    )


def details(found: Worst) -> Html:
    """How each group was found, and what its parents look like."""
    return join(
        Html(f"<h3>{markup(_name(each.here.group), limit=LONG)}</h3>{notes(detail(each, found))}")
        for each in found.subgroups
    )


def method(found: Worst, spec: AuditSpec) -> Html:
    """How it was searched, how many were looked at, and what it does not say."""
    say = worst_texts()
    counted = looked(found, weighted=spec.weight is not None, clustered=spec.cluster is not None)
    beyond = say.limits[1:]  # the first stands below, unfolded
    return join([notes(counted), notes(say.method), Html(f"<h3>{markup(say.page.limits)}</h3>"), notes(beyond)])
