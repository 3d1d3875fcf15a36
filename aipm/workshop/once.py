"""What is made once for everybody in a room, until the facilitator's next step."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 128
_lock = Lock()
_kept: OrderedDict[tuple[str, int, int, str], Any] = OrderedDict()


def once(room: Mapping[str, Any], activity: int, what: str, make: Callable[[], T]) -> T:
    """Made once for everybody: what is not open changes by the facilitator's steps alone."""
    key = (room["presenter"], room["steps"], activity, what)
    with _lock:
        if key in _kept:
            found: T = _kept[key]
            return found
    found = make()
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found
