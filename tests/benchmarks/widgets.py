"""What a visitor can change on a page: for every kind of input, the states it can be put in."""

from collections.abc import Callable
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

SLIDES = 12


def alternatives(element: Any) -> list[WidgetState]:
    """States to put an input in one after the other, round and round: each is a change, the last is what it shows now.

    Empty for what is no input, cannot be changed, or has one state only.
    """
    make = _CHANGES.get(element.DESCRIPTOR.name)
    states = make(element) if make and not element.disabled else []
    return states if len(states) > 1 else []


def _checkbox(element: Any) -> list[WidgetState]:
    return [WidgetState(id=element.id, bool_value=value) for value in (not element.default, element.default)]


def _choice(element: Any) -> list[WidgetState]:
    now = element.default if element.HasField("default") else len(element.options)
    options = [*element.options[now + 1 :], *element.options[: now + 1]]
    return [WidgetState(id=element.id, string_value=option) for option in options]


def _several(element: Any) -> list[WidgetState]:
    """One option in place of another where one is chosen at a time; otherwise one fewer, or one more."""
    options = [getattr(option, "content", option) for option in element.options]
    chosen = list(element.raw_values) if element.set_value else [options[index] for index in element.default]
    others = [option for option in options if option not in chosen]
    single = element.DESCRIPTOR.name == "ButtonGroup" and element.click_mode == element.SINGLE_SELECT
    if single:
        states = [*([option] for option in others), *([chosen] if chosen or not element.required else [])]
    elif len(chosen) > 1:
        states = [chosen[:-1], chosen]
    else:
        states = [[*chosen, *others[:1]], chosen] if others else []
    return [_texts(element, state) for state in states]


def _texts(element: Any, values: list[str]) -> WidgetState:
    state = WidgetState(id=element.id)
    state.string_array_value.data.extend(values)
    return state


def _slider(element: Any) -> list[WidgetState]:
    """Step by step to a dozen places, so that no answer kept from a change before is met again soon."""
    now, *rest = element.default
    down = (now - element.min) // element.step >= SLIDES
    moved = [now + (-step if down else step) * element.step for step in range(1, SLIDES + 1)]
    values = [*(value for value in moved if element.min <= value <= element.max), now]
    if element.options:
        return [_texts(element, [element.options[int(end)] for end in (value, *rest)]) for value in values]
    states = [WidgetState(id=element.id) for _ in values]
    for state, value in zip(states, values, strict=True):
        state.double_array_value.data.extend([value, *rest])
    return states


def _number(element: Any) -> list[WidgetState]:
    now = element.default
    other = now - element.step if not element.has_min or now > element.min else now + element.step
    return [WidgetState(id=element.id, double_value=value) for value in (other, now)]


_CHANGES: dict[str, Callable[[Any], list[WidgetState]]] = {
    "Checkbox": _checkbox,
    "Selectbox": _choice,
    "Radio": _choice,
    "MultiSelect": _several,
    "ButtonGroup": _several,
    "Slider": _slider,
    "NumberInput": _number,
}
