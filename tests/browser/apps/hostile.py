"""A scene that draws hostile strings on every surface the pages may use, the way the pages do."""

import random

import streamlit as st
from hostile_strings import HOSTILE

from aipm.ui import fragments, page, safe
from aipm.ui.forest import ForestPlot, ForestRow, forest
from aipm.ui.matrix import MatrixCell, MatrixRow, matrix
from aipm.ui.safe import markdown, visible
from aipm.ui.spread import SpreadRow, spread

PLACES = range(len(HOSTILE))


def markdown_surfaces(place, text):
    with st.container(key=f"markdown-{place}"):
        st.markdown(text)
    with st.container(key=f"caption-{place}"):
        st.caption(text)
    with st.container(key=f"alert-{place}"):
        st.error(text)
    with st.container(key=f"button-{place}"):
        st.button(text, key=f"button{place}")
    with st.container(key=f"checkbox-{place}"):
        st.checkbox(text, key=f"checkbox{place}")
    with st.container(key=f"input-{place}"):
        st.text_input(text, key=f"input{place}", help=text)
    with st.container(key=f"expander-{place}"):
        st.expander(text)


def surfaces_with_many_texts(texts):
    with st.container(key="radio"):
        st.radio("Radio", PLACES, format_func=texts.__getitem__)
    with st.container(key="tabs"):
        st.tabs(texts)
    with st.container(key="pills"):
        st.pills("Pills", PLACES, format_func=texts.__getitem__)
    with st.container(key="segments"):
        st.segmented_control("Segments", PLACES, format_func=texts.__getitem__)


def plain_surfaces():
    texts = [visible(text) for text in HOSTILE]
    with st.container(key="text"):
        for text in texts:
            st.text(text)
    with st.container(key="code"):
        for text in texts:
            st.code(text, language=None)
    with st.container(key="chips"):
        st.multiselect("Chips", PLACES, default=PLACES, format_func=texts.__getitem__)
    with st.container(key="frame"):
        st.dataframe({"text": texts, texts[0]: texts})


def options():
    texts = [visible(text) for text in HOSTILE]
    with st.container(key="select"):
        st.selectbox("Select", PLACES, format_func=texts.__getitem__)


def chart():
    names = [safe.plotly(text) for text in HOSTILE]
    places = list(PLACES)
    bars = {"type": "bar", "orientation": "h", "x": [1] * len(names), "y": places, "text": names}
    labels = [{"x": 1, "y": place, "text": name, "showarrow": False} for place, name in enumerate(names)]
    axis = {"tickvals": places, "ticktext": names}
    layout = {"title": {"text": names[0]}, "height": 40 * len(names), "yaxis": axis, "annotations": labels}
    with st.container(key="chart"):
        st.plotly_chart({"data": [bars], "layout": layout})


def own_pieces(text):
    row = ForestRow(name=text, value=0.5, low=0.4, high=0.6, verdict="gap", detail=text, note=text)
    cell = MatrixCell(value=text, difference=text, distance=-0.5, note=text)
    page.draw(
        fragments.answer("gap", text, detail=text),
        fragments.facts([(text, text)]),
        fragments.notes([text]),
        fragments.table([fragments.Column(name=text), fragments.Column(name=text)], [[text, text]], caption=text),
        forest(ForestPlot(label=text, rows=(row,), band=(0.8, 1.25))),
        matrix([text], [MatrixRow(name=text, cells=(cell,), detail=text)], caption=text),
        spread([SpreadRow(name=text, shares=(0.5, 0.5), detail=text)], edges=(0, 1), label=text),
    )


def nonsense():
    """Signs and words that mean something to Markdown, in random order."""
    generator = random.Random(1)
    for _ in range(300):
        yield "".join(generator.choices(TOKENS, k=generator.randint(2, 9)))


TOKENS = [
    *"*_`~[]()<>{}!#+-=.:;@/\\|$^&%\"' aA1",
    *(
        "http://",
        "www.",
        "a@b.co",
        ":red",
        ":smile:",
        ":material/home:",
        "->",
        "--",
        ">=",
        "&lt;",
        "![",
        "](",
        "1.",
        "- ",
    ),
]


def draw():
    if "only" in st.query_params:
        options()
    else:
        everything()


def everything():
    for place, text in enumerate(nonsense()):
        with st.container(key=f"nonsense-{place}"):
            st.text(visible(text))
            st.markdown(markdown(text))
    for place, text in enumerate(HOSTILE):
        markdown_surfaces(place, markdown(text))
    surfaces_with_many_texts([markdown(text) for text in HOSTILE])
    plain_surfaces()
    chart()
    for place, text in enumerate(HOSTILE):
        with st.container(key=f"pieces-{place}"):
            own_pieces(text)
