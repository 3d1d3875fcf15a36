"""A room that changes while it is looked at: the browser asks for its number every few seconds, and draws on a new one.

The question goes to a route beside the pages: a run of the script costs ten times as much, and a room of 200 asks 70
times a second. All who ask within a moment get one answer.
"""

import asyncio
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from aipm.tables import Refusal
from aipm.ui.browser_part import part
from aipm.ui.room_state import database
from aipm.ui.state import key

PARTICIPANT, HOST = 3.0, 1.0
"""Seconds between two looks: at what all participants see, and at everything."""
MOMENT = 0.2
"""Seconds for which one answer is everybody's."""
MOST_CHANNELS = 10_000
PATH, GONE = "room-news", "gone"
What = Literal["steps", "version"]


@dataclass(slots=True)
class _Channel:
    """One room's numbers as this process read them last; `asked`: on the event loop's clock."""

    code: str
    asked: float = -MOMENT
    asking: "asyncio.Task[dict[str, int] | None] | None" = None


_channels: OrderedDict[str, _Channel] = OrderedDict()
_names: dict[str, str] = {}
_lock = threading.Lock()


def watch(code: str, *, seen: int, what: What, every: float) -> None:
    """Draw again when the room is no longer at the version that was seen. To be called at the end of a page, always."""
    address = f"{PATH}/{_channel(code)}/{what}"
    part("room_news")(key=key("room", f"news.{code}"), data=[address, seen, every], on_news_change=lambda: None)


def _channel(code: str) -> str:
    """Where to ask for this room: nobody can guess it, so that nobody learns there which codes are rooms'."""
    with _lock:
        if code not in _names:
            _names[code] = secrets.token_urlsafe(12)
            _channels[_names[code]] = _Channel(code)
            while len(_channels) > MOST_CHANNELS:
                _names.pop(_channels.popitem(last=False)[1].code)
        return _names[code]


async def news(request: Request) -> Response:
    """The number that a room stands at. `gone`: the room, or the process that gave out this channel."""
    channel, what = _channels.get(request.path_params["channel"]), request.path_params["what"]
    if what not in ("steps", "version"):
        return Response(status_code=404)
    if channel is None:
        return _said(GONE)
    now = asyncio.get_running_loop().time()
    if channel.asking is None or (channel.asking.done() and now - channel.asked >= MOMENT):
        channel.asked = now
        channel.asking = asyncio.create_task(run_in_threadpool(_numbers, channel.code))
    found = await asyncio.shield(channel.asking)
    if found is None:
        return Response(status_code=503)
    return _said(str(found.get(what, GONE)))


def _said(text: str) -> Response:
    return PlainTextResponse(text, headers={"cache-control": "no-store"})


def _numbers(code: str) -> dict[str, int] | None:
    """What a room stands at: nothing where it is gone, None where nobody knows at present."""
    from aipm.workshop.rooms import versions

    try:
        now = versions(database(), code)
    except Refusal as problem:
        return {} if problem.code == "no_room" else None
    return {"steps": now.steps, "version": now.version}
