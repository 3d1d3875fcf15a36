"""A guess at the error rates of Gender Shades, and the rates as bars."""

from functools import partial

import streamlit as st

from aipm.ui import page
from aipm.ui.ethics_cases_texts import Group, VendorRates, cases_texts
from aipm.ui.ethics_links import PAGE
from aipm.ui.fragments import LONG, join
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key, shows

KEPT = key(PAGE, "cases.guessed")
SKIPPED = ""
WHOLE = 40
"""Wrong answers out of 100 at which a bar is full."""


def guess() -> bool:
    """Ask before showing; True once somebody has guessed or went on without."""
    said = cases_texts().guess
    chosen: str | None = st.session_state.get(KEPT)
    page.draw(
        Html(f'<p class="eyebrow">{markup(said.first)}</p><p class="question">{markup(said.question, limit=LONG)}</p>')
    )
    st.pills(
        markdown(said.question, limit=LONG),
        tuple(said.options),
        format_func=lambda each: markdown(said.options[each]),
        disabled=chosen is not None,
        label_visibility="collapsed",
        **shows(key(PAGE, "cases.guess"), chosen or None, partial(st.session_state.__setitem__, KEPT)),
    )
    if chosen is None:
        st.button(
            said.skip,
            key=key(PAGE, "cases.skip"),
            type="tertiary",
            on_click=st.session_state.update,
            args=({KEPT: SKIPPED},),
        )
        return False
    vendor, worst, best = _worst()
    word = "" if chosen == SKIPPED else said.correct if chosen == said.right else said.wrong
    sentence = said.answer.format(worst=f"{worst:.0f}", best=_under(best), vendor=vendor.name)
    page.draw(
        Html(f'<div class="answer" role="status"><p><b>{markup(word)}</b> {markup(sentence, limit=LONG)}</p></div>')
    )
    return True


def draw() -> None:
    """A company a block, a group a bar, with its number beside it."""
    said = cases_texts().bars
    _, worst, best = _worst()
    blocks = join(
        Html(
            f'<li><b class="vendor">{markup(each.name)}</b><ul>'
            f"{join(_bar(name, group, getattr(each, group)) for group, name in said.groups.items())}</ul></li>"
        )
        for each in said.vendors
    )
    page.draw(
        Html(
            f"<h3>{markup(said.title.format(gap=f'{worst - best:.0f}'), limit=LONG)}</h3>"
            f'<ul class="error-bars" aria-label="{markup(said.alt, limit=LONG)}">{blocks}</ul>'
        ),
        page.quiet(said.note),
    )


def _bar(name: str, group: Group, rate: float) -> Html:
    width = f"{min(rate / WHOLE, 1):.1%}"
    return Html(
        f'<li class="{group.replace("_", "-")}"><span>{markup(name)}</span>'
        f'<span class="bar"><i style="width:{width}"></i></span><span class="number">{rate:.1f}</span></li>'
    )


def _worst() -> tuple[VendorRates, float, float]:
    """The company with the highest rate for any group, that rate, and its lowest."""
    groups = tuple(cases_texts().bars.groups)

    def rates(vendor: VendorRates) -> list[float]:
        return [getattr(vendor, group) for group in groups]

    vendor = max(cases_texts().bars.vendors, key=lambda each: max(rates(each)))
    return vendor, max(rates(vendor)), min(rates(vendor))


def _under(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 1 else cases_texts().guess.under
