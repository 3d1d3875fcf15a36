"""Where somebody is on the page Resources and glossary, as it stands in its address; what they typed never does."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from aipm.ui import address
from aipm.ui.state import Bound

PAGE = "resources"
Name = Literal["view", "term", "theme", "letter", "kind", "level", "time", "aim", "hours"]
T = TypeVar("T", bound=str)


def asked(name: Name, options: Sequence[T]) -> T | None:
    """What the address says; None where it says nothing, or nothing that there is."""
    return address.asked(name, [*options, None], None)


def held(name: Name, value: str | None, *, default: str | None = None) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address."""
    return address.held(PAGE, name, value, default=default)
