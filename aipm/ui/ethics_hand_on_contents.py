"""What is handed on, form by form: filled or empty, what it lacks most, the way there; the product in a few words."""

from collections.abc import Callable

import streamlit as st

from aipm.governance.dossier import Dossier
from aipm.governance.hand_on_texts import hand_on_texts
from aipm.governance.overview import Part, contents
from aipm.governance.product import Product
from aipm.ui import governance_fields, page
from aipm.ui.ethics_links import LinkText, link
from aipm.ui.fragments import LONG
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

HERE = "product"
SIGNS = {"empty": "not-enough-data", "begun": "inconclusive", "filled": "within-tolerance"}
"""State -> the verdict whose sign and colour it shares (style.css)."""


def draw(d: Dossier) -> None:
    texts = hand_on_texts().contents
    page.section(texts.title, sentence=texts.sentence)
    for part in contents(d):
        with st.container(key=f"ethics-hand-on-row-{part.form}", horizontal=True):
            page.draw(_part(part))
            if part.form != HERE:
                to = hand_on_texts().places[part.form]
                query = {"view": to.view} if to.view else {}
                text = texts.open.format(form=part.name)
                link(LinkText(page=to.page, query=query, name=text), name=f"hand_on.{part.form}")
        if part.form == HERE:
            _product()


def _part(part: Part) -> Html:
    texts = hand_on_texts().contents
    says = texts.nothing if part.state == "filled" else part.says
    more = f'<p class="quiet">{markup(says, limit=LONG)}</p>' if says else ""
    return Html(
        f'<div class="handed"><p class="what">{markup(part.name)} '
        f'<span class="verdict is-{SIGNS[part.state]}"><span class="sign"></span>'
        f"{markup(texts.states[part.state])}</span></p>{more}</div>"
    )


def _product() -> None:
    """Name, purpose, data and owner: what no other view asks for in full."""
    texts, now = hand_on_texts().product, form(Product)
    with st.expander(
        markdown(texts.title),
        icon=":material/inventory_2:",
        key=key("ethics", "hand_on.product"),
    ):
        page.draw(page.quiet(texts.sentence))
        for name, said in texts.fields.items():
            governance_fields.text(
                said.label,
                name=f"hand_on.product.{name}",
                value=getattr(now, name),
                put=_put(name),
                long=said.long,
                help=said.help,
                placeholder=said.example,
            )


def _put(name: str) -> Callable[[str | None], None]:
    return lambda said: change(Product, **{name: said})
