"""The sentence encoder: load, one sentence, 200 at once, many callers, memory; on one core of BLAS and on all.

    python tests/benchmarks/encoder.py [--turns 3]

Each side runs in a process of its own, which is this script with `alone` for its argument.
"""

import argparse
import json
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import MB, ROOT, machine, median, memory, percentile, rotated, run, show, spread

SENTENCE = "Our support team answers the same twenty questions every day and customers still wait hours for a reply."
CALLERS = 16
SIDES = {"one core": {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}, "all cores": {}}


def milliseconds(work, *, times: int) -> list[float]:
    """How long each of several runs took."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return found


def alone() -> None:
    """One process: everything once it is loaded, as JSON."""
    import numpy as np  # noqa: F401 - the app has it anyway

    def own() -> float:
        return memory([os.getpid()]).own / MB

    sys.path.insert(0, str(ROOT))
    before = own()
    start = time.perf_counter()
    from aipm import encoder

    imported = time.perf_counter()
    encoder.load()
    loaded = time.perf_counter()
    found = {"import": 1000 * (imported - start), "load": 1000 * (loaded - imported), "loaded MB": own() - before}
    chance = random.Random(1)
    many = [" ".join(chance.choices(SENTENCE.split(), k=chance.randrange(8, 28))) for _ in range(200)]
    encoder.encode([SENTENCE])
    one = milliseconds(lambda: encoder.encode([SENTENCE]), times=60)
    found |= {"one": median(one), "one p95": percentile(one, 0.95), "tokens": len(encoder.tokens(SENTENCE).ids)}
    found["200"] = median(milliseconds(lambda: encoder.encode(many), times=3))
    found["200 tokens"] = sum(len(encoder.tokens(text).ids) for text in many) / len(many)
    found["256 tokens"] = median(milliseconds(lambda: encoder.encode(["word " * 300]), times=5))
    found["tokens of 200"] = median(milliseconds(lambda: [encoder.tokens(text) for text in many], times=5))
    with ThreadPoolExecutor(CALLERS) as pool:
        calls = range(10 * CALLERS)
        busy = list(pool.map(lambda _: milliseconds(lambda: encoder.encode([SENTENCE]), times=1)[0], calls))
    found |= {"busy": median(busy), "busy p95": percentile(busy, 0.95), "used MB": own() - before}
    json.dump(found, sys.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=3)
    turns = parser.parse_args().turns
    results: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    peak = dict.fromkeys(SIDES, 0)
    for turn in range(turns):
        for side in rotated(list(SIDES), turn):
            cost = run([sys.executable, str(Path(__file__)), "alone"], env=SIDES[side])
            results[side].append(json.loads(cost.output))
            peak[side] = max(peak[side], cost.memory.rss)
    print(machine())
    first = next(iter(results.values()))[0]
    rows = [
        ("import, numpy there already, ms", "import"),
        ("load, ms", "load"),
        (f"one sentence of {first['tokens']:.0f} tokens, ms", "one"),
        ("  its 95th percentile", "one p95"),
        (f"200 sentences of {first['200 tokens']:.0f} tokens, ms", "200"),
        ("  of which cutting into tokens", "tokens of 200"),
        ("one text of 256 tokens, ms", "256 tokens"),
        (f"one sentence, {CALLERS} callers at once, ms", "busy"),
        ("  its 95th percentile", "busy p95"),
        ("own memory once loaded, MB", "loaded MB"),
        ("own memory after all this, MB", "used MB"),
    ]
    table = [[title, *(spread([one[key] for one in results[side]], digits=1) for side in SIDES)] for title, key in rows]
    table.append(["peak RSS of the process, MB", *(f"{peak[side] / MB:.0f}" for side in SIDES)])
    show("aipm.encoder", ["", *SIDES], table)


if __name__ == "__main__":
    alone() if sys.argv[1:] == ["alone"] else main()
