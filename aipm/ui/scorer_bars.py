"""Where the points come from: a bar a model, and the pieces of one of them with value, weight, source and date."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.selection.needs import need_texts
from aipm.selection.ranked import Ranked, RankResult
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import scrolling
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_charts import stacked
from aipm.ui.scorer_facts import rests_on
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import measured, points
from aipm.ui.state import key

SHOWN = 10
NUMBER = ' class="number"'
HEADS = {"criterion": "", "points": NUMBER, "weight": NUMBER, "value": NUMBER, "source": ""}
CHART, MODEL = key(PAGE, "bars"), key(PAGE, "bars.model")


def bars(result: RankResult, by_name: Mapping[str, Mapping[str, Any]], text: ScorerPage) -> None:
    """The picture; pressing a piece, or choosing a model in the box, shows the pieces of that model below it."""
    said = text.bars
    shown = {each.name: each for each in result.ranking[:SHOWN]}
    page.section(said["title"], sentence=said["caption"].format(count=len(shown), all=len(result.ranking)))
    names, criteria = tuple(shown), tuple(result.weights)

    def pressed() -> None:
        found = st.session_state[CHART]["selection"]["points"]
        if found:
            place = found[0]
            hold("piece", criteria[place["curve_number"]])
            st.session_state[MODEL] = names[place["point_index"]]

    figure, alt = stacked(result, by_name, text, most=SHOWN)
    st.plotly_chart(
        figure,
        key=CHART,
        on_select=pressed,
        selection_mode="points",
        config=CONFIG,
        alt=alt,
    )
    if st.session_state.get(MODEL) not in shown:
        st.session_state[MODEL] = names[0]
    model = st.selectbox(
        said["model"],
        names,
        format_func=distinct(names),
        key=MODEL,
        persist_state="session",
        on_change=lambda: hold("piece", None),
    )
    page.draw(pieces(shown[model or names[0]], result, by_name, text, chosen=held("piece", None)))


def pieces(
    model: Ranked,
    result: RankResult,
    by_name: Mapping[str, Mapping[str, Any]],
    text: ScorerPage,
    *,
    chosen: str | None,
) -> Html:
    """What each criterion gives one model; the `chosen` one is marked."""
    said, words, facts = text.bars, need_texts().criteria, by_name[model.name]["facts"]
    rows = []
    for criterion, weight in result.weights.items():
        mark = ' class="is-chosen" aria-current="true"' if criterion == chosen else ""
        part = (model.contributions or {}).get(criterion, 0.0)
        rows.append(
            f'<tr{mark}><th scope="row">{markup(words[criterion].name)}</th>'
            f'<td class="number">{points(part)}</td><td class="number">{number.rate(weight)}</td>'
            f'<td class="number">{markup(measured(criterion, by_name[model.name]))}</td>'
            f"<td>{rests_on(facts.get(words[criterion].fact, {}), text)}</td></tr>"
        )
    head = "".join(f'<th scope="col"{right}>{markup(said[name])}</th>' for name, right in HEADS.items())
    caption = said["pieces"].format(name=visible(model.name), points=points(model.score or 0.0))
    return scrolling(
        Html(f'<table class="pieces"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'),
        label=caption,
    )
