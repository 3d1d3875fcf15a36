"""A table as a pandas frame: every column text, a blank cell missing, rows numbered from 0."""

import numpy as np
import pandas as pd
import pyarrow as pa

from aipm.tables.table import Table

TEXT = pd.StringDtype(na_value=np.nan)


def frame_of(table: Table) -> pd.DataFrame:
    """All cells of a table."""
    asked = ", ".join(f"nullif(c{place}, '')" for place in range(len(table.columns)))
    cells = table.query(f"SELECT {asked} FROM cells")  # noqa: S608 - numbers of ours only
    frame = pd.DataFrame({place: _text(column) for place, column in enumerate(cells.columns)})
    frame.columns = pd.Index(table.columns, dtype=TEXT)
    return frame


def _text(column: pa.ChunkedArray) -> pd.Series:
    return pd.Series(pd.array(column.cast(pa.large_string()), dtype=TEXT), copy=False)
