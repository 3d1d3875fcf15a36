"""Which table looks at which check: as it was dealt, and changed by hand, one check at a time."""

import streamlit as st

from aipm.ui.fragments import LONG
from aipm.ui.room_labels import told_apart
from aipm.ui.room_state import Seat
from aipm.ui.safe import markdown
from aipm.ui.state import shows
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.commands import DealCheck
from aipm.workshop.snapshot import ActivityView, RoomView
from aipm.workshop.specs import Check, Checks

EVERY = ""
"""In a field: no table of its own. None would be a field in which nothing is chosen."""


def draw(view: ActivityView, room: RoomView, seat: Seat) -> None:
    """A field a check, folded; nothing where nobody can be given a check any more."""
    if not isinstance(view.spec, Checks) or not room.tables or room.ended is not None or view.state == "locked":
        return
    said = host_texts().activity
    with st.expander(said.which_table, key=seat.key(f"host.{view.key}.tables")):
        dealt = dict(view.spec.dealt)
        for each in view.spec.checks:
            _field(each, dealt.get(each.key), view, room, seat)


def _field(check: Check, table: str | None, view: ActivityView, room: RoomView, seat: Seat) -> None:
    """Kept as soon as it is chosen. A table that is not in the room any more stays until another one is chosen."""
    gone = () if table is None or table in room.tables else (table,)
    names = told_apart({EVERY: host_texts().activity.every_table, **{each: each for each in (*room.tables, *gone)}})

    now = table or EVERY

    def deal(to: str) -> None:
        seat.send(DealCheck(activity=view.key, check=check.key, table=to or None))

    st.selectbox(
        markdown(check.question, limit=LONG),
        tuple(names),
        format_func=lambda each: names[each],
        **shows(seat.key(f"host.{view.key}.table.{check.key}"), now, deal, start={"index": tuple(names).index(now)}),
    )
