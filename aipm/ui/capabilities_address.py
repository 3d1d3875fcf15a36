"""Where somebody is on the Capabilities page, as it stands in its address, so that it can be linked to."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from aipm.ui import address
from aipm.ui.state import Bound

PAGE = "capabilities"
Name = Literal["view", "capability", "other", "industry"]
T = TypeVar("T", bound=str)


def asked(name: Name, options: Sequence[T]) -> T | None:
    """What the address says; None where it says nothing, or nothing that there is."""
    return address.asked(name, [*options, None], None)


def held(name: Name, value: str | None, *, default: str | None = None) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address."""
    return address.held(PAGE, name, value, default=default)


def link(text: str, *, icon: str | None = ":material/arrow_forward:", **to: str) -> None:
    """A link to another place on this page, named by its part of the address."""
    name = ".".join(f"{part}-{value}" for part, value in to.items())
    address.goes(PAGE, text, to, name=name, icon=icon, whole=True)
