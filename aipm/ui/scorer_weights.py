"""How much each thing counts: folded away, the order first, then the other ways to say it, and what they come to."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from aipm.content import number
from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import MEASURES, WAYS, Measure, Way
from aipm.ui import page, scorer_weights_pairs, scorer_weights_people, scorer_weights_points
from aipm.ui.fragments import LONG, notes
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import Weighting, controlled, keep, weighing
from aipm.ui.scorer_work import Screened, weighting
from aipm.ui.state import key

NOT_YET = frozenset({"not_connected", "nobody"})
"""Refusals that only say that nobody has finished answering."""


def how_much(found: Screened, needs: Needs, text: ScorerPage) -> None:
    """Draw it where there is more than one thing to weigh."""
    if len(of_order(needs)) < 2:
        return
    said = text.weights
    with st.expander(said.title):
        page.draw(page.quiet(said.sentence))
        way = weighing().way
        st.segmented_control(
            said.label,
            WAYS,
            format_func=lambda each: said.ways[each].name,
            required=True,
            label_visibility="collapsed",
            **controlled("way", way, lambda chosen: _choose(chosen, needs)),
        )
        page.draw(page.quiet(said.ways[way].help))
        current = weighting(found, needs)
        match way:
            case "order":
                _order(needs, text)
            case "sliders":
                scorer_weights_points.sliders(needs, text)
            case "swing":
                scorer_weights_points.swings(needs, text)
            case "pairs":
                scorer_weights_pairs.pairs(needs, current, text)
            case "data":
                _data(text)
            case "group":
                scorer_weights_people.people(found, needs, current, text)
        _came_to(current, text)


def _choose(way: Way, needs: Needs) -> None:
    """Callback: another way. Points begin where the weights stand now."""
    asked, used = weighing(), held("weights.used", {})
    if used and way == "sliders" and not asked.sliders:
        asked = replace(asked, sliders=_as_points(used, 1.0))
    if used and way == "swing" and not asked.swing and set(used) == set(of_order(needs)):
        asked = replace(asked, swing=_as_points(used, max(used.values())), first=max(used, key=lambda name: used[name]))
    keep(replace(asked, way=way))


def _as_points(weights: Mapping[str, float], largest: float) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(round(100 * weight / largest))) for name, weight in weights.items())


def _came_to(current: Weighting, text: ScorerPage) -> None:
    said = text.weights
    hold("weights.used", dict(current.weights))
    if current.refused is None:
        page.draw(notes(current.weighted.remarks) if current.weighted.remarks else Html(""))
    elif current.refused.code in NOT_YET:
        page.draw(page.quiet(said.refused), notes(filter(None, (current.refused.message, current.refused.advice))))
    else:
        page.refused(said.refused, current.refused)
    page.draw(shares(current.weights, title=said.used))


def shares(weights: Mapping[str, float], *, title: str) -> Html:
    """What each criterion counts, as a bar and in per cent; the heaviest first."""
    words = need_texts().criteria
    rows = "".join(
        f"<li><span>{markup(words[name].name)}</span>"
        f'<span class="bar" aria-hidden="true"><b style="width:{weight * 100:.1f}%"></b></span>'
        f'<span class="number">{number.rate(weight)}</span></li>'
        for name, weight in sorted(weights.items(), key=lambda each: -each[1])
    )
    return Html(f'<p class="quiet caption">{markup(title, limit=LONG)}</p><ul class="weights">{rows}</ul>')


def _order(needs: Needs, text: ScorerPage) -> None:
    said, given = need_texts(), of_order(needs)
    for place, name in enumerate(needs.order, start=1):
        parts = said.questions[name].criteria
        named = ", ".join(said.criteria[part].name for part in parts)
        weight = number.rate(sum(given[part] for part in parts))
        line = text.needs["weight"].format(place=place, name=named, weight=weight)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(markdown(line))
            if place > 1:
                up = text.needs["up"].format(name=markdown(named))
                st.button(up, key=key(PAGE, f"up.{name}"), on_click=_up, args=(name,), icon=":material/arrow_upward:")


def _up(name: str) -> None:
    """Callback: one place up in the order."""
    order = list(held("order", []))
    if name not in order:
        return
    place = order.index(name)
    order.insert(max(place - 1, 0), order.pop(place))
    hold("order", order)


def _data(text: ScorerPage) -> None:
    said, measure = text.weights, weighing().measure
    st.segmented_control(
        said.measure,
        MEASURES,
        format_func=lambda each: said.measures[each].name,
        required=True,
        **controlled("measure", measure, _measure),
    )
    page.draw(page.quiet(said.measures[measure].help), page.quiet(said.caution))


def _measure(chosen: Measure) -> None:
    """Callback: another method of weighing by the values."""
    keep(replace(weighing(), measure=chosen))
