"""The fields of an activity, by its kind: few, and filled with what it asks so far or with what is usual."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from aipm.mapping.capabilities import capabilities, no_ai
from aipm.ui.room_labels import told_apart
from aipm.ui.workshop_host_spec import CHECK_KINDS, fits
from aipm.ui.workshop_host_texts import host_texts
from aipm.workshop.specs import Spec
from aipm.workshop.texts import room_texts

USUAL: dict[str, dict[str, Any]] = {
    "ideas": {"each": 20},
    "premortem": {"each": 20},
    "dots": {"each": 3, "several": True},
    "weights": {"way": "points"},
    "scores": {"low": 1, "high": 5, "rounds": 2},
    "poll": {"several": False},
    "confidence": {"low": 1, "high": 5},
}
"""By kind; the names are those of the specs."""
_NAMES: dict[str, tuple[str, ...]] = {
    "ideas": ("stages", "tags", "each"),
    "premortem": ("stages", "tags", "each"),
    "dots": ("source", "options", "each", "several"),
    "match": ("statements",),
    "weights": ("criteria", "way"),
    "scores": ("candidates", "weights", "criteria", "low", "high", "rounds"),
    "poll": ("options", "several"),
    "confidence": ("low", "high", "before"),
    "checks": tuple(f"checks.{each}" for each in CHECK_KINDS),
}
KINDS_WITH_WORDS = frozenset({"ideas", "premortem"})
"""Where somebody writes: beside anything else no name would stand."""
_BOUNDS = {"each": (1, 20), "low": (0, 10), "high": (1, 10), "rounds": (1, 2)}


def usual(kind: str) -> dict[str, Any]:
    """What stands in the fields of a new one."""
    found = dict(USUAL.get(kind, {}))
    if kind == "ideas":
        found["tags"] = "\n".join([*(each.name for each in capabilities().values()), no_ai().name])
    return found


def names_of(kind: str) -> tuple[str, ...]:
    """The fields that this kind has."""
    first = ("title", "question", *_NAMES[kind])
    return (*first, "guess", "named") if kind in KINDS_WITH_WORDS else first if kind == "checks" else (*first, "guess")


def draw(kind: str, now: Mapping[str, Any], *, key: Callable[[str], str], others: Mapping[str, Spec]) -> None:
    """The fields, `now` in them. `others`: the room's activities, to which this one may refer."""
    for name in names_of(kind):
        _field(kind, name, now.get(name), key(name), others)


def _field(kind: str, name: str, value: Any, key: str, others: Mapping[str, Spec]) -> None:
    said = host_texts().activities.fields
    if name.startswith("checks."):
        texts, kind = room_texts(), next(each for each in CHECK_KINDS if name.endswith(each))
        st.text_area(said.checks.format(kind=texts.check_kinds[kind]), value or "", key=key)
        return
    label = _label(kind, name)
    match name:
        case "title" | "guess":
            help_text = said.guess_help if name == "guess" else None
            st.text_input(label, value or "", key=key, max_chars=300, help=help_text)
        case "named" | "several":
            st.checkbox(label, value=bool(value), key=key)
        case "each" | "low" | "high" | "rounds":
            low, high = _BOUNDS[name]
            top = 50 if kind in KINDS_WITH_WORDS else high
            st.number_input(label, low, top, value, key=key, width=200)
        case "way":
            ways = tuple(said.ways)
            st.radio(label, ways, index=ways.index(value), format_func=lambda each: said.ways[each], key=key)
        case "source" | "weights" | "before":
            _refers(label, name, value, key, others)
        case _:
            st.text_area(label, value or "", key=key)


def _label(kind: str, name: str) -> str:
    said = host_texts().activities.fields
    own = {
        ("ideas", "each"): said.cards_each,
        ("premortem", "each"): said.cards_each,
        ("dots", "options"): said.dot_options,
        ("poll", "several"): said.poll_several,
        ("scores", "criteria"): said.scores_criteria,
    }
    return own.get((kind, name)) or str(getattr(said, name))


def _refers(label: str, name: str, value: Any, key: str, others: Mapping[str, Spec]) -> None:
    """A choice among the room's activities that this one can refer to."""
    said = host_texts().activities.fields
    none = {"source": said.source_own, "weights": said.weights_none, "before": said.before_none}[name]
    told = said.source_cards if name == "source" else "{title}"
    fitting = {each: told.format(title=spec.title) for each, spec in others.items() if fits(spec, name)}
    names = told_apart({None: none, **fitting})
    options = list(names)
    st.selectbox(
        label,
        options,
        index=options.index(value) if value in options else 0,
        format_func=lambda each: names[each],
        key=key,
    )
