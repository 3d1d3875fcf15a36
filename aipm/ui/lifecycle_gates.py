"""The part "Gates" of the Lifecycle page: where the product stands, the board, one stage with its criteria."""

import streamlit as st

from aipm.governance import gate_words, gates_export
from aipm.governance.board import Board, board
from aipm.governance.gates import STAGES, Gates, Stage
from aipm.governance.product import Product
from aipm.ui import (
    address,
    clock,
    download,
    governance_fields,
    lifecycle_gates_board,
    lifecycle_gates_decide,
    lifecycle_gates_stage,
    page,
    results,
)
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_state import change, form
from aipm.ui.lifecycle_gates_texts import gates_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "lifecycle"
FIRST = key(PAGE, "gates.first")
"""The stage shown where the address names none: the one the product was in when the board was first drawn."""


def draw() -> None:
    """Draw the part below the choice of views."""
    today = clock.today()
    found = board(form(Gates), latest=results.latest(), product=form(Product), today=today)
    lead, *more = gate_words.answer(found, today=today)
    said = f'<div class="answer" role="status"><p>{markup(lead, limit=LONG)}</p></div>'
    page.draw(Html(said), notes(more) if more else Html(""))
    stage = _stage(found)
    lifecycle_gates_board.draw(found, stage)
    lifecycle_gates_stage.draw(found.gate(stage), today)
    lifecycle_gates_decide.draw(found, stage)
    _product()
    _take_along(found)
    page.draw(page.quiet(gates_texts().note))


def _stage(found: Board) -> Stage:
    """The stage that is shown; it stays when its gate is passed meanwhile."""
    first: Stage = st.session_state.setdefault(FIRST, found.current or STAGES[-1])
    return address.asked("stage", STAGES, first)


def _product() -> None:
    """Who owns it, and which model at which threshold is to go live: evidence is held against them."""
    texts, now = gates_texts().product, form(Product)
    with st.expander(texts.title, icon=":material/inventory_2:", key=key(PAGE, "gates.product")):
        page.draw(page.quiet(texts.sentence))
        left, right = st.columns(2)
        with left:
            governance_fields.text(
                texts.name, name="gates-product.name", value=now.name, put=lambda said: change(Product, name=said)
            )
            governance_fields.text(
                texts.owner, name="gates-product.owner", value=now.owner, put=lambda said: change(Product, owner=said)
            )
        with right:
            governance_fields.text(
                texts.model, name="gates-product.model", value=now.model, put=lambda said: change(Product, model=said)
            )
            _threshold(now)


def _threshold(now: Product) -> None:
    texts, odd = gates_texts().product, key("governance", "gates-product.threshold.odd")

    def take(written: str | None) -> None:
        st.session_state.pop(odd, None)
        try:
            number = None if written is None else float(written.replace(",", "."))
        except ValueError:
            number = float("nan")
        if number is not None and not abs(number) < float("inf"):
            st.session_state[odd] = written
            return
        change(Product, threshold=number)

    governance_fields.text(
        texts.threshold,
        name="gates-product.threshold",
        value=st.session_state.get(odd) or (None if now.threshold is None else f"{now.threshold:g}"),
        put=take,
        help=texts.threshold_help,
    )
    if odd in st.session_state:
        page.draw(page.quiet(texts.threshold_unread))


def _take_along(found: Board) -> None:
    """The board as files, made when they are asked for."""
    texts, product, today = gates_texts().export, form(Product), clock.today()
    gates = form(Gates)
    page.section(texts.title)
    with st.container(horizontal=True):
        download.button(
            texts.markdown,
            lambda: gates_export.markdown(found, gates, product=product, today=today).encode(),
            page=PAGE,
            name="gates.markdown",
            after=product.name or "stage-gates",
            suffix="-gates.md",
            mime="text/markdown",
        )
        download.button(
            texts.csv,
            lambda: gates_export.csv(found, today=today).encode("utf-8-sig"),
            page=PAGE,
            name="gates.csv",
            after=product.name or "stage-gates",
            suffix="-gates.csv",
            mime="text/csv",
        )
