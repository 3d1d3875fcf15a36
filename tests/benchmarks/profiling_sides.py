"""One side of the profile comparison, alone in a process: `python profiling_sides.py SIDE FILE`. Prints JSON.

"work" is the time after reading (for DuckDB and the CSV scan, reading is part of it), "from_csv" from the closed file.
"duplicates" and "distinct" are what the sides can be checked by.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any


def aipm(path: str) -> dict[str, Any]:
    from aipm.prep.profile import profile
    from aipm.tables import read

    start = time.perf_counter()
    table = read(Path(path))
    between = time.perf_counter()
    found = profile(table)
    end = time.perf_counter()
    duplicates = next((each.count for each in found.findings if each.kind == "duplicate_rows"), 0)
    return {
        "from_csv": end - start,
        "work": end - between,
        "duplicates": duplicates,
        "distinct": [column.distinct for column in found.columns],
    }


def duckdb(path: str) -> dict[str, Any]:
    import duckdb

    start = time.perf_counter()
    rows = duckdb.sql(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall()  # noqa: S608 - our own file
    took = time.perf_counter() - start
    return {"from_csv": took, "work": took, "distinct": [row[4] for row in rows]}


def pandas(path: str) -> dict[str, Any]:
    import pandas as pd

    start = time.perf_counter()
    frame = pd.read_csv(path)
    between = time.perf_counter()
    frame.describe(include="all")
    distinct, duplicates = frame.nunique(), int(frame.duplicated().sum())
    end = time.perf_counter()
    return {"from_csv": end - start, "work": end - between, "duplicates": duplicates, "distinct": distinct.tolist()}


def skrub(path: str) -> dict[str, Any]:
    import pandas as pd
    from skrub import TableReport

    start = time.perf_counter()
    frame = pd.read_csv(path)
    between = time.perf_counter()
    TableReport(frame, max_plot_columns=0, max_association_columns=0, verbose=0).json()
    end = time.perf_counter()
    return {"from_csv": end - start, "work": end - between}


if __name__ == "__main__":
    json.dump({"aipm": aipm, "duckdb": duckdb, "pandas": pandas, "skrub": skrub}[sys.argv[1]](sys.argv[2]), sys.stdout)
