"""What an activity asks of somebody, drawn by its kind: on a phone, or by the facilitator for somebody without one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The fields of an open activity, filled with what was given before."""
    match view.kind:
        case "ideas" | "premortem":
            from aipm.ui import room_cards

            room_cards.draw(view, seat)
        case "dots":
            from aipm.ui import room_dots

            room_dots.draw(view, seat)
        case "checks":
            from aipm.ui import room_checks

            room_checks.draw(view, seat)
        case "match":
            from aipm.ui import room_match

            room_match.draw(view, seat)
        case "weights":
            from aipm.ui import room_weights

            room_weights.draw(view, seat)
        case "scores":
            from aipm.ui import room_scores

            room_scores.draw(view, seat)
        case "poll" | "confidence":
            from aipm.ui import room_votes

            room_votes.draw(view, seat)
