"""What more money buys: price against a criterion, and who is beaten in both by another."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from aipm.selection.needs import cell, need_texts
from aipm.ui import page
from aipm.ui.scorer_charts import scatter
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import measured
from aipm.ui.state import kept, key

Point = tuple[str, float, float, str]


def pareto(left: Sequence[Mapping[str, Any]], text: ScorerPage) -> None:
    said, words = text.pareto, need_texts().criteria
    page.section(said["title"])
    offered = [name for name in words if name != "cost" and sum(cell(name, each) is not None for each in left) > 1]
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
    best, beaten = divided(points, more=words[criterion].direction == "max")
    listed = ", ".join(each[0] for each in best)
    page.draw(page.quiet(said["sentence"].format(count=len(best), all=len(points), names=listed)))
    log = words[criterion].scale == "log" and all(each[2] > 0 for each in points)
    figure = scatter(best, beaten, y=f"{named[criterion]} ({words[criterion].unit})", log=log, text=text)
    alt = said["alt"].format(criterion=named[criterion], names=listed)
    st.plotly_chart(figure, key=key(PAGE, "pareto.chart"), config={"displayModeBar": False}, alt=alt)


def divided(points: Sequence[Point], *, more: bool) -> tuple[list[Point], list[Point]]:
    """Those nobody beats, and the beaten: for these another is no dearer and no worse, and better in one of the two."""
    sign = 1 if more else -1

    def beats(one: Point, other: Point) -> bool:
        no_worse = one[1] <= other[1] and sign * one[2] >= sign * other[2]
        return no_worse and (one[1] < other[1] or sign * one[2] > sign * other[2])

    beaten = [each for each in points if any(beats(one, each) for one in points)]
    return [each for each in points if each not in beaten], beaten
