"""Soak: round after round visitors come, click and go; says whether what the server keeps in use at rest grows.

python tests/benchmarks/soak.py --minutes 30

A round ends with a rest that is long enough for Streamlit to forget who has gone. What is in use then (asked from
inside, see inside/sitecustomize.py) is what lasts; resident memory also holds what the allocator keeps for later.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

from client import HELLO, PRODUCT, PageError, Server, Visitor, serve, visit
from measure import MB, cpu_seconds, machine, median, memory, percentile, show, tree
from websockets.exceptions import WebSocketException
from widgets import alternatives

REST = 150
"""Seconds of rest after a round: Streamlit keeps a visitor for two minutes after it has gone."""
WARM_UP = 1
"""Rounds that are not judged: what is loaded when it is first needed stays."""
SMALL_BLOCK = 100
"""Bytes of a usual block of Python's own allocator, which malloc does not see by the block."""
LEAK = 1_000
"""Bytes a run that count as growth: ten runs a second would add 800 MB a day."""
QUERIES = {"bias-audit": ("", "sample=loans", "sample=hiring", "sample=triage")}


@dataclass(slots=True)
class Log:
    """What happened in a round, and what was left after its rest."""

    clicks: list[float] = field(default_factory=list)
    """How long, seconds."""
    sessions: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    in_use: dict[str, int] = field(default_factory=dict)
    rss: int = 0
    rss_busy: int = 0


async def act(visitor: Visitor, chance: random.Random) -> float:
    """One thing a person does: mostly change an input, sometimes go to another page."""
    inputs = [(element, fragment) for element, fragment in visitor.shown.values() if alternatives(element)]
    if not inputs or chance.random() < 0.2:
        name = chance.choice(list(visitor.pages))
        visitor.query = chance.choice(QUERIES.get(name, ("",)))
        return await visitor.run(page=visitor.pages[name])
    element, fragment = chance.choice(inputs)
    return await visitor.run(change=chance.choice(alternatives(element)), fragment=fragment)


async def seat(server: Server, log: Log, *, number: int, stay: int, think: float, end: float) -> None:
    """One place in the crowd: a visitor comes, clicks about `stay` times, leaves, and the next one comes."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, think))
    while time.perf_counter() < end:
        try:
            async with visit(server) as (visitor, opened):
                log.sessions += 1
                log.clicks.append(opened)
                for _ in range(chance.randint(stay // 2, stay * 3 // 2)):
                    if time.perf_counter() > end:
                        return
                    taken = await act(visitor, chance)
                    log.clicks.append(taken)
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
        except (PageError, TimeoutError, OSError, WebSocketException) as problem:
            said = f"{type(problem).__name__}: {problem}"[:400]
            log.problems[said] = log.problems.get(said, 0) + 1
            await asyncio.sleep(think)


async def inside(folder: Path) -> dict[str, int]:
    """What the server has in use: bytes from malloc, blocks of Python's own allocator, objects the collector knows."""
    ask, answer = folder / "ask", folder / "answer"
    ask.touch()
    while ask.exists():  # noqa: ASYNC110 - it is another process that takes it away
        await asyncio.sleep(0.2)
    found: dict[str, int] = json.loads(answer.read_text())
    return found


def verdict(rounds: list[Log]) -> str:
    """Whether what is in use grows by run, in words: the least-squares slope over the rounds after the first."""
    judged = rounds[WARM_UP:]
    if len(judged) < 3:
        return "too short to say whether memory grows: give it 25 minutes or more"
    runs = list(itertools.accumulate(len(each.clicks) for each in rounds))[WARM_UP:]
    slope = {kind: linear_regression(runs, [each.in_use[kind] for each in judged]).slope for kind in judged[0].in_use}
    grown = slope["malloc"] + SMALL_BLOCK * slope["blocks"]
    answer = "memory GROWS" if grown > LEAK else f"memory does not grow (by {LEAK:,} bytes a run or more)"
    return (
        f"{answer}. In use at rest, a run: malloc {slope['malloc']:+,.0f} bytes, Python's own blocks "
        f"{slope['blocks']:+.2f}, objects {slope['objects']:+.2f}"
    )


def report(rounds: list[Log], *, cpu: float, said: str) -> None:
    runs = sum(len(each.clicks) for each in rounds)
    rows = [
        [
            f"{place}", f"{len(each.clicks):,}", f"{each.sessions:,}", f"{1000 * median(each.clicks):.1f}",
            f"{1000 * percentile(each.clicks, 0.95):.1f}", f"{1000 * max(each.clicks):.0f}",
            f"{each.rss_busy / MB:.0f}",
            f"{each.rss / MB:.0f}", f"{each.in_use['malloc'] / MB:.1f}", f"{each.in_use['blocks']:,}",
            f"{each.in_use['objects']:,}",
        ]
        for place, each in enumerate(rounds, start=1)
    ]  # fmt: skip
    heads = ("round", "runs", "visitors", "median ms", "p95 ms", "most ms", "RSS MB busy", "at rest")
    show(f"{runs:,} runs, {cpu / runs * 1000:.1f} ms CPU a run", (*heads, "malloc MB", "blocks", "objects"), rows)
    problems: Counter[str] = sum((Counter(each.problems) for each in rounds), Counter())
    for problem, times in problems.items():
        print(f"  ! {times} × {problem}")
    for line in dict.fromkeys(said.splitlines()[-20:] if problems else ()):
        print(f"  server: {line}")
    print(f"  {verdict(rounds)}")


async def soak(asked: argparse.Namespace) -> None:
    script = HELLO if asked.app == "hello" else PRODUCT
    settings = {"runner_postScriptGC": "true"} if asked.post_script_gc else {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"AIPM_INSIDE": folder, "PYTHONPATH": str(Path(__file__).with_name("inside"))}
        with serve(script, **settings) as server:
            rounds, end = list[Log](), time.perf_counter() + asked.minutes * 60
            while time.perf_counter() + asked.busy + REST < end:
                log, until = Log(), time.perf_counter() + asked.busy
                how = {"stay": asked.stay, "think": asked.think, "end": until}
                first = len(rounds) * asked.sessions
                await asyncio.gather(*(seat(server, log, number=first + k, **how) for k in range(asked.sessions)))
                log.rss_busy = memory(tree(server.pid)).rss
                await asyncio.sleep(REST)
                log.in_use = await inside(Path(folder))
                log.rss = memory(tree(server.pid)).rss
                rounds.append(log)
            report(rounds, cpu=cpu_seconds(server.pid), said=server.log())


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--sessions", type=int, default=10, help="visitors at any one time")
    ask.add_argument("--stay", type=int, default=30, help="about how often one clicks before it leaves")
    ask.add_argument("--think", type=float, default=1, help="mean seconds between two clicks of one visitor")
    ask.add_argument("--busy", type=float, default=180, help="seconds of a round before its rest")
    ask.add_argument("--app", choices=("aipm", "hello"), default="aipm")
    ask.add_argument("--post-script-gc", action="store_true", help="with the full collection that Streamlit forces")
    asked = ask.parse_args()
    print(
        f"{machine()}; {asked.app}, postScriptGC {'on' if asked.post_script_gc else 'off'}, {asked.sessions} visitors"
    )
    asyncio.run(soak(asked))


if __name__ == "__main__":
    main()
