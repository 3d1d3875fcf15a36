"""A form for any operation, made from what its settings may be: the one place where a step is put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import streamlit as st
from msgspec import inspect

from aipm.content.visible import distinct, visible
from aipm.prep.operation import Operation
from aipm.prep.operation_texts import OperationText, SettingText, operation_texts
from aipm.prep.operations import operations
from aipm.prep.recipe import Step
from aipm.prep.settings import settings
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.prep_formula import formula_field
from aipm.ui.prep_state import PAGE, revision
from aipm.ui.prep_texts import prep_page
from aipm.ui.safe import markdown
from aipm.ui.state import key

FORMULAS = ("expression", "condition")
MOST_LINES = 300
"""Lines of a mapping that can be edited here; a longer one is kept as it is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A step as the form has it, and what it still lacks (None: nothing)."""

    step: Step
    problem: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a form stands: its name (unique on the page), the columns to choose from, values that the file has."""

    name: str
    columns: tuple[str, ...]
    offered: tuple[str, ...] = ()

    def key(self, setting: str) -> str:
        return key(PAGE, f"form.{self.name}.{revision()}.{setting}")


def form(
    op: str,
    columns: Sequence[str],
    *,
    name: str,
    start: Step | None = None,
    values: Sequence[str] = (),
    most: int | None = None,
) -> Draft:
    """Draw the columns and settings of an operation, filled with those of `start`; give the step as it now stands.

    `columns` can be chosen from; `values` are offered where a setting names values; `most` limits how many columns.
    """
    operation, text = operations()[op], operation_texts()[op]
    place = Place(name=f"{name}.{op}", columns=tuple(columns), offered=tuple(values))
    same = start is not None and start.op == op
    chosen = _columns(operation, text, place, start.columns if start else (), most=most)
    params = _params(operation, text, place, dict(start.params) if same and start else {}, chosen)
    field = prep_page().form.reason
    reason = st.text_input(
        field.label, start.reason if start else "", help=field.help, max_chars=300, key=place.key("reason")
    )
    step = Step(
        id=start.id if start and same else _id(op, chosen, place.columns),
        op=op,
        columns=chosen,
        params=params,
        reason=reason.strip(),
        scope=operation.scope,
    )
    try:
        settings(step, operation)
    except Refusal as refusal:
        return Draft(step, refusal)
    return Draft(step, None)


def _id(op: str, chosen: Sequence[str], columns: Sequence[str]) -> str:
    places = "-".join(str(columns.index(name) + 1) for name in chosen[:3] if name in columns)
    return f"{op}-{places}" if places else op


def _columns(
    operation: Operation, text: OperationText, place: Place, start: Sequence[str], *, most: int | None
) -> tuple[str, ...]:
    """The columns to work on; operations whose formulas name their columns have none."""
    said = prep_page().form
    if any(each.name in FORMULAS for each in _fields(operation)) and operation.least_columns == 0:
        return ()
    known = [name for name in start if name in place.columns]
    limit = min(each for each in (most, operation.most_columns, len(place.columns)) if each is not None)
    if limit == 1 and operation.least_columns == 1:
        one = st.selectbox(
            said.column,
            place.columns,
            index=place.columns.index(known[0]) if known else None,
            format_func=distinct(place.columns),
            help=text.columns,
            key=place.key("columns"),
        )
        return () if one is None else (one,)
    found = st.multiselect(
        said.columns,
        place.columns,
        default=known[:limit],
        format_func=distinct(place.columns),
        max_selections=limit if limit < len(place.columns) else None,
        help=text.columns,
        key=place.key("columns"),
    )
    return tuple(found)


def _fields(operation: Operation) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(operation.params)
    assert isinstance(found, inspect.DataclassType)
    return found.fields


def _params(
    operation: Operation, text: OperationText, place: Place, start: Mapping[str, Any], columns: tuple[str, ...]
) -> dict[str, Any]:
    """The settings that differ from the usual ones, or were said before."""
    shown_when = prep_page().form.shown_when.get(operation.name, {})
    found: dict[str, Any] = {}
    for each in _fields(operation):
        usual = _usual(each)
        value = start.get(each.name, usual)
        asked = shown_when.get(each.name, {})
        if all(_says(found.get(other, _default(operation, other)), wanted) for other, wanted in asked.items()):
            value = _setting(each, text.params[each.name], place, value, columns)
        if value is not msgspec.NODEFAULT and (value != usual or each.name in start):
            found[each.name] = value
    return found


def _usual(each: inspect.Field) -> Any:
    usual = each.default if each.default_factory is msgspec.NODEFAULT else each.default_factory()
    return usual if usual is msgspec.NODEFAULT else msgspec.to_builtins(usual)


def _default(operation: Operation, name: str) -> Any:
    return next(_usual(each) for each in _fields(operation) if each.name == name)


def _says(value: Any, wanted: Sequence[str]) -> bool:
    return bool(set(value if isinstance(value, list | tuple) else [value]) & set(wanted))


def _setting(each: inspect.Field, said: SettingText, place: Place, value: Any, columns: tuple[str, ...]) -> Any:
    """One setting as the widget that fits what it may be."""
    kind: Any = each.type
    name = place.key(each.name)
    given = None if value is msgspec.NODEFAULT else value
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.BoolType):
        return st.toggle(said.label, value=bool(given), help=said.help, key=name)
    if isinstance(kind, inspect.LiteralType):
        options = list(kind.values)
        return st.selectbox(
            said.label,
            options,
            index=options.index(given) if given in options else 0,
            format_func=lambda choice: visible(said.choices.get(str(choice), str(choice))),
            help=said.help,
            key=name,
        )
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        return _number(kind, said, name, given, needed=not isinstance(each.type, inspect.UnionType))
    if isinstance(kind, inspect.VarTupleType):
        return _many(kind, each.name, said, place, list(given or ()), columns)
    if isinstance(kind, inspect.DictType):
        return _pairs(kind, said, place, each.name, dict(given or {}))
    if each.name in FORMULAS:
        return formula_field(said, name=name, start=given or "", columns=place.columns)
    return st.text_input(said.label, given or "", help=said.help, max_chars=1_000, key=name)


def _number(kind: Any, said: SettingText, name: str, given: Any, *, needed: bool) -> Any:
    texts = prep_page().form
    whole = isinstance(kind, inspect.IntType)
    low = kind.ge if kind.ge is not None else kind.gt
    form: Any = int if whole else float
    found: Any = st.number_input(
        said.label,
        min_value=None if low is None else form(low),
        max_value=None if kind.le is None else form(kind.le),
        value=None if given is None else form(given),
        step=1 if whole else None,
        format=None if whole else "%g",
        placeholder=texts.none,
        help=said.help,
        key=name,
    )
    return msgspec.NODEFAULT if found is None and needed else found


def _many(
    kind: inspect.VarTupleType,
    setting: str,
    said: SettingText,
    place: Place,
    given: list[Any],
    columns: tuple[str, ...],
) -> Any:
    """Several values: choices of ours, numbers, new names for columns, or texts (those of the file are offered)."""
    name, item = place.key(setting), kind.item_type
    if isinstance(item, inspect.LiteralType):
        options = list(item.values)
        return st.multiselect(
            said.label,
            options,
            default=given,
            format_func=lambda choice: visible(said.choices.get(str(choice), str(choice))),
            help=said.help,
            key=name,
        )
    if isinstance(item, inspect.FloatType):
        texts = prep_page().form
        typed = st.text_input(
            said.label, ", ".join(f"{each:g}" for each in given), help=f"{said.help} {texts.list_help}", key=name
        )
        return _numbers(typed)
    if setting == "names":
        return _new_names(said, place, given, columns)
    options = list(dict.fromkeys([*given, *place.offered]))
    found = st.multiselect(
        said.label,
        options,
        default=given,
        format_func=distinct(options),
        accept_new_options=True,
        help=said.help,
        key=name,
    )
    return [str(each) for each in found]


def _numbers(typed: str) -> list[Any]:
    """Numbers with commas between them; what is none is left as it is, to be refused with a word."""
    found: list[Any] = []
    for piece in filter(None, (each.strip() for each in typed.replace(";", ",").split(","))):
        try:
            found.append(float(piece))
        except ValueError:
            found.append(piece)
    return found


def _new_names(said: SettingText, place: Place, given: list[Any], columns: tuple[str, ...]) -> list[str]:
    """A new name for each of the chosen columns."""
    found = []
    for number, column in enumerate(columns):
        start = given[number] if number < len(given) else column
        named = st.text_input(
            f"{said.label}: {markdown(column, limit=60)}",
            start,
            max_chars=500,
            key=place.key(f"name.{number}.{column}"),
        )
        found.append(named.strip())
    return found


def _pairs(
    kind: inspect.DictType, said: SettingText, place: Place, setting: str, given: dict[Any, Any]
) -> dict[Any, Any]:
    """Old and new values, or units and what they are worth, as a table to edit."""
    import pandas as pd

    texts = prep_page().form
    numbers = isinstance(kind.value_type, inspect.FloatType)
    if len(given) > MOST_LINES:
        page.draw(page.quiet(said.help))
        return given
    lines = dict(given)
    if not numbers:
        lines |= {value: value for value in place.offered[:40] if value not in lines}
    first, second = (texts.unit, texts.worth) if numbers else (texts.old, texts.new)
    frame = pd.DataFrame({"old": list(map(str, lines)), "new": list(lines.values())})
    frame = frame.astype({"old": "str", "new": "float64" if numbers else "str"})
    st.markdown(said.label, help=said.help)
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * (len(frame) + 1), 300),
        column_config={
            "old": st.column_config.TextColumn(first, required=True),
            "new": (st.column_config.NumberColumn if numbers else st.column_config.TextColumn)(second),
        },
        key=place.key(setting),
    )
    found: dict[Any, Any] = {}
    for old, new in zip(edited["old"], edited["new"], strict=True):
        if pd.isna(old) or (numbers and pd.isna(new)):
            continue
        after = float(new) if numbers else "" if pd.isna(new) else str(new)
        if numbers or str(old) in given or str(old) != after:
            found[str(old)] = after
    return {old: new for old, new in found.items() if numbers or old != new}
