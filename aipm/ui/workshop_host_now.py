"""The present phase: what the host says, what is to be reached, and what people are asked in it."""

from aipm.ui import address, page, workshop_host_activity
from aipm.ui.fragments import LONG
from aipm.ui.registry import registry
from aipm.ui.room_state import Seat
from aipm.ui.safe import Html, markup
from aipm.ui.workshop_host_texts import Turn, host_texts
from aipm.workshop.runsheet import Phase
from aipm.workshop.snapshot import ActivityView, RoomView


def draw(view: RoomView, seat: Seat) -> None:
    """The phase, its activities, and those from elsewhere that are open or were added on the way."""
    said = host_texts().now
    here = next((each for each in view.sheet if each.key == view.progress.phase), None)
    if view.ended is not None:
        page.section(said.ended, sentence=said.ended_words)
        _goes("after", said.files)
    elif here is None:
        page.section(said.not_begun, sentence=said.not_begun_words)
        _goes("links", said.links)
    else:
        _phase(here)
    mine = () if here is None else here.activities
    own, later = elsewhere(view, mine)
    if here is not None and not mine:
        page.draw(page.quiet(said.nothing))
    for key in mine:
        workshop_host_activity.draw(view.activity(key), view, seat)
    for title, activities in ((said.own, own), (said.later, later)):
        if activities:
            page.section(title)
        for each in activities:
            workshop_host_activity.draw(each, view, seat)


def elsewhere(view: RoomView, here: tuple[str, ...]) -> tuple[list[ActivityView], list[ActivityView]]:
    """What belongs to no phase and is not locked, and what is still open from another phase."""
    planned = {key for phase in view.sheet for key in phase.activities}
    own = [each for each in view.activities if each.key not in planned and each.state != "locked"]
    later = [each for each in view.activities if each.key in planned and each.key not in here and each.state == "open"]
    return own, later


def _goes(turn: Turn, text: str) -> None:
    address.goes("workshop", text, {"turn": turn}, name=turn, icon=":material/arrow_forward:")


def _phase(phase: Phase) -> None:
    said = host_texts().now
    page.draw(
        Html(
            f'<div class="host-phase"><h2>{markup(phase.title)}</h2>'
            f'<dl><div><dt>{markup(said.words)}</dt><dd class="words">{markup(phase.words, limit=LONG)}</dd></div>'
            f"<div><dt>{markup(said.result)}</dt><dd>{markup(phase.result)}</dd></div></dl></div>"
        )
    )
    if phase.tool is not None:
        view = {} if phase.tool.view is None else {"view": phase.tool.view}
        page.link(phase.tool.page, said.tool.format(page=registry().pages[phase.tool.page].title), **view)
