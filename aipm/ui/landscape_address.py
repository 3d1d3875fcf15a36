"""The settings of the AI landscape page, as they stand in its address."""

from typing import Any

from aipm.ui import address
from aipm.ui.address import asked, put
from aipm.ui.state import Bound

__all__ = ["PAGE", "asked", "go", "held", "put"]

PAGE = "landscape"


def held(name: str, value: Any, *, default: Any) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address."""
    return address.held(PAGE, name, value, default=default)


def go(text: str, *, name: str, icon: str | None = None, **parts: str | None) -> None:
    """A button that reads as a link and changes these parts of the address."""
    address.goes(PAGE, text, parts, name=name, icon=icon)
