"""Two of the seven side by side, and how to tell them apart."""

from collections.abc import Iterable
from functools import cache

import streamlit as st

from aipm.mapping.capabilities import KEYS, Key, capabilities
from aipm.ui import page
from aipm.ui.capabilities_address import asked, held, link
from aipm.ui.capabilities_sheet import named
from aipm.ui.capabilities_texts import CapabilitiesPageTexts, CompareTexts, page_texts
from aipm.ui.fragments import LONG, notes
from aipm.ui.safe import Html, markup


def compare(texts: CapabilitiesPageTexts) -> None:
    said = texts.compare
    page.section(said.title)
    first = asked("capability", KEYS)
    one = KEYS[0] if first is None else first
    others = [each for each in KEYS if each != one]
    second = asked("other", others)
    other = next(iter(capabilities()[one].confused_with)) if second is None else second
    text = named()
    left, right = st.columns(2)
    with left:
        st.selectbox(said.one, KEYS, format_func=lambda each: text[each], **held("capability", one))
    with right:
        st.selectbox(said.other, others, format_func=lambda each: text[each], **held("other", other))
    page.draw(_apart(one, other), _table(one, other))
    with st.container(horizontal=True):
        for each in (one, other):
            link(texts.entry.whole.format(name=text[each]), capability=each)


@cache  # our own texts only
def _apart(one: Key, other: Key) -> Html:
    """How to tell the two, as each of them says it."""
    said, seven = page_texts().compare, capabilities()
    told = [seven[one].confused_with.get(other), seven[other].confused_with.get(one)]
    lines = [line for line in told if line] or [
        said.seldom.format(
            one=seven[one].name,
            one_out=seven[one].comes_out,
            other=seven[other].name,
            other_out=seven[other].comes_out,
        )
    ]
    paragraphs = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines)
    return Html(f'<div class="answer tell"><h3>{markup(said.tell)}</h3>{paragraphs}</div>')


@cache
def _table(one: Key, other: Key) -> Html:
    said = page_texts().compare
    names = [named()[one], named()[other]]
    head = "".join(f'<th scope="col" role="columnheader">{markup(name)}</th>' for name in (said.aspect, *names))
    body = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{markup(said.rows[row])}</th>'
        f'<td role="cell">{first}</td><td role="cell">{second}</td></tr>'
        for (row, first), (_, second) in zip(_cells(one, said), _cells(other, said), strict=True)
    )
    caption = markup(said.caption.format(one=names[0], other=names[1]), limit=LONG)
    return Html(  # roles are said aloud because on a phone the style makes a grid of the table
        f'<table class="pair" role="table"><caption class="unseen">{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _cells(key: Key, said: CompareTexts) -> Iterable[tuple[str, Html]]:
    about = capabilities()[key]

    def prose(text: str) -> Html:
        return markup(text, limit=LONG)

    yield "definition", prose(about.definition)
    yield "comes_out", prose(about.comes_out)
    yield "known", prose(about.known)
    yield "inputs", notes(about.inputs)
    yield "data", notes(about.data)
    yield "models", notes(family.name for family in about.models)
    yield "metrics", notes(metric.name for metric in about.metrics.offline)
    for row, error in (("false_yes", about.errors.false_yes), ("false_no", about.errors.false_no)):
        yield row, prose(said.error.format(name=error.name, costs=error.costs))
    yield "without_ai", prose(about.without_ai)
    yield "signals", notes(f"“{each}”" for each in about.signals)
