"""A second opinion from a service that whoever runs the app has set up: asked by a press, shown beside the answer."""

import streamlit as st

from aipm.mapping.examples import NONE
from aipm.mapping.result import MappingResult
from aipm.mapping.second_opinion import Endpoint, Opinion, ask, configured, opinion_texts
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.mapper_answer import names
from aipm.ui.mapper_state import PAGE, held, line, token
from aipm.ui.mapper_texts import MapperPage
from aipm.ui.safe import Html, markup
from aipm.ui.state import key


def second_opinion(typed: str, result: MappingResult, text: MapperPage) -> None:
    """Nothing where no service is set up; else what would be sent and where, and what came back."""
    try:
        endpoint = configured()
    except Refusal as setup:
        page.refused(text.opinion["refused"], setup)
        return
    if endpoint is None:
        return
    said = opinion_texts()
    asked: dict[str, Opinion | Refusal] = held("opinions", {})
    page.draw(
        Html(f"<h3>{markup(said.title)}</h3>"),
        page.quiet(said.offer.format(model=endpoint.model, host=endpoint.host)),
    )
    place = st.empty()
    label = text.opinion["again" if line(typed) in asked else "ask"]
    if st.button(label, key=key(PAGE, f"opinion.{token(typed)}"), icon=":material/forum:"):
        with place:
            page.at_work(text.opinion["working"])
        asked[line(typed)] = _asked(typed, endpoint)
        place.empty()
    match asked.get(line(typed)):
        case Opinion() as opinion:
            _draw(opinion, result, text)
        case Refusal() as refusal:
            page.refused(text.opinion["refused"], refusal)


def _asked(typed: str, endpoint: Endpoint) -> Opinion | Refusal:
    try:
        return ask(typed, endpoint)
    except Refusal as refusal:
        return refusal


def _draw(opinion: Opinion, result: MappingResult, text: MapperPage) -> None:
    ours = NONE if result.may_not_need_ai else result.ranking[0].capability
    says = text.opinion["says"].format(model=opinion.model, name=names()[opinion.capability])
    compared = text.opinion["same" if opinion.capability == ours else "other"]
    page.draw(
        Html(
            f'<div class="answer beside-ours"><p>{markup(says, limit=LONG)}</p>'
            f"<p>{markup(opinion.reason, limit=LONG)}</p><p>{markup(compared)}</p></div>"
        )
    )
