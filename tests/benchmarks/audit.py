"""Bias audit: this product, the bare group-by scan, and the peers, on the same CSV, in fresh processes, interleaved.

python tests/benchmarks/audit.py --rows 100000,1000000,10000000
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import data
import peers
from measure import ROOT, Cost, FailedError, TooSlowError, machine, median, peaks, rotated, run, show, spread
from sides import CASES

OURS = "aipm"
FLOOR = "duckdb scan"
STOPPED = "stopped:"
PEERS = (
    "fairlearn",
    "fairlearn n_boot=10",
    "aequitas",
    "aequitas + t-tests",
    "aif360 one pair",
)
SIDES = Path(__file__).with_name("sides.py")
HEADER = (
    "side",
    "engine s",
    "from CSV s",
    "wall s",
    "CPU s",
    "RSS MB",
    "PSS MB",
    "own MB",
    "engine ×",
    "CSV ×",
    "wall ×",
    "CPU ×",
)


@dataclass(slots=True)
class Figures:
    """All that was measured of one side on one file. `gave_up` says why there is nothing (more)."""

    costs: list[Cost] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    from_csv: list[float] = field(default_factory=list)
    rates: dict[str, float] = field(default_factory=dict)
    gave_up: str = ""

    def walls(self) -> list[float]:
        return [cost.wall for cost in self.costs]

    def cpus(self) -> list[float]:
        return [cost.cpu for cost in self.costs]


def command_line(case: str, path: Path) -> list[str]:
    """What a person would type."""
    groups, score, _ = CASES[case]
    options = [part for group in groups for part in ("--group", group)]
    options += ["--label", "label", "--prediction", "prediction", *(["--score", "score"] if score else [])]
    return [sys.executable, "-m", "aipm", "audit", str(path), *options]


def rates_of(output: str, case: str) -> dict[str, float]:
    """Selection rates of the first column's groups, from the command line's JSON."""
    column = CASES[case][0][0]
    groups = json.loads(output)["groups"]
    return {
        one["group"][column]: one["metrics"]["selection_rate"]["value"]
        for one in groups
        if set(one["group"]) == {column}
    }


def measure(side: str, case: str, path: Path, found: Figures, *, python: Path, patience: float) -> None:
    """One round of one side: end to end, then (until it is known to be slow) the engine alone."""
    env = {"PYTHONPATH": str(ROOT)} if side == OURS else {}
    script = [sys.executable if side in {OURS, FLOOR} else str(python), str(SIDES), side]
    try:
        cost = run([*script, "once", str(path), case], patience=patience, env=env)
        said = json.loads(cost.output)
        found.rates = said["rates"]
        if said["engine"] < 1:
            alone = run([*script, "engine", str(path), case], patience=patience, env=env)
            found.engine.append(json.loads(alone.output)["engine"])
        else:
            found.engine.append(said["engine"])
        found.from_csv.append(said["from_csv"])
        if side == OURS:
            cost = run(command_line(case, path), patience=patience)
            found.rates = rates_of(cost.output, case)
        found.costs.append(cost)
    except TooSlowError as stopped:
        found.gave_up = f"{STOPPED} {stopped}"
    except (FailedError, KeyError, json.JSONDecodeError) as problem:
        found.gave_up = f"failed: {problem}"


def disagreement(ours: Figures, other: Figures) -> float:
    """The largest difference of a group's selection rate between two sides."""
    return max((abs(rate - ours.rates.get(group, 2.0)) for group, rate in other.rates.items()), default=0.0)


def row(side: str, found: Figures, ours: Figures) -> list[str]:
    if not found.costs:
        return [side, *["-"] * (len(HEADER) - 1)]

    def times_ours(values: Iterable[float], base: Iterable[float]) -> str:
        return f"{median(values) / median(base):.2f}" if ours.costs else "-"

    return [
        side,
        spread(found.engine, digits=3),
        spread(found.from_csv),
        spread(found.walls()),
        spread(found.cpus()),
        *peaks(found.costs),
        times_ours(found.engine, ours.engine),
        times_ours(found.from_csv, ours.from_csv),
        times_ours(found.walls(), ours.walls()),
        times_ours(found.cpus(), ours.cpus()),
    ]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", default="100000,1000000")
    ask.add_argument("--cases", default=",".join(CASES), help="race, cube (race, sex, age, with score), forty (groups)")
    ask.add_argument("--repeat", type=int, default=3)
    ask.add_argument("--patience", type=float, default=120, help="seconds before a run is stopped or not begun")
    ask.add_argument("--peers", default="all", help="all, none, or names separated by commas")
    asked = ask.parse_args()

    wanted = {"all": PEERS, "none": ()}.get(asked.peers, tuple(asked.peers.split(",")))
    python, missing = peers.environment() if wanted else (Path(), {})
    print(
        machine(),
        f"peers: {', '.join((*peers.PINS.values(), *peers.TOGETHER)) if wanted else 'none'}",
        sep="\n",
        flush=True,
    )
    expected: dict[tuple[str, str], float] = {}
    for rows in map(int, asked.rows.split(",")):
        for case in asked.cases.split(","):
            path = data.audit_file(rows, groups=CASES[case][2])
            path.read_bytes()  # the same warm file cache for everyone
            sides = (OURS, FLOOR, *wanted)
            found: dict[str, Figures] = defaultdict(Figures)
            for side in sides:
                reason = missing.get(side.split()[0])
                seconds = expected.get((side, case), 0) * rows
                if reason or seconds > asked.patience:
                    found[side].gave_up = reason or f"not run: more than {seconds:.0f} s to be expected"
            for turn in range(asked.repeat):
                # What takes long is noisy by less than it differs: once is enough.
                now = [s for s in sides if not found[s].gave_up and (turn == 0 or found[s].costs[0].wall < 20)]
                for side in rotated(now, turn):
                    measure(side, case, path, found[side], python=python, patience=asked.patience)
            for side in sides:
                if found[side].from_csv:
                    expected[side, case] = median(found[side].from_csv) / rows
                elif found[side].gave_up.startswith(STOPPED):
                    expected[side, case] = asked.patience / rows
            columns, score, values = CASES[case]
            asked_for = f"{', '.join(columns)}{' with score' if score else ''}; {values} values of {columns[0]}"
            show(f"{rows:,} rows, {asked_for}", HEADER, [row(side, found[side], found[OURS]) for side in sides])
            for side in sides:
                if found[side].gave_up:
                    print(f"  {side}: {found[side].gave_up}")
                if found[OURS].rates and (gap := disagreement(found[OURS], found[side])) > 1e-9:
                    print(f"  ! {side} differs from {OURS} in a selection rate by up to {gap:.3g}")


if __name__ == "__main__":
    main()
