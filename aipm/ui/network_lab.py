"""The lab: choose data, network and the way of learning; see the run, what it amounts to, and the challenges."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aipm.labs.network_reading import outlook
from aipm.labs.network_spec import CHOICES, MOST_LAYERS, MOST_NEURONS, NetworkSpec, written
from aipm.labs.points import FEATURES
from aipm.ui import network_own, network_result, page
from aipm.ui.address import go
from aipm.ui.network_address import FIRST, PAGE, held, put, setting
from aipm.ui.network_challenges import challenges
from aipm.ui.network_film import AXES, film
from aipm.ui.network_texts import LabTexts, NetworkPage
from aipm.ui.network_work import run, run_own
from aipm.ui.state import key, shows

WIDE, NARROW = 160, 110
"""Widths of the questions, in pixels: two go side by side on a telephone."""
SEEDS = 1000


def lab(text: NetworkPage) -> None:
    said, spec = text.lab, setting()
    page.section(said.title, sentence=said.sentence)
    _controls(spec, said)
    names, axes = text.film.names, AXES
    if spec.data == "own":
        own = network_own.choose(spec, text)
        if own is None:
            return
        names, axes = own.names, own.axes
        found = run_own(spec, own.points, name=own.token, working=said.working)
    else:
        found = run(spec, working=said.working)
    seen = outlook(found)
    page.draw(network_result.answer(found, seen, text))
    film(found, text, key=key(PAGE, "lab.film"), names=names, axes=axes)
    page.draw(page.quiet(said.share))
    network_result.numbers(found, names, text)
    challenges(spec, seen, text)


def _controls(spec: NetworkSpec, said: LabTexts) -> None:
    data, network, learning = st.tabs(said.tabs, key=key(PAGE, "tabs"))
    with data:
        _data(spec, said)
    with network:
        _network(spec, said)
    with learning:
        _learning(spec, said)


def _select(
    name: str, label: str, spec: NetworkSpec, *, says: Callable[[Any], str] = written, text: str | None = None
) -> None:
    """One question with the answers that there are; `says` writes an answer, `text` explains the question."""
    first, value = getattr(FIRST, name), getattr(spec, name)
    st.selectbox(label, CHOICES[name], format_func=says, help=text, width=WIDE, **held(name, value, default=first))


def _data(spec: NetworkSpec, said: LabTexts) -> None:
    texts = {str(each): name for each, name in said.datasets.items()}
    st.segmented_control(
        said.data,
        CHOICES["data"],
        format_func=lambda each: texts[each],
        required=True,
        **held("data", spec.data, default=FIRST.data),
    )
    with _row():
        if spec.data != "own":
            _select("points", said.points, spec)
            _select("noise", said.noise, spec, says=_percent, text=said.help["noise"])
            _select("wrong", said.wrong, spec, says=_percent, text=said.help["wrong"])
        _select("learn_from", said.learn_from, spec, says=_percent, text=said.help["learn_from"])
    with _row():
        st.button(
            said.again,
            key=key(PAGE, "again"),
            help=said.again_help,
            on_click=put,
            args=("seed", str((spec.seed + 1) % SEEDS)),
        )
        st.button(said.reset, key=key(PAGE, "reset"), on_click=go, kwargs={"view": "lab"})


def _network(spec: NetworkSpec, said: LabTexts) -> None:
    _features(spec, said)
    with _row():
        _depth(spec, said)
        for place, size in enumerate(spec.layers):
            _layer(place, size, spec, said)
        texts = {str(each): name for each, name in said.activations.items()}
        _select("activation", said.activation, spec, says=texts.__getitem__, text=said.help["activation"])


def _features(spec: NetworkSpec, said: LabTexts) -> None:
    texts = {str(each): name for each, name in said.feature.items()}

    def chosen(asked: list[str]) -> None:
        if asked:  # a network needs something to look at: the last feature stays
            ordered = tuple(each for each in FEATURES if each in asked)
            put("features", None if ordered == FIRST.features else written(ordered))

    st.pills(
        said.features,
        tuple(FEATURES),
        selection_mode="multi",
        format_func=lambda each: texts[each],
        help=said.help["features"],
        **shows(key(PAGE, "features"), list(spec.features), chosen),
    )


def _depth(spec: NetworkSpec, said: LabTexts) -> None:
    """How many hidden layers; a new one is as wide as the last."""

    def deepened(depth: int) -> None:
        wide = spec.layers[-1] if spec.layers else FIRST.layers[0]
        _put_layers((*spec.layers, *[wide] * MOST_LAYERS)[:depth])

    bound = shows(key(PAGE, "depth"), len(spec.layers), deepened)
    st.selectbox(said.depth, range(MOST_LAYERS + 1), help=said.help["depth"], width=WIDE, **bound)


def _layer(place: int, size: int, spec: NetworkSpec, said: LabTexts) -> None:
    def sized(to: int) -> None:
        _put_layers((*spec.layers[:place], to, *spec.layers[place + 1 :]))

    label = said.neurons.format(layer=place + 1)
    st.selectbox(label, range(1, MOST_NEURONS + 1), width=NARROW, **shows(key(PAGE, f"layer.{place}"), size, sized))


def _put_layers(layers: tuple[int, ...]) -> None:
    put("layers", None if layers == FIRST.layers else written(layers))


def _learning(spec: NetworkSpec, said: LabTexts) -> None:
    with _row():
        for name, label in (("rate", said.rate), ("batch", said.batch), ("epochs", said.epochs)):
            _select(name, label, spec, text=said.help[name])
        texts = {str(each): name for each, name in said.penalties.items()}
        _select("penalty", said.penalty, spec, says=texts.__getitem__, text=said.help["penalty"])
        if spec.penalty != "none":
            _select("strength", said.strength, spec)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom")


def _percent(value: int) -> str:
    return f"{value}%"
