"""How comparing like with like is drawn: the answer, two dots a part, both ways for every group, the rest folded."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.fairness import strata_texts as words
from aipm.fairness.result import Estimate
from aipm.fairness.section import Table
from aipm.fairness.simpson import story
from aipm.fairness.spec import Favourable
from aipm.fairness.strata_result import Common, LikeComparison, LikeWithLike
from aipm.fairness.texts import texts
from aipm.ui import page
from aipm.ui.audit_table import drawn
from aipm.ui.fragments import LONG, Column, answer, facts, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept

PAGE = "bias_audit"
MOST_DRAWN = 30
MOST_LISTED = 12
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
"""Distances between the ticks of the axis."""


@st.fragment
def draw(found: LikeWithLike, *, favourable: Favourable, token: str) -> None:
    """One rate of one group beside its reference at a time; choosing another draws this again, and nothing above."""
    said = words.like_texts()
    metrics = tuple(dict.fromkeys(each.metric for each in found.comparisons))
    if not metrics:
        page.draw(page.quiet(texts().sentences.nothing_to_compare))
        return
    metric = metrics[0]
    if len(metrics) > 1:
        metric = st.segmented_control(
            said.choose.metric,
            metrics,
            default=metrics[0],
            format_func=lambda name: texts().metrics[name].name,
            required=True,
            **kept(PAGE, f"{token}.metric.{len(metrics)}"),
        )
    ours = sorted((each for each in found.comparisons if each.metric == metric), key=words.telling)
    chosen = ours[0]
    if len(ours) > 1:
        place = st.selectbox(
            said.choose.pair.label,
            range(len(ours)),
            format_func=distinct(range(len(ours)), written=lambda k: visible(_pair(ours[k]))),
            help=said.choose.pair.help,
            **kept(PAGE, f"{token}.pair.{metric}.{'.'.join(found.factors)}"),
        )
        chosen = ours[place]
    told = story(chosen)
    sentence = words.answer(chosen, told, found.factors, favourable)
    page.draw(
        answer(chosen.standardised.verdict, sentence, about=said.picture["standardised"]),
        notes(words.why(chosen, told)),
        picture(chosen),
        _facts(chosen),
    )
    if 1 < len(ours) <= MOST_LISTED:
        page.draw(Html(f"<h3>{markup(said.overview.title)}</h3>"), _overview(ours, str(metric)))
    elif len(ours) > MOST_LISTED:
        with st.expander(said.overview.title, icon=":material/list:"):
            page.draw(_overview(ours, str(metric)))
    with st.expander(said.table.title, icon=":material/table_rows:"):
        page.draw(_table(chosen))
    with st.expander(said.caution.title, icon=":material/balance:"):
        page.draw(notes(said.caution.lines))
    with st.expander(said.method.title, icon=":material/menu_book:"):
        page.draw(notes(words.method(found)))


def _pair(of: LikeComparison) -> str:
    column = of.group[0][0]
    return words.like_texts().choose.pair_option.format(
        column=column, group=words.short(of.group), reference=words.short(of.reference)
    )


def _facts(of: LikeComparison) -> Html:
    """The differences both ways, the test, and the odds ratio where one number stands for all."""
    say = words.like_texts()
    alike = of.standardised
    test = number.p_value(alike.p_adjusted) if alike.p_adjusted is not None else say.too_few_test
    crude = words.points(of.crude.difference, of.crude.difference_low, of.crude.difference_high)
    return facts(
        (
            (say.facts["crude"], crude),
            (say.facts["standardised"], words.points(alike.difference, alike.difference_low, alike.difference_high)),
            (say.facts["test"], test),
            (say.facts["odds_ratio"], _common(of.odds_ratio)),
        )
    )


def _common(of: Common) -> str:
    if of.status == "strata_disagree":
        return words.like_texts().facts["not_given"]
    return f"{number.ratio(of.value)} {number.interval(of.low, of.high, form=number.ratio)}".strip()


def _overview(ours: list[LikeComparison], metric: str) -> Html:
    say = words.like_texts().overview
    caption = say.caption.format(metric=texts().metrics[metric].name)
    columns = [Column(name=name, number=2 <= k <= 4) for k, name in enumerate(say.head)]
    return table(columns, [words.overview_row(each) for each in ours], caption=caption)


def _table(of: LikeComparison) -> Html:
    say = words.like_texts().table
    names = {"group": words.short(of.group), "reference": words.short(of.reference)}
    caption = say.caption.format(
        metric=texts().metrics[of.metric].name, group=words.people(of.group), reference=words.people(of.reference)
    )
    head = tuple(name.format(**names) for name in say.head)
    return drawn(Table(caption=caption, head=head, rows=tuple(words.strata_rows(of))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A part, or all of them: the group's rate and the reference's; `kind` is a class of the row."""

    name: str
    detail: str
    group: Estimate
    reference: Estimate
    kind: str = ""


def picture(of: LikeComparison) -> Html:
    """Two dots a part, the group's and its reference's, with intervals; below all parts together, both ways."""
    say = words.like_texts().picture
    rows = list(_parts(of))
    more = "" if len(rows) <= MOST_DRAWN else say["more"].format(shown=MOST_DRAWN, count=len(rows))
    largest = sorted(range(len(rows)), key=lambda k: -(_people(rows[k])))[:MOST_DRAWN]
    shown = [rows[k] for k in sorted(largest)]
    shown += [
        _Row(
            name=say[name],
            detail=_thin(side.group, side.reference),
            group=side.group,
            reference=side.reference,
            kind=kind,
        )
        for name, side, kind in (("crude", of.crude, "all top"), ("standardised", of.standardised, "all"))
    ]
    high, ticks = _axis(shown)
    names = words.short(of.group), words.short(of.reference)
    factors = " · ".join(column for column, _ in of.strata[0])
    caption = say["caption"].format(metric=texts().metrics[of.metric].name)
    key = "".join(
        f'<span class="key"><i class="{kind}"></i>{markup(name)}</span>'
        for kind, name in zip(KINDS, names, strict=True)
    )
    marks = "".join(f'<i class="tick" style="left:{100 * tick / high:.1f}%">{_short(tick)}</i>' for tick in ticks)
    head = (
        f'<div role="row" class="head"><span role="columnheader" class="name">{markup(factors)}</span>'
        f'<span role="cell" class="plot" aria-hidden="true">{marks}</span>'
        f'<span role="columnheader" class="value">{markup(say["value"])}</span></div>'
    )
    ground = "".join(f'<i class="line" style="left:{100 * tick / high:.1f}%"></i>' for tick in ticks)
    body = "".join(_row(row, names=names, high=high, ground=ground) for row in shown)
    return Html(
        f'<p class="quiet caption">{markup(caption, limit=LONG)}</p><p class="like-key">{key}</p>'
        f'<div class="like" role="table" aria-label="{markup(caption, limit=LONG)}">{head}{body}</div>'
        + (f'<p class="quiet">{markup(more)}</p>' if more else "")
    )


KINDS = ("own", "other")


def _parts(of: LikeComparison) -> Iterator[_Row]:
    say = words.like_texts().picture
    for each in of.each():
        counts = (number.count(side.denominator or 0.0) for side in (each.group, each.reference))
        detail = say["people"].format(**dict(zip(KINDS, counts, strict=True)))
        thin = say["nobody"] if each.share is None else _thin(each.group, each.reference)
        yield _Row(
            name=words.short(each.stratum),
            detail="; ".join(filter(None, (detail, thin))),
            group=each.group,
            reference=each.reference,
            kind="thin" if thin else "",
        )


def _thin(*sides: Estimate) -> str:
    """That there is not enough data, where so; it is also drawn hollow and grey."""
    return words.like_texts().picture["thin"] if any(each.status == "not_enough_data" for each in sides) else ""


def _rated(side: Estimate) -> bool:
    return side.value is not None and side.reason != "too_few_rows"


def _people(row: _Row) -> float:
    return (row.group.denominator or 0.0) + (row.reference.denominator or 0.0)


def _axis(rows: list[_Row]) -> tuple[float, list[float]]:
    """From 0 to the tick above everything that is shown; at most five ticks."""
    values = [
        value
        for row in rows
        for side in (row.group, row.reference)
        if _rated(side)
        for value in (side.value, _upper(side))
        if value
    ]
    reach = max(values, default=0.1)
    step = next((each for each in STEPS if reach / each <= 4), STEPS[-1])
    many = max(math.ceil(reach / step - 1e-9), 1)
    return min(step * many, 1.0), [step * k for k in range(many + 1) if step * k <= 1 + 1e-9]


def _upper(side: Estimate) -> float | None:
    """The interval's end, which the axis must reach where there is enough data."""
    return side.high if side.status == "ok" else None


def _short(tick: float) -> str:
    return f"{tick * 100:.0f}%"


def _row(row: _Row, *, names: tuple[str, str], high: float, ground: str) -> str:
    marks, values = "", ""
    for kind, name, side in zip(KINDS, names, (row.group, row.reference), strict=True):
        said = f"<small>{markup(words.like_texts().picture['unrated'])}</small>"
        if _rated(side):
            marks += _mark(side, kind, high)
            interval = number.interval(side.low, side.high, form=number.rate)
            said = f"<b>{number.rate(side.value)}</b> <small>{interval}</small>"
        values += f'<span class="{kind}"><span class="unseen">{markup(name)}</span><i class="{kind}"></i>{said}</span>'
    detail = f"<small>{markup(row.detail)}</small>" if row.detail else ""
    return (
        f'<div role="row" class="row {row.kind}"><span role="rowheader" class="name">{markup(row.name)}{detail}</span>'
        f'<span role="cell" class="plot" aria-hidden="true">{ground}{marks}</span>'
        f'<span role="cell" class="value">{values}</span></div>'
    )


def _mark(side: Estimate, kind: str, high: float) -> str:
    place = 100 * min(side.value or 0.0, high) / high
    left, right = (100 * min(each or 0.0, high) / high for each in (side.low, side.high))
    thin = "" if side.status == "ok" else " thin"
    bar = f'<i class="bar {kind}{thin}" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>'
    return f'{bar}<i class="point {kind}{thin}" style="left:{place:.1f}%"></i>'
