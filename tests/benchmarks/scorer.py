"""Model scorer: every change of a slider, from the click to the end of the redraw, beside a hello-world app.

python tests/benchmarks/scorer.py
"""

import argparse
import asyncio
import itertools
import sys
from typing import Any

from client import HELLO, PRODUCT, PageError, Server, Visitor, serve, visit
from measure import cpu_seconds, machine, median, percentile, show
from streamlit.proto.WidgetStates_pb2 import WidgetState
from widgets import alternatives

OVER = 60
"""Milliseconds that a redraw may take on top of hello world's."""
WORK, QUERY = "model-scorer", "view=model"
MORE = (("How settled must it be?", "prefer"), ("What else must it be able to do?", "prefer"))
"""Preferred on top of the start, for a page with more to weigh: five questions, six criteria."""
Taken = tuple[list[float], float]


def labelled(visitor: Visitor, kind: str, label: str) -> tuple[Any, str]:
    return next(one for one in visitor.of_kind(kind) if one[0].label.replace("\u2060", "") == label)


async def choose(visitor: Visitor, label: str, option: str) -> None:
    """Choose one option of a segmented control, by its words."""
    element, fragment = labelled(visitor, "ButtonGroup", label)
    state = WidgetState(id=element.id)
    state.string_array_value.data.append(option)
    await visitor.run(change=state, fragment=fragment)


async def changes(server: Server, visitor: Visitor, kind: str, label: str, *, rounds: int, think: float) -> Taken:
    """One input changed again and again: milliseconds of every change, and CPU milliseconds a run."""
    element, fragment = labelled(visitor, kind, label)
    taken, cpu = [], cpu_seconds(server.pid)
    for state in itertools.islice(itertools.cycle(alternatives(element)), rounds):
        taken.append(await visitor.run(change=state, fragment=fragment) * 1000)
        await asyncio.sleep(think)
    return taken, (cpu_seconds(server.pid) - cpu) / rounds * 1000


async def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=24, help="changes of every input")
    ask.add_argument("--think", type=float, default=0.2, help="seconds between two changes")
    asked = ask.parse_args()
    options = {"rounds": asked.rounds, "think": asked.think}
    print(f"{machine()}; settings of .streamlit/config.toml for both apps", flush=True)

    found: list[tuple[str, Taken]] = []
    with serve(HELLO) as hello, serve(PRODUCT) as product:

        async def plain(when: str) -> None:
            async with visit(hello) as (visitor, _):
                element = next(one for one, _ in visitor.shown.values() if alternatives(one))
                taken = await changes(hello, visitor, element.DESCRIPTOR.name, element.label, **options)
                found.append((f"hello world, {when}", taken))

        await plain("before")
        for name, more in (("three criteria", ()), ("six criteria", MORE)):
            for way, sliders in (("Sliders", ("Cost",)), ("Swings", ())):
                async with visit(product, name=WORK, query=QUERY) as (visitor, _):
                    for question, _stance in more:
                        await choose(visitor, question, "Prefer")
                    await choose(visitor, "How to say it", way)
                    shown = sliders or tuple(one.label for one, _ in visitor.of_kind("Slider"))[:1]
                    for slider in shown:
                        label = slider.replace("\u2060", "")
                        taken = await changes(product, visitor, "Slider", label, **options)
                        found.append((f"{name}, {way.lower()}: {label}"[:60], taken))
        await plain("after")

    limit = median([*found[0][1][0], *found[-1][1][0]]) + OVER
    rows = [
        [name, f"{taken[0]:.1f}", f"{median(taken):.1f}", f"{percentile(taken, 0.95):.1f}", f"{max(taken):.1f}",
         f"{cpu:.1f}", "" if name.startswith("hello") else "yes" if median(taken) <= limit else "NO"]
        for name, (taken, cpu) in found
    ]  # fmt: skip
    show(f"A slider moved, one visitor, ms. Goal: median within hello world + {OVER} = {limit:.0f}",
         ("input", "first", "median", "p95", "most", "CPU/run", "within"), rows)  # fmt: skip


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except PageError as problem:
        sys.exit(f"scorer.py: {problem}")
