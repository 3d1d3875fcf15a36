"""Soak: many visitors click for a long time, come and go; says whether the server's memory grows.

python tests/benchmarks/soak.py --minutes 30
"""

import argparse
import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from client import HELLO, PRODUCT, PageError, Server, Visitor, serve, visit
from measure import MB, cpu_seconds, machine, median, memory, percentile, show, tree
from websockets.exceptions import WebSocketException
from widgets import alternatives

KEPT = 180
"""Seconds until as many visitors are forgotten as leave: Streamlit keeps one for two minutes after it has gone."""
BLOCKS = 12
LEAK = 0.25
"""MB per 1,000 runs that count as growth: ten runs a second would add 200 MB a day."""
QUERIES = {"bias-audit": ("", "sample=loans", "sample=hiring", "sample=support")}


@dataclass(slots=True)
class Log:
    """What happened so far."""

    clicks: list[tuple[float, float]] = field(default_factory=list)
    """(when, how long), seconds."""
    sessions: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    memory: list[tuple[float, int, int, int]] = field(default_factory=list)
    """(when, RSS, own memory, clicks so far)."""


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
                log.clicks.append((time.perf_counter(), opened))
                for _ in range(chance.randint(stay // 2, stay * 3 // 2)):
                    if time.perf_counter() > end:
                        return
                    taken = await act(visitor, chance)
                    log.clicks.append((time.perf_counter(), taken))
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
        except (PageError, TimeoutError, OSError, WebSocketException) as problem:
            said = f"{type(problem).__name__}: {problem}"[:400]
            log.problems[said] = log.problems.get(said, 0) + 1
            await asyncio.sleep(think)


async def watch(server: Server, log: Log, *, every: float, end: float) -> None:
    while time.perf_counter() < end:
        now = memory(tree(server.pid))
        log.memory.append((time.perf_counter(), now.rss, now.own, len(log.clicks)))
        await asyncio.sleep(every)


def slope(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Least-squares slope of block means, and half the width of its 95 % interval.

    Samples next to one another are alike; means over a twelfth of the time are nearly independent.
    """
    xs, ys = (np.array([part.mean() for part in np.array_split(np.asarray(v, float), BLOCKS)]) for v in (x, y))
    spread = ((xs - xs.mean()) ** 2).sum()
    found = float(((xs - xs.mean()) * (ys - ys.mean())).sum() / spread)
    residual = ys - ys.mean() - found * (xs - xs.mean())
    error = float(np.sqrt((residual**2).sum() / (BLOCKS - 2) / spread))
    return found, 2.228 * error  # Student's t, 10 degrees of freedom


def verdict(log: Log, *, warm_up: float) -> str:
    """Whether memory grows after warm-up, in words, with the slope a run and an hour."""
    kept = [one for one in log.memory if one[0] - log.memory[0][0] >= warm_up]
    if not kept or kept[-1][0] - kept[0][0] < 300:
        return "too short to say whether memory grows: give it 10 minutes or more"
    rss = [one[1] / MB for one in kept]
    hourly, hourly_error = slope([one[0] / 3600 for one in kept], rss)
    per_run, per_run_error = slope([one[3] / 1000 for one in kept], rss)
    if per_run - per_run_error > 0 and per_run > LEAK:
        answer = "memory GROWS"
    elif per_run + per_run_error < LEAK:
        answer = f"memory does not grow (by {LEAK} MB per 1,000 runs or more)"
    else:
        answer = "undecided: the interval holds both growth and none, run it longer"
    return (
        f"{answer}. RSS after warm-up {min(rss):.0f}-{max(rss):.0f} MB; slope {per_run:+.2f} ± {per_run_error:.2f} MB "
        f"per 1,000 runs, {hourly:+.1f} ± {hourly_error:.1f} MB an hour"
    )


def report(log: Log, *, cpu: float, said: str, warm_up: float) -> None:
    edges = np.linspace(log.memory[0][0], log.memory[-1][0] + 1e-6, 11)
    rows = []
    for begin, end in itertools.pairwise(edges):
        taken = [1000 * long for when, long in log.clicks if begin <= when < end] or [float("nan")]
        rss, own = (median(one[kind] for one in log.memory if begin <= one[0] < end) / MB for kind in (1, 2))
        rows.append([
            f"{(end - edges[0]) / 60:.1f}", f"{len(taken):,}", f"{median(taken):.1f}",
            f"{percentile(taken, 0.95):.1f}", f"{max(taken):.0f}", f"{rss:.1f}", f"{own:.1f}",
        ])  # fmt: skip
    show(
        f"{len(log.clicks):,} runs, {log.sessions:,} sessions, {cpu / len(log.clicks) * 1000:.1f} ms CPU a run",
        ("to minute", "runs", "median ms", "p95 ms", "most ms", "RSS MB", "own MB"),
        rows,
    )
    for problem, times in log.problems.items():
        print(f"  ! {times} × {problem}")
    for line in dict.fromkeys(said.splitlines()[-20:] if log.problems else ()):
        print(f"  server: {line}")
    print(f"  {verdict(log, warm_up=warm_up)}")


async def soak(asked: argparse.Namespace) -> None:
    script = HELLO if asked.app == "hello" else PRODUCT
    with serve(script, **({"runner_postScriptGC": "true"} if asked.post_script_gc else {})) as server:
        log, end = Log(), time.perf_counter() + asked.minutes * 60
        how = {"stay": asked.stay, "think": asked.think, "end": end}
        seats = [seat(server, log, number=number, **how) for number in range(asked.sessions)]
        await asyncio.gather(*seats, watch(server, log, every=asked.every, end=end))
        report(
            log, cpu=cpu_seconds(server.pid), said=server.log(), warm_up=max(KEPT, asked.warm_up * asked.minutes * 60)
        )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--sessions", type=int, default=10, help="visitors at any one time")
    ask.add_argument("--stay", type=int, default=30, help="about how often one clicks before it leaves")
    ask.add_argument("--think", type=float, default=1, help="mean seconds between two clicks of one visitor")
    ask.add_argument("--every", type=float, default=2, help="seconds between two looks at the memory")
    ask.add_argument("--warm-up", type=float, default=0.3, help="share of the time that is not judged")
    ask.add_argument("--app", choices=("aipm", "hello"), default="aipm")
    ask.add_argument("--post-script-gc", action="store_true", help="with the full collection that Streamlit forces")
    asked = ask.parse_args()
    print(
        f"{machine()}; {asked.app}, postScriptGC {'on' if asked.post_script_gc else 'off'}, {asked.sessions} visitors"
    )
    asyncio.run(soak(asked))


if __name__ == "__main__":
    main()
