"""Profile of a file: this product beside what others compute, on the same CSV, in fresh processes, interleaved.

python tests/benchmarks/profiling.py --rows 100000,1000000

The others do less: DuckDB SUMMARIZE counts approximately, pandas describes, counts values and duplicates, skrub's
TableReport runs without plots and associations (and only where it is installed).
"""

import argparse
import json
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import data
from measure import ROOT, Cost, FailedError, TooSlowError, machine, median, peaks, rotated, run, show, spread

SIDES = Path(__file__).with_name("profiling_sides.py")
OURS = "aipm"
HEADER = ("side", "after reading s", "from CSV s", "wall s", "CPU s", "RSS MB", "PSS MB", "own MB", "work ×", "wall ×")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", default="100000,1000000")
    ask.add_argument("--repeat", type=int, default=3)
    ask.add_argument("--patience", type=float, default=120, help="seconds before a run is stopped")
    asked = ask.parse_args()
    print(machine())
    sides = [OURS, "duckdb", "pandas", *(["skrub"] if find_spec("skrub") else [])]
    if "skrub" not in sides:
        print("skrub is not installed: left out")
    for rows in map(int, asked.rows.split(",")):
        path = data.wide_file(rows)
        path.read_bytes()  # the same warm file cache for everyone
        costs: dict[str, list[Cost]] = defaultdict(list)
        said: dict[str, list[dict[str, float]]] = defaultdict(list)
        for turn in range(asked.repeat):
            for side in rotated(sides, turn):
                try:
                    cost = run(
                        [sys.executable, str(SIDES), side, str(path)],
                        patience=asked.patience,
                        env={"PYTHONPATH": str(ROOT)},
                    )
                except (TooSlowError, FailedError) as problem:
                    print(f"  {side}: {problem}")
                    continue
                costs[side].append(cost)
                said[side].append(json.loads(cost.output))
        table = []
        for side in (side for side in sides if costs[side]):
            work, whole = ([one[key] for one in said[side]] for key in ("work", "from_csv"))
            walls = [cost.wall for cost in costs[side]]
            table.append(
                [
                    side,
                    spread(work),
                    spread(whole),
                    spread(walls),
                    spread([cost.cpu for cost in costs[side]]),
                    *peaks(costs[side]),
                    f"{median(work) / median(one['work'] for one in said[OURS]):.2f}",
                    f"{median(walls) / median(cost.wall for cost in costs[OURS]):.2f}",
                ]
            )
        show(f"{rows:,} rows × 20 columns", HEADER, table)
        if said[OURS] and said["pandas"]:
            ours, theirs = said[OURS][0], said["pandas"][0]
            for key in ("duplicates", "distinct"):
                if ours[key] != theirs[key]:
                    print(f"  ! {OURS} and pandas differ in {key}")


if __name__ == "__main__":
    main()
