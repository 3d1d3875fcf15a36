"""The rows of a journey as a table to edit: what is typed, pasted or struck out there is kept at once."""

from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.content.visible import visible
from aipm.mapping.journey import Journey, Pain
from aipm.ui import page
from aipm.ui.mapper_state import PAGE, held, hold, journeys
from aipm.ui.mapper_texts import JourneyPageTexts
from aipm.ui.state import kept, key


def begin_anew() -> None:
    """The table of rows begins anew from the journey as it stands."""
    hold("journey.base", None)
    hold("journey.revision", held("journey.revision", 0) + 1)


def edited(which: str, current: Journey, said: JourneyPageTexts, *, always: bool) -> Journey:
    """The rows as a table to change, where the person wants it or `always`; every change is kept by a callback."""
    if not always and not st.toggle(said.edit, on_change=begin_anew, **kept(PAGE, f"journey.edit.{which}")):
        return current
    widget = key(PAGE, f"journey.rows.{which}.{held('journey.revision', 0)}")
    if widget not in st.session_state or held("journey.base", None) is None:
        hold("journey.base", current)
    base: Journey = held("journey.base", current)
    more = tuple(f"more {place}" for place in range(max((len(row.more) for row in base.rows), default=0)))
    named = dict(zip(more, (base.header or ())[-len(more) :], strict=False)) if more else {}
    table: dict[str, list[str | None]] = {
        "stage": [row.stage if row.stage and not row.carried else None for row in base.rows],
        "pain": [row.text for row in base.rows],
        **{name: [(row.more + ("",) * len(more))[place] for row in base.rows] for place, name in enumerate(more)},
    }
    page.draw(page.quiet(said.edit_note))
    st.data_editor(
        table,
        num_rows="dynamic",
        placeholder="",
        hide_index=True,
        width="stretch",
        column_config={
            "stage": st.column_config.TextColumn(said.columns["stage"], width="medium"),
            "pain": st.column_config.TextColumn(said.columns["pain"], width="large"),
            **{name: st.column_config.TextColumn(visible(named.get(name, said.columns["more"]))) for name in more},
        },
        key=widget,
        on_change=lambda: journeys().update({which: changed(base, table, st.session_state[widget])}),
    )
    return journeys()[which]


def changed(base: Journey, table: dict[str, list[str | None]], edits: dict[str, Any]) -> Journey:
    """The journey with what was edited in its table; a row without a stage belongs to the stage above it."""
    cells = [list(row) for row in zip(*table.values(), strict=True)]
    names = list(table)
    for place, new in edits["edited_rows"].items():
        for name, value in new.items():
            cells[int(place)][names.index(name)] = value
    cells = [row for place, row in enumerate(cells) if place not in edits["deleted_rows"]]
    cells += [[new.get(name) for name in names] for new in edits["added_rows"]]
    rows: list[Pain] = []
    above: str | None = None
    for stage, pain, *more in ([_cell(each) for each in row] for row in cells):
        typed = stage if stage.strip() else None
        above = typed or above
        carried = typed is None and above is not None
        rows.append(Pain(row=len(rows) + 1, stage=above, text=pain, carried=carried, more=tuple(more)))
    while rows and rows[-1].carried and not rows[-1].written and not any(rows[-1].more):
        rows.pop()  # an empty row at the end is one that waits to be typed into
    return replace(base, rows=tuple(rows))


def _cell(value: object) -> str:
    return value if isinstance(value, str) else ""
