"""What equal rates would cost: the person's own cost of each error, one threshold beside one for each group."""

import streamlit as st

from aipm.content import number
from aipm.fairness.section import Table
from aipm.fairness.texts import texts as fairness_texts
from aipm.fairness.thresholds import Sweep, at
from aipm.fairness.thresholds_equal import Costs, Equal, Prices, prices
from aipm.ui import page
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.audit_scores_said import group_rows, price_lines, price_rows, sources
from aipm.ui.audit_scores_texts import ScoresTexts
from aipm.ui.audit_table import drawn
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

LARGEST_COST = 1e9


def costs() -> Costs:
    """What the person said an error costs."""
    chosen = Costs()
    names = ("false_positive", "false_negative")
    given = [st.session_state.get(key(PAGE, f"scores.cost.{name}"), getattr(chosen, name)) for name in names]
    return Costs(false_positive=float(given[0]), false_negative=float(given[1]))


def priced(asked: Asked, found: Sweep, place: int, spent: Costs) -> tuple[Prices, ...]:
    return once(
        PAGE, "deeper.scores.prices", (asked.question, place, spent), lambda: prices(found, place, spent), keep=4
    )


def draw(asked: Asked, found: Sweep, place: int, column: int, texts: ScoresTexts) -> None:
    """The law first, then what an error costs, then the price of each."""
    said = texts.price
    law = markup(said.law.format(as_of=fairness_texts().as_of), limit=LONG)
    page.draw(Html(f'<p class="law-first">{law}</p>'))
    if found.labelled:
        page.draw(page.quiet(said.sentence))
        for place_, (name, label) in zip(
            st.columns(2),
            (("false_positive", said.false_positive), ("false_negative", said.false_negative)),
            strict=True,
        ):
            widget = kept(PAGE, f"scores.cost.{name}")
            st.session_state.setdefault(widget["key"], 1.0)
            with place_:
                st.number_input(label, min_value=0.0, max_value=LARGEST_COST, step=1.0, help=said.cost_help, **widget)
    each = priced(asked, found, place, costs())[column]
    _totals(each, found, texts)
    names = tuple(each.equal)
    chosen: Equal = names[0]
    if len(names) > 1:
        chosen = st.segmented_control(
            said.pick,
            names,
            default=names[0],
            format_func=lambda name: said.names[name],
            required=True,
            **kept(PAGE, "scores.equal"),
        )
    policy = each.equal[chosen]
    head = said.group_head if found.labelled else said.group_head_short
    caption = said.group_caption.format(name=said.names[chosen], gap=number.points(policy.gap(chosen)).lstrip("+"))
    page.draw(
        drawn(Table(caption=caption, head=head, rows=tuple(group_rows(policy, texts)))),
        notes(said.notes if found.labelled else said.notes[:2]),
        sources(("hardt",), texts),
    )


def _totals(each: Prices, found: Sweep, texts: ScoresTexts) -> None:
    said = texts.price
    if not found.labelled:
        value = at(found, each.chosen.places[0])["selection_rate"][0].value
        page.draw(page.quiet(said.no_label.format(value=number.rate(value))))
        return
    people = number.count(round(float(found.weight[:2, 0, 0].sum()), 1))
    lines = join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in price_lines(each, texts))
    caption = said.caption.format(people=people)
    page.draw(lines, drawn(Table(caption=caption, head=said.head, rows=tuple(price_rows(each, texts)))))
