"""One whole entry: everything there is on one of the seven, or on needing no AI."""

from collections.abc import Iterable, Sequence
from functools import cache

import streamlit as st

from aipm.mapping.capabilities import KEYS, Capability, Error, Key, Metric, NoAi, capabilities, no_ai
from aipm.mapping.capabilities import texts as capability_texts
from aipm.mapping.cases import cases
from aipm.mapping.examples import LABELS
from aipm.ui import page, state
from aipm.ui.capabilities_address import PAGE, held, link
from aipm.ui.capabilities_sheet import named
from aipm.ui.capabilities_texts import CapabilitiesPageTexts, EntryTexts, page_texts
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.safe import Html, markup


def entry(label: str, texts: CapabilitiesPageTexts) -> None:
    """The way to the others, the entry, and links to compare it and to its cases."""
    said, text = texts.entry, named()
    link(said.back, icon=":material/arrow_back:")
    st.pills(
        said.label,
        LABELS,
        format_func=lambda each: text[each],
        label_visibility="collapsed",
        **held("capability", label),
    )
    chosen = next((each for each in KEYS if each == label), None)
    if chosen is None:
        page.draw(_none())
        return
    page.draw(_first(chosen))
    with st.container(horizontal=True, key=state.key(PAGE, "onwards")):
        for other in capabilities()[chosen].confused_with:
            link(said.compare.format(name=text[other]), view="compare", capability=chosen, other=other)
        link(said.cases.format(count=len(cases(chosen))), view="cases", capability=chosen)
    page.draw(_second(chosen))


@cache  # our own texts only
def _first(key: Key) -> Html:
    """What it is, what goes in and out, what it is confused with, what to do first without it."""
    said, about = page_texts().entry, capabilities()[key]
    confused = (f"<b>{markup(named()[other])}.</b> {_long(told)}" for other, told in about.confused_with.items())
    return _entry(
        _opening(about, said),
        [
            ("inputs", notes(about.inputs)),
            ("outputs", notes(about.outputs)),
            ("known", _paragraph(about.known)),
            ("without_ai", _paragraph(about.without_ai)),
            ("confused_with", _list(confused)),
        ],
    )


@cache
def _second(key: Key) -> Html:
    """What it takes, how it is measured, how it goes wrong, what to ask and do."""
    said, about = page_texts().entry, capabilities()[key]
    law = capability_texts().law
    models = (
        f"<b>{markup(family.name)}.</b> {_long(family.plain)} "
        f'<span class="quiet">{_long(said.enough_when.format(when=family.enough_when))}</span>'
        for family in about.models
    )
    built = (
        f"<b>{markup(each.company)}.</b> {_long(each.does)} {outward(each.url, each.source)}" for each in about.examples
    )
    harm = (f"{_long(each.risk)} <b>{_long(each.question)}</b>" for each in about.ethics)
    return _entry(
        Html(""),
        [
            ("data", notes(about.data)),
            ("models", _list(models, ordered=True)),
            ("metrics", _metrics(about, said)),
            ("errors", join(_error(each, said) for each in (about.errors.false_yes, about.errors.false_no))),
            ("questions", notes(about.questions)),
            ("examples", join((_list(built), page.quiet(said.evidence[about.examples[0].evidence])))),
            ("failure_modes", notes(about.failure_modes)),
            ("ethics", _list(harm)),
            (
                "eu_ai_act",
                join(
                    (
                        _paragraph(about.eu_ai_act),
                        Html(
                            f'<p class="quiet">{_long(law.text)} {_long(law.state)} {outward(law.url, law.title)}</p>'
                        ),
                    )
                ),
            ),
            ("next_steps", _list(map(_long, about.next_steps), ordered=True)),
        ],
    )


@cache
def _none() -> Html:
    said, about = page_texts().entry, no_ai()
    kinds = (
        f"<b>{markup(kind.name)}.</b> {_long(kind.question)} {_long(said.instead.format(instead=kind.instead))} "
        f'<span class="quiet">{_long(said.example.format(example=kind.example))}</span>'
        for kind in about.kinds.values()
    )
    return _entry(
        _opening(about, said),
        [
            ("kinds", _list(kinds)),
            ("signals", notes(_quoted(about.signals))),
            ("speaks_for_ai", notes(about.speaks_for_ai)),
            ("not_yet", notes(about.not_yet)),
            ("next_steps", _list(map(_long, about.next_steps), ordered=True)),
        ],
    )


def _opening(about: Capability | NoAi, said: EntryTexts) -> Html:
    comes_out = said.comes_out.format(comes_out=about.comes_out)
    return Html(
        f'<h2>{markup(about.name)}</h2><p class="lead">{_long(about.definition)}</p><p><b>{_long(comes_out)}</b></p>'
    )


def _entry(opening: Html, parts: Iterable[tuple[str, Html]]) -> Html:
    titles = page_texts().entry.parts
    rows = "".join(f"<section><h3>{markup(titles[part])}</h3><div>{text}</div></section>" for part, text in parts)
    return Html(f'{opening}<div class="entry">{rows}</div>')


def _metrics(about: Capability, said: EntryTexts) -> Html:
    groups: Sequence[tuple[str, Sequence[Metric]]] = (
        ("offline", about.metrics.offline),
        ("product", about.metrics.product),
        ("guardrail", about.metrics.guardrail),
    )
    return join(
        Html(
            f"<p><b>{markup(said.metrics[kind])}</b></p>"
            + _list(f"<b>{markup(each.name)}.</b> {_long(each.means)}" for each in found)
        )
        for kind, found in groups
    )


def _error(error: Error, said: EntryTexts) -> Html:
    example = said.example.format(example=error.example)
    return Html(f'<p><b>{markup(error.name)}.</b> {_long(error.costs)} <span class="quiet">{_long(example)}</span></p>')


def _list(items: Iterable[str], *, ordered: bool = False) -> Html:
    tag = "ol" if ordered else "ul"
    return Html(f'<{tag} class="notes">' + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>")


def _quoted(lines: Iterable[str]) -> Iterable[str]:
    return (f"“{line}”" for line in lines)


def _paragraph(text: str) -> Html:
    return Html(f"<p>{_long(text)}</p>")


def _long(text: str) -> Html:
    return markup(text, limit=LONG)
