"""People: the tables they sit at, and those without a device, for whom the facilitator enters."""

from dataclasses import replace

import streamlit as st

from aipm.ui import page, room_guess, room_inputs
from aipm.ui.fragments import Column, table
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import AddPerson, SetTables
from aipm.workshop.snapshot import Person, RoomView


def draw(view: RoomView, seat: Seat) -> None:
    """First whom to enter for: it is what happens while the room waits; then who sits where."""
    said = host_texts().people
    page.section(said.add, sentence=said.add_sentence)
    if view.proxies:
        _enter(view, seat)
    if view.ended is None:
        _add(view, seat)
    page.section(said.title)
    _seated(view)
    if view.ended is None:
        _tables(view, seat)


def name_of(person: Person) -> str:
    """Of somebody without a device."""
    said = host_texts().people
    if person.name is None:
        template = said.unnamed if person.table is None else said.unnamed_at
        return template.format(number=person.person, table=person.table)
    return person.name if person.table is None else said.named_at.format(name=person.name, table=person.table)


def _chosen(seat: Seat) -> str:
    return f"{seat.code}.enter"


def _enter(view: RoomView, seat: Seat) -> None:
    said = host_texts().people
    people = {each.person: name_of(each) for each in view.proxies}
    names = told_apart({None: said.enter_none, **people})
    chosen = st.selectbox(
        said.enter,
        list(names),
        format_func=lambda each: names[each],
        **kept("workshop", _chosen(seat)),
    )
    if chosen is None:
        return
    theirs = replace(seat, person=chosen)
    activities = [each for each in theirs.view().activities if each.state == "open"]
    if not activities or view.ended is not None:
        page.draw(page.quiet(said.nothing_open))
        return
    heading = said.entering.format(name=people[chosen])
    page.draw(Html(f'<p class="host-entering">{markup(heading)}</p>'))
    for each in activities:
        with st.container(key=f"workshop-host-entry-{each.key}"):
            page.draw(Html(f"<h3>{markup(each.spec.title)}</h3><p>{markup(each.spec.question, limit=1_000)}</p>"))
            room_inputs.draw(each, theirs)
            room_guess.draw(each, theirs)


def _add(view: RoomView, seat: Seat) -> None:
    said = host_texts().people
    name, at = seat.key("host.add.name"), seat.key("host.add.table")

    def added() -> None:
        given = st.session_state.get(name, "").strip()
        done = seat.send(AddPerson(name=given or None, table=st.session_state.get(at)))
        if done is not None and done.made is not None:
            st.session_state[kept("workshop", _chosen(seat))["key"]] = int(done.made)

    with st.form(seat.key("host.add"), clear_on_submit=True):
        st.text_input(said.name, key=name, help=said.name_help, max_chars=60)
        if view.tables:
            tables = told_apart({None: said.at_none, **{each: each for each in view.tables}})
            st.selectbox(
                said.at,
                list(tables),
                format_func=lambda each: tables[each],
                key=at,
            )
        st.form_submit_button(said.add_press, on_click=added)


def _seated(view: RoomView) -> None:
    said = host_texts().people
    if not view.tables or not any(view.at_tables.values()):
        page.draw(page.quiet(said.none))
        return
    rows = [(name, str(count)) for name, count in view.at_tables.items()]
    rest = view.people - sum(view.at_tables.values())
    columns = (Column(name=said.table), Column(name=said.count, number=True))
    page.draw(table(columns, [*rows, (said.elsewhere, str(rest))], caption=said.seated))


def _tables(view: RoomView, seat: Seat) -> None:
    said = host_texts().people
    field = seat.key("host.tables")

    def kept_now() -> None:
        seat.send(SetTables(tables=tuple(filter(None, map(str.strip, st.session_state[field].splitlines())))))

    with st.form(seat.key("host.tables.form")):
        st.text_area(said.tables, "\n".join(view.tables), key=field, help=said.tables_help)
        st.form_submit_button(said.tables_save, on_click=kept_now)
