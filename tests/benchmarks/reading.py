"""Reading: this product's reader, child process included, beside engines that are told the dialect.

python tests/benchmarks/reading.py --rows 1000000

Every run is a fresh process, interleaved. "read s" is the call alone, imports not counted; all cells stay text.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import data
from measure import MB, ROOT, Cost, FailedError, TooSlowError, machine, median, peaks, rotated, run, show, spread
from readers import READERS

SCRIPT = Path(__file__).with_name("readers.py")
FLOOR = "duckdb scan"
HEADER = ("reader", "read s", "wall s", "CPU s", "RSS MB", "PSS MB", "own MB", "read × scan", "rows", "said")


def compare(path: Path, title: str, *, repeat: int, patience: float) -> None:
    """One table: every reader on one file."""
    path.read_bytes()  # the same warm file cache for everyone
    costs: dict[str, list[Cost]] = defaultdict(list)
    said: dict[str, list[Any]] = defaultdict(list)
    failed: dict[str, str] = {}
    for turn in range(repeat):
        for reader in rotated([reader for reader in READERS if reader not in failed], turn):
            script = [sys.executable, str(SCRIPT), reader, str(path)]
            try:
                cost = run(script, patience=patience, env={"PYTHONPATH": str(ROOT)})
            except (FailedError, TooSlowError) as problem:
                failed[reader] = str(problem)
            else:
                costs[reader].append(cost)
                said[reader].append(json.loads(cost.output))
    rows = []
    for reader in READERS:
        if reader in failed:
            rows.append([reader, *["-"] * (len(HEADER) - 2), f"refused: {failed[reader]:.40}"])
            continue
        seconds = [one["seconds"] for one in said[reader]]
        floor = [one["seconds"] for one in said[FLOOR]]
        rows.append([
            reader,
            spread(seconds),
            spread([cost.wall for cost in costs[reader]]),
            spread([cost.cpu for cost in costs[reader]]),
            *peaks(costs[reader]),
            f"{median(seconds) / median(floor):.2f}" if floor else "-",
            f"{said[reader][0]['rows']:,}",
            said[reader][0]["said"],
        ])  # fmt: skip
    show(f"{title}: {path.stat().st_size / MB:.1f} MB", HEADER, rows)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", type=int, default=1_000_000, help="rows of the clean file; dirty ones have a tenth")
    ask.add_argument("--repeat", type=int, default=3)
    ask.add_argument("--patience", type=float, default=120, help="seconds before a run is stopped")
    asked = ask.parse_args()
    print(machine(), flush=True)
    how = {"repeat": asked.repeat, "patience": asked.patience}
    small = asked.rows // 10
    compare(data.wide_file(asked.rows), f"clean, {asked.rows:,} rows × 20", **how)
    compare(data.wide_file(6_600), "clean, small", **how)
    compare(data.wide_file(small), f"clean, {small:,} rows × 20", **how)
    for kind in ("ragged", "quotes", "cp1252"):
        compare(data.dirty_file(small, kind), f"{kind}, {small:,} rows × 20", **how)


if __name__ == "__main__":
    main()
