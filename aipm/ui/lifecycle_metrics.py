"""The part "Metrics" of the Lifecycle page: the sheet from its answer to what is still open."""

from dataclasses import replace
from datetime import date

import streamlit as st

from aipm.governance.metric_sheet import CostMatrix, MetricSheet, gaps
from aipm.governance.product import Product
from aipm.governance.threshold import Choice, Least
from aipm.ui import clock, lifecycle_metrics_scores, page
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.governance_fields import held
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_method import method
from aipm.ui.lifecycle_metrics_scores import Have, money, worked_out
from aipm.ui.lifecycle_metrics_texts import MetricsTexts, metrics_texts
from aipm.ui.lifecycle_numbers import at, share, whole
from aipm.ui.safe import Html, markup


def draw() -> None:
    """Draw the part below the choice of views."""
    from aipm.ui import lifecycle_metrics_goals

    texts, sheet = metrics_texts(), form(MetricSheet)
    page.section(texts.title, sentence=texts.sentence)
    if sheet.answer == "yes_no":
        have = lifecycle_metrics_scores.have(sheet)
        if have is not None:
            best, now = worked_out(have, sheet)
            if _only_settled(have, sheet):
                page.draw(_chosen_before(sheet, texts))
            page.draw(_answer(have, sheet, best, now, texts))
    else:
        from aipm.ui import lifecycle_metrics_number

        have = None
        lifecycle_metrics_number.answer(sheet, texts)
    lifecycle_metrics_goals.draw(sheet, texts)
    st.segmented_control(
        texts.kind.label,
        tuple(texts.kind.options),
        format_func=lambda each: texts.kind.options[each],
        required=True,
        wrap=True,
        **held("metrics.answer", sheet.answer, lambda said: put(replace(form(MetricSheet), answer=said))),
    )
    if sheet.answer == "number":
        lifecycle_metrics_number.draw(sheet, texts)
    else:
        from aipm.ui import lifecycle_metrics_costs, lifecycle_metrics_threshold

        lifecycle_metrics_costs.draw(sheet, texts)
        lifecycle_metrics_scores.draw(sheet, texts)
        if have is not None:
            lifecycle_metrics_threshold.draw(have, sheet, best, now, texts)
        _settled(sheet, texts)
    _open(sheet, have, texts)
    _words(texts)


def _only_settled(have: Have, sheet: MetricSheet) -> bool:
    """Whether a threshold was chosen on a file that is no longer at hand."""
    return sheet.settled is not None and sheet.settled.data is not None and have.digest is None


def _chosen_before(sheet: MetricSheet, texts: MetricsTexts) -> Html:
    assert sheet.settled is not None
    told = texts.answer["before"].format(threshold=f"{sheet.settled.threshold:g}", day=_day(sheet.settled.day))
    return Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p></div>')


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _answer(have: Have, sheet: MetricSheet, best: Least, now: Choice, texts: MetricsTexts) -> Html:
    says = texts.answer
    step = have.scores.step
    told = says["gain" if now.cost < 0 else "cost"].format(
        threshold=at(now.threshold, step), cost=money(abs(now.cost), sheet)
    )
    if sheet.volume:
        total = money(abs(now.cost) * sheet.volume / 1_000, sheet)
        told += " " + says["per_month"].format(sum=total, volume=whole(sheet.volume))
    over = now.cost - best.cost
    if over > 1e-9:
        more = says["more"].format(threshold=at(best.threshold, step), less=money(over, sheet))
    else:
        more = says["least"]
    example = sheet.costs == CostMatrix()
    if have.digest is None:
        more += " " + says["example" if example else "sample"]
    else:
        more += " " + (says["costs_only"] if example else says["own"].format(cases=whole(have.scores.cases)))
    return Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p><p>{markup(more, limit=LONG)}</p></div>')


def _settled(sheet: MetricSheet, texts: MetricsTexts) -> None:
    """What was chosen for the product, also where the scores are no longer at hand."""
    was, said = sheet.settled, texts.settled
    if was is None:
        return
    right_yes, false_yes, false_no, right_no = map(whole, was.counts)
    told = said.text.format(
        threshold=f"{was.threshold:g}",
        day=_day(was.day),
        cases=whole(was.cases),
        share=share(was.share_of_yes),
        data=said.file.format(name=was.data_name) if was.data is not None else said.sample,
        right_yes=right_yes,
        false_yes=false_yes,
        false_no=false_no,
        right_no=right_no,
        cost=money(was.cost, sheet),
        least=money(was.least, sheet),
    )
    page.draw(Html(f"<h3>{markup(said.title)}</h3><p>{markup(told, limit=LONG)}</p>"))


def _open(sheet: MetricSheet, have: Have | None, texts: MetricsTexts) -> None:
    said = texts.open
    found = gaps(
        sheet,
        today=clock.today(),
        product_threshold=form(Product).threshold,
        sample_share=have.scores.share_of_yes if have and have.digest else None,
    )
    page.section(said.title)
    page.draw(notes(said.gaps[gap] for gap in found) if found else page.quiet(said.none))


def _words(texts: MetricsTexts) -> None:
    words = texts.words
    with st.expander(words.title, icon=":material/dictionary:"):
        lines = join(
            Html(f"<li><b>{markup(each.name)}</b>: {markup(each.text, limit=LONG)}</li>") for each in words.items
        )
        page.draw(Html(f'<ul class="notes">{lines}</ul>'))
        page.link("neural_networks", words.loss_link)
    method(texts.method)
