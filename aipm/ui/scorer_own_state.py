"""What a session keeps of own candidates and facts: what is entered, the remarks on it, and what can be undone."""

from collections.abc import Iterable
from typing import Any

from aipm.selection.own import Entered, Value
from aipm.ui.scorer_state import held, hold

MOST_UNDONE = 20
Entries = dict[str, dict[str, Value]]


def entered() -> Entries:
    """What the team entered: name -> field -> value; a name that the catalogue has is one of its models."""
    found: Entries = held("entered", {})
    return found


def question(entered: Entered) -> tuple[Any, ...]:
    """What was entered, as part of the question that an answer is kept under."""
    return tuple((name, tuple(values.items())) for name, values in entered.items())


def change(
    new: Entries, what: str, *, catalogue: Iterable[str], remarks: Iterable[str] = (), anew: bool = True
) -> None:
    """Callback: this is what is entered now; `what` was done can be undone. The table begins `anew`, or goes on."""
    known, before = frozenset(catalogue), entered()
    after = {name: values for name, values in new.items() if values or name not in known}
    hold("own.earlier", [*held("own.earlier", []), (what, before, after)][-MOST_UNDONE:])
    hold("entered", after)
    hold("own.remarks", tuple(remarks))
    if anew:
        begin_anew()


def undo() -> None:
    """Callback: what was entered before the last change."""
    if last() is not None:
        *earlier, (_, before, _) = held("own.earlier", [])
        hold("own.earlier", earlier)
        hold("entered", before)
        hold("own.remarks", ())
        begin_anew()


def last() -> str | None:
    """What the last change was, in words; None where there is none, or something else was taken up since."""
    earlier = held("own.earlier", [])
    return earlier[-1][0] if earlier and earlier[-1][2] == entered() else None


def remarks() -> tuple[str, ...]:
    """What is to be said of the last change."""
    found: tuple[str, ...] = held("own.remarks", ())
    return found


def begin_anew() -> None:
    """The table begins anew from what is entered."""
    hold("own.table", None)
    hold("own.revision", held("own.revision", 0) + 1)
