"""The threshold moved by hand: what becomes of a thousand cases, what it costs, and taking it for the product."""

import hashlib
from dataclasses import replace

import msgspec
import streamlit as st

from aipm.governance.evidence import Result
from aipm.governance.metric_sheet import MetricSheet, Settled
from aipm.governance.product import Product
from aipm.governance.threshold import Choice, Least, Rate
from aipm.ui import brief_add, brief_entries_lifecycle, clock, page, results
from aipm.ui.fragments import LONG, facts, notes
from aipm.ui.governance_fields import held
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_metrics_charts import curves
from aipm.ui.lifecycle_metrics_scores import Have, money
from aipm.ui.lifecycle_metrics_texts import MetricsTexts, ThresholdTexts
from aipm.ui.lifecycle_numbers import at, decimals, share, whole
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

WIDE = 0.1
"""A flat bottom is at least this share of the scale."""
EVEN = 0.2
"""Accuracy can mislead where the rarer answer is under this share."""


def draw(have: Have, sheet: MetricSheet, best: Least, now: Choice, texts: MetricsTexts) -> None:
    said = texts.threshold
    page.section(said.title)
    _slider(have, best, now, said)
    _confusion(have, sheet, now, said)
    _figures(now, sheet, said)
    curves(have, sheet, best, now, texts)
    page.draw(notes(_remarks(have, sheet, best, now, said)))
    _use(have, sheet, best, now, said)
    publish(sheet, said)
    if (settled := sheet.settled) is not None:
        brief_add.offer("lifecycle", lambda: brief_entries_lifecycle.threshold(sheet, settled))


def _slider(have: Have, best: Least, now: Choice, said: ThresholdTexts) -> None:
    scores = have.scores

    def move(to: float | None) -> None:
        put(replace(form(MetricSheet), threshold=None if to is None else scores.edge(scores.place(to))))

    token = hashlib.sha256(have.key.encode()).hexdigest()[:8]
    st.slider(
        said.slider,
        min_value=scores.low,
        max_value=scores.high,
        step=scores.step,
        format=f"%.{decimals(scores.step)}f",
        **held(f"metrics.slider.{token}", now.threshold, move),
    )
    with st.container(horizontal=True):
        st.button(
            markdown(said.to_least.format(threshold=at(best.threshold, scores.step))),
            icon=":material/vertical_align_bottom:",
            key=key("governance", "metrics.to_least"),
            on_click=move,
            args=(None,),
            disabled=now.threshold == best.threshold,
        )
        if scores.low < 0.5 < scores.high <= 1:
            st.button(said.to_half, key=key("governance", "metrics.to_half"), on_click=move, args=(0.5,))


def _confusion(have: Have, sheet: MetricSheet, now: Choice, said: ThresholdTexts) -> None:
    """Four cells: of 1,000 cases in use, how many, and what they cost."""
    right_yes, false_yes, false_no, right_no = sheet.costs.ends("likely")
    cells = {
        "right_yes": (now.per_1000[0], now.counts[0], right_yes),
        "false_yes": (now.per_1000[1], now.counts[1], false_yes),
        "false_no": (now.per_1000[2], now.counts[2], false_no),
        "right_no": (now.per_1000[3], now.counts[3], right_no),
    }

    def cell(name: str) -> str:
        many, count, each = cells[name]
        total = many * each
        cost = ""
        if total:
            text = said.cell_cost if total > 0 else said.cell_gain
            cost = f"<i>{markup(text.format(cost=money(abs(total), sheet)))}</i>"
        kind = "right" if name.startswith("right") else "false"
        return (
            f'<td class="{kind}"><span>{markup(said.cells[name])}</span><b>{markup(whole(many))}</b>'
            f"<small>{markup(said.counted.format(count=whole(count)))}</small>{cost}</td>"
        )

    head = f'<tr><td></td><th scope="col">{markup(said.said_yes)}</th><th scope="col">{markup(said.said_no)}</th></tr>'
    rows = (
        f'<tr><th scope="row">{markup(said.is_yes)}</th>{cell("right_yes")}{cell("false_no")}</tr>'
        f'<tr><th scope="row">{markup(said.is_no)}</th>{cell("false_yes")}{cell("right_no")}</tr>'
    )
    caption = said.confusion.format(cases=whole(have.scores.cases), share=share(now.share_of_yes))
    page.draw(
        Html(
            f'<table class="confusion"><caption>{markup(caption, limit=LONG)}</caption>'
            f"<thead>{head}</thead><tbody>{rows}</tbody></table>"
        )
    )


def _rate(rate: Rate, said: ThresholdTexts) -> str:
    if rate.value is None or rate.low is None or rate.high is None:
        return share(None)
    return said.interval.format(value=share(rate.value), low=share(rate.low), high=share(rate.high))


def _figures(now: Choice, sheet: MetricSheet, said: ThresholdTexts) -> None:
    page.draw(
        facts(
            [
                (said.facts["precision"], _rate(now.precision, said)),
                (said.facts["recall"], _rate(now.recall, said)),
                (said.facts["false_alarm"], _rate(now.false_alarm, said)),
                (said.facts["f1"], share(now.f1)),
                (said.facts["accuracy"], share(now.accuracy)),
                (said.facts["cost"], money(now.cost, sheet)),
            ]
        )
    )


def _remarks(have: Have, sheet: MetricSheet, best: Least, now: Choice, said: ThresholdTexts) -> list[str]:
    step, scale = have.scores.step, have.scores.high - have.scores.low

    def ends(pair: tuple[float, float]) -> dict[str, str]:
        return {"low": at(pair[0], step), "high": at(pair[1], step)}

    def costs(pair: tuple[float, float]) -> dict[str, str]:
        return {"low": money(pair[0], sheet), "high": money(pair[1], sheet)}

    told = [_accuracy(now, said), said.sampling.format(**costs(now.cost_sampling))]
    if now.cost_ranges[0] != now.cost_ranges[1]:
        told.append(said.ranges.format(**costs(now.cost_ranges)))
    over = now.cost - best.cost
    if over > 1e-9:
        month = said.month.format(sum=money(over * sheet.volume / 1_000, sheet)) if sheet.volume else ""
        told.append(said.costs_more.format(cost=money(over, sheet), month=month))
    flat = best.flat[1] - best.flat[0] >= WIDE * scale
    told.append((said.flat if flat else said.steep).format(**ends(best.flat)))
    told.append(said.chance.format(**ends(best.by_chance)))
    if best.by_ranges[0] != best.by_ranges[1]:
        told.append(said.by_ranges.format(**ends(best.by_ranges)))
    told.append(said.nobody.format(everybody=money(best.everybody, sheet), none=money(best.none_at_all, sheet)))
    told.append(said.tempting)
    return told


def _accuracy(now: Choice, said: ThresholdTexts) -> str:
    rare = min(now.share_of_yes, 1 - now.share_of_yes)
    if rare >= EVEN:
        return said.accuracy_even.format(share=share(now.share_of_yes), accuracy=share(now.accuracy))
    compared = said.accuracy_less if now.accuracy < now.always_the_same else said.accuracy_more
    return said.accuracy_note.format(
        answer="yes" if now.share_of_yes > 0.5 else "no",
        same=share(now.always_the_same),
        compared=compared.format(accuracy=share(now.accuracy)),
    )


def _use(have: Have, sheet: MetricSheet, best: Least, now: Choice, said: ThresholdTexts) -> None:
    product, step = form(Product), have.scores.step
    settled = sheet.settled

    def use() -> None:
        chosen = Settled(
            threshold=now.threshold,
            day=clock.today(),
            cases=have.scores.cases,
            share_of_yes=now.share_of_yes,
            counts=now.counts,
            cost=now.cost,
            least=best.cost,
            data=have.digest,
            data_name=have.name,
        )
        put(
            replace(form(MetricSheet), threshold=now.threshold, settled=chosen),
            replace(form(Product), threshold=now.threshold),
        )

    same = settled is not None and settled.threshold == now.threshold and settled.data == have.digest
    st.button(
        markdown(said.use.format(threshold=at(now.threshold, step))),
        key=key("governance", "metrics.use"),
        icon=":material/check:",
        type="primary",
        help=said.use_help,
        on_click=use,
        disabled=same and product.threshold == now.threshold,
    )
    if settled is not None and product.threshold == settled.threshold:
        told = said.used if settled.threshold == now.threshold else said.differs
        page.draw(
            page.quiet(told.format(threshold=at(settled.threshold, step), day=f"{settled.day.day} {settled.day:%B %Y}"))
        )
    elif product.threshold is not None:
        page.draw(page.quiet(said.named.format(threshold=f"{product.threshold:g}")))
    if have.digest is None:
        page.draw(page.quiet(said.use_sample))


def publish(sheet: MetricSheet, said: ThresholdTexts) -> None:
    """Keep the threshold that was chosen as this tool's latest result; what it cost is asked again with today's costs,
    so that evidence of an earlier sheet goes stale.
    """
    was = sheet.settled
    if was is None:
        return
    asked = msgspec.json.encode((sheet.costs, sheet.share_of_yes, sheet.unit))
    right_yes, false_yes, false_no, _ = was.counts
    on = said.on_sample if was.data is None else said.on_own.format(cases=whole(was.cases))
    results.keep(
        Result(
            tool="lifecycle",
            said=said.said.format(
                threshold=f"{was.threshold:g}",
                precision=share(right_yes / (right_yes + false_yes) if right_yes + false_yes else None),
                recall=share(right_yes / (right_yes + false_no) if right_yes + false_no else None),
                cost=money(was.cost, sheet),
                on=on,
            ),
            at=clock.now(),
            settings=hashlib.sha256(asked).hexdigest(),
            data=was.data,
            data_name=was.data_name,
            model=form(Product).model,
            threshold=was.threshold,
        )
    )
