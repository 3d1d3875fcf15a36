"""What more money buys: price against a criterion, and who is beaten in both by another."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.selection.needs import cell, need_texts
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, table
from aipm.ui.scorer_cost_charts import Point, scatter
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import measured
from aipm.ui.state import kept, key


def pareto(left: Sequence[Mapping[str, Any]], text: ScorerPage) -> None:
    said, words = text.pareto, need_texts().criteria
    page.section(said["title"])
    known = {name: sum(cell(name, each) is not None for each in left) for name in words if name != "cost"}
    offered = [name for name, count in known.items() if count > 1]
    priced = [each for each in left if cell("cost", each)]
    if not offered or len(priced) < 2:
        page.draw(page.quiet(said["none"]))
        return
    widget = kept(PAGE, "pareto")
    if st.session_state.get(widget["key"]) not in offered:
        st.session_state[widget["key"]] = "context" if "context" in offered else offered[0]
    named = {name: each.name for name, each in words.items()}
    texts = named
    chosen = st.selectbox(said["against"], tuple(offered), format_func=lambda each: texts[each], **widget)
    criterion = chosen or offered[0]
    if missing := [named[name] for name, count in known.items() if count < 2]:
        page.draw(page.quiet(said["missing"].format(names=", ".join(missing))))
    points = [
        (
            str(each["name"]),
            price,
            value,
            f"{each['name']}: {measured('cost', each)}, {measured(criterion, each)}",
        )
        for each in priced
        if (price := cell("cost", each)) is not None and (value := cell(criterion, each)) is not None
    ]
    if len(points) < 2:
        page.draw(page.quiet(said["none"]))
        return
    more = words[criterion].direction == "max"
    best, beaten = divided(points, more=more)
    front = sorted(best, key=lambda each: each[1])
    listed = ", ".join(each[0] for each in front)
    page.draw(page.quiet(said["sentence"].format(count=len(best), all=len(points), names=listed)))
    log = words[criterion].scale == "log" and all(each[2] > 0 for each in points)
    unit = "" if words[criterion].levels else f" ({words[criterion].unit})"
    levels = {level: word for word, level in (words[criterion].levels or {}).items()}
    figure = scatter(best, beaten, y=f"{named[criterion]}{unit}", log=log, levels=levels, text=said)
    alt = said["alt"].format(criterion=named[criterion], names=listed)
    st.plotly_chart(figure, key=key(PAGE, "pareto.chart"), config=CONFIG, alt=alt)
    by_name = {str(each["name"]): each for each in priced}
    heads = [
        Column(name=said["model"]),
        Column(name=f"{named['cost']} ({words['cost'].unit})", number=True),
        Column(name=f"{named[criterion]}{unit}", number=True),
    ]

    def row(name: str, each: Point) -> tuple[str, ...]:
        values = (measured(one, by_name[each[0]]).removesuffix(f" {words[one].unit}") for one in ("cost", criterion))
        return (name, *values)

    rows = [row(f"{place}. {each[0]}", each) for place, each in enumerate(front, start=1)]
    page.draw(table(heads, rows, caption=said["front"]))
    if beaten:
        with st.expander(said["rest"].format(count=number.count(len(beaten)))):
            others = [
                (*row(each[0], each), _winner(each, front, more=more))
                for each in sorted(beaten, key=lambda each: each[1])
            ]
            page.draw(table([*heads, Column(name=said["by"])], others, caption=said["rest_table"]))


def divided(points: Sequence[Point], *, more: bool) -> tuple[list[Point], list[Point]]:
    """Those nobody beats, and the beaten: for these another is no dearer and no worse, and better in one of the two."""
    beaten = [each for each in points if any(_beats(one, each, more=more) for one in points)]
    return [each for each in points if each not in beaten], beaten


def _beats(one: Point, other: Point, *, more: bool) -> bool:
    sign = 1 if more else -1
    no_worse = one[1] <= other[1] and sign * one[2] >= sign * other[2]
    return no_worse and (one[1] < other[1] or sign * one[2] > sign * other[2])


def _winner(each: Point, front: Sequence[Point], *, more: bool) -> str:
    """The cheapest of those nobody beats that beats this one: there always is one."""
    return next(one[0] for one in front if _beats(one, each, more=more))
