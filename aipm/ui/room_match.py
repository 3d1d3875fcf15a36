"""The match quiz: all statements one under the other, because whoever sees them all can tell them apart better."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from aipm.ui.page import draw as show
from aipm.ui.page import quiet
from aipm.ui.room_answer import choose, form, give, progress, said
from aipm.ui.room_answer_texts import answer_texts
from aipm.workshop.specs import Match

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """Each statement with what it can call for, filled with what was given."""
    with form(seat, view.key):
        _statements(view, seat)


def _statements(view: "ActivityView", seat: "Seat") -> None:
    spec, texts = view.spec, answer_texts().match
    assert isinstance(spec, Match)
    names = {each.key: each.name for each in spec.options}
    given = {} if view.mine is None else view.mine.answers
    count, done = len(spec.statements), sum(each.key in given for each in spec.statements)
    full = done == count
    progress(
        texts.progress.format(done=done, count=count),
        done / max(1, count),
        state="full" if full else "short",
        key=seat.key(view.key),
    )
    show(quiet(texts.how))
    for place, statement in enumerate(spec.statements, start=1):
        choose(
            f"{place} · {statement.text}",  # "1." would be a list, and its escape is read aloud
            names,
            key=seat.key(f"{view.key}.{statement.key}"),
            given=given.get(statement.key),
            keep=_keeper(view, seat, statement.key),
            look="wrap",
        )
    if full:
        said(texts.done.format(count=count), done=True)


def _keeper(view: "ActivityView", seat: "Seat", statement: str) -> Callable[[str | None], object]:
    return lambda chosen: give(seat, view.key, {statement: chosen})
