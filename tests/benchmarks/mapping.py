"""The use-case mapper: the first answer after a cold start, one statement warm, 200 at once, training; memory.

    python tests/benchmarks/mapping.py [--turns 3]

Statements are examples of the content with a word added, so that none is known beforehand. Each side runs in a process
of its own, which is this script with `alone` for its argument.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from measure import MB, ROOT, machine, median, memory, percentile, run, show, spread

PAIN = "We drown in support tickets and the urgent ones are read too late."


def alone() -> None:
    """One process, as the server is: warm, then asked."""
    sys.path.insert(0, str(ROOT))
    start = time.perf_counter()
    from aipm.mapping import heads
    from aipm.mapping.examples import examples
    from aipm.mapping.mapper import map_statement, map_statements, warm_up
    from aipm.mapping.result import MappingSpec

    warm_up()
    warm = time.perf_counter() - start
    start = time.perf_counter()
    heads.train(heads.lessons(), heads.lesson_vectors())
    training = time.perf_counter() - start
    asked = [MappingSpec(text=f"{example.text} Today.") for example in examples()[::10]][:200]
    each = []
    for spec in asked:
        start = time.perf_counter()
        map_statement(spec)
        each.append(1000 * (time.perf_counter() - start))
    start = time.perf_counter()
    map_statements(asked)
    together = time.perf_counter() - start
    found = {
        "warm-up s": warm,
        "training s": training,
        "one ms": median(each),
        "one p95 ms": percentile(each, 0.95),
        f"{len(asked)} together s": together,
        "own MB": memory([os.getpid()]).own / MB,
    }
    print(json.dumps(found))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("alone", nargs="?")
    ask.add_argument("--turns", type=int, default=3)
    asked = ask.parse_args()
    if asked.alone:
        alone()
        return
    print(machine())
    costs = [run([sys.executable, "-m", "aipm", "map", PAIN], patience=60) for _ in range(asked.turns)]
    print(f"first answer on the command line, cold: {spread([cost.wall for cost in costs])} s")
    sides = [
        json.loads(run([sys.executable, str(Path(__file__)), "alone"], patience=120).output) for _ in range(asked.turns)
    ]
    show(
        "aipm.mapping, warm",
        ("", "median (range)"),
        [[name, spread([side[name] for side in sides], digits=3)] for name in sides[0]],
    )


if __name__ == "__main__":
    main()
