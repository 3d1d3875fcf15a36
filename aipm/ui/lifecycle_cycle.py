"""The part "The cycle" of the Lifecycle page: the product's stages, the model's stages, and what keeps both going."""

from typing import get_args

import streamlit as st

from aipm.governance.gates import STAGES
from aipm.ui import address, lifecycle_cycle_picture, lifecycle_cycle_running, page
from aipm.ui.fragments import LONG, join
from aipm.ui.lifecycle_cycle_picture import lists, onward
from aipm.ui.lifecycle_cycle_texts import CycleTexts, ModelStage, Part, WayText, cycle_texts
from aipm.ui.safe import Html, markup

PAGE = "lifecycle"
PARTS: tuple[Part, ...] = get_args(Part)
MODEL: tuple[ModelStage, ...] = get_args(ModelStage)


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = cycle_texts()
    page.section(texts.title)
    page.draw(Html(f'<div class="answer"><p>{markup(texts.answer, limit=LONG)}</p></div>'))
    part = address.turns("lifecycle.cycle", "part", texts.part, texts.parts)
    match part:
        case "product":
            _product(texts)
        case "model":
            _model(texts)
        case "running":
            lifecycle_cycle_running.draw(texts)
    _sources(texts)


def _product(texts: CycleTexts) -> None:
    said, heads = texts.product, texts.headings
    page.section(said.title, sentence=said.sentence)
    names: dict[str, str] = {each: said.stages[each].name for each in STAGES}
    stage = address.asked("stage", STAGES, STAGES[0])
    lifecycle_cycle_picture.row(names, stage, said.loop.turns, part="product", name="stage")
    text = said.stages[stage]
    page.draw(
        _heading(text.name, text.question),
        lists(((heads.adds, text.adds), (heads.room, text.room), (heads.leaves, text.leaves))),
    )
    _onward(text.onward, name=f"product.{stage}", title=heads.onward)
    lifecycle_cycle_picture.turns(said.loop, names, part="product")


def _model(texts: CycleTexts) -> None:
    said, heads = texts.model, texts.headings
    page.section(said.title, sentence=said.sentence)
    names: dict[str, str] = {each: said.stages[each].name for each in MODEL}
    step = address.asked("step", MODEL, MODEL[0])
    lifecycle_cycle_picture.row(names, step, said.loop.turns, part="model", name="step")
    text = said.stages[step]
    page.draw(
        _heading(text.name, text.question),
        Html(f"<p>{markup(text.happens, limit=LONG)}</p>"),
        lists(((heads.know, text.know), (heads.ask, text.ask), (heads.bought, text.bought))),
    )
    tools = WayText(text=said.tools, view="stack", asks={"step": step})
    _onward((tools, text.onward), name=f"model.{step}", title=heads.onward)
    lifecycle_cycle_picture.turns(said.loop, names, part="model")


def _heading(name: str, question: str) -> Html:
    return Html(f'<h3 class="further">{markup(name)}</h3><p class="quiet">{markup(question, limit=LONG)}</p>')


def _onward(ways: tuple[WayText, ...], *, name: str, title: str) -> None:
    page.draw(Html(f'<h4 class="small-title">{markup(title)}</h4>'))
    with st.container(horizontal=True, vertical_alignment="center"):
        for place, way in enumerate(ways):
            onward(way, name=f"{name}.{place}")


def _sources(texts: CycleTexts) -> None:
    with st.expander(texts.sources_title, icon=":material/menu_book:", key="lifecycle.cycle.sources"):
        rows = join(
            Html(f"<li>{lifecycle_cycle_running.cited(each)} <small>({markup(each.day, limit=LONG)})</small></li>")
            for each in texts.sources.values()
        )
        page.draw(page.quiet(texts.sources_note), Html(f'<ul class="notes">{rows}</ul>'))
