"""The data by itself at size: every column crossed with the groups, the columns together, and a quick model's labels.

python tests/benchmarks/audit_proxies.py --rows 100000,1000000
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from measure import ROOT

sys.path.insert(0, str(ROOT))
from aipm.fairness.alone import missing, scan
from aipm.fairness.baseline import baseline
from aipm.fairness.proxies import proxies
from aipm.fairness.proxies_together import proxies_together
from aipm.fairness.spec import AuditSpec
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table

SPEC = AuditSpec(groups=("group",), label="label", label_positive=("yes",))


def made(rows: int) -> Table:
    """A group of four, eight other columns (four categories, four quantities; one of them a proxy), and a label."""
    rng = np.random.default_rng(0)
    group = rng.choice(["a", "b", "c", "d"], rows, p=[0.5, 0.35, 0.13, 0.02])
    columns = {
        "group": group,
        "label": rng.choice(["yes", "no"], rows),
        "district": np.char.add("D", (rng.integers(0, 300, rows) + 200 * (group == "b")).astype(str)),
        **{f"category {k}": rng.choice([f"v{i}" for i in range(5 * k)], rows) for k in (1, 2, 4)},
        "income": rng.normal(30_000, 8_000, rows).round().astype(int).astype(str),
        "age": rng.integers(18, 90, rows).astype(str),
        "score": rng.random(rows).round(3).astype(str),
        "gap": np.where(rng.random(rows) < 0.1, "", rng.integers(0, 500, rows).astype(str)),
    }
    cells = pa.table({f"c{i}": pa.array(each) for i, each in enumerate(columns.values())})
    return Table(tuple(columns), ArrowRows(cells), Reading(container="csv"), rows)


def timed(name: str, work: Callable[[], object], repeats: int) -> None:
    """Wall and processor seconds: the median, and the least and most."""
    walls, processors = [], []
    for _ in range(repeats):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(
        f"  {name:<28} wall {statistics.median(walls):6.2f} s ({min(walls):.2f}–{max(walls):.2f})"
        f"   CPU {statistics.median(processors):6.2f} s"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", default="100000,1000000")
    asked.add_argument("--repeats", type=int, default=5)
    chosen = asked.parse_args()
    begin = time.perf_counter()
    import sklearn.ensemble  # noqa: F401 - its first import, which the page does in the background, is timed apart

    print(f"first import of scikit-learn {time.perf_counter() - begin:.2f} s")
    for rows in map(int, chosen.rows.split(",")):
        table = made(rows)
        found = scan(table, SPEC, "group")
        print(f"{rows:,} rows, 8 columns")
        timed("one scan of the rows", lambda table=table: scan(table, SPEC, "group"), chosen.repeats)
        timed("missing and proxies of it", lambda found=found: (missing(found), proxies(found)), chosen.repeats)
        timed("all columns together", lambda table=table: proxies_together(table, SPEC, "group"), chosen.repeats)
        timed("quick model of the label", lambda table=table: baseline(table, SPEC), chosen.repeats)


if __name__ == "__main__":
    main()
