"""The toy of supervised learning: forty customers whose labels can be changed, the boundary learned, its mistakes."""

from functools import partial
from typing import Any, get_args
from zlib import crc32

import streamlit as st

from aipm.content import number
from aipm.content.palette import CHARTS, QUIET, VERDICTS
from aipm.labs import boundary
from aipm.labs.boundary import BLANK, POINTS, Fit, Shape, Way
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import facts
from aipm.ui.landscape_address import PAGE, asked, go, held, put
from aipm.ui.landscape_texts import LabTexts
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

BLUE, ORANGE = CHARTS[0], CHARTS[1]
EDGE = {"line": {"color": "#FFFFFF", "width": 1}}
"""Sets a mark off from a ground of its own colour, which it would be lost on in the dark."""
KINDS = (
    ("1", "stayed", "circle", BLUE),
    ("0", "left", "square", ORANGE),
    (BLANK, "unlabelled", "diamond-open", QUIET.mark),
)
NEXT = {"1": "0", "0": BLANK, BLANK: "1"}
"""What a click makes of a label."""
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left", "title": {"text": ""}}


def figures() -> dict[str, str]:
    """What a quarter of wrong labels does to a straight boundary, for the reason after the guess."""
    found = {way: boundary.learn(boundary.labels(way), "straight") for way in ("recorded", "scattered", "one_sided")}
    return {way: number.rate(each.new) for way, each in found.items() if each}


def first(text: LabTexts) -> None:
    """The labels as they turned out, before anything is learned; gone once the guess is made."""
    if st.session_state.get(key(PAGE, "guessed.supervised")) is None:
        page.draw(page.quiet(text.says["first"]))
        _chart(boundary.labels("recorded"), "straight", None, text, name="boundary.first")


def draw(text: LabTexts) -> None:
    says, choices = text.says, text.choices
    page.draw(page.quiet(says["follow"]))
    own = st.query_params.get("labels", "")
    way = asked("labels", get_args(Way), "recorded")
    labels = own if boundary.valid(own) else boundary.labels(way)
    shape = asked("shape", get_args(Shape), "straight")
    shown = None if boundary.valid(own) else way
    st.pills(
        says["labels"],
        tuple(choices["labels"]),
        format_func=lambda each: text.choices["labels"][each],
        **held("labels", shown, default="recorded"),
    )
    st.segmented_control(
        says["shape"],
        tuple(choices["shape"]),
        format_func=lambda each: text.choices["shape"][each],
        required=True,
        **held("shape", shape, default="straight"),
    )
    found = boundary.learn(labels, shape)
    _chart(labels, shape, found, text, name=f"boundary.{crc32(f'{labels}{shape}'.encode()):08x}", click=True)
    page.draw(page.quiet(says["click"]))
    _told(found, says)
    _label(labels, found, says)
    page.draw(page.quiet(says["made"]))


def _told(found: Fit | None, says: dict[str, str]) -> None:
    if found is None:
        page.draw(page.quiet(says["nothing"]))
        return
    wrong = says["mistakes_value"].format(mistakes=found.mistakes, count=found.learned_from)
    page.draw(
        facts(
            (
                (says["mistakes"], wrong),
                (says["new"], number.rate(found.new)),
                (says["baseline"], number.rate(found.baseline)),
            )
        )
    )
    if found.new >= found.baseline:
        page.draw(page.quiet(says["worse"]))
    elif found.new > 2 * found.mistakes / found.learned_from and found.shape == "wild":
        page.draw(page.quiet(says["overfit"]))
    else:
        page.draw(page.quiet(says["good"]))


def _label(labels: str, found: Fit | None, says: dict[str, str]) -> None:
    """The same by keyboard: choose a customer, say what became of them."""
    at = boundary.points().at
    words = {sign: says[word].lower() for sign, word, _, _ in KINDS}
    texts = [
        says["one"].format(place=place + 1, hours=f"{x:.1f}", complaints=f"{y:.1f}", label=words[labels[place]])
        for place, (x, y) in enumerate(at)
    ]
    place = asked("customer", range(POINTS), 0)
    st.selectbox(
        says["which"], range(POINTS), format_func=lambda each: texts[each], **held("customer", place, default=0)
    )
    with st.container(horizontal=True):
        for sign, word in (("1", "to_stayed"), ("0", "to_left"), (BLANK, "to_none")):
            st.button(
                says[word],
                key=key(PAGE, f"boundary.{word}"),
                disabled=labels[place] == sign,
                on_click=put,
                kwargs={"labels": boundary.relabelled(labels, place, sign)},
            )
        if found and BLANK in labels:
            unsure = boundary.least_sure(found, labels)
            go(says["unsure"], name="unsure", icon=":material/help:", customer=str(unsure))
    if found and BLANK in labels and place == boundary.least_sure(found, labels):
        told = says["unsure_told"].format(place=place + 1, chance=number.rate(float(found.chance[place])))
        page.draw(page.quiet(told))


def _chart(labels: str, shape: Shape, found: Fit | None, text: LabTexts, *, name: str, click: bool = False) -> None:
    says = text.says
    at = boundary.points().at
    places = range(POINTS)
    traces: list[dict[str, Any]] = _plane(found, says) if found else []
    for sign, word, symbol, colour in KINDS:
        of = [place for place in places if labels[place] == sign]
        traces.append(_marks(at, of, plotly(says[word]), {"color": colour, "symbol": symbol, "size": 13, **EDGE}))
    if found:
        wrong = [
            place
            for place in places
            if labels[place] != BLANK and (found.chance[place] > 0.5) != (labels[place] == "1")
        ]
        ring = {"color": VERDICTS["gap"].mark, "symbol": "circle-open", "size": 22, "line": {"width": 2.5}}
        traces.append(_marks(at, wrong, plotly(says["wrong"]), ring))
    known = POINTS - labels.count(BLANK)
    fixed: dict[str, Any] = {"range": [0, boundary.SIDE], "fixedrange": True, "zeroline": False}
    title = says["data"]
    if found:
        title = says["chart"].format(count=known, mistakes=found.mistakes)
    elif click:
        title = says["chart_none"].format(count=known)
    page.draw(Html(f'<h3 class="apart">{markup(title)}</h3>'))
    figure = {
        "data": traces,
        "layout": {
            "height": 440,
            "margin": {"l": 8, "r": 8, "t": 24, "b": 40},
            "legend": LEGEND,
            "hovermode": "closest",
            "clickmode": "event+select",
            "dragmode": False,
            "xaxis": {**fixed, "title": {"text": plotly(says["x"])}},
            "yaxis": {**fixed, "title": {"text": plotly(says["y"])}},
        },
    }
    alt = says["alt" if found else "alt_none"].format(
        stayed=labels.count("1"),
        left=labels.count("0"),
        blank=labels.count(BLANK),
        shape=text.choices["shape"][shape],
        mistakes=found.mistakes if found else 0,
    )
    widget = key(PAGE, name)
    if click:
        picked = partial(_picked, widget, labels)
        st.plotly_chart(figure, key=widget, config=CONFIG, alt=alt, on_select=picked, selection_mode="points")
    else:
        st.plotly_chart(figure, key=widget, config=CONFIG, alt=alt)


def _picked(widget: str, labels: str) -> None:
    """Callback: somebody clicked customers in the chart; each gets the next label."""
    for point in st.session_state[widget]["selection"]["points"][:1]:
        told = point.get("customdata")
        place = int(told[0] if isinstance(told, list) else told)
        put(labels=boundary.relabelled(labels, place, NEXT[labels[place]]), customer=str(place))


def _marks(at: boundary.Vector, of: list[int], name: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(float(at[place, 0]), 2) for place in of],
        "y": [round(float(at[place, 1]), 2) for place in of],
        "customdata": of,
        "text": [str(place + 1) for place in of],
        "hovertemplate": "%{text}: %{x:.1f} / %{y:.1f}<extra>" + name + "</extra>",
        "marker": marker,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _plane(found: Fit, says: dict[str, str]) -> list[dict[str, Any]]:
    """The chances as a tint, and the line where both are as likely."""
    axis, chances = boundary.surface(found)
    places = [round(float(each), 3) for each in axis]
    rows = [[round(float(each), 3) for each in row] for row in chances]
    shared = {"type": "contour", "x": places, "y": places, "z": rows, "showscale": False, "hoverinfo": "skip"}
    tint = [[0, "rgba(230,159,0,.34)"], [0.5, "rgba(130,135,141,.04)"], [1, "rgba(0,114,178,.34)"]]
    return [
        {
            **shared,
            "zmin": 0,
            "zmax": 1,
            "colorscale": tint,
            "contours": {"coloring": "heatmap", "showlines": False},
            "line": {"width": 0},
        },
        {
            **shared,
            "name": plotly(says["boundary"]),
            "autocontour": False,
            "contours": {"start": 0.5, "end": 0.5, "size": 1, "coloring": "none"},
            "line": {"color": QUIET.mark, "width": 3, "dash": "dash"},
            "showlegend": True,
        },
    ]
