"""The settings of the Language models page, as they stand in its address."""

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

from aipm.ui import address
from aipm.ui.state import Bound

PAGE = "language_models"
S = TypeVar("S", bound=str)


def choice(name: str, options: Sequence[S], *, default: S) -> S:
    """What the address says under this name; the default where it says nothing, or nothing that there is."""
    return address.asked(name, options, default)


def number(name: str, *, low: float, high: float, default: float) -> float:
    """The number under this name, kept between the bounds; the default where there is none."""
    try:
        said = float(st.query_params.get(name, ""))
    except ValueError:
        return default
    return min(max(said, low), high) if said == said else default  # noqa: PLR0124 - a NaN is not itself


def whole(name: str, *, low: int, high: int, default: int) -> int:
    """As `number`, for counts."""
    return round(number(name, low=low, high=high, default=default))


def yes(name: str, *, default: bool) -> bool:
    """A switch: "yes" or "no"."""
    return choice(name, ("yes", "no"), default="yes" if default else "no") == "yes"


def held(name: str, value: Any, *, default: Any) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address."""
    return address.held(PAGE, name, value, default=default)


def link(text: str, *, icon: str | None = ":material/arrow_forward:", **to: str) -> None:
    """A link to another place on this page: what it names is changed in the address, the rest stays."""
    name = ".".join(f"{part}-{value}" for part, value in to.items())
    address.goes(PAGE, text, to, name=name, icon=icon)
