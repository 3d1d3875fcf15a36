"""Rare answers: weights first, made-up rows second and in training only, and what either does to the training part."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.enough import rows_of
from aipm.prep.guard_texts import guard_texts
from aipm.prep.recipe import Step
from aipm.ui import page, prep_form, prep_stage, prep_state, prep_work
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_charts import MOST, side_by_side
from aipm.ui.prep_panel_texts import BalanceTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Tried, Work
from aipm.ui.safe import Html
from aipm.ui.state import kept, key

if TYPE_CHECKING:
    import pandas as pd

WAYS = ("class_weights", "oversample", "augment_numbers", "augment_text")
FOR_TRAINING = WAYS[1:]
RARE = 3.0
"""Rows of the most frequent answer for each of the rarest, from which on it matters: as for the finding."""
MANY = 20


def section(work: Work, text: BalanceTexts) -> None:
    page.section(text.title, sentence=guard_texts().balance["explain"])
    target, data = work.recipe.target, prep_stage.before_split(work)
    if target is None or target not in data.columns:
        page.draw(page.quiet(text.no_target))
        return
    prep_stage.cards(work, "class_imbalance")
    if data[target].nunique() > MANY:
        page.draw(page.quiet(text.numbers))
        return
    question = (prep_stage.before_question(work), target)
    found = once(PAGE, "balance", question, lambda: rows_of(data[target]))
    if found.ratio is None:
        return
    most, least = found.counts[0], found.counts[-1]
    told = (text.rare if found.ratio >= RARE else text.fine).format(
        column=visible(target),
        most=visible(most.value or ""),
        least=visible(least.value or ""),
        ratio=prep_stage.times(found.ratio),
        share=number.rate(most.share),
    )
    page.draw(prep_stage.answer(told))
    _ways(work, target, text)


def _ways(work: Work, target: str, text: BalanceTexts) -> None:
    """One way at a time: what it is, its settings, what it would do, the step."""
    said = guard_texts().balance
    way = st.selectbox(
        text.way.label,
        WAYS,
        format_func=lambda each: text.first.format(way=text.ways[each]) if each == WAYS[0] else text.ways[each],
        help=text.way.help,
        **kept(PAGE, "balance.way"),
    )
    op = str(way)
    key_of = {"class_weights": "weights"}.get(op, op)
    page.draw(page.quiet(said[key_of] + (f" {said['never_in_test']}" if op in FOR_TRAINING else "")))
    if op in FOR_TRAINING and prep_stage.split_of(work) is None:
        page.draw(page.quiet(f"{text.needs_split} {text.to_split}"))
        return
    there = next((step for step in work.recipe.steps if step.op == op and step.enabled), None)
    if there is not None:
        place = number.count(prep_stage.number_of(work, there.id))
        page.draw(page.quiet(text.there.format(number=place)))
        _effect(prep_work.tried(there, work, instead_of=there.id), target, text)
        return
    _form(work, op, target, text)


def _form(work: Work, op: str, target: str, text: BalanceTexts) -> None:
    """The settings, what it would do, and the button; weights have next to no settings, and are worked out at once."""
    labelled = op in ("class_weights", "oversample")
    step = Step(id=op.replace("_", "-"), op=op, columns=(target,) if labelled else (), reason=text.reason[op])
    ready = True
    if op != "class_weights":
        draft = prep_form.form(op, work.columns, name="balance", start=step)
        step, ready = draft.step, draft.problem is None
    wanted = key(PAGE, "balance.wanted")
    asked = repr((step, prep_stage.question(work)))
    answers = [each.finding for each in prep_stage.found(work, "class_imbalance")]
    with st.container(horizontal=True):
        if op != "class_weights" and st.button(text.try_, key=key(PAGE, "balance.try"), disabled=not ready):
            st.session_state[wanted] = asked
        st.button(
            text.add,
            key=key(PAGE, "balance.add"),
            type="primary",
            disabled=not ready,
            icon=":material/add:",
            on_click=prep_state.add,
            args=(step,),
            kwargs={"answers": answers[:1]},
        )
    # Made-up rows take their time where there are many, so they are tried when that is asked for.
    if ready and (op == "class_weights" or st.session_state.get(wanted) == asked):
        _effect(prep_work.tried(step, work), target, text)


def _effect(tried: Tried, target: str, text: BalanceTexts) -> None:
    """Rows of each answer in the part that is learned from, before and after, and what a row counts for."""
    if tried.report.status != "ok":
        page.draw(page.quiet(tried.report.message))
        return
    before, after = (next(iter(each.parts.values())) for each in (tried.before, tried.after))
    if target not in before.columns or target not in after.columns:
        return
    weight = str(tried.step.params.get("name", "weight")) if tried.step.op == "class_weights" else None
    found = classes(before, after, target, weight)
    names = [name for name, *_ in found]
    series: dict[str, list[float]] = {text.before: [each[1] for each in found], text.after: [each[2] for each in found]}
    if weight is not None:
        total = sum(each[1] for each in found)
        series = {text.before: [each[1] / total for each in found], text.weighted: [each[5] for each in found]}
    spoken = "; ".join(
        f"{visible(name)} {number.count(was)}, {number.count(is_)}" for name, was, is_, *_ in found[:MOST]
    )
    st.plotly_chart(
        side_by_side(names, series, share=weight is not None),
        key=key(PAGE, "balance.chart"),
        config=CONFIG,
        alt=text.alt.format(rows=spoken),
    )
    page.draw(_table(found, text))


def classes(
    before: "pd.DataFrame", after: "pd.DataFrame", target: str, weight: str | None
) -> list[tuple[str, int, int, int, float | None, float]]:
    """Each answer: rows before and after, of these made up, the weight of a row, and its share after, weighed."""
    was, is_ = before[target].value_counts(), after[target].value_counts()
    made = after.loc[after.index < 0, target].value_counts()
    weights: Any = after.groupby(target, observed=True)[weight].first() if weight is not None else None
    total = float(sum(rows * (weights[name] if weights is not None else 1.0) for name, rows in is_.items()))
    return [
        (
            str(name),
            int(was.get(name, 0)),
            int(rows),
            int(made.get(name, 0)),
            None if weights is None else float(weights[name]),
            float(rows * (weights[name] if weights is not None else 1.0)) / total,
        )
        for name, rows in is_.items()
    ]


def _table(found: list[tuple[str, int, int, int, float | None, float]], text: BalanceTexts) -> Html:
    heads = [Column(name=name, number=place > 0) for place, name in enumerate(text.columns_after)]
    lines = [
        (name, number.count(was), number.count(is_), number.count(made), number.ratio(weight), number.rate(share))
        for name, was, is_, made, weight, share in found
    ]
    return table(heads, lines, caption=text.caption)
