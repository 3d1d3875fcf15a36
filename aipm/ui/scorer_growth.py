"""The monthly bill over the months ahead: a picture with a line a model, and the same numbers as a table."""

from collections.abc import Mapping

import streamlit as st

from aipm.content import number
from aipm.selection.cost import Cost, Workload
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, table
from aipm.ui.scorer_cost_charts import growth
from aipm.ui.scorer_cost_texts import CostPage
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_words import money
from aipm.ui.state import key


def month_by_month(bills: Mapping[str, Cost], asked: Workload, text: CostPage) -> None:
    """Nothing where the plan has a single month, or nobody has a price."""
    priced = {name: each for name, each in bills.items() if each.months}
    if not priced or asked.months < 2:
        return
    said = text.growth
    first = next(iter(priced))
    months = priced[first].months
    told = said.flat
    if asked.growth_per_month:
        told = said.sentence.format(
            growth=f"{asked.growth_per_month:.0%}".replace("-", number.MINUS),
            name=first,
            first=money(months[0].usd.likely),
            last=money(months[-1].usd.likely),
            months=asked.months,
        )
    page.section(said.title, sentence=told)
    likely = {name: [float(month.usd.likely) for month in each.months] for name, each in priced.items()}
    lines = "; ".join(f"{name} {money(each[0])} → {money(each[-1])}" for name, each in likely.items())
    figure = growth([month.start for month in months], likely, axis=said.axis)
    alt = said.alt.format(months=asked.months, lines=lines)
    st.plotly_chart(figure, key=key(PAGE, "growth"), config=CONFIG, alt=alt)
    with st.expander(said.numbers):
        heads = (Column(name=said.month), *(Column(name=name, number=True) for name in priced))
        rows = [
            (month.start.isoformat(), *(money(each.months[place].usd.likely) for each in priced.values()))
            for place, month in enumerate(months)
        ]
        page.draw(table(heads, rows, caption=said.table))
