"""The cheat sheet: the seven and the case for none at a glance, and how to begin with them."""

from functools import cache

import streamlit as st

from aipm.mapping.capabilities import capabilities, no_ai
from aipm.mapping.capabilities import texts as capability_texts
from aipm.mapping.examples import LABELS, NONE
from aipm.ui import page
from aipm.ui.capabilities_address import PAGE, link
from aipm.ui.capabilities_texts import CapabilitiesPageTexts
from aipm.ui.fragments import LONG, notes
from aipm.ui.safe import Html, markup
from aipm.ui.state import key


@cache
def named() -> dict[str, str]:
    """What each answer is called: the seven by key, and none."""
    return {**{each: entry.name for each, entry in capabilities().items()}, NONE: no_ai().name}


@cache
def outs() -> dict[str, str]:
    """What comes out of each answer."""
    return {**{each: entry.comes_out for each, entry in capabilities().items()}, NONE: no_ai().comes_out}


def sheet(texts: CapabilitiesPageTexts) -> None:
    """Eight rows: the name leads to the entry; beside it what comes out and an example that everybody knows."""
    said = texts.glance
    page.draw(
        Html(
            f'<h2 class="unseen">{markup(said["title"])}</h2><div class="glance head" aria-hidden="true">'
            f"<span>{markup(said['name'])}</span><span>{markup(said['comes_out'])}</span>"
            f"<span>{markup(said['known'])}</span></div>"
        )
    )
    for label in LABELS:
        with st.container(horizontal=True, key=key(PAGE, f"row.{label}")):
            link(named()[label], icon=None, capability=label)
            page.draw(_row(label, texts))
    page.draw(page.quiet(said["names"].format(names=capability_texts().names)))


def _row(label: str, texts: CapabilitiesPageTexts) -> Html:
    known = {str(each): entry.known for each, entry in capabilities().items()}.get(label, texts.glance["none_known"])
    pairs = ((texts.glance["comes_out"], outs()[label]), (texts.glance["known"], known))
    cells = "".join(
        f'<div><dt class="unseen">{markup(name)}</dt><dd>{markup(value, limit=LONG)}</dd></div>'
        for name, value in pairs
    )
    return Html(f'<dl class="glance">{cells}</dl>')


def start(texts: CapabilitiesPageTexts) -> None:
    """Begin with a problem: two ways to find one, two stories, two checks."""
    about = capability_texts().start
    page.section(about.title, sentence=about.scope)
    page.draw(_start(texts))


def _start(texts: CapabilitiesPageTexts) -> Html:
    about, said = capability_texts().start, texts.start
    ways = "".join(
        f"<div><h3>{markup(way.name)}</h3><p>{_long(way.text)}</p>"
        f"<p>{_long(said['to_do'].format(to_do=way.to_do))}</p></div>"
        for way in about.ways
    )
    stories = "".join(
        f"<li>{_long(said['story'].format(company=story.company, pain=story.pain))} {_long(story.answer)} "
        f"<small>{markup(named()[story.capability])}. {_long(story.state)}</small></li>"
        for story in about.stories
    )
    return Html(
        f"<p>{_long(about.problem_first)}</p><p>{_long(about.checklist)}</p>"
        f'<div class="beside">{ways}'
        f'<div><h3>{markup(said["stories"])}</h3><ul class="notes">{stories}</ul></div>'
        f"<div><h3>{markup(said['check'])}</h3>{notes(about.check)}</div></div>"
    )


def _long(text: str) -> Html:
    return markup(text, limit=LONG)
