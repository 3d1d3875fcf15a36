"""Prepared data as files: CSV that no spreadsheet calculates, JSON lines, Parquet, and tables of SQLite."""

import io
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import IO, Any

import pandas as pd

from aipm.prep.prepared import WHOLE
from aipm.tables import Refusal
from aipm.tables.formula import formula_safe

ROWS_AT_ONCE = 50_000
MOST_SQLITE_COLUMNS = 2_000


def file_name(part: str, kind: str = "csv") -> str:
    """train.csv; prepared.csv where nothing is split."""
    return f"{'prepared' if part == WHOLE else part}.{kind}"


def spreadsheet_safe(cells: pd.Series) -> pd.Series:
    """Texts with an apostrophe before what a spreadsheet would calculate; a plain number such as -5 is left alone."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype("str")
    if not isinstance(cells.dtype, pd.StringDtype):
        return cells
    harmless = cells.str.match(r"[A-Za-z0-9]|[+-]?[0-9]+(?:\.[0-9]+)?$", na=True)
    if harmless.all():
        return cells
    return cells.where(harmless, cells[~harmless].map(formula_safe).astype(cells.dtype))


def write_csv(frame: pd.DataFrame, target: Any) -> None:
    """UTF-8 with commas and the line ends of RFC 4180, which keeps line ends within cells in quotes."""
    safe = pd.DataFrame({place: spreadsheet_safe(frame.iloc[:, place]) for place in range(frame.shape[1])})
    safe.columns = [formula_safe(str(name)) for name in frame.columns]
    safe.to_csv(target, index=False, encoding="utf-8", lineterminator="\r\n")


def write_json_lines(frame: pd.DataFrame, target: IO[bytes]) -> None:
    """One object a row; what is missing is null, dates are ISO texts, numbers keep every digit."""
    import msgspec

    for start in range(0, len(frame), ROWS_AT_ONCE):
        piece = _plain(frame.iloc[start : start + ROWS_AT_ONCE])
        names = list(piece.columns)
        rows = zip(*(piece[name] for name in names), strict=True)
        target.write(msgspec.json.Encoder().encode_lines([dict(zip(names, row, strict=True)) for row in rows]))


def write_parquet(frame: pd.DataFrame, target: IO[bytes]) -> None:
    """Every column with its type."""
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None), target)


def sqlite_names(columns: list[str]) -> list[str]:
    """Names that differ by more than case, and without the character that ends a text in SQLite."""
    found: list[str] = []
    taken: set[str] = set()
    for column in columns:
        base = name = str(column).replace("\0", "") or "column"
        number = 2
        while name.lower() in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name.lower())
        found.append(name)
    return found


def sqlite_bytes(parts: Mapping[str, pd.DataFrame]) -> bytes:
    """A database with a table for each part, built in memory. Raises Refusal where there are too many columns."""
    with closing(sqlite3.connect(":memory:")) as base:
        for part, frame in parts.items():
            if frame.shape[1] > MOST_SQLITE_COLUMNS:
                raise Refusal("too_many_columns", f"SQLite holds at most {MOST_SQLITE_COLUMNS:,} columns in a table.")
            names = [name.replace('"', '""') for name in sqlite_names(list(frame.columns))]
            kinds = [_affinity(frame.iloc[:, place]) for place in range(frame.shape[1])]
            table = file_name(part, "x").removesuffix(".x").replace('"', '""')
            described = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, kinds, strict=True))
            base.execute(f'CREATE TABLE "{table}" ({described})')
            marks = ", ".join("?" * len(names))
            base.execute("BEGIN")
            for start in range(0, len(frame), ROWS_AT_ONCE):
                piece = _plain(frame.iloc[start : start + ROWS_AT_ONCE])
                rows = zip(*(piece.iloc[:, place] for place in range(len(names))), strict=True)
                base.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 - names are quoted
            base.execute("COMMIT")
        return base.serialize()


def part_bytes(frame: pd.DataFrame, kind: str) -> bytes:
    """One part as a file: csv, jsonl or parquet."""
    held = io.BytesIO()
    WRITERS[kind](frame, held)
    return held.getvalue()


WRITERS: dict[str, Callable[[pd.DataFrame, Any], None]] = {
    "csv": write_csv,
    "jsonl": write_json_lines,
    "parquet": write_parquet,
}


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells as plain Python values: None for what is missing or infinite, dates as ISO texts."""
    found = {}
    for place in range(frame.shape[1]):
        cells = frame.iloc[:, place]
        if pd.api.types.is_datetime64_any_dtype(cells):
            cells = cells.dt.strftime("%Y-%m-%dT%H:%M:%S")
        elif pd.api.types.is_float_dtype(cells):
            cells = cells.replace([float("inf"), float("-inf")], float("nan"))
        objects = cells.astype("object")
        found[place] = objects.where(cells.notna(), None)
    plain = pd.DataFrame(found, index=frame.index, dtype="object")
    plain.columns = list(frame.columns)
    return plain


def _affinity(cells: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(cells) or pd.api.types.is_integer_dtype(cells):
        return "INTEGER"
    return "REAL" if pd.api.types.is_float_dtype(cells) else "TEXT"
