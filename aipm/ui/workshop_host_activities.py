"""All activities of the room: to drive any of them, to change one that has not begun, and to add one."""

from collections.abc import Callable

import streamlit as st

from aipm.tables import Refusal
from aipm.ui import page, room_state, workshop_host_activity, workshop_host_fields
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept
from aipm.ui.workshop_host_spec import can_change, fields, plain
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import AddActivity, ChangeActivity, Command
from aipm.workshop.snapshot import ActivityView, RoomView
from aipm.workshop.specs import KINDS, Spec
from aipm.workshop.texts import room_texts


def draw(view: RoomView, seat: Seat) -> None:
    """One of them, chosen from a list, with its form as long as it has not begun; then the form of a new one."""
    said = host_texts().activities
    page.section(said.title, sentence=said.sentence)
    if view.activities:
        _one(view, seat)
    if view.ended is None:
        page.section(said.add_title, sentence=said.added)
        _new(view, seat)


def _chosen(seat: Seat) -> str:
    return f"{seat.code}.activity"


def _one(view: RoomView, seat: Seat) -> None:
    said = host_texts().activities
    names = told_apart({each.key: _name(each) for each in view.activities}, limit=120)
    chosen = st.selectbox(
        said.which, tuple(names), format_func=lambda each: names[each], **kept("workshop", _chosen(seat))
    )
    held = view.activity(chosen)
    workshop_host_activity.draw(held, view, seat)
    if held.state != "draft" or held.answered or view.ended is not None:
        return
    with st.expander(said.change_title):
        if can_change(held.spec):
            _form(held.kind, held, view, seat)
        else:
            page.draw(page.quiet(said.secret))


def _name(view: ActivityView) -> str:
    words = room_texts()
    return host_texts().activities.option.format(
        title=view.spec.title, kind=words.kinds[view.kind].name, state=words.states[view.state].name
    )


def _new(view: RoomView, seat: Seat) -> None:
    said, texts = host_texts().activities, room_texts()
    kind = st.selectbox(
        said.kind, KINDS, format_func=lambda each: texts.kinds[each].name, **kept("workshop", f"{seat.code}.kind")
    )
    page.draw(Html(f'<p class="host-kind">{markup(texts.kinds[kind].does)}</p>'))
    _form(kind, None, view, seat)


def _form(kind: str, held: ActivityView | None, view: RoomView, seat: Seat) -> None:
    """The fields and the press that keeps them; a new one begins afresh after each that was added."""
    said = host_texts().activities
    others = {each.key: each.spec for each in view.activities if held is None or each.key != held.key}
    target = f"{len(view.activities)}.{kind}" if held is None else held.key
    now = workshop_host_fields.usual(kind) if held is None else fields(held.spec)
    with st.form(seat.key(f"host.form.{target}")):
        workshop_host_fields.draw(kind, now, key=_keys(seat, target), others=others)
        st.form_submit_button(
            said.add_press if held is None else said.change_press,
            on_click=_keep,
            args=(kind, held, others, seat, target),
        )


def _keys(seat: Seat, target: str) -> Callable[[str], str]:
    return lambda name: seat.key(f"host.field.{target}.{name}")


def _keep(kind: str, held: ActivityView | None, others: dict[str, Spec], seat: Seat, target: str) -> None:
    """Add it, or change it; what was typed stays in the form where it is refused."""
    keys = _keys(seat, target)
    given = {name: st.session_state.get(keys(name)) for name in workshop_host_fields.names_of(kind)}
    try:
        spec = plain(kind, given, others=others, before=None if held is None else held.spec)
    except Refusal as problem:
        st.session_state[room_state.SAID] = problem
        return
    command: Command = (
        AddActivity(kind=kind, spec=spec) if held is None else ChangeActivity(activity=held.key, spec=spec)
    )
    done = seat.send(command)
    if done is not None and done.made is not None:
        st.session_state[kept("workshop", _chosen(seat))["key"]] = done.made
