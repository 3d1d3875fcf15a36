"""Shape: choose an operation by what it is for, and see the result before it is added."""

import streamlit as st

from aipm.prep.operation_texts import operation_texts
from aipm.ui import page, prep_state
from aipm.ui.fragments import LONG
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_step import compose
from aipm.ui.prep_texts import prep_page
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

COLUMNS = 2


def panel(work: Work) -> None:
    """Cards of operations; or, where one is chosen, its form with a live preview."""
    said = prep_page().shape
    page.section(said.title, sentence=said.sentence)
    wanted, _, op = (prep_state.doing() or "").partition(" ")
    offered = {name for names in said.operations.values() for name in names}
    if wanted == "shape" and op in offered:
        _composed(work, op)
        return
    purposes = tuple(said.purposes)
    purpose = st.pills(
        said.purpose,
        purposes,
        default=purposes[0],
        required=True,
        format_func=lambda name: said.purposes[name],
        **kept(PAGE, "purpose"),
    )
    names = [
        name for group, names in said.operations.items() if purpose in (purposes[0], None, group) for name in names
    ]
    for start in range(0, len(names), COLUMNS):
        for column, name in zip(st.columns(COLUMNS), names[start : start + COLUMNS], strict=False):
            with column:
                _card(name)


def _card(op: str) -> None:
    said, text = prep_page().shape, operation_texts()[op]
    with st.container(key=key(PAGE, f"tool.{op}"), border=True, height="stretch"):
        page.draw(
            Html(
                f"<h3>{markup(text.name)}</h3><p>{markup(text.does, limit=LONG)}</p>"
                f'<p class="quiet">{markup(text.when, limit=LONG)}</p>'
            )
        )
        st.button(
            said.choose,
            key=key(PAGE, f"choose.{op}"),
            help=text.name,
            on_click=prep_state.do,
            args=(f"shape {op}",),
        )


def _composed(work: Work, op: str) -> None:
    said, text = prep_page().shape, operation_texts()[op]
    st.button(
        said.back, key=key(PAGE, "shape.back"), icon=":material/arrow_back:", on_click=prep_state.do, args=(None,)
    )
    page.draw(Html(f"<h3>{markup(text.name)}</h3>"))
    compose(work, (op,), name="shape", take=prep_state.add)
