"""A poll, or a confidence vote: one press, kept at once."""

from typing import TYPE_CHECKING, Any

from aipm.ui.page import draw as show
from aipm.ui.page import quiet
from aipm.ui.room_answer import choose, choose_several, give, said
from aipm.ui.room_answer_texts import answer_texts
from aipm.workshop.specs import Confidence, Poll, targets
from aipm.workshop.votes import CHOICE

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The choices, filled with what was given."""
    spec, texts = view.spec, answer_texts()
    given = view.mine.answers.get(CHOICE) if view.mine else None

    def keep(value: Any) -> None:
        give(seat, view.key, {CHOICE: value})

    key = seat.key(f"{view.key}.choice")
    match spec:
        case Poll(several=True):
            show(quiet(texts.votes.several))
            choose_several(
                spec.question, targets(spec), key=key, given=given or [], keep=lambda chosen: keep(chosen or None)
            )
        case Poll():
            choose(spec.question, targets(spec), key=key, given=given, keep=keep, quiet=True)
        case Confidence(low=low, high=high):
            choose(
                spec.question,
                targets(spec),
                key=key,
                given=None if given is None else str(given),
                keep=lambda chosen: keep(None if chosen is None else int(chosen)),
                look="numbers",
                quiet=True,
            )
            show(quiet(texts.votes.ends.format(low=low, high=high)))
    said(texts.nothing if given is None else texts.votes.kept, done=given is not None)
