"""Pages: cold start, switch to every page, click to redraw, CPU a run, beside a hello-world app with the same settings.

python tests/benchmarks/pages.py

Visitors talk to the server as a browser's tab does, without the browser: what is timed is the server and the wire.
"""

import argparse
import asyncio
import importlib.util
import itertools
import random
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import data
from client import HELLO, PRODUCT, PageError, Server, Visitor, serve, visit
from measure import MB, cpu_seconds, machine, median, memory, percentile, show, spread, tree
from widgets import alternatives

GOAL = "2 × hello world + 30 ms"


@dataclass(frozen=True, slots=True)
class App:
    """What is measured: the page that is opened first, the one with the clicks, the one to switch to."""

    name: str
    script: Path
    work: str
    query: str
    other: str


APPS = (
    App("hello world", HELLO, work="", query="", other="other"),
    App("aipm, home", PRODUCT, work="", query="", other="bias-audit"),
    App("aipm, finished audit", PRODUCT, work="bias-audit", query="sample=loans", other=""),
)


async def pause(seconds: float) -> None:
    """People do not click in step."""
    await asyncio.sleep(random.uniform(0.5, 1.5) * seconds)


async def cold_start(app: App) -> tuple[float, float, float]:
    """Seconds from the start of the process to healthy, to the first page, and to the page with the clicks."""
    with serve(app.script) as server:
        start = time.perf_counter()
        async with visit(server):
            first = server.healthy_after + time.perf_counter() - start
        async with visit(server, name=app.work, query=app.query):
            return server.healthy_after, first, server.healthy_after + time.perf_counter() - start


def clicks(visitor: Visitor) -> Callable[[], Awaitable[float]]:
    """One input changed again and again: the first slider, else the first input; where there is none, a plain rerun."""
    inputs = [one for one in visitor.shown.values() if alternatives(one[0])]
    if not inputs:
        return visitor.run
    element, fragment = next((one for one in inputs if one[0].DESCRIPTOR.name == "Slider"), inputs[0])
    turn = itertools.cycle(alternatives(element))
    return lambda: visitor.run(change=next(turn), fragment=fragment)


def switches(visitor: Visitor, app: App) -> Callable[[], Awaitable[float]]:
    """To the other page and back."""
    turn = itertools.cycle([visitor.pages[app.other], visitor.page])

    async def switch() -> float:
        page = next(turn)
        visitor.query = "" if page == visitor.pages[app.other] else app.query
        return await visitor.run(page=page)

    return switch


async def crowd(server: Server, app: App, *, sessions: int, seconds: float, think: float) -> list[list[str]]:
    """Many visitors at once, each clicking, then each switching pages, with a pause between."""

    async def act(action: Callable[[], Awaitable[float]], end: float) -> list[float]:
        taken = []
        await asyncio.sleep(random.uniform(0, think))
        while time.perf_counter() < end:
            taken.append(await action())
            await pause(think)
        return taken

    rows = []
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(visit(server, name=app.work, query=app.query)) for _ in range(sessions)
        ]
        visitors = [visitor for visitor, _ in opened]
        for what, actions in (
            ("click", [clicks(visitor) for visitor in visitors]),
            ("switch", [switches(visitor, app) for visitor in visitors]),
        ):
            cpu, own, start = cpu_seconds(server.pid), time.process_time(), time.perf_counter()
            taken = await asyncio.gather(*(act(action, start + seconds) for action in actions))
            runs = [one * 1000 for some in taken for one in some]
            used = (cpu_seconds(server.pid) - cpu) / len(runs) * 1000
            busy = (time.process_time() - own) / (time.perf_counter() - start)
            rows.append([
                app.name, what, str(sessions), str(len(runs)), f"{median(runs):.1f}", f"{percentile(runs, 0.95):.1f}",
                f"{used:.1f}", f"{max(v.received for v in visitors) / 1000:.0f}",
                f"{memory(tree(server.pid)).rss / MB:.0f}", f"{busy:.0%}",
            ])  # fmt: skip
    return rows


async def every_input(server: Server, app: App, *, rounds: int, think: float) -> list[tuple[str, list[float], float]]:
    """Change each input of the page in a session of its own: (what, milliseconds of every change, CPU ms a run)."""
    async with visit(server, name=app.work, query=app.query) as (visitor, _):
        inputs = [(e.id, f"{e.label} ({e.DESCRIPTOR.name})") for e, _ in visitor.shown.values() if alternatives(e)]
    found = []
    for key, name in inputs:
        label = name
        async with visit(server, name=app.work, query=app.query) as (visitor, _):
            element, fragment = next(one for one in visitor.shown.values() if getattr(one[0], "id", "") == key)
            taken: list[float] = []
            cpu = cpu_seconds(server.pid)
            try:
                for state in itertools.islice(itertools.cycle(alternatives(element)), rounds):
                    taken.append(await visitor.run(change=state, fragment=fragment) * 1000)
                    await pause(think)
            except PageError as problem:
                label = f"{name}: {problem}"[:90]
            if taken:
                found.append((label, taken, (cpu_seconds(server.pid) - cpu) / len(taken) * 1000))
    return found


async def every_page(server: Server, *, rounds: int, think: float) -> list[tuple[str, list[float]]]:
    """From the first page to every other and back, one visitor: (page, milliseconds of every switch to it)."""
    async with visit(server) as (visitor, _):
        found: list[tuple[str, list[float]]] = [(name, []) for name in visitor.pages if name]
        for _, (name, taken) in itertools.product(range(rounds), found):
            await visitor.run(page=visitor.pages[""])
            taken.append(await visitor.run(page=visitor.pages[name]) * 1000)
            await pause(think)
    return found


async def upload(server: Server, app: App, path: Path) -> tuple[float, float]:
    """A new visitor gives the page a file: (seconds to the finished page, CPU seconds)."""
    async with visit(server, name=app.work) as (visitor, _):
        cpu = cpu_seconds(server.pid)
        seconds = await visitor.upload(path)
        if not visitor.of_kind("DownloadButton"):
            raise PageError("the page shows no finished audit after the upload: there is nothing to download")
        return seconds, cpu_seconds(server.pid) - cpu


async def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sessions", default="1,10,30")
    ask.add_argument("--seconds", type=float, default=15, help="length of each phase")
    ask.add_argument("--think", type=float, default=1, help="mean seconds between two clicks of one visitor")
    ask.add_argument("--rounds", type=int, default=10, help="changes of every input")
    ask.add_argument("--repeat", type=int, default=3, help="cold starts, uploads")
    ask.add_argument("--rows", type=int, default=100_000, help="rows of the uploaded file")
    asked = ask.parse_args()
    loop = "uvloop" if importlib.util.find_spec("uvloop") else "asyncio"
    print(f"{machine()}; event loop {loop}, settings of .streamlit/config.toml for both apps", flush=True)

    starts: dict[str, list[tuple[float, float, float]]] = {app.name: [] for app in APPS}
    for _, app in itertools.product(range(asked.repeat), APPS):
        starts[app.name].append(await cold_start(app))
    show("Cold start, seconds since the process was started",
         ("app", "healthy", "first page", "page with the clicks"),
         [[name, *(spread(one) for one in zip(*taken, strict=True))] for name, taken in starts.items()])  # fmt: skip

    with serve(HELLO) as hello, serve(PRODUCT) as product:
        rows = []
        for sessions in map(int, asked.sessions.split(",")):
            for app in APPS:
                server = hello if app.script == HELLO else product
                rows += await crowd(server, app, sessions=sessions, seconds=asked.seconds, think=asked.think)
        show(f"Redraw, one action a visitor about every {asked.think:g} s",
             ("app", "action", "sessions", "runs", "median ms", "p95 ms", "CPU ms/run", "kB", "server MB", "client"),
             rows)  # fmt: skip

        rounds = {"rounds": asked.rounds, "think": min(asked.think, 0.3)}
        switched = [("hello world", hello), ("aipm", product), ("hello world, again", hello)]
        rows = [[who, page, f"{taken[0]:.1f}", f"{median(taken):.1f}", f"{max(taken):.1f}"]
                for who, server in switched for page, taken in await every_page(server, **rounds)]  # fmt: skip
        show("Switch from the first page to each other, one visitor, ms. Goal for pages to read: < 100",
             ("app", "page", "first", "median", "most"), rows)  # fmt: skip

        before = await every_input(hello, APPS[0], **rounds)
        inputs = await every_input(product, APPS[-1], **rounds)
        after = await every_input(hello, APPS[0], **rounds)
        limit = 2 * median(before[0][1] + after[0][1]) + 30
        rows = [[f"{label}{when}", f"{taken[0]:.1f}", f"{median(taken):.1f}", f"{max(taken):.1f}", f"{cpu:.1f}",
                 "" if when else "yes" if median(taken) <= limit else "NO"]
                for when, found in ((" (hello world, before)", before), ("", inputs), (" (hello world, after)", after))
                for label, taken, cpu in found]  # fmt: skip
        show(f"Every input of a finished audit, one visitor, ms. Goal: median within {GOAL} = {limit:.0f}",
             ("input", "first", "median", "most", "CPU/run", "within"), rows)  # fmt: skip

        path = data.audit_file(asked.rows)
        title = f"Upload to verdict, {asked.rows:,} rows, {path.stat().st_size / MB:.1f} MB. Goal at 100,000: < 1.5 s"
        try:
            taken = [await upload(product, APPS[-1], path) for _ in range(asked.repeat)]
        except PageError as problem:
            print(f"\n{title}\n  {problem}")
            return
        seconds, cpu = zip(*taken, strict=True)
        show(title, ("", "first s", "median s", "CPU s"), [["aipm", f"{seconds[0]:.2f}", spread(seconds), spread(cpu)]])


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except PageError as problem:
        sys.exit(f"pages.py: {problem}")
