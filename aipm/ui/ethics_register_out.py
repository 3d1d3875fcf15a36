"""The register as files, the rows that were taken out, and what the references point to."""

import streamlit as st

from aipm.governance.product import Product
from aipm.governance.risk_exports import register_csv, register_markdown
from aipm.governance.risk_said import item_name
from aipm.governance.risk_texts import register_texts
from aipm.ui import download, page
from aipm.ui.clock import today
from aipm.ui.ethics_register_state import PAGE, Known, change
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.governance_state import form
from aipm.ui.registry import registry
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

AT_ONCE = 20


def draw(now: Known) -> None:
    """Downloads are made when they are pressed."""
    said = register_texts().out
    product, day, made_by = form(Product), today(), registry().product.name
    page.draw(Html(f"<p>{markup(said.sentence, limit=LONG)}</p>"))
    after = product.name or "ai"

    def as_csv() -> bytes:
        made = register_csv(now.found, bank=now.bank, made_by=made_by, day=day)
        return made.encode("utf-8-sig")  # spreadsheets take a file without the mark for another code

    def as_markdown() -> bytes:
        asked = len(now.applies)
        return register_markdown(
            now.found, bank=now.bank, asked=asked, product=product, made_by=made_by, day=day
        ).encode()

    with st.container(horizontal=True):
        download.button(
            said.csv, as_csv, page=PAGE, name="csv", after=after, suffix="-risk-register.csv", mime="text/csv"
        )
        download.button(
            said.markdown,
            as_markdown,
            page=PAGE,
            name="markdown",
            after=after,
            suffix="-risk-register.md",
            mime="text/markdown",
        )
    _removed(now)
    sources = now.bank.sources.values()
    lines = join(
        Html(f"<li>{outward(each.url, each.name)}: {markup(f'{each.title}. {each.state}', limit=LONG)}</li>")
        for each in sources
    )
    page.draw(Html(f'<h3>{markup(said.sources_title)}</h3><ul class="notes">{lines}</ul>'))


def _removed(now: Known) -> None:
    """Each with its reason, and the way back."""
    said = register_texts().out
    gone = now.found.removed
    if not gone:
        return
    page.draw(Html(f"<h3>{markup(said.removed_title.format(count=len(gone)))}</h3>"))
    for place, item in enumerate(gone[:AT_ONCE]):
        with st.container(key=f"risk-line-gone-{place}", horizontal=True):
            page.draw(
                Html(
                    f'<div class="register-row"><p class="what">{markup(item_name(item, now.bank), limit=LONG)}</p>'
                    f'<p class="quiet">{markup(item.removed or "", limit=LONG)}</p></div>'
                )
            )
            st.button(
                said.bring_back,
                key=key(PAGE, f"back.{place}"),
                icon=":material/undo:",
                on_click=change,
                args=(item.id,),
                kwargs={"removed": None},
            )
