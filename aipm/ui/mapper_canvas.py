"""The opportunity canvas of a pain: filled in from its capability, edited in six steps, with what is still open."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from aipm.content.visible import visible
from aipm.mapping import exports
from aipm.mapping.canvas import (
    FIELDS,
    Canvas,
    DataHave,
    canvas_texts,
    capability_name,
    label,
    missing,
    prefilled,
)
from aipm.mapping.capabilities import Key
from aipm.mapping.examples import LABELS
from aipm.tables import Refusal
from aipm.ui import mapper_export, mapper_order, mapper_risks, page
from aipm.ui.fragments import join, notes
from aipm.ui.mapper_state import PAGE, canvases, held, line, token
from aipm.ui.mapper_texts import MapperPage, Step
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

STEPS: dict[Step, tuple[str, ...]] = {
    "who": ("pain", "who_hurts", "how_often", "outcome"),
    "what": ("capability", "without_ai"),
    "data": ("data_needed", "data_have"),
    "success": ("metric_product", "metric_guardrail", "metric_offline", "false_yes", "false_no"),
    "people": ("human_fallback", "risks"),
    "next": ("assumptions", "next_step"),
}
LINES = {"data_needed": 6, "assumptions": 5, "how_often": 2, "next_step": 2}
"""How many lines a box shows at first; three where nothing is said here."""
MOST_OPEN = 4
Suggested = Key | Any


def of(typed: str, suggested: Suggested = None) -> Canvas:
    """The canvas of a pain as it stands; at first filled in for `suggested`. Raises Refusal."""
    found = canvases().get(line(typed))
    return prefilled(typed, suggested) if found is None else found


def choose(typed: str, capability: Suggested) -> None:
    """Take a capability; what was filled in for the one before and not changed is filled in for the new one."""
    _put(typed, _refilled(of(typed), capability))


def put(canvas: Canvas) -> None:
    """Callback: a canvas that was opened is that of its pain."""
    _put(canvas.pain or "", canvas)


def _refilled(canvas: Canvas, capability: Suggested) -> Canvas:
    old, new = prefilled(canvas.pain, canvas.capability), prefilled(canvas.pain, capability)
    untouched = (name for name in FIELDS if getattr(canvas, name) == getattr(old, name))
    return replace(canvas, **{name: getattr(new, name) for name in untouched})


def _put(typed: str, canvas: Canvas) -> None:
    """Keep a canvas; its widgets show it when they are drawn next."""
    canvases()[line(typed)] = canvas
    for field in FIELDS:
        if field != "risks":
            st.session_state[_widget(typed, field)] = _shown(canvas, field)
    for name, answer in mapper_risks.shown(canvas).items():
        st.session_state[_widget(typed, f"risks.{name}")] = answer


def _widget(typed: str, field: str) -> str:
    return key(PAGE, f"canvas.{token(typed)}.{field}")


def _shown(canvas: Canvas, field: str) -> str | None:
    """What a field's widget holds."""
    value = getattr(canvas, field)
    if field == "assumptions":
        return "\n".join(value)
    return value if field in ("capability", "data_have") else value or ""


def opportunity(typed: str, suggested: Suggested, text: MapperPage) -> None:
    """Draw the canvas of the pain; a new suggestion is taken where the person has not chosen otherwise."""
    before: dict[str, Suggested] = held("suggested", {})
    try:
        canvas = of(typed, suggested)
    except Refusal as refusal:
        page.section(canvas_texts().title)
        page.refused(text.canvas.refused, refusal)
        return
    if line(typed) not in canvases():
        canvases()[line(typed)] = canvas
    elif before.get(line(typed)) != suggested and canvas.capability == before.get(line(typed)):
        choose(typed, suggested)
    before[line(typed)] = suggested
    page.section(canvas_texts().title, sentence=canvas_texts().sentence)
    _form(typed, text)


def _form(typed: str, text: MapperPage) -> None:
    """One step of the canvas, what is open in all of them, and the ways to take it along."""
    said = text.canvas
    widget = key(PAGE, "step")
    steps = tuple(STEPS)
    st.session_state.setdefault(widget, held("step", steps[0]))
    chosen = st.segmented_control(
        said.step,
        steps,
        format_func=lambda each: markdown(f"{steps.index(each) + 1}. {said.steps[each]}"),
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: st.session_state.update({key(PAGE, "held.step"): st.session_state[widget]}),
    )
    step: Step = chosen or steps[0]
    canvas = of(typed)
    if step == "what":
        filled = said.suggested.format(name=capability_name(canvas.capability)) if canvas.capability else said.blank
        page.draw(page.quiet(filled))
    for field in STEPS[step]:
        if field == "risks":
            mapper_risks.ask(canvas, partial(_widget, typed), partial(_keep_risks, typed), said)
        else:
            _field(typed, field)
    problems: dict[str, Refusal] = held("canvas.problems", {})
    if _widget(typed, "") in problems:
        page.refused(said.refused, problems[_widget(typed, "")])
    _turn(steps, step, text)
    page.draw(_open(canvas, text))
    _take_along(typed, text)


def _field(typed: str, field: str) -> None:
    """Changes are kept by a callback: it comes before the page is drawn, also where that draws another step."""
    canvas, said, widget = of(typed), canvas_texts().fields[field], _widget(typed, field)
    st.session_state.setdefault(widget, _shown(canvas, field))
    name = markdown(label(field, canvas.capability))
    if field == "capability":
        st.selectbox(
            name,
            LABELS,
            format_func=lambda each: visible(capability_name(each)),
            index=None,
            placeholder=said.placeholder,
            help=said.help,
            key=widget,
            on_change=lambda: choose(typed, st.session_state[widget]),
        )
    elif field == "data_have":
        options: dict[DataHave, str] = canvas_texts().data_have
        st.segmented_control(
            name,
            tuple(options),
            format_func=lambda each: markdown(options[each]),
            help=said.help,
            key=widget,
            on_change=lambda: _keep(typed, field, st.session_state[widget]),
        )
    else:
        st.text_area(
            name,
            help=said.help,
            placeholder=said.placeholder,
            key=widget,
            height=44 + 24 * LINES.get(field, 3),
            on_change=lambda: _keep(typed, field, _read(field, st.session_state[widget])),
            persist_state="session",
        )


def _read(field: str, written: str) -> str | list[str]:
    return written.split("\n") if field == "assumptions" else written


def _keep(typed: str, field: str, value: object) -> None:
    """Callback: the canvas with this field; what it cannot hold stays in its box and is said."""
    problems: dict[str, Refusal] = held("canvas.problems", {})
    problems.pop(_widget(typed, ""), None)
    try:
        canvases()[line(typed)] = Canvas.from_dict(of(typed).to_dict() | {field: value})
    except Refusal as refusal:
        problems[_widget(typed, "")] = refusal


def _keep_risks(typed: str) -> None:
    """Callback: the answers on law and people that are on the page."""
    given = {name: st.session_state[_widget(typed, f"risks.{name}")] for name in mapper_risks.shown(of(typed))}
    _keep(typed, "risks", {name: answer for name, answer in given.items() if answer is not None})


def _turn(steps: tuple[Step, ...], step: Step, text: MapperPage) -> None:
    """One step back or on."""
    place, said = steps.index(step), text.canvas

    def turn(to: Step) -> None:
        st.session_state[key(PAGE, "step")] = st.session_state[key(PAGE, "held.step")] = to

    with st.container(horizontal=True):
        if place:
            st.button(said.before, key=key(PAGE, "step.before"), on_click=turn, args=(steps[place - 1],))
        if place + 1 < len(steps):
            after = said.after.format(step=said.steps[steps[place + 1]].lower())
            st.button(after, key=key(PAGE, "step.after"), on_click=turn, args=(steps[place + 1],))


def _open(canvas: Canvas, text: MapperPage) -> Html:
    """What is still open, the most important first."""
    said, found = text.canvas, missing(canvas)
    if not found:
        return page.quiet(said.open_none)
    asked = [each.question for each in found[:MOST_OPEN]]
    if len(found) > MOST_OPEN:
        asked.append(said.open_more.format(count=len(found) - MOST_OPEN))
    return join((Html(f"<h3>{markup(said.open.format(count=len(found)))}</h3>"), notes(asked)))


def _take_along(typed: str, text: MapperPage) -> None:
    known, own = canvases(), line(typed)  # read when a button is pressed, so that nothing typed last is missing
    page.draw(Html(f"<h3>{markup(text.export['title'])}</h3>"))
    mapper_export.buttons(
        "canvas",
        lambda: known[own],
        (exports.canvas_markdown, exports.canvas_csv, exports.canvas_json),
        after=typed,
        text=text,
    )
    if mapper_order.includes(typed):
        st.markdown(markdown(text.canvas.ordered_note, limit=200))
    else:
        name = key(PAGE, f"order.add.{token(typed)}")
        st.button(
            text.canvas.order, key=name, icon=":material/low_priority:", on_click=mapper_order.add, args=([typed],)
        )
