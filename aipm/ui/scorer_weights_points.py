"""Sliders, one for each thing that counts; and swings, what each move from worst to best is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from aipm.selection.needs import Needs, ends, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import LARGEST, largest_swing, sliders_now, swings_now
from aipm.ui.safe import markdown
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import controlled, keep, weighing
from aipm.ui.scorer_words import in_unit
from aipm.ui.state import key

Kind = Literal["sliders", "swing"]


def sliders(needs: Needs, text: ScorerPage) -> None:
    stands = sliders_now(weighing(), needs)
    words = need_texts().criteria
    _rows("sliders", {name: words[name].name for name in stands}, stands)
    said = text.weights.sliders
    st.button(said.start, key=key(PAGE, "weights.sliders.start"), on_click=_again, icon=":material/restart_alt:")


def swings(needs: Needs, text: ScorerPage) -> None:
    said, asked = text.weights.swing, weighing()
    first, names = largest_swing(asked, needs), list(of_order(needs))
    st.radio(
        said.first,
        names,
        format_func=lambda name: markdown(move(name, text)),
        **controlled("swing.first", first, _first),
    )
    st.markdown(said.others)
    others = {name: move(name, text) for name in names if name != first}
    _rows("swing", others, swings_now(asked, needs))


def move(name: str, text: ScorerPage) -> str:
    """A criterion with both its ends in real units: Delay: from 30 to 0.5 seconds."""
    said = need_texts().criteria[name]
    worst, best = ends(name) if said.levels else (in_unit(name, said.worst), in_unit(name, said.best))
    if not said.levels:
        worst = worst.removesuffix(f" {said.unit}")
    return text.weights.swing.move.format(name=said.name, worst=worst, best=best)


def _rows(kind: Kind, labels: Mapping[str, str], stands: Mapping[str, float]) -> None:
    """Two sliders a row, so that on a narrow page they come in their order."""
    for row in _pairs(list(labels)):
        for column, name in zip(st.columns(2, gap="medium"), row, strict=False):
            with column:
                st.slider(
                    markdown(labels[name]),
                    0,
                    LARGEST,
                    step=1,
                    **controlled(f"{kind}.{name}", min(LARGEST, round(stands[name])), _taker(kind, name, stands)),
                )


def _pairs(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(names[place : place + 2]) for place in range(0, len(names), 2)]


def _taker(kind: Kind, name: str, stands: Mapping[str, float]) -> Callable[[int], None]:
    def take(value: int) -> None:
        """Callback: a slider was moved; the others are kept as they stood."""
        points = tuple({**dict(getattr(weighing(), kind)), **stands, name: float(value)}.items())
        keep(replace(weighing(), sliders=points) if kind == "sliders" else replace(weighing(), swing=points))

    return take


def _again() -> None:
    """Callback: the sliders stand where the order puts them."""
    keep(replace(weighing(), sliders=()))


def _first(name: str) -> None:
    """Callback: another move is the one to begin with."""
    keep(replace(weighing(), first=name))
