"""Instances of any form, made from its type hints: every value that a file may hold, hypothesis finds the odd ones."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec import Meta

from aipm.governance.forms import FORMS

TEXT = st.one_of(
    st.sampled_from(
        ["", " ", "Ines Moreau", "<img src=x onerror=alert(1)>", "=1+1", "a\nb", "{x} {0} %s", "\u202e|**"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


def made(hint, *, rows=3):
    """A strategy for a type hint."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _bounded(args[0], [each for each in args[1:] if isinstance(each, Meta)], rows)
    if origin in (Union, UnionType):
        return st.one_of(*(made(each, rows=rows) for each in args))
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        if args[-1] is Ellipsis:
            return _rows(args[0], rows)
        return st.tuples(*(made(each, rows=rows) for each in args))
    if is_dataclass(hint):
        hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{each.name: made(hints[each.name], rows=rows) for each in fields(hint)})
    simple = {
        str: TEXT,
        bool: st.booleans(),
        int: st.integers(-(2**53), 2**53),
        float: st.floats(allow_nan=False, allow_infinity=False),
        date: st.dates(date(1, 1, 2), date(9998, 12, 30)),
        datetime: st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        type(None): st.none(),
    }
    return simple[hint]


def _rows(kind, most):
    """A list; its rows have ids of their own, as in any file that is read."""
    unique = (lambda row: row.id) if is_dataclass(kind) and "id" in kind.__dataclass_fields__ else None
    return st.lists(made(kind, rows=most), max_size=most, unique_by=unique).map(tuple)


def _bounded(kind, limits, rows):
    say = {name: getattr(each, name) for each in limits for name in ("pattern", "ge", "gt", "le", "lt", "max_length")}
    if say["pattern"]:
        return st.from_regex(say["pattern"], fullmatch=True)
    if kind is int:
        return st.integers(
            say["ge"] if say["ge"] is not None else -(2**53), say["le"] if say["le"] is not None else 2**53
        )
    if kind is float:
        low, high = (say["ge"], say["gt"]), (say["le"], say["lt"])
        return st.floats(
            min_value=next((each for each in low if each is not None), None),
            max_value=next((each for each in high if each is not None), None),
            exclude_min=say["gt"] is not None,
            exclude_max=say["lt"] is not None,
            allow_nan=False,
            allow_infinity=False,
        )
    return made(kind, rows=rows)


def forms(*, rows=3):
    """Some of the forms, by name."""
    return st.fixed_dictionaries({}, optional={name: made(kind, rows=rows) for name, kind in FORMS.items()})
