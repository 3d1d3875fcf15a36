"""Opening a room: what a workshop is, a template and what happens in it, a name and how long it is kept."""

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content.visible import visible
from aipm.tables import Refusal
from aipm.ui import address, brief_state, page, room_state, workshop_start_mine
from aipm.ui.fragments import LONG, notes
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key
from aipm.ui.workshop_links import said_deleted
from aipm.ui.workshop_texts import page_texts

if TYPE_CHECKING:
    from aipm.workshop.templates import Template

NEW_ROOMS, TEN_MINUTES = 60, timedelta(minutes=10)
"""Rooms that one address may open in TEN_MINUTES: a firm's whole network may have one address."""
TITLE, DAYS = key("workshop", "title"), key("workshop", "days")


def draw() -> None:
    page.header("workshop")
    said_deleted()
    page.draw(notes(page_texts().start.lines))
    workshop_start_mine.rooms()
    workshop_start_mine.by_link()
    _new()
    _before()


def _new() -> None:
    from aipm.workshop.giving import LONGEST_NAME
    from aipm.workshop.rooms import KEEP_DAYS
    from aipm.workshop.templates import templates

    text, known = page_texts().start, templates()
    page.section(text.template)
    names = tuple(known)
    chosen = address.asked("template", names, names[0])
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.radio(
            text.template,
            names,
            format_func=lambda each: markdown(known[each].title),
            captions=[markdown(_length(each)) for each in known.values()],
            label_visibility="collapsed",
            **address.held("workshop", "template", chosen, default=names[0]),
        )
        st.text_input(
            text.name,
            key=TITLE,
            placeholder=visible(known[chosen].title),
            help=text.name_help,
            max_chars=LONGEST_NAME,
        )
        st.session_state.setdefault(DAYS, KEEP_DAYS)
        st.number_input(text.days, min_value=1, max_value=365, step=1, key=DAYS, help=text.days_help)
        st.button(text.open, key=key("workshop", "open"), type="primary", on_click=_open, args=(chosen,))
        room_state.refused()
        page.draw(page.quiet(text.opened_note), page.quiet(text.sure))
    with right:
        page.draw(sheet(known[chosen]))


def sheet(template: "Template") -> Html:
    """The run-sheet: from which minute to which, what people do, and what there is then."""
    from aipm.workshop.texts import room_texts

    text, kinds = page_texts().start, room_texts().kinds
    made = {each.key: each for each in template.activities}
    talk = f'<p class="task">{markup(text.talk)}</p>'
    rows, start = [], 0
    for phase in template.phases:
        does = "".join(
            f'<p class="task">{markup(f"{kinds[made[each].kind].name}: {made[each].spec.title}")}</p>'
            for each in phase.activities
        )
        droppable = "" if phase.drop is None else f"<p><small>{markup(text.leaves_out)}</small></p>"
        rows.append(
            f'<li><span class="minute">{markup(text.minute.format(start=start, end=start + phase.minutes))}</span>'
            f"<div><h4>{markup(phase.title)}</h4>{does or talk}"
            f'<p class="leaves"><small>{markup(text.leaves)}</small> {markup(phase.result)}</p>{droppable}</div></li>'
        )
        start += phase.minutes
    about = text.for_whom.format(for_whom=template.for_whom, about=template.about)
    return Html(
        f'<h3>{markup(text.sheet)}</h3><p class="quiet">{markup(about, limit=LONG)}</p>'
        f'<ol class="run-sheet" aria-label="{markup(text.sheet_label.format(title=template.title))}">'
        f"{''.join(rows)}</ol>"
    )


def _length(template: "Template") -> str:
    text, phases = page_texts().start, len(template.phases)
    caption = text.template_caption_one if phases == 1 else text.template_caption
    return caption.format(minutes=template.minutes, phases=phases)


def _open(template: str) -> None:
    """A room of this template, and into it: the address becomes the facilitator's."""
    from aipm.workshop.refusals import refused
    from aipm.workshop.rooms import create

    try:
        database = room_state.database()
        wait = database.allowed(f"room-from/{brief_state.origin()}", most=NEW_ROOMS, within=TEN_MINUTES)
        if wait is not None:
            raise refused("too_often", minutes=max(1, round(wait.total_seconds() / 60)))
        made = create(database, template, title=st.session_state[TITLE], keep_days=int(st.session_state[DAYS]))
    except Refusal as problem:
        st.session_state[room_state.SAID] = problem
        return
    st.session_state.pop(room_state.SAID, None)
    st.session_state[TITLE] = ""
    workshop_start_mine.lead(made.code, workshop_start_mine.Opened(host=made.facilitator, screen=made.presenter))


def _before() -> None:
    text = page_texts().before
    page.section(text.title)
    parts = "".join(f"<section><h3>{markup(part.name)}</h3>{notes(part.items)}</section>" for part in text.parts)
    page.draw(Html(f'<div class="before">{parts}</div>'))
