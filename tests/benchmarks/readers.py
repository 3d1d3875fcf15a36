"""One reader alone in a process: `python readers.py READER FILE`. Prints JSON: seconds without imports, rows, said."""

import json
import sys
import time
from pathlib import Path
from typing import Any

COLUMNS = [f"column_{number}" for number in range(20)]


def aipm_read(path: Path) -> tuple[int | None, str]:
    from aipm.tables import read

    table = read(path)
    said = [f"{one.code} {one.count}" for one in table.reading.warnings]
    return table.row_count, ", ".join([table.reading.encoding or "", *said])


def _relation(path: Path) -> Any:
    import duckdb

    return duckdb.sql(
        f"FROM read_csv('{path}', auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {dict.fromkeys(COLUMNS, 'VARCHAR')})"
    )


def duckdb_scan(path: Path) -> tuple[int, str]:
    """Looks at every cell and keeps none: the least that reading can cost."""
    counts = _relation(path).aggregate(", ".join(f"count({column})" for column in COLUMNS)).fetchone()
    return max(counts), ""


def duckdb_to_arrow(path: Path) -> tuple[int, str]:
    """Keeps every cell, as our table does."""
    return _relation(path).to_arrow_table().num_rows, ""


def pandas_text(path: Path) -> tuple[int, str]:
    import pandas as pd

    return len(pd.read_csv(path, dtype=str, keep_default_na=False)), ""


# Name -> (reader, what it imports before the clock starts).
READERS = {
    "aipm.tables.read": (aipm_read, ("aipm.tables", "pyarrow")),
    "duckdb scan": (duckdb_scan, ("duckdb",)),
    "duckdb to Arrow": (duckdb_to_arrow, ("duckdb", "pyarrow")),
    "pandas, as text": (pandas_text, ("pandas",)),
}


if __name__ == "__main__":
    name, file = sys.argv[1], Path(sys.argv[2])
    reader, imports = READERS[name]
    for module in imports:
        __import__(module)
    start = time.perf_counter()
    rows, said = reader(file)
    json.dump({"seconds": time.perf_counter() - start, "rows": rows, "said": said}, sys.stdout)
