"""What a workshop leaves behind: files to take along, and what goes on in the brief and the tools."""

from aipm.tables import Refusal
from aipm.ui import page, workshop_after_brief, workshop_after_files, workshop_after_tools
from aipm.ui.memo import once
from aipm.ui.room_state import Seat, database
from aipm.workshop.record import Record, record
from aipm.workshop.rooms import versions

PAGE = "workshop"


def draw(seat: Seat) -> None:
    """Exports, and each result into the brief and the tools. At any time, for the facilitator."""
    try:
        found, version = read(seat)
    except Refusal as problem:
        page.refused("", problem)
        return
    workshop_after_files.draw(found, seat)
    workshop_after_brief.draw(found, seat, version=version)
    workshop_after_tools.draw(found, seat, version=version)


def read(seat: Seat) -> tuple[Record, int]:
    """Everything of the room and its version, read again only when something in it has changed. Raises Refusal."""
    store = database()
    version = versions(store, seat.code).version
    return once(PAGE, "record", (seat, version), lambda: record(store, seat.code, seat.token)), version
