"""Own candidates and models of the catalogue as a table to edit in place: what is typed there is kept at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aipm.content.visible import distinct, visible
from aipm.selection.needs import Needs, need_texts
from aipm.selection.offers import Candidate
from aipm.selection.own import Value, own_texts, value
from aipm.selection.own_offers import stated
from aipm.selection.screening import screen
from aipm.ui import page
from aipm.ui.scorer_own_state import Entries, change, entered, question
from aipm.ui.scorer_state import PAGE, bound, held, hold, now
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import catalogue, offers, workload
from aipm.ui.state import key

OF_TEAM = {
    "quality": ("pass_rate",),
    "latency": ("latency_seconds",),
    "residency": ("data_place",),
    "people": ("team_fit",),
    "ethics": ("ethics_review",),
    "task": ("task_fit",),
}
"""Question -> facts that no catalogue has."""
MOST_ROWS = 60
HEIGHT = 38 + 35 * 7


@dataclass(frozen=True, slots=True)
class Base:
    """What a table started from: its widget, what was entered then, its rows and columns, its cells."""

    widget: str
    entered: Entries
    names: tuple[str, ...]
    fields: tuple[str, ...]
    cells: Mapping[str, Sequence[Value | None]]


def asked_of_team(needs: Needs) -> tuple[str, ...]:
    """The facts that count now and that only the team can know."""
    musts = dict(needs.musts)
    asked = (name for name in OF_TEAM if name in needs.order or (name in musts and name != "task"))
    return tuple(field for name in asked for field in OF_TEAM[name])


def table(needs: Needs, text: ScorerPage) -> None:
    """The table, and the choice of further models to show in it."""
    said = text.own
    listed = {each.model.name: each for each in catalogue(workload())}
    further = st.multiselect(
        said.rows,
        tuple(listed),
        format_func=distinct(listed),
        placeholder=said.rows_placeholder,
        **bound("own.rows", []),
    )
    names = _rows(needs, listed, further)
    first = asked_of_team(needs)
    others = (each for each in own_texts().fields if each not in ("provider", "task"))
    fields = (*dict.fromkeys((*first, *others)), "task")
    base = _base(names, fields, listed)
    page.draw(page.quiet(said.table))
    columns: dict[str, Any] = {"name": st.column_config.TextColumn(said.candidate, disabled=True, pinned=True)}
    for name in fields:
        about = own_texts().fields[name]
        columns[name] = (
            st.column_config.NumberColumn(about.name, help=about.help, min_value=about.low, max_value=about.high)
            if about.kind == "number"
            else st.column_config.SelectboxColumn(
                about.name, help=about.help, options=about.options, format_func=_tasks() if name == "task" else None
            )
        )
    st.data_editor(
        base.cells,
        hide_index=True,
        width="stretch",
        height=HEIGHT,
        column_config=columns,
        placeholder="",
        alt=said.alt,
        key=base.widget,
        on_change=lambda: _keep(base, st.session_state[base.widget], listed, text),
    )


def edited(
    base: Base, edits: Mapping[Any, Mapping[str, Any]], listed: Mapping[str, Candidate]
) -> tuple[Entries, list[tuple[str, str]]]:
    """What is entered after these edits (row -> field -> cell), and the cells (name, field) that cannot be used.

    A cell that is empty, or says what the catalogue says, is not entered.
    """
    found = {name: dict(values) for name, values in base.entered.items()}
    wrong = []
    for place, row in edits.items():
        name = base.names[int(place)]
        values = found.setdefault(name, {})
        for field, cell in row.items():
            try:
                kept = value(field, cell)
            except ValueError:
                wrong.append((name, field))
                continue
            offer = listed.get(name)
            if kept is None or (offer is not None and kept == stated(offer, field, at=now())):
                values.pop(field, None)
            else:
                values[field] = kept
    return {name: values for name, values in found.items() if values or name not in listed}, wrong


def _keep(base: Base, edits: Mapping[str, Any], listed: Mapping[str, Candidate], text: ScorerPage) -> None:
    """Callback: something was typed. The table stays as it is, so that nobody loses their place in it."""
    said = text.own
    new, wrong = edited(base, edits["edited_rows"], listed)
    fields = own_texts().fields
    told = [said.refused_cell.format(name=name, field=fields[field].name) for name, field in wrong]
    change(new, said.did_table, catalogue=listed, remarks=told, anew=bool(wrong))


def _rows(needs: Needs, listed: Mapping[str, Candidate], further: Iterable[str]) -> tuple[str, ...]:
    """Own candidates, models that something was entered of, those asked for, and those left by all but own facts."""
    own = entered()
    others = Needs(musts=tuple(each for each in needs.musts if each[0] not in OF_TEAM or each[0] == "task"))
    plain = [each.to_plain() for each in offers(workload())]
    left = [plain[place]["name"] for place in screen(plain, others).left]
    theirs = [name for name in own if name not in listed]
    shown = dict.fromkeys((*theirs, *(name for name in own if name in listed), *further))
    return tuple(dict.fromkeys((*shown, *left[: max(MOST_ROWS - len(shown), 0)])))


def _base(names: tuple[str, ...], fields: tuple[str, ...], listed: Mapping[str, Candidate]) -> Base:
    """The table as it started, while rows and columns are the same and it is on the page; otherwise a new one."""
    kept: Base | None = held("own.table", None)
    if kept is not None and kept.widget in st.session_state and set(names) <= {*kept.names} and kept.fields == fields:
        return kept
    own = entered()
    widget = key(PAGE, f"own.table.{held('own.revision', 0)}.{hash((names, fields, question(own))):x}")
    cells: dict[str, list[Value | None]] = {"name": [visible(name) for name in names]}
    for field in fields:
        cells[field] = [_cell(name, field, own, listed) for name in names]
    base = Base(widget, own, names, fields, cells)
    hold("own.table", base)
    return base


def _cell(name: str, field: str, own: Entries, listed: Mapping[str, Candidate]) -> Value | None:
    if field in own.get(name, {}):
        return own[name][field]
    if name not in listed or field in ("usd_per_1000_requests", "monthly_usd"):  # a bill is no fact of the catalogue
        return None
    return stated(listed[name], field, at=now())


def _tasks() -> Any:
    options = need_texts().questions["task"].options or {}
    return lambda each: visible(options[each].label) if each in options else ""
