"""How a script gets the table: from the file, where pandas reads it to the same cells, otherwise from a copy."""

import csv
import gzip
import hashlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from aipm.tables.model import Reading
from aipm.tables.table import Table

COPY = "input.csv.gz"
FIRST_LOOK = 1_000
"""Rows by which most readings that do not fit are told."""
ALWAYS: dict[str, Any] = {"dtype": "str", "keep_default_na": False, "na_values": [""], "index_col": False}
"""Every cell as the text that stood in the file; a blank one is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the data comes from, and how pandas.read_csv reads it. `copy` is the table as read, where that is needed.

    `renamed` gives columns of the file the names that the recipe knows them by.
    """

    file: str
    sha256: str
    columns: tuple[str, ...]
    rows: int
    options: Mapping[str, Any] = field(default_factory=dict)
    copy: bytes | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def reads(self) -> str:
        """The file that the script reads."""
        return self.file if self.copy is None else COPY

    @property
    def reads_sha256(self) -> str:
        return self.sha256 if self.copy is None else hashlib.sha256(self.copy).hexdigest()


def source_of(
    table: Table, frame: pd.DataFrame, data: bytes | Path, *, name: str, renamed: Mapping[str, str] | None = None
) -> Source:
    """Find out how pandas reads the file to the very cells of `frame` (see `frame_of`), by reading it."""
    said: dict[str, Any] = {
        "file": name,
        "sha256": table.fingerprint,
        "columns": table.columns,
        "rows": len(frame),
        "renamed": renamed or {},
    }
    for options in _readings(table.reading, frame):
        if _same(data, frame.head(FIRST_LOOK), {**options, "nrows": min(FIRST_LOOK, len(frame))}) and _same(
            data, frame, options
        ):
            return Source(**said, options=options)
    return Source(**said, options={"compression": "gzip", "header": 0, "skip_blank_lines": False}, copy=copy_of(frame))


def copy_of(frame: pd.DataFrame) -> bytes:
    """The table as it was read, every cell in quotes. Compressed, so that no spreadsheet opens it by itself."""
    text = frame.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def _readings(reading: Reading, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Ways in which pandas may read the file, the plainest first."""
    if reading.container not in ("csv", "gzip") or len(reading.delimiter or "") != 1 or not len(frame):
        return []
    options: dict[str, Any] = {"sep": reading.delimiter, "encoding": reading.encoding or "utf-8"}
    if reading.quote is None:
        options["quoting"] = int(csv.QUOTE_NONE)
    elif reading.quote != '"':
        options["quotechar"] = reading.quote
    if reading.container == "gzip":
        options["compression"] = "gzip"
    names = {"header": None, "names": list(frame.columns)}
    found: list[dict[str, Any]] = []
    if reading.header_row is None:
        found += [{**options, **names, "skip_blank_lines": blank} for blank in (True, False)]
    else:
        header = reading.header_row - 1
        below = header + max(reading.header_rows, 1)
        found.append({**options, "header": header, "skip_blank_lines": False})
        found.append({**options, "header": header, "skip_blank_lines": True})
        found += [{**options, **names, "skiprows": below, "skip_blank_lines": blank} for blank in (True, False)]
    return found if not reading.footer_rows else [{**each, "nrows": len(frame)} for each in found]


def _same(data: bytes | Path, frame: pd.DataFrame, options: Mapping[str, Any]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pd.errors.ParserWarning)  # what it warns of, the comparison finds
            found = pd.read_csv(io.BytesIO(data) if isinstance(data, bytes) else data, **ALWAYS, **options)
    except (ValueError, OSError, LookupError, OverflowError, EOFError):  # what pandas cannot read, the copy is for
        return False
    return list(found.columns) == list(frame.columns) and found.equals(frame)
