"""Where is it worst: the search over eight columns, step by step, and beside divexplorer on the same rows.

python tests/benchmarks/audit_worst.py --rows 100000,1000000 [--peer PYTHON]

`--peer` is the Python of an environment with divexplorer; without it one is made in the cache folder.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from measure import CACHE, ROOT, machine, median

sys.path.insert(0, str(ROOT))
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst import Ready, beside_chance, ready, search, searchable
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_lattice import lattice
from aipm.fairness.worst_spec import WorstSpec
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table

T = TypeVar("T")
SIZES = {"sex": 2, "age": 5, "region": 5, "job": 8, "education": 6, "income": 4, "tenure": 4, "channel": 4}
PIN = "divexplorer==0.2.6"
SHARE = 0.01
"""Support that both sides search down to when they are compared: divexplorer takes shares only."""
PEER = """
import json, resource, sys, time
import pandas as pd
from divexplorer import DivergenceExplorer
data, depth, share = pd.read_parquet(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
columns = [c for c in data.columns if c not in ("label", "decision")]
data["decision"] = (data["decision"] == "yes").astype(int)
start, cpu = time.perf_counter(), time.process_time()
found = DivergenceExplorer(data).get_pattern_divergence(
    min_support=share, attributes=columns, boolean_outcomes=["decision"]
)
found = found[found["length"] <= depth]
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
rates = {"|".join(sorted(row.itemset)): row.decision for row in found.itertuples()}
print(json.dumps({"seconds": seconds, "cpu": cpu, "rates": rates}))
"""


def people(rows: int) -> pa.Table:
    """Seeded decisions with one group of three columns that fares worse."""
    random = np.random.default_rng(2026)
    columns = {}
    for name, size in SIZES.items():
        share = 1 / np.arange(1, size + 1)
        columns[name] = random.choice(size, rows, p=share / share.sum())
    worse = (columns["sex"] == 1) & (columns["age"] == 2) & (columns["region"] == 3)
    label = random.random(rows) < 0.4
    decision = random.random(rows) < np.where(worse, 0.15, np.where(label, 0.6, 0.3))
    cells = {
        name: pa.array([f"{name} {k}" for k in range(SIZES[name])]).take(pa.array(c)) for name, c in columns.items()
    }
    said = pa.array(["no", "yes"])
    return pa.table({**cells, "label": said.take(pa.array(label * 1)), "decision": said.take(pa.array(decision * 1))})


def timed(times: int, work: Callable[[], T]) -> tuple[list[float], list[float], T]:
    """Seconds and processor seconds of each run, and what it gave."""
    walls, cpus = [], []
    for _ in range(times):
        start, cpu = time.perf_counter(), time.process_time()
        made = work()
        walls.append(time.perf_counter() - start)
        cpus.append(time.process_time() - cpu)
    return walls, cpus, made


def said(name: str, walls: list[float], cpus: list[float], more: str = "") -> None:
    print(f"| {name} | {median(walls):.3f} ({min(walls):.3f}–{max(walls):.3f}) | {median(cpus):.3f} | {more} |")


def peer(given: Path | None) -> tuple[Path | None, str]:
    """The Python of an environment with divexplorer, or why there is none."""
    if given is not None:
        return given, ""
    folder = CACHE / f"divexplorer-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    done = subprocess.run(
        [python, "-m", "pip", "install", "-qq", PIN, "pyarrow"], capture_output=True, text=True, check=False
    )
    return (python, "") if done.returncode == 0 else (None, done.stderr.strip().splitlines()[-1][:100])


def ours_as_rates(on: Ready, share: float, depth: int) -> dict[str, float]:
    """Selection rate of every subgroup that the peer is asked for as well."""
    rows = on.sums.rows
    selected = on.sums.weight.reshape(-1, 3, 3)[:, :, 0].sum(axis=1)
    deep = (on.lattice.depths >= 1) & (on.lattice.depths <= depth) & (rows >= share * rows[0])
    found = {}
    for k in np.flatnonzero(deep).tolist():
        group = on.lattice.named(k, on.cube.columns, on.cube.values)
        found["|".join(sorted(f"{column}={value}" for column, value in group))] = selected[k] / rows[k]
    return found


def one(rows: int, python: Path | None, times: int) -> None:
    data = people(rows)
    columns = tuple(SIZES)
    named = data.rename_columns([f"c{k}" for k in range(data.num_columns)])
    table = Table(tuple(data.column_names), ArrowRows(named), Reading(container="csv"), rows)
    spec = AuditSpec(groups=columns[:3], label="label", prediction="decision")
    print(f"\n## {rows:,} rows, 8 columns\n\n| step | wall s | CPU s | |\n|---|---|---|---|")
    cube(table, spec, columns[:1])  # the engine is open
    walls, cpus, counted = timed(times, lambda: cube(table, spec, columns))
    said("group-by", walls, cpus, f"{len(counted.codes):,} combinations of values")
    total, total_cpu = median(walls), median(cpus)
    walls, cpus, on = timed(times, lambda: ready(counted))
    said("subgroups", walls, cpus, f"{len(on.lattice.depths) - 1:,} subgroups of up to four columns")
    total, total_cpu = total + median(walls), total_cpu + median(cpus)
    slowest = [0.0]
    for metric in searchable(counted):
        for depth, support in ((4, 30), (3, 100)):
            wanted = WorstSpec(metric=metric, columns=columns, depth=depth, support=support)
            walls, cpus, found = timed(times, lambda wanted=wanted: search(on, wanted, spec))
            said(f"{metric}, depth {depth}, support {support}", walls, cpus, f"{found.looked:,} looked at")
            slowest = max(slowest, walls, key=median)
    wanted = WorstSpec(metric="selection_rate", columns=columns, depth=4)
    found = search(on, wanted, spec)
    walls, cpus, found = timed(times, lambda: beside_chance(on, found, spec))
    said("shuffles", walls, cpus, f"{found.shuffles} shuffles")
    total, total_cpu = total + median(slowest) + median(walls), total_cpu + median(slowest) + median(cpus)
    print(f"| **all of it** | **{total:.3f}** | **{total_cpu:.3f}** | worst: {dict(found.subgroups[0].here.group)} |")
    if python is not None:
        _beside(data, on, python, table, spec)


def _beside(data: pa.Table, on: Ready, python: Path, table: Table, spec: AuditSpec) -> None:
    """Both sides: rows in memory -> the selection rate of every subgroup with the share of rows, of up to 3 columns."""

    def ours() -> None:
        counted = cube(table, spec, tuple(SIZES))
        lattice(counted.codes, counted.sizes, 3).add_up(counted.rows)

    walls, cpus, _ = timed(3, ours)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        pa.parquet.write_table(data, path)
        done = subprocess.run(
            [python, "-c", PEER, path, "3", str(SHARE)], capture_output=True, text=True, check=False, timeout=1200
        )
    if done.returncode != 0:
        print("divexplorer:", done.stderr.strip().splitlines()[-1][:200])
        return
    theirs = json.loads(done.stdout.splitlines()[-1])
    rates = ours_as_rates(on, SHARE, 3)
    common = rates.keys() & theirs["rates"].keys()
    apart = max((abs(rates[key] - theirs["rates"][key]) for key in common), default=float("nan"))
    print(
        f"\nEvery subgroup of up to 3 columns with {SHARE:.0%} of the rows: ours {median(walls):.2f} s "
        f"(CPU {median(cpus):.2f}), divexplorer {theirs['seconds']:.2f} s (CPU {theirs['cpu']:.2f}): "
        f"{theirs['seconds'] / median(walls):.1f}× wall, {theirs['cpu'] / median(cpus):.1f}× CPU. "
        f"{len(rates):,} and {len(theirs['rates']):,} subgroups, {len(common):,} in both, "
        f"rates at most {apart:.1e} apart."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="100000,1000000")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--peer", type=Path)
    chosen = parser.parse_args()
    python, why = peer(chosen.peer)
    print(machine())
    if python is None:
        print(f"divexplorer cannot be installed here: {why}")
    for rows in map(int, chosen.rows.split(",")):
        one(rows, python, chosen.times)


if __name__ == "__main__":
    main()
