"""A room full of phones: vote to acknowledged, how fresh the facilitator's page is, CPU a run.

python tests/benchmarks/room.py

Participants talk to the server as a browser's tab does, without the browser, and look for news as often as the page
tells them to. Beside them three real browsers: the facilitator's page, the big screen, and a phone.
"""

import argparse
import asyncio
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from client import PRODUCT, Server, Visitor, serve, visit
from measure import MB, ROOT, cpu_seconds, machine, median, memory, percentile, show, tree
from playwright.async_api import Browser, Page, async_playwright
from widgets import alternatives

sys.path.insert(0, str(ROOT))
from aipm.brief.database import Database
from aipm.workshop import commands, rooms
from aipm.workshop.acting import act
from aipm.workshop.snapshot import snapshot
from tests import postgresql

GOAL = {40: 0.5, 200: 1.0}
"""Seconds from a vote to its answer, 95th percentile, by participants."""
FRESH = 2.0
"""Seconds that the facilitator's page may be behind."""
SETTLE = 5.0
"""Seconds after everybody has arrived, before anything is timed."""
SPEC = {
    "title": "Which one first?",
    "question": "Which of these shall we build first?",
    "options": [{"key": f"option_{each}", "name": f"Option {each}"} for each in "abcde"],
}


@dataclass(slots=True)
class Room:
    """One room, written to from outside as its people would."""

    database: Database
    code: str
    host: str
    screen: str
    activity: str = ""
    tokens: list[str] = field(default_factory=list)

    def do(self, command: commands.Command) -> str | None:
        return act(self.database, self.code, self.host, command, client_key=f"{random.random()}").made

    def answered(self) -> int:
        """How many have answered, as the store knows it."""
        view = snapshot(self.database, self.code, self.host)
        return view.activity(self.activity).answered


def opened(database: Database, participants: int) -> Room:
    """A room in its first phase with an open poll and its people in it."""
    made = rooms.create(database, "confidence_only")
    room = Room(database, made.code, made.facilitator, made.presenter)
    room.do(commands.Begin())
    room.activity = room.do(commands.AddActivity(kind="poll", spec=SPEC)) or ""
    room.do(commands.Step(activity=room.activity, to="open"))
    for each in range(participants):
        room.tokens.append(rooms.join(database, room.code, address=f"phone {each}").token)
    return room


class News:
    """Asks for the room's number where the page says, on a connection that stays open as a browser's does."""

    def __init__(self, visitor: Visitor) -> None:
        [told] = [json.loads(element.json) for element, _ in visitor.of_kind("BidiComponent")]
        self.path, self.seen, self.every = told
        self.address = visitor.server.address
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def look(self) -> float:
        """Seconds from the question to the answer."""
        start = time.perf_counter()
        try:
            number = await self._ask()
        except (asyncio.IncompleteReadError, ConnectionError):  # the server had closed it: a browser asks anew, too
            self.connection = None
            number = await self._ask()
        if number < self.seen:
            raise RuntimeError("the room has gone backwards")
        return time.perf_counter() - start

    async def _ask(self) -> int:
        if self.connection is None:
            self.connection = await asyncio.open_connection(*self.address.split(":"))
        reader, writer = self.connection
        writer.write(f"GET /{self.path} HTTP/1.1\r\nHost: {self.address}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        body = await reader.readexactly(int(re.findall(r"content-length: (\d+)", head)[0]))
        if " 200 " not in head.splitlines()[0]:
            raise RuntimeError(f"no news: {head.splitlines()[0]}")
        return int(body)


@dataclass(slots=True)
class Phone:
    """A participant: looks for news when the page says so, and votes now and then."""

    visitor: Visitor
    news: News
    votes: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)

    async def live(self, end: float, *, think: float) -> None:
        look_at = time.perf_counter() + random.uniform(0, 3)
        vote_at = time.perf_counter() + random.uniform(0, think)
        while (now := time.perf_counter()) < end:
            if vote_at <= now:
                element, fragment = next(one for one in self.visitor.shown.values() if alternatives(one[0]))
                taken = await self.visitor.run(change=random.choice(alternatives(element)), fragment=fragment)
                self.votes.append(taken)
                vote_at = time.perf_counter() + random.uniform(0.5, 1.5) * think
            elif look_at <= now:
                self.looks.append(await self.news.look())
                look_at = time.perf_counter() + self.news.every
            await asyncio.sleep(max(0.0, min(vote_at, look_at, end) - time.perf_counter()))


@dataclass(slots=True)
class Shown:
    """What the facilitator's page shows over time, beside what was true."""

    true: list[tuple[float, int]] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)

    async def record(self, room: Room, end: float) -> None:
        """What is true, looked at so often that hardly any number comes and goes between two looks."""
        while time.perf_counter() < end:
            count = await asyncio.to_thread(room.answered)
            if not self.true or self.true[-1][1] != count:
                self.true.append((time.perf_counter(), count))
            await asyncio.sleep(0.01)

    async def watch(self, page: Page, end: float) -> None:
        while time.perf_counter() < end:
            text = await page.evaluate("document.querySelector('[data-testid=stMain]').innerText")
            now = time.perf_counter()
            found = re.search(r"(\d+) of \d+ (people )?(have|has) answered", text)
            if found is not None and self.true:
                self.behind.append(self._behind(int(found[1]), now))
            await asyncio.sleep(0.1)

    def _behind(self, shown: int, now: float) -> float:
        """Seconds since what is shown stopped being true; 0 while it is.

        A number that came and went between two looks at the store was last true before the next one that was seen.
        """
        last = len(self.true) - 1
        places = [place for place, (_, count) in enumerate(self.true) if count == shown]
        places = places or [place for place, (_, count) in enumerate(self.true) if count < shown]
        place = places[-1] if places else 0
        return 0.0 if place == last else now - self.true[place + 1][0]


async def idle(server: Server) -> None:
    """Wait until the server has loaded what it loads in the background after its start."""
    while True:
        used = cpu_seconds(server.pid)
        await asyncio.sleep(1)
        if cpu_seconds(server.pid) - used < 0.05:
            return


async def alone(server: Server, room: Room, *, runs: int = 200) -> list[float]:
    """CPU ms a run of one phone, nobody else being there: a look for news, a vote, the page drawn again."""
    token = rooms.join(room.database, room.code, address="alone").token
    async with visit(server, name="room", query=f"room={room.code}&me={token}") as (visitor, _):
        news = News(visitor)

        async def vote() -> None:
            element, place = next(one for one in visitor.shown.values() if alternatives(one[0]))
            await visitor.run(change=random.choice(alternatives(element)), fragment=place)

        found = []
        for do in (news.look, vote, visitor.run):
            for _ in range(20):
                await do()
            cpu = cpu_seconds(server.pid)
            for _ in range(runs):
                await do()
            found.append((cpu_seconds(server.pid) - cpu) / runs * 1000)
    return found


async def look_at(browser: Browser, server: Server, path: str, *, width: int = 1280) -> Page:
    page = await browser.new_page(viewport={"width": width, "height": 900})
    await page.goto(f"http://{server.address}/{path}")
    await page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stHtml]")
    return page


async def crowd(servers: list[Server], database: Database, participants: int, told: argparse.Namespace) -> list[str]:
    """One room for so many people and so many seconds: a row of the table."""
    room = opened(database, participants)
    await idle(servers[0])
    single = await alone(servers[0], room)
    async with AsyncExitStack() as stack, async_playwright() as started:
        browser = await started.chromium.launch(executable_path=told.browser, args=["--no-sandbox", "--disable-gpu"])
        phones = []
        for place, token in enumerate(room.tokens):
            server = servers[place % len(servers)]
            visitor, _ = await stack.enter_async_context(
                visit(server, name="room", query=f"room={room.code}&me={token}")
            )
            phones.append(Phone(visitor, News(visitor)))
        host = await look_at(browser, servers[-1], f"workshop?room={room.code}&host={room.host}&screen={room.screen}")
        await look_at(browser, servers[0], f"room?room={room.code}&screen={room.screen}", width=1920)
        own = rooms.join(database, room.code, address="a phone").token
        await look_at(browser, servers[0], f"room?room={room.code}&me={own}", width=390)
        await asyncio.sleep(SETTLE)
        cpu, mine = [cpu_seconds(server.pid) for server in servers], time.process_time()
        start = time.perf_counter()
        end, shown = start + told.seconds, Shown()
        living = (each.live(end, think=told.think) for each in phones)
        await asyncio.gather(*living, shown.record(room, end), shown.watch(host, end))
        used = sum(cpu_seconds(server.pid) for server in servers) - sum(cpu)
        busy = (time.process_time() - mine) / (time.perf_counter() - start)
        await browser.close()
    votes = [one for each in phones for one in each.votes]
    looks = [one for each in phones for one in each.looks]
    return [
        f"{participants}",
        f"{len(votes)}",
        f"{median(votes) * 1000:.0f}",
        f"{percentile(votes, 0.95) * 1000:.0f}",
        f"{max(votes) * 1000:.0f}",
        f"{GOAL.get(participants, 1.0) * 1000:.0f}",
        f"{median(looks) * 1000:.0f}" if looks else "-",
        f"{percentile(looks, 0.95) * 1000:.0f}" if looks else "-",
        f"{median(shown.behind):.1f}",
        f"{percentile(shown.behind, 0.95):.1f}",
        f"{max(shown.behind):.1f}",
        f"{used / told.seconds:.0%}",
        f"{used / (len(votes) + len(looks)) * 1000:.1f}",
        " / ".join(f"{each:.1f}" for each in single),
        f"{sum(memory(tree(server.pid)).rss for server in servers) / MB:.0f}",
        f"{busy:.0%}",
    ]


HEADER = (
    *("participants", "votes", "vote ms", "p95", "max", "goal", "look ms", "p95"),
    *("host behind s", "p95", "max", "CPU", "CPU ms/run", "one phone: look / vote / page", "RSS MB", "clients' CPU"),
)


@contextmanager
def store(kind: str) -> Iterator[str]:
    """A new, empty store: its address, told to the servers by the environment."""
    with tempfile.TemporaryDirectory(prefix="aipm-room-") as place:
        if kind == "sqlite":
            yield f"sqlite:///{Path(place) / 'aipm.sqlite'}"
        else:
            with postgresql.server(settings=()) as server:
                yield server.url()


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr] # it stands above
    parser.add_argument("--participants", default="40,200")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, default=10, help="seconds between two votes of one person")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--servers", type=int, default=1, help="processes; more than one need PostgreSQL")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    told = parser.parse_args()
    print(machine())
    rows: list[list[str]] = []
    for participants in map(int, told.participants.split(",")):
        with store(told.store) as url:
            os.environ["AIPM_DATABASE_URL"] = url
            database = Database(url)
            with ExitStack() as stack:
                servers = [stack.enter_context(serve(PRODUCT)) for _ in range(told.servers)]
                rows.append(await crowd(servers, database, participants, told))
            database.close()
    show(f"One room, {told.store}, {told.servers} process(es), {told.seconds:.0f} s", HEADER, rows)


if __name__ == "__main__":
    asyncio.run(main())
