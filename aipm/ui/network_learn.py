"""How a network learns, stage by stage, with every number of one prediction and one correction."""

import streamlit as st

from aipm.content import number
from aipm.labs.network_step import Step, one_step
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, join, outward, table
from aipm.ui.network_address import asked, held, link
from aipm.ui.network_pictures import curves
from aipm.ui.network_texts import LearnTexts, NetworkPage
from aipm.ui.safe import Html, markdown, markup

PLACES = tuple(each / 2 for each in range(-4, 5))
RATES = (0.1, 0.5, 1.0, 2.0)


def learn(text: NetworkPage) -> None:
    said = text.learn
    page.section(said.title, sentence=said.sentence)
    step = _asked(said)
    for place, (name, stage) in enumerate(said.stages.items()):
        body = f"<p>{markup(stage.text, limit=LONG)}</p>"
        page.draw(
            Html(
                f'<section class="net-stage" id="stage-{markup(name)}"><h3><span class="count">{place + 1}</span> '
                f"{markup(stage.title)}</h3><div>{body}{_figure(stage.figure, step, text)}</div></section>"
            )
        )
    page.draw(
        Html(f"<p>{markup(said.playground, limit=LONG)} {outward(said.playground_url, said.playground_link)}</p>")
    )
    link(said.lab, {"view": "lab"}, name="learn.lab")


def _asked(said: LearnTexts) -> Step:
    """The step for the point, its label and the learning rate that widgets and address say."""
    page.draw(page.quiet(said.constructed))
    one, two, three, four = st.columns(4)
    x, y = asked("px", PLACES, 1.0), asked("py", PLACES, -0.5)
    label, rate = asked("plabel", (1, 0), 1), asked("prate", RATES, 0.5)
    with one:
        st.select_slider(
            said.x,
            PLACES,
            format_func=lambda each: markdown(f"{each:g}".replace("-", number.MINUS)),
            **held("px", x, default=1.0),
        )
    with two:
        st.select_slider(
            said.y,
            PLACES,
            format_func=lambda each: markdown(f"{each:g}".replace("-", number.MINUS)),
            **held("py", y, default=-0.5),
        )
    with three:
        st.radio(
            said.label,
            (1, 0),
            format_func=lambda each: said.labels[1 - each],
            horizontal=True,
            **held("plabel", label, default=1),
        )
    with four:
        st.selectbox(said.rate, RATES, **held("prate", rate, default=0.5))
    return one_step(x=x, y=y, label=bool(label), rate=rate)


def _figure(figure: str, step: Step, text: NetworkPage) -> Html:
    said = text.learn
    match figure:
        case "neurons":
            part, *parts = said.neurons_columns
            names = (said.said["neuron"].format(place=place + 1) for place in range(len(step.neurons)))
            heads = [Column(name=part), *(Column(name=name, number=True) for name in names)]
            numbers = zip(*((e.from_x, e.from_y, e.bias, e.total, e.response) for e in step.neurons), strict=True)
            rows = [(name, *map(number.decimal, each)) for name, each in zip(parts, numbers, strict=True)]
            return table(heads, rows, caption=said.neurons_caption)
        case "curves":
            return join(
                (curves(list(text.lab.activations.values()), alt=said.curves_alt), page.quiet(said.curves_axes))
            )
        case "weights":
            heads = [Column(name=name, number=place > 0) for place, name in enumerate(said.weights_columns)]
            rows = [(each.name, *map(number.decimal, (each.before, each.slope, each.after))) for each in step.weights]
            return table(heads, rows, caption=said.weights_caption)
        case "probability" | "loss" | "after":
            sentence = said.said[figure].format(
                log_odds=number.decimal(step.log_odds),
                probability=number.rate(step.probability),
                loss=number.decimal(step.loss),
                probability_after=number.rate(step.probability_after),
                loss_after=number.decimal(step.loss_after),
            )
            return Html(f'<p class="worked">{markup(sentence, limit=LONG)}</p>')
    return Html("")
