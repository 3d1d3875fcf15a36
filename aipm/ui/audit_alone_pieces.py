"""Pieces of the part on the data by itself, as HTML."""

from collections.abc import Sequence

from aipm.content import number
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.alone_words import estimate, strength
from aipm.fairness.baseline import Baseline
from aipm.fairness.compare import PRIMARY
from aipm.fairness.proxies import UNSURE, Proxies
from aipm.fairness.representation import Presence, Representation
from aipm.fairness.result import AuditResult
from aipm.fairness.section import Table
from aipm.fairness.texts import cut, short
from aipm.ui import page
from aipm.ui.audit_findings import findings, picture
from aipm.ui.audit_table import drawn
from aipm.ui.audit_texts import audit_page
from aipm.ui.forest import ForestPlot, ForestRow, forest
from aipm.ui.fragments import LONG, join
from aipm.ui.safe import Html, markup

MOST_BARS = 8


def lines(said: Sequence[str]) -> tuple[Html, ...]:
    """The answer, and under it what it rests on."""
    first, *rest = said
    answer = Html(f'<div class="answer"><p>{markup(first, limit=LONG)}</p></div>')
    return (answer, *map(page.quiet, rest))


def strengths(found: Proxies) -> Html:
    """A bar a column: how well it tells the group by itself."""
    said = alone_texts().proxies
    label = said.plot.format(column=cut(found.column))
    rows = []
    for each in found.found[:MOST_BARS]:
        grey = " grey" if each.told in UNSURE else ""
        value, low, high = (100 * (x or 0.0) for x in (each.strength, each.low, each.high))
        rows.append(
            f'<div role="row" class="row{grey}"><span role="rowheader">{markup(cut(each.column))}</span>'
            f'<span role="cell" class="track" aria-hidden="true"><b style="width:{value:.1f}%"></b>'
            f'<i style="left:{low:.1f}%;width:{high - low:.1f}%"></i></span>'
            f'<span role="cell">{number.ratio(each.strength)} <small>{markup(strength(each))}</small></span>'
            "</div>"
        )
    return Html(
        f'<p class="quiet caption">{markup(label, limit=LONG)}</p>'
        f'<div class="proxies" role="table" aria-label="{markup(label, limit=LONG)}">{"".join(rows)}</div>'
    )


def shares(found: Representation, *, tolerance: float) -> Html:
    """Each group's share over its share of the population."""
    said = alone_texts().present
    label = said.plot.format(column=cut(found.column), low=number.ratio(tolerance), high=number.ratio(1 / tolerance))
    rows = tuple(_row(each) for each in found.groups if each.expected)
    plot = forest(ForestPlot(label=label, rows=rows, band=(tolerance, 1 / tolerance)))
    return Html(f'<p class="quiet caption">{markup(label, limit=LONG)}</p>{plot}')


def _row(each: Presence) -> ForestRow:
    said = alone_texts().present
    few = each.verdict == "not_enough_data"
    return ForestRow(
        name=each.group,
        value=each.ratio,
        low=each.ratio_low,
        high=each.ratio_high,
        verdict=each.verdict,
        detail=said.beside.format(share=number.rate(each.share), expected=number.rate(each.expected)),
        note=said.few if few else said.absent if each.absent else "",
    )


def mistakes(found: Baseline) -> Html:
    """The error that decides, of every group beside its reference."""
    shown = findings(found.result, audit_page())
    wrong = [each.metric for each in found.result.verdicts if each.question == "who_wrong" and each.metric]
    gaps = [
        each.metric
        for each in found.result.verdicts
        if each.question == "who_wrong" and each.verdict == "gap" and each.metric
    ]
    return picture(shown, next(iter([*gaps, *wrong, *PRIMARY])))


def label_rates(result: AuditResult, column: str) -> tuple[Html, ...]:
    """How often the label says yes, group by group; nothing where there is no label."""
    said = alone_texts().gaps
    if result.spec.label is None:
        return ()
    rows = tuple(
        (short(each.group), estimate(rate), number.count(rate.denominator))
        for each in result.groups
        if [name for name, _ in each.group] == [column] and (rate := each.metrics.get("base_rate")) is not None
    )
    caption = said.label_caption.format(label=cut(result.spec.label))
    said_so = [each.text for each in result.verdicts if each.metric == "base_rate" and each.columns == (column,)]
    return (
        Html(f"<h3>{markup(said.label_title)}</h3>"),
        join(map(page.quiet, said_so)),
        drawn(Table(caption=caption, head=said.label_columns, rows=rows)),
        page.quiet(said.label_note),
    )
