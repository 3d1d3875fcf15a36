"""What others have built: the cases by capability and industry, newest first."""

from collections.abc import Iterable
from functools import cache

import streamlit as st

from aipm.mapping.capabilities import KEYS, Key
from aipm.mapping.cases import CaseStudy, cases
from aipm.mapping.cases import texts as case_texts
from aipm.ui import page
from aipm.ui.capabilities_address import PAGE, asked, held
from aipm.ui.capabilities_sheet import named
from aipm.ui.capabilities_texts import CapabilitiesPageTexts
from aipm.ui.fragments import LONG, outward
from aipm.ui.safe import Html, markup
from aipm.ui.state import key


def browse(texts: CapabilitiesPageTexts) -> None:
    """Two filters, the cases that are left, and where they come from."""
    said, text, says = texts.cases, named(), case_texts()
    page.section(said.title)
    capability, industry = asked("capability", KEYS), asked("industry", tuple(says.industries))
    left, right = st.columns(2)
    with left:
        st.selectbox(
            said.capability,
            KEYS,
            index=None,
            placeholder=said.every_capability,
            format_func=lambda each: text[each],
            **held("capability", capability),
        )
    with right:
        st.selectbox(
            said.industry,
            tuple(says.industries),
            index=None,
            placeholder=said.every_industry,
            format_func=lambda each: says.industries[each],
            **held("industry", industry),
        )
    found = _newest(capability, says.industries[industry] if industry else None)
    if not found:
        assert capability is not None
        assert industry is not None
        nothing = said.nothing.format(capability=text[capability], industry=says.industries[industry])
        page.draw(Html(f'<div class="answer"><p>{markup(nothing, limit=LONG)}</p></div>'))
    else:
        page.draw(page.quiet(said.one if len(found) == 1 else said.count.format(count=len(found))))
        shown = key(PAGE, "every_case")
        every = len(found) <= said.first or st.session_state.get(shown, False)
        page.draw(listed(found if every else found[: said.first], name_capability=capability is None))
        if not every:
            st.button(
                said.more.format(count=len(found)),
                key=key(PAGE, "more_cases"),
                on_click=st.session_state.update,
                kwargs={shown: True},
            )
    page.draw(_index(texts))


@cache
def _newest(capability: Key | None, industry: str | None) -> tuple[CaseStudy, ...]:
    return tuple(sorted(cases(capability, industry), key=lambda case: -case.year))


def listed(found: Iterable[CaseStudy], *, name_capability: bool = True) -> Html:
    """Cases as a list: what was built for whom, who wrote about it and when, and the way there."""
    return Html('<ul class="cases">' + "".join(_case(case, name_capability) for case in found) + "</ul>")


@cache  # our own texts only
def _case(case: CaseStudy, name_capability: bool) -> str:  # noqa: FBT001 - a cache takes its arguments by place
    about = [case.company, str(case.year), case.industry]
    if name_capability:
        about.append(named()[case.capability])
    return (
        f"<li><p>{markup(case.line, limit=LONG)}</p><p>{outward(case.url, case.title)}</p>"
        f'<p class="quiet">{markup(" · ".join(about), limit=LONG)}</p></li>'
    )


def _index(texts: CapabilitiesPageTexts) -> Html:
    """Where the cases come from, under which licence, and what of them was checked."""
    index = case_texts().index
    said = texts.cases.index.format(name=index.name, credit=index.credit, licence=index.licence)
    return Html(
        f'<h3 class="apart">{markup(texts.cases.index_title)}</h3>'
        f'<p class="quiet">{markup(said, limit=LONG)} {outward(index.url, index.url.removeprefix("https://"))}</p>'
        f'<p class="quiet">{markup(index.state, limit=LONG)}</p>'
    )
