"""The part "Who is affected" of the Ethics page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from aipm.governance import paper
from aipm.governance.fields import next_id
from aipm.governance.harms import (
    LEVELS,
    Assessment,
    Group,
    HarmCanvas,
    HarmTexts,
    Level,
    MapText,
    assess,
    begun,
    harm_texts,
    proposals,
)
from aipm.governance.product import Product
from aipm.mapping.canvas import capability_name
from aipm.mapping.examples import LABELS
from aipm.ui import address, clock, ethics_steps, ethics_take, governance_fields, page
from aipm.ui.ethics_people_register import register
from aipm.ui.fragments import notes, scrolling
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

VIEW = "people"
ARROW = ":material/arrow_forward:"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, canvas, product = harm_texts(), form(HarmCanvas), form(Product)
    found = assess(canvas, capability=product.capability)
    page.section(texts.title, sentence=texts.sentence)
    ethics_steps.missing(VIEW, texts, found.gaps, empty=not canvas.groups)
    if found.placed:
        page.draw(_map(canvas, found, texts))
    ethics_steps.steps(
        VIEW, HarmCanvas, texts, {"capability": _capability, "starts": _starts, "groups": _groups, "engage": _engage}
    )
    ethics_take.take_along(VIEW, {"markdown": partial(_document, day=clock.today())}, after=product.name)
    ethics_take.sources(texts.sources, as_of=texts.as_of)


def _document(read: ethics_take.Read, *, day: date) -> str:
    canvas, product = read(HarmCanvas), read(Product)
    gaps = assess(canvas, capability=product.capability).gaps
    return paper.markdown(harm_texts(), canvas, gaps, product=product, day=day)


def _map(canvas: HarmCanvas, found: Assessment, texts: HarmTexts) -> Html:
    """Gain against harm in three levels each, as a table that can be read out."""
    said = texts.map
    names = {group.id: group.who or texts.rows["groups"].one for group in canvas.groups}
    head = "".join(f'<th scope="col">{markup(said.harm)}: {markup(said.levels[level])}</th>' for level in LEVELS)
    body = "".join(
        f'<tr><th scope="row">{markup(said.benefit)}: {markup(said.levels[gain])}</th>'
        + "".join(_cell(found, gain, harm, names, said) for harm in LEVELS)
        + "</tr>"
        for gain in reversed(LEVELS)
    )
    table = Html(f'<table class="stakes"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>')
    left = ", ".join(names[each] for each in found.unplaced)
    more = page.quiet(said.unplaced.format(who=left)) if left else ""
    title = Html(f"<h3>{markup(said.title)}</h3>{page.quiet(said.sentence)}")
    return Html(f"{title}{scrolling(table, label=said.caption)}{more}")


def _cell(found: Assessment, gain: Level, harm: Level, names: Mapping[str, str], said: MapText) -> Html:
    there = found.placed.get((gain, harm), ())
    weight = LEVELS.index(harm) - LEVELS.index(gain) + 2
    if not there:
        return Html(f'<td class="weight-{weight} nobody"><span class="unseen">{markup(said.none)}</span></td>')
    label = f"{said.harm}: {said.levels[harm]}"
    inside = "".join(f"<li>{markup(names[each])}</li>" for each in there)
    return Html(f'<td class="weight-{weight}" data-harm="{markup(label)}"><ul>{inside}</ul></td>')


def _capability() -> None:
    texts = harm_texts()
    governance_fields.choice(
        texts.capability,
        LABELS,
        name="people.capability",
        value=form(Product).capability,
        put=lambda chosen: change(Product, capability=chosen),
        words=capability_name,
        help=texts.capability_help,
    )


def _starts() -> None:
    """Groups that are proposed: all at once, or one by one."""
    texts, canvas = harm_texts(), form(HarmCanvas)
    names = proposals(canvas, capability=form(Product).capability)
    if not names:
        page.draw(page.quiet(texts.starts_none))
        return
    widget = key("ethics", "people.starts")

    def one() -> None:
        if (chosen := st.session_state[widget]) is not None:
            _take((chosen,))
            st.session_state[widget] = None

    st.pills(
        texts.starts_title,
        names,
        format_func=lambda each: markdown(texts.starts[each].who),
        help=texts.starts_help,
        key=widget,
        on_change=one,
    )
    st.button(
        texts.starts_add.format(count=len(names)),
        key=key("ethics", "people.starts.all"),
        icon=":material/playlist_add:",
        on_click=_take,
        args=(names,),
    )


def _take(names: tuple[str, ...]) -> None:
    """Callback: these proposals as groups, in one step."""
    groups = form(HarmCanvas).groups
    for name in names:
        groups = (*groups, begun(name, row=next_id(groups)))
    change(HarmCanvas, groups=groups)
    ethics_steps.open_row(ethics_steps.opened(VIEW, "groups"), groups[-len(names)].id)


def _groups() -> None:
    ethics_steps.rows(VIEW, HarmCanvas, "groups", harm_texts().rows["groups"], below=_to_register)


def _to_register(group: Group) -> None:
    """One press turns a harm into a risk of the register."""
    texts = harm_texts()
    if group.registered:
        page.draw(page.quiet(texts.in_register))
        address.goes("ethics.people", texts.see_register, {"view": "register"}, name="register", icon=ARROW, whole=True)
    elif group.harm is not None:
        st.button(
            texts.to_register,
            help=texts.to_register_help,
            key=key("ethics", "people.to_register"),
            icon=":material/playlist_add_check:",
            on_click=_register,
            args=(group.id,),
        )


def _register(row: str) -> None:
    canvas = form(HarmCanvas)
    group = next(each for each in canvas.groups if each.id == row)
    groups = tuple(replace(each, registered=True) if each.id == row else each for each in canvas.groups)
    register(replace(canvas, groups=groups), group)


def _engage() -> None:
    texts = harm_texts()
    page.draw(Html(f'<h4 class="within">{markup(texts.engage_title)}</h4>'), notes(texts.engage))
